//! What was received and sent, for tests to look at. Secrets and personal data are redacted before anything is kept.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use http::header::{AUTHORIZATION, COOKIE};
use serde_json::Value;

use crate::call::Received;
use crate::playbook::{Content, Operation, Playbook};
use crate::{Provider, check};

/// What stands in place of a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// A request that the sandbox received. Secrets and personal data in it read `[redacted]`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Recorded {
    /// For whom it was.
    pub provider: Provider,
    /// Such as `list_accounts`; empty when no operation has the path.
    pub operation: String,
    /// Such as `GET`.
    pub method: String,
    /// The path below the provider's root, without the query.
    pub path: String,
    /// Names and decoded values, in their order.
    pub query: Vec<(String, String)>,
    /// Names in lower case, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// The JSON body, or the members of a form, all of them text; null without a body or with an unreadable one.
    pub body: Value,
    /// What was answered; 0 when the connection was cut instead.
    pub status: u16,
    /// Why it was refused, as in the header `x-sandbox-refused`.
    pub refused: Option<String>,
}

/// The latest requests.
pub(crate) struct Record {
    limit: usize,
    requests: Mutex<VecDeque<Recorded>>,
}

impl Record {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, requests: Mutex::default() }
    }

    pub(crate) fn keeps(&self) -> bool {
        self.limit > 0
    }

    pub(crate) fn add(&self, request: Recorded) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() == self.limit {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn all(&self) -> Vec<Recorded> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Recorded {
    /// Before the answer is known.
    pub(crate) fn of(provider: Provider, operation: Option<&Operation>, received: &Received) -> Self {
        let secret = |name: &str| operation.is_none_or(|operation| is_sensitive(operation, name));
        let shown = |name: &str, value: &str| if secret(name) { REDACTED.to_owned() } else { value.to_owned() };
        let query = form_urlencoded::parse(received.query.as_deref().unwrap_or_default().as_bytes())
            .map(|(name, value)| (named(&name, &value), shown(&name, &value)));
        let headers = received.headers.iter().map(|(name, value)| {
            let plain = PLAIN_HEADERS.contains(&name.as_str()) || operation.is_some_and(|o| declares(o, name.as_str()));
            let hidden = !plain || *name == AUTHORIZATION || *name == COOKIE;
            let value = if hidden { REDACTED } else { value.to_str().unwrap_or("[not text]") };
            (name.as_str().to_owned(), value.to_owned())
        });
        Self {
            provider,
            operation: operation.map(|operation| operation.id.clone()).unwrap_or_default(),
            method: received.method.to_string(),
            path: path(operation, received),
            query: query.collect(),
            headers: headers.collect(),
            body: body(Playbook::of(provider), operation, received),
            status: 0,
            refused: None,
        }
    }
}

/// Headers that are never secret.
const PLAIN_HEADERS: &[&str] = &[
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "expires-at",
    "host",
    "user-agent",
    "x-sandbox-fault",
];

fn declares(operation: &Operation, name: &str) -> bool {
    operation.parameters.iter().any(|parameter| parameter.name.eq_ignore_ascii_case(name) && !parameter.sensitive)
}

/// A body of another kind, read as a form, is one long name.
fn named(name: &str, value: &str) -> String {
    check::shown(name, value).unwrap_or(REDACTED).to_owned()
}

/// A parameter that nobody declared may be anything, a misplaced key for example.
fn is_sensitive(operation: &Operation, name: &str) -> bool {
    operation.parameters.iter().find(|parameter| parameter.name == name).is_none_or(|parameter| parameter.sensitive)
}

/// A sensitive segment of the path is replaced by its name.
fn path(operation: Option<&Operation>, received: &Received) -> String {
    let Some(operation) = operation else { return received.shown_path() };
    if !operation.parameters.iter().any(|p| p.sensitive && p.holder == crate::playbook::Holder::Path) {
        return received.path.clone();
    }
    let template: Vec<&str> = operation.path.split('/').collect();
    let segments: Vec<&str> = received.path.split('/').collect();
    let base = segments.len() - template.len();
    let shown = segments.iter().enumerate().map(|(index, segment)| {
        let name = index.checked_sub(base).and_then(|index| template.get(index)?.strip_prefix('{')?.strip_suffix('}'));
        if name.is_some_and(|name| is_sensitive(operation, name)) { REDACTED } else { segment }
    });
    shown.collect::<Vec<_>>().join("/")
}

fn body(book: &Playbook, operation: Option<&Operation>, received: &Received) -> Value {
    let Some(expected) = operation.and_then(|operation| operation.body.as_ref()) else { return Value::Null };
    let Some(content) = expected.content.first() else { return Value::Null };
    let mut value = match serde_json::from_slice(&received.body) {
        Ok(value) => value,
        Err(_) if content.media.ends_with("urlencoded") => {
            let members = form_urlencoded::parse(&received.body);
            Value::Object(
                members.map(|(name, value)| (named(&name, &value), Value::String(value.into_owned()))).collect(),
            )
        }
        Err(_) => return Value::Null,
    };
    redact(book, content, &mut value);
    value
}

/// Blanks what the schema marks, and every member that it does not know.
fn redact(book: &Playbook, content: &Content, value: &mut Value) {
    match &content.schema {
        Some(schema) => crate::playbook::redact(&book.schemas, book.schemas.get(schema), value),
        None => *value = Value::String(REDACTED.to_owned()),
    }
}

#[cfg(test)]
mod tests;
