//! Sending requests: one HTTP client, authorization per attempt, timeouts, retries, limits.

mod attempt;
pub(crate) mod authorize;
mod budget;
mod builder;
mod exchange;
mod hook;
mod http_client;
mod jitter;
mod reqwest_client;
mod retry;
mod retry_after;
mod time;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use url::Url;

pub use authorize::{AuthError, Authorize, Outgoing, Preparation};
pub use budget::RetryBudget;
pub use builder::{ConfigError, TransportBuilder};
pub use hook::TransportHook;
pub use http_client::{BodyStream, HttpClient, HttpError, HttpFailure};
pub use retry::{Backoff, Fixed, Outcome, RetryRule};
pub use time::{Clock, ManualClock, ManualSleeper, Sleeper, SystemClock, TokioSleeper};

use crate::call::draft::Draft;
use crate::call::{Call, Operation};
use crate::error::{Failure, Refusal};

/// A boxed future that can move between threads.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send + 'static>>;

/// The way to one provider. Cheap to clone; clones share connections and the retry budget.
#[derive(Clone)]
pub struct Transport(Arc<Shared>);

pub(crate) struct Shared {
    /// Scheme, host, port and path prefix, without a slash at the end.
    pub(crate) base: Url,
    pub(crate) http: Arc<dyn HttpClient>,
    pub(crate) authorize: Box<dyn Authorize>,
    pub(crate) retry_rule: Box<dyn RetryRule>,
    pub(crate) budget: RetryBudget,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) sleeper: Arc<dyn Sleeper>,
    pub(crate) jitter: Box<dyn Fn() -> f64 + Send + Sync>,
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) max_attempts: u32,
    pub(crate) request_id_headers: Vec<http::HeaderName>,
}

/// Looks for an error in the body of an answer whose status is a success.
pub(crate) type Inspect = fn(&[u8]) -> Option<Refusal>;

/// A successful answer, not yet decoded.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) operation: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
}

impl Transport {
    /// Begins a transport to a base URL such as `https://api.example.com/v6`.
    pub fn builder(base_url: &str) -> TransportBuilder {
        TransportBuilder::new(base_url)
    }

    /// Begins a call of an operation.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation)
    }

    /// The base URL requests go to.
    pub fn base_url(&self) -> &Url {
        &self.0.base
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.0
    }

    pub(crate) fn exchange(&self, draft: Box<Draft>, inspect: Inspect) -> BoxFuture<Result<Answer, Box<Failure>>> {
        Box::pin(exchange::exchange(self.0.clone(), draft, inspect))
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("host", &self.0.base.host_str()).finish_non_exhaustive()
    }
}
