//! Links between a customer and a provider, and the attempts to read through them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::ids::{self, Kind};
use super::settings::Settings;
use super::{SaltEdge, catalogue, refresh};
use crate::refusal::Refusal;
use crate::world::{Region, World, day};

/// A connection.
#[derive(Clone)]
pub(super) struct Connection {
    pub(super) number: u64,
    pub(super) customer: u64,
    /// Number of the provider.
    pub(super) bank: usize,
    pub(super) active: bool,
    pub(super) categorization: String,
    pub(super) vendor: String,
    pub(super) automatic_refresh: bool,
    pub(super) store_credentials: bool,
    /// The latest consent.
    pub(super) consent: Option<u64>,
    pub(super) attempt: Attempt,
    /// When accounts were read last; `None` as long as none have been.
    pub(super) accounts_at: Option<Timestamp>,
    /// When transactions were.
    pub(super) transactions_at: Option<Timestamp>,
    pub(super) holder_known: bool,
    /// What the latest attempt was to read.
    pub(super) settings: Settings,
    /// What was agreed when it was connected: a smaller refresh makes nothing unknown.
    pub(super) agreed: Settings,
    /// Refreshes without the user: the day, and how many.
    pub(super) background: (Date, u32),
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

/// One attempt to read.
#[derive(Clone)]
pub(super) struct Attempt {
    /// How many there were before.
    pub(super) serial: u64,
    pub(super) at: Timestamp,
    /// Class and message.
    pub(super) failure: Option<(&'static str, &'static str)>,
    pub(super) user_present: bool,
    pub(super) automatic: bool,
}

/// Connections from the start, changed ones, new ones.
#[derive(Default)]
pub(super) struct Connections {
    stored: BTreeMap<u64, Connection>,
    removed: BTreeSet<u64>,
    count: u64,
}

impl Connections {
    fn seeded(world: &World) -> u64 {
        world.size.people * catalogue::connectable(world)
    }

    pub(super) fn get(&self, world: &World, number: u64) -> Option<Connection> {
        if self.removed.contains(&number) {
            return None;
        }
        let stored = self.stored.get(&number).cloned();
        stored.or_else(|| (number < Self::seeded(world)).then(|| seeded(world, number)))
    }

    /// Takes a new connection in; its number.
    pub(super) fn add(&mut self, world: &World, make: impl FnOnce(u64) -> Connection) -> u64 {
        let number = Self::seeded(world) + self.count;
        self.count += 1;
        self.stored.insert(number, make(number));
        number
    }

    pub(super) fn change(&mut self, world: &World, number: u64, change: impl FnOnce(&mut Connection)) {
        if let Some(mut connection) = self.get(world, number) {
            change(&mut connection);
            self.stored.insert(number, connection);
        }
    }

    pub(super) fn remove(&mut self, number: u64) {
        self.stored.remove(&number);
        self.removed.insert(number);
    }

    /// The numbers of a customer's connections, the oldest first.
    pub(super) fn of_customer(&self, world: &World, customer: u64) -> Vec<u64> {
        let banks = catalogue::connectable(world);
        let seeded = if customer < world.size.people { customer * banks..(customer + 1) * banks } else { 0..0 };
        let seeded = seeded.filter(|number| !self.removed.contains(number));
        let later = self.stored.range(Self::seeded(world)..);
        seeded.chain(later.filter(|(_, known)| known.customer == customer).map(|(number, _)| *number)).collect()
    }

    /// All numbers, the oldest first.
    pub(super) fn all(&self, world: &World) -> Vec<u64> {
        let seeded = (0..Self::seeded(world)).filter(|number| !self.removed.contains(number));
        seeded.chain(self.stored.range(Self::seeded(world)..).map(|(number, _)| *number)).collect()
    }
}

/// A connection that is there from the start: its number says whose and with which bank.
fn seeded(world: &World, number: u64) -> Connection {
    let banks = catalogue::connectable(world);
    let institution = usize::try_from(number % banks).unwrap_or_default();
    let bank = catalogue::of_institution(institution);
    let created = world.random("saltedge connection", &[number]).between(60 * 24, 300 * 24);
    let created_at = world.start.saturating_sub(SignedDuration::from_hours(created)).unwrap_or(world.start);
    let attempted_at = world.start.saturating_sub(SignedDuration::from_mins(20)).unwrap_or(world.start);
    let interactive = catalogue::BANKS.get(bank).is_some_and(|bank| bank.interactive);
    Connection {
        number,
        customer: number / banks,
        bank,
        active: true,
        categorization: "personal".to_owned(),
        vendor: "saltedge".to_owned(),
        automatic_refresh: !interactive,
        store_credentials: true,
        consent: Some(number),
        attempt: Attempt {
            serial: created.unsigned_abs() / 24,
            at: attempted_at,
            failure: None,
            user_present: interactive,
            automatic: !interactive,
        },
        accounts_at: Some(world.start),
        transactions_at: Some(world.start),
        holder_known: true,
        settings: Settings::usual(),
        agreed: Settings::usual(),
        background: (day(world.start), 0),
        created_at,
        updated_at: attempted_at,
    }
}

impl SaltEdge {
    /// The connection with an id, as it stands.
    pub(super) fn connection(&self, world: &World, place: &str, id: &str) -> Result<Connection, Refusal> {
        ids::read(world, Kind::Connection, id)
            .and_then(|number| self.connections.get(world, number))
            .ok_or_else(|| Refusal::code("ConnectionNotFound", place, "no connection has this id"))
    }

