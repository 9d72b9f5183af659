//! Events about cards, which are signed.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bankfeed_runtime as rt;
use rt::WebhookError;

use super::CallbackError;
use crate::generated::types::{CardEnrollmentEvent, CardEventKind, CardTransactionEvent};

/// A header with `sha256=` and the hex digits of the body's HMAC-SHA256.
const HEADER: &str = "x-wr-signature";
/// Deliveries that were not taken come again, the same byte for byte, up to 26 hours and 36 minutes later.
const MAX_AGE: Duration = Duration::from_secs(27 * 3600);

/// What happened.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant)]
pub enum CardEvent {
    /// A card payment was made.
    TransactionCreated(CardTransactionEvent),
    /// An employee confirmed an enrollment.
    EnrollmentConfirmed(CardEnrollmentEvent),
    /// Something that this version does not know, as it was sent. Holds the api_key.
    Unrecognized(CardEventKind, rt::Json),
}

/// An event that the provider is proven to have signed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CardDelivery {
    /// The delivery. The same when it is repeated: act on each once.
    pub delivery_id: rt::Id,
    /// When it was first sent.
    pub sent_at: rt::DateTime,
    /// What happened.
    pub event: CardEvent,
}

/// Checks and reads the events that come to the address of `set_cards_webhook`.
///
/// ```
/// # use wealthreader_client::runtime::HeaderMap;
/// # fn example(secret: &str, headers: HeaderMap, raw_body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
/// use wealthreader_client::{CardEvent, CardsWebhookVerifier};
///
/// let verifier = CardsWebhookVerifier::new(secret)?;
/// let delivery = verifier.verify(&headers, raw_body)?;
/// if let CardEvent::TransactionCreated(event) = &delivery.event {
///     println!("{}: {}", delivery.delivery_id, event.data.amount);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct CardsWebhookVerifier {
    secret: rt::Secret,
    age: rt::AgeWindow,
    clock: Arc<dyn rt::Clock>,
}

impl CardsWebhookVerifier {
    /// A verifier with the `webhook_secret` that `set_cards_webhook` gave out, as the text it is.
    ///
    /// # Errors
    /// When it is empty.
    pub fn new(secret: impl Into<rt::Secret>) -> Result<Self, rt::ConfigError> {
        let secret = secret.into();
        if secret.expose().is_empty() {
            return Err(rt::ConfigError::new("the webhook secret must not be empty"));
        }
        let age = rt::AgeWindow { max_age: MAX_AGE, ..rt::AgeWindow::default() };
        Ok(Self { secret, age, clock: Arc::new(rt::SystemClock) })
    }

    /// How old an event may be. Default: 27 hours, which takes the last repetition of a delivery, and a minute ahead.
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

    /// Checks an event and reads it. Of the headers only the signature counts: the others are not covered by it.
    ///
    /// Hand over the raw body, not one that was parsed and written again: the signature covers every byte of it.
    ///
    /// # Errors
    /// [`CallbackError::Refused`] when the signature is missing, is there twice or is not that of the body, or when the
    /// age is out of the window or cannot be told; [`CallbackError::Unreadable`] when the body is no event with a
    /// delivery id.
    pub fn verify(&self, headers: &rt::HeaderMap, body: &[u8]) -> Result<CardDelivery, CallbackError> {
        let digits = rt::webhook::header(headers, HEADER)?.strip_prefix("sha256=");
        let signature =
            digits.and_then(rt::from_hex).ok_or(WebhookError::Malformed("the signature is not sha256= and hex"))?;
        if !rt::verify_hmac_sha256(self.secret.expose().as_bytes(), body, &signature) {
            return Err(WebhookError::Mismatch.into());
        }
        let Head { event, delivery_id, sent_at } = rt::de::from_slice(body)?;
        let instant =
            sent_at.timestamp().ok_or(WebhookError::Malformed("its time has no offset to check the age by"))?;
        self.age.check(instant, self.clock.now())?;
        let event = match event {
            CardEventKind::TransactionCreated => CardEvent::TransactionCreated(rt::de::from_slice(body)?),
            CardEventKind::EnrollmentConfirmed => CardEvent::EnrollmentConfirmed(rt::de::from_slice(body)?),
            other => CardEvent::Unrecognized(other, rt::de::from_slice(body)?),
        };
        Ok(CardDelivery { delivery_id, sent_at, event })
    }
}

/// What every event has.
struct Head {
    event: CardEventKind,
    delivery_id: rt::Id,
    sent_at: rt::DateTime,
}
rt::object!(Head { event: "event", delivery_id: "delivery_id", sent_at: "sent_at" });

impl fmt::Debug for CardsWebhookVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardsWebhookVerifier").field("age", &self.age).finish_non_exhaustive()
    }
}
