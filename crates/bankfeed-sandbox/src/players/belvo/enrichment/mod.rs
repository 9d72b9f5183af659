//! What Belvo works out from transactions.

pub(super) mod incomes;
pub(super) mod recurring;
pub(super) mod risk;

use jiff::civil::Date;

use super::banking::accounts;
use super::view::{Seat, View};
use crate::world::{Account, AccountKind, Entry, day};

/// Most entries that are looked at: busy accounts are judged by their latest ones.
const LOOKED_AT: u64 = 2_000;

/// The latest movements of the current account, at most those of a year.
pub(super) struct Lookback {
    pub(super) account: Account,
    /// Booked ones, the oldest first. None of them is a duplicate.
    pub(super) entries: Vec<Entry>,
    pub(super) today: Date,
    /// The first day that the entries cover completely.
    pub(super) since: Date,
}

impl Lookback {
    pub(super) fn of(view: &View, seat: &Seat) -> Option<Self> {
        let account = accounts::one(view, seat, AccountKind::Current)?;
        let ledger = view.world.ledger(&account);
        let today = day(seat.seen);
        let year_ago = today.saturating_sub(jiff::Span::new().days(365));
        let booked = ledger.booked(seat.seen);
        let first = ledger.first_on(year_ago).max(booked.saturating_sub(LOOKED_AT)).min(booked);
        let entries: Vec<Entry> =
            (first..booked).map(|index| ledger.entry(index)).filter(|entry| !entry.duplicate).collect();
        let since = match entries.first() {
            Some(oldest) if first > ledger.first_on(year_ago) => oldest.made_on().tomorrow().unwrap_or(today),
            Some(oldest) => year_ago.max(oldest.made_on()),
            None => today,
        };
        Some(Self { account, entries, today, since })
    }

    /// Only what falls on some days.
    pub(super) fn between(mut self, (from, to): (Option<Date>, Option<Date>)) -> Self {
        self.since = from.map_or(self.since, |from| from.max(self.since));
        self.today = to.map_or(self.today, |to| to.min(self.today));
        self.entries.retain(|entry| (self.since..=self.today).contains(&entry.made_on()));
        self
    }

    /// Days between two.
    pub(super) fn days(from: Date, to: Date) -> i64 {
        from.until(to).map_or(0, |span| i64::from(span.get_days()))
    }
}

/// The middle one of some amounts.
pub(super) fn median(mut cents: Vec<i64>) -> i64 {
    cents.sort_unstable();
    cents.get(cents.len() / 2).copied().unwrap_or_default()
}

/// The mean of some amounts, in whole cents.
pub(super) fn mean(cents: &[i64]) -> i64 {
    let count = i64::try_from(cents.len().max(1)).unwrap_or(1);
    cents.iter().sum::<i64>() / count
}
