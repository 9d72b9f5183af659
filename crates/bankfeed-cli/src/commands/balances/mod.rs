//! `bankfeed balances`

mod sheet;

use bankfeed::{Balance, Connection};

use super::only::{self, Only};
use super::{print_all, word};
use crate::arguments::Source;
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
    let known = wanted.only.known(&feeds, settings).await?;
    if let Some(walked) = known.over() {
        return walked.tell();
    }
    let named = wanted.only.named(&known)?;
    let list = |feed: &Feed, connection: &Connection, paging| {
        Some(feed.provider.balances()?.list_balances(only::filter(named, feed, connection)?, paging))
    };
    let Some(book) = known.book() else {
        return print_all(&feeds, settings, "balances", only, list).await;
    };
    let mut sheet = sheet::Sheet::new(book);
    let walk = Walk { of: "balances", feeds: &feeds.feeds, only, resume: None, settings, before: known.before() };
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
