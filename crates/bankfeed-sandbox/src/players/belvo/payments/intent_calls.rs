//! Requests for payment intents.

use jiff::Timestamp;
use serde_json::Value;

use super::Payments;
use super::bank_accounts::BankAccount;
use super::charges::{Parent, State};
use super::customers::{Customer, Version};
use super::filter::Filter;
use super::intents::{Intent, Status, Target};
use super::schedule::Schedule;
use super::times::{eve, today};
use super::verify::{self, invalid, not_found, required, unknown};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

const DETAILS: &str = "body /payment_method_details/open_finance";

/// A record that is there, or one that comes with the payment.
enum Party<T> {
    Known(String),
    New(T),
}

impl Payments {
    pub(super) fn create_intent(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let Some(key) = call.headers.get("Belvo-Idempotency-Key").and_then(Value::as_str) else {
            return self.new_intent(call, scene);
        };
        if !verify::is_uuid(key) {
            return Err(invalid("header Belvo-Idempotency-Key", "is no UUID"));
        }
        let told = |answer: Answer, status| {
            answer.header("belvo-idempotency-key", key).header("belvo-idempotency-status", status)
        };
        match self.replays.get(key) {
            Some((body, answer)) if *body == call.body => Ok(told(Answer::json(201, answer.clone()), "REPLAYED")),
            Some(_) => {
                let problem = "came with another body before; a new payment needs a new key";
                Err(Refusal::code("idempotency_payload_mismatch", "header Belvo-Idempotency-Key", problem))
            }
            None => {
                let answer = self.new_intent(call, scene)?;
                if let crate::answer::Body::Json(value) = &answer.body {
                    self.replays.insert(key.to_owned(), (call.body.clone(), value.clone()));
                }
                Ok(told(answer, "AVAILABLE"))
            }
        }
    }

    fn new_intent(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let body = &call.body;
        let cents = verify::amount(&body["amount"], "body /amount")?;
        let external_id = verify::external_id(body, "body ")?;
        let description = verify::name(body, "description", "body ")?;
        if body["allowed_payment_method_types"] != serde_json::json!(["open_finance"]) {
            return Err(invalid("body /allowed_payment_method_types", "has to be open_finance alone"));
        }
        let metadata = verify::metadata(body, "body ")?;
        let customer = self.read_payer(&body["customer"], scene.now)?;
        let company = match &customer {
            Party::Known(id) => self.customer(id).is_some_and(Customer::is_company),
            Party::New(customer) => customer.is_company(),
        };
        let details = &body["payment_method_details"]["open_finance"];
        let callback_url = verify::address(details, "callback_url", DETAILS)?;
        let cpf = verify::cpf(details, "cpf", DETAILS)?;
        Self::needs_person(company, cpf.as_ref(), &format!("{DETAILS}/cpf"))?;
        let schedule = Schedule::read(&details["schedule"], today(scene.now), &format!("{DETAILS}/schedule"))?;
        let payer_institution = match details.get("payer_institution") {
            Some(_) => Some(self.read_institution(details, "payer_institution", DETAILS)?),
            None => None,
        };
        let confirm = body["confirm"].as_bool().unwrap_or(false);
        if confirm && payer_institution.is_none() {
            return Err(invalid("body /confirm", "goes with a payer_institution only"));
        }
        let (target, new_account) = match verify::text(details, "pix_key") {
            Some(_) if confirm => {
                return Err(invalid("body /confirm", "comes later for Pix keys, once the user has seen the holder"));
            }
            Some(key) if !super::pix::is_key(key) => {
                return Err(invalid(format!("{DETAILS}/pix_key"), "is no Pix key"));
            }
            Some(key) => (Target::PixKey { key: key.to_owned(), holder: self.key_holder(key, scene.world) }, None),
            None => match self.read_receiver(&details["beneficiary_bank_account"], scene.now)? {
                Party::Known(id) => (Target::Account(id), None),
                Party::New(account) => (Target::Account(String::new()), Some(account)),
            },
        };
        if payer_institution.is_none() && (company || new_account.is_some()) {
            let problem = "may come later only when a person pays to a registered account";
            return Err(required(format!("{DETAILS}/payer_institution"), problem));
        }
        // Nothing is registered before all of it is known to be right.
        let customer = match customer {
            Party::Known(id) => id,
            Party::New(customer) => self.register_customer(customer),
        };
        let target = match new_account {
            Some(account) => Target::Account(self.register_bank_account(account)),
            None => target,
        };
        let at = self.begin_intent(Intent {
            id: String::new(),
            customer,
            external_id,
            created_at: scene.now,
            updated_at: scene.now,
            status: Status::Open,
            cents,
            statement: verify::owned(body, "statement_description").unwrap_or_else(|| description.clone()),
            description,
            target,
            payer_institution,
            callback_url,
            cpf,
            schedule,
            metadata,
            consent: None,
            payer: None,
            penniless: false,
        });
        if confirm {
            self.ask_payer(at, scene.now);
        }
        Ok(Answer::json(201, self.intent_value(at, scene.root)))
    }

    fn read_payer(&self, customer: &Value, now: Timestamp) -> Result<Party<Customer>, Refusal> {
        match customer.as_str() {
            Some(id) => match self.customer(id) {
                Some(known) => Ok(Party::Known(known.id.clone())),
                None => Err(unknown("body /customer", "customer")),
            },
            None => Ok(Party::New(Customer::read(customer, Version::One, now, "body /customer")?)),
        }
    }

