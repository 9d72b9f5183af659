//! Word that a connection of a batch is done.

use bankfeed_runtime as rt;

use super::CallbackError;
use crate::generated::types::BatchNotification;

/// A notification about a batch: unsigned, so that anybody who knows the address can send one. What it tells is read by
/// [`matching`](Self::matching) it with a batch and a connection of ours.
///
/// Treat it as a hint to fetch the result with `show_batch_result`; it says completed of failed reads, too.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a notification has to be matched with a batch that was loaded"]
pub struct UnsignedBatchNotification(BatchNotification);

impl UnsignedBatchNotification {
    /// Reads the body of a request to the notification address.
    ///
    /// # Errors
    /// [`CallbackError::Unreadable`] when it is not about a connection of a batch.
    pub fn read(body: &[u8]) -> Result<Self, CallbackError> {
        Ok(Self(rt::de::from_slice(body)?))
    }

    /// The batch that it claims to be about, as text, whatever it was sent as.
    pub fn batch_id(&self) -> &rt::Id {
        &self.0.batch_id
    }

    /// The connection that it claims to be about: the caller's own id.
    pub fn credential_id(&self) -> &rt::Id {
        &self.0.credential_id
    }

    /// What it tells, if `loaded` says that batch and connection are ours.
    ///
    /// # Errors
    /// [`CallbackError::NotExpected`] when they are not.
    pub fn matching(self, loaded: impl FnOnce(&rt::Id, &rt::Id) -> bool) -> Result<BatchNotification, CallbackError> {
        let ours = loaded(&self.0.batch_id, &self.0.credential_id);
        if ours { Ok(self.0) } else { Err(CallbackError::NotExpected) }
    }
}
