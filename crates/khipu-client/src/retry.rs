//! When a failed call is repeated without asking.

use std::time::Duration;

use bankfeed_runtime as rt;

use crate::error::ApiFailure;
use crate::error_group::ErrorGroup;
use crate::generated::types::ErrorType;

/// The provider's rule (`x-retry: khipu` in the specification), in place unless the transport is given another.
///
/// Every call is a login at the bank, so one is repeated only where the provider answered that the operation failed and
/// that it should be repeated at once (`RETRY_IMMEDIATELY`), and then once. A call without an answer is never repeated,
/// nor one whose answer says that the bank refused the login (`E100` to `E199`) or was still being read (`T000`), whatever
/// the advice: another login may lock the user out.
#[derive(Clone, Copy, Debug)]
pub struct KhipuRetry {
    /// Pauses and number of attempts. Default: two attempts, half a second apart at most.
    pub backoff: rt::Backoff,
}

impl Default for KhipuRetry {
    fn default() -> Self {
        Self { backoff: rt::Backoff { attempts: 2, ..rt::Backoff::default() } }
    }
}

impl rt::RetryRule for KhipuRetry {
    fn next(&self, attempt: u32, outcome: &rt::Outcome<'_>) -> Option<Duration> {
        // Without a whole answer there is no word from the provider, so nothing is repeated.
        let failure = ApiFailure::of_answer(outcome.status()?, outcome.body()?)?;
        let repeatable = failure.error_type() == Some(&ErrorType::RetryImmediately);
        let harmful = matches!(failure.group(), Some(ErrorGroup::BankLogin | ErrorGroup::ReadingTimeout));
        (repeatable && !harmful).then(|| self.backoff.pause(attempt, outcome)).flatten()
    }
}