    fn read_receiver(&self, account: &Value, now: Timestamp) -> Result<Party<BankAccount>, Refusal> {
        let place = format!("{DETAILS}/beneficiary_bank_account");
        match account.as_str() {
            Some(id) => match self.bank_account(id) {
                Some(known) => Ok(Party::Known(known.id.clone())),
                None => Err(unknown(place, "bank account")),
            },
            None => Ok(Party::New(self.read_bank_account(account, Version::One, now, &place)?)),
        }
    }

    pub(super) fn complete_intent(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let at = self.intent_at(call.segment("id")).ok_or_else(|| not_found("id", "payment intent"))?;
        if self.intents[at].status != Status::Open {
            return Err(invalid("body ", "comes too late: the intent is confirmed already"));
        }
        let confirm = call.body["confirm"].as_bool().unwrap_or(false);
        let details = call.body.pointer("/payment_method_details/open_finance");
        let (mut institution, mut account) = (None, None);
        if matches!(self.intents[at].target, Target::PixKey { .. }) {
            if details.is_some() {
                return Err(invalid("body /payment_method_details", "has no place in a payment to a Pix key"));
            }
            if !confirm {
                return Err(required("body /confirm", "has to be true for a payment to a Pix key"));
            }
        } else if let Some(details) = details {
            if details.get("payer_institution").is_some() {
                institution = Some(self.read_institution(details, "payer_institution", DETAILS)?);
            }
            if let Some(id) = verify::text(details, "beneficiary_bank_account") {
                let place = format!("{DETAILS}/beneficiary_bank_account");
                account = Some(self.bank_account(id).ok_or_else(|| unknown(place, "bank account"))?.id.clone());
            }
        }
        if confirm && institution.is_none() && self.intents[at].payer_institution.is_none() {
            return Err(required(format!("{DETAILS}/payer_institution"), "is required before the intent is confirmed"));
        }
        let intent = &mut self.intents[at];
        intent.updated_at = scene.now;
        if institution.is_some() {
            intent.payer_institution = institution;
        }
        if let Some(account) = account {
            intent.target = Target::Account(account);
        }
        if confirm {
            self.ask_payer(at, scene.now);
        }
        Ok(Answer::json(200, self.intent_value(at, scene.root)))
    }

    pub(super) fn show_intent(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let at = self.intent_at(call.segment("id")).ok_or_else(|| not_found("id", "payment intent"))?;
        Ok(Answer::json(200, self.intent_value(at, scene.root)))
    }

    /// As they were begun, unless the request wants the order of their last changes: the newest first with a minus.
    pub(super) fn list_intents(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let filter = Filter::of(call)?;
        let mut wanted: Vec<usize> =
            (0..self.intents.len()).filter(|at| filter.keeps(&self.intents[*at].facts())).collect();
        match call.text("ordering") {
            Some("updated_at") => wanted.sort_by_key(|at| self.intents[*at].updated_at),
            Some("-updated_at") => wanted.sort_by_key(|at| std::cmp::Reverse(self.intents[*at].updated_at)),
            _ => {}
        }
        super::listed(call, scene, wanted.into_iter().map(|at| self.intent_value(at, scene.root)).collect())
    }

    /// Takes back a payment that is planned for one day.
    pub(super) fn cancel_intent(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let at = self.intent_at(call.segment("id")).ok_or_else(|| not_found("id", "payment intent"))?;
        let single = self.intents[at].schedule.as_ref().is_some_and(|schedule| schedule.single);
        match self.only_charge(at).filter(|_| single) {
            Some(charge) => self.cancel_planned(charge, scene.now, "id"),
            None => Err(invalid("path parameter id", "is not planned for one day, agreed to by the user")),
        }
    }

    pub(super) fn cancel_intent_charge(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let charge = self.charge_of_intent(call)?;
        self.cancel_planned(charge, scene.now, "charge_id")
    }

    /// Until a minute before the day begins in Brasília.
    fn cancel_planned(&mut self, charge: usize, now: Timestamp, parameter: &str) -> Result<Answer, Refusal> {
        let place = format!("path parameter {parameter}");
        let Some(found) = self.charges.get(charge).filter(|charge| charge.state == State::Scheduled) else {
            return Err(invalid(place, "is not scheduled, or not any more"));
        };
        if now > eve(found.day, 23, 59) {
            return Err(invalid(place, "can be canceled until 23:59 of the day before, by the time of Brasília"));
        }
        let parent = found.parent;
        self.cancel_charge(charge, now);
        self.conclude(parent, now);
        Ok(Answer::empty(204))
    }

    /// The charge that a path names below its intent.
    pub(super) fn charge_of_intent(&self, call: &Call) -> Result<usize, Refusal> {
        let parent = self.intent_at(call.segment("payment_intent_id"));
        let parent = Parent::Intent(parent.ok_or_else(|| not_found("payment_intent_id", "payment intent"))?);
        self.charge_in(parent, call.segment("charge_id"))
    }

    /// A charge by its id, within what it belongs to.
    pub(super) fn charge_in(&self, parent: Parent, id: &str) -> Result<usize, Refusal> {
        let found = self.charges_of(parent).find(|at| self.charges[*at].id == id);
        found.ok_or_else(|| not_found("charge_id", "charge of this payment"))
    }
}
