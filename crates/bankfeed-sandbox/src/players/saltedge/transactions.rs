//! Movements on accounts: which of them a list shows, and how.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::accounts::Held;
use super::connection::Connection;
use super::ids::{self, Kind, Place};
use super::settings::Duplicates;
use super::{SaltEdge, categories, merchants, paging};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::{Entry, EntryKind, Ledger, World, number};

/// How a transaction stands.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Standing {
    pending: bool,
    duplicated: bool,
}

const POSTED: Standing = Standing { pending: false, duplicated: false };
const PENDING: Standing = Standing { pending: true, duplicated: false };

/// The movements of one account as a connection read them.
pub(super) struct Read {
    pub(super) number: u64,
    pub(super) currency: &'static str,
    pub(super) ledger: Ledger,
    /// What lies in the days that were agreed.
    pub(super) known: Range<u64>,
    /// The first that are booked.
    booked: u64,
    duplicates: Duplicates,
    at: Timestamp,
    created_at: Timestamp,
}

impl Read {
    pub(super) fn of(connection: &Connection, held: &Held, world: &World) -> Self {
        let ledger = world.ledger(&held.account);
        let at = connection.transactions_at;
        let moment = at.unwrap_or(connection.created_at);
        let agreed = &connection.agreed;
        let first = agreed.from_date.map_or(0, |day| ledger.first_on(day));
        let until = agreed.to_date.and_then(|day| day.tomorrow().ok()).map_or(u64::MAX, |day| ledger.first_on(day));
        let end = if at.is_some() { ledger.len(moment).min(until) } else { 0 };
        Self {
            number: held.number,
            currency: held.account.currency,
            booked: ledger.booked(moment).clamp(first, end.max(first)),
            known: first..end.max(first),
            duplicates: agreed.duplicates,
            at: moment,
            created_at: connection.created_at,
            ledger,
        }
    }

    /// How the entry at an index stands; `None` when it is not shown at all.
    fn standing(&self, index: u64, state: &SaltEdge) -> Option<Standing> {
        let pending = index >= self.booked;
        if self.ledger.is_duplicate(index) {
            return match self.duplicates {
                Duplicates::Deleted => None,
                Duplicates::Pending => Some(PENDING),
                Duplicates::Marked => Some(Standing { pending, duplicated: true }),
            };
        }
        Some(Standing { pending, duplicated: state.marked.contains(&self.place(index)) })
    }

    fn place(&self, index: u64) -> Place {
        Place { account: self.number, index }
    }

    /// Where entries of a standing can be.
    fn within(&self, wanted: Standing) -> Range<u64> {
        match (wanted.pending, self.duplicates) {
            (false, _) => self.known.start..self.booked,
            (true, Duplicates::Pending) => self.known.clone(),
            (true, _) => self.booked..self.known.end,
        }
    }

    fn id(&self, index: u64, standing: Standing, world: &World) -> u64 {
        let since = standing.pending.then(|| self.at.as_second());
        ids::transaction(world, Place { account: self.number, index }, since)
    }

    /// Indexes of what stands as wanted, from one on.
    fn indexes<'a>(
        &'a self,
        wanted: Standing,
        from: u64,
        state: &'a SaltEdge,
    ) -> impl DoubleEndedIterator<Item = u64> + 'a {
        let within = self.within(wanted);
        let range = within.start.max(from).min(within.end)..within.end;
        range.filter(move |index| self.standing(*index, state) == Some(wanted))
    }

    /// The id of a posted transaction.
    pub(super) fn posted_id(&self, index: u64, world: &World) -> String {
        self.id(index, POSTED, world).to_string()
    }

    /// Posted entries that count, one after the other.
    pub(super) fn posted<'a>(&'a self, range: Range<u64>, state: &'a SaltEdge) -> impl Iterator<Item = Entry> + 'a {
        let range = range.start.max(self.known.start)..range.end.min(self.booked);
        self.ledger.entries(range).filter(|entry| self.standing(entry.index, state) == Some(POSTED))
    }
}

/// How many duplicates stand among the entries of an account, once they were counted: that takes a while for a million of them.
#[derive(Default)]
pub(super) struct Counted(Mutex<HashMap<(u64, Range<u64>), u64>>);

/// Ranges that are remembered; each move of the clock asks for others.
const REMEMBERED: usize = 10_000;

