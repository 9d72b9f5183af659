//! The answer of one read, held as the text that came.

use bankfeed_runtime as rt;
use rt::Bytes;
use wealthreader_client::WarningPriority;
use wealthreader_client::types::{Statistics, WarnedProduct, Warning};

use super::parts::{Found, Reading, value};
use super::products::Product;
use crate::error::{Cause, Error, ErrorKind, RetryAdvice};
use crate::provider::ProviderId;
use crate::source::Source;

/// The answer of one read.
pub(crate) struct Answer {
    /// The object that holds payload and statistics.
    whole: Found,
    /// The payload; `None` when there is nothing.
    payload: Option<Found>,
    warnings: Vec<Warning>,
}

/// What a list is made of, for the warnings that concern it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Holders,
    Accounts,
    Balances,
    Transactions,
    Holdings,
}

impl Answer {
    /// The answer of a user who has nothing there.
    pub(crate) fn empty() -> Self {
        let source = Source::whole(ProviderId::WEALTHREADER, "FinancialData", Bytes::from_static(b"{}"));
        Self { whole: Found { source, place: String::new() }, payload: None, warnings: Vec::new() }
    }

    /// From a text, in which the answer stands alone or in a list of one.
    pub(crate) fn read(text: Bytes) -> Result<Self, Error> {
        let unexpected = |why: &str, place: &str, text: Bytes| {
            let error = Error::of(ErrorKind::UnexpectedAnswer).from_provider(ProviderId::WEALTHREADER);
            Err(error.message(why).at(place, Some(text)))
        };
        // Without what may stand before it.
        let Some(at) = rt::de::place_of(&text, "") else { return unexpected("expected JSON", "", text) };
        let text = text.slice(at);
        let mut found = Reading::default().records(&text, String::new(), "FinancialData")?;
        let (Some(whole), true) = (found.pop(), found.is_empty()) else {
            return unexpected("expected one answer", "", text);
        };
        let bytes = whole.source.bytes();
        let place = format!("{}/payload", whole.place);
        let payload = rt::de::place_of(&bytes, "/payload").map(|at| bytes.slice(at));
        let payload = match payload.filter(|payload| &payload[..] != b"null") {
            // A user who has nothing there is told by a code of its own: no payload is no answer.
            None => return unexpected("expected what the user holds, found no payload", &place, bytes),
            Some(payload) if payload.starts_with(b"{") => {
                let source = Source::whole(ProviderId::WEALTHREADER, "Financials", payload);
                Some(Found { source, place })
            }
            // An empty object comes as an empty list from some systems.
            Some(payload) if rt::de::from_slice::<Vec<rt::Json>>(&payload).is_ok_and(|list| list.is_empty()) => None,
            Some(payload) => return unexpected("expected what the user holds, by kind", &place, payload),
        };
        let warnings: Vec<rt::Json> = value(&bytes, "/statistics/warnings").unwrap_or_default();
        let warnings = warnings.iter().filter_map(|warning| warning.decode().ok()).collect();
        Ok(Self { whole, payload, warnings })
    }

    /// How the read went.
    pub(crate) fn statistics(&self) -> Option<(Statistics, Source)> {
        let statistics = value(&self.whole.source.bytes(), "/statistics")?;
        Some((statistics, self.whole.source.part("Statistics", "/statistics")))
    }

    /// The records of a group.
    pub(crate) fn group(&self, product: Product, reading: &Reading) -> Result<Vec<Found>, Error> {
        self.member(&format!("/{}", product.name()), product.schema(), reading)
    }

    /// The person who logged in.
    pub(crate) fn user(&self, reading: &Reading) -> Result<Vec<Found>, Error> {
        self.member("/user_information", "UserInformation", reading)
    }

    fn member(&self, pointer: &str, schema: &'static str, reading: &Reading) -> Result<Vec<Found>, Error> {
        self.payload.as_ref().map_or(Ok(Vec::new()), |payload| reading.inside(payload, pointer, schema))
    }

    /// Counts what of the answer feeds nothing, outside of the records in it: files, contracts, unknown groups.
    pub(crate) fn count_unmapped(&self, reading: &Reading) {
        if reading.count_unmapped {
            crate::unmapped::count(&self.whole.source, &reading.losses);
        }
    }

