//! Texts, numbers and truth values: what of their limits holds here, and a value that keeps them.

use jsonschema::Draft;
use serde_json::{Map, Value, json};

use super::words;
use crate::spec::Place;

/// Formats of texts that mean the same here.
const FORMATS: &[&str] =
    &["date", "date-time", "time", "uuid", "uri", "email", "ipv4", "ipv6", "hostname", "byte", "binary"];
/// Longer texts of a document may be sentences of its authors.
const LONGEST: usize = 40;
const MOST_WORDS: usize = 4;

/// A schema of one of these types, with what of it was dropped.
pub(super) fn scalar(place: &Place<'_>, kind: &str) -> (Map<String, Value>, Vec<&'static str>) {
    let mut out = Map::from_iter([("type".to_owned(), json!(kind))]);
    let mut dropped = Vec::new();
    let format = place.text("format").unwrap_or_default();
    match kind {
        "number" => {
            out.insert("format".to_owned(), json!("decimal"));
        }
        "integer" if matches!(format, "int32" | "int64") => {
            out.insert("format".to_owned(), json!(format));
        }
        "string" if FORMATS.contains(&format) => {
            out.insert("format".to_owned(), json!(format));
        }
        _ => {}
    }
    let limits: &[&str] = if kind == "string" { &["minLength", "maxLength"] } else { &["minimum", "maximum"] };
    for key in limits.iter().filter(|_| kind != "boolean") {
        if let Some(limit) = place.get(key).filter(|limit| limit.value.is_number()) {
            out.insert((*key).to_owned(), limit.value.clone());
        }
    }
    if kind == "number" || kind == "integer" {
        for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            match place.get(exclusive).map(|found| found.value) {
                // As 3.1 writes it.
                Some(Value::Number(limit)) => {
                    out.insert(bound.to_owned(), Value::Number(limit.clone()));
                    out.insert(exclusive.to_owned(), json!(true));
                }
                Some(Value::Bool(true)) if out.contains_key(bound) => {
                    out.insert(exclusive.to_owned(), json!(true));
                }
                _ => {}
            }
        }
    }
    let shown = shown(place);
    if let Some(pattern) = place.get("pattern").filter(|_| kind == "string") {
        let mut with = out.clone();
        with.insert("pattern".to_owned(), pattern.value.clone());
        if shown.as_ref().is_some_and(|shown| fits(&with, shown)) {
            out = with;
        } else {
            dropped.push("a `pattern` for which the document has no short example");
        }
    }
    if let Some(shown) = shown.filter(|shown| fits(&out, shown) && !out.contains_key("format")) {
        out.insert("example".to_owned(), shown);
    } else if out.len() > 1 && !fits(&out, &made(&out)) {
        out.retain(|key, _| key == "type" || key == "format");
        dropped.push("limits that no plain value keeps");
    }
    (out, dropped)
}

/// A value that the document shows, if it is a fact rather than a sentence.
fn shown(place: &Place<'_>) -> Option<Value> {
    let first = place.get("examples").and_then(|examples| Some(examples.elements().next()?.value));
    let value = place.get("example").map(|example| example.value).or(first)?;
    match value {
        Value::String(text) => {
            let short = text.chars().count() <= LONGEST && text.split_whitespace().count() <= MOST_WORDS;
            (short && !text.trim().is_empty() && !text.contains(char::is_control)).then(|| value.clone())
        }
        Value::Number(_) | Value::Bool(_) => Some(value.clone()),
        _ => None,
    }
}

fn fits(schema: &Map<String, Value>, value: &Value) -> bool {
    let schema = Value::Object(schema.clone());
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .should_validate_formats(false)
        .build(&schema)
        .is_ok_and(|validator| validator.is_valid(value))
}

/// A value of a scalar schema.
pub(super) fn made(schema: &Map<String, Value>) -> Value {
    if let Some(shown) = schema.get("example") {
        return shown.clone();
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => json!(true),
        Some("integer") => number(schema, 1.0, true),
        Some("number") => number(schema, 12.5, false),
        _ => text(schema),
    }
}

