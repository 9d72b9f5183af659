//! Bank accounts that receive money, or that it comes from.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Payments;
use super::customers::Version;
use super::filter::{Facts, Filter};
use super::institutions::{Institution, customer_type};
use super::mint::Kind;
use super::news::News;
use super::times::stamp;
use super::verify::{self, invalid, not_found, required, unknown};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

/// A registered bank account.
#[derive(Clone)]
pub(super) struct BankAccount {
    pub(super) id: String,
    pub(super) version: Version,
    pub(super) created_at: Timestamp,
    /// The customer whose account it is, where it is a registered person's.
    pub(super) customer: Option<String>,
    pub(super) institution: String,
    pub(super) holder: Holder,
    pub(super) account_type: String,
    pub(super) agency: String,
    pub(super) number: String,
    pub(super) external_id: Option<String>,
    pub(super) metadata: Value,
}

/// Whose account it is.
#[derive(Clone)]
pub(super) struct Holder {
    /// First and last name of a person; the last one is empty where they came as one.
    pub(super) first: String,
    pub(super) last: String,
    pub(super) identifier: String,
}

impl Holder {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first, self.last).trim_end().to_owned()
    }

    fn read_first_version(holder: &Value, place: &str) -> Result<Self, Refusal> {
        let place = format!("{place}/information");
        let information = &holder["information"];
        let (kind, document) = (verify::text(holder, "type"), verify::text(information, "identifier_type"));
        let identifier = verify::identifier(information, "identifier", &place)?;
        let (first, last, wanted) = if kind == Some("INDIVIDUAL") {
            (verify::name(information, "first_name", &place)?, verify::name(information, "last_name", &place)?, "CPF")
        } else {
            (verify::name(information, "name", &place)?, String::new(), "CNPJ")
        };
        if document != Some(wanted) {
            return Err(invalid(format!("{place}/identifier_type"), format!("is not {wanted}")));
        }
        if kind != Some(customer_type(&identifier)) {
            return Err(invalid(format!("{place}/identifier"), format!("is no {wanted}")));
        }
        Ok(Self { first, last, identifier })
    }

    fn show(&self, version: Version) -> Value {
        let kind = customer_type(&self.identifier);
        match (version, kind) {
            (Version::Two, _) => json!({ "name": self.name(), "identifier": self.identifier }),
            (Version::One, "INDIVIDUAL") => json!({ "type": kind, "information": {
                "first_name": self.first,
                "last_name": self.last,
                "identifier_type": "CPF",
                "identifier": self.identifier,
            } }),
            (Version::One, _) => json!({ "type": kind, "information": {
                "name": self.name(),
                "identifier_type": "CNPJ",
                "identifier": self.identifier,
            } }),
        }
    }
}

impl BankAccount {
    fn facts(&self) -> Facts {
        Facts::of(&self.id)
            .with("created_at", stamp(self.created_at))
            .with("number", &*self.number)
            .with("institution", &*self.institution)
            .with("holder__type", customer_type(&self.holder.identifier))
            .maybe("customer", self.customer.as_ref())
            .maybe("external_id", self.external_id.as_ref())
    }

    fn show(&self, creator: &str) -> Value {
        let created_at = stamp(self.created_at);
        let holder = self.holder.show(self.version);
        match self.version {
            Version::Two => json!({
                "id": self.id,
                "created_at": created_at,
                "updated_at": created_at,
                "active": true,
                "holder": holder,
                "details": {
                    "institution": self.institution,
                    "account_type": self.account_type,
                    "agency": self.agency,
                    "number": self.number,
                },
                "external_id": self.external_id,
                "metadata": self.metadata,
            }),
            Version::One => json!({
                "id": self.id,
                "created_at": created_at,
                "created_by": creator,
                "customer": self.customer,
                "institution": self.institution,
                "holder": holder,
                "details": { "account_type": self.account_type, "agency": self.agency, "number": self.number },
                "external_id": self.external_id,
            }),
        }
    }

    /// The record within the step in which a payment is confirmed.
    pub(super) fn show_in_step(&self, institution: Option<&Institution>, creator: &str) -> Value {
        let mut shown = json!({
            "id": self.id,
            "created_at": stamp(self.created_at),
            "created_by": creator,
            "details": {
                "country": "BRA",
                "account_type": self.account_type,
                "agency": self.agency,
                "number": self.number,
            },
            "holder": self.holder.show(Version::One),
        });
        if let Some(institution) = institution {
            shown["institution"] = institution.show_in_step();
        }
        shown
    }

