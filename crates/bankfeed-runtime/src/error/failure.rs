//! What is known of a failure before types come in.

use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::de::DecodeError;
use crate::transport::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    InvalidRequest,
    Auth,
    Connect,
    Timeout,
    Truncated,
    TooLarge,
    /// The exchange broke in a way that none of the others names.
    Broken,
    Redirect,
    Status,
    InSuccess,
    Decode,
    Paging,
}

/// A failed call, without the provider's error type.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    pub(crate) operation: &'static str,
    /// What is printed: free of anything that came from either side.
    pub(crate) message: String,
    pub(crate) path: Option<String>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Option<Bytes>,
    pub(crate) attempts: u32,
    /// Of an error under a success status: whether it may pass by itself.
    pub(crate) passing: bool,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Failure {
    /// A failure without an answer.
    pub(crate) fn new(kind: Kind, operation: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind,
            operation,
            message: message.into(),
            path: None,
            status: None,
            headers: HeaderMap::new(),
            request_id: None,
            retry_after: None,
            body: None,
            attempts: 0,
            passing: false,
            source: None,
        }
    }

    /// A failure found in an answer.
    pub(crate) fn of(kind: Kind, answer: Answer, message: impl Into<String>) -> Self {
        let Answer { operation, status, headers, request_id, retry_after, body, attempts } = answer;
        Self {
            status: Some(status),
            headers,
            request_id,
            retry_after,
            body: Some(body),
            attempts,
            ..Self::new(kind, operation, message)
        }
    }

    /// An answer that is not what it should be.
    pub(crate) fn decode(answer: Answer, error: &DecodeError) -> Box<Self> {
        let path = Some(error.path().to_owned());
        let failure = Self::of(Kind::Decode, answer, format!("the answer cannot be read: {error}"));
        Box::new(Self { path, ..failure })
    }

    /// Whether the same request may fare better a moment later.
    pub(crate) fn is_passing(&self) -> bool {
        match self.kind {
            Kind::Connect | Kind::Timeout | Kind::Truncated | Kind::Broken => true,
            Kind::InSuccess => self.passing,
            Kind::Status => {
                self.status.is_some_and(|status| status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429))
            }
            _ => false,
        }
    }
}
