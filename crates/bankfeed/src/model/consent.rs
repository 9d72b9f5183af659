//! What a user allowed, and until when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coded::Coded;
use super::ids::{ConnectionId, ConsentId, PartyId};
use crate::schema;
use crate::source::Source;
use crate::{Date, DateTime};

/// What a user allowed, and until when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Consent {
    /// Its id. Salt Edge and Belvo `Consent.id`.
    pub id: ConsentId,
    /// The connection it is for. Salt Edge `Consent.connection_id`, Belvo `Consent.link_id`.
    pub connection: Option<ConnectionId>,
    /// Who gave it. Salt Edge `Consent.customer_id`.
    pub party: Option<PartyId>,
    /// Whether it holds. Salt Edge and Belvo `Consent.status`.
    pub status: Option<Coded<ConsentStatus>>,
    /// What it covers, in the provider's words. Salt Edge `Consent.scopes`, Belvo `Consent.permissions`.
    pub scopes: Vec<Coded<ConsentScope>>,
    /// When it was given. Salt Edge and Belvo `Consent.created_at`.
    #[schemars(with = "Option<schema::DateTime>")]
    pub granted_at: Option<DateTime>,
    /// When it ends, or ended. Salt Edge `Consent.expires_at`, Belvo `Consent.expired_at`.
    #[schemars(with = "Option<schema::DateTime>")]
    pub expires_at: Option<DateTime>,
    /// When it was withdrawn. Salt Edge `Consent.revoked_at`.
    #[schemars(with = "Option<schema::DateTime>")]
    pub revoked_at: Option<DateTime>,
    /// The first day of data it covers. Salt Edge `Consent.from_date`.
    #[schemars(with = "Option<schema::Date>")]
    pub data_from: Option<Date>,
    /// The last day of data it covers. Salt Edge `Consent.to_date`.
    #[schemars(with = "Option<schema::Date>")]
    pub data_to: Option<Date>,
    /// The provider's record.
    #[serde(skip)]
    pub source: Option<Source>,
}

/// Whether a consent holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConsentStatus {
    /// The user has yet to confirm it.
    Awaiting,
    /// It holds.
    Active,
    /// Its time is over.
    Expired,
    /// It was withdrawn, by whomever.
    Revoked,
    /// The user or the institution refused it.
    Rejected,
}

/// What a consent covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConsentScope {
    /// Who holds the accounts.
    Holders,
    /// Accounts and their balances.
    Accounts,
    /// Transactions.
    Transactions,
    /// Cards and their bills.
    Cards,
    /// Loans and other credit.
    Credit,
    /// Investments.
    Investments,
    /// Something else.
    Other,
}

impl Consent {
    /// A consent of which only the id is known.
    pub fn new(id: impl Into<ConsentId>) -> Self {
        Self {
            id: id.into(),
            connection: None,
            party: None,
            status: None,
            scopes: Vec::new(),
            granted_at: None,
            expires_at: None,
            revoked_at: None,
            data_from: None,
            data_to: None,
            source: None,
        }
    }
}
