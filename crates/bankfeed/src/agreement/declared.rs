//! Records that hold everything that a specification declares, made from its schemas.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::change::{at, with};
use crate::fields::Schema;
use crate::provider::ProviderId;

/// How deep records are made; what refers to itself ends there.
const MAX_DEPTH: usize = 9;
/// How many alternatives of unions are tried.
const VARIANTS: usize = 3;

/// The schemas of a provider with their examples, as the sandbox has them, and the samples that its documents print.
pub(super) struct Declared {
    schemas: BTreeMap<String, Value>,
    examples: BTreeMap<String, Value>,
    samples: Vec<Value>,
}

impl Declared {
    pub(super) fn of(provider: &ProviderId) -> Self {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../bankfeed-sandbox/src/generated").join(provider.as_str());
        let read = |file: &str| serde_json::from_slice(&fs::read(folder.join(file)).unwrap()).unwrap();
        let client = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../{}-client/tests", provider.as_str()));
        let mut samples = Vec::new();
        for folder in ["samples", "data"] {
            let mut files: Vec<_> = fs::read_dir(client.join(folder)).into_iter().flatten().flatten().collect();
            files.sort_by_key(fs::DirEntry::path);
            let texts = files.iter().filter_map(|file| fs::read(file.path()).ok());
            samples.extend(texts.filter_map(|text| serde_json::from_slice(&text).ok()));
        }
        Self { schemas: read("schemas.json"), examples: read("examples.json"), samples }
    }

