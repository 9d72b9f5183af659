//! The records of a specification, flat: which values they hold, and which fields of the normalized model read them.
//!
//! A schema with `x-record` is one. Its values are found through nested objects and all alternatives of unions; where another record
//! begins, the way ends, since that one has a list of its own.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use crate::spec::{Place, Spec, pointer};

/// A schema whose values become records of the normalized model.
pub(crate) struct Record {
    /// The component's name.
    pub(crate) name: String,
    /// What its values become.
    pub(crate) subjects: Vec<String>,
    /// Its values by path, in the order of the document.
    ///
    /// A path is a JSON pointer in which `*` stands for the elements of a list, and a last `**` for anything below.
    pub(crate) fields: IndexMap<String, Field>,
    /// Fields of the model, each with the path of a property that says it feeds that one.
    pub(crate) sources: Vec<(String, String)>,
    /// Where in the document these properties stand.
    reached: BTreeSet<String>,
}

/// A value of a record.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Field {
    /// Fields of the model that read it.
    pub(crate) normalized: Vec<String>,
    /// The record that begins here.
    pub(crate) record: Option<String>,
}

impl Record {
    /// Whether the record reaches an annotated property.
    pub(crate) fn reaches(&self, place: &Place<'_>) -> bool {
        self.reached.contains(&place.pointer)
    }

    /// Whether anything in the record feeds a subject.
    pub(crate) fn feeds(&self, subject: &str) -> bool {
        self.sources.iter().any(|(field, _)| field.split_once('.').is_some_and(|(of, _)| of == subject))
    }
}

/// All records of a specification, in its order.
pub(crate) fn records(spec: &Spec) -> Vec<Record> {
    let schemas = spec.at("/components/schemas");
    let roots = schemas.iter().flat_map(Place::members).filter(|(_, schema)| schema.get("x-record").is_some());
    let record = |(name, schema): (&String, Place<'_>)| {
        let (fields, sources, reached) = (IndexMap::new(), Vec::new(), BTreeSet::new());
        let record = Record { name: name.clone(), subjects: texts(&schema, "x-record"), fields, sources, reached };
        let mut walk = Walk { spec, record, around: Vec::new() };
        walk.schema(&schema, "", &[], Part::Itself);
        walk.record
    };
    roots.map(record).collect()
}

fn texts(place: &Place<'_>, key: &str) -> Vec<String> {
    place.get(key).iter().flat_map(Place::elements).filter_map(|text| text.value.as_str().map(str::to_owned)).collect()
}

/// What a schema is to the one that led to it.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// All that is said about the value.
    Itself,
    /// One of several that add up, so that no record of its own begins here.
    Addition,
}

struct Walk<'a> {
    spec: &'a Spec,
    record: Record,
    /// The schemas on the way, since some hold themselves.
    around: Vec<String>,
}

impl<'a> Walk<'a> {
    fn schema(&mut self, place: &Place<'a>, path: &str, inherited: &[String], part: Part) {
        let own = self.annotation(place, path);
        let inherited = if own.is_empty() { inherited } else { &own };
        // A broken reference is told by its own rule.
        let Some(schema) = self.spec.resolve(place) else { return self.put(path, inherited, None) };
        let named = if schema.pointer == place.pointer { Vec::new() } else { self.annotation(&schema, path) };
        let inherited = if named.is_empty() { inherited } else { &named };
        if schema.get("x-record").is_some() && !path.is_empty() && part == Part::Itself {
            return self.put(path, inherited, Some(pointer::last(&schema.pointer)));
        }
        if self.around.contains(&schema.pointer) {
            return self.put(&format!("{path}/**"), inherited, None);
        }
        self.around.push(schema.pointer.clone());
        if !self.below(&schema, path, inherited) {
            let path = if anything(&schema) { format!("{path}/**") } else { path.to_owned() };
            self.put(&path, inherited, None);
        }
        self.around.pop();
    }

