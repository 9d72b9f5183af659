//! When a refused request is repeated without asking.

use std::time::Duration;

use bankfeed_runtime as rt;

use crate::error::ApiFailure;
use crate::generated::types::ErrorClass;

/// The provider's rule, in place unless the transport is given another.
///
/// Safe operations are repeated with growing pauses when they failed in passing, as everywhere, and also when the
/// provider reports its rate limit, which it does under 406. A request of any operation that arrived after it expired is
/// signed anew and sent once more, at once: the provider refused it before doing anything. That is all that is repeated
/// of operations that change something (`x-retry: signature` in the specification).
#[derive(Clone, Copy, Debug, Default)]
pub struct SaltEdgeRetry {
    /// Pauses and number of attempts.
    pub backoff: rt::Backoff,
}

impl rt::RetryRule for SaltEdgeRetry {
    fn next(&self, attempt: u32, outcome: &rt::Outcome<'_>) -> Option<Duration> {
        match class(outcome) {
            // Only after the first attempt, so once at most: a clock that is wrong stays wrong.
            Some(ErrorClass::RequestExpired | ErrorClass::ExpiresAtInvalid) => (attempt == 1).then_some(Duration::ZERO),
            Some(ErrorClass::RateLimitExceeded | ErrorClass::TooManyRequests) if outcome.retry() == rt::Retry::Safe => {
                self.backoff.pause(attempt, outcome)
            }
            _ => self.backoff.next(attempt, outcome),
        }
    }
}

fn class(outcome: &rt::Outcome<'_>) -> Option<ErrorClass> {
    outcome.api::<ApiFailure>()?.class().cloned()
}
