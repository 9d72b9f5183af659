//! The one error of the facade.

mod challenge;
mod client;
mod kind;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bankfeed_runtime::Bytes;

pub use challenge::Challenge;
pub(crate) use client::{from_client, plain};
pub use kind::{Actor, Cause, ErrorKind, RetryAdvice};

use crate::Json;
use crate::provider::ProviderId;

/// Why something failed: what happened, what may help, who has to act.
///
/// `Display` and `Debug` show neither bodies nor headers, queries, or values of records; what may hold such things is
/// there on demand: [`record`](Self::record), [`source`](StdError::source).
#[derive(Clone)]
pub struct Error {
    // Boxed: results stay small.
    inner: Box<Inner>,
}

#[derive(Clone)]
struct Inner {
    cause: Cause,
    provider: Option<ProviderId>,
    operation: Option<&'static str>,
    message: Option<String>,
    status: Option<u16>,
    request_id: Option<String>,
    place: Option<String>,
    record: Option<Bytes>,
    challenge: Option<Challenge>,
    // Shared by clones: whoever waits for one read together gets one error together.
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error with a cause.
    pub fn new(cause: Cause) -> Self {
        Self {
            inner: Box::new(Inner {
                cause,
                provider: None,
                operation: None,
                message: None,
                status: None,
                request_id: None,
                place: None,
                record: None,
                challenge: None,
                source: None,
            }),
        }
    }

    /// An error of a kind, with what usually helps against it.
    pub fn of(kind: ErrorKind) -> Self {
        Self::new(Cause::new(kind))
    }

    /// The same from a provider.
    #[must_use]
    pub fn from_provider(mut self, provider: ProviderId) -> Self {
        self.inner.provider = Some(provider);
        self
    }

    /// The same with an explanation, which is printed: it must not quote data.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.inner.message = Some(message.into());
        self
    }

    /// The same with the error that caused it.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.inner.source = Some(Arc::from(source.into()));
        self
    }

    /// The same about one record, which stands at a JSON pointer of the answer.
    #[must_use]
    pub(crate) fn at(mut self, place: impl Into<String>, record: Option<Bytes>) -> Self {
        self.inner.place = Some(place.into());
        self.inner.record = record;
        self
    }

    #[must_use]
    pub(crate) fn with_challenge(mut self, challenge: Challenge) -> Self {
        self.inner.challenge = Some(challenge);
        self
    }

    /// The same of a call that only reads what the provider has: repeating it does no harm, whatever became of it.
    #[must_use]
    pub(crate) fn of_a_read(mut self) -> Self {
        if self.inner.cause.advice == RetryAdvice::LookFirst {
            self.inner.cause.advice = RetryAdvice::Later;
        }
        self
    }

    /// What happened.
    ///
    /// *Troubleshooting:* branch on this, not on [`code`](Self::code), unless one provider's code matters.
    pub fn kind(&self) -> ErrorKind {
        self.inner.cause.kind
    }

    /// What may help.
    pub fn advice(&self) -> RetryAdvice {
        self.inner.cause.advice
    }

    /// Who has to act.
    pub fn actor(&self) -> Actor {
        self.inner.cause.actor
    }

    /// Kind, advice, actor and code together.
    pub fn cause(&self) -> &Cause {
        &self.inner.cause
    }

    /// How long the provider asks to wait, where it says so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.advice() {
            RetryAdvice::After(pause) => Some(pause),
            _ => None,
        }
    }

    /// The provider's code.
    pub fn code(&self) -> Option<&str> {
        self.inner.cause.code.as_deref()
    }

    /// The provider that failed or refused.
    pub fn provider(&self) -> Option<&ProviderId> {
        self.inner.provider.as_ref()
    }

    /// The provider's operation that failed, as its client names it.
    pub fn operation(&self) -> Option<&'static str> {
        self.inner.operation
    }

    /// The HTTP status, if an answer came.
    pub fn status(&self) -> Option<u16> {
        self.inner.status
    }

    /// The provider's id of the exchange, to quote to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id.as_deref()
    }

    /// Where in the answer it went wrong, as a JSON pointer.
    pub fn place(&self) -> Option<&str> {
        self.inner.place.as_deref()
    }

    /// The record that could not be normalized, as it came. May hold personal data. `None` when it is no JSON, or the
    /// error is not about a record.
    pub fn record(&self) -> Option<Json> {
        bankfeed_runtime::de::from_slice(self.inner.record.as_ref()?).ok()
    }

    /// What the institution asks the user for.
    pub fn challenge(&self) -> Option<&Challenge> {
        self.inner.challenge.as_ref()
    }

    /// Whether it is about one record, so that a list goes on after it.
    pub fn is_bad_record(&self) -> bool {
        self.kind() == ErrorKind::BadRecord
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.inner;
        if let Some(provider) = &inner.provider {
            write!(f, "{provider}: ")?;
        }
        if let Some(operation) = inner.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(inner.cause.kind.text())?;
        if let Some(message) = &inner.message {
            write!(f, ": {message}")?;
        }
        if let Some(place) = inner.place.as_deref().filter(|place| !place.is_empty()) {
            write!(f, " at {place}")?;
        }
        match (inner.status, inner.cause.code.as_deref().filter(|code| is_plain(code))) {
            (Some(status), Some(code)) => write!(f, " (HTTP {status}, {code})"),
            (Some(status), None) => write!(f, " (HTTP {status})"),
            (None, Some(code)) => write!(f, " ({code})"),
            (None, None) => Ok(()),
        }
    }
}

/// A code comes from the provider; it is shown only if it looks like one.
fn is_plain(code: &str) -> bool {
    code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("message", &format_args!("{self}"))
            .field("advice", &self.advice())
            .field("actor", &self.actor())
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.source.as_deref().map(|source| source as _)
    }
}
