//! Requests for payment authorizations, and the records that they answer.

use serde_json::{Value, json};

use super::Payments;
use super::authorizations::{Authorization, Stage};
use super::charges::{Parent, State};
use super::consent::Consent;
use super::customers::{Customer, Version};
use super::filter::{Facts, Filter};
use super::schedule::{ahead, days};
use super::times::{eve, stamp, today};
use super::verify::{self, invalid, not_found, required, unknown};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::decimal;

const TERMS: &str = "body /payment_method_configuration";
const CUSTOMER: &str = "body /payer/customer";
const TARGET: &str = "body /beneficiary/target";

impl Authorization {
    fn facts(&self) -> Facts {
        Facts::of(&self.id)
            .with("amount", decimal(self.cents))
            .with("created_at", stamp(self.created_at))
            .with("updated_at", stamp(self.updated_at))
            .with("customer", &*self.customer)
            .maybe("external_id", self.external_id.as_ref())
            .text(&self.description)
            .text(&self.statement)
    }
}

impl Payments {
    pub(super) fn create_authorization(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let body = &call.body;
        let terms = &body["payment_method_configuration"];
        let asked = match (verify::text(body, "payment_method"), terms.get("dates")) {
            (Some("PIX_OF_IMMEDIATE"), None) => None,
            (Some("PIX_OF_IMMEDIATE"), Some(_)) => {
                return Err(invalid(format!("{TERMS}/dates"), "has no place in a payment that is made at once"));
            }
            (_, None) => return Err(required(format!("{TERMS}/dates"), "is required for PIX_OF_SCHEDULED")),
            (_, Some(list)) => {
                let place = format!("{TERMS}/dates");
                let days = days(list, &place)?;
                ahead(&days, today(scene.now), false, &place)?;
                Some(days)
            }
        };
        let cents = verify::amount(&terms["amount"], &format!("{TERMS}/amount"))?;
        let statement = verify::name(terms, "statement_description", TERMS)?;
        let description = verify::name(body, "description", "body ")?;
        let external_id = verify::external_id(body, "body ")?;
        let return_url = verify::address(body, "return_url", "body ")?;
        let metadata = verify::metadata(body, "body ")?;
        let payer = &body["payer"];
        let institution = match payer.get("institution") {
            Some(_) => Some(self.read_institution(payer, "institution", "body /payer")?),
            None => None,
        };
        let representative = verify::cpf(payer, "representative_identifier", "body /payer")?;
        let customer = match payer["customer"].as_str() {
            None => Err(Customer::read(&payer["customer"], Version::Two, scene.now, CUSTOMER)?),
            Some(id) => Ok(self
                .customer(id)
                .filter(|customer| customer.version == Version::Two)
                .ok_or_else(|| unknown(CUSTOMER, "customer of version 2"))?),
        };
        let company = match &customer {
            Ok(customer) => customer.is_company(),
            Err(customer) => customer.is_company(),
        };
        Self::needs_person(company, representative.as_ref(), "body /payer/representative_identifier")?;
        let customer = customer.map(|customer| customer.id.clone());
        let target = &body["beneficiary"]["target"];
        let beneficiary = match target.as_str() {
            None => Err(self.read_bank_account(target, Version::Two, scene.now, TARGET)?),
            Some(id) => Ok(self
                .bank_account(id)
                .filter(|account| account.version == Version::Two)
                .ok_or_else(|| unknown(TARGET, "bank account of version 2"))?
                .id
                .clone()),
        };
        // Nothing is registered before all of it is known to be right.
        let customer = customer.unwrap_or_else(|customer| self.known_or_registered(customer));
        let beneficiary = beneficiary.unwrap_or_else(|account| self.same_or_registered(account));
        let at = self.begin_authorization_of(
            |consent| Authorization {
                id: String::new(),
                created_at: scene.now,
                updated_at: scene.now,
                stage: Stage::Awaiting,
                authorized_at: None,
                external_id,
                description,
                return_url,
                customer,
                institution,
                representative,
                beneficiary,
                cents,
                statement,
                days: asked,
                metadata,
                consent,
                payer: None,
                penniless: false,
            },
            scene.now,
        );
        Ok(Answer::json(201, self.authorization_value(at, scene.root)))
    }

    /// Takes an authorization up together with the question to the user.
    pub(super) fn begin_authorization_of(
        &mut self,
        make: impl FnOnce(Consent) -> Authorization,
        now: jiff::Timestamp,
    ) -> usize {
        let consent = Consent::ask(&mut self.mint, now);
        self.begin_authorization(make(consent))
    }

    pub(super) fn list_authorizations(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let filter = Filter::of(call)?;
        let wanted = (0..self.authorizations.len()).filter(|at| filter.keeps(&self.authorizations[*at].facts()));
        super::listed(call, scene, wanted.map(|at| self.authorization_value(at, scene.root)).collect())
    }

    pub(super) fn show_authorization(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        Ok(Answer::json(200, self.authorization_value(self.named_authorization(call)?, scene.root)))
    }

    pub(super) fn cancel_authorization(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let at = self.named_authorization(call)?;
        let stage = self.authorizations[at].stage;
        if !stage.is_open() && stage != Stage::Authorized {
            return Err(invalid("path parameter payment_authorization_id", "has come to its end already"));
        }
        self.revoke(at, scene.now);
        Ok(Answer::empty(204))
    }

    pub(super) fn show_authorization_charge(&self, call: &Call) -> Result<Answer, Refusal> {
        Ok(Answer::json(200, self.authorization_charge_value(self.charge_of_authorization(call)?)))
    }

