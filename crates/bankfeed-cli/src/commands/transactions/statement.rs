//! Transactions as a table: of all providers, by date, and below it what they come to.

use std::io::Write as _;

use bankfeed::{Connection, Direction, ProviderId, Transaction, TransactionStatus};

use super::show::{description, made};
use super::summary::Summary;
use crate::commands::book::Book;
use crate::commands::word;
use crate::output::{Cell, Column, Settings, Table, Tone, amount, code, when};
use crate::providers::Feed;
use crate::trouble::{self, Trouble};
use crate::walk::Sink;

/// Transactions as they came, and what they come to.
pub(super) struct Statement<'a> {
    book: &'a Book,
    limit: Option<usize>,
    /// Each with the day it is sorted by.
    rows: Vec<(String, Vec<Cell>)>,
    summary: Summary,
    /// Whether those are wanted that are planned.
    future: bool,
    /// How many were left out because they are.
    planned: u64,
}

impl Sink<Transaction> for Statement<'_> {
    fn put(&mut self, feed: &Feed, _: &Connection, transaction: &Transaction) -> Result<(), Trouble> {
        self.summary.add(&feed.id, transaction);
        // Installments of decades to come would stand in front of everything that happened.
        if !self.future && transaction.status.is(&TransactionStatus::Future) {
            self.planned += 1;
            return Ok(());
        }
        self.rows.push((when(made(transaction)), self.cells(&feed.id, transaction)));
        // What cannot be among the latest is not kept.
        if let Some(limit) = self.limit
            && self.rows.len() > limit.saturating_mul(2).saturating_add(1_000)
        {
            self.keep(limit);
        }
        Ok(())
    }
}

impl<'a> Statement<'a> {
    pub(super) fn new(book: &'a Book, limit: Option<usize>, future: bool) -> Self {
        Self { book, limit, rows: Vec::new(), summary: Summary::default(), future, planned: 0 }
    }

    /// Keeps the latest, in order. Stable: what is of one day stays as it came.
    fn keep(&mut self, limit: usize) {
        self.rows.sort_by(|a, b| a.0.cmp(&b.0));
        let earlier = self.rows.len().saturating_sub(limit);
        self.rows.drain(..earlier);
    }

    fn cells(&self, provider: &ProviderId, transaction: &Transaction) -> Vec<Cell> {
        let currency = transaction.currency;
        let (amount, tone) = match (transaction.direction, transaction.signed_amount()) {
            (Some(Direction::Credit), Some(signed)) => (format!("+{}", amount(signed, currency)), Tone::Good),
            (_, Some(signed)) => (amount(signed, currency), Tone::Plain),
            // Which way it went is not known.
            (_, None) => (format!("±{}", amount(transaction.amount, currency)), Tone::Faint),
        };
        let category = transaction.category.as_ref();
        let category = category.map(|category| word(category.value.as_ref(), category.word.as_deref()));
        let status = &transaction.status;
        // Most are booked, and need no word.
        let status = match status.is(&TransactionStatus::Booked) {
            true => String::new(),
            false => word(status.value.as_ref(), status.word.as_deref()),
        };
        let account = transaction.account.as_ref().map(|account| self.book.name(provider, account));
        vec![
            Cell::plain(when(made(transaction))),
            Cell::faint(provider.as_str()),
            Cell::faint(account.unwrap_or_default()),
            Cell::plain(description(transaction)),
            Cell::faint(category.unwrap_or_default()),
            Cell::toned(status, Tone::Waiting),
            Cell::toned(amount, tone),
            Cell::plain(code(currency)),
        ]
    }

    pub(super) fn print(mut self, settings: Settings) -> Result<(), Trouble> {
        self.keep(self.limit.unwrap_or(usize::MAX));
        let mut table = Table::new(
            vec![
                Column::text("date"),
                Column::text("provider").spare(2),
                Column::prose("account").spare(3),
                Column::prose("description").least(24),
                Column::prose("category").spare(4),
                Column::text("status"),
                Column::number("amount"),
                Column::text(""),
            ],
            settings.width,
        );
        let shown = self.rows.len();
        for (_, row) in self.rows {
            table.row(row);
        }
        table.print()?;
        if settings.quiet || shown == 0 {
            return Ok(());
        }
        writeln!(anstream::stdout())?;
        self.summary.print(settings)?;
        let happened = self.summary.count() - self.planned;
        if happened > shown as u64 {
            trouble::note(format!("the latest {shown} of {happened}; what they come to is of all"));
        }
        if self.planned > 0 {
            trouble::note(format!("{} that are planned are not shown; --status future shows them", self.planned));
        }
        Ok(())
    }
}
