//! Checks of a specification before anything is generated from it.
//!
//! [`structure()`] holds for every document, ours or somebody else's: what it finds would stop generation or make it wrong.
//! [`house()`] holds for the curated specifications in `specs/`: what a reader, a reviewer and the generated documentation
//! rely on. Each rule is one file, and says why it exists.

mod document;
mod house;
mod structure;
#[cfg(test)]
pub(crate) mod testing;
mod vocabulary;

use crate::diagnostic::Problems;
use crate::spec::Spec;
use document::Document;
pub(crate) use house::value_formats::CHECKS as VALUE_FORMATS;

/// What every document must satisfy before generation.
pub(crate) fn structure(spec: &Spec, problems: &mut Problems) {
    let document = Document::new(spec);
    for rule in structure::RULES {
        rule(&document, problems);
    }
}

/// What curated specifications satisfy beyond [`structure()`].
pub(crate) fn house(spec: &Spec, problems: &mut Problems) {
    let document = Document::new(spec);
    for rule in house::RULES {
        rule(&document, problems);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::diagnostic::Rejected;
    use crate::spec::pointer;

    /// A small curated specification in which every rule finds something to look at and nothing to say.
    const SOUND: &str = include_str!("testdata/sound.yaml");

    fn all(spec: &Spec) -> String {
        let mut problems = Problems::default();
        structure(spec, &mut problems);
        house(spec, &mut problems);
        Rejected(problems.into_sorted()).to_string()
    }

    fn pointers(value: &Value, at: &str, into: &mut Vec<String>) {
        into.push(at.to_owned());
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(key, member)| pointers(member, &pointer::child(at, key), into))
            }
            Value::Array(elements) => elements
                .iter()
                .enumerate()
                .for_each(|(index, element)| pointers(element, &format!("{at}/{index}"), into)),
            _ => {}
        }
    }

    #[test]
    fn a_sound_specification_passes() {
        assert_eq!(all(&testing::spec(SOUND)), "");
    }

    fn remove(root: &mut Value, place: &str) {
        let Some((parent, _)) = place.rsplit_once('/') else { return };
        match root.pointer_mut(parent) {
            Some(Value::Object(members)) => drop(members.shift_remove(&pointer::last(place))),
            Some(Value::Array(elements)) => drop(elements.pop()),
            _ => {}
        }
    }

    /// Whatever a document holds in whatever place, it is answered with problems, never with a panic.
    #[test]
    fn odd_documents_do_no_harm() {
        let sound = testing::spec(SOUND);
        let mut places = Vec::new();
        pointers(&sound.root, "", &mut places);
        let odd = [Value::Null, json!([]), json!({}), json!("x"), json!(1), json!({ "$ref": "#" })];
        let (mut tried, mut told) = (0, 0);
        for (index, place) in places.iter().enumerate() {
            let container = sound.root.pointer(place).is_some_and(|value| value.is_object() || value.is_array());
            // To a text any other value is as odd as the next, so these take turns.
            let values = if container { &odd[..] } else { std::slice::from_ref(&odd[index % odd.len()]) };
            for value in values.iter().map(Some).chain([None]) {
                let mut spec = sound.with_root(sound.root.clone());
                match (spec.root.pointer_mut(place), value) {
                    (Some(target), Some(value)) => *target = value.clone(),
                    _ => remove(&mut spec.root, place),
                }
                tried += 1;
                told += usize::from(!all(&spec).is_empty());
            }
        }
        // Most of it is noticed; only free text and optional members may be anything or nothing.
        assert!(told * 2 > tried, "{told} of {tried}");
    }

    #[test]
    fn keys_may_be_numbers() {
        assert!(!all(&testing::spec("1: {2: [3]}\npaths: {4: {get: {5: 6, responses: {7: 8}}}}")).is_empty());
    }
}
