//! What transactions come to: by provider and currency, and month by month.

use std::collections::BTreeMap;

use bankfeed::{Currency, Decimal, Direction, ProviderId, Transaction, TransactionStatus};

use super::show::made;
use crate::output::{Cell, Column, Settings, Table, Tone, amount, code, is_negative, sparkline};
use crate::trouble::Trouble;

/// Sums of what is booked, and counts of what is not.
#[derive(Default)]
pub(super) struct Summary(BTreeMap<(ProviderId, Option<Currency>), Sums>);

#[derive(Default)]
struct Sums {
    booked: u64,
    came: Decimal,
    went: Decimal,
    months: BTreeMap<Month, Decimal>,
    /// Booked, and nobody says which way.
    unknown: u64,
    /// Not booked: pending, planned, for information, rejected.
    others: u64,
    too_large: bool,
}

/// Months since the year 0.
type Month = i32;

/// So many months are drawn at most, the latest.
const MONTHS: i32 = 24;

impl Summary {
    pub(super) fn add(&mut self, provider: &ProviderId, transaction: &Transaction) {
        let sums = self.0.entry((provider.clone(), transaction.currency)).or_default();
        if !transaction.status.is(&TransactionStatus::Booked) {
            sums.others += 1;
            return;
        }
        sums.booked += 1;
        let Some(signed) = transaction.signed_amount() else {
            sums.unknown += 1;
            return;
        };
        let side = if transaction.direction == Some(Direction::Credit) { &mut sums.came } else { &mut sums.went };
        let mut add = |to: &mut Decimal| match to.checked_add(signed) {
            Some(sum) => *to = sum,
            None => sums.too_large = true,
        };
        add(side);
        if let Some(date) = made(transaction).map(|moment| moment.date()) {
            let month = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
            add(sums.months.entry(month).or_default());
        }
    }

    /// How many there were in all.
    pub(super) fn count(&self) -> u64 {
        self.0.values().map(|sums| sums.booked + sums.others).sum()
    }

    pub(super) fn print(&self, settings: Settings) -> Result<(), Trouble> {
        let mut table = Table::new(
            vec![
                Column::text("provider"),
                Column::number("booked"),
                Column::number("in"),
                Column::number("out"),
                Column::number("net").spare(3),
                Column::text(""),
                Column::text("net by month").spare(1),
                Column::text("").spare(4),
                Column::prose("not counted").spare(2),
            ],
            settings.width,
        );
        for ((provider, currency), sums) in &self.0 {
            let net = sums.came.checked_add(sums.went).filter(|_| !sums.too_large);
            let cell = |value: Decimal, tone: Tone| match net {
                Some(_) if sums.booked == 0 => Cell::plain(""),
                Some(_) => Cell::toned(amount(value, *currency), tone),
                None => Cell::faint("too large"),
            };
            let total = net.unwrap_or_default();
            let (line, span) = sums.drawn();
            table.row(vec![
                Cell::plain(provider.as_str()),
                Cell::plain(sums.booked.to_string()),
                cell(sums.came, Tone::Good),
                cell(sums.went, Tone::Plain),
                cell(total, if is_negative(total) { Tone::Bad } else { Tone::Plain }),
                Cell::plain(code(*currency)),
                Cell::plain(line),
                Cell::faint(span),
                Cell::faint(sums.left_out()),
            ]);
        }
        table.print()
    }
}

impl Sums {
    /// The net flow of each month, those without any included, and from when to when.
    fn drawn(&self) -> (String, String) {
        let (Some(first), Some(last)) = (self.months.keys().next(), self.months.keys().next_back()) else {
            return (String::new(), String::new());
        };
        let first = (*first).max(last - MONTHS + 1);
        let values: Vec<Decimal> =
            (first..=*last).map(|month| self.months.get(&month).copied().unwrap_or_default()).collect();
        let name = |month: Month| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
        (sparkline(&values), format!("{} to {}", name(first), name(*last)))
    }

    fn left_out(&self) -> String {
        let parts = [(self.others, "not booked"), (self.unknown, "without direction")];
        let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        parts.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use bankfeed::{Coded, TransactionKey};

    use super::*;

    fn transaction(amount: &str, status: TransactionStatus, day: &str) -> Transaction {
        let key = TransactionKey::of_bank_reference("1");
        let amount: Decimal = amount.parse().unwrap();
        let mut transaction = Transaction::signed(key, amount, Coded::implied(status));
        transaction.booking_date = Some(day.parse().unwrap());
        transaction
    }

    fn sums(transactions: &[Transaction]) -> Sums {
        let mut summary = Summary::default();
        for transaction in transactions {
            summary.add(&ProviderId::BELVO, transaction);
        }
        assert_eq!(summary.count(), transactions.len() as u64);
        summary.0.into_values().next().unwrap()
    }

    #[test]
    fn only_what_is_booked_is_summed_and_the_rest_is_counted() {
        let mut unknown = transaction("7", TransactionStatus::Booked, "2026-01-05");
        unknown.direction = None;
        let sums = sums(&[
            transaction("100.50", TransactionStatus::Booked, "2026-01-05"),
            transaction("-20", TransactionStatus::Booked, "2026-01-06"),
            transaction("-5000", TransactionStatus::Pending, "2026-01-07"),
            unknown,
        ]);
        assert_eq!((sums.booked, sums.came.to_string(), sums.went.to_string()), (3, "100.50".into(), "-20".into()));
        assert_eq!(sums.left_out(), "1 not booked, 1 without direction");
    }

    #[test]
    fn months_without_any_are_drawn_as_nothing_and_old_ones_are_left_out() {
        let booked = |amount: &str, day: &str| transaction(amount, TransactionStatus::Booked, day);
        let two = sums(&[booked("-70", "2025-11-30"), booked("70", "2026-02-01")]);
        assert_eq!(two.drawn(), ("▁▅▅█".to_owned(), "2025-11 to 2026-02".to_owned()));
        let far = sums(&[booked("1", "1999-01-01"), booked("2", "2026-02-01")]);
        let (line, span) = far.drawn();
        assert_eq!((line.chars().count(), span.as_str()), (24, "2024-03 to 2026-02"));
    }

    #[test]
    fn what_is_too_large_is_said_and_not_wrapped() {
        let most = Decimal::MAX.to_string();
        let sums = sums(&[
            transaction(&most, TransactionStatus::Booked, "2026-01-05"),
            transaction(&most, TransactionStatus::Booked, "2026-01-05"),
        ]);
        assert!(sums.too_large);
    }
}