    /// Goes on to what a schema holds; false when it is a value itself.
    fn below(&mut self, schema: &Place<'a>, path: &str, inherited: &[String]) -> bool {
        let spec = self.spec;
        let members: Vec<_> = schema.get("properties").iter().flat_map(Place::members).collect();
        for (name, member) in &members {
            self.schema(member, &pointer::child(path, name), inherited, Part::Itself);
        }
        let list = schema.text("type") == Some("array") || schema.get("items").is_some();
        match schema.get("items") {
            // Some documents say so of lists that are always empty.
            _ if schema.value.get("maxItems").and_then(Value::as_u64) == Some(0) => {}
            Some(items) => self.schema(&items, &format!("{path}/*"), inherited, Part::Itself),
            None if list => self.put(&format!("{path}/*/**"), inherited, None),
            None => {}
        }
        let open = schema.get("additionalProperties").filter(|values| *values.value != Value::Bool(false));
        if let Some(values) = &open {
            // Nobody reads a member that has no name here, whatever is read of its neighbours.
            let inherited = if members.is_empty() { inherited } else { &[] };
            self.schema(values, &format!("{path}/**"), inherited, Part::Itself);
        }
        let additions: Vec<_> = schema.get("allOf").iter().flat_map(Place::elements).collect();
        // One addition to nothing is a reference with words of its own.
        let part = if members.is_empty() && additions.len() == 1 { Part::Itself } else { Part::Addition };
        for addition in additions.iter().filter(|addition| part == Part::Itself || !says_nothing(spec, addition)) {
            self.schema(addition, path, inherited, part);
        }
        let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key));
        let alternatives: Vec<_> = lists.flat_map(|list| list.elements()).collect();
        for alternative in alternatives.iter().filter(|alternative| !only_null(spec, alternative)) {
            if members.is_empty() || !says_nothing(spec, alternative) {
                self.schema(alternative, path, inherited, Part::Itself);
            }
        }
        list || open.is_some() || !(members.is_empty() && additions.is_empty() && alternatives.is_empty())
    }

    /// The fields that a property says it feeds.
    fn annotation(&mut self, place: &Place<'a>, path: &str) -> Vec<String> {
        let fields = texts(place, "x-normalized");
        if !fields.is_empty() {
            self.record.reached.insert(place.pointer.clone());
        }
        for field in &fields {
            let source = (field.clone(), cut(path).to_owned());
            if !self.record.sources.contains(&source) {
                self.record.sources.push(source);
            }
        }
        fields
    }

    /// Notes a value. Alternatives may lead to the same path; it then feeds what any of them says.
    fn put(&mut self, path: &str, normalized: &[String], record: Option<String>) {
        let field = self.record.fields.entry(cut(path).to_owned()).or_default();
        for name in normalized {
            if !field.normalized.contains(name) {
                field.normalized.push(name.clone());
            }
        }
        field.record = field.record.take().or(record);
    }
}

/// Nothing is told apart below `**`.
fn cut(path: &str) -> &str {
    path.find("/**").map_or(path, |at| &path[..at + "/**".len()])
}

/// An alternative or addition that only restricts what the schema around it holds.
fn says_nothing(spec: &Spec, place: &Place<'_>) -> bool {
    spec.resolve(place).is_some_and(|schema| anything(&schema))
}

fn only_null(spec: &Spec, place: &Place<'_>) -> bool {
    let Some(values) = spec.resolve(place).and_then(|schema| schema.get("enum")) else { return false };
    values.elements().all(|value| value.value.is_null())
}

