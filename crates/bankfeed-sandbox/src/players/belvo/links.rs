//! Links: those that are there from the start, and what requests made of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::institution::{INSTITUTIONS, Institution, SEATS};
use super::view::{Seat, View, kind};

/// Numbers of created links begin here.
const CREATED: u64 = 1 << 32;

/// Every link.
pub(super) struct Links {
    /// Seeded ones that were changed, and created ones.
    kept: BTreeMap<u64, Link>,
    removed: BTreeSet<u64>,
    created: u64,
}

/// A link.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) institution: &'static Institution,
    pub(super) person: u64,
    pub(super) created: Timestamp,
    pub(super) accessed: Timestamp,
    pub(super) refreshed: Option<Timestamp>,
    pub(super) external_id: Option<String>,
    /// It is updated without being asked to.
    pub(super) recurrent: bool,
    pub(super) status: Status,
    pub(super) credentials_storage: String,
    pub(super) stale_in: String,
    pub(super) fetch: Vec<String>,
    /// Kinds of records that were fetched and saved; all of them when there is no set.
    pub(super) stored: Option<BTreeSet<u8>>,
    pub(super) mood: Mood,
}

/// What a link is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Valid,
    Invalid,
    Unconfirmed,
    TokenRequired,
}

/// How the institution treats a user; the name of the user says it, see [`Mood::of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    Plain,
    /// Every login takes a token.
    SecondFactor,
    /// The user has to confirm the link with the institution, and never does.
    Unconfirmed,
    /// The user shared no accounts.
    WithoutAccounts,
    /// Turned down with this code of Belvo.
    Refused(&'static str),
}

impl Mood {
    /// What the name of a user asks for.
    pub(super) fn of(username: &str) -> Self {
        match username {
            "second-factor" => Self::SecondFactor,
            "unconfirmed" => Self::Unconfirmed,
            "without-accounts" => Self::WithoutAccounts,
            "wrong-login" | "locked" => Self::Refused("login_error"),
            "busy" => Self::Refused("too_many_sessions"),
            "slow" => Self::Refused("request_timeout"),
            "unavailable" => Self::Refused("institution_unavailable"),
            "inactive" => Self::Refused("institution_inactive"),
            "no-access" => Self::Refused("access_to_resource_denied"),
            _ => Self::Plain,
        }
    }
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Unconfirmed => "unconfirmed",
            Self::TokenRequired => "token_required",
        }
    }
}

impl Links {
    pub(super) fn new() -> Self {
        Self { kept: BTreeMap::new(), removed: BTreeSet::new(), created: 0 }
    }

    /// Numbers of all links, the seeded ones first.
    pub(super) fn numbers(&self, view: &View) -> Vec<u64> {
        let seeded = 0..view.world.size.people.saturating_mul(SEATS).min(CREATED);
        seeded.chain(CREATED..CREATED + self.created).filter(|number| !self.removed.contains(number)).collect()
    }

    /// A link, unless it was removed or never was.
    pub(super) fn get(&self, view: &View, number: u64) -> Option<Link> {
        if self.removed.contains(&number) {
            return None;
        }
        self.kept.get(&number).cloned().or_else(|| seeded(view, number))
    }

    /// The number of a link by its id.
    pub(super) fn find(&self, view: &View, id: &str) -> Option<u64> {
        let (_, number) = view.ids.read(kind::LINK, id)?;
        self.get(view, number).map(|_| number)
    }

    pub(super) fn put(&mut self, number: u64, link: Link) {
        self.kept.insert(number, link);
    }

    /// Takes in a new link; its number.
    pub(super) fn add(&mut self, link: Link) -> u64 {
        let number = CREATED + self.created;
        self.created += 1;
        self.kept.insert(number, link);
        number
    }

    /// The number that the next new link gets.
    pub(super) fn next(&self) -> u64 {
        CREATED + self.created
    }

    pub(super) fn remove(&mut self, number: u64) {
        self.kept.remove(&number);
        self.removed.insert(number);
    }
}

/// A link that people have from the start.
fn seeded(view: &View, number: u64) -> Option<Link> {
    let (person, seat) = (number / SEATS, number % SEATS);
    if person >= view.world.size.people {
        return None;
    }
    let institution = INSTITUTIONS.get(usize::try_from(seat).ok()?)?;
    let days = 30 + i64::try_from(number * 7 % 40).unwrap_or_default();
    let created = view.world.start.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(view.world.start);
    Some(Link {
        institution,
        person,
        created,
        accessed: view.world.start,
        refreshed: None,
        external_id: Some(format!("user-{}", 4_000 + person)),
        recurrent: true,
        status: Status::Valid,
        credentials_storage: "365d".to_owned(),
        stale_in: "365d".to_owned(),
        fetch: institution.family.resources().iter().map(|&name| name.to_owned()).collect(),
        stored: None,
        mood: Mood::Plain,
    })
}

