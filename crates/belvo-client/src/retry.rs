//! When a refused request is repeated without asking.

use std::time::Duration;

use bankfeed_runtime as rt;

use crate::error::ApiFailure;
use crate::generated::types::ErrorCode;

/// The pauses that the provider asks for, in seconds, one after each failed attempt.
const PAUSES: [u64; 5] = [3, 6, 12, 24, 48];

/// The provider's rule, in place unless the transport is given another.
///
/// A call that is answered with 5xx, or with `too_many_sessions`, is repeated up to five times, after 3, 6, 12, 24
/// and 48 seconds. Nothing else is: not other refusals, not 408 and 429, and not exchanges that broke, after which
/// nobody knows whether the institution was asked. Calls that move money or make tokens are never repeated.
#[derive(Clone, Copy, Debug, Default)]
pub struct BelvoRetry;

impl rt::RetryRule for BelvoRetry {
    fn next(&self, attempt: u32, outcome: &rt::Outcome<'_>) -> Option<Duration> {
        let failed = usize::try_from(attempt).ok()?.checked_sub(1)?;
        let pause = PAUSES.get(failed).copied().map(Duration::from_secs)?;
        (outcome.failure().is_none() && is_repeatable(outcome)).then_some(pause)
    }
}

fn is_repeatable(outcome: &rt::Outcome<'_>) -> bool {
    let too_many_sessions = || {
        let failure = outcome.api::<ApiFailure>();
        failure.is_some_and(|failure| failure.error_code() == Some(&ErrorCode::TooManySessions))
    };
    outcome.status().is_some_and(|status| status >= 500) || too_many_sessions()
}
