//! What values look like: their kinds, sizes, and a schema that would describe them. Nothing here gives a value away.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase as _;
use indexmap::IndexMap;
use serde_json::Value;

use crate::facts::Kind;
use crate::lint::VALUE_FORMATS;

/// The kind of a value in a word.
pub(super) fn kind(value: &Value) -> &'static str {
    Kind::of(value).map_or("null", Kind::word)
}

/// `text of 7 characters`
pub(super) fn size(value: &Value) -> String {
    match value {
        Value::String(text) => match text.chars().count() {
            0 => "empty text".to_owned(),
            1 => "text of 1 character".to_owned(),
            count => format!("text of {count} characters"),
        },
        Value::Number(number) => match number.to_string().len() {
            1 => format!("{} of 1 character", kind(value)),
            length => format!("{} of {length} characters", kind(value)),
        },
        other => kind(other).to_owned(),
    }
}

/// A schema for the values of a member, in YAML's flow style, with the components that it needs.
pub(super) struct Inferred {
    pub(super) schema: String,
    /// Components by their name: each line of their properties.
    pub(super) components: Vec<(String, Vec<String>)>,
}

/// Describes values that turned up as `owner.member`.
pub(super) fn infer(values: &[&Value], owner: &str, member: &str) -> Inferred {
    let mut components = Vec::new();
    let words = ", description: ''";
    let schema = match schema(values, &format!("{owner}{}", member.to_upper_camel_case()), &mut components) {
        reference if reference.starts_with("$ref") => format!("{{ description: '', allOf: [{{ {reference} }}] }}"),
        plain if plain.is_empty() => "{ description: '' }".to_owned(),
        plain => format!("{{ {plain}{words} }}"),
    };
    Inferred { schema, components }
}

/// The inside of a schema in flow style.
fn schema(values: &[&Value], name: &str, components: &mut Vec<(String, Vec<String>)>) -> String {
    let present: Vec<&Value> = values.iter().filter(|value| !value.is_null()).copied().collect();
    let nullable = if present.len() < values.len() && !present.is_empty() { ", nullable: true" } else { "" };
    let mut kinds: BTreeSet<Kind> = present.iter().filter_map(|value| Kind::of(value)).collect();
    if kinds.contains(&Kind::Number) {
        kinds.remove(&Kind::Integer);
    }
    let kinds: Vec<Kind> = kinds.into_iter().collect();
    match kinds.as_slice() {
        [] => String::new(),
        [Kind::Object] => {
            let mut members: IndexMap<&str, Vec<&Value>> = IndexMap::new();
            for (key, value) in present.iter().filter_map(|value| value.as_object()).flatten() {
                members.entry(key).or_default().push(value);
            }
            let at = components.len();
            components.push((name.to_owned(), Vec::new()));
            let lines = members.into_iter().map(|(key, values)| {
                let inferred = infer(&values, name, key);
                components.extend(inferred.components);
                format!("{}: {}", quoted(key), inferred.schema)
            });
            let lines: Vec<String> = lines.collect();
            components[at].1 = lines;
            let reference = format!("$ref: '#/components/schemas/{name}'");
            if nullable.is_empty() {
                reference
            } else {
                format!("oneOf: [{{ {reference} }}, {{ type: string, nullable: true, enum: [null] }}]")
            }
        }
        [Kind::Array] => {
            let elements: Vec<&Value> = present.iter().filter_map(|value| value.as_array()).flatten().collect();
            let items = schema(&elements, name, components);
            let items = if items.is_empty() { "{}".to_owned() } else { format!("{{ {items} }}") };
            format!("type: array, items: {items}{nullable}")
        }
        [Kind::String] => format!("type: string{}{nullable}", format_of(&present)),
        [Kind::Number] => format!("type: number, format: decimal{nullable}"),
        [only] => format!("type: {}{nullable}", only.word()),
        several => {
            let arms = several.iter().map(|kind| {
                let own: Vec<&Value> = present.iter().filter(|value| Kind::of(value) == Some(*kind)).copied().collect();
                format!("{{ {} }}", schema(&own, name, components))
            });
            let mut arms: Vec<String> = arms.collect();
            if !nullable.is_empty() {
                arms.push("{ type: string, nullable: true, enum: [null] }".to_owned());
            }
            format!("oneOf: [{}]", arms.join(", "))
        }
    }
}

/// The date formats that all texts have.
fn format_of(texts: &[&Value]) -> String {
    let known = VALUE_FORMATS.iter().filter(|(name, _)| matches!(*name, "date" | "date-time" | "uuid"));
    let mut fitting = known.filter(|(_, fits)| texts.iter().all(|text| text.as_str().is_some_and(fits)));
    match fitting.next() {
        // An identifier, whatever it looks like inside.
        Some((name, _)) if *name == "uuid" => ", format: id".to_owned(),
        Some((name, _)) => format!(", format: {name}"),
        None => String::new(),
    }
}

/// A key as YAML takes it.
pub(super) fn quoted(key: &str) -> String {
    let plain = key.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '.'))
        && key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && !matches!(key, "null" | "true" | "false" | "on" | "off" | "yes" | "no" | "y" | "n");
    if plain { key.to_owned() } else { format!("'{}'", key.replace('\'', "''")) }
}
