//! `bankfeed balances`

mod sheet;

use bankfeed::{AccountFilter, Balance, Connection};

use super::book::Book;
use super::{Only, print_all, word};
use crate::arguments::{Format, Source};
use crate::output::{Settings, Show, code};
use crate::providers::{Feed, Feeds};
use crate::trouble::{Exit, Trouble};
use crate::walk::Walk;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    only: Only,
    /// Every kind of balance on a row of its own, not only what is booked and available
    #[arg(long)]
    all: bool,
}

pub(super) async fn run(source: &Source, settings: Settings, wanted: Arguments) -> Result<Exit, Trouble> {
    let feeds = Feeds::open(source).await?;
    let only = wanted.only.connection.as_deref();
    let table = settings.format == Format::Table;
    // People know accounts by name, which balances do not carry.
    let read =
        if table || wanted.only.account.is_some() { Some(Book::read(&feeds, only, settings).await?) } else { None };
    if let Some((_, walked)) = &read
        && walked.is_over()
    {
        return walked.tell();
    }
    let named = match (&wanted.only.account, &read) {
        (Some(wanted), Some((book, _))) => Some(book.find(wanted)?),
        _ => None,
    };
    let list = |feed: &Feed, connection: &Connection, paging| {
        let mut filter = AccountFilter::of(&connection.id);
        if let Some(named) = named {
            filter.account = named.is_of(feed, connection).then(|| named.account.id.clone());
            filter.account.as_ref()?;
        }
        Some(feed.provider.balances()?.list_balances(filter, paging))
    };
    let Some((book, before)) = read.as_ref().filter(|_| table) else {
        return print_all(&feeds, settings, "balances", only, list).await;
    };
    let mut sheet = sheet::Sheet::new(book);
    let walk = Walk { of: "balances", feeds: &feeds.feeds, only, resume: None, settings, before: Some(before) };
    let walked = walk.run(list, &mut sheet).await?;
    if wanted.all {
        sheet.print_all(settings)?
    } else {
        sheet.print(settings)?
    }
    walked.tell()
}

impl Show for Balance {
    fn header() -> &'static [&'static str] {
        &["account", "kind", "amount", "currency", "as_of"]
    }

    fn values(&self) -> Vec<String> {
        vec![
            self.account.as_str().to_owned(),
            word(self.kind.value.as_ref(), self.kind.word.as_deref()),
            self.amount.to_string(),
            code(self.currency),
            self.as_of.map(|moment| moment.to_string()).unwrap_or_default(),
        ]
    }
}
