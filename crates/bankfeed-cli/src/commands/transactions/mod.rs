//! `bankfeed transactions`

mod resume;
mod show;
mod sorted;
mod statement;
mod summary;

use bankfeed::{Connection, Date, TransactionFilter, TransactionStatus};
use clap::ValueEnum;

use super::book::Entry;
use super::only::{self, Only};
use crate::arguments::Source;
use crate::output::{Printer, Settings};
use crate::providers::{Feed, Feeds};
use crate::trouble::{self, Exit, Trouble};
use crate::walk::{Mark, Walk};

pub(super) use show::{description, made};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// From this day on, such as 2026-01-31
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<Date>,
    /// To this day, that day included
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<Date>,
    #[command(flatten)]
    only: Only,
    /// Only with this status; a table leaves future ones out unless they are asked for
    #[arg(long, value_name = "STATUS")]
    status: Option<Status>,
    /// So many at most: the latest ones in a table, else the first ones that come
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// By date over all providers in JSON and CSV, too: kept in memory until all are there, and then --limit means the latest
    #[arg(long, conflicts_with_all = ["resume", "resume_file"])]
    sort: bool,
    /// Go on where an interrupted run of the same command ended
    #[arg(long, value_name = "TOKEN", value_parser = str::parse::<Mark>, conflicts_with = "resume_file")]
    resume: Option<Mark>,
    /// Keep the token in this file: go on there, write it where a run was left, remove it at the end
    #[arg(long, value_name = "FILE")]
    resume_file: Option<std::path::PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Status {
    /// On the account's books
    Booked,
    /// Known, and not booked yet
    Pending,
    /// Planned, such as the installments of a loan
    Future,
    /// For information only: what it moved stands elsewhere
    Information,
    /// Refused or returned
    Rejected,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day as YEAR-MONTH-DAY, such as 2026-01-31".to_owned())
}

pub(super) async fn run(source: &Source, settings: Settings, wanted: Arguments) -> Result<Exit, Trouble> {
    if let (Some(since), Some(until)) = (wanted.since, wanted.until)
        && since > until
    {
        return Err(Trouble::usage(format!("--since {since} is after --until {until}"), "swap the two"));
    }
    let place = resume::Place::new(wanted.resume_file.as_deref());
    let mark = match &wanted.resume {
        Some(mark) => Some(mark.clone()),
        None => place.read()?,
    };
    let feeds = Feeds::open(source).await?;
    let only = wanted.only.connection.as_deref();
    let known = wanted.only.known(&feeds, settings).await?;
    if let Some(walked) = known.over() {
        return walked.tell();
    }
    let named = wanted.only.named(&known)?;
    let list = |feed: &Feed, connection: &Connection, paging| {
        Some(feed.provider.transactions()?.list_transactions(wanted.filter(feed, connection, named)?, paging))
    };
    let resumed = mark.is_some();
    let walk = Walk { of: "transactions", feeds: &feeds.feeds, only, resume: mark, settings, before: known.before() };
    let walked = match known.book() {
        Some(book) => {
            let mut statement = statement::Statement::new(book, wanted.limit, wanted.status == Some(Status::Future));
            let walked = walk.run(list, &mut statement).await?;
            statement.print(settings)?;
            walked
        }
        None if wanted.sort => {
            let mut sorted = sorted::Sorted::default();
            let walked = walk.run(list, &mut sorted).await?;
            sorted.print(settings, wanted.limit)?;
            walked
        }
        None => {
            let mut printer = Printer::new(settings, wanted.limit, resumed)?;
            let walked = walk.run(list, &mut printer).await;
            // What was read is shown, even if the rest failed.
            printer.finish()?;
            walked?
        }
    };
    // Whoever names an account or a connection knows where it is.
    if !settings.quiet && named.is_none() && only.is_none() {
        for feed in feeds.feeds.iter().filter(|feed| feed.provider.transactions().is_none()) {
            trouble::note(format!("{} gives balances only, no transactions", feed.id));
        }
    }
    let exit = walked.tell()?;
    // What is sorted is of no use in pieces.
    place.tell(walked.mark.as_ref().filter(|_| !wanted.sort), exit)?;
    Ok(exit)
}

impl Arguments {
    /// Which transactions of a connection; `None` when the named account is not one of its accounts.
    fn filter(&self, feed: &Feed, connection: &Connection, named: Option<&Entry>) -> Option<TransactionFilter> {
        let mut filter = TransactionFilter::of(&connection.id);
        (filter.since, filter.until) = (self.since, self.until);
        filter.status = self.status.map(|status| match status {
            Status::Booked => TransactionStatus::Booked,
            Status::Pending => TransactionStatus::Pending,
            Status::Future => TransactionStatus::Future,
            Status::Information => TransactionStatus::Information,
            Status::Rejected => TransactionStatus::Rejected,
        });
        filter.account = only::account(named, feed, connection)?;
        Some(filter)
    }
}
