//! Rule: `allOf` is merged before anything looks at it.
//!
//! The generator merges on its own, yet it drops `nullable` beside a reference, refuses parts that repeat a property with
//! another wording, and fails on hierarchies whose base names its own children. Merged here, every object is plain.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::spec::{Place, Spec, pointer};

/// How many merges may stand inside one another before the rest is free-form.
const DEPTH: usize = 24;

/// Keys of a schema that speak of itself, not of those that take it in.
const OWN: [&str; 3] = ["x-rust-name", "deprecated", "title"];

/// A copy of the document without `allOf` in any schema, and without examples, which are half of it and mean no type.
pub(super) fn merge(spec: &Spec) -> Spec {
    spec.with_root(Merger { spec, open: Vec::new() }.rewrite(&spec.root(), false))
}

struct Merger<'a> {
    spec: &'a Spec,
    /// The schemas that are being merged, and where the result will stand.
    open: Vec<(Value, String)>,
}

impl Merger<'_> {
    /// Copies a value; below `opaque` members (enum values, defaults) nothing is a schema.
    fn rewrite(&mut self, place: &Place<'_>, opaque: bool) -> Value {
        match place.value {
            Value::Object(object) if !opaque && is_schema_with_parts(object) => {
                if let Some((_, at)) = self.open.iter().find(|(value, _)| value == place.value) {
                    // A part of itself: what stands further out says it all.
                    return json!({ "$ref": format!("#{}", at.replace('%', "%25")) });
                }
                if self.open.len() >= DEPTH {
                    return Value::Object(Map::new());
                }
                self.open.push((place.value.clone(), place.pointer.clone()));
                let flattened =
                    self.flatten(object.clone(), &place.pointer, false, &mut BTreeSet::from([place.pointer.clone()]));
                let rewritten = match &flattened {
                    Value::Object(object) => self.members(object, &place.pointer),
                    other => other.clone(),
                };
                self.open.pop();
                rewritten
            }
            Value::Object(object) if !opaque => self.members(object, &place.pointer),
            Value::Array(_) if !opaque => {
                Value::Array(place.elements().map(|element| self.rewrite(&element, false)).collect())
            }
            other => other.clone(),
        }
    }

    fn members(&mut self, object: &Map<String, Value>, at: &str) -> Value {
        // In a map of names, `example` is a property of that name.
        let names_members = at.ends_with("/properties") || at.ends_with("/schemas");
        let members = object.iter().filter(|(key, _)| names_members || !matches!(key.as_str(), "example" | "examples"));
        let members = members.map(|(key, value)| {
            let child = Place { pointer: pointer::child(at, key), value };
            let opaque = !names_members && matches!(key.as_str(), "enum" | "default");
            (key.clone(), self.rewrite(&child, opaque))
        });
        Value::Object(members.collect())
    }

    /// One schema that says what all parts say together. `seen` are the schemas that this one is a part of.
    fn flatten(&self, mut own: Map<String, Value>, at: &str, is_part: bool, seen: &mut BTreeSet<String>) -> Value {
        if is_part && (own.contains_key("discriminator") || self.lists(&own, seen)) {
            // A base that lists its children would bring them all into each of them.
            own.retain(|key, _| !matches!(key.as_str(), "oneOf" | "anyOf" | "discriminator"));
        }
        let Some(Value::Array(parts)) = own.remove("allOf") else {
            return if is_part { Value::Object(own) } else { self.distribute(own) };
        };
        let says_more = own.keys().any(|key| {
            matches!(key.as_str(), "properties" | "additionalProperties" | "oneOf" | "anyOf" | "items" | "enum")
        });
        if let ([Value::Object(only)], false) = (parts.as_slice(), says_more) {
            // `allOf: [$ref]` is how a reference gets a description or `nullable` of its own.
            if only.contains_key("$ref") {
                own.remove("type");
                let mut reference = only.clone();
                reference.extend(own);
                return Value::Object(reference);
            }
        }
        let mut merged = Map::new();
        for (index, part) in parts.iter().enumerate() {
            let place = Place { pointer: format!("{at}/allOf/{index}"), value: part };
            let Some(target) = self.spec.resolve(&place) else { continue };
            let Some(object) = target.value.as_object() else { continue };
            if !seen.insert(target.pointer.clone()) {
                continue;
            }
            let mut object = object.clone();
            if part.get("$ref").is_some() {
                object.retain(|key, _| !OWN.contains(&key.as_str()));
            }
            add(&mut merged, self.flatten(object, &target.pointer, true, seen));
            seen.remove(&target.pointer);
        }
        add(&mut merged, Value::Object(own));
        self.distribute(merged)
    }

    /// Whether one of these is an alternative of it.
    fn lists(&self, object: &Map<String, Value>, seen: &BTreeSet<String>) -> bool {
        let arms = ["oneOf", "anyOf"].into_iter().filter_map(|key| object.get(key)?.as_array()).flatten();
        arms.filter_map(|arm| arm.get("$ref")?.as_str())
            .filter_map(|reference| self.spec.follow(reference))
            .any(|target| seen.contains(&target.pointer))
    }

    /// `{properties, oneOf: [A, B]}` is `oneOf: [{properties} + A, {properties} + B]`.
    fn distribute(&self, mut merged: Map<String, Value>) -> Value {
        let shared_names: BTreeSet<String> = merged
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|members| members.keys().cloned())
            .collect();
        let Some(key) = ["oneOf", "anyOf"].into_iter().find(|key| merged.get(*key).is_some_and(Value::is_array)) else {
            return Value::Object(merged);
        };
        if shared_names.is_empty() {
            return Value::Object(merged);
        }
        let Some(Value::Array(arms)) = merged.remove(key) else { return Value::Object(merged) };
        if arms.iter().all(is_only_a_condition) {
            // "one of these members must be there" is a rule for values, not another type.
            return Value::Object(merged);
        }
        let arms = arms.into_iter().map(|arm| {
            let reference = arm.get("$ref").and_then(Value::as_str);
            let named = reference.and_then(|reference| self.spec.follow(reference)).is_some_and(|target| {
                let mut known = BTreeSet::new();
                self.declared(&target, &mut BTreeSet::new(), &mut known);
                shared_names.is_subset(&known)
            });
            if named {
                return arm;
            }
            let shared = merged
                .iter()
                .filter(|(key, _)| matches!(key.as_str(), "type" | "properties" | "required" | "additionalProperties"));
            let shared: Map<String, Value> = shared.map(|(key, value)| (key.clone(), value.clone())).collect();
            let mut whole = json!({ "allOf": [Value::Object(shared), arm] });
            // Without its reference it would have no name.
            if let Some(name) = reference.map(pointer::last) {
                whole["title"] = Value::String(name);
            }
            whole
        });
        let mut union = Map::new();
        union.insert("oneOf".to_owned(), Value::Array(arms.collect()));
        union.extend(merged.into_iter().filter(|(key, _)| {
            matches!(key.as_str(), "description" | "nullable" | "deprecated" | "discriminator" | "x-rust-name")
        }));
        Value::Object(union)
    }

    /// The names of the properties that a schema has in all.
    fn declared(&self, place: &Place<'_>, seen: &mut BTreeSet<String>, names: &mut BTreeSet<String>) {
        let Some(place) = self.spec.resolve(place).filter(|place| seen.insert(place.pointer.clone())) else { return };
        names
            .extend(place.get("properties").iter().flat_map(|members| members.members()).map(|(name, _)| name.clone()));
        for part in place.get("allOf").iter().flat_map(Place::elements) {
            self.declared(&part, seen, names);
        }
    }
}

