//! Transactions of all providers by date, in formats that are written as lists arrive otherwise.

use bankfeed::{Connection, ProviderId, Transaction};

use super::show::made;
use crate::output::{Printer, Settings, when};
use crate::providers::Feed;
use crate::trouble::Trouble;
use crate::walk::Sink;

/// All of them, kept until the last one is there.
#[derive(Default)]
pub(super) struct Sorted(Vec<(ProviderId, Transaction)>);

impl Sink<Transaction> for Sorted {
    fn put(&mut self, feed: &Feed, _: &Connection, transaction: &Transaction) -> Result<(), Trouble> {
        self.0.push((feed.id.clone(), transaction.clone()));
        Ok(())
    }
}

impl Sorted {
    /// Prints them, or the latest of them. Stable: what is of one day stays as it came.
    pub(super) fn print(mut self, settings: Settings, limit: Option<usize>) -> Result<(), Trouble> {
        self.0.sort_by_cached_key(|(_, transaction)| when(made(transaction)));
        let earlier = limit.map_or(0, |limit| self.0.len().saturating_sub(limit));
        let mut printer = Printer::new(settings, None, false)?;
        for (provider, transaction) in self.0.iter().skip(earlier) {
            printer.print(provider, transaction)?;
        }
        printer.finish()
    }
}
