//! Telling the provider's callbacks from others.

use std::fmt;

use bankfeed_runtime as rt;

use super::CallbackError;
use super::payload::Callback;

/// Checks and reads callbacks.
///
/// The provider signs nothing. It sends the `Authorization` header that was set in the dashboard, which anyone who
/// saw it once can send too: treat a callback as a hint to read the link, not as data.
#[derive(Clone)]
pub struct CallbackVerifier {
    authorization: rt::Secret,
}

impl CallbackVerifier {
    /// A verifier that expects this `Authorization` header, whole: `Basic dXNlcjpwYXNz` or `Bearer token`.
    ///
    /// # Errors
    /// When it is empty, or has blanks around it, which no header keeps.
    pub fn new(authorization: impl Into<rt::Secret>) -> Result<Self, rt::ConfigError> {
        let authorization = authorization.into();
        let text = authorization.expose();
        if text.is_empty() || text.trim() != text {
            return Err(rt::ConfigError::new(
                "the authorization of callbacks is empty or has blanks around it: enter it as in the dashboard",
            ));
        }
        Ok(Self { authorization })
    }

    /// Checks a callback and reads it.
    ///
    /// # Errors
    /// [`CallbackError::Refused`] when the header is missing, is there twice, or is another one;
    /// [`CallbackError::Unreadable`] when the body is not a JSON object.
    pub fn verify(&self, headers: &rt::HeaderMap, body: &[u8]) -> Result<Callback, CallbackError> {
        let sent = rt::webhook::header(headers, "authorization")?;
        if !rt::constant_time_eq(sent.as_bytes(), self.authorization.expose().as_bytes()) {
            return Err(rt::WebhookError::Mismatch.into());
        }
        Ok(Callback::read(body)?)
    }
}

impl fmt::Debug for CallbackVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackVerifier").finish_non_exhaustive()
    }
}