impl Counted {
    fn duplicates(&self, read: &Read, range: &Range<u64>) -> u64 {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() > REMEMBERED {
            counted.clear();
        }
        let count = || range.clone().filter(|index| read.ledger.is_duplicate(*index)).count() as u64;
        *counted.entry((read.number, range.clone())).or_insert_with(count)
    }
}

impl SaltEdge {
    /// How many transactions the lists show of an account: posted, pending.
    pub(super) fn counts(&self, connection: &Connection, held: &Held, world: &World) -> (u64, u64) {
        let read = Read::of(connection, held, world);
        let (posted, pending) = (read.known.start..read.booked, read.booked..read.known.end);
        let shown = |range: &Range<u64>| {
            let marked = self.marked.range(read.place(range.start)..read.place(range.end));
            let marked = marked.filter(|place| !read.ledger.is_duplicate(place.index)).count() as u64;
            (range.end - range.start).saturating_sub(self.counted.duplicates(&read, range)).saturating_sub(marked)
        };
        let as_pending = match read.duplicates {
            Duplicates::Pending => self.counted.duplicates(&read, &read.known),
            Duplicates::Deleted | Duplicates::Marked => 0,
        };
        (shown(&posted), shown(&pending) + as_pending)
    }

    pub(super) fn last_posted(&self, connection: &Connection, held: &Held, world: &World) -> Option<u64> {
        let read = Read::of(connection, held, world);
        let last = read.indexes(POSTED, 0, self).next_back();
        last.map(|index| read.id(index, POSTED, world))
    }

    pub(super) fn list_transactions(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let world = scene.world;
        let place = "query parameter connection_id";
        let connection = self.connection(world, place, call.text("connection_id").unwrap_or_default())?;
        let mut held = self.held(world, &connection);
        if let Some(id) = call.text("account_id") {
            let number = ids::read(world, Kind::Account, id);
            held.retain(|held| Some(held.number) == number);
            if held.is_empty() {
                let problem = "the connection has no account with this id";
                return Err(Refusal::code("WrongRequestFormat", "query parameter account_id", problem));
            }
        }
        let (from, size) = (paging::from(call)?, paging::size(call)?);
        let wanted = Standing { pending: call.flag("pending"), duplicated: call.flag("duplicated") };
        let start = ids::place(world, from);
        let mut data = Vec::new();
        for held in &held {
            let read = Read::of(&connection, held, world);
            let first = match held.number.cmp(&start.account) {
                std::cmp::Ordering::Less => continue,
                std::cmp::Ordering::Equal => start.index,
                std::cmp::Ordering::Greater => 0,
            };
            let rest = read.indexes(wanted, first, self).filter(|index| read.id(*index, wanted, world) >= from);
            let mut entries: Option<Entries> = None;
            for index in rest {
                if data.len() == size {
                    return Ok(paging::page(call, data, Some(read.id(index, wanted, world).to_string())));
                }
                let entries = entries.get_or_insert_with(|| Entries::new(&read, index));
                let Some(entry) = entries.at(index) else { break };
                data.push(self.write_transaction(&connection, &read, &entry, wanted, world));
            }
        }
        Ok(paging::page(call, data, None))
    }

    fn write_transaction(
        &self,
        connection: &Connection,
        read: &Read,
        entry: &Entry,
        standing: Standing,
        world: &World,
    ) -> Value {
        let mode = match entry.kind {
            EntryKind::Fee => "fee",
            EntryKind::Transfer => "transfer",
            _ => "normal",
        };
        let came =
            if standing.pending { entry.at } else { entry.booked_at }.clamp(read.created_at.min(read.at), read.at);
        json!({
            "id": read.id(entry.index, standing, world).to_string(),
            "account_id": ids::text(world, Kind::Account, read.number),
            "duplicated": standing.duplicated,
            "mode": mode,
            "status": if standing.pending { "pending" } else { "posted" },
            "made_on": entry.made_on().to_string(),
            "amount": number(entry.cents),
            "currency_code": read.currency,
            "description": entry.text,
            "category": categories::of(entry.category, &connection.categorization),
            "extra": self.transaction_extra(connection, entry, standing, world),
            "created_at": came.to_string(),
            "updated_at": came.to_string(),
        })
    }