fn is_schema_with_parts(object: &Map<String, Value>) -> bool {
    let is_list = |key: &str| object.get(key).is_some_and(Value::is_array);
    let has_properties = object.get("properties").and_then(Value::as_object).is_some_and(|members| !members.is_empty());
    is_list("allOf") || (has_properties && (is_list("oneOf") || is_list("anyOf")))
}

/// An alternative that asks for members without describing any.
fn is_only_a_condition(arm: &Value) -> bool {
    let describes = ["$ref", "allOf", "oneOf", "anyOf", "properties", "additionalProperties", "items", "enum"];
    arm.as_object().is_some_and(|arm| {
        !describes.iter().any(|key| arm.contains_key(*key)) && arm.get("type").is_none_or(|kind| kind == "object")
    })
}

/// Adds what one part says; later words win over earlier ones, members come together.
fn add(merged: &mut Map<String, Value>, part: Value) {
    let Value::Object(part) = part else { return };
    for (key, value) in part {
        match (key.as_str(), merged.get_mut(&key), value) {
            ("properties", Some(Value::Object(have)), Value::Object(more)) => {
                for (name, schema) in more {
                    match (have.get_mut(&name), schema) {
                        (Some(Value::Object(old)), Value::Object(new))
                            if !new.contains_key("$ref") && !old.contains_key("$ref") =>
                        {
                            old.extend(new)
                        }
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

#[cfg(test)]
mod tests {
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
        assert_eq!(
            merged(schemas, "B"),
            json!({"$ref": "#/components/schemas/A", "nullable": true, "description": "x"})
        );
    }

    #[test]
    fn a_base_that_lists_its_children_ends() {
        let schemas = json!({
            "Pet": {"discriminator": {"propertyName": "kind"}, "properties": {"kind": {"type": "string"}}, "oneOf": [{"$ref": "#/components/schemas/Cat"}]},
            "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"lives": {"type": "integer"}}}]}
        });
        assert_eq!(
            merged(schemas, "Cat"),
            json!({"properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}})
        );
    }

    #[test]
    fn circles_end() {
        let schemas = json!({"A": {"allOf": [{"$ref": "#/components/schemas/B"}, {"properties": {"a": {}}}]}, "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"b": {}}}]}});
        assert_eq!(merged(schemas, "A")["properties"]["b"], json!({}));
    }
    #[test]
    fn a_part_of_itself_ends() {
        let whole =
            json!({"allOf": [{"$ref": "#/components/schemas/Node"}, {"properties": {"weight": {"type": "number"}}}]});
        let schemas = json!({"Node": {"type": "object", "properties": {"next": whole}}});
        let next = &merged(schemas, "Node")["properties"]["next"];
        assert_eq!(next["properties"]["next"], json!({"$ref": "#/components/schemas/Node/properties/next"}));
        assert_eq!(next["properties"]["weight"], json!({"type": "number"}));
    }

    #[test]
    fn a_base_without_a_discriminator_ends_too() {
        let schemas = json!({
            "Pet": {"properties": {"kind": {"type": "string"}}, "anyOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]},
            "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"lives": {"type": "integer"}}}]},
            "Dog": {"properties": {"tail": {"type": "boolean"}}}
        });
        assert_eq!(
            merged(schemas.clone(), "Cat"),
            json!({"properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}})
        );
        let dog = json!({"title": "Dog", "properties": {"kind": {"type": "string"}, "tail": {"type": "boolean"}}});
        assert_eq!(merged(schemas, "Pet"), json!({"oneOf": [{"$ref": "#/components/schemas/Cat"}, dog]}));
    }

    #[test]
    fn shared_members_reach_every_alternative_and_conditions_are_no_types() {
        let alternatives =
            json!({"A": {"properties": {"id": {}}, "oneOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}});
        assert_eq!(
            merged(alternatives, "A"),
            json!({"oneOf": [{"properties": {"id": {}, "a": {}}}, {"properties": {"id": {}, "b": {}}}]})
        );
        let conditions =
            json!({"A": {"properties": {"a": {}, "b": {}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}});
        assert_eq!(merged(conditions, "A"), json!({"properties": {"a": {}, "b": {}}}));
    }
}