fn number(schema: &Map<String, Value>, usual: f64, whole: bool) -> Value {
    let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
    let excluded = |key: &str| f64::from(u8::from(schema.get(key).is_some_and(|flag| flag == true)));
    let low = limit("minimum").map(|low| low + excluded("exclusiveMinimum"));
    let high = limit("maximum").map(|high| high - excluded("exclusiveMaximum"));
    let value = high.map_or(usual, |high| usual.min(high));
    let value = low.map_or(value, |low| value.max(low));
    // What is beyond whole numbers of 53 bits stays a number, which the examples' own check then tells.
    if whole && value.abs() < 9e15 { json!(value.ceil() as i64) } else { json!(value) }
}

fn text(schema: &Map<String, Value>) -> Value {
    let known = match schema.get("format").and_then(Value::as_str) {
        Some("date") => "2026-01-31",
        Some("date-time") => "2026-01-31T09:30:00Z",
        Some("time") => "09:30:00",
        Some("uuid") => "0f8fad5b-d9cb-469f-a165-70867728950e",
        Some("uri") => "https://www.example.com/",
        Some("email") => "someone@example.com",
        Some("ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("hostname") => "www.example.com",
        Some("byte") => "AAEC",
        _ => "",
    };
    if !known.is_empty() {
        return json!(known);
    }
    let limit = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    let (low, high) = (limit("minLength").unwrap_or(0).min(10_000), limit("maxLength").unwrap_or(usize::MAX));
    let mut text = "text".to_owned();
    while text.len() < low {
        text.push('x');
    }
    text.truncate(high);
    json!(text)
}

/// Says of a text what its name tells: that it is an id, or better not shown.
pub(super) fn mark(schema: &mut Map<String, Value>, name: &str) {
    if schema.get("type").is_none_or(|kind| kind != "string") || schema.contains_key("format") {
        return;
    }
    if let Some(word) = words::sensitive(name) {
        schema.insert("x-sensitive".to_owned(), json!(word));
        // What a document shows may be somebody's, and its pattern has nothing to show without it.
        if schema.remove("example").is_some() {
            schema.remove("pattern");
        }
    } else if words::is_id(name) {
        schema.insert("format".to_owned(), json!("id"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafted(schema: Value, kind: &str) -> (Value, Vec<&'static str>) {
        let place = Place { pointer: String::new(), value: &schema };
        let (out, dropped) = scalar(&place, kind);
        (Value::Object(out), dropped)
    }

    #[test]
    fn limits_are_written_as_3_0_has_them() {
        assert_eq!(
            drafted(json!({"exclusiveMinimum": 0, "maximum": 0.5}), "number").0,
            json!({"type": "number", "format": "decimal"}),
            "no plain value lies between"
        );
        assert_eq!(
            drafted(json!({"exclusiveMinimum": 0, "format": "int64"}), "integer").0,
            json!({"type": "integer", "format": "int64", "minimum": 0, "exclusiveMinimum": true})
        );
    }

    #[test]
    fn a_pattern_needs_a_value_that_shows_it() {
        let (kept, dropped) = drafted(json!({"pattern": "^[A-Z]{3}$", "examples": ["EUR"]}), "string");
        assert_eq!(kept, json!({"type": "string", "pattern": "^[A-Z]{3}$", "example": "EUR"}));
        assert!(dropped.is_empty());
        let (kept, dropped) =
            drafted(json!({"pattern": "^[A-Z]{3}$", "example": "a sentence of the people who wrote it"}), "string");
        assert_eq!(kept, json!({"type": "string"}));
        assert_eq!(dropped.len(), 1);
    }

    #[test]
    fn made_values_keep_their_limits() {
        for (schema, wanted) in [
            (json!({"type": "string", "minLength": 6}), json!("textxx")),
            (json!({"type": "string", "maxLength": 2}), json!("te")),
            (json!({"type": "integer", "minimum": 5}), json!(5)),
            (json!({"type": "number", "maximum": 3}), json!(3.0)),
            (json!({"type": "string", "format": "date"}), json!("2026-01-31")),
        ] {
            assert_eq!(schema.as_object().map(made), Some(wanted), "{schema}");
        }
    }
}
