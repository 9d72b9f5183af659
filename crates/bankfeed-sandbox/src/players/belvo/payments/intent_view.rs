//! Payment intents and their charges, as they are shown.

use serde_json::{Map, Value, json};

use super::Payments;
use super::charges::{Charge, Parent, State};
use super::filter::{Facts, Filter};
use super::intents::{Intent, Status, Target};
use super::times::stamp;
use super::verify::{masked, not_found};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::decimal;

impl Intent {
    pub(super) fn facts(&self) -> Facts {
        Facts::of(&self.id)
            .with("amount", decimal(self.cents))
            .with("created_at", stamp(self.created_at))
            .with("updated_at", stamp(self.updated_at))
            .with("customer", &*self.customer)
            .with("provider", "belvo")
            .with("payment_method_type", "open_finance")
            .with("status", self.status.name())
            .maybe("external_id", self.external_id.as_ref())
            .text(&self.description)
            .text(&self.statement)
    }

    /// From where to where it goes.
    fn method(&self) -> Map<String, Value> {
        let mut shown = Map::new();
        match &self.target {
            Target::PixKey { key, .. } => shown.insert("pix_key".to_owned(), json!(super::pix::shown(key))),
            Target::Account(id) => shown.insert("beneficiary_bank_account".to_owned(), json!(id)),
        };
        shown.insert("payer_institution".to_owned(), json!(self.payer_institution));
        shown.insert("cpf".to_owned(), json!(self.cpf.as_deref().map(masked)));
        shown.insert("schedule".to_owned(), json!(self.schedule.as_ref().map(|schedule| &schedule.asked)));
        shown
    }
}

impl Payments {
    pub(super) fn intent_value(&self, at: usize, root: &str) -> Value {
        let intent = &self.intents[at];
        let charges: Vec<Value> = self.charges_of(Parent::Intent(at)).map(|charge| self.charge_value(charge)).collect();
        let mut method = intent.method();
        method.insert("callback_url".to_owned(), json!(intent.callback_url));
        let failure = intent.status.failure();
        json!({
            "id": intent.id,
            "customer": intent.customer,
            "external_id": intent.external_id,
            "created_at": stamp(intent.created_at),
            "created_by": self.creator,
            "updated_at": stamp(intent.updated_at),
            "status": intent.status.name(),
            "amount": decimal(intent.cents),
            "currency": "BRL",
            "description": intent.description,
            "statement_description": intent.statement,
            "selected_payment_method_type": "open_finance",
            "allowed_payment_method_types": ["open_finance"],
            "payment_method_details": { "open_finance": method },
            "payment_method_information": { "open_finance": self.information(at, root) },
            "failure_code": failure.map(|failure| failure.code),
            "failure_message": failure.map(|failure| failure.message),
            "metadata": intent.metadata,
            "charges": charges,
            "provider": "belvo",
            "last_error": failure.map(|failure| json!({
                "error_code": "payment_error", "error_message": failure.message,
            })),
            "next_step": self.next_step(intent),
        })
    }

    /// What came of it. Of a payment to a Pix key nothing but the holder, before it is confirmed.
    fn information(&self, at: usize, root: &str) -> Value {
        let intent = &self.intents[at];
        let holder = match &intent.target {
            Target::PixKey { holder, .. } => Some(json!({ "identifier": holder.identifier, "name": holder.name })),
            Target::Account(_) => None,
        };
        let mut shown = match (&intent.consent, &holder) {
            (None, Some(_)) => json!({}),
            (consent, _) => {
                let charge = self.only_charge(at).map(|charge| &self.charges[charge]);
                let first = self.charges_of(Parent::Intent(at)).next().map(|charge| &self.charges[charge]);
                json!({
                    "provider_request_id": consent.as_ref().map(|consent| &consent.request),
                    "redirect_url": consent.as_ref().map(|consent| consent.address(root)),
                    "end_to_end_id": charge.and_then(|charge| charge.end_to_end.as_ref()),
                    "settlement_date": first.map(|charge| charge.day.to_string()),
                })
            }
        };
        if let Some(holder) = holder {
            shown["pix_key_details"] = holder;
        }
        shown
    }

    fn next_step(&self, intent: &Intent) -> Value {
        let institution = intent.payer_institution.as_ref().and_then(|id| self.institution(id));
        let payer = json!({ "payer_institution": institution.map(super::institutions::Institution::show_in_step) });
        let (kind, shown) = match (intent.status, institution) {
            (Status::Open, None) => ("payment_method_information", self.choice(intent)),
            (Status::Open, Some(_)) => ("confirmation_required", self.confirmation(intent)),
            (Status::Asked, _) => ("needs_redirect", payer),
            (Status::Processing, _) => ("payment_processing", payer),
            (Status::Succeeded, _) => ("payment_succeeded", payer),
            (Status::Failed(_), _) => ("payment_failed", payer),
        };
        let kind = format!("open_finance_display_{kind}");
        let ready = intent.status == Status::Open && institution.is_some();
        json!({ "type": kind, (kind.as_str()): shown, "ready_to_confirm": ready })
    }

    /// The institutions to choose from: those for such customers.
    fn choice(&self, intent: &Intent) -> Value {
        let company = self.customer(&intent.customer).is_some_and(super::customers::Customer::is_company);
        let holders = if company { "BUSINESS" } else { "INDIVIDUAL" };
        let fitting = self.institutions.iter().filter(|institution| institution.holders == holders);
        json!({ "institutions": fitting.map(super::institutions::Institution::show_in_step).collect::<Vec<_>>() })
    }