    /// `active`, or `inactive` when it was set so or its consent is over.
    pub(super) fn is_active(&self, connection: &Connection, world: &World, now: Timestamp) -> bool {
        let consent = connection.consent.and_then(|number| self.consents.get(world, number));
        connection.active && consent.is_some_and(|consent| consent.status(now) == "active")
    }

    pub(super) fn write_connection(&self, connection: &Connection, world: &World, now: Timestamp) -> Value {
        let bank = &catalogue::BANKS[connection.bank.min(catalogue::BANKS.len() - 1)];
        let active = self.is_active(connection, world, now);
        let identifier = self.customers.get(world, connection.customer).and_then(|customer| customer.identifier);
        let next = active.then(|| refresh::next_possible(connection)).flatten();
        let mut value = json!({
            "id": ids::text(world, Kind::Connection, connection.number),
            "customer_id": ids::text(world, Kind::Customer, connection.customer),
            "customer_identifier": identifier,
            "provider_code": bank.code,
            "provider_name": bank.name,
            "country_code": bank.country,
            "status": if active { "active" } else { "inactive" },
            "categorization": connection.categorization,
            "automatic_refresh": connection.automatic_refresh,
            "next_refresh_possible_at": next.map(|at| at.to_string()),
            "created_at": connection.created_at.to_string(),
            "updated_at": connection.updated_at.to_string(),
            "last_consent_id": connection.consent.map(|number| ids::text(world, Kind::Consent, number)),
            "last_attempt": write_attempt(connection, bank.interactive, world),
        });
        // The vendor is left out where nothing is categorized.
        if connection.categorization != "none" {
            value["categorization_vendor"] = json!(connection.vendor);
        }
        value
    }
}

fn write_attempt(connection: &Connection, interactive: bool, world: &World) -> Value {
    let (attempt, settings) = (&connection.attempt, &connection.settings);
    let number = connection.number * 100_000 + attempt.serial;
    let at = attempt.at.to_string();
    let (class, message) = attempt.failure.unzip();
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let dated = |date: Option<Date>| date.map(|date| date.to_string());
    json!({
        "id": ids::text(world, Kind::Attempt, number),
        "consent_id": connection.consent.map(|number| ids::text(world, Kind::Consent, number)),
        "api_version": "6",
        "api_mode": "service",
        "automatic_fetch": attempt.automatic,
        "categorize": connection.categorization != "none",
        "custom_fields": settings.custom_fields,
        "automatic_refresh": connection.automatic_refresh,
        "exclude_accounts": settings.excluded.iter().map(|account| ids::text(world, Kind::Account, *account)).collect::<Vec<_>>(),
        "fetch_from_date": dated(settings.from_date),
        "fetch_to_date": dated(settings.to_date),
        "fetch_scopes": settings.scopes,
        "finished": true,
        "finished_recent": true,
        "include_natures": settings.natures,
        "interactive": interactive,
        "locale": settings.locale,
        "partial": false,
        "show_consent_confirmation": true,
        "store_credentials": connection.store_credentials,
        "user_present": attempt.user_present,
        "user_agent": attempt.user_present.then_some(agent),
        "device_type": "desktop",
        "remote_ip": attempt.user_present.then_some("192.0.2.10"),
        "customer_last_logged_at": null,
        "created_at": at,
        "updated_at": at,
        "success_at": attempt.failure.is_none().then_some(&at),
        "fail_at": attempt.failure.is_some().then_some(&at),
        "fail_error_class": class,
        "fail_message": message,
        "last_stage": {
            "id": ids::text(world, Kind::Stage, number),
            "name": "finish",
            "created_at": at,
            "updated_at": at,
        },
    })
}

/// What the bank knows of the holder.
pub(super) fn holder_info(connection: &Connection, world: &World) -> Value {
    let person = world.person(Region::Europe, connection.customer);
    let mut address = Map::new();
    for (name, text) in [
        ("city", person.city),
        ("state", person.state),
        ("street", &person.street),
        ("country_code", Region::Europe.country()),
        ("post_code", &person.post_code),
    ] {
        address.insert(name.to_owned(), json!(text));
    }
    json!({
        "names": [person.full_name()],
        "emails": [person.email],
        "phone_numbers": [person.phone],
        "addresses": [address],
        "extra": { "birth_date": person.birth_date.to_string(), "document_number": person.document },
    })
}
