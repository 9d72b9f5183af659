//! Callbacks.
//!
//! Belvo signs nothing and dates nothing: it sends the `Authorization` header that was entered in its dashboard. A callback
//! is proven by that header alone, and its age cannot be checked; it tells what to read, and is no data itself.

use bankfeed_runtime as rt;
use belvo_client::{Callback, CallbackError};
use http::HeaderMap;
use rt::Bytes;

use super::builder::misconfigured;
use super::{Belvo, map};
use crate::Timestamp;
use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::model::{Event, EventKind};
use crate::normalize::Cx;
use crate::provider::{ProviderId, Webhooks};
use crate::source::Source;

impl Webhooks for Belvo {
    fn verify(&self, headers: &HeaderMap, body: &[u8], _received_at: Timestamp) -> Result<Event, Error> {
        let Some(verifier) = self.verifier() else {
            return Err(misconfigured("callbacks are taken only with the builder's `webhook_authorization`"));
        };
        let callback = verifier.verify(headers, body).map_err(refused)?;
        // What has no id of its own is the same as long as its text is.
        let key = callback.idempotency_key().filter(|id| !id.as_str().is_empty());
        let key = key.map_or_else(|| rt::hex(&rt::sha256(body)), |id| id.as_str().to_owned());
        let schema = match &callback {
            Callback::Aggregation(_) => "AggregationCallback",
            _ => "PaymentsCallback",
        };
        let source = Source::whole(ProviderId::BELVO, schema, Bytes::copy_from_slice(body));
        let losses = Losses::default();
        let cx = Cx::new(&source, &losses);
        match callback {
            Callback::Aggregation(callback) => Ok(map::aggregation(callback, key, &cx)),
            Callback::Payments(callback) => Ok(map::payments(callback, EventKind::Payment, key, &cx)),
            // Belvo sends what has another form too; nothing in it is required.
            _ => match source.decode() {
                Ok(callback) => Ok(map::payments(callback, EventKind::Other, key, &cx)),
                Err(error) => Err(refused(CallbackError::Unreadable(error))),
            },
        }
    }
}

fn refused(error: CallbackError) -> Error {
    let kind = match &error {
        CallbackError::Unreadable(_) => ErrorKind::UnexpectedAnswer,
        _ => ErrorKind::NotVerified,
    };
    let facade = Error::of(kind).from_provider(ProviderId::BELVO);
    let facade = match &error {
        CallbackError::Refused(why) => facade.message(why.to_string()),
        _ => facade,
    };
    facade.caused_by(error)
}
