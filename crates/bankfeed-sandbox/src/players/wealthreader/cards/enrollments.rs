//! Invitations of employees.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::players::wealthreader::clients::Client;
use crate::players::wealthreader::names::{Named, Names};
use crate::world::{Region, World};

/// How long it takes an employee to confirm.
const CONFIRMATION: SignedDuration = SignedDuration::from_mins(5);
/// How long before the start the employees of the start were enrolled.
const BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// An invitation.
pub(super) struct Enrollment {
    pub(super) id: String,
    pub(super) client: Client,
    /// Counts the invitations: part of the ids of payments.
    pub(super) number: u64,
    pub(super) email: String,
    pub(super) person: u64,
    expires: Timestamp,
    /// When it is or will be confirmed; `None` when it expires before.
    confirmed: Option<Timestamp>,
}

/// How an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Pending,
    Active,
    Expired,
}

impl Enrollment {
    /// An invitation of now.
    pub(super) fn new(
        names: Names,
        client: Client,
        number: u64,
        email: String,
        person: u64,
        now: Timestamp,
        minutes: i64,
    ) -> Self {
        let expires = later(now, SignedDuration::from_mins(minutes));
        let confirmed = later(now, CONFIRMATION);
        Self {
            id: names.short(Named::Enrollment, client as u64, number),
            client,
            number,
            email,
            person,
            expires,
            confirmed: (confirmed <= expires).then_some(confirmed),
        }
    }

    /// The invitation of somebody who is enrolled from the start, for the first key.
    pub(super) fn old(world: &World, names: Names, person: u64) -> Self {
        let then = world.start.saturating_sub(BEFORE).unwrap_or(Timestamp::MIN);
        Self::new(names, 0, person, world.person(Region::Spain, person).email, person, then, 20)
    }

    pub(super) fn status(&self, now: Timestamp) -> Status {
        match self.confirmed {
            Some(confirmed) if confirmed <= now => Status::Active,
            _ if self.expires <= now => Status::Expired,
            _ => Status::Pending,
        }
    }

    /// When it was confirmed, if it was.
    pub(super) fn confirmed(&self, now: Timestamp) -> Option<Timestamp> {
        self.confirmed.filter(|confirmed| *confirmed <= now)
    }

    /// As it is told.
    pub(super) fn told(&self, names: Names, now: Timestamp) -> Value {
        let status = self.status(now);
        let active = status == Status::Active;
        json!({
            "enrollment_id": self.id,
            "status": match status {
                Status::Pending => "pending",
                Status::Active => "active",
                Status::Expired => "expired",
            },
            "email": self.email,
            "expires_at": self.expires.to_string(),
            "confirmed_at": self.confirmed(now).map(|confirmed| confirmed.to_string()),
            "user_id": active.then(|| user_id(names, self.person)),
        })
    }

    pub(super) fn answer(&self, names: Names, now: Timestamp) -> Answer {
        Answer::json(200, json!({ "success": true, "payload": self.told(names, now) }))
    }
}

/// The employee in the app.
pub(super) fn user_id(names: Names, person: u64) -> String {
    names.hex(Named::Employee, 0, person)
}

/// Somebody whom the world does not know by this address: the same address is always the same person.
pub(super) fn stranger(world: &World, email: &str) -> u64 {
    let mut random = world.random("employee", &email.bytes().map(u64::from).collect::<Vec<_>>());
    (1 << 24) + random.below(1 << 30)
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}
