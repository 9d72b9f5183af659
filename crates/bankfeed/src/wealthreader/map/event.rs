//! Callbacks.

use wealthreader_client::types;

use super::common::text;
use crate::Event;
use crate::error::{Cause, RetryAdvice};
use crate::model::{Coded, EventKind, InstitutionId, PartyId};
use crate::provider::ProviderId;
use crate::wealthreader::causes;
use crate::wealthreader::connection_id::ConnectionRef;

fn event(kind: Coded<EventKind>, idempotency_key: String) -> Event {
    Event::new(ProviderId::WEALTHREADER, kind, idempotency_key)
}

/// A card payment, or word of a card: the head of both kinds of event.
pub(crate) fn card(word: &types::CardEventKind, sent_at: Option<crate::DateTime>, delivery: String) -> Event {
    let value = match word {
        types::CardEventKind::TransactionCreated => Some(EventKind::DataReady),
        types::CardEventKind::EnrollmentConfirmed => Some(EventKind::Other),
        _ => None,
    };
    let mut event = event(Coded { value, word: Some(word.to_string()) }, delivery);
    event.sent_at = sent_at;
    event
}

pub(crate) fn with_payment(mut event: Event, payment: types::CardTransaction) -> Event {
    event.party = text(payment.user_id.map(String::from)).map(PartyId::from);
    event.institution = text(payment.entity_code.into_option()).map(InstitutionId::from);
    event
}

pub(crate) fn with_enrollment(mut event: Event, enrollment: types::CardEnrollment) -> Event {
    event.party = text(enrollment.user_id.into_option().map(String::from)).map(PartyId::from);
    event
}

/// Word that a connection of a batch is done: the result, good or bad, is there to be fetched.
pub(crate) fn batch(record: types::BatchNotification, idempotency_key: String) -> Event {
    let word = text(record.status);
    let value = match word.as_deref() {
        Some("completed") => Some(EventKind::DataReady),
        Some("pending" | "processing") => Some(EventKind::Progress),
        _ => None,
    };
    let mut event = event(Coded { value, word }, idempotency_key);
    event.sent_at = record.timestamp;
    event
}

/// The end of a widget that went well or not, as far as the answer itself says.
pub(crate) fn widget(success: bool, idempotency_key: String) -> Event {
    let kind = if success { EventKind::DataReady } else { EventKind::Failed };
    event(Coded::implied(kind), idempotency_key)
}

/// What the statistics of a widget's answer add: a token was stored, so there is a connection.
pub(crate) fn with_statistics(mut event: Event, statistics: types::Statistics) -> Event {
    let bank = text(statistics.code);
    if let Some(token) = statistics.token.filter(|token| !token.expose().trim().is_empty()) {
        event.connection = Some(ConnectionRef::new(bank.as_deref().unwrap_or_default(), token).id());
        if event.kind.is(&EventKind::DataReady) {
            event.kind = Coded::implied(EventKind::ConnectionCreated);
        }
    }
    event.institution = bank.map(InstitutionId::from);
    event
}

/// Why a widget failed, and whether its user has to act.
pub(crate) fn with_failure(mut event: Event, code: Option<&str>) -> Event {
    let cause = code.map(|code| causes::cause(code).unwrap_or_else(|| Cause::new(crate::ErrorKind::Other).code(code)));
    if cause.as_ref().is_some_and(|cause| cause.advice == RetryAdvice::AfterUser) {
        event.kind = Coded::implied(EventKind::UserNeeded);
    }
    event.error = cause;
    event
}
