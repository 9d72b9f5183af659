//! A user's access to one institution.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coded::Coded;
use super::ids::{ConnectionId, ConsentId, InstitutionId, PartyId};
use crate::DateTime;
use crate::schema;
use crate::source::Source;

/// A user's access to one institution: Salt Edge's connection, Belvo's link, Wealth Reader's token, Khipu's account
/// with its credential.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Connection {
    /// Its id. Salt Edge `Connection.id`, Belvo `Link.id`, Wealth Reader `Token.token`.
    pub id: ConnectionId,
    /// Whose it is. Salt Edge `Connection.customer_id`, Belvo `Link.external_id`, which is what the application called
    /// its user.
    pub party: Option<PartyId>,
    /// Where it leads. Salt Edge `Connection.provider_code`, Belvo `Link.institution`, Wealth Reader
    /// `Token.entity_code`.
    pub institution: Option<InstitutionId>,
    /// The institution's name, where the record has it. Salt Edge `Connection.provider_name`.
    pub institution_name: Option<String>,
    /// Whether it works. Salt Edge `Connection.status`, Belvo `Link.status`, Wealth Reader `Token.latest_code`, the
    /// code of its last read.
    pub status: Option<Coded<ConnectionStatus>>,
    /// The consent it rests on. Salt Edge `Connection.last_consent_id`.
    pub consent: Option<ConsentId>,
    /// When it was made. Salt Edge and Belvo `created_at`, Wealth Reader `Token.created_at`.
    #[schemars(with = "Option<schema::DateTime>")]
    pub created_at: Option<DateTime>,
    /// When it last brought data, or was last changed. Salt Edge `Connection.updated_at`, Belvo
    /// `Link.last_accessed_at`, Wealth Reader `Token.accesed_at`.
    #[schemars(with = "Option<schema::DateTime>")]
    pub updated_at: Option<DateTime>,
    /// When it may be refreshed again. Salt Edge `Connection.next_refresh_possible_at`.
    #[schemars(with = "Option<schema::DateTime>")]
    pub next_refresh_at: Option<DateTime>,
    /// The provider's record.
    #[serde(skip)]
    pub source: Option<Source>,
}

/// Whether a connection works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConnectionStatus {
    /// It brings data.
    Active,
    /// The user must act: credentials, a second factor or a consent are wanted.
    NeedsUser,
    /// It brings no more data, and keeps what it has.
    Inactive,
    /// It was switched off by the provider.
    Disabled,
}

impl Connection {
    /// A connection of which only the id is known.
    pub fn new(id: impl Into<ConnectionId>) -> Self {
        Self {
            id: id.into(),
            party: None,
            institution: None,
            institution_name: None,
            status: None,
            consent: None,
            created_at: None,
            updated_at: None,
            next_refresh_at: None,
            source: None,
        }
    }
}
