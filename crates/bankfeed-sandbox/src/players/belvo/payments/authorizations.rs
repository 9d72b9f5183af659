//! Payment authorizations: what a user agrees to once, and what is then paid.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::Payments;
use super::charges::{CANCELED, Parent, State};
use super::consent::{Consent, Payer};
use super::mint::Kind;
use super::news::{Failure, News};
use super::times::eve;

/// How far an authorization has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Awaiting,
    /// One of several has agreed.
    Partly,
    Authorized,
    /// All is paid.
    Consumed,
    Revoked,
    Failed(Failure),
}

impl Stage {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Awaiting => "AWAITING_AUTHORIZATION",
            Self::Partly => "PARTIALLY_ACCEPTED",
            Self::Authorized => "AUTHORIZED",
            Self::Consumed => "CONSUMED",
            Self::Revoked => "REVOKED",
            Self::Failed(_) => "FAILED",
        }
    }

    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Awaiting | Self::Partly)
    }

    /// Why it has come to this.
    pub(super) fn reason(self) -> Option<Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            Self::Revoked => Some(CANCELED),
            _ => None,
        }
    }
}

/// A payment authorization.
pub(super) struct Authorization {
    pub(super) id: String,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) stage: Stage,
    pub(super) authorized_at: Option<Timestamp>,
    pub(super) external_id: Option<String>,
    pub(super) description: String,
    pub(super) return_url: String,
    pub(super) customer: String,
    pub(super) institution: Option<String>,
    /// The person who agrees for a company.
    pub(super) representative: Option<String>,
    pub(super) beneficiary: String,
    pub(super) cents: i64,
    pub(super) statement: String,
    /// Days to pay on; none when it is paid at once.
    pub(super) days: Option<Vec<Date>>,
    pub(super) metadata: Value,
    pub(super) consent: Consent,
    pub(super) payer: Option<Payer>,
    /// The user said that there is no money on the account.
    pub(super) penniless: bool,
}

impl Payments {
    /// Takes an authorization up: its position.
    pub(super) fn begin_authorization(&mut self, mut authorization: Authorization) -> usize {
        authorization.id = self.mint.id(Kind::Authorization);
        let news = News::created("PAYMENT_AUTHORIZATIONS", &authorization.id, Some(authorization.stage.name()));
        self.tell(news.external(authorization.external_id.as_ref()).metadata(&authorization.metadata));
        self.authorizations.push(authorization);
        self.authorizations.len() - 1
    }

    /// The user agreed: charges are made or planned.
    pub(super) fn authorize(&mut self, at: usize, penniless: bool, now: Timestamp) {
        let authorization = &mut self.authorizations[at];
        if !authorization.stage.is_open() {
            return;
        }
        authorization.penniless = penniless;
        authorization.authorized_at = Some(now);
        let customer = authorization.customer.clone();
        let days = authorization.days.clone();
        // Who was not asked for a bank before chooses one now.
        let company = self.customer(&customer).is_some_and(super::customers::Customer::is_company);
        let holders = if company { "BUSINESS" } else { "INDIVIDUAL" };
        let mut fitting = self.institutions.iter().filter(|institution| institution.holders == holders);
        let chosen = fitting.next().map(|institution| institution.id.clone());
        let institution = self.authorizations[at].institution.clone().or(chosen);
        let payer = self.payer(&customer, institution.as_deref().unwrap_or_default());
        self.authorizations[at].institution = institution;
        self.authorizations[at].payer = Some(payer);
        self.set_authorization(at, Stage::Authorized, now);
        match days {
            None => {
                self.plan(Parent::Authorization(at), None, now);
            }
            Some(days) => {
                for day in days {
                    self.plan(Parent::Authorization(at), Some(day), now);
                }
            }
        }
    }

    /// One of several who have to agree has.
    pub(super) fn authorize_partly(&mut self, at: usize, now: Timestamp) {
        if self.authorizations[at].stage == Stage::Awaiting {
            self.set_authorization(at, Stage::Partly, now);
        }
    }

    /// The user refused, or took too long.
    pub(super) fn refuse_authorization(&mut self, at: usize, failure: Failure, now: Timestamp) {
        if self.authorizations[at].stage.is_open() {
            self.set_authorization(at, Stage::Failed(failure), now);
        }
    }

    /// Ends an authorization. A charge is still made when it is too late to take it back.
    pub(super) fn revoke(&mut self, at: usize, now: Timestamp) {
        let planned: Vec<usize> = self
            .charges_of(Parent::Authorization(at))
            .filter(|charge| {
                let charge = &self.charges[*charge];
                charge.state == State::Scheduled && now <= eve(charge.day, 22, 0)
            })
            .collect();
        for charge in planned {
            self.cancel_charge(charge, now);
        }
        self.set_authorization(at, Stage::Revoked, now);
    }

    /// Once all is paid, or taken back, there is nothing left to authorize. A charge that failed may be made again.
    pub(super) fn conclude_authorization(&mut self, at: usize, now: Timestamp) {
        let last = |charge: &usize| self.charges[*charge].next.is_none();
        let states: Vec<State> =
            self.charges_of(Parent::Authorization(at)).filter(last).map(|charge| self.charges[charge].state).collect();
        let done = states.iter().all(|state| matches!(state, State::Paid | State::Canceled));
        if self.authorizations[at].stage != Stage::Authorized || !done {
            return;
        }
        let stage =
            if self.charges_of(Parent::Authorization(at)).any(|charge| self.charges[charge].state == State::Paid) {
                Stage::Consumed
            } else {
                Stage::Revoked
            };
        self.set_authorization(at, stage, now);
    }

    /// The position of an authorization.
    pub(super) fn authorization_at(&self, id: &str) -> Option<usize> {
        self.authorizations.iter().position(|authorization| authorization.id == id)
    }

    fn set_authorization(&mut self, at: usize, stage: Stage, now: Timestamp) {
        let Some(authorization) = self.authorizations.get_mut(at) else { return };
        authorization.stage = stage;
        authorization.updated_at = now;
        let news = News::changed("PAYMENT_AUTHORIZATIONS", &authorization.id, stage.name())
            .external(authorization.external_id.as_ref())
            .metadata(&authorization.metadata)
            .failed(stage.reason());
        self.tell(news);
    }
}
