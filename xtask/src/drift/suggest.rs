//! What would have to change in the specification.

use serde_json::Value;

use super::found::{Drift, What};
use super::infer::{infer, quoted};
use crate::spec::{Place, Spec};

/// An edit: where, and what would stand there.
pub(super) struct Edit {
    /// `Account (specs/bank.yaml:120)`
    pub(super) place: String,
    pub(super) words: String,
    /// Lines of YAML.
    pub(super) yaml: Vec<String>,
}

/// The edit that would take a drift in.
pub(super) fn edit(spec: &Spec, drift: &Drift) -> Edit {
    let line = spec.line(&drift.place).map(|line| format!(":{line}")).unwrap_or_default();
    let place = format!("{} ({}{line})", drift.schema, spec.file);
    let schema = spec.at(&drift.place);
    let (words, yaml) = match drift.what {
        What::UnknownMember => unknown(drift),
        What::UnknownValue => (
            "add to its values".to_owned(),
            match drift.shown.is_empty() {
                true => vec!["enum: the listed values and the new ones; --show-values prints those".to_owned()],
                false => vec![format!("enum: [{}]", listed(schema.as_ref(), drift).join(", "))],
            },
        ),
        What::Null => null(schema.as_ref()),
        What::Type => ("let it be what was sent".to_owned(), vec![kinds(schema.as_ref(), drift)]),
        What::Format => format(drift),
        What::Missing => {
            let required = schema.as_ref().and_then(|schema| schema.get("required"));
            let others =
                required.iter().flat_map(Place::elements).filter_map(|name| name.value.as_str().map(str::to_owned));
            let others: Vec<String> = others.filter(|name| *name != drift.member).map(|name| quoted(&name)).collect();
            let yaml = if others.is_empty() {
                "no `required`".to_owned()
            } else {
                format!("required: [{}]", others.join(", "))
            };
            ("do not promise it".to_owned(), vec![yaml])
        }
    };
    Edit { place, words, yaml }
}

fn unknown(drift: &Drift) -> (String, Vec<String>) {
    let owner: String = drift.schema.chars().filter(char::is_ascii_alphanumeric).collect();
    let values: Vec<&Value> = drift.values.iter().collect();
    let inferred = infer(&values, &owner, &drift.member);
    let mut yaml = vec![format!("{}: {}", quoted(&drift.member), inferred.schema)];
    for (name, members) in inferred.components {
        yaml.push(format!("{name}:"));
        yaml.extend(["  description: ''", "  x-source: ''", "  type: object", "  properties:"].map(str::to_owned));
        yaml.extend(members.into_iter().map(|member| format!("    {member}")));
    }
    let words = if yaml.len() > 1 { "add to its properties, and to the schemas" } else { "add to its properties" };
    (words.to_owned(), yaml)
}

fn listed(schema: Option<&Place<'_>>, drift: &Drift) -> Vec<String> {
    let known = schema.and_then(|schema| schema.get("enum"));
    let known = known.iter().flat_map(Place::elements).map(|value| match value.value {
        Value::String(text) => quoted(text),
        other => other.to_string(),
    });
    let new = drift.shown.iter().map(|shown| match serde_json::from_str::<String>(shown) {
        Ok(text) => quoted(&text),
        Err(_) => shown.clone(),
    });
    known.chain(new).collect()
}

fn null(schema: Option<&Place<'_>>) -> (String, Vec<String>) {
    let inner = schema.and_then(|schema| {
        let reference =
            schema.text("$ref").or_else(|| schema.value.pointer("/allOf/0/$ref").and_then(Value::as_str))?;
        Some(format!("{{ $ref: '{reference}' }}"))
    });
    let yaml = match inner {
        Some(reference) => format!("oneOf: [{reference}, {{ type: string, nullable: true, enum: [null] }}]"),
        None if schema.is_some_and(|schema| schema.get("oneOf").is_some()) => {
            "a further alternative: { type: string, nullable: true, enum: [null] }".to_owned()
        }
        None => "nullable: true".to_owned(),
    };
    ("let it be null".to_owned(), vec![yaml])
}

fn kinds(schema: Option<&Place<'_>>, drift: &Drift) -> String {
    let declared = schema.and_then(|schema| schema.text("type")).unwrap_or_default();
    let format = schema.and_then(|schema| schema.text("format"));
    let mut arms: Vec<String> = Vec::new();
    // Every integer is a number, so that both together would fit it twice.
    let integer = declared == "integer" && drift.details.contains_key("number");
    if !declared.is_empty() && !integer {
        arms.push(format!(
            "{{ type: {declared}{} }}",
            format.map(|format| format!(", format: {format}")).unwrap_or_default()
        ));
    }
    for seen in drift.details.keys() {
        arms.push(match seen.as_str() {
            "number" => "{ type: number, format: decimal }".to_owned(),
            "array" => "{ type: array, items: {} }".to_owned(),
            seen => format!("{{ type: {seen} }}"),
        });
    }
    if let [only] = arms.as_slice() {
        return only.clone();
    }
    format!("oneOf: [{}]", arms.join(", "))
}

fn format(drift: &Drift) -> (String, Vec<String>) {
    let values: Vec<&Value> = drift.values.iter().collect();
    let fitting = infer(&values, "", "").schema;
    match fitting.split("format: ").nth(1).and_then(|rest| rest.split([',', ' ']).next()) {
        Some(format) => ("its texts have another format".to_owned(), vec![format!("format: {format}")]),
        None => ("its texts have no format".to_owned(), vec!["the schema without its `format`".to_owned()]),
    }
}
