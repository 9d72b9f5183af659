//! The one error of a client.

mod failure;
mod refusal;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub(crate) use failure::{Failure, Kind};
pub(crate) use refusal::{Refusal, refusal};

/// A provider's own error body.
pub trait ApiError: fmt::Debug + Sized + Send + Sync + 'static {
    /// Reads the body of an answer whose status is an error; `None` when it is not the provider's error.
    fn decode(status: u16, headers: &HeaderMap, body: &[u8]) -> Option<Self>;

    /// Finds an error that came under a success status. Asked of every answer under one, so it should be quick to
    /// see that there is none.
    fn in_success(body: &[u8]) -> Option<Self> {
        let _ = body;
        None
    }

    /// Whether an error under a success status may pass by itself, so that the same request can do better a moment
    /// later. Of errors under other statuses the status says so.
    fn is_passing(&self) -> bool {
        false
    }

    /// The provider's code for what went wrong.
    fn code(&self) -> Option<&str> {
        None
    }

    /// Whether the provider says: too many requests.
    fn is_rate_limited(&self, status: u16) -> bool {
        status == 429
    }
}

/// The body of an error as it was sent, for providers that do not describe one form.
impl ApiError for crate::Json {
    fn decode(_status: u16, _headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        crate::de::from_slice(body).ok()
    }
}

/// Why a call failed.
///
/// `Display` and `Debug` show what happened, never a body, a header or a query. The parts that may hold such things
/// are there on demand: [`raw`](Self::raw), [`headers`](Self::headers), [`api`](Self::api).
pub struct Error<E> {
    // Boxed: results stay small.
    inner: Box<Inner<E>>,
}

struct Inner<E> {
    failure: Failure,
    api: Option<E>,
    rate_limited: bool,
}

impl<E: ApiError> Error<E> {
    pub(crate) fn from_failure(failure: Box<Failure>) -> Self {
        let failure = *failure;
        let status = failure.status.map_or(0, |status| status.as_u16());
        let body = failure.body.as_deref().unwrap_or_default();
        let api = match failure.kind {
            Kind::Status => E::decode(status, &failure.headers, body),
            Kind::InSuccess => E::in_success(body),
            _ => None,
        };
        let rate_limited = match &api {
            Some(api) => api.is_rate_limited(status),
            None => failure.kind == Kind::Status && status == 429,
        };
        Self { inner: Box::new(Inner { failure, api, rate_limited }) }
    }

    /// The provider's code for what went wrong.
    pub fn code(&self) -> Option<&str> {
        self.inner.api.as_ref().and_then(E::code)
    }
}

impl<E> Error<E> {
    /// Whether an attempt took longer than its timeout.
    ///
    /// *Troubleshooting:* operations that fetch from a bank while you wait take minutes; raise `timeout` for the
    /// call. Whether the provider did the work is unknown: for an operation that creates or changes, look before
    /// repeating.
    pub fn is_timeout(&self) -> bool {
        self.inner.failure.kind == Kind::Timeout
    }

    /// Whether no connection came about, so nothing was sent.
    ///
    /// *Troubleshooting:* check name resolution, proxy variables (`HTTPS_PROXY`), firewall and the system's root
    /// certificates; [`source`](StdError::source) says which step failed. Repeating is safe.
    pub fn is_connect(&self) -> bool {
        self.inner.failure.kind == Kind::Connect
    }

    /// Whether the provider says: too many requests.
    ///
    /// *Troubleshooting:* wait for [`retry_after`](Self::retry_after) if there is one, send less at a time, and share
    /// one client, so that its retry budget counts for all.
    pub fn is_rate_limited(&self) -> bool {
        self.inner.rate_limited
    }

    /// Whether a successful answer is not what the operation is described to return.
    ///
    /// *Troubleshooting:* [`path`](Self::path) says where, [`raw`](Self::raw) has the body. The provider changed its
    /// API, or something on the way answered in its place (a login page, say).
    pub fn is_decode(&self) -> bool {
        self.inner.failure.kind == Kind::Decode
    }

