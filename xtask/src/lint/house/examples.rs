//! Rule: every example is a value of its schema.
//!
//! Examples feed the sandbox, the tests and the documentation; one that contradicts its schema means that one of the two is wrong,
//! and usually it is the schema.

use std::collections::BTreeMap;

use jsonschema::{Draft, Registry, ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::super::document::{Document, Kind, Node};
use super::is_structured;
use super::mismatch::describe;
use super::value_formats::CHECKS;
use crate::diagnostic::Problems;
use crate::json_schema::Definitions;
use crate::spec::{Place, Spec, pointer};

/// Where the translated schemas stand for the validator.
const BASE: &str = "urn:bankfeed:specification";
/// More than these of one example are noise.
const SHOWN: usize = 4;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    let examples = collect(document);
    let mut definitions = Definitions::new(document.spec);
    let mut by_schema = BySchema::new();
    for (schema, example) in examples {
        let fragment = definitions.add(&schema);
        by_schema.entry(fragment).or_insert_with(|| (schema, Vec::new())).1.push(example);
    }
    let registry =
        Registry::new().draft(Draft::Draft4).add(BASE, definitions.document()).and_then(|registry| registry.prepare());
    let registry = match registry {
        Ok(registry) => registry,
        Err(error) => {
            let problem = format!("the schemas cannot be used to check examples: {error}");
            return document.tell(
                problems,
                &document.spec.root(),
                problem,
                "mend the schemas that the other problems name",
            );
        }
    };
    // One validator for all of them: each would take in again what they have in common.
    if let Ok(validator) = validator(&registry, by_schema.keys()) {
        return judge(document, &validator, &by_schema, problems);
    }
    for (fragment, of_schema) in by_schema {
        match validator(&registry, [&fragment]) {
            Ok(validator) => judge(document, &validator, &BTreeMap::from([(fragment, of_schema)]), problems),
            Err(error) => {
                let problem = format!("the schema is malformed, so its examples cannot be checked: {}", error.masked());
                document.tell(
                    problems,
                    &of_schema.0,
                    problem,
                    "mend the keyword, here or in a schema that this one refers to",
                );
            }
        }
    }
}

/// Examples by the fragment of their schema, with the schema.
type BySchema<'a> = BTreeMap<String, (Place<'a>, Vec<Place<'a>>)>;

/// Judges `{ fragment: [example, …], … }`.
fn validator<'f>(
    registry: &Registry<'_>,
    fragments: impl IntoIterator<Item = &'f String>,
) -> Result<Validator, ValidationError<'static>> {
    let lists = fragments.into_iter().map(|fragment| {
        let list = json!({ "type": "array", "items": { "$ref": format!("{BASE}{fragment}") } });
        (fragment.clone(), list)
    });
    let mut options =
        jsonschema::options().with_draft(Draft::Draft4).with_registry(registry).should_validate_formats(true);
    for (name, fits) in CHECKS {
        options = options.with_format(*name, *fits);
    }
    options.build(&json!({ "properties": lists.collect::<Map<String, Value>>() }))
}

fn judge(document: &Document<'_>, validator: &Validator, by_schema: &BySchema<'_>, problems: &mut Problems) {
    let lists = by_schema.iter().map(|(fragment, (_, examples))| {
        (fragment.clone(), Value::Array(examples.iter().map(|example| example.value.clone()).collect()))
    });
    let all = Value::Object(lists.collect());
    let mut failures: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for error in validator.iter_errors(&all) {
        let (at, expected) = describe(&error);
        let (example, inner) = within(&at);
        failures.entry(example.to_owned()).or_default().push((inner.to_owned(), expected));
    }
    for (fragment, (_, examples)) in by_schema {
        for (index, example) in examples.iter().enumerate() {
            let at = format!("{}/{index}", pointer::child("", fragment));
            tell(document, example, failures.get(&at).map_or(&[][..], Vec::as_slice), problems);
        }
    }
}

/// Splits a pointer into that of the example and that inside of it.
fn within(at: &str) -> (&str, &str) {
    let third = at.match_indices('/').nth(2).map_or(at.len(), |(third, _)| third);
    at.split_at(third)
}

fn tell(document: &Document<'_>, example: &Place<'_>, failures: &[(String, String)], problems: &mut Problems) {
    for (inner, expected) in failures.iter().take(SHOWN) {
        let at = if inner.is_empty() { String::new() } else { format!(" at `{inner}`") };
        let place = Place { pointer: format!("{}{inner}", example.pointer), value: example.value };
        document.tell(
            problems,
            &place,
            format!("the example does not fit its schema{at}: {expected}"),
            "correct the example, or the schema if the provider really sends this",
        );
    }
    if failures.len() > SHOWN {
        let more = failures.len() - SHOWN;
        document.tell(
            problems,
            example,
            format!("the example does not fit its schema in {more} more places"),
            "mend the first ones and look again",
        );
    }
}

/// Every example of the document with the schema it is an example of.
fn collect<'a>(document: &Document<'a>) -> Vec<(Place<'a>, Place<'a>)> {
    let mut found = Vec::new();
    for node in document.nodes.iter().filter(|node| node.reference().is_none()) {
        let Some(schema) = schema_of(document, node) else { continue };
        found.extend(examples_of(document.spec, node).into_iter().map(|example| (schema.clone(), example)));
    }
    found
}

