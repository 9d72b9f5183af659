//! When a failed attempt is repeated.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;

use super::http_client::HttpFailure;
use crate::call::{Operation, Retry};
use crate::error::{ApiError, Refusal};

/// Decides whether, and after which pause, an attempt is repeated.
///
/// Asked after every failed attempt of an operation that is not [`Retry::Never`]; an answer under a success status that
/// [reports an error](ApiError::in_success) is a failed attempt too. The transport's `max_attempts` and
/// retry budget limit what a rule may grant.
pub trait RetryRule: Send + Sync {
    /// The pause before the next attempt, or `None` to give up. `attempt` counts those already made, from 1.
    fn next(&self, attempt: u32, outcome: &Outcome<'_>) -> Option<Duration>;
}

/// What became of an attempt.
pub struct Outcome<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) answer: Option<(u16, &'a HeaderMap, &'a Bytes)>,
    pub(crate) refusal: Option<Refusal>,
    pub(crate) failure: Option<HttpFailure>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) elapsed: Duration,
    pub(crate) jitter: f64,
}

impl Outcome<'_> {
    /// The operation.
    pub fn operation(&self) -> &Operation {
        self.operation
    }

    /// Whether, and by which rule, the operation may be repeated.
    pub fn retry(&self) -> Retry {
        self.operation.retry
    }

    /// The status, if an answer came.
    pub fn status(&self) -> Option<u16> {
        self.answer.map(|(status, _, _)| status)
    }

    /// The response headers, if an answer came.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer.map(|(_, headers, _)| headers)
    }

    /// The response body, if an answer came.
    pub fn body(&self) -> Option<&Bytes> {
        self.answer.map(|(_, _, body)| body)
    }

    /// Whether the status is a success and yet the provider reports an error.
    pub fn is_in_success(&self) -> bool {
        self.refusal.is_some()
    }

    /// The provider's error, read from the answer whatever its status; `None` when there is no answer or none in it.
    pub fn api<E: ApiError>(&self) -> Option<E> {
        let (status, headers, body) = self.answer?;
        if self.is_in_success() { E::in_success(body) } else { E::decode(status, headers, body) }
    }

    /// How the exchange broke, if it did.
    pub fn failure(&self) -> Option<HttpFailure> {
        self.failure
    }

    /// The pause the provider asks for with `Retry-After`.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The time since the first attempt began.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// A random number from 0 up to 1, to spread pauses with.
    pub fn jitter(&self) -> f64 {
        self.jitter
    }

    /// Whether it failed the way things fail in passing: a broken exchange, or 408, 429, 502, 503, 504, or an error
    /// under a success status that [says so](ApiError::is_passing).
    pub fn is_passing(&self) -> bool {
        match self.refusal {
            Some(refusal) => refusal.passing,
            None => self.failure.is_some() || matches!(self.status(), Some(408 | 429 | 502 | 503 | 504)),
        }
    }
}

/// The default rule: repeats safe operations that failed in passing, with growing pauses.
///
/// `Retry-After` counts before the rule's own pauses; one longer than `cap` ends the retries, since the caller can
/// wait better than a call in flight. Operations with a rule of their own are not repeated.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    /// The first pause. Each further one is twice as long. Default 500 ms.
    pub base: Duration,
    /// The longest pause. Default 30 s.
    pub cap: Duration,
    /// The most attempts, the first included. Default 4.
    pub attempts: u32,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { base: Duration::from_millis(500), cap: Duration::from_secs(30), attempts: 4 }
    }
}

impl Backoff {
    /// The pause after this many attempts, whatever happened: between half and all of the doubled base.
    pub fn pause(&self, attempt: u32, outcome: &Outcome<'_>) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        if let Some(asked) = outcome.retry_after() {
            return (asked <= self.cap).then_some(asked);
        }
        let doubled = self.base.saturating_mul(1u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX));
        Some(doubled.min(self.cap).mul_f64(0.5 + outcome.jitter().clamp(0.0, 1.0) / 2.0))
    }
}

impl RetryRule for Backoff {
    fn next(&self, attempt: u32, outcome: &Outcome<'_>) -> Option<Duration> {
        (outcome.retry() == Retry::Safe && outcome.is_passing()).then(|| self.pause(attempt, outcome)).flatten()
    }
}

/// A rule with a fixed row of pauses, such as 3, 6, 12, 24, 48 seconds.
pub struct Fixed<F> {
    pauses: Vec<Duration>,
    applies: F,
}

impl<F: Fn(&Outcome<'_>) -> bool + Send + Sync> Fixed<F> {
    /// These pauses, one after each failed attempt to which the rule applies.
    pub fn new(pauses: impl Into<Vec<Duration>>, applies: F) -> Self {
        Self { pauses: pauses.into(), applies }
    }
}

impl<F: Fn(&Outcome<'_>) -> bool + Send + Sync> RetryRule for Fixed<F> {
    fn next(&self, attempt: u32, outcome: &Outcome<'_>) -> Option<Duration> {
        let index = usize::try_from(attempt.checked_sub(1)?).ok()?;
        let pause = *self.pauses.get(index)?;
        (self.applies)(outcome).then_some(pause)
    }
}
