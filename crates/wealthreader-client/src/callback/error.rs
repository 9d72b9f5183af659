//! Why a callback is not taken.

use std::fmt;

use bankfeed_runtime as rt;

/// Why a callback is not taken. Quotes nothing of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum CallbackError {
    /// It is not proven to be signed by the provider, or is too old. Answer with a refusal and do nothing.
    Refused(rt::WebhookError),
    /// It is not of the expected kind.
    Unreadable(rt::DecodeError),
    /// It is unsigned, and about an operation or batch that is none of ours. Answer with a refusal and do nothing.
    NotExpected,
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused(_) => "the callback is refused",
            Self::Unreadable(_) => "the callback cannot be read",
            Self::NotExpected => "the callback is about something that was not started here",
        })
    }
}

impl std::error::Error for CallbackError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(error) => Some(error),
            Self::Unreadable(error) => Some(error),
            Self::NotExpected => None,
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
