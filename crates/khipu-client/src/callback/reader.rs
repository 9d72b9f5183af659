//! Telling the provider's callbacks from others.

use std::fmt;
use std::sync::Arc;

use bankfeed_runtime as rt;

use super::CallbackError;
use super::payload::ReceivedCallback;
use super::signature;
use super::token::CallbackToken;

/// Checks and reads the callbacks that come to one address.
///
/// What proves a callback is the token in its address, and that its operation is one that was issued: `read` checks the
/// one, [`ReceivedCallback::matching`] the other. Nothing in a callback tells when it was sent, so one that was overheard
/// can be sent again; remove operations from those issued when their data is stored.
///
/// ```
/// # use khipu_client::runtime::HeaderMap;
/// # fn example(headers: HeaderMap, raw_body: &[u8], stored: &str, token_of_request: &str)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use std::collections::HashSet;
///
/// use khipu_client::{Callback, CallbackReader, CallbackToken, Id};
///
/// let issued: HashSet<Id> = HashSet::from([Id::from("6baf6c19-e485-463b-ae24-a821b025c8a4")]);
/// let reader = CallbackReader::new(CallbackToken::restore(stored)?);
/// let received = reader.read(token_of_request, &headers, raw_body)?;
/// match received.matching(|id| issued.contains(id))? {
///     Callback::Completed(envelope) => println!("{} balances", envelope.balances()?.len()),
///     Callback::Failed(failure) => println!("{:?}: {:?}", failure.code(), failure.advice()),
///     _ => {}
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct CallbackReader {
    token: CallbackToken,
    signing_secret: Option<rt::Secret>,
    age: rt::AgeWindow,
    clock: Arc<dyn rt::Clock>,
}

impl CallbackReader {
    /// A reader for the address with this token.
    pub fn new(token: CallbackToken) -> Self {
        let (age, clock) = (rt::AgeWindow::default(), Arc::new(rt::SystemClock));
        Self { token, signing_secret: None, age, clock }
    }

    /// Also insists on the signature in `x-khipu-signature`, made with this secret, and on its age. Off by default.
    ///
    /// The provider documents that header for its payment notifications, made with the secret of the collecting account.
    /// Whether these callbacks carry it is unknown: when it is switched on, callbacks without are refused.
    ///
    /// # Errors
    /// When the secret is empty.
    pub fn signing_secret(mut self, secret: impl Into<rt::Secret>) -> Result<Self, rt::ConfigError> {
        let secret = secret.into();
        if secret.expose().is_empty() {
            return Err(rt::ConfigError::new("the signing secret must not be empty"));
        }
        self.signing_secret = Some(secret);
        Ok(self)
    }

    /// How old a signed callback may be. Default: five minutes, and one ahead.
    #[must_use]
    pub fn age_window(mut self, window: rt::AgeWindow) -> Self {
        self.age = window;
        self
    }

    /// The clock for the age. Default: the system's.
    #[must_use]
    pub fn clock(mut self, clock: impl rt::Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Checks a callback and reads it, given the token from the path or query it came to; an empty text if there was none.
    ///
    /// Hand over the raw body, not one that was parsed and written again: a signature covers every byte of it.
    ///
    /// # Errors
    /// [`CallbackError::Refused`] when the token is missing or another one, or a signature is asked for and is missing,
    /// wrong or too old; [`CallbackError::Unreadable`] when the body is no envelope.
    pub fn read(&self, token: &str, headers: &rt::HeaderMap, body: &[u8]) -> Result<ReceivedCallback, CallbackError> {
        if !self.token.is(token) {
            return Err(rt::WebhookError::WrongAddress.into());
        }
        if let Some(secret) = &self.signing_secret {
            let header = rt::webhook::header(headers, signature::HEADER)?;
            let sent_at = signature::check(secret, header, body)?;
            self.age.check(sent_at, self.clock.now())?;
        }
        Ok(ReceivedCallback(rt::de::from_slice(body)?))
    }
}

impl fmt::Debug for CallbackReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackReader")
            .field("checks_signature", &self.signing_secret.is_some())
            .field("age", &self.age)
            .finish_non_exhaustive()
    }
}
