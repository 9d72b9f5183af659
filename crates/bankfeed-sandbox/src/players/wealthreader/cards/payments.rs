//! Payments by the credit cards of employees. Their ids grow with time, so that `since_id` never passes one by.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::enrollments::{Enrollment, user_id};
use crate::players::wealthreader::names::{Named, Names};
use crate::players::wealthreader::{categories, custody, entities, read};
use crate::world::{Account, AccountKind, Entry, EntryKind, Ledger, Region, World, number};

/// Ids count the seconds since this one: the first of 2020.
const EPOCH: i64 = 1_577_836_800;
/// Employees that ids tell apart.
const EMPLOYEES: u64 = 1 << 16;

/// From a moment, without it, to another, with it.
pub(super) struct Window {
    pub(super) after: Timestamp,
    pub(super) until: Timestamp,
}

impl Window {
    /// From one day to another, both included, but not beyond now.
    pub(super) fn of_days(from: Date, to: Date, now: Timestamp) -> Self {
        let after = read::before(from).unwrap_or(Timestamp::MIN);
        let until = to.tomorrow().ok().and_then(read::before).unwrap_or(Timestamp::MAX);
        Self { after, until: until.min(now) }
    }
}

/// A payment.
pub(super) struct Payment<'a> {
    pub(super) id: u64,
    enrollment: &'a Enrollment,
    account: Account,
    entry: Entry,
}

impl Payment<'_> {
    /// When it was made.
    pub(super) fn at(&self) -> Timestamp {
        self.entry.at
    }

    /// As it is told.
    pub(super) fn told(&self, names: Names, world: &World) -> Value {
        let entry = &self.entry;
        let mut random = world.random("place", &[self.account.number, entry.index]);
        // Around Madrid, in hundredths of a degree; one telephone in four does not tell.
        let place = (random.between(4_030, 4_052), random.between(-380, -358));
        let gps = (!random.one_in(4)).then(|| json!({ "lat": number(place.0), "lon": number(place.1) }));
        let digits = &self.account.identifier;
        json!({
            "id": self.id,
            "payment_id": names.uuid(Named::Payment, self.account.number, entry.index),
            "user_id": user_id(names, self.enrollment.person),
            "email": self.enrollment.email,
            "card_last4": digits.get(digits.len().saturating_sub(4)..),
            "entity_code": entities::code(world, self.account.institution),
            "operation_date": entry.made_on().to_string(),
            "value_date": entry.booked_on().to_string(),
            "amount": number(entry.cents),
            "currency": null,
            "description": entry.text,
            "merchant": entry.counterparty.as_deref().unwrap_or_default(),
            "category": categories::literal(entry.category),
            "gps": gps,
            "received_at": entry.at.to_string(),
        })
    }
}

/// The payments of one employee within a window, in their order.
struct Source<'a> {
    enrollment: &'a Enrollment,
    account: Account,
    ledger: Ledger,
    next: u64,
    end: u64,
    since: u64,
}

impl<'a> Source<'a> {
    fn new(world: &World, enrollment: &'a Enrollment, window: &Window, since: u64) -> Option<Self> {
        let bank = custody::bank(world, enrollment.person);
        let accounts = world.accounts(Region::Spain, enrollment.person, bank);
        let account = accounts.into_iter().find(|account| account.kind == AccountKind::CreditCard)?;
        let ledger = world.ledger(&account);
        let confirmed = enrollment.confirmed(window.until)?;
        let second = EPOCH.saturating_add(i64::try_from(since / EMPLOYEES).unwrap_or(i64::MAX));
        let seen = Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
        // Several payments may share the second of the one that was seen.
        let seen = seen.checked_sub(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MIN);
        let after = window.after.max(confirmed).max(seen);
        let (next, end) = (ledger.len(after), ledger.len(window.until));
        Some(Self { enrollment, account, ledger, next, end, since })
    }
}

impl<'a> Iterator for Source<'a> {
    type Item = Payment<'a>;

    fn next(&mut self) -> Option<Payment<'a>> {
        while self.next < self.end {
            let entry = self.ledger.entry(self.next);
            self.next += 1;
            let seconds = u64::try_from(entry.at.as_second() - EPOCH).unwrap_or_default();
            let id = seconds * EMPLOYEES + self.enrollment.number % EMPLOYEES;
            if entry.kind == EntryKind::Card && id > self.since {
                return Some(Payment { id, enrollment: self.enrollment, account: self.account.clone(), entry });
            }
        }
        None
    }
}

/// The payments of several employees, by ascending id, beyond one that was seen.
pub(super) fn merge<'a>(
    world: &World,
    employees: impl Iterator<Item = &'a Enrollment>,
    window: &Window,
    since: u64,
) -> impl Iterator<Item = Payment<'a>> {
    let sources = employees.filter_map(|employee| Source::new(world, employee, window, since));
    let mut sources: Vec<_> = sources.map(Iterator::peekable).collect();
    let mut heads = BinaryHeap::new();
    for (index, source) in sources.iter_mut().enumerate() {
        heads.extend(source.peek().map(|payment| Reverse((payment.id, index))));
    }
    std::iter::from_fn(move || {
        let Reverse((_, index)) = heads.pop()?;
        let source = sources.get_mut(index)?;
        let payment = source.next();
        heads.extend(source.peek().map(|payment| Reverse((payment.id, index))));
        payment
    })
}
