//! Turns a serializable value into name and text pairs, by way of its JSON, so that amounts keep their digits.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of a JSON object in their order.
struct Entries(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;
        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor)
    }
}

/// The members of a JSON object in their order, each as it is written; `None` when the text is no object.
pub(crate) fn members(json: &[u8]) -> Option<Vec<(String, Box<RawValue>)>> {
    serde_json::from_slice(json).ok().map(|Entries(members)| members)
}

/// The members of an object as pairs: `null` is left out, a list repeats its name, a nested object is its JSON text.
///
/// `None` when the value is not an object or does not serialize.
pub(crate) fn pairs<T: Serialize + ?Sized>(value: &T) -> Option<Vec<(String, String)>> {
    let members = members(&serde_json::to_vec(value).ok()?)?;
    let mut pairs = Vec::with_capacity(members.len());
    for (name, value) in members {
        if value.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            for item in items {
                if let Some(text) = text(item)? {
                    pairs.push((name.clone(), text));
                }
            }
        } else if let Some(text) = text(&value)? {
            pairs.push((name, text));
        }
    }
    Some(pairs)
}

/// The text of one JSON value; the inner `None` is `null`.
fn text(value: &RawValue) -> Option<Option<String>> {
    Some(match value.get() {
        "null" => None,
        quoted if quoted.starts_with('"') => Some(serde_json::from_str(quoted).ok()?),
        other => Some(other.to_owned()),
    })
}