    /// Every object in the samples.
    pub(super) fn printed(&self) -> Vec<&Value> {
        fn objects<'v>(value: &'v Value, into: &mut Vec<&'v Value>) {
            match value {
                Value::Object(members) => {
                    into.push(value);
                    members.values().for_each(|member| objects(member, into));
                }
                Value::Array(items) => items.iter().for_each(|item| objects(item, into)),
                _ => {}
            }
        }
        let mut all = Vec::new();
        self.samples.iter().for_each(|sample| objects(sample, &mut all));
        all
    }

    pub(super) fn example(&self, schema: &str) -> Value {
        self.examples.get(schema).cloned().unwrap_or_else(|| self.make(&self.schemas[schema], 0, 0))
    }

    /// Records that hold everything, and the example.
    pub(super) fn whole(&self, schema: &str) -> Vec<Value> {
        let made = (0..VARIANTS).map(|variant| self.make(&self.schemas[schema], variant, 0));
        let mut all: Vec<Value> = made.collect();
        all.push(self.example(schema));
        all.dedup();
        all
    }

    /// Records in which the value at a place may matter: whole ones, whole ones with each word of each enumeration, and
    /// ones that hold nothing else than what is required.
    pub(super) fn bases(&self, schema: &Schema, path: &str) -> Vec<Value> {
        let whole = self.whole(schema.name);
        let mut bases = whole.clone();
        let lean = self.lean(&self.schemas[schema.name], 0);
        bases.extend(whole.iter().filter_map(|whole| at(whole, path)).map(|value| with(&lean, path, value)));
        let mut varied = Vec::new();
        for field in schema.fields {
            for word in self.enum_at(schema.name, field.path) {
                varied.extend(bases.iter().map(|base| with(base, field.path, &word)));
            }
            // Of two currencies in a record one is that of the account.
            if field.path.ends_with("currency") {
                varied.extend(whole.iter().map(|whole| with(whole, field.path, &json!("USD"))));
            }
            // What another value takes precedence over shows once that one is gone.
            if field.path != path && !field.normalized.is_empty() {
                varied.extend(whole.iter().map(|whole| super::change::without(whole, field.path)));
            }
        }
        bases.extend(varied);
        bases
    }

    /// The words of the enumeration at a place, if there is one.
    pub(super) fn enum_at(&self, schema: &str, path: &str) -> Vec<Value> {
        let mut at = vec![&self.schemas[schema]];
        for step in path.split('/').skip(1) {
            at = at
                .into_iter()
                .flat_map(|schema| self.unfold(schema))
                .flat_map(|schema| match step {
                    "*" => schema.get("items"),
                    step => schema["properties"].get(step),
                })
                .collect();
        }
        let words =
            at.into_iter().flat_map(|schema| self.unfold(schema)).filter_map(|schema| schema["enum"].as_array());
        words.flatten().filter(|word| !word.is_null()).cloned().collect()
    }

    /// A schema and all that it may be by reference.
    fn unfold<'s>(&'s self, schema: &'s Value) -> Vec<&'s Value> {
        if let Some(name) = schema["$ref"].as_str() {
            return self.unfold(&self.schemas[name.rsplit('/').next().unwrap()]);
        }
        let mut all = vec![schema];
        for union in ["allOf", "oneOf", "anyOf"] {
            all.extend(schema[union].as_array().into_iter().flatten().flat_map(|part| self.unfold(part)));
        }
        all
    }

    fn make(&self, schema: &Value, variant: usize, depth: usize) -> Value {
        if let Some(name) = schema["$ref"].as_str() {
            return self.make(&self.schemas[name.rsplit('/').next().unwrap()], variant, depth + 1);
        }
        for union in ["oneOf", "anyOf"] {
            if let Some(parts) = schema[union].as_array() {
                let parts: Vec<&Value> = parts.iter().filter(|part| part["enum"] != json!([null])).collect();
                return self.make(parts[variant % parts.len()], variant, depth + 1);
            }
        }
        if let Some(words) = schema["enum"].as_array() {
            let words: Vec<&Value> = words.iter().filter(|word| !word.is_null()).collect();
            return words[variant % words.len()].clone();
        }
        let mut made = Map::new();
        if let Some(parts) = schema["allOf"].as_array() {
            for part in parts {
                match self.make(part, variant, depth + 1) {
                    Value::Object(members) => made.extend(members),
                    other => return other,
                }
            }
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null").unwrap_or(&Value::Null),
            kind => kind,
        };
        match kind.as_str() {
            Some("array") if depth >= MAX_DEPTH => json!([]),
            Some("array") => json!([self.make(&schema["items"], variant, depth + 1)]),
            Some("integer") => json!(3),
            Some("number") => serde_json::from_str("12.34").unwrap(),
            Some("boolean") => json!(true),
            Some("string") => text(schema),
            _ if schema.get("properties").is_some() || !made.is_empty() || kind == "object" => {
                if depth < MAX_DEPTH {
                    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
                        made.insert(name.clone(), named(name, self.make(property, variant, depth + 1)));
                    }
                }
                Value::Object(made)
            }
            _ => json!("anything"),
        }
    }

    /// What is required, and nothing else.
    fn lean(&self, schema: &Value, depth: usize) -> Value {
        let whole = self.make(schema, 0, depth);
        let Value::Object(members) = whole else { return whole };
        let parts = self.unfold(schema);
        let required: Vec<&Value> = parts.iter().filter_map(|part| part["required"].as_array()).flatten().collect();
        Value::Object(members.into_iter().filter(|(name, _)| required.iter().any(|wanted| *wanted == name)).collect())
    }
}

/// A text of a format.
fn text(schema: &Value) -> Value {
    match schema["format"].as_str() {
        Some("date") => json!("2026-01-05"),
        Some("date-time" | "moment") => json!("2026-01-05T10:11:12Z"),
        Some("time") => json!("10:11:12"),
        Some("decimal") => json!("12.34"),
        Some("boolean") => json!("true"),
        _ => json!("text"),
    }
}

/// Texts that mean something by the name they stand under, and numbers that differ from one name to the other.
fn named(name: &str, value: Value) -> Value {
    if value.is_f64() {
        let sum: u32 = name.bytes().map(u32::from).sum();
        return json!(f64::from(sum % 64) + 10.25);
    }
    if value != "text" {
        return value;
    }
    let name = name.to_ascii_lowercase();
    let known = [
        ("currency", "EUR"),
        ("iban", "DE89370400440532013000"),
        ("country", "ES"),
        ("mcc", "5411"),
        ("isin", "DE0007100000"),
        ("bic", "BELADEBE"),
        ("swift", "BELADEBE"),
    ];
    known.iter().find(|(part, _)| name.contains(part)).map_or(value, |(_, text)| json!(text))
}
