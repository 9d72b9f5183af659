//! Why a callback is not taken.

use std::fmt;

use bankfeed_runtime as rt;

/// Why a callback is not taken. Quotes nothing of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum CallbackError {
    /// It came without the token of its address, or with another one. Answer with a refusal and do nothing.
    WrongToken,
    /// It is not proven to be signed by the provider, or is too old. Answer with a refusal and do nothing.
    Refused(rt::WebhookError),
    /// It is not an envelope.
    Unreadable(rt::DecodeError),
    /// Its operation is none that was issued.
    UnknownOperation,
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WrongToken => "the callback does not carry the token of its address",
            Self::Refused(_) => "the callback is refused",
            Self::Unreadable(_) => "the callback cannot be read",
            Self::UnknownOperation => "the callback is about an operation that was not issued",
        })
    }
}

impl std::error::Error for CallbackError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(error) => Some(error),
            Self::Unreadable(error) => Some(error),
            Self::WrongToken | Self::UnknownOperation => None,
        }
    }
}

impl From<rt::WebhookError> for CallbackError {
    fn from(error: rt::WebhookError) -> Self {
        Self::Refused(error)
    }
}

impl From<rt::DecodeError> for CallbackError {
    fn from(error: rt::DecodeError) -> Self {
        Self::Unreadable(error)
    }
}
