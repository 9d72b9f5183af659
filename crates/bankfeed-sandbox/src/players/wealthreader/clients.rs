//! Who calls: the key in form, JSON or query.

use serde_json::Value;

use crate::access::{WEALTHREADER_API_KEY, WEALTHREADER_SECOND_API_KEY};
use crate::call::{Call, Received};
use crate::playbook::Operation;

/// One of the two keys, by its index.
pub(super) type Client = usize;

/// Whose key it is.
pub(super) fn of_key(key: &str) -> Option<Client> {
    [WEALTHREADER_API_KEY, WEALTHREADER_SECOND_API_KEY].iter().position(|known| *known == key)
}

/// Both keys.
pub(super) const KEYS: [&str; 2] = [WEALTHREADER_API_KEY, WEALTHREADER_SECOND_API_KEY];

/// The key of a request as it came, before anything of it was checked.
pub(super) fn key(operation: &Operation, received: &Received) -> Option<String> {
    let Some(body) = &operation.body else {
        return member(received.query.as_deref().unwrap_or_default().as_bytes());
    };
    if body.content.iter().any(|content| content.media == "application/json") {
        let body: Value = serde_json::from_slice(&received.body).ok()?;
        return body["api_key"].as_str().map(str::to_owned);
    }
    member(&received.body)
}

fn member(form: &[u8]) -> Option<String> {
    form_urlencoded::parse(form).find(|(name, _)| name == "api_key").map(|(_, value)| value.into_owned())
}

/// Who makes a call whose key was found right.
pub(super) fn of_call(call: &Call) -> Client {
    key(&call.operation, &call.received).and_then(|key| of_key(&key)).unwrap_or_default()
}
