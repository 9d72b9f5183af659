//! The rules for curated specifications.

mod bare_numbers;
mod code_in_text;
mod envelopes;
mod error_codes;
mod example_presence;
mod examples;
mod extensions;
mod formats;
mod inline_types;
mod mismatch;
mod normalized;
mod operations;
mod pagination;
mod records;
mod reference_siblings;
mod schemas;
mod unknown_keys;
pub(super) mod value_formats;
mod webhooks;

use std::collections::HashSet;

use super::document::Document;
use crate::diagnostic::Problems;
use crate::spec::{Place, Spec};

/// Called by [`super::house()`], in this order.
pub(super) const RULES: &[fn(&Document<'_>, &mut Problems)] = &[
    extensions::check,
    unknown_keys::check,
    formats::check,
    reference_siblings::check,
    operations::check,
    error_codes::check,
    pagination::check,
    envelopes::check,
    webhooks::check,
    schemas::check,
    normalized::check,
    records::check,
    inline_types::check,
    bare_numbers::check,
    code_in_text::check,
    example_presence::check,
    examples::check,
];

/// `application/json`, with or without parameters, and everything that is written in it.
fn is_json(media_type: &str) -> bool {
    let kind = essence(media_type);
    kind == "application/json" || kind.ends_with("+json")
}

/// Media types whose examples are values rather than bytes: JSON and forms.
fn is_structured(media_type: &str) -> bool {
    is_json(media_type) || essence(media_type) == "application/x-www-form-urlencoded"
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or(media_type).trim().to_ascii_lowercase()
}

/// The members of an object schema, those that `allOf` adds included.
fn property<'a>(spec: &'a Spec, schema: &Place<'a>, name: &str) -> Option<Place<'a>> {
    let mut waiting = vec![schema.clone()];
    let mut seen = HashSet::new();
    while let Some(schema) = waiting.pop() {
        let Some(schema) = spec.resolve(&schema) else { continue };
        if !seen.insert(schema.pointer.clone()) {
            continue;
        }
        if let Some(found) = schema.get("properties").and_then(|members| members.get(name)) {
            return Some(found);
        }
        waiting.extend(schema.get("allOf").iter().flat_map(Place::elements));
    }
    None
}

/// Texts as they stand, other scalars as JSON: how enum values and their names are compared.
fn wire(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
