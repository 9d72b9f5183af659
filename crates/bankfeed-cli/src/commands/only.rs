//! Which records are wanted, and what has to be known of accounts before.

use bankfeed::{AccountFilter, AccountId, Connection};

use super::book::{Book, Entry};
use crate::arguments::Format;
use crate::output::Settings;
use crate::providers::{Feed, Feeds};
use crate::trouble::Trouble;
use crate::walk::Walked;

/// Which records.
#[derive(clap::Args)]
pub(crate) struct Only {
    /// Only of this connection, as `bankfeed connections` names it
    #[arg(long, value_name = "CONNECTION")]
    pub(crate) connection: Option<String>,
    /// Only of this account, by fingerprint, id or name
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) account: Option<String>,
}

/// What was read of accounts before the records themselves.
pub(crate) struct Known {
    read: Option<(Book, Walked)>,
    table: bool,
}

impl Only {
    /// Reads the accounts where they are needed: people know them by name, which records do not carry.
    pub(super) async fn known(&self, feeds: &Feeds, settings: Settings) -> Result<Known, Trouble> {
        let table = settings.format == Format::Table;
        let wanted = table || self.account.is_some();
        let read = if wanted { Some(Book::read(feeds, self.connection.as_deref(), settings).await?) } else { None };
        Ok(Known { read, table })
    }

    /// The account that was named, if one was.
    pub(super) fn named<'a>(&self, known: &'a Known) -> Result<Option<&'a Entry>, Trouble> {
        match (&self.account, &known.read) {
            (Some(wanted), Some((book, _))) => book.find(wanted).map(Some),
            _ => Ok(None),
        }
    }
}

impl Known {
    /// How reading accounts ended, if nothing more is to be read.
    pub(super) fn over(&self) -> Option<&Walked> {
        self.before().filter(|walked| walked.is_over())
    }

    /// How reading accounts ended, if they were read.
    pub(super) fn before(&self) -> Option<&Walked> {
        self.read.as_ref().map(|(_, walked)| walked)
    }

    /// The accounts that a table shows.
    pub(super) fn book(&self) -> Option<&Book> {
        self.read.as_ref().filter(|_| self.table).map(|(book, _)| book)
    }
}

/// The account to ask a connection for, where one was named; `None` when it is not one of its own.
pub(super) fn account(named: Option<&Entry>, feed: &Feed, connection: &Connection) -> Option<Option<AccountId>> {
    match named {
        None => Some(None),
        Some(named) => named.is_of(feed, connection).then(|| Some(named.account.id.clone())),
    }
}

/// What to ask a connection for; `None` when the named account is not one of its own.
pub(super) fn filter(named: Option<&Entry>, feed: &Feed, connection: &Connection) -> Option<AccountFilter> {
    let mut filter = AccountFilter::of(&connection.id);
    filter.account = account(named, feed, connection)?;
    Some(filter)
}
