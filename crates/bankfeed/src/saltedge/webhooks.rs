//! Callbacks: whether they are Salt Edge's, and what they tell.

use std::fmt;

use bankfeed_runtime as rt;
use http::HeaderMap;
use saltedge_client::{Callback, CallbackError, CallbackKind, CallbackVerifier};

use super::builder::configuration;
use super::{SaltEdge, map};
use crate::Timestamp;
use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::model::Event;
use crate::normalize::Cx;
use crate::provider::{ProviderId, Webhooks};
use crate::source::Source;

/// The addresses that callbacks come to, each for one kind.
#[derive(Clone, Default)]
pub(super) struct Callbacks {
    verifiers: Vec<(CallbackKind, CallbackVerifier)>,
    window: rt::AgeWindow,
}

impl Callbacks {
    pub(super) fn new(
        key: Option<&str>,
        key_sha256: Option<&str>,
        addresses: &[(CallbackKind, String)],
        window: rt::AgeWindow,
    ) -> Result<Self, Error> {
        let Some(key) = key else {
            return match (addresses.is_empty(), key_sha256) {
                (true, None) => Ok(Self { verifiers: Vec::new(), window }),
                _ => Err(wrong("callbacks are to be checked, and there is no key for it: set `callback_key_pem`")),
            };
        };
        let mut verifiers = Vec::with_capacity(addresses.len());
        for (index, (kind, url)) in addresses.iter().enumerate() {
            if addresses[..index].iter().any(|(_, other)| other == url) {
                return Err(wrong("two kinds of callbacks at one address cannot be told apart: give each its own"));
            }
            let mut verifier = CallbackVerifier::new(key, url).map_err(configuration)?;
            if let Some(sha256) = key_sha256 {
                verifier = verifier.require_fingerprint(sha256).map_err(configuration)?;
            }
            verifiers.push((*kind, verifier));
        }
        if verifiers.is_empty() {
            return Err(wrong("there is a key for callbacks and no address: set `success_callback` and the like"));
        }
        Ok(Self { verifiers, window })
    }

    /// Whether any can be checked.
    pub(super) fn are_set_up(&self) -> bool {
        !self.verifiers.is_empty()
    }

    fn verify(&self, headers: &HeaderMap, body: &[u8], received_at: Timestamp) -> Result<Callback, Error> {
        if self.verifiers.is_empty() {
            return Err(wrong("no address of callbacks is set up to check them by"));
        }
        for (kind, verifier) in &self.verifiers {
            match verifier.verify(*kind, headers, body) {
                // Signed for another address.
                Err(CallbackError::Refused(rt::WebhookError::Mismatch)) => {}
                Err(error @ CallbackError::Unreadable(_)) => {
                    let error = Error::of(ErrorKind::UnexpectedAnswer).caused_by(error);
                    return Err(error
                        .from_provider(ProviderId::SALTEDGE)
                        .message("a callback that is Salt Edge's cannot be read"));
                }
                Err(CallbackError::Refused(error)) => return Err(not_verified(error)),
                Err(error) => return Err(not_verified(error)),
                Ok(callback) => {
                    self.check_age(&callback, received_at)?;
                    return Ok(callback);
                }
            }
        }
        Err(not_verified(rt::WebhookError::Mismatch))
    }

    /// Salt Edge signs no time beside the body, so only a body that says its time has an age.
    fn check_age(&self, callback: &Callback, received_at: Timestamp) -> Result<(), Error> {
        let Some(time) = callback.meta().and_then(|meta| meta.time) else { return Ok(()) };
        let sent_at = time.timestamp().ok_or(rt::WebhookError::Malformed("its time has no offset to check the age by"));
        sent_at.and_then(|sent_at| self.window.check(sent_at, received_at)).map_err(not_verified)
    }
}

impl fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.verifiers.iter().map(|(kind, _)| kind)).finish()
    }
}

impl Webhooks for SaltEdge {
    fn verify(&self, headers: &HeaderMap, body: &[u8], received_at: Timestamp) -> Result<Event, Error> {
        let callback = self.callbacks.verify(headers, body, received_at)?;
        let (name, schema) = names(callback.kind());
        let source = Source::whole(ProviderId::SALTEDGE, schema, rt::Bytes::copy_from_slice(body));
        let losses = Losses::default();
        Ok(map::event(callback, name, body, &Cx::new(&source, &losses)))
    }
}

/// The name of a callback, and the schema of its body.
pub(super) fn names(kind: CallbackKind) -> (&'static str, &'static str) {
    match kind {
        CallbackKind::Success => ("success", "SuccessCallback"),
        CallbackKind::Fail => ("fail", "FailCallback"),
        CallbackKind::Notify => ("notify", "NotifyCallback"),
        CallbackKind::Destroy => ("destroy", "DestroyCallback"),
        CallbackKind::ProviderChanges => ("provider_changes", "ProviderChangesCallback"),
        CallbackKind::CategorizationFinished => ("categorization_finished", "CategorizationFinishedCallback"),
        CallbackKind::Report => ("report", "ReportCallback"),
        _ => ("callback", "Callback"),
    }
}

fn wrong(message: &str) -> Error {
    Error::of(ErrorKind::Configuration).from_provider(ProviderId::SALTEDGE).message(message)
}

fn not_verified(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::of(ErrorKind::NotVerified).from_provider(ProviderId::SALTEDGE).message(error.to_string()).caused_by(error)
}