    /// The error for a list in which something is missing although the read went well, as its warnings say.
    pub(crate) fn incomplete(&self, subject: Subject) -> Option<Error> {
        let warning = self.warnings.iter().find(|warning| {
            let missing = matches!(warning.priority(), Some(WarningPriority::Report | WarningPriority::TellUser));
            missing && concerns(warning.product_type.as_ref(), subject)
        })?;
        let (advice, cause) = (RetryAdvice::Never, Cause::new(ErrorKind::Incomplete));
        let cause = match warning.code {
            Some(code) => cause.advice(advice).code(code.to_string()),
            None => cause.advice(advice),
        };
        let why = "the provider warns that something of it could not be read";
        Some(Error::new(cause).from_provider(ProviderId::WEALTHREADER).message(why))
    }
}

/// Whether a warning about a kind of product is about a list. Where it names no kind it may be about any.
fn concerns(product: Option<&WarnedProduct>, subject: Subject) -> bool {
    use WarnedProduct as Product;
    match product {
        Some(Product::UserInformation) => subject == Subject::Holders,
        Some(Product::Portfolios) => true,
        Some(Product::Receipts | Product::Invoices) => subject == Subject::Transactions,
        // The model has nothing of the kind.
        Some(Product::Files | Product::Contracts) => false,
        Some(
            Product::Accounts
            | Product::Cards
            | Product::Loans
            | Product::Deposits
            | Product::Leases
            | Product::Insurances
            | Product::Factoring
            | Product::Confirming
            | Product::Properties,
        ) => subject != Subject::Holdings,
        Some(_) | None => true,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read(text: &'static str) -> Result<Answer, Error> {
        Answer::read(Bytes::from_static(text.as_bytes()))
    }

    fn uuids(answer: &Answer) -> Vec<String> {
        let accounts = answer.group(Product::Accounts, &Reading::default()).unwrap();
        accounts.iter().map(|account| value::<String>(&account.source.bytes(), "/uuid").unwrap()).collect()
    }

    #[test]
    fn answers_stand_alone_or_in_a_list_of_one() {
        let alone = read(r#"{"success": true, "payload": {"accounts": [{"uuid": "a"}, {"uuid": "b"}]}}"#).unwrap();
        assert_eq!(uuids(&alone), ["a", "b"]);
        let listed = read(r#" [{"success": true, "payload": {"accounts": [{"uuid": "a"}]}}]"#).unwrap();
        assert_eq!(uuids(&listed), ["a"]);
        let place = &listed.group(Product::Accounts, &Reading::default()).unwrap()[0].place;
        assert_eq!(place, "/0/payload/accounts/0");
        for nothing in [r#"{"payload": {}}"#, r#"{"payload": []}"#, r#"{"payload": [ ]}"#] {
            assert_eq!(uuids(&read(nothing).unwrap()), [""; 0], "{nothing}");
        }
        let nothing = [r#"{"payload": null}"#, r#"{"success": true}"#];
        for wrong in ["[]", "[{}, {}]", r#"{"payload": [1]}"#, r#"{"payload": "all"}"#].into_iter().chain(nothing) {
            assert_eq!(read(wrong).err().unwrap().kind(), ErrorKind::UnexpectedAnswer, "{wrong}");
        }
    }

    #[test]
    fn warnings_of_missing_data_concern_the_lists_of_their_product() {
        let warned = |code: i64, product: &str| {
            let warning = serde_json::json!({"code": code, "message": "m", "product_type": product});
            let answer = serde_json::json!({"payload": {}, "statistics": {"warnings": [7, warning]}});
            Answer::read(Bytes::from(answer.to_string())).unwrap()
        };
        let of =
            |answer: &Answer, subject| answer.incomplete(subject).and_then(|error| error.code().map(str::to_owned));
        assert_eq!(of(&warned(1052, "portfolios"), Subject::Holdings).as_deref(), Some("1052"));
        assert_eq!(of(&warned(1051, "accounts"), Subject::Holdings), None);
        assert_eq!(of(&warned(1051, "accounts"), Subject::Balances).as_deref(), Some("1051"));
        assert_eq!(of(&warned(1051, "unknown"), Subject::Holders).as_deref(), Some("1051"));
        assert_eq!(of(&warned(1051, "files"), Subject::Accounts), None);
        // For information, and one that nobody knows.
        assert_eq!(of(&warned(1060, "accounts"), Subject::Accounts), None);
        assert_eq!(of(&warned(1000, "portfolios"), Subject::Holdings), None);
    }
}