/// What an object's examples are examples of.
fn schema_of<'a>(document: &Document<'a>, node: &Node<'a>) -> Option<Place<'a>> {
    match node.kind {
        Kind::Schema => node.place.value.is_object().then(|| node.place.clone()),
        Kind::MediaType if !is_structured(&pointer::last(&node.place.pointer)) => None,
        Kind::MediaType | Kind::Parameter | Kind::Header => document.spec.resolve(&node.place.get("schema")?),
        _ => None,
    }
}

fn examples_of<'a>(spec: &'a Spec, node: &Node<'a>) -> Vec<Place<'a>> {
    // Null is an example like any other, so these are looked up in the values themselves.
    let member = |place: &Place<'a>, key: &str| {
        place.value.get(key).map(|value| Place { pointer: pointer::child(&place.pointer, key), value })
    };
    let mut found: Vec<Place<'a>> = member(&node.place, "example").into_iter().collect();
    if node.kind != Kind::Schema {
        let named = node.place.get("examples");
        found.extend(
            named.iter().flat_map(Place::members).filter_map(|(_, example)| member(&spec.resolve(&example)?, "value")),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    fn about(schema: &str, example: &str) -> Vec<String> {
        let yaml = format!(
            "paths: {{/a: {{get: {{responses: {{'200': {{content: {{application/json: {{schema: {schema}, example: {example}}}}}}}}}}}}}}}\n\
             components: {{schemas: {{Kind: {{type: string, enum: [card, loan]}}, Node: {{type: object, required: [id], properties: {{id: {{type: string, format: id}}, \
             next: {{$ref: '#/components/schemas/Node'}}, kind: {{nullable: true, allOf: [{{$ref: '#/components/schemas/Kind'}}]}}}}}}}}}}"
        );
        let prefix = "the example does not fit its schema";
        lines(check, &yaml).iter().map(|line| line.strip_prefix(prefix).unwrap_or(line).to_owned()).collect()
    }

    #[test]
    fn what_is_reported_names_both_pointers_and_the_line() {
        let yaml = "components:\n  schemas:\n    A:\n      type: object\n      properties: { amount: { type: number } }\n      example:\n        amount: abc\n";
        assert_eq!(
            told(check, yaml),
            "error: the example does not fit its schema at `/amount`: expected number, found text\n  --> t.yaml:7  #/components/schemas/A/example/amount\n  \
             help: correct the example, or the schema if the provider really sends this\n"
        );
    }

    #[test]
    fn references_and_recursion_are_followed() {
        let node = "{$ref: '#/components/schemas/Node'}";
        assert!(about(node, "{id: '1', next: {id: '2', kind: card}, kind: ~}").is_empty());
        assert_eq!(about(node, "{id: '1', next: {kind: card}}"), [" at `/next`: `id` is missing"]);
        assert_eq!(about(node, "{id: 1}"), [" at `/id`: expected text, found integer"]);
        assert_eq!(about(node, "{id: '1', kind: cart}"), [" at `/kind`: expected one of `card`, `loan`"]);
    }

    #[test]
    fn keywords_of_three_zero_keep_their_meaning() {
        assert_eq!(about("{type: integer, minimum: 0, exclusiveMinimum: true}", "0"), [": expected more than 0"]);
        assert!(about("{type: string, nullable: true, enum: [a]}", "~").is_empty());
        assert_eq!(about("{type: string}", "~"), [": expected text, found null"]);
    }

    #[test]
    fn formats_are_checked() {
        assert_eq!(about("{type: string, format: date}", "01/02/2024"), [": expected text of `format: date`"]);
        assert!(about("{type: string, format: time}", "'12:30:00'").is_empty());
        assert!(about("{type: string, format: whatever}", "x").is_empty());
        assert!(about("{type: number, format: decimal}", "-20.35").is_empty());
        assert_eq!(about("{type: number, format: decimal}", "abc"), [": expected number, found text"]);
        assert_eq!(about("{type: string, format: decimal}", "abc"), [": expected text of `format: decimal`"]);
    }

    #[test]
    fn unions_say_what_the_nearest_alternative_wanted() {
        let id = "{format: id, oneOf: [{type: string}, {type: integer}]}";
        assert!(about(id, "'1'").is_empty() && about(id, "1").is_empty());
        assert_eq!(about(id, "[]"), [": it fits none of the 2 alternatives"]);
        let kind = "{oneOf: [{$ref: '#/components/schemas/Kind'}, {type: string, nullable: true, enum: [null]}]}";
        assert!(about(kind, "card").is_empty() && about(kind, "~").is_empty());
        assert_eq!(about(kind, "cart"), [": expected one of `card`, `loan`"]);
        assert_eq!(about("{type: string, nullable: true}", "1"), [": expected text or null, found integer"]);
        assert_eq!(about("{anyOf: [{type: string}, {type: object, required: [a]}]}", "{}"), [": `a` is missing"]);
    }

    #[test]
    fn parameters_callbacks_and_named_examples_are_checked() {
        let yaml = "components:\n  examples: {E: {value: 1}}\n  parameters: {P: {name: p, schema: {type: boolean}, examples: {a: {$ref: '#/components/examples/E'}, b: {value: true}}}}\n\
                    x-webhooks: {h: {post: {requestBody: {content: {application/json: {schema: {type: object}, example: []}}}}}}\n";
        assert_eq!(
            lines(check, yaml),
            [
                "the example does not fit its schema: expected true or false, found integer",
                "the example does not fit its schema: expected object, found list"
            ]
        );
    }

    #[test]
    fn a_malformed_schema_is_told() {
        let text = told(check, "components: {schemas: {A: {type: strong, example: a}, B: {type: string, example: 1}}}");
        assert!(text.contains("the schema is malformed") && text.contains("found integer"), "{text}");
    }
}