/// Whether a schema names neither members nor a kind of value.
fn anything(schema: &Place<'_>) -> bool {
    const NARROWER: [&str; 8] =
        ["properties", "items", "additionalProperties", "allOf", "oneOf", "anyOf", "enum", "format"];
    matches!(schema.text("type"), None | Some("object")) && NARROWER.iter().all(|key| schema.value.get(key).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::testing::spec;

    /// `path: fields > record` of every value of the first record.
    fn flat(schemas: &str) -> Vec<String> {
        let spec = spec(&format!("components:\n  schemas:\n    {}", schemas.replace('\n', "\n    ")));
        let records = records(&spec);
        let fields = records.first().map(|record| &record.fields).into_iter().flatten();
        let record = |field: &Field| field.record.as_ref().map(|name| format!(" > {name}")).unwrap_or_default();
        fields.map(|(path, field)| format!("{path}: {}{}", field.normalized.join(","), record(field))).collect()
    }

    #[test]
    fn objects_and_lists_are_flattened_in_document_order() {
        assert_eq!(
            flat(
                "A: {x-record: [a], properties: {z: {type: string, x-normalized: [a.z]}, extra: {$ref: '#/components/schemas/B'}, l: {type: array}}}\n\
                 B: {properties: {'a/b': {type: array, items: {type: string}, x-normalized: [a.l]}, any: {description: d}}, additionalProperties: {}}"
            ),
            ["/z: a.z", "/extra/a~1b/*: a.l", "/extra/any/**: ", "/extra/**: ", "/l/*/**: "]
        );
    }

    #[test]
    fn alternatives_are_merged_and_null_is_none() {
        assert_eq!(
            flat(
                "A: {x-record: [a], properties: {b: {oneOf: [{$ref: '#/components/schemas/B'}, {type: array, items: {$ref: '#/components/schemas/B'}}, {type: string, nullable: true, enum: [null]}]}}}\n\
                 B: {properties: {x: {type: string, x-normalized: [a.x]}}, anyOf: [{required: [x]}, {properties: {x: {x-normalized: [a.y], type: integer}}}]}"
            ),
            ["/b/x: a.x,a.y", "/b/*/x: a.x,a.y"]
        );
        assert_eq!(flat("A: {x-record: [a], oneOf: [{type: array, maxItems: 0, items: {}}]}"), Vec::<String>::new());
    }

    #[test]
    fn an_annotation_goes_to_what_has_none_of_its_own() {
        assert_eq!(
            flat(
                "A: {x-record: [a], properties: {b: {x-normalized: [a.b], description: d, allOf: [{$ref: '#/components/schemas/B'}]}, any: {x-normalized: [a.z], additionalProperties: {}}}}\n\
                 B: {properties: {x: {type: string}, y: {type: string, x-normalized: [a.y]}}, additionalProperties: {}}"
            ),
            ["/b/x: a.b", "/b/y: a.y", "/b/**: ", "/any/**: a.z"]
        );
    }

    #[test]
    fn another_record_ends_the_way() {
        assert_eq!(
            flat(
                "A: {x-record: [a], allOf: [{$ref: '#/components/schemas/B'}, {properties: {b: {x-normalized: [a.b], allOf: [{$ref: '#/components/schemas/B'}]}, l: {items: {$ref: '#/components/schemas/B'}}}}]}\n\
                 B: {x-record: [b], properties: {x: {type: string}}}"
            ),
            ["/x: ", "/b: a.b > B", "/l/*:  > B"]
        );
    }

    #[test]
    fn schemas_that_hold_themselves_end() {
        assert_eq!(
            flat(
                "A: {x-record: [a], properties: {b: {$ref: '#/components/schemas/B'}, a: {$ref: '#/components/schemas/A'}}}\nB: {properties: {b: {$ref: '#/components/schemas/B'}}}"
            ),
            ["/b/b/**: ", "/a:  > A"]
        );
    }

    #[test]
    fn what_is_reached_and_fed_is_known() {
        let spec = spec("components: {schemas: {A: {x-record: [a], properties: {b: {x-normalized: [b.c]}}}}}");
        let records = records(&spec);
        assert!(records[0].feeds("b") && !records[0].feeds("a"));
        assert_eq!(records[0].sources, [("b.c".to_owned(), "/b".to_owned())]);
        let place = spec.at("/components/schemas/A/properties/b");
        assert!(place.is_some_and(|place| records[0].reaches(&place)));
    }
}
