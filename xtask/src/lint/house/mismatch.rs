//! What a validator's complaint means, in a few words and without the value itself: examples are long, and some are personal.

use std::fmt::Display;

use jsonschema::error::{TypeKind, ValidationErrorKind as Complaint};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::wire;

/// Values of an enum that are worth listing.
const LISTED: usize = 8;

/// The pointer inside the example, and what was expected there.
pub(super) fn describe(error: &ValidationError<'_>) -> (String, String) {
    if let Complaint::AnyOf { context } | Complaint::OneOfNotValid { context } = error.kind() {
        return nearest_alternative(error, context);
    }
    (error.instance_path().to_string(), expected(error))
}

/// When all alternatives but one are of another type, or only there for null, that one was meant.
fn nearest_alternative(
    error: &ValidationError<'_>,
    alternatives: &[Vec<ValidationError<'static>>],
) -> (String, String) {
    let here = error.instance_path();
    let ruled_out = |failure: &ValidationError<'static>| match failure.kind() {
        Complaint::Type { .. } => failure.instance_path() == here,
        Complaint::Enum { options } => options.as_array().is_some_and(|values| values.iter().all(Value::is_null)),
        _ => false,
    };
    let mut meant = alternatives.iter().filter(|failures| !failures.iter().any(ruled_out));
    match (meant.next().and_then(|failures| failures.first()), meant.next()) {
        (Some(failure), None) => describe(failure),
        _ => (here.to_string(), format!("it fits none of the {} alternatives", alternatives.len())),
    }
}

fn expected(error: &ValidationError<'_>) -> String {
    match error.kind() {
        Complaint::Type { kind } => {
            let wanted: Vec<&str> = match kind {
                TypeKind::Single(one) => vec![word(*one)],
                // Null comes last, as one would say it.
                TypeKind::Multiple(several) => {
                    let (null, others): (Vec<_>, Vec<_>) = several.iter().partition(|kind| *kind == JsonType::Null);
                    others.into_iter().chain(null).map(word).collect()
                }
            };
            format!("expected {}, found {}", wanted.join(" or "), found(error.instance()))
        }
        Complaint::Required { property } => format!("`{}` is missing", wire(property)),
        Complaint::AdditionalProperties { unexpected } => format!("{} is not declared", quoted(unexpected.iter())),
        Complaint::Enum { options } => match options.as_array() {
            Some(values) if values.len() <= LISTED => format!("expected one of {}", quoted(values.iter().map(wire))),
            Some(values) => format!("expected one of {} values of the enum", values.len()),
            None => "expected a value of the enum".to_owned(),
        },
        Complaint::Format { format } => format!("expected text of `format: {format}`"),
        Complaint::Pattern { pattern } => format!("expected text that matches `{pattern}`"),
        Complaint::Minimum { limit } => format!("expected at least {limit}"),
        Complaint::ExclusiveMinimum { limit } => format!("expected more than {limit}"),
        Complaint::Maximum { limit } => format!("expected at most {limit}"),
        Complaint::ExclusiveMaximum { limit } => format!("expected less than {limit}"),
        Complaint::MinLength { limit } => format!("expected at least {limit} characters"),
        Complaint::MaxLength { limit } => format!("expected at most {limit} characters"),
        Complaint::MinItems { limit } => format!("expected at least {limit} elements"),
        Complaint::MaxItems { limit } => format!("expected at most {limit} elements"),
        Complaint::OneOfMultipleValid { .. } => "it fits more than one alternative of `oneOf`".to_owned(),
        other => format!("it breaks `{}`", other.keyword()),
    }
}

fn quoted(names: impl Iterator<Item = impl Display>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn word(kind: JsonType) -> &'static str {
    match kind {
        JsonType::String => "text",
        JsonType::Array => "list",
        JsonType::Boolean => "true or false",
        other => other.as_str(),
    }
}

fn found(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}
