//! Any record of the specification, normalized: for tests that hold code and annotations together.
#![allow(clippy::unwrap_used)]

use bankfeed_runtime::{Bytes, Lenient};
use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::normalize::Cx;
use crate::provider::ProviderId;
use crate::source::Source;

type Normalized = Vec<(&'static str, Value)>;

/// What a record becomes; `None` for a schema that becomes nothing.
pub(crate) fn normalize(schema: &str, json: &[u8], losses: &Losses) -> Option<Result<Normalized, Error>> {
    let schema = crate::generated::belvo::SCHEMAS.iter().find(|known| known.name == schema)?.name;
    let source = Source::whole(ProviderId::BELVO, schema, Bytes::copy_from_slice(json));
    let cx = Cx::new(&source, losses);
    Some(records(schema, &source, &cx))
}

fn records(schema: &str, source: &Source, cx: &Cx<'_>) -> Result<Normalized, Error> {
    Ok(match schema {
        "AggregationCallback" => one("event", super::aggregation(decoded(source)?, "key".to_owned(), cx)),
        "Institution" => one("institution", super::institution(decoded(source)?, cx)),
        "Link" => one("connection", super::connection(decoded(source)?, cx)),
        "Consent" => one("consent", super::consent(decoded(source)?, cx)),
        "Owner" => one("party", super::owner(decoded(source)?, cx)),
        "Transaction" => one("transaction", super::transaction(decoded(source)?, cx)?),
        "InvestmentTransaction" => one("transaction", super::movement(decoded(source)?, cx)?),
        "Account" => {
            let record = decoded(source)?;
            let currency = super::currency(&record, cx);
            let balances = super::balances(&record, currency, cx);
            let mut all = one("account", super::account(record, currency, cx));
            all.extend(balances.into_iter().flat_map(|balance| one("balance", balance)));
            all
        }
        "Investment" => {
            let record = decoded(source)?;
            let currency = super::investment_currency(&record, cx);
            let balances = super::investment_balances(&record, currency, cx);
            let mut all = one("holding", super::holding(&record, currency, cx));
            all.extend(one("account", super::investment(record, None, currency, cx)));
            all.extend(balances.into_iter().flat_map(|balance| one("balance", balance)));
            all
        }
        other => panic!("{other} becomes nothing"),
    })
}

fn decoded<T: for<'de> Lenient<'de>>(source: &Source) -> Result<T, Error> {
    source.decode().map_err(|error| Error::of(ErrorKind::BadRecord).from_provider(ProviderId::BELVO).caused_by(error))
}

fn one(subject: &'static str, record: impl Serialize) -> Normalized {
    vec![(subject, serde_json::to_value(record).unwrap())]
}