    fn confirmation(&self, intent: &Intent) -> Value {
        let payer = self.customer(&intent.customer);
        let mut shown = json!({
            "payer_name": payer.and_then(|payer| payer.name.as_deref()).unwrap_or_default(),
            "payer_identifier": payer.map(|payer| payer.identifier.as_str()).unwrap_or_default(),
        });
        if let Some(institution) = intent.payer_institution.as_ref().and_then(|id| self.institution(id)) {
            shown["payer_institution"] = institution.show_in_step();
        }
        shown["beneficiary_bank_account"] = match &intent.target {
            Target::Account(id) => match self.bank_account(id) {
                Some(account) => account.show_in_step(self.institution(&account.institution), &self.creator),
                None => json!({}),
            },
            Target::PixKey { key, holder } => json!({
                "details": { "country": "BRA", "pix_key": super::pix::shown(key) },
                "holder": { "name": holder.name, "identifier": holder.identifier },
            }),
        };
        shown
    }

    /// A charge of an intent.
    pub(super) fn charge_value(&self, at: usize) -> Value {
        let charge = &self.charges[at];
        let Parent::Intent(parent) = charge.parent else { return Value::Null };
        let intent = &self.intents[parent];
        let failure = charge.state.failure();
        let mut shown = json!({
            "id": charge.id,
            "created_at": stamp(charge.created_at),
            "updated_at": stamp(charge.updated_at),
            "created_by": self.creator,
            "customer": intent.customer,
            "payment_intent": intent.id,
            "status": charge.state.name(charge.parent),
            "amount": decimal(intent.cents),
            "currency": "BRL",
            "description": intent.description,
            "statement_description": intent.statement,
            "beneficiary": intent.target.account(),
            "provider": "belvo",
            "payment_method_type": "open_finance",
            "payment_method_details": { "open_finance": intent.method() },
            "payment_method_information": { "open_finance": {
                "provider_request_id": intent.consent.as_ref().map(|consent| &consent.request),
                "redirect_url": null,
                "end_to_end_id": charge.end_to_end,
                "settlement_date": charge.day.to_string(),
            } },
            "transactions": self.transactions_of(at),
            "failure_code": failure.map(|failure| failure.code),
            "failure_message": failure.map(|failure| failure.message),
            "metadata": intent.metadata,
        });
        if let (State::Paid, Some(payer)) = (charge.state, &intent.payer) {
            shown["payer_information"] = json!({ "bank_account": {
                "type": payer.account_type,
                "agency": payer.agency,
                "number": payer.number,
                "institution_id": intent.payer_institution,
            } });
        }
        shown
    }

    fn charge_facts(&self, charge: &Charge) -> Facts {
        let facts = Facts::of(&charge.id)
            .with("created_at", stamp(charge.created_at))
            .with("status", charge.state.name(charge.parent));
        match charge.parent {
            Parent::Intent(at) => {
                facts.with("payment_intent", &*self.intents[at].id).with("amount", decimal(self.intents[at].cents))
            }
            Parent::Authorization(at) => facts.with("amount", decimal(self.authorizations[at].cents)),
        }
    }

    /// Charges of all intents; those of authorizations are listed below their own.
    pub(super) fn list_charges(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let filter = Filter::of(call)?;
        let wanted = |at: &usize| {
            let charge = &self.charges[*at];
            matches!(charge.parent, Parent::Intent(_)) && filter.keeps(&self.charge_facts(charge))
        };
        let shown = (0..self.charges.len()).filter(wanted).map(|at| self.charge_value(at));
        super::listed(call, scene, shown.collect())
    }

    pub(super) fn list_intent_charges(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let parent = self.intent_at(call.segment("payment_intent_id"));
        let parent = Parent::Intent(parent.ok_or_else(|| not_found("payment_intent_id", "payment intent"))?);
        let filter = Filter::of(call)?;
        let wanted = self.charges_of(parent).filter(|at| filter.keeps(&self.charge_facts(&self.charges[*at])));
        super::listed(call, scene, wanted.map(|at| self.charge_value(at)).collect())
    }

    pub(super) fn list_authorization_charges(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let parent = Parent::Authorization(self.named_authorization(call)?);
        let filter = Filter::of(call)?;
        let wanted = self.charges_of(parent).filter(|at| filter.keeps(&self.charge_facts(&self.charges[*at])));
        super::listed(call, scene, wanted.map(|at| self.authorization_charge_value(at)).collect())
    }

    pub(super) fn show_intent_charge(&self, call: &Call) -> Result<Answer, Refusal> {
        Ok(Answer::json(200, self.charge_value(self.charge_of_intent(call)?)))
    }

    /// A charge of an intent; with the header for version 2 one of an authorization.
    pub(super) fn show_charge(&self, call: &Call) -> Result<Answer, Refusal> {
        let second = super::customers::Version::of(call) == super::customers::Version::Two;
        let wanted = |charge: &Charge| {
            charge.id == call.segment("charge_id") && matches!(charge.parent, Parent::Authorization(_)) == second
        };
        let at = self.charges.iter().position(wanted);
        let at = at.ok_or_else(|| not_found("charge_id", "charge of this version"))?;
        let shown = if second { self.authorization_charge_value(at) } else { self.charge_value(at) };
        Ok(Answer::json(200, shown))
    }
}