    /// Whether the call was wrong before it was sent.
    ///
    /// *Troubleshooting:* the text names the parameter: empty, a dot segment, or not fit for where it stands.
    pub fn is_invalid_request(&self) -> bool {
        self.inner.failure.kind == Kind::InvalidRequest
    }

    /// Whether the request could not be signed or authorized on this side. A refusal by the provider is a status.
    ///
    /// *Troubleshooting:* check the configured key or token; nothing was sent.
    pub fn is_auth(&self) -> bool {
        self.inner.failure.kind == Kind::Auth
    }

    /// Whether the provider answered with a redirect, which is never followed: credentials would follow it.
    ///
    /// *Troubleshooting:* check the base URL (`http` for `https`, a missing path prefix, a moved environment).
    pub fn is_redirect(&self) -> bool {
        self.inner.failure.kind == Kind::Redirect
    }

    /// Whether the answer was larger than the limit; reading stopped there.
    ///
    /// *Troubleshooting:* ask for less at a time, or raise the transport's `max_response_bytes`.
    pub fn is_too_large(&self) -> bool {
        self.inner.failure.kind == Kind::TooLarge
    }

    /// Whether the connection broke while the answer was being read.
    ///
    /// *Troubleshooting:* the provider received the request and may have acted on it; [`status`](Self::status) is what
    /// it began to answer.
    pub fn is_truncated(&self) -> bool {
        self.inner.failure.kind == Kind::Truncated
    }

    /// Whether a list cannot go on: its pages run in a circle, its next link leads to another host, or a continuation
    /// belongs to another list.
    ///
    /// *Troubleshooting:* the text says which. Items already received are good; a continuation of another list or
    /// with other filters must be dropped.
    pub fn is_paging(&self) -> bool {
        self.inner.failure.kind == Kind::Paging
    }

    /// The HTTP status, if an answer came: a success, too, from providers that report errors under one.
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.failure.status
    }

    /// The response headers; empty if no answer came.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.failure.headers
    }

    /// The provider's id of the exchange, to quote to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.inner.failure.request_id.as_deref()
    }

    /// How long the provider asks to wait before the next attempt, counted from the answer.
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.failure.retry_after
    }

    /// The provider's error body, typed.
    pub fn api(&self) -> Option<&E> {
        self.inner.api.as_ref()
    }

    /// The bytes that came: the body, or the one record that could not be read. May hold personal data.
    pub fn raw(&self) -> Option<&Bytes> {
        self.inner.failure.body.as_ref()
    }

    /// The id of the operation that failed.
    pub fn operation(&self) -> &'static str {
        self.inner.failure.operation
    }

    /// Where in the answer decoding failed, as a JSON pointer.
    pub fn path(&self) -> Option<&str> {
        self.inner.failure.path.as_deref()
    }

    /// How many times the request was sent; 0 if it never was.
    pub fn attempts(&self) -> u32 {
        self.inner.failure.attempts
    }
}

impl<E: ApiError> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failure = &self.inner.failure;
        write!(f, "{}: {}", failure.operation, failure.message)?;
        if let Some(status) = failure.status {
            write!(f, " (HTTP {}", status.as_u16())?;
            if let Some(code) = self.code().filter(|code| is_plain_code(code)) {
                write!(f, ", {code}")?;
            }
            f.write_str(")")?;
        }
        if failure.attempts > 1 {
            write!(f, " after {} attempts", failure.attempts)?;
        }
        Ok(())
    }
}

/// A code comes from the body; it is shown only if it looks like one.
fn is_plain_code(code: &str) -> bool {
    code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

impl<E: ApiError> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failure = &self.inner.failure;
        f.debug_struct("Error")
            .field("kind", &failure.kind)
            .field("message", &format_args!("{self}"))
            .field("path", &failure.path)
            .finish_non_exhaustive()
    }
}

impl<E: ApiError> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.failure.source.as_deref().map(|source| source as _)
    }
}
