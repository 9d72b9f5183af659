//! Checking callbacks. Everything here fails closed.

use std::fmt;
use std::time::Duration;

use http::HeaderMap;
use jiff::Timestamp;

use crate::de::DecodeError;

/// Why a callback is not to be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// No key is configured to check it with.
    NoKey,
    /// A header it must carry is not there.
    MissingHeader(&'static str),
    /// It came to an address without the secret part that ours have, or with another one.
    WrongAddress,
    /// A header or the body is not of its form; says which.
    Malformed(&'static str),
    /// The signature is not the sender's.
    Mismatch,
    /// It was sent too long ago: a repetition, perhaps.
    TooOld,
    /// It claims to be sent in the future.
    FromTheFuture,
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey => f.write_str("no key is configured to check the callback with"),
            Self::MissingHeader(name) => write!(f, "the callback has no `{name}` header"),
            Self::Malformed(what) => write!(f, "the callback is malformed: {what}"),
            Self::WrongAddress => f.write_str("the callback does not carry the secret part of its address"),
            Self::Mismatch => f.write_str("the signature of the callback does not match"),
            Self::TooOld => f.write_str("the callback was sent too long ago"),
            Self::FromTheFuture => f.write_str("the callback claims to be sent in the future"),
        }
    }
}

impl std::error::Error for WebhookError {}

/// Why a callback is not taken. Quotes nothing of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum CallbackError {
    /// It is not proven to come from the provider, or is too old. Answer with a refusal and do nothing.
    Refused(WebhookError),
    /// It is not of the expected kind.
    Unreadable(DecodeError),
    /// It is about something that was not started here. Answer with a refusal and do nothing.
    NotExpected,
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(_) => f.write_str("the callback is refused"),
            Self::Unreadable(_) => f.write_str("the callback cannot be read"),
            Self::NotExpected => f.write_str("the callback is about something that was not started here"),
        }
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

impl From<WebhookError> for CallbackError {
    fn from(error: WebhookError) -> Self {
        Self::Refused(error)
    }
}

impl From<DecodeError> for CallbackError {
    fn from(error: DecodeError) -> Self {
        Self::Unreadable(error)
    }
}

/// The text of a header that must be there, once.
///
/// # Errors
/// `MissingHeader` when it is not, `Malformed` when it is there twice or is not text.
pub fn header<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, WebhookError> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().ok_or(WebhookError::MissingHeader(name))?;
    if values.next().is_some() {
        return Err(WebhookError::Malformed("a header is there twice"));
    }
    value.to_str().map_err(|_| WebhookError::Malformed("a header is not text"))
}

/// How old a callback may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgeWindow {
    /// The longest time since it was sent.
    pub max_age: Duration,
    /// The furthest its clock may be ahead of ours.
    pub max_future_skew: Duration,
}

impl Default for AgeWindow {
    /// Five minutes, and one ahead.
    fn default() -> Self {
        Self { max_age: Duration::from_secs(300), max_future_skew: Duration::from_secs(60) }
    }
}

impl AgeWindow {
    /// Checks the time a callback was sent at. Both ends of the window are inside it.
    ///
    /// # Errors
    /// `TooOld` or `FromTheFuture`.
    pub fn check(&self, sent_at: Timestamp, now: Timestamp) -> Result<(), WebhookError> {
        let age = now.duration_since(sent_at);
        if age.is_negative() && age.unsigned_abs() > self.max_future_skew {
            return Err(WebhookError::FromTheFuture);
        }
        if age.is_positive() && age.unsigned_abs() > self.max_age {
            return Err(WebhookError::TooOld);
        }
        Ok(())
    }
}
