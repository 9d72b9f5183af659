//! Rule: no keys that OpenAPI does not know.
//!
//! In a flow mapping a comma ends the value: `{ description: Paid, or open. }` has a second key, `or open.`. YAML takes it, and
//! half of the sentence is gone.

use super::super::document::{Document, Kind, Node};
use super::super::vocabulary::nearest;
use crate::diagnostic::Problems;

const SCHEMA: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];
const PARAMETER: &[&str] = &[
    "$ref",
    "allowEmptyValue",
    "allowReserved",
    "content",
    "deprecated",
    "description",
    "example",
    "examples",
    "explode",
    "in",
    "name",
    "required",
    "schema",
    "style",
];
const OPERATION: &[&str] = &[
    "callbacks",
    "deprecated",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "summary",
    "tags",
];
const BODY: &[&str] = &["$ref", "content", "description", "required"];
const RESPONSE: &[&str] = &["$ref", "content", "description", "headers", "links"];
const TAG: &[&str] = &["description", "externalDocs", "name"];

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for node in &document.nodes {
        let Some(known) = known(node) else { continue };
        for (key, place) in node.place.members() {
            if key.starts_with("x-") || known.contains(&key.as_str()) {
                continue;
            }
            let help = match nearest(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "remove it; where a comma split a text in two, put the text in quotes".to_owned(),
            };
            document.tell(problems, &place, format!("OpenAPI knows no `{key}` here"), help);
        }
    }
}

fn known(node: &Node<'_>) -> Option<&'static [&'static str]> {
    match node.kind {
        Kind::Schema => Some(SCHEMA),
        Kind::Parameter | Kind::Header => Some(PARAMETER),
        Kind::Operation | Kind::Callback => Some(OPERATION),
        Kind::RequestBody => Some(BODY),
        Kind::Response => Some(RESPONSE),
        Kind::Tag => Some(TAG),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    #[test]
    fn a_text_split_by_its_comma_is_found() {
        let yaml = |text: &str| {
            format!("components: {{schemas: {{A: {{properties: {{a: {{type: string, description: {text}}}}}}}}}}}")
        };
        assert_eq!(lines(check, &yaml("Paid, or open.")), ["OpenAPI knows no `or open.` here"]);
        assert_eq!(told(check, &yaml("'Paid, or open.'")), "");
    }

    #[test]
    fn misspelt_keys_are_found_wherever_they_stand() {
        let yaml = "tags: [{name: t, descripton: d}]\n\
                    paths: {/a: {get: {sumary: s, parameters: [{name: p, in: query, exemple: 1}], responses: {'200': {description: d, contents: {}}}}}}";
        let found = lines(check, yaml);
        for key in ["descripton", "sumary", "exemple", "contents"] {
            assert!(found.contains(&format!("OpenAPI knows no `{key}` here")), "{key}: {found:?}");
        }
        assert!(told(check, yaml).contains("did you mean `description`?"));
    }
}
