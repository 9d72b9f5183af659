//! Telling the provider's callbacks from others.

use std::fmt;
use std::sync::Arc;

use bankfeed_runtime as rt;

use super::CallbackError;
use super::payload::{Callback, CallbackKind};

/// Checks and reads the callbacks that come to one address.
///
/// The signature covers the address as entered in the dashboard and the body, byte for byte: hand over the raw body,
/// not one that was parsed and written again, and the dashboard's address, not the one seen behind a proxy.
///
/// A signature has no time in it, so a callback that was overheard can be sent again and still verifies. Treat one as
/// a hint to read the connection, not as data. [`age_window`](Self::age_window) narrows the gap where the body has a
/// time.
#[derive(Clone)]
pub struct CallbackVerifier {
    key: rt::RsaVerifier,
    url: String,
    age: Option<rt::AgeWindow>,
    clock: Arc<dyn rt::Clock>,
}

impl CallbackVerifier {
    /// A verifier with the provider's public key in PEM, for the address as it stands in the dashboard.
    ///
    /// # Errors
    /// When the key is not an RSA public key in PEM, or the address is empty.
    pub fn new(public_key_pem: &str, registered_url: &str) -> Result<Self, rt::ConfigError> {
        if registered_url.is_empty() {
            return Err(rt::ConfigError::new("the address of the callback is empty: enter it as in the dashboard"));
        }
        Ok(Self {
            key: rt::RsaVerifier::from_pem(public_key_pem)?,
            url: registered_url.to_owned(),
            age: None,
            clock: Arc::new(rt::SystemClock),
        })
    }

    /// Insists on a certain key, such as the one of [`SALTEDGE_KEY_SHA256`](crate::SALTEDGE_KEY_SHA256), by the
    /// SHA-256 of its DER form in hex.
    ///
    /// # Errors
    /// When the key is another one, or not a `PUBLIC KEY` block, of which alone this form is defined.
    pub fn require_fingerprint(self, sha256: &str) -> Result<Self, rt::ConfigError> {
        match self.key.fingerprint() {
            Some(fingerprint) if fingerprint.eq_ignore_ascii_case(sha256) => Ok(self),
            Some(_) => Err(rt::ConfigError::new("the public key has another fingerprint than the required one")),
            None => Err(rt::ConfigError::new("only a public key in a `PUBLIC KEY` block has a fingerprint")),
        }
    }

    /// Refuses callbacks whose `meta.time` is outside a window, or missing. Off by default.
    ///
    /// Of the documented kinds [`CategorizationFinished`](CallbackKind::CategorizationFinished) has no time: its
    /// address needs a verifier without a window.
    #[must_use]
    pub fn age_window(mut self, window: rt::AgeWindow) -> Self {
        self.age = Some(window);
        self
    }

    /// The clock for the age. Default: the system's.
    #[must_use]
    pub fn clock(mut self, clock: impl rt::Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Checks a callback and reads it as the kind that its address was entered for.
    ///
    /// # Errors
    /// [`CallbackError::Refused`] when the signature is missing, is there twice, or is not the key's over this address
    /// and body, and when the age is out of the window; [`CallbackError::Unreadable`] when the body is of another kind.
    pub fn verify(&self, kind: CallbackKind, headers: &rt::HeaderMap, body: &[u8]) -> Result<Callback, CallbackError> {
        let signature = rt::webhook::header(headers, "signature")?;
        let mut message = Vec::with_capacity(self.url.len() + 1 + body.len());
        message.extend_from_slice(self.url.as_bytes());
        message.push(b'|');
        message.extend_from_slice(body);
        if !self.key.verify(&message, signature) {
            return Err(rt::WebhookError::Mismatch.into());
        }
        let callback = Callback::read(kind, body)?;
        if let Some(window) = &self.age {
            window.check(sent_at(&callback)?, self.clock.now())?;
        }
        Ok(callback)
    }
}

fn sent_at(callback: &Callback) -> Result<rt::jiff::Timestamp, rt::WebhookError> {
    let time = callback.meta().and_then(|meta| meta.time.as_ref());
    let time = time.ok_or(rt::WebhookError::Malformed("its meta has no time to check the age by"))?;
    time.timestamp().ok_or(rt::WebhookError::Malformed("its time has no offset to check the age by"))
}

impl fmt::Debug for CallbackVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackVerifier")
            .field("fingerprint", &self.key.fingerprint())
            .field("age", &self.age)
            .finish_non_exhaustive()
    }
}
