//! Changing values in records.

use serde_json::{Value, json};

/// A place by its names: `*` is the first item, `**` a member of a free-form map.
fn steps(path: &str) -> Vec<String> {
    let step = |name: &str| match name {
        "*" => "0".to_owned(),
        "**" => "any".to_owned(),
        name => name.replace("~1", "/").replace("~0", "~"),
    };
    path.split('/').skip(1).map(step).collect()
}

/// The value at a place.
pub(super) fn at<'v>(record: &'v Value, path: &str) -> Option<&'v Value> {
    let mut at = record;
    for step in steps(path) {
        at = match at {
            Value::Object(members) => members.get(&step)?,
            Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(at)
}

/// Whether a value can stand at a place of the record as it is, so that nothing else changes with it.
pub(super) fn fits(record: &Value, path: &str) -> bool {
    let Some((parent, name)) = path.rsplit_once('/') else { return true };
    match at(record, parent) {
        Some(Value::Array(items)) => name == "*" && !items.is_empty(),
        Some(Value::Object(_)) => name != "*",
        _ => false,
    }
}

/// The record with another value at a place; what leads there is made where it is missing.
pub(super) fn with(record: &Value, path: &str, value: &Value) -> Value {
    let mut record = record.clone();
    let wanted: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
    let mut at = &mut record;
    for (step, name) in steps(path).into_iter().zip(&wanted) {
        if name == "*" {
            if !at.is_array() {
                *at = json!([]);
            }
            let Value::Array(items) = at else { unreachable!() };
            if items.is_empty() {
                items.push(Value::Null);
            }
            at = &mut items[0];
        } else {
            if !at.is_object() {
                *at = json!({});
            }
            at = &mut at[step];
        }
    }
    *at = value.clone();
    record
}

/// The record without the value at a place.
pub(super) fn without(record: &Value, path: &str) -> Value {
    let mut record = record.clone();
    let Some((parent, name)) = path.rsplit_once('/') else { return record };
    let mut at = &mut record;
    for step in steps(parent) {
        let next = match at {
            Value::Object(members) => members.get_mut(&step),
            Value::Array(items) => step.parse::<usize>().ok().and_then(|index| items.get_mut(index)),
            _ => None,
        };
        let Some(next) = next else { return record };
        at = next;
    }
    match at {
        Value::Object(members) => {
            members.remove(name);
        }
        Value::Array(items) => items.clear(),
        _ => {}
    }
    record
}

/// Other values that could stand where this one does.
pub(super) fn candidates(value: Option<&Value>, words: &[Value]) -> Vec<Value> {
    let mut all: Vec<Value> = words.to_vec();
    match value {
        Some(Value::Bool(value)) => all.push(json!(!value)),
        Some(Value::Number(_)) => all.extend([json!(7), json!(-8), serde_json::from_str("41.75").unwrap()]),
        Some(Value::String(text)) => {
            all.push(json!(format!("{text}7")));
            all.extend(TEXTS.iter().map(|text| json!(text)));
        }
        Some(Value::Null) | None => {
            all.extend([json!(true), json!(7), json!("2026-02-03")]);
            all.extend(TEXTS.iter().map(|text| json!(text)));
        }
        Some(Value::Array(_)) => all.extend([json!([]), json!(["another"])]),
        Some(Value::Object(_)) => all.push(json!({})),
    }
    all.retain(|candidate| Some(candidate) != value);
    all
}

/// Texts that mean something to one field or another.
const TEXTS: &[&str] = &[
    "another",
    "USD",
    "2026-02-03",
    "2026-02-03T04:05:06Z",
    "04:05:06",
    "ES9121000418450200051332",
    "US0378331005",
    "DEUTDEFF",
    "5812",
    "-17.25",
    "BR",
    "asset",
    "LIABILITY",
    "INFLOW",
    "OUTFLOW",
];
