//! What callbacks tell.

use bankfeed_runtime as rt;
use saltedge_client::{Callback, types};

use super::connection::id;
use super::institution::status;
use super::text::text;
use crate::normalize::Cx;
use crate::provider::ProviderId;
use crate::saltedge::causes;
use crate::{Cause, Coded, ErrorKind, Event, EventKind};

/// What a callback tells, by its name in the specification and the body it came with.
///
/// | callback | event |
/// |---|---|
/// | success | data are ready; at the stage `connect` none are yet, so it is progress |
/// | notify | progress |
/// | fail | failed, with the cause |
/// | destroy | a connection was removed |
/// | provider changes | an institution changed |
/// | categorization finished, report | something else |
///
/// The word beside the kind is the stage where there is one, else the callback's name.
pub(in crate::saltedge) fn event(callback: Callback, name: &str, body: &[u8], cx: &Cx<'_>) -> Event {
    let sent_at = callback.meta().and_then(|meta| meta.time);
    let mut event = Event::new(ProviderId::SALTEDGE, Coded::new(kind(&callback), name), idempotency_key(name, body));
    match callback {
        Callback::Success(types::SuccessCallback { data, .. })
        | Callback::Notify(types::NotifyCallback { data, .. }) => {
            if let Some(stage) = data.stage {
                event.kind.word = Some(stage.to_string());
            }
            event.connection = id(Some(data.connection_id)).map(Into::into);
            event.party = id(Some(data.customer_id)).map(Into::into);
        }
        Callback::Fail(callback) => {
            event.connection = id(Some(callback.data.connection_id)).map(Into::into);
            event.party = id(Some(callback.data.customer_id)).map(Into::into);
            event.error = callback.data.error_class.map(|class| {
                let cause = causes::cause(&class).unwrap_or_else(|| Cause::new(ErrorKind::Other));
                cause.code(class.as_ref())
            });
        }
        Callback::Destroy(callback) => {
            event.connection = id(Some(callback.data.connection_id)).map(Into::into);
            event.party = id(Some(callback.data.customer_id)).map(Into::into);
        }
        Callback::ProviderChanges(callback) => {
            event.institution = text(Some(callback.data.provider_code)).map(Into::into);
            event.institution_status = callback
                .data
                .provider_status
                .map(|word| cx.coded("/data/provider_status", word.as_ref(), status(&word)));
        }
        Callback::Report(callback) => event.party = id(callback.data.customer_id).map(Into::into),
        // A bucket is filled by the application itself: it has neither connection nor party.
        _ => {}
    }
    event.sent_at = sent_at;
    event.source = Some(cx.source());
    event
}

fn kind(callback: &Callback) -> EventKind {
    match callback {
        Callback::Success(callback) if callback.data.stage == Some(types::Stage::Connect) => EventKind::Progress,
        Callback::Success(_) => EventKind::DataReady,
        Callback::Notify(_) => EventKind::Progress,
        Callback::Fail(_) => EventKind::Failed,
        Callback::Destroy(_) => EventKind::ConnectionRemoved,
        Callback::ProviderChanges(_) => EventKind::InstitutionChanged,
        _ => EventKind::Other,
    }
}

/// The same for the same body at the same address. A callback of a later attempt differs in its time at least.
fn idempotency_key(name: &str, body: &[u8]) -> String {
    let digest = rt::sha256(&[name.as_bytes(), b"|", body].concat());
    rt::hex(&digest[..16])
}