    /// The record within the charge of a payment authorization.
    pub(super) fn show_in_charge(&self, institution: Option<&Institution>) -> Value {
        json!({
            "id": self.id,
            "holder": self.holder.show(Version::Two),
            "details": {
                "institution": self.institution,
                "code": institution.map(|institution| institution.code.as_str()).unwrap_or_default(),
                "account_type": self.account_type,
                "agency": self.agency,
                "number": self.number,
            },
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        let key = |account: &Self| (account.institution.clone(), account.agency.clone(), account.number.clone());
        self.version == other.version && key(self) == key(other) && self.holder.identifier == other.holder.identifier
    }
}

impl Payments {
    pub(super) fn create_bank_account(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let account = self.read_bank_account(&call.body, Version::of(call), scene.now, "body ")?;
        let id = self.register_bank_account(account);
        let account = self.bank_account(&id).ok_or_else(|| not_found("id", "bank account"))?;
        Ok(Answer::json(201, account.show(&self.creator)))
    }

    /// Each version has a list of its own, like customers.
    pub(super) fn list_bank_accounts(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let (filter, version) = (Filter::of(call)?, Version::of(call));
        let wanted = |account: &&BankAccount| account.version == version && filter.keeps(&account.facts());
        let shown = self.bank_accounts.iter().filter(wanted).map(|account| account.show(&self.creator));
        super::listed(call, scene, shown.collect())
    }

    pub(super) fn show_bank_account(&self, call: &Call) -> Result<Answer, Refusal> {
        let account = self.bank_account(call.segment("id")).filter(|account| account.version == Version::of(call));
        let account = account.ok_or_else(|| not_found("id", "bank account of this version"))?;
        Ok(Answer::json(200, account.show(&self.creator)))
    }

    pub(super) fn bank_account(&self, id: &str) -> Option<&BankAccount> {
        self.bank_accounts.iter().find(|account| account.id == id)
    }

    pub(super) fn institution(&self, id: &str) -> Option<&Institution> {
        self.institutions.iter().find(|institution| institution.id == id)
    }

    /// The institution that a body names.
    pub(super) fn read_institution(&self, holder: &Value, member: &str, place: &str) -> Result<String, Refusal> {
        let place = format!("{place}/{member}");
        let id = verify::text(holder, member).ok_or_else(|| required(place.clone(), "is required"))?;
        let known = self.institution(id).ok_or_else(|| unknown(place, "payment institution"))?;
        Ok(known.id.clone())
    }

    /// The bank account that a body describes, not registered yet.
    pub(super) fn read_bank_account(
        &self,
        body: &Value,
        version: Version,
        at: Timestamp,
        place: &str,
    ) -> Result<BankAccount, Refusal> {
        let (holder_place, details_place) = (format!("{place}/holder"), format!("{place}/details"));
        let details = &body["details"];
        let (institution, holder) = match version {
            Version::One if body.get("metadata").is_some() => {
                return Err(invalid(format!("{place}/metadata"), "has no place in the first version"));
            }
            Version::One => {
                let institution = self.read_institution(body, "institution", place)?;
                (institution, Holder::read_first_version(&body["holder"], &holder_place)?)
            }
            Version::Two => {
                let institution = self.read_institution(details, "institution", &details_place)?;
                let first = verify::name(&body["holder"], "name", &holder_place)?;
                let identifier = verify::identifier(&body["holder"], "identifier", &holder_place)?;
                (institution, Holder { first, last: String::new(), identifier })
            }
        };
        let account_type = verify::owned(details, "account_type").unwrap_or_default();
        if version == Version::Two && account_type == "SALARY" {
            return Err(invalid(format!("{details_place}/account_type"), "is no kind of account in version 2"));
        }
        let number = verify::owned(details, "number").unwrap_or_default();
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(invalid(format!("{details_place}/number"), "has something else than digits"));
        }
        let same_person = |identifier: &str| {
            let mut known = self.customers.iter().filter(|customer| customer.version == Version::One);
            known.find(|customer| customer.identifier == identifier && !customer.is_company())
        };
        Ok(BankAccount {
            id: String::new(),
            version,
            created_at: at,
            customer: same_person(&holder.identifier).map(|customer| customer.id.clone()),
            institution,
            holder,
            account_type,
            agency: verify::name(details, "agency", &details_place)?,
            number,
            external_id: verify::external_id(body, place)?,
            metadata: verify::metadata(body, place)?,
        })
    }

    /// Registers a bank account: the new id.
    pub(super) fn register_bank_account(&mut self, mut account: BankAccount) -> String {
        account.id = self.mint.id(Kind::BankAccount);
        if account.version == Version::Two {
            let news = News::created("BANK_ACCOUNTS", &account.id, None).external(account.external_id.as_ref());
            self.tell(news.metadata(&account.metadata));
        }
        let id = account.id.clone();
        self.bank_accounts.push(account);
        id
    }

    /// The id of the same account, or of the one that is registered now.
    pub(super) fn same_or_registered(&mut self, account: BankAccount) -> String {
        match self.bank_accounts.iter().find(|known| known.is_same(&account)) {
            Some(known) => known.id.clone(),
            None => self.register_bank_account(account),
        }
    }
}
