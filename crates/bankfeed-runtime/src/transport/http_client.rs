//! The seam between the transport and whatever moves the bytes.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::BoxFuture;

/// Sends one HTTP request. Must not follow redirects, retry, or change URL and body, which may be signed.
pub trait HttpClient: Send + Sync {
    /// Sends a request and returns the answer's head, with its body still to be read.
    ///
    /// The transport cancels by dropping the future or the body.
    fn execute(&self, request: http::Request<Bytes>) -> BoxFuture<Result<http::Response<BodyStream>, HttpError>>;
}

/// The body of an answer, chunk by chunk.
pub struct BodyStream(Pin<Box<dyn Stream<Item = Result<Bytes, HttpError>> + Send>>);

impl BodyStream {
    /// A body that comes in chunks.
    pub fn new(stream: impl Stream<Item = Result<Bytes, HttpError>> + Send + 'static) -> Self {
        Self(Box::pin(stream))
    }

    /// A body that is there already.
    pub fn full(bytes: impl Into<Bytes>) -> Self {
        struct Once(Option<Bytes>);
        impl Stream for Once {
            type Item = Result<Bytes, HttpError>;

            fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
                Poll::Ready(self.0.take().map(Ok))
            }
        }
        Self::new(Once(Some(bytes.into())))
    }

    /// The next chunk.
    pub(crate) async fn chunk(&mut self) -> Option<Result<Bytes, HttpError>> {
        std::future::poll_fn(|cx| self.0.as_mut().poll_next(cx)).await
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyStream")
    }
}

/// The ways an exchange breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HttpFailure {
    /// No connection: nothing was sent.
    Connect,
    /// It took too long.
    Timeout,
    /// The answer ended before its end.
    Truncated,
    /// Anything else.
    Other,
}

/// An exchange that broke.
#[derive(Debug)]
pub struct HttpError {
    kind: HttpFailure,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl HttpError {
    /// An error of a kind, with its cause. The cause is printed along: it must not name the URL's query.
    pub fn new(kind: HttpFailure, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source: Some(source.into()) }
    }

    /// The kind.
    pub fn kind(&self) -> HttpFailure {
        self.kind
    }

    pub(crate) fn into_source(self) -> Option<Box<dyn StdError + Send + Sync>> {
        self.source
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            HttpFailure::Connect => "no connection",
            HttpFailure::Timeout => "timed out",
            HttpFailure::Truncated => "the answer was cut off",
            HttpFailure::Other => "the exchange broke",
        })
    }
}

impl StdError for HttpError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
