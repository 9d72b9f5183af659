//! Blanking what a schema marks as secret or personal.

use serde_json::Value;

use super::Schemas;
use crate::record::REDACTED;

/// Replaces every marked value. A member that no schema declares may be anything, so that it goes too.
pub(crate) fn redact(schemas: &Schemas, schema: &Value, value: &mut Value) {
    walk(schemas, &[schema], value);
}

fn walk(schemas: &Schemas, among: &[&Value], value: &mut Value) {
    let mut arms = Vec::new();
    for schema in among {
        schemas.expand(schema, &mut arms);
    }
    if arms.iter().any(|arm| arm.get("x-sensitive").is_some()) {
        if !value.is_null() {
            *value = Value::String(REDACTED.to_owned());
        }
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
