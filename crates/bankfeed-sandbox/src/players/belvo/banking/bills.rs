//! Bills of credit cards: one for each month that is over.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::accounts;
use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};
use crate::world::{Account, AccountKind, Ledger, day, number};

/// A calendar month, counted from the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Month(u64);

impl Month {
    pub(in super::super) fn of(day: Date) -> Self {
        let year = u64::try_from(day.year()).unwrap_or_default();
        Self(year * 12 + u64::from(day.month().unsigned_abs()) - 1)
    }

    fn first(self) -> Date {
        let year = i16::try_from(self.0 / 12).unwrap_or_default();
        let month = i8::try_from(self.0 % 12 + 1).unwrap_or(1);
        Date::new(year, month, 1).unwrap_or(Date::ZERO)
    }

    /// The day on which the bill has to be paid.
    pub(in super::super) fn due(self) -> Date {
        Self(self.0 + 1).first().saturating_add(jiff::Span::new().days(9))
    }

    /// Such as `feb-2026`.
    pub(in super::super) fn name(self) -> String {
        self.first().strftime("%b-%Y").to_string().to_lowercase()
    }

    /// Whether the month is over.
    pub(in super::super) fn closed(self, now: Timestamp) -> bool {
        day(now) >= Self(self.0 + 1).first()
    }
}

/// The id of a month's bill.
pub(in super::super) fn id(view: &View, seat: &Seat, month: Month) -> String {
    view.ids.uuid(kind::BILL, seat.number, month.0)
}

/// What the bank calls the bill.
pub(in super::super) fn internal(account: &Account, month: Month) -> String {
    format!("{:08}{:06}", account.number, month.0)
}

/// Numbered by their month.
pub(in super::super) fn runs(view: &View, seat: &Seat) -> Vec<Run> {
    let Some(account) = accounts::one(view, seat, AccountKind::CreditCard) else { return Vec::new() };
    let days = i64::from(view.world.size.days);
    let first = Month::of(day(view.world.start).saturating_sub(jiff::Span::new().days(days.min(30_000))));
    let len = Month::of(day(seat.seen)).0.saturating_sub(first.0);
    let known = (account.kind.code(), accounts::id(view, seat, &account));
    let (view, seat) = (view.clone(), seat.clone());
    let ledger = view.world.ledger(&account);
    let make = move |number| record(&view, &seat, &account, &ledger, Month(number));
    vec![Run { base: first.0, len, account: Some(known), ledger: None, make: Box::new(make) }]
}

/// What was owed at the end of a month, in cents.
fn owed(ledger: &Ledger, month: Month) -> i64 {
    match ledger.first_on(Month(month.0 + 1).first()) {
        0 => 0,
        entries => (-ledger.entry(entries - 1).balance).max(0),
    }
}

fn record(view: &View, seat: &Seat, account: &Account, ledger: &Ledger, month: Month) -> Value {
    let total = owed(ledger, month);
    let closed = Month(month.0 + 1).first().at(6, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
    let made = closed.map_or(seat.created, |closed| closed.timestamp().max(seat.created)).to_string();
    let paid = day(seat.seen) >= month.due();
    let payments = if paid && total > 0 {
        json!([{
            "type": "FULL", "payment_date": month.due().to_string(), "payment_mode": "PIX", "currency": account.currency,
            "amount": number(total),
        }])
    } else {
        json!([])
    };
    json!({
        "id": id(view, seat, month),
        "created_at": made,
        "collected_at": made,
        "account": accounts::record(view, seat, account),
        "internal_identification": internal(account, month),
        "bill_name": month.name(),
        "due_date": month.due().to_string(),
        "currency": account.currency,
        "total_amount": number(total),
        "minimum_amount": number(total * 15 / 100),
        "is_installment": false,
        "finance_charges": [],
        "payments": payments,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_over_the_turn_of_the_year() {
        let month = Month::of(Date::constant(2025, 12, 31));
        assert_eq!((month.name().as_str(), month.due()), ("dec-2025", Date::constant(2026, 1, 10)));
        assert!(month.closed("2026-01-01T00:00:00Z".parse().unwrap()));
        assert!(!month.closed("2025-12-31T23:59:59Z".parse().unwrap()));
    }
}
