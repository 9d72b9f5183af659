//! Schemas of OpenAPI 3.0 as JSON Schema (draft 4), so that a standard validator can judge values by them.
//!
//! Draft 4 is the nearest relative: it shares the boolean `exclusiveMinimum`. What differs is `nullable`, which becomes a type.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::spec::{Place, Spec};

/// Keywords that mean the same in both.
const SHARED: &[&str] = &[
    "type",
    "enum",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "required",
    // Judges nothing; whoever shows values reads it.
    "x-sensitive",
];

/// Translated schemas by their place in the specification, together with everything that they refer to.
pub(crate) struct Definitions<'a> {
    spec: &'a Spec,
    names: HashMap<String, String>,
    waiting: Vec<Place<'a>>,
    translated: Map<String, Value>,
}

impl<'a> Definitions<'a> {
    pub(crate) fn new(spec: &'a Spec) -> Self {
        Self { spec, names: HashMap::new(), waiting: Vec::new(), translated: Map::new() }
    }

    /// Takes a schema in; gives the fragment of [`Self::document`] under which it is found.
    pub(crate) fn add(&mut self, schema: &Place<'a>) -> String {
        let fragment = self.refer(schema);
        while let Some(next) = self.waiting.pop() {
            let value = self.schema(&next);
            let name = self.name(&next.pointer);
            self.translated.insert(name, value);
        }
        fragment
    }

    /// One JSON Schema document that holds everything taken in.
    pub(crate) fn document(self) -> Value {
        json!({ "definitions": self.translated })
    }

    fn refer(&mut self, schema: &Place<'a>) -> String {
        if !self.names.contains_key(&schema.pointer) {
            self.waiting.push(schema.clone());
        }
        format!("#/definitions/{}", self.name(&schema.pointer))
    }

    /// Components by their own name; others numbered, because pointers hold characters that a reference would have to escape twice.
    fn name(&mut self, pointer: &str) -> String {
        let next = match pointer.strip_prefix("/components/schemas/") {
            Some(name) if !name.contains(['/', '~', '%']) => name.to_owned(),
            _ => format!("-{}", self.names.len()),
        };
        self.names.entry(pointer.to_owned()).or_insert(next).clone()
    }

    fn schema(&mut self, place: &Place<'a>) -> Value {
        if place.text("$ref").is_some() {
            return match self.spec.resolve(place) {
                Some(target) => json!({ "$ref": self.refer(&target) }),
                // A broken reference is told by its own rule; here it judges nothing.
                None => json!({}),
            };
        }
        let mut out = Map::new();
        for key in SHARED {
            if let Some(value) = place.get(key) {
                out.insert((*key).to_owned(), value.value.clone());
            }
        }
        // On a number the format says how to read it, not what its text looks like; a wrong type would be told twice.
        if place.text("type").is_some_and(|kind| kind != "string") {
            out.remove("format");
        }
        // The specification allows an empty list, draft 4 does not.
        if out.get("required").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            out.remove("required");
        }
        if let Some(members) = place.get("properties") {
            let members: Map<String, Value> =
                members.members().map(|(name, member)| (name.clone(), self.schema(&member))).collect();
            out.insert("properties".to_owned(), Value::Object(members));
        }
        for key in ["items", "additionalProperties", "not"] {
            if let Some(inner) = place.get(key) {
                let translated = if inner.value.is_boolean() { inner.value.clone() } else { self.schema(&inner) };
                out.insert(key.to_owned(), translated);
            }
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            let arms: Vec<Value> =
                place.get(key).iter().flat_map(Place::elements).map(|arm| self.schema(&arm)).collect();
            if !arms.is_empty() {
                out.insert(key.to_owned(), Value::Array(arms));
            }
        }
        if place.flag("nullable") { nullable(out) } else { Value::Object(out) }
    }
}

fn nullable(mut schema: Map<String, Value>) -> Value {
    let composed = ["allOf", "anyOf", "oneOf", "not"].iter().any(|key| schema.contains_key(*key));
    let kind = schema.get("type").and_then(Value::as_str).map(str::to_owned);
    let Some(kind) = kind.filter(|_| !composed) else {
        return json!({ "anyOf": [{ "type": "null" }, schema] });
    };
    schema.insert("type".to_owned(), json!([kind, "null"]));
    if let Some(values) =
        schema.get_mut("enum").and_then(Value::as_array_mut).filter(|values| !values.contains(&Value::Null))
    {
        values.push(Value::Null);
    }
    Value::Object(schema)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::testing::spec;

    fn translated(schema: &str) -> Value {
        let spec = spec(&format!("components: {{schemas: {{A: {schema}, B: {{type: string, description: d}}}}}}"));
        let mut definitions = Definitions::new(&spec);
        let Some(place) = spec.at("/components/schemas/A") else { panic!("it is there") };
        assert_eq!(definitions.add(&place), "#/definitions/A");
        definitions.document()["definitions"].clone()
    }

    #[test]
    fn null_becomes_a_type_or_an_alternative() {
        assert_eq!(
            translated("{type: string, nullable: true, enum: [a], example: a}"),
            json!({"A": {"type": ["string", "null"], "enum": ["a", null]}})
        );
        assert_eq!(
            translated("{nullable: true, allOf: [{$ref: '#/components/schemas/B'}]}"),
            json!({"A": {"anyOf": [{"type": "null"}, {"allOf": [{"$ref": "#/definitions/B"}]}]}, "B": {"type": "string"}})
        );
    }

    #[test]
    fn what_has_no_name_is_numbered() {
        let spec = spec("paths: {/a: {get: {parameters: [{schema: {type: string}}]}}}");
        let mut definitions = Definitions::new(&spec);
        let Some(place) = spec.at("/paths/~1a/get/parameters/0/schema") else { panic!("it is there") };
        assert_eq!(definitions.add(&place), "#/definitions/-0");
    }

    #[test]
    fn schemas_that_hold_themselves_end() {
        assert_eq!(
            translated("{properties: {a: {$ref: '#/components/schemas/A'}}}"),
            json!({"A": {"properties": {"a": {"$ref": "#/definitions/A"}}}})
        );
    }

    #[test]
    fn keywords_that_judge_nothing_are_left_out() {
        let schema = "{type: object, required: [], additionalProperties: false, discriminator: {}, x-source: s, properties: {id: {$ref: '#/nowhere'}}}";
        assert_eq!(
            translated(schema),
            json!({"A": {"type": "object", "properties": {"id": {}}, "additionalProperties": false}})
        );
    }
}
