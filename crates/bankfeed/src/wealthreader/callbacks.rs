//! Callbacks: what is signed is verified, what is not is matched with what was handed out.

use bankfeed_runtime as rt;
use rt::Bytes;
use wealthreader_client::types::BatchNotification;
use wealthreader_client::{
    CardEvent, CardsWebhookVerifier, UnsignedBatchNotification, UnsignedWidgetCallback, WIDGET_RECEIPT, WidgetOutcome,
};

use super::WealthReader;
use super::answer::Answer;
use super::failure::{callback, settings};
use super::held::Window;
use super::map;
use crate::error::{Error, ErrorKind};
use crate::model::Event;
use crate::provider::{ProviderId, Webhooks};
use crate::source::Source;
use crate::{Id, Timestamp};

/// A clock that stands at the time when a callback came.
struct At(Timestamp);

impl rt::Clock for At {
    fn now(&self) -> Timestamp {
        self.0
    }
}

impl Webhooks for WealthReader {
    /// Events about cards, which are signed. The age may be 27 hours, because what was not taken is sent again for that
    /// long. Callbacks of the widget and of batches are not signed, so that nothing proves them here: see
    /// [`match_widget`](WealthReader::match_widget) and [`match_batch`](WealthReader::match_batch).
    fn verify(&self, headers: &http::HeaderMap, body: &[u8], received_at: Timestamp) -> Result<Event, Error> {
        let secret = self.inner.settings.cards_secret.clone().ok_or_else(|| {
            let error = Error::of(ErrorKind::Configuration).from_provider(ProviderId::WEALTHREADER);
            error.message("no secret of the cards webhook is set, so that no callback can be verified")
        })?;
        let verifier = CardsWebhookVerifier::new(secret).map_err(settings)?.clock(At(received_at));
        let delivery = verifier.verify(headers, body).map_err(callback)?;
        let (key, sent_at) = (String::from(delivery.delivery_id), Some(delivery.sent_at));
        let (event, schema) = match delivery.event {
            CardEvent::TransactionCreated(told) => {
                let event = map::event::card(&told.event, sent_at, key);
                (map::event::with_payment(event, told.data), "CardTransactionEvent")
            }
            CardEvent::EnrollmentConfirmed(told) => {
                let event = map::event::card(&told.event, sent_at, key);
                (map::event::with_enrollment(event, told.data), "CardEnrollmentEvent")
            }
            CardEvent::Unrecognized(word, _) => (map::event::card(&word, sent_at, key), "CardEventKind"),
            _ => return Err(Error::of(ErrorKind::UnexpectedAnswer).from_provider(ProviderId::WEALTHREADER)),
        };
        Ok(with_source(event, schema, body))
    }
}

impl WealthReader {
    /// What the provider expects as the body of the answer to a callback of the widget, with status 200 and content
    /// type `application/json`.
    pub const WIDGET_RECEIPT: &'static str = WIDGET_RECEIPT;

    /// The operation that a callback of the widget claims to be about: what to look for among those that were handed
    /// out. Nothing is proven by it.
    ///
    /// # Errors
    /// Kind [`UnexpectedAnswer`](ErrorKind::UnexpectedAnswer) when it is no callback of the widget.
    pub fn widget_operation(body: &[u8]) -> Result<String, Error> {
        Ok(UnsignedWidgetCallback::read(body).map_err(callback)?.operation_id().to_owned())
    }

    /// Reads a callback of the widget, which is not signed: it counts only if it names `operation`, the operation id
    /// that was handed to the widget. Make that one that cannot be guessed, and take each once.
    ///
    /// When a token was stored the event has the new connection, and the data that came along is held: lists of accounts,
    /// balances, holders and holdings cost nothing at first. Since it is not known from which day on it has movements,
    /// their list is read anew.
    ///
    /// # Errors
    /// Kind [`NotVerified`](ErrorKind::NotVerified) when it names another operation; kind
    /// [`UnexpectedAnswer`](ErrorKind::UnexpectedAnswer) when it is no callback of the widget.
    pub fn match_widget(&self, body: &[u8], operation: &str) -> Result<Event, Error> {
        let told = UnsignedWidgetCallback::read(body).map_err(callback)?;
        let ours = |claimed: &str| rt::constant_time_eq(claimed.as_bytes(), operation.as_bytes());
        let outcome = told.matching(ours).map_err(callback)?;
        let (statistics, failure, success) = match outcome {
            WidgetOutcome::Completed(data) => (data.statistics, None, true),
            WidgetOutcome::Failed(failure) => {
                let code = failure.code().map(|code| code.to_string());
                (failure.statistics().cloned(), Some(code), false)
            }
            _ => return Err(Error::of(ErrorKind::UnexpectedAnswer).from_provider(ProviderId::WEALTHREADER)),
        };
        // The operation proves the callback, so the key must not show it.
        let session = statistics.as_ref().and_then(|known| known.session.as_deref()).unwrap_or_default();
        let mut event = map::event::widget(success, fingerprint(&["widget", operation, session]));
        if let Some(statistics) = statistics {
            event = map::event::with_statistics(event, statistics);
        }
        if let Some(code) = failure {
            event = map::event::with_failure(event, code.as_deref());
        }
        if success && let Some(connection) = &event.connection {
            // An answer that cannot be read does not make the connection less true; the next list reads it anew.
            if let Ok(answer) = Answer::read(Bytes::copy_from_slice(body)) {
                self.inner.held.put(connection, Window::default(), answer);
            }
        }
        Ok(with_source(event, "FinancialData", body))
    }

    /// Reads a notification about a batch, which is not signed: it counts only if it names `batch` and `credential`, an
    /// id that a batch was given by the provider and one that a connection in it was given by the application. A
    /// completed one says that a result can be fetched, be it good or bad.
    ///
    /// # Errors
    /// Kind [`NotVerified`](ErrorKind::NotVerified) when it names others; kind
    /// [`UnexpectedAnswer`](ErrorKind::UnexpectedAnswer) when it is no notification.
    pub fn match_batch(&self, body: &[u8], batch: &Id, credential: &Id) -> Result<Event, Error> {
        let told = UnsignedBatchNotification::read(body).map_err(callback)?;
        let ours = |of: &Id, about: &Id| of == batch && about == credential;
        let told: BatchNotification = told.matching(ours).map_err(callback)?;
        let status = told.status.clone().unwrap_or_default();
        let key = fingerprint(&["batch", batch.as_str(), credential.as_str(), &status]);
        Ok(with_source(map::event::batch(told, key), "BatchNotification", body))
    }
}

fn with_source(mut event: Event, schema: &'static str, body: &[u8]) -> Event {
    event.source = Some(Source::whole(ProviderId::WEALTHREADER, schema, Bytes::copy_from_slice(body)));
    event
}

/// What is the same for the same parts and shows none of them.
fn fingerprint(parts: &[&str]) -> String {
    let text: String = parts.iter().map(|part| format!("{}:{part},", part.len())).collect();
    rt::hex(&rt::sha256(text.as_bytes())[..16])
}
