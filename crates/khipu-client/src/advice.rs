//! What may help against a failure.

use crate::generated::types::{ErrorType, FailureReason};

/// What may help when a call or an asynchronous operation failed. The client never waits for hours by itself: that is the
/// caller's to schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Advice {
    /// The same call now, a few times at most: the provider says so. Each one is another login at the bank.
    Repeat,
    /// The same call, four hours from now at the earliest.
    WaitFourHours,
    /// The same call once the provider has sent word that it works again.
    AwaitProvider,
    /// The same call later: the provider could not be reached, or was not well.
    Wait,
    /// No second call yet. The bank may have been asked, and another login meanwhile may lock the user out. Ask with a
    /// callback address the next time.
    Clarify,
    /// A new JWT, another API key, or the bank login that an API key needs.
    Authorize,
    /// Nothing, as long as the request stays the same.
    GiveUp,
}

impl Advice {
    /// What the provider's own advice comes to; `None` for advice that is not known.
    pub fn for_type(error_type: &ErrorType) -> Option<Self> {
        Some(match error_type {
            ErrorType::RetryImmediately => Self::Repeat,
            ErrorType::WaitFourHoursBeforeRetry => Self::WaitFourHours,
            ErrorType::RetryAfterNotification => Self::AwaitProvider,
            ErrorType::DoNotRetry => Self::GiveUp,
            _ => return None,
        })
    }

    /// What may help against a failure of the older form; `None` for a reason that is not known.
    pub fn for_reason(reason: &FailureReason) -> Option<Self> {
        Some(match reason {
            FailureReason::LifespanExceeded => Self::Wait,
            FailureReason::TaskFinished => Self::GiveUp,
            _ => return None,
        })
    }
}
