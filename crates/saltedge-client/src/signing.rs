//! What every request carries to prove where it comes from.

use std::time::Duration;

use bankfeed_runtime as rt;

/// The furthest ahead that the provider accepts `Expires-at`.
pub(crate) const MAX_EXPIRES_IN: Duration = Duration::from_secs(3600);

/// App-id and Secret, and a signature if there is a key.
pub(crate) struct Credentials {
    pub(crate) app_id: rt::Secret,
    pub(crate) secret: rt::Secret,
    pub(crate) signing: Option<Signing>,
}

/// The key, and how long what it signs stays valid.
pub(crate) struct Signing {
    pub(crate) key: rt::RsaSigner,
    pub(crate) expires_in: Duration,
}

impl rt::Authorize for Credentials {
    fn authorize(&self, request: &mut rt::Outgoing<'_>, now: rt::jiff::Timestamp) -> Result<(), rt::AuthError> {
        request.set_secret_header("app-id", self.app_id.expose())?;
        request.set_secret_header("secret", self.secret.expose())?;
        match &self.signing {
            Some(signing) => signing.sign(request, now),
            None => Ok(()),
        }
    }
}

impl Signing {
    /// Adds `Expires-at` and `Signature`. The transport asks for them once per attempt, so a repeated request is
    /// signed anew.
    fn sign(&self, request: &mut rt::Outgoing<'_>, now: rt::jiff::Timestamp) -> Result<(), rt::AuthError> {
        let expires_at = now
            .checked_add(self.expires_in)
            .map_err(|_| rt::AuthError::new("the clock is at the end of time"))?
            .as_second()
            .to_string();
        // Without a body the last separator stays.
        let mut message = format!("{expires_at}|{}|{}|", request.method(), request.url()).into_bytes();
        message.extend_from_slice(request.body());
        let signature = self.key.sign(&message)?;
        request.set_secret_header("expires-at", &expires_at)?;
        request.set_secret_header("signature", &signature)
    }
}
