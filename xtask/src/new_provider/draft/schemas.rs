//! Schemas of OpenAPI 3.0 and 3.1 as the house writes them: objects, enums and unions with names, no types but those of 3.0.

use serde_json::{Map, Value, json};

use super::Drafter;
use super::scalars;
use super::words;
use crate::spec::{Place, pointer};

/// Keywords that say something which 3.0 or the generator cannot.
const UNKNOWN: &[&str] = &[
    "not",
    "if",
    "dependentSchemas",
    "dependentRequired",
    "patternProperties",
    "propertyNames",
    "prefixItems",
    "contains",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentMediaType",
    "contentSchema",
];

impl<'a> Drafter<'a> {
    /// A schema where it is used. What needs a name gets one, made from `hint`.
    pub(super) fn schema(&mut self, place: &Place<'a>, hint: &str) -> Value {
        if let Some(flag) = place.value.as_bool() {
            if !flag {
                self.leave(&place.pointer, "a schema that nothing fits: any value stands in its place");
            }
            return json!({});
        }
        if let Some(reference) = place.text("$ref") {
            return self.reference(place, reference);
        }
        let nullable = is_nullable(place);
        let value = match arms(place) {
            Some(arms) if arms.len() == 1 => self.schema(&arms[0], hint),
            _ => match place.get("allOf").map(|all| all.elements().collect::<Vec<_>>()) {
                Some(all) if all.len() == 1 && place.get("properties").is_none() => self.schema(&all[0], hint),
                _ if needs_name(place) => self.named(place, hint),
                _ => self.body(place, hint),
            },
        };
        if nullable { or_null(value) } else { value }
    }

