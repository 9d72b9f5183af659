//! Belvo: aggregation, enrichment, employment and fiscal products; payments stand in a module of their own.
//!
//! People have a link to each of six institutions from the start. Links can be created with the other institutions; the name of the
//! user then says what happens:
//!
//! | username | what happens |
//! |---|---|
//! | `second-factor` | every login takes a token: 428, then `1234` |
//! | `unconfirmed` | the link is never confirmed; retrieving is refused with `unconfirmed_link` |
//! | `without-accounts` | retrieving is refused with `consent_without_accounts` |
//! | `wrong-login`, `locked` | `login_error`, and no link; so does the password `wrong` |
//! | `busy` | `too_many_sessions` |
//! | `slow` | `request_timeout` |
//! | `unavailable`, `inactive` | `institution_unavailable`, `institution_inactive` |
//! | `no-access` | `access_to_resource_denied` |

mod banking;
mod callbacks;
mod enrichment;
mod errors;
mod filter;
mod forms;
mod institution;
mod links;
mod listing;
mod payments;
mod records;
mod register;
mod resource;
mod retrieve;
mod session;
#[cfg(test)]
mod tests;
mod view;
mod widget;

use std::cell::Cell;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use http::header::AUTHORIZATION;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use self::callbacks::News;
use self::institution::INSTITUTIONS;
use self::links::{Links, Status};
use self::payments::Payments;
use self::records::{Found, Removed};
use self::resource::Resource;
use self::session::Sessions;
use self::view::{View, kind};
use super::{Player, Scene};
use crate::access;
use crate::answer::Answer;
use crate::call::{Call, Received};
use crate::fault::Trouble;
use crate::playbook::Operation;
use crate::refusal::{Kind, Refusal};
use crate::world::World;

/// Removals of one kind that Belvo takes within a minute.
const REMOVALS: usize = 5;
/// How long before its end users are reminded of a consent.
const REMINDER: SignedDuration = SignedDuration::from_hours(7 * 24);

pub(super) struct Belvo {
    links: Links,
    removed: Removed,
    sessions: Sessions,
    found: Option<Found>,
    /// Requests that changed something.
    changes: u64,
    /// When things were removed last, by operation.
    removals: BTreeMap<String, Vec<Timestamp>>,
    /// Counts what gets an id of its own: requests, sessions, callbacks.
    serial: Cell<u64>,
    /// When time was looked at last.
    told: Timestamp,
    payments: Payments,
}

impl Belvo {
    pub(super) fn new(world: &World) -> Self {
        Self {
            links: Links::new(),
            removed: Removed::new(),
            sessions: Sessions::new(),
            found: None,
            changes: 0,
            removals: BTreeMap::new(),
            serial: Cell::new(0),
            told: world.start,
            payments: Payments::new(world),
        }
    }

    /// A number that nothing else gets.
    fn serial(&self) -> u64 {
        self.serial.set(self.serial.get() + 1);
        self.serial.get()
    }

    /// Refuses more removals than a minute may see.
    fn throttle(&mut self, call: &Call, scene: &Scene<'_>) -> Result<(), Refusal> {
        let times = self.removals.entry(call.id().to_owned()).or_default();
        times.retain(|time| scene.now.duration_since(*time) < SignedDuration::from_mins(1));
        if times.len() >= REMOVALS {
            let place = format!("operation {}", call.id());
            return Err(Refusal::code(errors::THROTTLED, place, "takes five removals a minute: wait until it is over"));
        }
        times.push(scene.now);
        Ok(())
    }

    fn institutions(call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        filtered(call, scene, INSTITUTIONS.iter().map(institution::Institution::record))
    }

    fn institution(call: &Call) -> Result<Answer, Refusal> {
        let id = call.segment("id");
        let found = INSTITUTIONS.iter().find(|institution| institution.id.to_string() == id);
        match found {
            Some(institution) => Ok(Answer::json(200, institution.record())),
            None => Err(Refusal::code("not_found", "path parameter id", "there is no such institution")),
        }
    }

    fn list_links(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let numbers = self.links.numbers(&view).into_iter();
        filtered(call, scene, numbers.filter_map(|number| Some(self.links.get(&view, number)?.record(&view, number))))
    }

    fn list_consents(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let numbers = self.links.numbers(&view).into_iter();
        filtered(call, scene, numbers.filter_map(|number| self.links.get(&view, number)?.consent(&view, number)))
    }

    fn consent(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let number = view.ids.read(kind::CONSENT, call.segment("id")).map(|(_, number)| number);
        let consent = number.and_then(|number| self.links.get(&view, number)?.consent(&view, number));
        let consent =
            consent.ok_or_else(|| Refusal::code("not_found", "path parameter id", "there is no such consent"))?;
        Ok(Answer::json(200, listing::Choice::of(call, scene.book).apply(consent)))
    }

    /// The records of links.
    fn records(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let path = call.operation.path.as_str();
        if path == "/api/br/exchanges/{id}/history/" {
            return self.history(call, scene);
        }
        let Some(resource) = Resource::at(path) else {
            return Err(Refusal::code("not_found", format!("path {path}"), "is not played"));
        };
        match (&call.operation.method, path.ends_with("{id}/")) {
            (&Method::GET, false) => self.list(call, scene, resource),
            (&Method::GET, true) => self.show(call, scene, resource),
            (&Method::DELETE, _) => self.remove(call, scene, resource),
            (&Method::PATCH, _) => self.resume(call, scene, resource),
            _ => self.retrieve(call, scene, resource),
        }
    }
}

