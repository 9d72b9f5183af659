//! Counting members of records that feed no field of the model.

use serde_json::Value;

use crate::fields::{Schema, schemas};
use crate::losses::{LossReport, Losses, general};
use crate::source::Source;

/// Counts the members of a record that have a value and feed nothing.
pub(crate) fn count(source: &Source, losses: &Losses) {
    let Some(schema) = schema(source) else { return };
    let Ok(record) = serde_json::from_slice::<Value>(&source.bytes()) else { return };
    losses.with(|report| walk(schema, &record, &mut String::new(), report));
}

/// What the specification declares of a record.
pub(crate) fn schema(source: &Source) -> Option<&'static Schema> {
    Schema::find(schemas(source.provider()), source.schema())
}

fn walk(schema: &'static Schema, value: &Value, pointer: &mut String, report: &mut LossReport) {
    let length = pointer.len();
    match value {
        Value::Null => return,
        Value::String(text) if text.is_empty() => return,
        Value::Object(members) => {
            // Another record is counted where it is read itself.
            if length > 0 && schema.matching(pointer).is_some_and(|field| field.record.is_some()) {
                return;
            }
            for (name, value) in members {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                walk(schema, value, pointer, report);
                pointer.truncate(length);
            }
            return;
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                pointer.push('/');
                pointer.push_str(&index.to_string());
                walk(schema, value, pointer, report);
                pointer.truncate(length);
            }
            return;
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    let counts = match schema.matching(pointer) {
        Some(field) if !field.normalized.is_empty() || field.record.is_some() => return,
        // Names inside a free-form map may be data; the map's own name says enough.
        Some(field) => report.unmapped.entry(format!("{}{}", schema.name, field.path)).or_default(),
        None => report.undeclared.entry(format!("{}{}", schema.name, general(pointer))).or_default(),
    };
    *counts += 1;
}
