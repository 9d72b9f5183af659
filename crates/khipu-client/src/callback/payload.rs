//! What callbacks tell.

use std::fmt;

use bankfeed_runtime as rt;

use super::CallbackError;
use crate::error::ApiFailure;
use crate::generated::types::Envelope;

/// The end of an asynchronous operation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Callback {
    /// It ended well, with data or without.
    Completed(Envelope),
    /// It failed.
    Failed(ApiFailure),
}

/// A callback that came to the right address. What it tells is read by [`matching`](Self::matching) it with an operation
/// that was issued.
#[derive(Clone, PartialEq)]
#[must_use = "a callback has to be matched with an operation that was issued"]
pub struct ReceivedCallback(pub(super) Envelope);

impl ReceivedCallback {
    /// The operation that it claims to be about: what to look for among those issued.
    ///
    /// A callback may outrun the answer that issues its operation. If a call is still under way, keep the callback until
    /// the call has its answer.
    pub fn operation_id(&self) -> &rt::Id {
        &self.0.operation_id
    }

    /// What it tells, if `issued` says that its operation is one of ours.
    ///
    /// Where the answer needs waiting for, look [`operation_id`](Self::operation_id) up first.
    ///
    /// # Errors
    /// [`CallbackError::NotExpected`] when it is not.
    pub fn matching(self, issued: impl FnOnce(&rt::Id) -> bool) -> Result<Callback, CallbackError> {
        if !issued(&self.0.operation_id) {
            return Err(CallbackError::NotExpected);
        }
        Ok(match ApiFailure::of_envelope(&self.0) {
            Some(failure) => Callback::Failed(failure),
            None => Callback::Completed(self.0),
        })
    }
}

impl fmt::Debug for ReceivedCallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedCallback").field("operation_id", &self.0.operation_id).finish_non_exhaustive()
    }
}
