//! Rule: `allOf` is merged before anything looks at it.
//!
//! The generator merges on its own, yet it drops `nullable` beside a reference, refuses parts that repeat a property with
//! another wording, and fails on hierarchies whose base names its own children. Merged here, every object is plain.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::spec::{Place, Spec};

/// A copy of the document without `allOf` in any schema.
pub(super) fn merge(spec: &Spec) -> Spec {
    let mut merged = spec.clone();
    merged.root = rewrite(spec, &spec.root(), false);
    merged
}

/// Copies a value; below `opaque` members (examples, enum values, defaults) nothing is a schema.
fn rewrite(spec: &Spec, place: &Place<'_>, opaque: bool) -> Value {
    match place.value {
        Value::Object(object) if !opaque => {
            let flattened;
            let (object, pointer) = if is_schema_with_parts(object) {
                flattened = flatten(spec, place, &mut BTreeSet::new());
                (flattened.as_object().unwrap_or(object), place.pointer.clone())
            } else {
                (object, place.pointer.clone())
            };
            let here = Place { pointer, value: place.value };
            // In a map of names, `example` is a property of that name.
            let names_members = here.pointer.ends_with("/properties") || here.pointer.ends_with("/schemas");
            let members = object.iter().map(|(key, value)| {
                let child = Place { pointer: crate::spec::pointer::child(&here.pointer, key), value };
                (key.clone(), rewrite(spec, &child, !names_members && matches!(key.as_str(), "example" | "examples" | "enum" | "default")))
            });
            Value::Object(members.collect())
        }
        Value::Array(_) if !opaque => Value::Array(place.elements().map(|element| rewrite(spec, &element, false)).collect()),
        other => other.clone(),
    }
}

fn is_schema_with_parts(object: &Map<String, Value>) -> bool {
    object.get("allOf").is_some_and(Value::is_array)
}

/// One schema that says what all parts say together.
fn flatten(spec: &Spec, place: &Place<'_>, seen: &mut BTreeSet<String>) -> Value {
    let Some(object) = place.value.as_object() else { return place.value.clone() };
    let Some(parts) = place.get("allOf") else { return place.value.clone() };
    let mut own = object.clone();
    own.remove("allOf");

    let parts: Vec<Place<'_>> = parts.elements().collect();
    let says_more = own.keys().any(|key| matches!(key.as_str(), "properties" | "additionalProperties" | "oneOf" | "anyOf" | "items" | "enum"));
    if let ([only], false) = (parts.as_slice(), says_more) {
        // `allOf: [$ref]` is how a reference gets a description or `nullable` of its own.
        if only.value.get("$ref").is_some() {
            own.remove("type");
            let mut reference = only.value.as_object().cloned().unwrap_or_default();
            reference.extend(own);
            return Value::Object(reference);
        }
    }

    let mut merged = Map::new();
    for part in &parts {
        let Some(target) = spec.resolve(part) else { continue };
        if !seen.insert(target.pointer.clone()) {
            continue;
        }
        let mut flat = flatten(spec, &target, seen);
        if let (Some(flat), Some(_)) = (flat.as_object_mut(), target.get("discriminator")) {
            // A base that lists its children would bring them all into each of them.
            for key in ["oneOf", "anyOf", "discriminator"] {
                flat.remove(key);
            }
        }
        add(&mut merged, flat);
        seen.remove(&target.pointer);
    }
    add(&mut merged, Value::Object(own));
    distribute(merged)
}

