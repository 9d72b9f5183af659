//! One record by itself, mapped as it is where nothing is around it: for the tests that hold the annotations of the
//! specification and the mapping together.

#![allow(clippy::unwrap_used, clippy::panic)]

use bankfeed_runtime as rt;
use serde::Serialize;
use serde_json::Value;
use wealthreader_client::types;

use super::{Among, Listed, Parent, Through};
use crate::error::{Cause, Error, ErrorKind};
use crate::identity::Twins;
use crate::losses::Losses;
use crate::normalize::Cx;
use crate::provider::ProviderId;
use crate::source::Source;
use crate::wealthreader::lists;
use crate::wealthreader::parts::{Found, Reading};
use crate::wealthreader::products::Product;

/// Every record of the model that a record of a schema becomes, as subject and JSON; `None` for a schema that becomes
/// none.
pub(crate) fn normalize(
    schema: &str,
    json: &[u8],
    losses: &Losses,
) -> Option<Result<Vec<(&'static str, Value)>, Error>> {
    let schema = crate::generated::wealthreader::SCHEMAS.iter().find(|known| known.name == schema)?.name;
    let source = Source::whole(ProviderId::WEALTHREADER, schema, rt::Bytes::copy_from_slice(json));
    let found = Found { source, place: String::new() };
    let reading = Reading { losses: losses.clone(), count_unmapped: false };
    Some(records(schema, &found, &reading))
}

type Told = Vec<(&'static str, Value)>;

fn records(schema: &'static str, found: &Found, reading: &Reading) -> Result<Told, Error> {
    if let Some(product) = Product::ALL.into_iter().find(|product| product.schema() == schema) {
        return of_product(product, found, reading);
    }
    let (parent, mut twins) = (Parent::default(), Twins::default());
    let mut among = Among { parent: &parent, listed: Listed::Alone, twins: &mut twins };
    match schema {
        "UserInformation" => {
            let party = reading.map(found, &[], |record, cx| Ok(super::person::user(record, cx)))?;
            Ok(told("party", party))
        }
        "Owner" | "LoanHolder" => Ok(told("party", lists::holder(found, reading)?)),
        "PortfolioPosition" => {
            let account = "an account".into();
            let position = |record, cx: &Cx<'_>| Ok(super::investment::position(record, cx, &account));
            Ok(told("holding", reading.map(found, &[], position)?))
        }
        "PropertyPrice" => {
            let about = (&"an account".into(), None);
            let price = reading.map(found, &[], |record, cx| super::belonging::price(record, cx, about, true))?;
            Ok(told("balance", [price]))
        }
        "Entity" => Ok(told("institution", [reading.map(found, &[], super::institution::institution)?])),
        "Token" => Ok(told("connection", [reading.map(found, &[], super::institution::token)?])),
        "CardTransaction" => {
            let payment = |record, cx: &Cx<'_>| super::cash::payment(record, cx, &mut among);
            let mut all = told("transaction", [reading.map(found, &[], payment)?]);
            let record: types::CardTransaction = decode(found)?;
            all.extend(told("event", [super::event::with_payment(event(), record)]));
            Ok(all)
        }
        "CardEnrollment" => Ok(told("event", [super::event::with_enrollment(event(), decode(found)?)])),
        "CardTransactionEvent" => {
            let record: types::CardTransactionEvent = decode(found)?;
            Ok(told("event", [super::event::card(&record.event, record.sent_at, String::new())]))
        }
        "CardEnrollmentEvent" => {
            let record: types::CardEnrollmentEvent = decode(found)?;
            Ok(told("event", [super::event::card(&record.event, record.sent_at, String::new())]))
        }
        "BatchNotification" => Ok(told("event", [super::event::batch(decode(found)?, String::new())])),
        "FinancialData" => {
            let record: types::FinancialData = decode(found)?;
            Ok(told("event", [super::event::widget(record.success, String::new())]))
        }
        "ErrorDetail" => {
            let record: types::ErrorDetail = decode(found)?;
            let code = record.code.to_string();
            Ok(told("event", [super::event::with_failure(event(), Some(&code))]))
        }
        "Statistics" => {
            let connection =
                reading.map(found, &[], |record, cx| Ok(super::institution::connection(record, cx, None)))?;
            let mut all = told("connection", connection);
            all.extend(told("event", [super::event::with_statistics(event(), decode(found)?)]));
            Ok(all)
        }
        _ => Ok(told("transaction", [lists::movement(schema, found, reading, &mut among)?])),
    }
}

/// A product, with the movements that are its own.
fn of_product(product: Product, found: &Found, reading: &Reading) -> Result<Told, Error> {
    // As strict as a record that is read in one piece.
    let mut twins = Twins::default();
    if product == Product::Receipts {
        let receipt = lists::receipt(found, reading, &Parent::default(), &mut twins)?;
        return Ok(told("transaction", [receipt]));
    }
    let mut all = told("account", [lists::account(product, found, reading, Through::default())?]);
    let balances: Result<Vec<_>, Error> = lists::balances_of(product, found, reading, reading).into_iter().collect();
    all.extend(told("balance", balances?));
    if matches!(product, Product::Portfolios | Product::Bonds) {
        let holdings: Result<Vec<_>, Error> =
            lists::holdings_of(product, found, reading, reading).into_iter().collect();
        all.extend(told("holding", holdings?));
    }
    let movements: Result<Vec<_>, Error> = lists::movements(product, found, reading, &mut twins).into_iter().collect();
    all.extend(told("transaction", movements?));
    Ok(all)
}

fn event() -> crate::Event {
    super::event::widget(true, String::new())
}

fn decode<T: for<'de> rt::Lenient<'de>>(found: &Found) -> Result<T, Error> {
    found.source.decode().map_err(|error| {
        let cause = Error::new(Cause::new(ErrorKind::BadRecord)).from_provider(ProviderId::WEALTHREADER);
        cause.at(error.path().to_owned(), Some(found.source.bytes())).caused_by(error)
    })
}

fn told<T: Serialize>(subject: &'static str, records: impl IntoIterator<Item = T>) -> Told {
    records.into_iter().map(|record| (subject, serde_json::to_value(record).unwrap())).collect()
}

#[cfg(test)]
mod tests {
    use crate::losses::Losses;
    use crate::wealthreader::map::normalize;

    #[test]
    fn every_schema_that_becomes_a_record_is_served() {
        let losses = Losses::default();
        for schema in crate::generated::wealthreader::SCHEMAS {
            // A text is none of them: each refuses it, none has never heard of it.
            let refused = normalize(schema.name, b"\"text\"", &losses).unwrap();
            assert!(refused.is_err_and(|error| error.is_bad_record()), "{}", schema.name);
        }
        assert!(normalize("Warning", b"{}", &losses).is_none());
    }
}
