//! A curated document as somebody else would write it, for the tests: OpenAPI 3.1, no references, other names, no words.

use serde_json::{Map, Value, json};

/// The same API in the dress of a foreign description.
pub(super) fn foreign(curated: &Value) -> Value {
    let dress = Dress { root: curated };
    let paths = curated["paths"].as_object().into_iter().flatten();
    let paths: Map<String, Value> =
        paths.map(|(path, item)| (path.replace("{id}", "{the_id}"), dress.value(item, "", &mut Vec::new()))).collect();
    let mut document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Theirs", "version": "2.0" },
        "servers": [{ "url": "https://api.example.com/" }],
        "paths": paths,
        "webhooks": dress.value(&curated["x-webhooks"], "", &mut Vec::new()),
    });
    // A template and its parameter have one name.
    rename(&mut document);
    document
}

struct Dress<'a> {
    root: &'a Value,
}

impl Dress<'_> {
    fn value(&self, value: &Value, under: &str, open: &mut Vec<String>) -> Value {
        match value {
            Value::Array(elements) => elements.iter().map(|element| self.value(element, "", open)).collect(),
            Value::Object(object) => match object.get("$ref").and_then(Value::as_str) {
                Some(reference) => self.target(reference, open),
                None => self.object(object, under, open),
            },
            other => other.clone(),
        }
    }

    fn target(&self, reference: &str, open: &mut Vec<String>) -> Value {
        assert!(
            !open.iter().any(|known| known == reference),
            "{reference} holds itself, so that it cannot be written out"
        );
        let target = self.root.pointer(&reference[1..]).unwrap_or_else(|| panic!("{reference} leads to nothing"));
        open.push(reference.to_owned());
        let written = self.value(target, "", open);
        open.pop();
        written
    }

    fn object(&self, object: &Map<String, Value>, under: &str, open: &mut Vec<String>) -> Value {
        let names = under == "properties";
        let kept = object.iter().filter(|(key, _)| {
            names
                || !(key.starts_with("x-")
                    || matches!(key.as_str(), "description" | "summary" | "example" | "examples"))
        });
        let mut out: Map<String, Value> =
            kept.map(|(key, value)| (key.clone(), self.value(value, if names { "" } else { key }, open))).collect();
        if names {
            return Value::Object(out);
        }
        match out.get("format").and_then(Value::as_str) {
            Some("id") => out.insert("format".to_owned(), json!("uuid")),
            Some("moment") => out.insert("format".to_owned(), json!("date-time")),
            Some("decimal") => out.insert("format".to_owned(), json!("float")),
            _ => None,
        };
        if out.remove("nullable") == Some(Value::Bool(true)) { nullable(out) } else { Value::Object(out) }
    }
}

/// The two ways of 3.1: a second type, or an alternative.
fn nullable(mut schema: Map<String, Value>) -> Value {
    if schema.get("enum") == Some(&json!([null])) {
        return json!({ "type": "null" });
    }
    match schema.remove("type") {
        Some(kind) => {
            schema.insert("type".to_owned(), json!([kind, "null"]));
            if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
                values.push(Value::Null);
            }
            Value::Object(schema)
        }
        None => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

fn rename(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if object.get("in") == Some(&json!("path")) && object.get("name") == Some(&json!("id")) {
                object.insert("name".to_owned(), json!("the_id"));
            }
            object.values_mut().for_each(rename);
        }
        Value::Array(elements) => elements.iter_mut().for_each(rename),
        _ => {}
    }
}
