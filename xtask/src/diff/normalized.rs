//! Which fields of the normalized model read a place of the document.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::kind::Kind;
use crate::spec::{Place, Spec};

/// Fields by the pointer of the schema that they read.
pub(super) struct Readers(HashMap<String, Vec<String>>);

impl Readers {
    /// Of a whole document: an annotation holds for everything below that has none of its own.
    pub(super) fn of_document(spec: &Spec) -> Self {
        let mut walk = Walk { spec, found: HashMap::new(), seen: HashSet::new() };
        let schemas = spec.at("/components/schemas");
        for (_, schema) in schemas.iter().flat_map(Place::members) {
            walk.schema(&schema, &[], true);
        }
        Self(walk.found)
    }

    /// The fields that read a place; for a whole schema that comes or goes, everything in it.
    pub(super) fn of(&self, at: &str, kind: Kind) -> Vec<String> {
        let whole = matches!(
            kind,
            Kind::SchemaAdded
                | Kind::SchemaRemoved
                | Kind::SchemaKindChanged
                | Kind::RecordChanged
                | Kind::SchemaRenamed
        );
        let mut around = at;
        let mut names = loop {
            if let Some(names) = self.0.get(around) {
                break names.clone();
            }
            // Above a property stands another one.
            match around.rfind('/').filter(|_| !around.ends_with("/properties")) {
                Some(end) if end > 0 => around = &around[..end],
                _ => break Vec::new(),
            }
        };
        if whole {
            let inside = format!("{at}/");
            names.extend(
                self.0.iter().filter(|(place, _)| place.starts_with(&inside)).flat_map(|(_, names)| names.clone()),
            );
            names.sort();
        }
        names.dedup();
        names
    }
}

struct Walk<'a> {
    spec: &'a Spec,
    found: HashMap<String, Vec<String>>,
    seen: HashSet<(String, Vec<String>)>,
}

impl<'a> Walk<'a> {
    fn schema(&mut self, place: &Place<'a>, inherited: &[String], itself: bool) {
        let own = annotation(place);
        let fields = if own.is_empty() { inherited.to_vec() } else { own };
        if !self.seen.insert((place.pointer.clone(), fields.clone())) {
            return;
        }
        // A record has readers of its own, whoever holds it.
        let fields = if place.get("x-record").is_some() && !itself { Vec::new() } else { fields };
        if !fields.is_empty() {
            let entry = self.found.entry(place.pointer.clone()).or_default();
            for field in &fields {
                if !entry.contains(field) {
                    entry.push(field.clone());
                }
            }
        }
        if place.value.get("$ref").is_some() {
            if let Some(target) = self.spec.resolve(place) {
                self.schema(&target, &fields, false);
            }
            return;
        }
        for (_, member) in place.get("properties").iter().flat_map(Place::members) {
            self.schema(&member, &fields, false);
        }
        for key in ["items", "additionalProperties"] {
            if let Some(inner) = place.get(key).filter(|inner| inner.value.is_object()) {
                self.schema(&inner, &fields, false);
            }
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            for inner in place.get(key).iter().flat_map(Place::elements) {
                self.schema(&inner, &fields, false);
            }
        }
    }
}

fn annotation(place: &Place<'_>) -> Vec<String> {
    let list = place.value.get("x-normalized").and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::testing::spec;

    #[test]
    fn an_annotation_holds_for_what_it_leads_to_but_not_for_another_record() {
        let spec = spec(
            "components: {schemas: {\
             A: {x-record: [account], properties: {b: {x-normalized: [account.kind], allOf: [{$ref: '#/components/schemas/B'}]}, c: {x-normalized: [account.id], allOf: [{$ref: '#/components/schemas/C'}]}}},\
             B: {type: string, enum: [x]}, C: {x-record: [party], properties: {d: {type: string}}}}}",
        );
        let readers = Readers::of_document(&spec);
        let of = |at: &str| readers.of(at, Kind::EnumValueAdded);
        assert_eq!(of("/components/schemas/B"), ["account.kind"]);
        assert_eq!(of("/components/schemas/A/properties/b"), ["account.kind"]);
        assert!(of("/components/schemas/C/properties/d").is_empty());
        assert_eq!(readers.of("/components/schemas/A", Kind::SchemaRemoved), ["account.id", "account.kind"]);
    }
}
