//! Sending a user to consent.

use std::fmt;

use crate::model::{ConnectionId, ConsentScope, InstitutionId, PartyId};
use crate::{Date, DateTime, Secret};

/// What to ask a user's consent for, and where to send the user afterwards.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SessionRequest {
    /// Whose consent. Salt Edge: customer id, required; Belvo: what the application calls its user.
    pub party: Option<PartyId>,
    /// At which institution; the user chooses when there is none.
    pub institution: Option<InstitutionId>,
    /// The connection to renew, instead of a new one.
    pub connection: Option<ConnectionId>,
    /// What the consent is to cover; all that the facade reads when empty.
    pub scopes: Vec<ConsentScope>,
    /// From which day on data are wanted; what the provider gives otherwise when there is none.
    pub data_from: Option<Date>,
    /// Where the user comes back to.
    pub return_to: Option<String>,
    /// The language of the pages, ISO 639-1.
    pub locale: Option<String>,
}

impl SessionRequest {
    /// A session for a new connection, in which the user chooses the institution.
    pub fn new() -> Self {
        Self::default()
    }

    /// For this user.
    #[must_use]
    pub fn party(self, party: impl Into<PartyId>) -> Self {
        Self { party: Some(party.into()), ..self }
    }

    /// At this institution.
    #[must_use]
    pub fn institution(self, institution: impl Into<InstitutionId>) -> Self {
        Self { institution: Some(institution.into()), ..self }
    }

    /// To renew this connection.
    #[must_use]
    pub fn connection(self, connection: impl Into<ConnectionId>) -> Self {
        Self { connection: Some(connection.into()), ..self }
    }

    /// Covering this, too.
    #[must_use]
    pub fn scope(mut self, scope: ConsentScope) -> Self {
        self.scopes.push(scope);
        self
    }

    /// With data from this day on.
    #[must_use]
    pub fn data_from(self, day: impl Into<Date>) -> Self {
        Self { data_from: Some(day.into()), ..self }
    }

    /// Coming back to this address.
    #[must_use]
    pub fn return_to(self, address: impl Into<String>) -> Self {
        Self { return_to: Some(address.into()), ..self }
    }

    /// In this language.
    #[must_use]
    pub fn locale(self, language: impl Into<String>) -> Self {
        Self { locale: Some(language.into()), ..self }
    }
}

/// A session in which a user consents: send the user to its address.
#[derive(Clone)]
#[non_exhaustive]
pub struct Session {
    /// Where to send the user. It lets whoever has it act for the user.
    pub address: Option<Secret>,
    /// A token for the provider's widget, where the session is one in a page instead of an address.
    pub widget_token: Option<Secret>,
    /// Until when it can be used.
    pub expires_at: Option<DateTime>,
}

impl Session {
    /// A session at an address.
    pub fn at(address: impl Into<Secret>) -> Self {
        Self { address: Some(address.into()), widget_token: None, expires_at: None }
    }

    /// A session in the provider's widget.
    pub fn in_widget(token: impl Into<Secret>) -> Self {
        Self { address: None, widget_token: Some(token.into()), expires_at: None }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("address", &self.address)
            .field("widget_token", &self.widget_token)
            .field("expires_at", &self.expires_at)
            .finish()
    }
}
