//! Banks, brokers and other keepers of accounts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coded::Coded;
use super::identifier::Bic;
use super::ids::InstitutionId;
use crate::source::Source;

/// A bank, broker or other keeper of accounts, as one provider offers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Institution {
    /// Its id with the provider. Salt Edge `Provider.code`, Belvo `Institution.name`, Khipu the bank's domain,
    /// Wealth Reader `Entity.code`.
    pub id: InstitutionId,
    /// Its name for people. Salt Edge `Provider.name`, Belvo `Institution.display_name`, Wealth Reader `Entity.name`.
    pub name: Option<String>,
    /// Where it is, ISO 3166-1 alpha-2, as the provider writes it; several for some. Salt Edge
    /// `Provider.country_code`, Belvo `Institution.country_codes`.
    pub countries: Vec<String>,
    /// Its BICs that have the form of one. Salt Edge `Provider.bic_codes`.
    pub bics: Vec<Bic>,
    /// Address of its logo. Salt Edge `Provider.logo_url`, Belvo `Institution.logo`, Wealth Reader `Entity.logo`.
    pub logo: Option<String>,
    /// Whether it can be used now. Salt Edge `Provider.status`, Belvo `Institution.status`.
    pub status: Option<Coded<InstitutionStatus>>,
    /// The provider's record.
    #[serde(skip)]
    pub source: Option<Source>,
}

/// Whether an institution can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InstitutionStatus {
    /// It works.
    Available,
    /// It does not work at the moment.
    Down,
    /// It is not offered any more, or not to this client.
    Disabled,
}

impl Institution {
    /// An institution of which only the id is known.
    pub fn new(id: impl Into<InstitutionId>) -> Self {
        Self {
            id: id.into(),
            name: None,
            countries: Vec::new(),
            bics: Vec::new(),
            logo: None,
            status: None,
            source: None,
        }
    }
}