    /// The schema under a name of its own.
    pub(super) fn named(&mut self, place: &Place<'a>, hint: &str) -> Value {
        let name = match self.names.get(&place.pointer) {
            Some(name) => name.clone(),
            None => {
                let name = crate::names::unique(words::type_name(hint), &mut self.taken);
                self.names.insert(place.pointer.clone(), name.clone());
                self.origins.insert(name.clone(), place.pointer.clone());
                self.waiting.push((place.clone(), name.clone()));
                name
            }
        };
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    fn reference(&mut self, place: &Place<'a>, reference: &str) -> Value {
        let source = self.source;
        let Some(target) = source.resolve(place) else {
            self.leave(
                &place.pointer,
                format!("`{reference}` leads nowhere in this document: any value stands in its place"),
            );
            return json!({});
        };
        // A scalar needs no name; whoever refers to it says the same.
        if !needs_name(&target) && target.get("items").is_none() {
            return self.schema(&target, &pointer::last(&target.pointer));
        }
        let value = self.named(&target, &pointer::last(&target.pointer));
        if is_nullable(&target) || is_nullable(place) { or_null(value) } else { value }
    }

    /// Everything that waits to become a component, and whatever that leads to.
    pub(super) fn schemas_in_waiting(&mut self) {
        while let Some((place, name)) = self.waiting.pop() {
            let body = self.body(&place, &name);
            let mut out = Map::from_iter([
                ("description".to_owned(), json!(format!("{}.", words::sentence(&name)))),
                ("x-source".to_owned(), json!(self.source_of(&pointer_words(&place.pointer)))),
            ]);
            out.extend(body.as_object().cloned().unwrap_or_default());
            if let Some(kind) = out.shift_remove("type") {
                out.shift_insert(0, "type".to_owned(), kind);
            }
            self.made.insert(name, Value::Object(out));
        }
        self.made.sort_keys();
    }

    /// What a schema says, whoever bears its name.
    fn body(&mut self, place: &Place<'a>, hint: &str) -> Value {
        for key in UNKNOWN {
            if place.get(key).is_some() {
                self.leave(&place.pointer, format!("`{key}` cannot be said in OpenAPI 3.0 here"));
            }
        }
        if let Some(words) = texts(place) {
            return json!({ "type": "string", "enum": words });
        }
        if place.get("enum").is_some() {
            self.leave(&place.pointer, "the values of an enum that are no texts: any of the type stand in their place");
        }
        if let Some(arms) = arms(place).filter(|arms| arms.len() > 1) {
            return self.union(place, &arms, hint);
        }
        if let Some(all) = place.get("allOf") {
            return self.all_of(place, &all, hint);
        }
        match kind(place) {
            Kind::One("object") => self.object(place, hint),
            Kind::One("array") => {
                let items =
                    place.get("items").map_or_else(|| json!({}), |items| self.schema(&items, &format!("{hint}Item")));
                let mut out = json!({ "type": "array", "items": items });
                for key in ["minItems", "maxItems"] {
                    if let Some(limit) = place.get(key).filter(|limit| limit.value.is_u64()) {
                        out[key] = limit.value.clone();
                    }
                }
                out
            }
            Kind::One(scalar @ ("string" | "integer" | "number" | "boolean")) => {
                let (out, dropped) = scalars::scalar(place, scalar);
                for reason in dropped {
                    self.leave(&place.pointer, reason);
                }
                Value::Object(out)
            }
            Kind::Several => {
                self.leave(&place.pointer, "several types at once: any value stands in their place");
                json!({})
            }
            _ => json!({}),
        }
    }

    fn object(&mut self, place: &Place<'a>, hint: &str) -> Value {
        let mut out = Map::from_iter([("type".to_owned(), json!("object"))]);
        let members: Vec<_> = place.get("properties").iter().flat_map(Place::members).collect();
        let required = place.get("required");
        let required: Vec<&str> =
            required.iter().flat_map(Place::elements).filter_map(|name| name.value.as_str()).collect();
        let required: Vec<&str> =
            members.iter().map(|(name, _)| name.as_str()).filter(|name| required.contains(name)).collect();
        if !required.is_empty() {
            out.insert("required".to_owned(), json!(required));
        }
        let mut properties = Map::new();
        for (name, member) in &members {
            let property = self.property(member, name, &format!("{hint}{}", words::type_name(name)));
            properties.insert((*name).clone(), property);
        }
        if !properties.is_empty() {
            out.insert("properties".to_owned(), Value::Object(properties));
        }
        match place.value.get("additionalProperties") {
            Some(Value::Object(members)) if !members.is_empty() => {
                if let Some(rest) = place.get("additionalProperties") {
                    let rest = self.schema(&rest, &format!("{hint}Value"));
                    out.insert("additionalProperties".to_owned(), rest);
                }
            }
            Some(Value::Object(_) | Value::Bool(true)) => {
                out.insert("additionalProperties".to_owned(), json!({}));
            }
            _ => {}
        }
        Value::Object(out)
    }

    /// A property with words of its own beside whatever it is.
    fn property(&mut self, place: &Place<'a>, name: &str, hint: &str) -> Value {
        let value = self.schema(place, hint);
        let mut out = Map::from_iter([("description".to_owned(), json!(format!("{}.", words::sentence(name))))]);
        match value {
            Value::Object(members) if members.contains_key("$ref") => {
                out.insert("allOf".to_owned(), json!([members]));
            }
            Value::Object(members) => {
                let mut members = members;
                scalars::mark(&mut members, name);
                if let Some(kind) = members.shift_remove("type") {
                    out.shift_insert(0, "type".to_owned(), kind);
                }
                out.extend(members);
            }
            _ => {}
        }
        if place.flag("deprecated") {
            out.insert("deprecated".to_owned(), json!(true));
        }
        Value::Object(out)
    }

    fn all_of(&mut self, place: &Place<'a>, all: &Place<'a>, hint: &str) -> Value {
        let mut parts = Vec::new();
        for (index, part) in all.elements().enumerate() {
            // Members that stand inline need no name of their own.
            let inline = part.get("$ref").is_none() && part.get("properties").is_some();
            parts.push(if inline {
                self.object(&part, hint)
            } else {
                self.schema(&part, &format!("{hint}Part{}", index + 1))
            });
        }
        if place.get("properties").is_some() {
            parts.push(self.object(place, hint));
        }
        json!({ "allOf": parts })
    }

    fn union(&mut self, place: &Place<'a>, arms: &[Place<'a>], hint: &str) -> Value {
        let parts: Vec<Value> = arms
            .iter()
            .enumerate()
            .map(|(index, arm)| self.schema(arm, &format!("{hint}Variant{}", index + 1)))
            .collect();
        let named = parts.iter().all(|part| part.get("$ref").is_some());
        let property = place.get("discriminator").and_then(|told| told.text("propertyName"));
        let Some(property) = property.filter(|_| named) else { return json!({ "anyOf": parts }) };
        let mut discriminator = json!({ "propertyName": property });
        let mapping: Vec<_> =
            place.get("discriminator").and_then(|told| told.get("mapping")).iter().flat_map(Place::members).collect();
        let mut renamed = Map::new();
        for (word, target) in mapping {
            let text = target.value.as_str().unwrap_or_default();
            let text = if text.starts_with('#') { text.to_owned() } else { format!("#/components/schemas/{text}") };
            let found = self.source.follow(&text).and_then(|target| self.names.get(&target.pointer));
            if let Some(name) = found {
                renamed.insert(word.clone(), json!(format!("#/components/schemas/{name}")));
            }
        }
        if !renamed.is_empty() {
            discriminator["mapping"] = Value::Object(renamed);
        }
        json!({ "oneOf": parts, "discriminator": discriminator })
    }
}

