//! `bankfeed` without a word: every account with its balance and its latest transaction.

use std::collections::BTreeMap;

use bankfeed::{
    AccountFilter, AccountId, Balance, BalanceKind, Connection, Currency, Date, Paging, ProviderId, Timestamp,
    Transaction, TransactionFilter, TransactionStatus,
};
use serde::Serialize;

use super::book::{Book, Entry};
use super::transactions::{description, made};
use super::word;
use crate::arguments::{Format, Source};
use crate::output::{Cell, Column, Printer, Settings, Show, Tone, amount, code, handle, is_negative, when};
use crate::providers::{Feed, Feeds};
use crate::trouble::{self, Exit, Trouble};
use crate::walk::{Sink, Walk, Walked};

/// Of how many days transactions are read. In the sandbox it is another day, and everything is quick.
const DAYS: u64 = 90;

pub(super) async fn run(source: &Source, settings: Settings) -> Result<Exit, Trouble> {
    let feeds = Feeds::open(source).await?;
    let (book, accounts) = Book::read(&feeds, None, settings).await?;
    if accounts.is_over() {
        return accounts.tell();
    }
    let walk = |of, before| Walk { of, feeds: &feeds.feeds, only: None, resume: None, settings, before: Some(before) };

    let mut balances = Balances::default();
    let of_all = |feed: &Feed, connection: &Connection, paging: Paging| {
        Some(feed.provider.balances()?.list_balances(AccountFilter::of(&connection.id), paging))
    };
    let walked = walk("balances", &accounts).run(of_all, &mut balances).await?;
    if walked.exit == Exit::Interrupted {
        return walked.tell();
    }
    let since = if source.sandbox { None } else { days_ago(DAYS) };
    let mut latest = Latest::default();
    let booked = |feed: &Feed, connection: &Connection, paging: Paging| {
        let mut filter = TransactionFilter::of(&connection.id).status(TransactionStatus::Booked);
        filter.since = since;
        Some(feed.provider.transactions()?.list_transactions(filter, paging))
    };
    let walked: Walked = walk("transactions", &walked).run(booked, &mut latest).await?;

    let mut printer = Printer::<Row>::new(settings, None, false)?;
    for entry in &book.entries {
        let key = (entry.provider.clone(), entry.account.id.clone());
        let row = Row::new(entry, balances.0.remove(&key).unwrap_or_default(), latest.0.remove(&key));
        printer.print(&entry.provider, &row)?;
    }
    printer.finish()?;
    if settings.format == Format::Table && !settings.quiet {
        trouble::note("* available, where nothing is said of what is booked");
        if since.is_some() {
            trouble::note(format!("bookings are those of the last {DAYS} days; `bankfeed transactions` has all"));
        }
    }
    walked.tell()
}

fn days_ago(days: u64) -> Option<Date> {
    let then = Timestamp::now().checked_sub(std::time::Duration::from_secs(days * 86_400)).ok()?;
    then.to_string().get(..10)?.parse().ok()
}

type Key = (ProviderId, AccountId);

/// What is booked on each account, or else available.
#[derive(Default)]
struct Balances(BTreeMap<Key, Vec<Balance>>);

impl Sink<Balance> for Balances {
    fn put(&mut self, feed: &Feed, _: &Connection, balance: &Balance) -> Result<(), Trouble> {
        let of_account = self.0.entry((feed.id.clone(), balance.account.clone())).or_default();
        of_account.push(balance.clone());
        Ok(())
    }
}

/// The latest transaction of each account, and how many there are.
#[derive(Default)]
struct Latest(BTreeMap<Key, (u64, Transaction)>);

impl Sink<Transaction> for Latest {
    fn put(&mut self, feed: &Feed, _: &Connection, transaction: &Transaction) -> Result<(), Trouble> {
        let Some(account) = transaction.account.clone() else { return Ok(()) };
        let (count, latest) = self.0.entry((feed.id.clone(), account)).or_insert_with(|| (0, transaction.clone()));
        *count += 1;
        if made(transaction) > made(latest) {
            *latest = transaction.clone();
        }
        Ok(())
    }
}

/// An account, as the overview shows it.
#[derive(Serialize)]
struct Row {
    institution: String,
    account: String,
    name: String,
    balance: Option<String>,
    balance_kind: Option<String>,
    currency: Option<Currency>,
    transactions: u64,
    latest_date: Option<String>,
    latest_amount: Option<String>,
    latest_description: Option<String>,
    #[serde(skip)]
    is_owed: bool,
}

impl Row {
    fn new(entry: &Entry, balances: Vec<Balance>, latest: Option<(u64, Transaction)>) -> Self {
        let of = |kind: BalanceKind| balances.iter().find(|balance| balance.kind.is(&kind));
        let balance = of(BalanceKind::Booked).or_else(|| of(BalanceKind::Available));
        let (transactions, latest) = match latest {
            Some((count, latest)) => (count, Some(latest)),
            None => (0, None),
        };
        Self {
            institution: entry.institution.clone(),
            account: handle(&entry.account.id),
            name: entry.name(),
            balance: balance.map(|balance| amount(balance.amount, balance.currency)),
            balance_kind: balance.map(|balance| word(balance.kind.value.as_ref(), balance.kind.word.as_deref())),
            currency: balance.and_then(|balance| balance.currency).or(entry.account.currency),
            transactions,
            latest_date: latest.as_ref().map(|latest| when(made(latest))),
            latest_amount: latest.as_ref().and_then(|latest| Some(amount(latest.signed_amount()?, latest.currency))),
            latest_description: latest.as_ref().map(description),
            is_owed: balance.is_some_and(|balance| is_negative(balance.amount.decimal())),
        }
    }
}

impl Show for Row {
    fn columns() -> Vec<Column> {
        vec![
            Column::text("provider").spare(4),
            Column::prose("institution").least(16),
            Column::prose("account").least(16),
            Column::number("balance"),
            Column::text(""),
            Column::number("bookings").spare(3),
            Column::text("latest").spare(1),
            Column::number("amount").spare(1),
            Column::prose("description").spare(2),
        ]
    }

    fn cells(&self, provider: &ProviderId) -> Vec<Cell> {
        let star = if self.balance_kind.as_deref() == Some("available") { "*" } else { "" };
        let balance = self.balance.as_ref().map(|balance| format!("{star}{balance}")).unwrap_or_default();
        let count = if self.transactions == 0 { String::new() } else { self.transactions.to_string() };
        vec![
            Cell::faint(provider.as_str()),
            Cell::plain(self.institution.as_str()),
            Cell::plain(self.name.as_str()),
            Cell::toned(balance, if self.is_owed { Tone::Bad } else { Tone::Plain }),
            Cell::plain(code(self.currency)),
            Cell::faint(count),
            Cell::faint(self.latest_date.as_deref().unwrap_or_default()),
            Cell::maybe(self.latest_amount.as_deref()),
            Cell::faint(self.latest_description.as_deref().unwrap_or_default()),
        ]
    }

    fn header() -> &'static [&'static str] {
        &[
            "institution",
            "account",
            "name",
            "balance",
            "balance_kind",
            "currency",
            "transactions",
            "latest_date",
            "latest_amount",
            "latest_description",
        ]
    }

    fn values(&self) -> Vec<String> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            self.institution.clone(),
            self.account.clone(),
            self.name.clone(),
            text(&self.balance),
            text(&self.balance_kind),
            code(self.currency),
            self.transactions.to_string(),
            text(&self.latest_date),
            text(&self.latest_amount),
            text(&self.latest_description),
        ]
    }
}
