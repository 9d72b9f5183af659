//! What customers allowed to be read, and until when.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::ids::{self, Kind};
use super::{SaltEdge, catalogue, paging};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::{World, day};

/// No consent lasts longer.
pub(super) const LONGEST_DAYS: i64 = 180;
/// What those last that are there from the start.
const USUAL_DAYS: i64 = 90;

/// Those that were given or changed; those from the start are computed.
#[derive(Default)]
pub(super) struct Consents {
    stored: BTreeMap<u64, Consent>,
    count: u64,
}

#[derive(Clone)]
pub(super) struct Consent {
    pub(super) number: u64,
    pub(super) connection: u64,
    pub(super) customer: u64,
    pub(super) scopes: Vec<String>,
    pub(super) period_days: Option<i64>,
    pub(super) from_date: Option<Date>,
    pub(super) to_date: Option<Date>,
    pub(super) created_at: Timestamp,
    pub(super) revoked: Option<(Timestamp, &'static str)>,
}

impl Consents {
    /// How many are there from the start: one for each connection, with its number.
    fn seeded(world: &World) -> u64 {
        world.size.people * catalogue::connectable(world)
    }

    pub(super) fn get(&self, world: &World, number: u64) -> Option<Consent> {
        if let Some(stored) = self.stored.get(&number) {
            return Some(stored.clone());
        }
        (number < Self::seeded(world)).then(|| {
            let ago = world.random("saltedge consent", &[number]).between(2 * 24, 55 * 24);
            let created_at = world.start.saturating_sub(SignedDuration::from_hours(ago)).unwrap_or(world.start);
            let days = i64::from(world.size.days);
            Consent {
                number,
                connection: number,
                customer: number / catalogue::connectable(world),
                scopes: ["holder_info", "accounts", "transactions"].map(str::to_owned).to_vec(),
                period_days: Some(USUAL_DAYS),
                from_date: day(world.start).checked_sub(jiff::Span::new().days(days)).ok(),
                to_date: None,
                created_at,
                revoked: None,
            }
        })
    }

    /// Takes a consent in that was just given; its number.
    pub(super) fn add(&mut self, world: &World, mut consent: Consent) -> u64 {
        let number = Self::seeded(world) + self.count;
        self.count += 1;
        consent.number = number;
        self.stored.insert(number, consent);
        number
    }

    /// Ends a consent that is not over yet.
    pub(super) fn revoke(&mut self, world: &World, number: u64, now: Timestamp, reason: &'static str) {
        if let Some(mut consent) = self.get(world, number)
            && consent.status(now) == "active"
        {
            consent.revoked = Some((now, reason));
            self.stored.insert(number, consent);
        }
    }

    /// The consents of a connection, the latest last.
    pub(super) fn of_connection(&self, world: &World, connection: u64) -> Vec<Consent> {
        let seeded = (connection < Self::seeded(world)).then(|| self.get(world, connection)).flatten();
        let later = self
            .stored
            .values()
            .filter(|consent| consent.connection == connection && consent.number >= Self::seeded(world));
        seeded.into_iter().chain(later.cloned()).collect()
    }
}

impl Consent {
    pub(super) fn expires_at(&self) -> Option<Timestamp> {
        let lasts = SignedDuration::from_hours(24 * self.period_days?);
        self.created_at.checked_add(lasts).ok()
    }

    pub(super) fn status(&self, now: Timestamp) -> &'static str {
        match (self.revoked, self.expires_at()) {
            (Some(_), _) => "revoked",
            (None, Some(end)) if end <= now => "expired",
            _ => "active",
        }
    }

    /// Why nothing may be read under it any more.
    pub(super) fn refusal(&self, now: Timestamp) -> Option<Refusal> {
        let place = "path connection_id";
        match self.status(now) {
            "revoked" => Some(Refusal::code("AispConsentRevoked", place, "its consent was revoked: reconnect")),
            "expired" => Some(Refusal::code("AispConsentExpired", place, "its consent has expired: reconnect")),
            _ => None,
        }
    }

