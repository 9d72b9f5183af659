//! Payment intents: single payments and series of them, from the first request to the last charge.

use jiff::Timestamp;
use serde_json::Value;

use super::Payments;
use super::charges::{CANCELED, Parent, State};
use super::consent::{Consent, Payer};
use super::mint::Kind;
use super::news::{Failure, News};
use super::pix::KeyHolder;
use super::schedule::Schedule;

/// How far an intent has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Something is missing, or it is not confirmed.
    Open,
    /// The user is asked at the bank.
    Asked,
    Processing,
    Succeeded,
    Failed(Failure),
}

impl Status {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Open => "REQUIRES_PAYMENT_METHOD",
            Self::Asked => "REQUIRES_ACTION",
            Self::Processing => "PROCESSING",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed(_) => "FAILED",
        }
    }

    pub(super) fn failure(self) -> Option<Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            _ => None,
        }
    }
}

/// Whom to pay.
pub(super) enum Target {
    PixKey { key: String, holder: KeyHolder },
    Account(String),
}

impl Target {
    /// The registered account that receives the money.
    pub(super) fn account(&self) -> Option<&str> {
        match self {
            Self::PixKey { .. } => None,
            Self::Account(id) => Some(id),
        }
    }
}

/// A payment intent.
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) customer: String,
    pub(super) external_id: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) status: Status,
    pub(super) cents: i64,
    pub(super) description: String,
    pub(super) statement: String,
    pub(super) target: Target,
    pub(super) payer_institution: Option<String>,
    pub(super) callback_url: String,
    /// The person who agrees for a company.
    pub(super) cpf: Option<String>,
    pub(super) schedule: Option<Schedule>,
    pub(super) metadata: Value,
    pub(super) consent: Option<Consent>,
    pub(super) payer: Option<Payer>,
    /// The user said that there is no money on the account.
    pub(super) penniless: bool,
}

impl Payments {
    /// Takes an intent up: its position.
    pub(super) fn begin_intent(&mut self, mut intent: Intent) -> usize {
        intent.id = self.mint.id(Kind::Intent);
        let news = News::created("PAYMENT_INTENTS", &intent.id, Some(intent.status.name()));
        self.tell(news.external(intent.external_id.as_ref()).metadata(&intent.metadata));
        self.intents.push(intent);
        self.intents.len() - 1
    }

    /// All is there: the user is asked at the bank.
    pub(super) fn ask_payer(&mut self, at: usize, now: Timestamp) {
        self.intents[at].consent = Some(Consent::ask(&mut self.mint, now));
        self.set_intent(at, Status::Asked, now);
    }

    /// The user agreed: charges are made or planned.
    pub(super) fn agree_to_intent(&mut self, at: usize, penniless: bool, now: Timestamp) {
        let intent = &mut self.intents[at];
        if intent.status != Status::Asked {
            return;
        }
        intent.penniless = penniless;
        let customer = intent.customer.clone();
        let institution = intent.payer_institution.clone().unwrap_or_default();
        let days = intent.schedule.as_ref().map(|schedule| schedule.days.clone());
        let payer = self.payer(&customer, &institution);
        self.intents[at].payer = Some(payer);
        self.set_intent(at, Status::Processing, now);
        match days {
            None => {
                self.plan(Parent::Intent(at), None, now);
            }
            Some(days) => {
                for day in days {
                    self.plan(Parent::Intent(at), Some(day), now);
                }
            }
        }
    }

    /// The user refused, or took too long.
    pub(super) fn refuse_intent(&mut self, at: usize, failure: Failure, now: Timestamp) {
        if self.intents[at].status == Status::Asked {
            self.set_intent(at, Status::Failed(failure), now);
        }
    }

    /// Once all its charges have come to an end so has the intent; one that took money makes it a success.
    pub(super) fn conclude_intent(&mut self, at: usize, now: Timestamp) {
        let states: Vec<State> = self.charges_of(Parent::Intent(at)).map(|charge| self.charges[charge].state).collect();
        if self.intents[at].status != Status::Processing || !states.iter().all(|state| state.is_final()) {
            return;
        }
        let failed = states.iter().find_map(|state| state.failure());
        let status =
            if states.contains(&State::Paid) { Status::Succeeded } else { Status::Failed(failed.unwrap_or(CANCELED)) };
        self.set_intent(at, status, now);
    }

    /// The position of an intent.
    pub(super) fn intent_at(&self, id: &str) -> Option<usize> {
        self.intents.iter().position(|intent| intent.id == id)
    }

    fn set_intent(&mut self, at: usize, status: Status, now: Timestamp) {
        let end_to_end = self.only_charge(at).and_then(|charge| self.charges[charge].end_to_end.clone());
        let Some(intent) = self.intents.get_mut(at) else { return };
        intent.status = status;
        intent.updated_at = now;
        let news = News::changed("PAYMENT_INTENTS", &intent.id, status.name())
            .external(intent.external_id.as_ref())
            .metadata(&intent.metadata)
            .failed(status.failure())
            .end_to_end(end_to_end.as_ref());
        self.tell(news);
    }

    /// The charge of an intent that has one.
    pub(super) fn only_charge(&self, at: usize) -> Option<usize> {
        let mut charges = self.charges_of(Parent::Intent(at));
        charges.next().filter(|_| charges.next().is_none())
    }
}
