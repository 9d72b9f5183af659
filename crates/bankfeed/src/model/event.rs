//! What providers tell unasked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coded::Coded;
use super::ids::{ConnectionId, InstitutionId, PartyId};
use super::institution::InstitutionStatus;
use crate::DateTime;
use crate::error::Cause;
use crate::provider::ProviderId;
use crate::schema;
use crate::source::Source;

/// What a provider told by a callback that was verified.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Event {
    /// Who told it.
    pub provider: ProviderId,
    /// What happened, beside the provider's name for it.
    pub kind: Coded<EventKind>,
    /// The same for every repetition of one callback, and different for different ones: what to remember so that none is
    /// acted on twice.
    pub idempotency_key: String,
    /// The connection it is about.
    pub connection: Option<ConnectionId>,
    /// The party it is about.
    pub party: Option<PartyId>,
    /// The institution it is about.
    pub institution: Option<InstitutionId>,
    /// What became of the institution.
    pub institution_status: Option<Coded<InstitutionStatus>>,
    /// Why it failed, if it did.
    pub error: Option<Cause>,
    /// When it was sent, where the callback says so.
    #[schemars(with = "Option<schema::DateTime>")]
    pub sent_at: Option<DateTime>,
    /// The callback's body.
    #[serde(skip)]
    pub source: Option<Source>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EventKind {
    /// Data are coming; more will be told.
    Progress,
    /// New data are there to be read.
    DataReady,
    /// A fetch failed.
    Failed,
    /// The user must act: a second factor, credentials, a consent.
    UserNeeded,
    /// A connection was made.
    ConnectionCreated,
    /// A connection was removed.
    ConnectionRemoved,
    /// A consent ended or was withdrawn.
    ConsentEnded,
    /// An institution changed its state.
    InstitutionChanged,
    /// A payment changed its state.
    Payment,
    /// Something else that the provider names.
    Other,
}

impl Event {
    /// An event of a kind.
    pub fn new(provider: ProviderId, kind: Coded<EventKind>, idempotency_key: impl Into<String>) -> Self {
        Self {
            provider,
            kind,
            idempotency_key: idempotency_key.into(),
            connection: None,
            party: None,
            institution: None,
            institution_status: None,
            error: None,
            sent_at: None,
            source: None,
        }
    }
}
