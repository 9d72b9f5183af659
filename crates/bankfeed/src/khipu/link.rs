//! Connections, which the application holds itself: an account number and how to log in.

use std::fmt;

use khipu_client::types::{AccountCredential, DataRequest, RequestData};

use super::slot::Slot;
use super::{INSTITUTION, INSTITUTION_NAME};
use crate::Secret;
use crate::model::{Connection, ConnectionId, InstitutionId};

/// The longest account number that the provider takes.
const MAX_NUMBER: usize = 20;

/// An account number, perhaps how to log in, and what was read with it.
pub(super) struct Link {
    pub(super) id: ConnectionId,
    login: Option<Login>,
    pub(super) slot: Slot,
}

/// How to log in at the bank.
pub(super) enum Login {
    /// A link that the provider gave for the login.
    Link(Secret),
    /// What the bank's login asks for, by the provider's names.
    Bank(Vec<(String, Secret)>),
}

impl Link {
    pub(super) fn new(number: &str, login: Option<Login>) -> Result<Self, String> {
        if number.trim().is_empty() {
            return Err("an account number is empty".to_owned());
        }
        if number.chars().count() > MAX_NUMBER {
            return Err(format!("an account number has more than {MAX_NUMBER} characters"));
        }
        match &login {
            Some(Login::Link(link)) if link.expose().is_empty() => return Err("an account link is empty".to_owned()),
            Some(Login::Bank(members)) if members.is_empty() => return Err("a bank login has no members".to_owned()),
            _ => {}
        }
        Ok(Self { id: number.into(), login, slot: Slot::default() })
    }

    pub(super) fn number(&self) -> &str {
        self.id.as_str()
    }

    pub(super) fn has_login(&self) -> bool {
        self.login.is_some()
    }

    /// The request for what is in the account.
    #[allow(deprecated, reason = "the provider calls the login deprecated, and asks for one with an API key")]
    pub(super) fn request(&self) -> DataRequest {
        let data = RequestData::new(self.number());
        let data = match &self.login {
            None => data,
            Some(Login::Link(link)) => data.account_credential(AccountCredential::link(link)),
            Some(Login::Bank(members)) => {
                let members = members.iter().map(|(name, value)| (name.as_str(), value));
                data.account_credential(AccountCredential::bank(members))
            }
        };
        DataRequest::new(data)
    }

    pub(super) fn connection(&self) -> Connection {
        let mut connection = Connection::new(&self.id);
        connection.institution = Some(InstitutionId::from(INSTITUTION));
        connection.institution_name = Some(INSTITUTION_NAME.to_owned());
        connection
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("id", &self.id).field("login", &self.has_login()).finish_non_exhaustive()
    }
}
