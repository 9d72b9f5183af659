//! What a connection is known by: bank and token in one.

use crate::error::{Error, ErrorKind};
use crate::model::{ConnectionId, InstitutionId};
use crate::provider::ProviderId;
use crate::{Id, Secret};

/// Bank and token, which a read needs both.
///
/// As an id they are `BANK:TOKEN`, for the token alone does not tell its bank, and looking it up would take the list of
/// all tokens. Codes of banks have no colon; a token without a known bank begins with one.
pub(crate) struct ConnectionRef {
    bank: String,
    token: Secret,
}

impl ConnectionRef {
    pub(crate) fn new(bank: &str, token: Secret) -> Self {
        Self { bank: bank.trim().to_owned(), token }
    }

    pub(crate) fn parse(id: &ConnectionId) -> Result<Self, Error> {
        let parts = id.as_str().split_once(':').filter(|(_, token)| !token.is_empty());
        let (bank, token) = parts.ok_or_else(|| {
            let why = "the id of a connection is BANK:TOKEN; see `WealthReader::connection_id`";
            Error::of(ErrorKind::InvalidRequest).from_provider(ProviderId::WEALTHREADER).message(why)
        })?;
        Ok(Self { bank: bank.to_owned(), token: token.into() })
    }

    pub(crate) fn id(&self) -> ConnectionId {
        ConnectionId::from(Id::from(format!("{}:{}", self.bank, self.token.expose())))
    }

    pub(crate) fn token(&self) -> &Secret {
        &self.token
    }

    /// The bank's code.
    pub(crate) fn bank(&self) -> Result<&str, Error> {
        if self.bank.is_empty() {
            let why = "the connection does not tell its bank, which a read needs";
            return Err(Error::of(ErrorKind::InvalidRequest).from_provider(ProviderId::WEALTHREADER).message(why));
        }
        Ok(&self.bank)
    }

    pub(crate) fn institution(&self) -> Option<InstitutionId> {
        (!self.bank.is_empty()).then(|| InstitutionId::from(self.bank.as_str()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn bank_and_token_are_put_together_and_taken_apart() {
        let id = ConnectionRef::new("caixabank", "FRJ0:mH".into()).id();
        assert_eq!(id.as_str(), "caixabank:FRJ0:mH");
        let parsed = ConnectionRef::parse(&id).unwrap();
        assert_eq!((parsed.bank().unwrap(), parsed.token().expose()), ("caixabank", "FRJ0:mH"));
        assert!(!format!("{id:?}").contains("FRJ0"));

        let homeless = ConnectionRef::parse(&ConnectionRef::new("", "T".into()).id()).unwrap();
        assert_eq!((homeless.token().expose(), homeless.institution()), ("T", None));
        assert_eq!(homeless.bank().unwrap_err().kind(), ErrorKind::InvalidRequest);
        for wrong in ["token", "bank:", ""] {
            assert_eq!(ConnectionRef::parse(&wrong.into()).err().unwrap().kind(), ErrorKind::InvalidRequest, "{wrong}");
        }
    }
}
