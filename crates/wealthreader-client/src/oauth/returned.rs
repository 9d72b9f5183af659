//! What a user comes back with.

use std::fmt;

use bankfeed_runtime as rt;
use url::form_urlencoded;

/// What stands in the address that a user came back to, not checked yet; see
/// [`OauthLogin::check`](crate::OauthLogin::check).
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "what came back has to be checked"]
pub struct OauthReturn {
    pub(super) nonce: rt::Secret,
    pub(super) code: rt::Secret,
    pub(super) state: Option<rt::Secret>,
}

impl OauthReturn {
    /// From the query of the address, without its question mark.
    ///
    /// # Errors
    /// When nonce or code is missing or empty, or nonce, code or state is there twice.
    pub fn from_query(query: &str) -> Result<Self, OauthReturnError> {
        let (mut nonce, mut code, mut state) = (None, None, None);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match &*name {
                "nonce" => &mut nonce,
                "code" => &mut code,
                "state" => &mut state,
                _ => continue,
            };
            if place.replace(rt::Secret::from(&*value)).is_some() {
                return Err(OauthReturnError::Twice);
            }
        }
        let given = |value: Option<rt::Secret>| value.filter(|value| !value.expose().is_empty());
        Ok(Self {
            nonce: given(nonce).ok_or(OauthReturnError::MissingNonce)?,
            code: given(code).ok_or(OauthReturnError::MissingCode)?,
            state,
        })
    }
}

/// A code that came back to the login it belongs to, with what its exchange needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OauthCode {
    pub(super) code: rt::Secret,
    pub(super) code_verifier: rt::Secret,
    pub(super) redirect_uri: String,
}

/// Why what a user came back with is not taken. Quotes nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OauthReturnError {
    /// There is no nonce.
    MissingNonce,
    /// There is no code: the user gave up, or the bank refused.
    MissingCode,
    /// Nonce, code or state is there twice.
    Twice,
    /// The nonce is that of another login. Somebody may have been led to this address.
    WrongNonce,
    /// The state is that of another login. Somebody may have been led to this address.
    WrongState,
}

impl fmt::Display for OauthReturnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MissingNonce => "the user came back without a nonce",
            Self::MissingCode => "the user came back without a code",
            Self::Twice => "the user came back with a nonce, code or state that is there twice",
            Self::WrongNonce => "the user came back with the nonce of another login",
            Self::WrongState => "the user came back with the state of another login",
        })
    }
}

impl std::error::Error for OauthReturnError {}
