//! When a failed call is repeated without asking.

use std::time::Duration;

use bankfeed_runtime as rt;

use crate::error::ApiFailure;

/// The provider's rule, in place unless the transport is given another.
///
/// Only calls that neither log in at a bank nor change anything are repeated (`x-retry: safe` in the specification):
/// public lists, tokens, and what asks how something stands. They are repeated with growing pauses when they failed in
/// passing. An answer that gives a code for why it failed is never repeated, whatever its status; nor is the limit of
/// calls about cards, unless the answer says how long to wait, because refused calls count towards it.
#[derive(Clone, Copy, Debug, Default)]
pub struct WealthReaderRetry {
    /// Pauses and number of attempts.
    pub backoff: rt::Backoff,
}

impl rt::RetryRule for WealthReaderRetry {
    fn next(&self, attempt: u32, outcome: &rt::Outcome<'_>) -> Option<Duration> {
        if let Some(failure) = outcome.api::<ApiFailure>() {
            let explained = failure.code().is_some() || failure.fatal() == Some(true);
            let limited = rt::ApiError::is_rate_limited(&failure, outcome.status()?);
            if explained || (limited && outcome.retry_after().is_none()) {
                return None;
            }
        }
        self.backoff.next(attempt, outcome)
    }
}