    fn write(&self, world: &World, now: Timestamp) -> Value {
        let status = self.status(now);
        let revoked = match (self.revoked, status, self.expires_at()) {
            (Some((at, reason)), ..) => Some((at, reason)),
            (None, "expired", Some(end)) => Some((end, "expired")),
            _ => None,
        };
        let updated_at = revoked.map_or(self.created_at, |(at, _)| at);
        json!({
            "id": ids::text(world, Kind::Consent, self.number),
            "connection_id": ids::text(world, Kind::Connection, self.connection),
            "customer_id": ids::text(world, Kind::Customer, self.customer),
            "status": status,
            "scopes": self.scopes,
            "period_days": self.period_days,
            "expires_at": self.expires_at().map(|at| at.to_string()),
            "from_date": self.from_date.map(|date| date.to_string()),
            "to_date": self.to_date.map(|date| date.to_string()),
            "collected_by": "saltedge",
            "revoked_at": revoked.map(|(at, _)| at.to_string()),
            "revoke_reason": revoked.map(|(_, reason)| reason),
            "created_at": self.created_at.to_string(),
            "updated_at": updated_at.to_string(),
        })
    }
}

impl SaltEdge {
    /// The connections that a list is about, by `connection_id`, `customer_id` or both.
    pub(super) fn chosen(&self, call: &Call, world: &World) -> Result<Vec<u64>, Refusal> {
        let connection = call.text("connection_id");
        let connection =
            connection.map(|id| self.connection(world, "query parameter connection_id", id)).transpose()?;
        let customer = call.text("customer_id");
        let customer = customer.map(|id| self.customer(world, "query parameter customer_id", id)).transpose()?;
        match (connection, customer) {
            (None, None) => {
                let problem = "connection_id, customer_id or both are required";
                Err(Refusal::code("WrongRequestFormat", "query", problem))
            }
            (Some(connection), Some(customer)) if connection.customer != customer.number => {
                let problem = "the connection belongs to another customer";
                Err(Refusal::code("ConnectionNotFound", "query parameter connection_id", problem))
            }
            (Some(connection), _) => Ok(vec![connection.number]),
            (None, Some(customer)) => Ok(self.connections.of_customer(world, customer.number)),
        }
    }

    pub(super) fn list_consents(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let connections = self.chosen(call, scene.world)?;
        let of = |connection| self.consents.of_connection(scene.world, connection);
        let mut consents: Vec<Consent> = connections.into_iter().flat_map(of).collect();
        consents.sort_by_key(|consent| consent.number);
        let listed = consents.into_iter().map(|consent| (ids::id(scene.world, Kind::Consent, consent.number), consent));
        paging::listed(call, listed, |consent| consent.write(scene.world, scene.now))
    }

    pub(super) fn show_consent(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        Ok(paging::single(&self.consent(call, scene.world)?.write(scene.world, scene.now)))
    }

    pub(super) fn revoke_consent(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let mut consent = self.consent(call, scene.world)?;
        if consent.status(scene.now) != "active" {
            let problem = format!("it is {} already", consent.status(scene.now));
            return Err(Refusal::code("AispConsentAlreadyRevoked", "path consent_id", problem));
        }
        self.consents.revoke(scene.world, consent.number, scene.now, "client");
        self.close_refreshes(consent.connection);
        consent.revoked = Some((scene.now, "client"));
        self.connections.change(scene.world, consent.connection, |connection| {
            if connection.consent == Some(consent.number) {
                connection.active = false;
                connection.updated_at = scene.now;
            }
        });
        Ok(paging::single(&consent.write(scene.world, scene.now)))
    }

    fn consent(&self, call: &Call, world: &World) -> Result<Consent, Refusal> {
        let connections = self.chosen(call, world)?;
        ids::read(world, Kind::Consent, call.segment("consent_id"))
            .and_then(|number| self.consents.get(world, number))
            .filter(|consent| connections.contains(&consent.connection))
            .ok_or_else(|| Refusal::code("AispConsentNotFound", "path consent_id", "no such consent is there"))
    }
}
