//! Blanking what a schema marks as secret or personal.

use serde_json::Value;

use super::Schemas;
use crate::record::REDACTED;

/// Replaces every marked value. What no schema declares may be anything, so that it goes too: members without a name in the schema, and
/// values of another kind than it says.
pub(crate) fn redact(schemas: &Schemas, schema: &Value, value: &mut Value) {
    walk(schemas, &[schema], value);
}

fn walk(schemas: &Schemas, among: &[&Value], value: &mut Value) {
    let mut arms = Vec::new();
    for schema in among {
        schemas.expand(schema, &mut arms);
    }
    let foreign = match value {
        Value::Null => return,
        Value::Object(_) => false,
        Value::Array(_) => !arms.iter().any(|arm| arm.get("items").is_some()),
        _ => !arms.iter().any(|arm| is_plain(arm) || is_list_of_plain(schemas, arm)),
    };
    if foreign || arms.iter().any(|arm| is_marked(arm)) {
        *value = Value::String(REDACTED.to_owned());
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let declared: Vec<&Value> = arms.iter().filter_map(|arm| arm["properties"].get(name)).collect();
                if declared.is_empty() {
                    *member = Value::String(REDACTED.to_owned());
                } else {
                    walk(schemas, &declared, member);
                }
            }
        }
        Value::Array(elements) => {
            let inner: Vec<&Value> = arms.iter().filter_map(|arm| arm.get("items")).collect();
            for element in elements {
                walk(schemas, &inner, element);
            }
        }
        _ => {}
    }
}

fn is_marked(schema: &Value) -> bool {
    schema.get("x-sensitive").is_some()
}

/// It speaks of texts, numbers or truth.
fn is_plain(schema: &Value) -> bool {
    let plain = |kind: &Value| matches!(kind.as_str(), Some("string" | "number" | "integer" | "boolean"));
    plain(&schema["type"]) || schema["type"].as_array().is_some_and(|kinds| kinds.iter().any(plain))
}

/// Lists of them travel as one text in forms.
fn is_list_of_plain(schemas: &Schemas, schema: &Value) -> bool {
    let mut arms = Vec::new();
    if let Some(items) = schema.get("items") {
        schemas.expand(items, &mut arms);
    }
    arms.iter().any(|arm| is_plain(arm)) && !arms.iter().any(|arm| is_marked(arm))
}
