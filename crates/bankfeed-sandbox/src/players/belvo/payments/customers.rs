//! Whoever pays.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Payments;
use super::filter::{Facts, Filter};
use super::institutions::customer_type;
use super::mint::Kind;
use super::news::News;
use super::times::stamp;
use super::verify::{self, invalid, not_found, required};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

/// The version of the payments API that a record was made with, or that a request asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    One,
    Two,
}

impl Version {
    pub(super) fn of(call: &Call) -> Self {
        if call.headers.contains_key("X-Belvo-API-Resource-Version") { Self::Two } else { Self::One }
    }
}

/// A registered customer.
pub(super) struct Customer {
    pub(super) id: String,
    pub(super) version: Version,
    pub(super) created_at: Timestamp,
    pub(super) name: Option<String>,
    pub(super) identifier: String,
    pub(super) external_id: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) address: Option<String>,
}

impl Customer {
    /// The customer that a body describes, not registered yet.
    pub(super) fn read(body: &Value, version: Version, at: Timestamp, place: &str) -> Result<Self, Refusal> {
        let name = match version {
            Version::Two => Some(verify::name(body, "name", place)?),
            Version::One => verify::owned(body, "name"),
        };
        if version == Version::Two {
            for member in ["email", "phone", "address"] {
                if body.get(member).is_some() {
                    return Err(invalid(format!("{place}/{member}"), "has no place in version 2"));
                }
            }
        }
        Ok(Self {
            id: String::new(),
            version,
            created_at: at,
            name,
            identifier: verify::identifier(body, "identifier", place)?,
            external_id: verify::external_id(body, place)?,
            email: verify::owned(body, "email"),
            phone: verify::owned(body, "phone"),
            address: verify::owned(body, "address"),
        })
    }

    /// A company, not a person.
    pub(super) fn is_company(&self) -> bool {
        customer_type(&self.identifier) == "BUSINESS"
    }

    fn facts(&self) -> Facts {
        let facts = Facts::of(&self.id)
            .with("created_at", stamp(self.created_at))
            .with("customer__type", customer_type(&self.identifier))
            .maybe("external_id", self.external_id.as_ref());
        [&self.name, &self.email].into_iter().flatten().fold(facts, |facts, text| facts.text(text))
    }

    fn show(&self, creator: &str) -> Value {
        let created_at = stamp(self.created_at);
        match self.version {
            Version::Two => json!({
                "id": self.id,
                "created_at": created_at,
                "updated_at": created_at,
                "name": self.name,
                "identifier": self.identifier,
                "external_id": self.external_id,
            }),
            Version::One => json!({
                "id": self.id,
                "created_at": created_at,
                "created_by": creator,
                "customer_type": customer_type(&self.identifier),
                "name": self.name,
                "external_id": self.external_id,
                "country": "BRA",
                "email": self.email,
                "identifier": self.identifier,
                "identifier_type": if self.is_company() { "CNPJ" } else { "CPF" },
                "address": self.address,
                "phone": self.phone,
            }),
        }
    }
}

impl Payments {
    pub(super) fn create_customer(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let customer = Customer::read(&call.body, Version::of(call), scene.now, "body ")?;
        let id = self.register_customer(customer);
        let customer = self.customer(&id).ok_or_else(|| not_found("id", "customer"))?;
        Ok(Answer::json(201, customer.show(&self.creator)))
    }

    /// Each version has a list of its own, so that what a list shows is found with the same header.
    pub(super) fn list_customers(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let (filter, version) = (Filter::of(call)?, Version::of(call));
        let wanted = |customer: &&Customer| customer.version == version && filter.keeps(&customer.facts());
        let shown = self.customers.iter().filter(wanted).map(|customer| customer.show(&self.creator));
        super::listed(call, scene, shown.collect())
    }

    pub(super) fn show_customer(&self, call: &Call) -> Result<Answer, Refusal> {
        let customer = self.customer(call.segment("id")).filter(|customer| customer.version == Version::of(call));
        let customer = customer.ok_or_else(|| not_found("id", "customer of this version"))?;
        Ok(Answer::json(200, customer.show(&self.creator)))
    }

    pub(super) fn customer(&self, id: &str) -> Option<&Customer> {
        self.customers.iter().find(|customer| customer.id == id)
    }

    /// Registers a customer: the new id.
    pub(super) fn register_customer(&mut self, mut customer: Customer) -> String {
        customer.id = self.mint.id(Kind::Customer);
        if customer.version == Version::Two {
            self.tell(News::created("CUSTOMERS", &customer.id, None).external(customer.external_id.as_ref()));
        }
        let id = customer.id.clone();
        self.customers.push(customer);
        id
    }

    /// The id of the customer with the same document, or of the one that is registered now.
    pub(super) fn known_or_registered(&mut self, customer: Customer) -> String {
        let same = |known: &&Customer| known.version == customer.version && known.identifier == customer.identifier;
        match self.customers.iter().find(same) {
            Some(known) => known.id.clone(),
            None => self.register_customer(customer),
        }
    }

    /// A company pays through a person: who that is has to be told.
    pub(super) fn needs_person(company: bool, person: Option<&String>, place: &str) -> Result<(), Refusal> {
        if company && person.is_none() {
            return Err(required(place, "is required, since the customer is a company"));
        }
        Ok(())
    }
}
