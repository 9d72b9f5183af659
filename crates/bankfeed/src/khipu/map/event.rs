//! Callbacks.

use khipu_client::types;
use khipu_client::types::OperationStatus;

use crate::error::Error;
use crate::khipu::{INSTITUTION, causes};
use crate::model::{Coded, ConnectionId, Event, EventKind, InstitutionId};
use crate::normalize::Cx;
use crate::provider::ProviderId;

/// What a callback tells: an operation has ended, well or not.
///
/// One operation ends once, so its id and how it ended tell a repetition from another callback.
pub(crate) fn event(envelope: types::Envelope, connection: ConnectionId, cx: &Cx<'_>) -> Result<Event, Error> {
    let operation = envelope.operation_id.trim();
    if operation.is_empty() {
        return Err(cx.misfit("/OperationId", "it does not say which operation has ended"));
    }
    let failure = envelope.failure();
    let status = envelope.status.as_ref();
    let known = matches!(envelope.status, OperationStatus::Ok | OperationStatus::Error);
    if !known {
        cx.losses().unknown_value("Envelope", "/Status", status);
    }
    let kind = match &failure {
        Some(_) => Some(EventKind::Failed),
        None => known.then_some(EventKind::DataReady),
    };
    let key = format!("{operation}:{status}");
    let mut event = Event::new(ProviderId::KHIPU, Coded::new(kind, status), key);
    event.connection = Some(connection);
    event.institution = Some(InstitutionId::from(INSTITUTION));
    event.error = failure.as_ref().map(causes::of_failure);
    event.source = Some(cx.source());
    Ok(event)
}