/// A page of the records that fit the query.
fn filtered(call: &Call, scene: &Scene<'_>, records: impl Iterator<Item = Value>) -> Result<Answer, Refusal> {
    let filters = filter::read(&call.query);
    let fits = |record: &Value| filters.iter().all(|filter| filter.fits(record, scene.world.start));
    let records: Vec<Value> = records.filter(fits).collect();
    listing::page(call, scene, records.len() as u64, |position| {
        usize::try_from(position).ok().and_then(|position| records.get(position).cloned()).unwrap_or_default()
    })
}

impl Player for Belvo {
    fn authenticate(&self, operation: &Operation, received: &Received, _scene: &Scene<'_>) -> Result<(), Refusal> {
        // The keys for the widget stand in the body; whether they have to be in the header as well nobody knows.
        if operation.id == "create_widget_token" && received.headers.get(AUTHORIZATION).is_none() {
            return Ok(());
        }
        let given = received.header("authorization").and_then(|header| header.strip_prefix("Basic "));
        let given = given.and_then(|pair| STANDARD.decode(pair.trim()).ok());
        let right = format!("{}:{}", access::BELVO_SECRET_ID, access::BELVO_SECRET_PASSWORD);
        if given.is_some_and(|given| given == right.as_bytes()) {
            return Ok(());
        }
        let problem = "is not the Basic pair of the sandbox's secret id and password";
        Err(Refusal::new(Kind::Unauthenticated("authentication_failed"), "header authorization", problem))
    }

    fn answer(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        if call.operation.method != Method::GET {
            self.changes += 1;
        }
        if call.operation.path.starts_with("/payments/") {
            return self.payments.answer(call, scene);
        }
        match call.id() {
            "list_institutions" => Self::institutions(call, scene),
            "show_institution" => Self::institution(call),
            "list_links" => self.list_links(call, scene),
            "create_link" => self.create_link(call, scene),
            "resume_link" => self.resume_link(call, scene),
            "show_link" => self.show_link(call, scene),
            "update_link_credentials" => self.update_credentials(call, scene),
            "update_link" => self.update_link(call, scene),
            "remove_link" => self.remove_link(call, scene),
            "refresh_link" => self.refresh_link(call, scene),
            "list_consents" => self.list_consents(call, scene),
            "show_consent" => self.consent(call, scene),
            "create_widget_token" => widget::create(call, scene, self.serial()),
            _ => self.records(call, scene),
        }
    }

    fn refuse(&self, refusal: &Refusal, _operation: Option<&Operation>, scene: &Scene<'_>) -> Answer {
        errors::answer(refusal, scene, self.serial())
    }

    fn trouble(&self, trouble: &Trouble, operation: &Operation, scene: &Scene<'_>) -> Option<Answer> {
        let serial = self.serial();
        let error = |status: u16, code: Option<&str>, message: &str| {
            Answer::json(status, errors::list(code, message, None, &errors::request_id(scene, serial)))
        };
        // Retrieving and resuming reach for the institution; nothing else does.
        let reaches = matches!(operation.method, Method::POST | Method::PATCH) && operation.path.starts_with("/api/");
        match trouble {
            Trouble::RateLimit => Some(error(429, None, "Too many requests")),
            Trouble::Status(status) => {
                let code = match status {
                    500.. => Some("unexpected_error"),
                    400 => Some("institution_unavailable"),
                    _ => {
                        let known = scene.book.statuses.iter().find(|(_, of)| of.as_u64() == Some(u64::from(*status)));
                        known.map(|(code, _)| code.as_str())
                    }
                };
                Some(error(*status, code, "Something went wrong"))
            }
            Trouble::ConsentExpired => reaches.then(|| error(400, Some("invalid_link"), "The user's consent is over")),
            Trouble::SecondFactor => {
                let mut operations = scene.book.operations.iter();
                let resumable = operations.any(|known| known.path == operation.path && known.method == Method::PATCH);
                let link = links::id(&View::new(scene), 0);
                (reaches && resumable).then(|| session::asked(scene, serial, &session::of_fault(scene), &link))
            }
        }
    }

    fn beside(&mut self, received: &Received, scene: &mut Scene<'_>) -> Option<Answer> {
        self.payments.beside(received, scene)
    }

    fn tick(&mut self, scene: &mut Scene<'_>) {
        self.payments.tick(scene);
        let (before, now) = (self.told, scene.now);
        self.told = now;
        if scene.receiver.is_none() || now <= before {
            return;
        }
        let view = View::new(scene);
        let (from, to) = (callbacks::refreshed(&view, before), callbacks::refreshed(&view, now));
        for number in self.links.numbers(&view) {
            let Some(link) = self.links.get(&view, number) else { continue };
            let mut news = Vec::new();
            let valid = link.recurrent && link.status_at(&view) == Status::Valid;
            if from < to && valid && link.institution.family == institution::Family::Banking {
                let arrived = callbacks::arrived(&view, &link, number, from, to);
                if arrived > 0 {
                    let data = json!({ "new_transactions": arrived });
                    news.push(("TRANSACTIONS", "new_transactions_available", data));
                }
            }
            if let Some(ends) = link.consent_ends() {
                let due = |at: Timestamp| before < at && at <= now;
                if due(ends.checked_sub(REMINDER).unwrap_or(ends)) {
                    let data = callbacks::consent(&view, &link, number);
                    news.push(("CONSENT", "openfinance_consent_about_to_expire", data));
                }
                if due(ends) {
                    news.push(("CONSENT", "openfinance_consent_expired", callbacks::consent(&view, &link, number)));
                }
            }
            for (about, code, data) in news {
                let news = News { about, process: "recurrent_update", code, request_id: None, data };
                let serial = self.serial();
                callbacks::send(scene, number, link.external_id.as_deref(), &news, serial);
            }
        }
    }
}
