//! From the provider's records to the model's. Nothing here asks anybody or tells the time.

mod account;
mod balance;
mod event;

pub(super) use account::{About, account, currencies};
pub(super) use balance::balances;
pub(super) use event::event;

#[cfg(test)]
pub(crate) use testing::normalize;

#[cfg(test)]
mod testing {
    use bankfeed_runtime as rt;
    use khipu_client::types;
    use rt::Bytes;
    use serde::Serialize;
    use serde_json::Value;

    use super::*;
    use crate::error::{Error, ErrorKind};
    use crate::losses::Losses;
    use crate::model::ConnectionId;
    use crate::normalize::Cx;
    use crate::provider::ProviderId;
    use crate::source::Source;

    fn record(subject: &'static str, record: &impl Serialize) -> (&'static str, Value) {
        (subject, serde_json::to_value(record).unwrap_or_default())
    }

    fn decoded<T: for<'de> rt::Lenient<'de>>(json: &[u8]) -> Result<T, Error> {
        let bad = |error: rt::DecodeError| Error::of(ErrorKind::BadRecord).caused_by(error);
        rt::de::from_slice(json).map_err(bad)
    }

    /// Everything that one record of the provider becomes; `None` for a schema that becomes nothing.
    pub(crate) fn normalize(
        schema: &str,
        json: &[u8],
        losses: &Losses,
    ) -> Option<Result<Vec<(&'static str, Value)>, Error>> {
        let source = |name| Source::whole(ProviderId::KHIPU, name, Bytes::copy_from_slice(json));
        Some(match schema {
            "Balance" => decoded::<types::Balance>(json).and_then(|balance| {
                let source = source("Balance");
                let cx = Cx::new(&source, losses);
                let connection = ConnectionId::from("connection");
                let about = About { connection: &connection, number: Some("000011887755") };
                let mut records = vec![record("account", &account(&balance, &currencies(&balance, &cx), about, &cx)?)];
                for balance in balances(balance, &cx) {
                    records.push(record("balance", &balance?));
                }
                Ok(records)
            }),
            "Envelope" => decoded::<types::Envelope>(json).and_then(|envelope| {
                let source = source("Envelope");
                let connection = ConnectionId::from("connection");
                Ok(vec![record("event", &event(envelope, connection, &Cx::new(&source, losses))?)])
            }),
            _ => return None,
        })
    }
}
