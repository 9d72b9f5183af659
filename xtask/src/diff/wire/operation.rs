//! What an operation says apart from its parameters.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::change::Severity;
use super::super::kind::Kind;
use super::{Pair, Spot, Walk, from_to};
use crate::spec::pointer;

const KNOWN: [&str; 14] = [
    "operationId",
    "tags",
    "parameters",
    "requestBody",
    "responses",
    "deprecated",
    "security",
    "servers",
    "x-pagination",
    "x-retry",
    "x-timeout",
    "x-errors",
    "x-rust-name",
    "$ref",
];

impl<'a> Walk<'a> {
    pub(super) fn operation(&mut self, pair: &Pair<'a>) {
        if pair.a.value == pair.b.value {
            // What it refers to is looked at where it stands.
            return;
        }
        self.text_key(pair, "tags", Kind::TagsChanged, Severity::Safe);
        self.text_key(pair, "x-retry", Kind::RetryChanged, Severity::Careful);
        self.text_key(pair, "x-timeout", Kind::TimeoutChanged, Severity::Careful);
        self.text_key(pair, "servers", Kind::ServersChanged, Severity::Careful);
        self.text_key(pair, "security", Kind::SecurityChanged, Severity::Careful);
        self.pagination(pair);
        self.errors(pair);
        self.common(pair);
        self.body(pair);
        self.answers(pair);
        self.rest(pair, &KNOWN);
    }

    fn pagination(&mut self, pair: &Pair<'a>) {
        let (was, is) = pair.both("x-pagination");
        if was == is {
            return;
        }
        let (kind, wire) = match (was, is) {
            (None, _) => (Kind::PaginationAdded, "continues as a list now".to_owned()),
            (_, None) => (Kind::PaginationRemoved, "no longer continues as a list".to_owned()),
            (Some(a), Some(b)) => {
                let differing = super::keys(a, b).into_iter().filter(|key| a.get(key) != b.get(key));
                let words: Vec<String> =
                    differing.map(|key| format!("{key}: {}", from_to(a.get(key), b.get(key)))).collect();
                (Kind::PaginationChanged, format!("how the list continues: {}", words.join(", ")))
            }
        };
        let values = (was.cloned().unwrap_or_default(), is.cloned().unwrap_or_default());
        let severity = if kind == Kind::PaginationAdded { Severity::Safe } else { Severity::Careful };
        self.note(pair, kind, severity, wire, values);
    }

    /// The documented error codes by status.
    fn errors(&mut self, pair: &Pair<'a>) {
        let (was, is) = (codes(pair.a.value), codes(pair.b.value));
        let at = |status: &str, code: &str| {
            format!("{}/x-errors/{status}/{}", pair.at, pointer::child("", code).trim_start_matches('/'))
        };
        let spot = |status: &str, code: &str| Spot { at: at(status, code), subject: pair.subject.clone(), way: None };
        for (status, code) in was.difference(&is) {
            let wire = format!("error code `{code}` is no longer documented under {status}");
            self.removed(spot(status, code), &pair.a, Kind::ErrorCodeRemoved, Severity::Safe, wire);
            self.error_values(pair, code, false);
        }
        for (status, code) in is.difference(&was) {
            let wire = format!("error code `{code}` is documented under {status}");
            self.added(spot(status, code), &pair.b, Kind::ErrorCodeAdded, Severity::Safe, wire);
            self.error_values(pair, code, true);
        }
        if was == is && pair.differs("x-errors") && codes_in_order(pair.a.value).is_empty() != is.is_empty() {
            self.unknown(pair, "x-errors");
        }
    }

    fn error_values(&mut self, pair: &Pair<'a>, code: &str, added: bool) {
        if let Some(last) = self.found.last_mut() {
            (last.old, last.new) = (Some(pair.a.pointer.clone()), Some(pair.b.pointer.clone()));
            (last.before, last.after) = if added { (Value::Null, json!(code)) } else { (json!(code), Value::Null) };
        }
    }
}

fn codes_in_order(operation: &Value) -> Vec<(String, String)> {
    let statuses = operation.get("x-errors").and_then(Value::as_object);
    let mut found = Vec::new();
    for (status, codes) in statuses.into_iter().flatten() {
        let codes = codes.as_array().into_iter().flatten().filter_map(Value::as_str);
        found.extend(codes.map(|code| (status.clone(), code.to_owned())));
    }
    found
}

fn codes(operation: &Value) -> BTreeSet<(String, String)> {
    codes_in_order(operation).into_iter().collect()
}
