//! Finding records in a text, and reading them one by one.
//!
//! An answer holds records inside of records. Each is read from its own part of the text, without the records inside of it, so
//! that one that cannot be read costs itself and nothing else. All parts share the answer's text.

use std::collections::BTreeMap;

use bankfeed_runtime as rt;
use rt::Bytes;
use serde_json::value::RawValue;

use crate::error::{Cause, Error, ErrorKind};
use crate::losses::Losses;
use crate::normalize::Cx;
use crate::provider::ProviderId;
use crate::source::Source;

/// A record in an answer.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) source: Source,
    /// Where it stands in the answer.
    pub(crate) place: String,
}

/// How records are read.
#[derive(Clone, Default)]
pub(crate) struct Reading {
    pub(crate) losses: Losses,
    pub(crate) count_unmapped: bool,
}

impl Reading {
    /// The same for records that were counted before, when another list was made of them.
    pub(crate) fn again(&self) -> Self {
        Self { losses: Losses::default(), count_unmapped: false }
    }

    /// A record, with what is to be read apart left out, mapped.
    pub(crate) fn map<R, T>(
        &self,
        found: &Found,
        apart: &[&str],
        map: impl FnOnce(R, &Cx<'_>) -> Result<T, Error>,
    ) -> Result<T, Error>
    where
        R: for<'de> rt::Lenient<'de>,
    {
        let cx = Cx::new(&found.source, &self.losses);
        cx.begin(self.count_unmapped);
        match decode(&found.source.bytes(), apart) {
            Ok(record) => map(record, &cx),
            Err(error) => Err(self.undecodable(found, error)),
        }
    }

    fn undecodable(&self, found: &Found, error: rt::DecodeError) -> Error {
        self.losses.rejected(found.source.schema(), error.path());
        Error::new(Cause::new(ErrorKind::BadRecord))
            .from_provider(ProviderId::WEALTHREADER)
            .at(format!("{}{}", found.place, error.path()), Some(found.source.bytes()))
            .caused_by(error)
    }

    /// The records at a pointer inside of another record. One that stands there without a list around it counts as a
    /// list of one, which some editions of the API send.
    pub(crate) fn inside(&self, of: &Found, pointer: &str, schema: &'static str) -> Result<Vec<Found>, Error> {
        let text = of.source.bytes();
        let Some(at) = rt::de::place_of(&text, pointer) else { return Ok(Vec::new()) };
        let place = format!("{}{pointer}", of.place);
        self.records(&text.slice(at), place, schema)
    }

    /// The records that a text is made of.
    pub(crate) fn records(&self, text: &Bytes, place: String, schema: &'static str) -> Result<Vec<Found>, Error> {
        let found =
            |text: Bytes, place: String| Found { source: Source::whole(ProviderId::WEALTHREADER, schema, text), place };
        match text.first() {
            Some(b'[') => {
                let places = rt::de::places_of_items(text, "").unwrap_or_default();
                let records = places.into_iter().enumerate();
                Ok(records.map(|(index, at)| found(text.slice(at), format!("{place}/{index}"))).collect())
            }
            Some(b'{') => Ok(vec![found(text.clone(), place)]),
            // Null and "" are nothing.
            _ if matches!(&text[..], b"" | b"null" | b"\"\"" | b"false") => Ok(Vec::new()),
            _ => {
                self.losses.rejected(schema, "");
                let why = "expected records, found something else";
                let error = Error::of(ErrorKind::BadRecord).from_provider(ProviderId::WEALTHREADER);
                Err(error.message(why).at(place, Some(text.clone())))
            }
        }
    }
}

/// A record without those members that are read apart.
fn decode<R: for<'de> rt::Lenient<'de>>(text: &[u8], apart: &[&str]) -> Result<R, rt::DecodeError> {
    if apart.is_empty() {
        return rt::de::from_slice(text);
    }
    // What is no object is for the decoder to refuse.
    let Ok(mut members) = serde_json::from_slice::<BTreeMap<String, &RawValue>>(text) else {
        return rt::de::from_slice(text);
    };
    members.retain(|name, _| !apart.contains(&name.as_str()));
    let rest = serde_json::to_vec(&members).map_err(|error| rt::DecodeError::new(error.to_string()))?;
    rt::de::from_slice(&rest)
}

/// A value inside of a record, if it is there and of the type.
pub(crate) fn value<T: for<'de> rt::Lenient<'de>>(text: &[u8], pointer: &str) -> Option<T> {
    let at = rt::de::place_of(text, pointer)?;
    rt::de::from_slice(text.get(at)?).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn found(text: &'static str) -> Found {
        let text = Bytes::from_static(text.as_bytes());
        Found { source: Source::whole(ProviderId::WEALTHREADER, "Account", text), place: "/payload/accounts/3".into() }
    }

    #[test]
    fn lists_single_records_and_nothing_are_told_apart() {
        let account =
            found(r#"{"a": [{"x": 1}, 7], "b": {"x": 2}, "c": null, "d": "", "e": [], "f": "text", "g": false}"#);
        let reading = Reading::default();
        let places = |pointer: &str| -> Vec<String> {
            let records = reading.inside(&account, pointer, "Owner").unwrap();
            records.into_iter().map(|record| record.place).collect()
        };
        assert_eq!(places("/a"), ["/payload/accounts/3/a/0", "/payload/accounts/3/a/1"]);
        assert_eq!(places("/b"), ["/payload/accounts/3/b"]);
        for nothing in ["/c", "/d", "/e", "/g", "/h", "/b/y"] {
            assert_eq!(places(nothing), [""; 0], "{nothing}");
        }
        let error = reading.inside(&account, "/f", "Owner").unwrap_err();
        assert_eq!((error.kind(), error.place()), (ErrorKind::BadRecord, Some("/payload/accounts/3/f")));
        assert_eq!(reading.losses.report().rejected.len(), 1);
    }

    #[test]
    fn what_is_read_apart_does_not_spoil_what_is_around_it() {
        use wealthreader_client::types::Account;
        let account = found(r#"{"uuid": "u", "transactions": [{"amount": "no number"}], "name": "N"}"#);
        let reading = Reading::default();
        let name = |apart: &[&str]| reading.map(&account, apart, |record: Account, _| Ok(record.name));
        assert_eq!(name(&["transactions"]).unwrap().as_deref(), Some("N"));
        let error = name(&[]).unwrap_err();
        assert_eq!(error.place(), Some("/payload/accounts/3/transactions/0/amount"));
        assert!(error.record().unwrap().get().contains("no number"));
        assert!(!format!("{error} {error:?}").contains("no number"));
    }
}