    /// Makes a charge again that failed, on another day.
    pub(super) fn retry_charge(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let failed = self.charge_of_authorization(call)?;
        let parent = self.charges[failed].parent;
        let place = "path parameter charge_id";
        if self.charges[failed].state.failure().is_none() {
            return Err(invalid(place, "has not failed"));
        }
        if self.charges[failed].next.is_some() {
            return Err(invalid(place, "is being made again already"));
        }
        let Parent::Authorization(at) = parent else { return Err(not_found("charge_id", "charge")) };
        if self.authorizations[at].stage != Stage::Authorized {
            return Err(invalid("path parameter payment_authorization_id", "has come to its end already"));
        }
        let today = today(scene.now);
        let day = match verify::text(&call.body, "date") {
            Some(text) => text.parse().map_err(|_| invalid("body /date", "is no day"))?,
            None => today.tomorrow().unwrap_or(today),
        };
        ahead(&[day], today, false, "body /date")?;
        let retry = self.plan(parent, Some(day), scene.now);
        self.charges[retry].previous = Some(failed);
        self.charges[failed].next = Some(retry);
        Ok(Answer::json(201, self.authorization_charge_value(retry)))
    }

    /// Until 22:00 of the day before.
    pub(super) fn cancel_authorization_charge(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let at = self.charge_of_authorization(call)?;
        let charge = &self.charges[at];
        let place = "path parameter charge_id";
        if charge.state != State::Scheduled {
            return Err(invalid(place, "is not scheduled, or not any more"));
        }
        if scene.now > eve(charge.day, 22, 0) {
            return Err(invalid(place, "can be canceled until 22:00 of the day before, by the time of Brasília"));
        }
        let parent = charge.parent;
        self.cancel_charge(at, scene.now);
        self.conclude(parent, scene.now);
        Ok(Answer::empty(204))
    }

    /// The authorization that a path names.
    pub(super) fn named_authorization(&self, call: &Call) -> Result<usize, Refusal> {
        let parameter = "payment_authorization_id";
        self.authorization_at(call.segment(parameter)).ok_or_else(|| not_found(parameter, "payment authorization"))
    }

    fn charge_of_authorization(&self, call: &Call) -> Result<usize, Refusal> {
        self.charge_in(Parent::Authorization(self.named_authorization(call)?), call.segment("charge_id"))
    }

    fn authorization_value(&self, at: usize, root: &str) -> Value {
        let authorization = &self.authorizations[at];
        let charges: Vec<&str> =
            self.charges_of(Parent::Authorization(at)).map(|charge| self.charges[charge].id.as_str()).collect();
        let reason = authorization.stage.reason();
        let mut terms = json!({
            "amount": decimal(authorization.cents),
            "statement_description": authorization.statement,
        });
        if let Some(days) = &authorization.days {
            terms["dates"] = json!(days.iter().map(ToString::to_string).collect::<Vec<_>>());
        }
        terms["authorization_url"] = json!(authorization.consent.address(root));
        json!({
            "id": authorization.id,
            "created_at": stamp(authorization.created_at),
            "updated_at": stamp(authorization.updated_at),
            "status": authorization.stage.name(),
            "status_reason_code": reason.map(|reason| reason.code),
            "status_reason_message": reason.map(|reason| reason.message),
            "status_updated_at": stamp(authorization.updated_at),
            "authorized_at": authorization.authorized_at.map(stamp),
            "external_id": authorization.external_id,
            "description": authorization.description,
            "return_url": authorization.return_url,
            "payment_method": if authorization.days.is_some() { "PIX_OF_SCHEDULED" } else { "PIX_OF_IMMEDIATE" },
            "payer": {
                "customer": authorization.customer,
                "institution": authorization.institution,
                "representative_identifier": authorization.representative,
            },
            "beneficiary": { "type": "BANK_ACCOUNT", "target": authorization.beneficiary },
            "payment_method_configuration": terms,
            "charges": charges,
            "metadata": authorization.metadata,
        })
    }

    /// A charge of an authorization.
    pub(super) fn authorization_charge_value(&self, at: usize) -> Value {
        let charge = &self.charges[at];
        let Parent::Authorization(parent) = charge.parent else { return Value::Null };
        let authorization = &self.authorizations[parent];
        let reason = charge.state.failure();
        let institution = authorization.institution.as_ref().and_then(|id| self.institution(id));
        let payer = authorization.payer.as_ref().map(|payer| {
            json!({ "bank_account": {
                "holder": { "identifier": self.customer(&authorization.customer).map(|payer| &payer.identifier) },
                "details": {
                    "institution": authorization.institution,
                    "code": institution.map(|institution| institution.code.as_str()).unwrap_or_default(),
                    "account_type": payer.account_type,
                    "agency": payer.agency,
                    "number": payer.number,
                },
            } })
        });
        let beneficiary = self
            .bank_account(&authorization.beneficiary)
            .map(|account| json!({ "bank_account": account.show_in_charge(self.institution(&account.institution)) }));
        let other = |at: Option<usize>| at.map(|at| self.charges[at].id.as_str());
        json!({
            "id": charge.id,
            "created_at": stamp(charge.created_at),
            "status_updated_at": stamp(charge.updated_at),
            "status": charge.state.name(charge.parent),
            "status_reason_code": reason.map(|reason| reason.code),
            "status_reason_message": reason.map(|reason| reason.message),
            "amount": decimal(authorization.cents),
            "date": charge.day.to_string(),
            "end_to_end_id": charge.end_to_end,
            "statement_description": authorization.statement,
            "external_id": authorization.external_id,
            "beneficiary": beneficiary,
            "payer": payer,
            "metadata": authorization.metadata,
            "next": other(charge.next),
            "previous": other(charge.previous),
        })
    }
}
