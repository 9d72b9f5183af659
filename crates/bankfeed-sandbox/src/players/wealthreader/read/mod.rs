//! What a user holds at a bank, as one read brings it.

mod accounts;
mod belongings;
mod business;
mod cards;
mod deposits;
mod leases;
mod loans;
mod norma43;
mod pdf;
mod person;
mod portfolios;
mod wanted;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use serde_json::{Map, Value, json};

pub(super) use wanted::Wanted;

use super::names::{Named, Names};
use crate::answer::{Elements, Weaver};
use crate::refusal::Refusal;
use crate::world::{Account, AccountKind, Ledger, Person, Region, World, day};

/// Where long lists go: into the answer while it is sent, or into memory.
pub(super) trait Lists {
    /// Takes a list in; what comes back stands for it.
    fn list(&mut self, elements: Elements) -> Value;
}

impl Lists for Weaver {
    fn list(&mut self, elements: Elements) -> Value {
        Weaver::list(self, elements)
    }
}

/// Lists that are held, for what cannot be sent in pieces.
pub(super) struct Held;

impl Lists for Held {
    fn list(&mut self, elements: Elements) -> Value {
        elements.collect()
    }
}

/// A login at a bank, at a moment.
pub(super) struct Reading<'a> {
    world: &'a World,
    names: Names,
    now: Timestamp,
    today: Date,
    person: Person,
    institution: usize,
    accounts: Vec<Account>,
    wanted: &'a Wanted,
}

impl<'a> Reading<'a> {
    /// Logs in; refused when ids are named that are not this user's.
    pub(super) fn new(
        world: &'a World,
        holder: u64,
        institution: usize,
        now: Timestamp,
        wanted: &'a Wanted,
    ) -> Result<Self, Refusal> {
        let reading = Self {
            world,
            names: Names::new(world),
            now,
            today: day(now),
            person: world.person(Region::Spain, holder),
            institution,
            accounts: world.accounts(Region::Spain, holder, institution),
            wanted,
        };
        for named in wanted.named() {
            let known = reading.names.read(Named::Product, named);
            if !known.is_some_and(|(number, _)| reading.owns(number)) {
                return Err(Refusal::code("2", "field required_products_schema", "names a product the user has not"));
            }
        }
        for document in wanted.all_documents() {
            let known = reading.names.read(Named::Movement, document);
            if !known.is_some_and(|(number, index)| reading.shows(number, index)) {
                return Err(Refusal::code("2", "field add_pdf_from_uuids", "names a movement the user has not"));
            }
        }
        Ok(reading)
    }

    fn owns(&self, number: u64) -> bool {
        self.accounts.iter().any(|account| account.number == number)
    }

    fn shows(&self, number: u64, index: u64) -> bool {
        let account = self.accounts.iter().find(|account| account.number == number);
        account.is_some_and(|account| {
            accounts::is_account(account.kind) && index < self.world.ledger(account).booked(self.now)
        })
    }

    /// Everything that is wanted.
    pub(super) fn payload(&self, lists: &mut dyn Lists) -> Value {
        let mut payload = Map::new();
        payload.insert("user_information".to_owned(), self.user_information());
        let mut put = |wanted: bool, name: &str, make: &mut dyn FnMut() -> Value| {
            if wanted {
                payload.insert(name.to_owned(), make());
            }
        };
        let include = |name: &str| self.wanted.includes(name);
        put(include("portfolios"), "portfolios", &mut || self.portfolios());
        put(include("accounts"), "accounts", &mut || self.bank_accounts(lists));
        put(include("cards"), "cards", &mut || self.cards(lists));
        put(include("receipts"), "receipts", &mut || self.receipts(lists));
        put(include("loans"), "loans", &mut || self.loans());
        put(include("deposits"), "deposits", &mut || self.deposits());
        put(include("leases"), "leases", &mut || self.leases());
        put(include("insurances"), "insurances", &mut || self.insurances());
        put(include("properties"), "properties", &mut || self.properties());
        put(include("files"), "files", &mut || self.files());
        put(include("factoring") && self.is_business(), "factoring", &mut || self.factoring());
        put(include("confirming") && self.is_business(), "confirming", &mut || self.confirming());
        let rest = self.wanted.includes_rest();
        put(rest, "contracts", &mut || self.contracts());
        put(rest, "employment", &mut || self.employment());
        put(rest && self.is_business(), "guarantees", &mut || self.guarantees());
        Value::Object(payload)
    }

    /// Every third person is self-employed, the first among them, and has what companies have.
    fn is_business(&self) -> bool {
        self.person.number.is_multiple_of(3)
    }

    fn account(&self, kind: AccountKind) -> Option<&Account> {
        self.accounts.iter().find(|account| account.kind == kind)
    }

    /// The IBAN of the current account, which everything else is paid from.
    fn linked(&self) -> &str {
        self.account(AccountKind::Current).map_or("", |account| account.identifier.as_str())
    }

    fn uuid(&self, account: &Account) -> String {
        self.names.hex(Named::Product, account.number, 0)
    }

    fn owner(&self) -> Value {
        json!({ "ID": self.person.document, "name": self.person.full_name().to_uppercase(), "role": "owner" })
    }

    fn bank(&self) -> &'static str {
        self.world.institutions(Region::Spain).get(self.institution).map_or("", |bank| bank.name)
    }
}

/// Entries that were booked on a day or later, up to a moment.
fn booked_since(ledger: &Ledger, from: Option<Date>, now: Timestamp) -> std::ops::Range<u64> {
    let first = from.map_or(0, |from| before(from).map_or(0, |moment| ledger.booked(moment)));
    let end = ledger.booked(now);
    first.min(end)..end
}

/// Entries that were made on a day or later, up to a moment.
fn made_since(ledger: &Ledger, from: Option<Date>, now: Timestamp) -> std::ops::Range<u64> {
    let end = ledger.len(now);
    from.map_or(0, |from| ledger.first_on(from)).min(end)..end
}

/// The last moment before a day.
pub(super) fn before(day: Date) -> Option<Timestamp> {
    let midnight = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
    midnight.checked_sub(SignedDuration::from_secs(1)).ok()
}

/// A day some months later, or earlier.
fn months_after(day: Date, months: i64) -> Date {
    day.saturating_add(Span::new().months(months))
}

/// Whole months from one day to a later one; 0 when it is not later.
fn months_between(from: Date, to: Date) -> i64 {
    let months = i64::from(to.year() - from.year()) * 12 + i64::from(to.month() - from.month());
    let whole = if to.day() < from.day() { months - 1 } else { months };
    whole.max(0)
}
