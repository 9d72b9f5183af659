//! People and companies.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ids::{ConnectionId, PartyId};
use super::personal::Personal;
use crate::Date;
use crate::schema;
use crate::source::Source;

/// A person or company: a holder of accounts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Party {
    /// Its id with the provider. Salt Edge `Customer.customer_id`, Belvo `Owner.id`, Wealth Reader
    /// `UserInformation.ID`.
    pub id: Option<PartyId>,
    /// The connection that tells of it.
    pub connection: Option<ConnectionId>,
    /// Its names, the most official first.
    pub names: Vec<Personal<String>>,
    /// Its addresses of e-mail.
    pub emails: Vec<Personal<String>>,
    /// Its telephone numbers, as they were sent, country code first where one was sent.
    pub phones: Vec<Personal<String>>,
    /// Where it lives or resides.
    pub addresses: Vec<Personal<Address>>,
    /// When the person was born.
    #[schemars(with = "Option<schema::Date>")]
    pub birth_date: Option<Personal<Date>>,
    /// Its documents: of tax, identity, company register.
    pub documents: Vec<Personal<Document>>,
    /// The provider's record.
    #[serde(skip)]
    pub source: Option<Source>,
}

/// A postal address. `Debug` shows the country alone.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Address {
    /// Street and number, or the whole address in one line where the provider sends it so.
    pub street: Option<String>,
    /// City or town.
    pub city: Option<String>,
    /// State, province or region.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Country, as the provider writes it.
    pub country: Option<String>,
}

/// A document that identifies a person or company. `Debug` shows its kind alone.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Document {
    /// What it is, in the provider's word: `CPF`, `NIF`, `ssn`.
    pub kind: Option<String>,
    /// Its number.
    pub number: String,
}

impl Document {
    /// A document of a kind.
    pub fn new(kind: impl Into<Option<String>>, number: impl Into<String>) -> Self {
        Self { kind: kind.into(), number: number.into() }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").field("country", &self.country).finish_non_exhaustive()
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Party {
    /// A party of which nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Address {
    /// An address of which nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is known of it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
