//! Why a callback is not taken.

use std::fmt;

use bankfeed_runtime as rt;

/// Why a callback is not taken. Quotes nothing of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum CallbackError {
    /// It is not proven to come from the provider, or is too old. Answer with a refusal and do nothing.
    Refused(rt::WebhookError),
    /// The provider signed it, but it is not of the expected kind: was its address entered under another type in the
    /// dashboard?
    Unreadable(rt::DecodeError),
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(_) => f.write_str("the callback is refused"),
            Self::Unreadable(_) => f.write_str("the callback cannot be read"),
        }
    }
}

impl std::error::Error for CallbackError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(error) => Some(error),
            Self::Unreadable(error) => Some(error),
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
