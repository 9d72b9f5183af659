//! Members of a JSON body that no schema declares: real providers ignore them, and the caller never learns of the misspelling.

use serde_json::Value;

use super::names;
use crate::playbook::Schemas;

/// The first member that is declared nowhere: its pointer, and what to say.
pub(super) fn find(schemas: &Schemas, schema: &Value, value: &Value) -> Option<(String, String)> {
    walk(schemas, &[schema], value, String::new())
}

fn walk(schemas: &Schemas, among: &[&Value], value: &Value, pointer: String) -> Option<(String, String)> {
    let mut arms = Vec::new();
    for schema in among {
        schemas.expand(schema, &mut arms);
    }
    match value {
        Value::Object(members) => {
            // A schema that says nothing of members takes any.
            let open =
                arms.iter().any(|arm| arm.get("additionalProperties").is_some_and(|rest| *rest != Value::Bool(false)))
                    || !arms.iter().any(|arm| arm.get("properties").is_some());
            members.iter().find_map(|(name, member)| {
                let place = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                let declared: Vec<&Value> = arms.iter().filter_map(|arm| arm["properties"].get(name)).collect();
                if !declared.is_empty() {
                    return walk(schemas, &declared, member, place);
                }
                if open {
                    return None;
                }
                let known: Vec<&str> = arms
                    .iter()
                    .flat_map(|arm| arm["properties"].as_object().into_iter().flatten())
                    .map(|(name, _)| name.as_str())
                    .collect();
                Some((place, names::undeclared(name, known.iter().copied())))
            })
        }
        Value::Array(elements) => {
            let inner: Vec<&Value> = arms.iter().filter_map(|arm| arm.get("items")).collect();
            if inner.is_empty() {
                return None;
            }
            elements
                .iter()
                .enumerate()
                .find_map(|(index, element)| walk(schemas, &inner, element, format!("{pointer}/{index}")))
        }
        _ => None,
    }
}
