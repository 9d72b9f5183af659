//! Records by the name of their schema, as the test of the annotations wants them.

use bankfeed_runtime as rt;
use saltedge_client::{Callback, types};
use serde_json::Value;

use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::normalize::Cx;
use crate::provider::ProviderId;
use crate::source::Source;

type Normalized = Vec<(&'static str, Value)>;

/// All records that one of a schema becomes, as subject and JSON; `None` for a schema that becomes none.
pub(crate) fn normalize(schema: &str, json: &[u8], losses: &Losses) -> Option<Result<Normalized, Error>> {
    let schema = crate::generated::saltedge::SCHEMAS.iter().map(|known| known.name).find(|known| *known == schema)?;
    let source = Source::whole(ProviderId::SALTEDGE, schema, rt::Bytes::copy_from_slice(json));
    Some(read(schema, json, &Cx::new(&source, losses)))
}

fn read(schema: &str, json: &[u8], cx: &Cx<'_>) -> Result<Normalized, Error> {
    let callback = |name: &str, callback: Callback| one("event", Ok(super::event(callback, name, json, cx)));
    match schema {
        "Provider" => one("institution", super::institution(decode(json)?, cx)),
        "Customer" => one("party", super::customer(decode(json)?, cx)),
        "Connection" => one("connection", super::connection(decode(json)?, cx)),
        "HolderInfo" => one("party", super::holder(decode(json)?, None, cx)),
        "Consent" => one("consent", super::consent(decode(json)?, cx)),
        "Account" => {
            let record: types::Account = decode(json)?;
            let mut all = one("account", super::account(record.clone(), None, cx))?;
            for balance in super::balances(record.clone(), cx) {
                all.extend(one("balance", balance)?);
            }
            for holding in super::holdings(record, cx) {
                all.extend(one("holding", holding)?);
            }
            Ok(all)
        }
        "Transaction" => one("transaction", super::transaction(decode(json)?, cx)),
        "SuccessCallback" => callback("success", Callback::Success(decode(json)?)),
        "NotifyCallback" => callback("notify", Callback::Notify(decode(json)?)),
        "FailCallback" => callback("fail", Callback::Fail(decode(json)?)),
        "DestroyCallback" => callback("destroy", Callback::Destroy(decode(json)?)),
        "ProviderChangesCallback" => callback("provider_changes", Callback::ProviderChanges(decode(json)?)),
        "CategorizationFinishedCallback" => {
            callback("categorization_finished", Callback::CategorizationFinished(decode(json)?))
        }
        "ReportCallback" => callback("report", Callback::Report(decode(json)?)),
        _ => Err(Error::of(ErrorKind::Other)),
    }
}

fn decode<T: for<'de> rt::Lenient<'de>>(json: &[u8]) -> Result<T, Error> {
    rt::de::from_slice(json).map_err(|error| Error::of(ErrorKind::BadRecord).caused_by(error))
}

fn one<T: serde::Serialize>(subject: &'static str, record: Result<T, Error>) -> Result<Normalized, Error> {
    let record = serde_json::to_value(record?).map_err(|error| Error::of(ErrorKind::Other).caused_by(error))?;
    Ok(vec![(subject, record)])
}
