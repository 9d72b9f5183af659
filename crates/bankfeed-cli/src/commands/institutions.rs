//! `bankfeed institutions`

use std::ops::ControlFlow;

use bankfeed::{Institution, InstitutionFilter, Paging, ProviderId};

use super::word;
use crate::arguments::Source;
use crate::output::{Cell, Column, Printer, Settings, Show};
use crate::providers::{Feed, Feeds};
use crate::trouble::{Exit, Trouble};
use crate::walk::{Sink as _, flat};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only those of a country, such as ES
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// Those for tests as well; always there in the sandbox
    #[arg(long)]
    test: bool,
    /// Only those in whose name or id this text stands
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// So many at most
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

pub(super) async fn run(source: &Source, settings: Settings, wanted: Arguments) -> Result<Exit, Trouble> {
    let feeds = Feeds::open(source).await?;
    let mut filter = InstitutionFilter::all();
    filter.country = wanted.country.clone();
    filter.include_test = wanted.test || source.sandbox;
    let mut printer = Printer::<Institution>::new(settings, wanted.limit, false)?;
    let list = |feed: &Feed| Some(feed.provider.institutions()?.list_institutions(filter.clone(), Paging::default()));
    let walked = flat(&feeds.feeds, settings, list, |feed, institution| {
        if wanted.matches(&institution) {
            printer.print(&feed.id, &institution)?;
        }
        Ok(if printer.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })
    .await;
    // What was read is shown, even if the rest failed.
    printer.finish()?;
    walked?.tell()
}

impl Arguments {
    fn matches(&self, institution: &Institution) -> bool {
        let Some(text) = &self.search else { return true };
        let text = text.to_lowercase();
        let contains = |value: &str| value.to_lowercase().contains(&text);
        contains(institution.id.as_str()) || institution.name.as_deref().is_some_and(contains)
    }
}

impl Show for Institution {
    fn columns() -> Vec<Column> {
        vec![
            Column::text("provider").spare(4),
            Column::text("country").spare(3),
            Column::prose("institution"),
            Column::prose("id"),
            Column::text("status").spare(2),
        ]
    }

    fn cells(&self, provider: &ProviderId) -> Vec<Cell> {
        vec![
            Cell::faint(provider.as_str()),
            Cell::plain(self.countries.join(" ")),
            Cell::maybe(self.name.as_deref()),
            Cell::faint(self.id.as_str()),
            Cell::plain(status(self)),
        ]
    }

    fn header() -> &'static [&'static str] {
        &["id", "name", "countries", "status"]
    }

    fn values(&self) -> Vec<String> {
        vec![self.id.as_str().to_owned(), self.name.clone().unwrap_or_default(), self.countries.join(" "), status(self)]
    }
}

/// Whether it can be used, in the model's words, or else in the provider's.
fn status(institution: &Institution) -> String {
    let status = institution.status.as_ref();
    status.map(|status| word(status.value.as_ref(), status.word.as_deref())).unwrap_or_default()
}
