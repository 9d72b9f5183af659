//! Schemas that have another name and the same content.

use std::collections::HashMap;

use serde_json::Value;

use super::plain;
use crate::spec::{Place, Spec, pointer};

const SCHEMAS: &str = "/components/schemas";

/// From the old pointer to the new one.
pub(super) fn schemas(old: &Spec, new: &Spec) -> HashMap<String, String> {
    let (gone, come) = (alone(old, new), alone(new, old));
    let mut moved: HashMap<String, String> = HashMap::new();
    if gone.is_empty() || come.is_empty() {
        return moved;
    }
    // A schema that refers to a renamed one is the same only once that is known.
    loop {
        let before = moved.len();
        for from in gone.iter().filter(|place| !moved.contains_key(&place.pointer)).cloned().collect::<Vec<_>>() {
            let same = |to: &&Place<'_>| {
                !moved.values().any(|taken| *taken == to.pointer) && {
                    let mut names = moved.clone();
                    names.insert(from.pointer.clone(), to.pointer.clone());
                    renamed(&nameless(from.value), &names) == nameless(to.value)
                }
            };
            let mut candidates = come.iter().filter(same);
            // Of two that would do nobody knows which it is.
            if let (Some(to), None) = (candidates.next(), candidates.next()) {
                moved.insert(from.pointer.clone(), to.pointer.clone());
            }
        }
        if moved.len() == before {
            return moved;
        }
    }
}

fn alone<'a>(here: &'a Spec, there: &Spec) -> Vec<Place<'a>> {
    let all = here.at(SCHEMAS);
    all.iter()
        .flat_map(Place::members)
        .filter(|(name, _)| there.root.pointer(&pointer::child(SCHEMAS, name)).is_none())
        .map(|(_, place)| place)
        .collect()
}

/// A schema without the words for people and without its name in Rust, which is a matter of its own.
fn nameless(schema: &Value) -> Value {
    let mut schema = plain(schema);
    if let Value::Object(object) = &mut schema {
        object.shift_remove("x-rust-name");
    }
    schema
}

/// A value in which references have the new names.
fn renamed(value: &Value, names: &HashMap<String, String>) -> Value {
    match value {
        Value::Object(object) => Value::Object(
            object
                .iter()
                .map(|(key, value)| {
                    let to = value.as_str().and_then(|text| text.strip_prefix('#')).and_then(|to| names.get(to));
                    let value = match to {
                        Some(to) => Value::String(format!("#{to}")),
                        None => renamed(value, names),
                    };
                    (key.clone(), value)
                })
                .collect(),
        ),
        Value::Array(list) => Value::Array(list.iter().map(|value| renamed(value, names)).collect()),
        scalar => scalar.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::testing::spec;

    fn found(old: &str, new: &str) -> Vec<(String, String)> {
        let document = |schemas: &str| spec(&format!("components: {{schemas: {schemas}}}"));
        let moved = schemas(&document(old), &document(new));
        let mut names: Vec<_> = moved.iter().map(|(from, to)| (pointer::last(from), pointer::last(to))).collect();
        names.sort();
        names
    }

    #[test]
    fn the_same_under_another_name_is_found_through_references() {
        assert_eq!(
            found(
                "{Z: {properties: {a: {$ref: '#/components/schemas/A'}, z: {$ref: '#/components/schemas/Z'}}}, A: {type: string, description: one}}",
                "{Y: {properties: {a: {$ref: '#/components/schemas/B'}, z: {$ref: '#/components/schemas/Y'}}}, B: {type: string, description: two}}"
            ),
            [("A".to_owned(), "B".to_owned()), ("Z".to_owned(), "Y".to_owned())]
        );
    }

    #[test]
    fn two_that_would_do_are_not_guessed() {
        assert!(found("{A: {type: string}}", "{B: {type: string}, C: {type: string}}").is_empty());
        assert!(found("{A: {type: string}}", "{A: {type: string}, C: {type: string}}").is_empty());
    }
}
