//! Callbacks.

use belvo_client::types;

use super::text::{id, text};
use crate::belvo::causes::cause;
use crate::error::{Cause, ErrorKind};
use crate::model::{Coded, Event, EventKind};
use crate::normalize::Cx;
use crate::provider::ProviderId;

/// News of a link or its data. The word of its kind is resource and code, such as `TRANSACTIONS.historical_update`.
pub(crate) fn aggregation(callback: types::AggregationCallback, key: String, cx: &Cx<'_>) -> Event {
    let data = callback.data;
    let word = format!("{}.{}", callback.webhook_type, callback.webhook_code);
    let code = data.as_ref().and_then(|data| data.error_code.as_ref());
    let kind = kind(&callback.webhook_code).or_else(|| code.map(|_| EventKind::Failed));
    let mut event = Event::new(ProviderId::BELVO, cx.coded("/webhook_code", &word, kind), key);
    event.error = code.map(|code| failure(code.as_ref()));
    event.connection = callback.link_id.map(Into::into);
    event.party = id(callback.external_id).map(Into::into);
    event.institution = data.and_then(|data| data.institution).map(Into::into);
    event.source = Some(cx.source());
    event
}

/// News of payments, which are outside of the model.
pub(crate) fn payments(callback: types::PaymentsCallback, kind: EventKind, key: String, cx: &Cx<'_>) -> Event {
    let words = [text(callback.webhook_type), text(callback.webhook_code)];
    let words: Vec<String> = words.into_iter().flatten().collect();
    let word = (!words.is_empty()).then(|| words.join("."));
    let mut event = Event::new(ProviderId::BELVO, Coded { value: Some(kind), word }, key);
    let code = callback.data.and_then(|data| text(data.failure_code.into_option()));
    event.error = code.as_deref().map(failure);
    event.source = Some(cx.source());
    event
}

/// The words of the documents. What data there is, is read again from the start either way.
fn kind(code: &str) -> Option<EventKind> {
    Some(match code {
        "historical_update"
        | "new_accounts_available"
        | "new_transactions_available"
        | "transactions_updated"
        | "transactions_deleted" => EventKind::DataReady,
        "invalid_credentials" | "token_required" | "openfinance_consent_about_to_expire" => EventKind::UserNeeded,
        "link_deleted" => EventKind::ConnectionRemoved,
        "openfinance_consent_expired" => EventKind::ConsentEnded,
        _ => return None,
    })
}

fn failure(code: &str) -> Cause {
    cause(code).unwrap_or_else(|| Cause::new(ErrorKind::Other).code(code))
}