/// Adds what one part says; later words win over earlier ones, members come together.
fn add(merged: &mut Map<String, Value>, part: Value) {
    let Value::Object(part) = part else { return };
    for (key, value) in part {
        match (key.as_str(), merged.get_mut(&key), value) {
            ("properties", Some(Value::Object(have)), Value::Object(more)) => {
                for (name, schema) in more {
                    match (have.get_mut(&name), schema) {
                        (Some(Value::Object(old)), Value::Object(new)) if !new.contains_key("$ref") && !old.contains_key("$ref") => old.extend(new),
                        (_, schema) => {
                            have.insert(name, schema);
                        }
                    }
                }
            }
            ("required", Some(Value::Array(have)), Value::Array(more)) => {
                for name in more {
                    if !have.contains(&name) {
                        have.push(name);
                    }
                }
            }
            // Two unions at once cannot be told apart by trying: the second one's members stay free-form.
            ("oneOf" | "anyOf", Some(_), _) => {
                merged.insert("additionalProperties".to_owned(), Value::Object(Map::new()));
            }
            // A closed part does not close the whole.
            ("additionalProperties", _, Value::Bool(false)) => {}
            (_, _, value) => {
                merged.insert(key, value);
            }
        }
    }
}

/// `{properties, oneOf: [A, B]}` is `oneOf: [{properties} + A, {properties} + B]`.
fn distribute(mut merged: Map<String, Value>) -> Value {
    let has_properties = merged.get("properties").and_then(Value::as_object).is_some_and(|members| !members.is_empty());
    let Some(key) = ["oneOf", "anyOf"].into_iter().find(|key| merged.contains_key(*key)) else { return Value::Object(merged) };
    if !has_properties {
        return Value::Object(merged);
    }
    let Some(Value::Array(arms)) = merged.remove(key) else { return Value::Object(merged) };
    let only_required = arms.iter().all(|arm| arm.as_object().is_some_and(|arm| arm.keys().all(|key| key == "required" || key == "title")));
    if only_required {
        // "one of these members must be there" is a rule for values, not another type.
        return Value::Object(merged);
    }
    let description = merged.get("description").cloned();
    let nullable = merged.remove("nullable");
    let arms = arms.into_iter().map(|arm| {
        let shared: Map<String, Value> = merged.iter().filter(|(key, _)| matches!(key.as_str(), "properties" | "required" | "additionalProperties")).map(|(key, value)| (key.clone(), value.clone())).collect();
        serde_json::json!({ "allOf": [Value::Object(shared), arm] })
    });
    let mut union = Map::new();
    union.insert("oneOf".to_owned(), Value::Array(arms.collect()));
    union.extend(description.map(|text| ("description".to_owned(), text)));
    union.extend(nullable.map(|flag| ("nullable".to_owned(), flag)));
    Value::Object(union)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn merged(schemas: Value, name: &str) -> Value {
        let document = json!({ "components": { "schemas": schemas } }).to_string();
        let spec = Spec::parse(&document, "test.json", true).unwrap_or_else(|error| panic!("{error}"));
        merge(&spec).root["components"]["schemas"][name].clone()
    }

    #[test]
    fn parts_come_together() {
        let schemas = json!({
            "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
            "Child": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"required": ["name"], "properties": {"name": {"type": "string"}}}]}
        });
        let expected = json!({"type": "object", "required": ["id", "name"], "properties": {"id": {"type": "string"}, "name": {"type": "string"}}});
        assert_eq!(merged(schemas, "Child"), expected);
    }

    #[test]
    fn a_single_reference_keeps_its_own_words() {
        let schemas = json!({"A": {"type": "object"}, "B": {"nullable": true, "type": "object", "description": "x", "allOf": [{"$ref": "#/components/schemas/A"}]}});
        assert_eq!(merged(schemas, "B"), json!({"$ref": "#/components/schemas/A", "nullable": true, "description": "x"}));
    }

    #[test]
    fn a_base_that_lists_its_children_ends() {
        let schemas = json!({
            "Pet": {"discriminator": {"propertyName": "kind"}, "properties": {"kind": {"type": "string"}}, "oneOf": [{"$ref": "#/components/schemas/Cat"}]},
            "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"lives": {"type": "integer"}}}]}
        });
        assert_eq!(merged(schemas, "Cat"), json!({"properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}}));
    }

    #[test]
    fn circles_end() {
        let schemas = json!({"A": {"allOf": [{"$ref": "#/components/schemas/B"}, {"properties": {"a": {}}}]}, "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"b": {}}}]}});
        assert_eq!(merged(schemas, "A")["properties"]["b"], json!({}));
    }
}