/// The id of a link.
pub(super) fn id(view: &View, number: u64) -> String {
    view.ids.uuid(kind::LINK, 0, number)
}

impl Link {
    /// What records are made from.
    pub(super) fn seat(&self, view: &View, number: u64) -> Seat {
        let current = self.recurrent && self.status_at(view) == Status::Valid;
        Seat {
            number,
            id: id(view, number),
            institution: self.institution,
            person: self.person,
            created: self.created,
            // Links that are not updated any more show what was there when they last were.
            seen: if current { view.now } else { self.last_valid(view) },
        }
    }

    /// Consents end, and with them the link.
    pub(super) fn status_at(&self, view: &View) -> Status {
        if self.status == Status::Valid && self.consent_ends().is_some_and(|end| end <= view.now) {
            return Status::Invalid;
        }
        self.status
    }

    fn last_valid(&self, view: &View) -> Timestamp {
        let ended = self.consent_ends().filter(|end| *end <= view.now);
        if self.recurrent && self.status == Status::Valid { ended.unwrap_or(self.accessed) } else { self.accessed }
    }

    /// Days for which the user consented, where it takes a consent.
    pub(super) fn consent_days(&self) -> Option<i64> {
        const DURATIONS: [i64; 4] = [366, 183, 275, 92];
        let turn = usize::try_from(self.person % 4).unwrap_or_default();
        self.institution.open_finance.then(|| DURATIONS[(turn + self.institution.bank) % 4])
    }

    /// When the consent is over.
    pub(super) fn consent_ends(&self) -> Option<Timestamp> {
        let hours = self.consent_days()? * 24;
        self.created.checked_add(SignedDuration::from_hours(hours)).ok()
    }

    /// Its record.
    pub(super) fn record(&self, view: &View, number: u64) -> Value {
        let mut random = view.world.random("belvo user", &[self.person, u64::from(self.institution.id)]);
        json!({
            "id": id(view, number),
            "institution": self.institution.name,
            "access_mode": if self.recurrent { "recurrent" } else { "single" },
            "last_accessed_at": self.seat(view, number).seen.to_string(),
            "created_at": self.created.to_string(),
            "external_id": self.external_id,
            "institution_user_id": format!("{}=", random.hex(43)),
            "status": self.status_at(view).name(),
            "created_by": creator(view),
            "refresh_rate": self.recurrent.then_some("24h"),
            "credentials_storage": self.credentials_storage,
            "fetch_resources": self.fetch,
            "stale_in": self.stale_in,
        })
    }

    /// The consent behind it.
    pub(super) fn consent(&self, view: &View, number: u64) -> Option<Value> {
        let days = self.consent_days()?;
        let ends = self.consent_ends()?;
        let holder = view.world.person(self.institution.region, self.person);
        Some(json!({
            "id": view.ids.uuid(kind::CONSENT, 0, number),
            "display_name": holder.full_name(),
            "document_number": holder.document,
            "belvo_institution_name": self.institution.name,
            "institution_display_name": self.institution.display_name,
            "institution_icon_logo": self.institution.icon(),
            "belvo_organization_name": "Sandbox",
            "link_id": id(view, number),
            "user_name": holder.full_name(),
            "expired_at": ends.to_string(),
            "undefined_consent_expiration": false,
            "consent_duration": days,
            "created_at": self.created.to_string(),
            "status": if ends > view.now { "AUTHORISED" } else { "EXPIRED" },
            "permissions": {
                "REGISTER": ["CUSTOMERS_PERSONAL_IDENTIFICATIONS_READ"],
                "ACCOUNTS": ["ACCOUNTS_READ", "ACCOUNTS_BALANCES_READ", "ACCOUNTS_TRANSACTIONS_READ"],
                "CREDIT_CARDS": ["CREDIT_CARDS_ACCOUNTS_READ", "CREDIT_CARDS_ACCOUNTS_BILLS_READ"],
                "CREDIT_OPERATIONS": ["LOANS_READ", "FINANCINGS_READ"],
                "INVESTMENTS": ["BANK_FIXED_INCOMES_READ", "FUNDS_READ"],
                "RESOURCES": ["RESOURCES_READ"],
            },
        }))
    }
}

/// The account with Belvo that everything belongs to.
fn creator(view: &View) -> String {
    let hex = view.world.random("belvo creator", &[]).hex(32);
    format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
}