    fn transaction_extra(&self, connection: &Connection, entry: &Entry, standing: Standing, world: &World) -> Value {
        let mut extra = Map::new();
        let mut put = |name: &str, value: Value| extra.insert(name.to_owned(), value);
        put("id", json!(entry.reference));
        put("type", json!(bank_type(entry.kind)));
        put("time", json!(entry.at.strftime("%H:%M:%S").to_string()));
        if standing == POSTED {
            put("account_balance_snapshot", number(entry.balance));
            put("posting_date", json!(entry.booked_on().to_string()));
            put("posting_time", json!(entry.booked_at.strftime("%H:%M:%S").to_string()));
            put("posted_by_aspsp", json!(true));
        }
        if connection.categorization == "none" {
            put("categorization_confidence", Value::Null);
        } else {
            let percent =
                world.random("saltedge confidence", &[entry.index, entry.cents.unsigned_abs()]).between(62, 99);
            put("categorization_confidence", number(percent));
        }
        if let Some(other) = &entry.counterparty {
            put(if entry.cents < 0 { "payee" } else { "payer" }, json!(other));
        }
        if let Some(merchant) = entry.merchant {
            put("mcc", json!(merchant.mcc));
            put("merchant_id", json!(merchants::id(world, merchant)));
        }
        if let Some(foreign) = &entry.foreign {
            put("original_amount", number(foreign.cents));
            put("original_currency_code", json!(foreign.currency));
            put("exchange_rate", json!({ "rate": number(foreign.rate) }));
        }
        if entry.duplicate {
            put("possible_duplicate", json!(true));
        }
        if let Some((name, category)) = self.lessons.learned(connection.customer, &entry.text) {
            put(name, json!(category));
        }
        Value::Object(extra)
    }

    pub(super) fn update_transactions(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let world = scene.world;
        let data = &call.body["data"];
        let id = data["connection_id"].as_str().unwrap_or_default();
        let connection = self.connection(world, "body /data/connection_id", id)?;
        let wrong = |place: &str, problem: &str| Refusal::code("WrongRequestFormat", place, problem);
        if data["duplicate"] != json!(true) {
            return Err(wrong("body /data/duplicate", "the mark cannot be taken back: only true is taken"));
        }
        let ids: Vec<&str> =
            data["transaction_ids"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if ids.is_empty() {
            return Err(wrong("body /data/transaction_ids", "names no transaction"));
        }
        let mut places = Vec::new();
        for id in &ids {
            let found = self.located(&connection, id, world).map(|(place, _)| place);
            places.push(
                found.ok_or_else(|| {
                    wrong("body /data/transaction_ids", "names one that the connection does not have")
                })?,
            );
        }
        self.marked.extend(places);
        Ok(paging::single(&json!({ "duplicated": true, "transaction_ids": ids })))
    }

    /// Where the transaction with an id is, and what it says; `None` when the connection does not show it.
    pub(super) fn located(&self, connection: &Connection, id: &str, world: &World) -> Option<(Place, Entry)> {
        let wanted: u64 = id.parse().ok()?;
        let place = ids::place(world, wanted);
        let held = self.held(world, connection).into_iter().find(|held| held.number == place.account)?;
        let read = Read::of(connection, &held, world);
        let standing = read.known.contains(&place.index).then(|| read.standing(place.index, self)).flatten()?;
        (read.id(place.index, standing, world) == wanted).then(|| (place, read.ledger.entry(place.index)))
    }
}

/// The bank's own word for the way by which money moved.
fn bank_type(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Card => "card_payment",
        EntryKind::DirectDebit => "direct_debit",
        EntryKind::Transfer => "transfer",
        EntryKind::Salary => "incoming_transfer",
        EntryKind::Cash => "cash_withdrawal",
        EntryKind::Fee => "fee",
        EntryKind::Interest => "interest",
        EntryKind::Installment => "installment",
    }
}

/// Entries by rising indexes: in a row where they stand close, anew after a long gap.
struct Entries {
    ledger: Ledger,
    end: u64,
    next: u64,
    row: Box<dyn Iterator<Item = Entry>>,
}

/// Gaps up to this are walked.
const WALKED: u64 = 8;

impl Entries {
    fn new(read: &Read, first: u64) -> Self {
        let end = read.known.end;
        Self { ledger: read.ledger.clone(), end, next: first, row: Box::new(read.ledger.entries(first..end)) }
    }

    fn at(&mut self, index: u64) -> Option<Entry> {
        if index > self.next + WALKED {
            self.row = Box::new(self.ledger.entries(index..self.end));
            self.next = index;
        }
        let skipped = usize::try_from(index.checked_sub(self.next)?).ok()?;
        self.next = index + 1;
        self.row.nth(skipped)
    }
}