/// `/components/schemas/Account` as `Account`, other places as they are.
fn pointer_words(at: &str) -> String {
    at.strip_prefix("/components/schemas/").map_or_else(|| format!("at {at}"), str::to_owned)
}

/// A value, or null: beside a reference as a union, since nothing may stand beside one.
fn or_null(value: Value) -> Value {
    match value {
        Value::Object(members) if members.contains_key("$ref") => {
            json!({ "oneOf": [members, { "type": "string", "nullable": true, "enum": [null] }] })
        }
        Value::Object(mut members) => {
            if members.contains_key("type") {
                members.insert("nullable".to_owned(), json!(true));
            }
            Value::Object(members)
        }
        other => other,
    }
}

/// The type of a schema, apart from null.
enum Kind<'a> {
    None,
    One(&'a str),
    Several,
}

fn kind<'a>(place: &Place<'a>) -> Kind<'a> {
    let kinds: Vec<&str> = match place.value.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).filter(|kind| *kind != "null").collect(),
        _ => Vec::new(),
    };
    match kinds.as_slice() {
        [kind] => Kind::One(kind),
        [] if place.get("properties").is_some() || place.get("additionalProperties").is_some() => Kind::One("object"),
        [] if place.get("items").is_some() => Kind::One("array"),
        [] => match place.value.get("const") {
            Some(Value::Bool(_)) => Kind::One("boolean"),
            Some(Value::Number(number)) => Kind::One(if number.is_f64() { "number" } else { "integer" }),
            _ => Kind::None,
        },
        // What is whole is a number, too.
        ["integer", "number"] | ["number", "integer"] => Kind::One("number"),
        _ => Kind::Several,
    }
}

fn is_nullable(place: &Place<'_>) -> bool {
    let listed = |key: &str, null: &Value| {
        place.value.get(key).and_then(Value::as_array).is_some_and(|list| list.contains(null))
    };
    let arms = ["oneOf", "anyOf"]
        .into_iter()
        .filter_map(|key| place.get(key))
        .any(|arms| arms.elements().any(|arm| is_null(&arm)));
    place.flag("nullable") || listed("type", &json!("null")) || listed("enum", &Value::Null) || arms
}

fn is_null(place: &Place<'_>) -> bool {
    place.value.get("type") == Some(&json!("null"))
        || place.value.get("enum") == Some(&json!([null]))
        || place.value.get("const") == Some(&Value::Null)
}

/// The alternatives of a union that are not null.
fn arms<'a>(place: &Place<'a>) -> Option<Vec<Place<'a>>> {
    let arms = place.get("oneOf").or_else(|| place.get("anyOf"))?;
    let arms: Vec<Place<'a>> = arms.elements().filter(|arm| !is_null(arm)).collect();
    (!arms.is_empty()).then_some(arms)
}

/// The words of an enum of texts.
fn texts(place: &Place<'_>) -> Option<Vec<String>> {
    if let Some(Value::String(word)) = place.value.get("const") {
        return Some(vec![word.clone()]);
    }
    let values = place.value.get("enum")?.as_array()?;
    let mut words: Vec<String> = Vec::new();
    for value in values.iter().filter(|value| !value.is_null()) {
        let word = value.as_str()?.to_owned();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    (!words.is_empty()).then_some(words)
}

/// Objects, enums and unions have names.
fn needs_name(place: &Place<'_>) -> bool {
    let members = place.get("properties").is_some_and(|members| members.members().next().is_some());
    members || texts(place).is_some() || arms(place).is_some_and(|arms| arms.len() > 1) || place.get("allOf").is_some()
}
