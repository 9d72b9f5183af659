//! Rule: a component schema says what it is and where that is written, and an object shows how it looks.
//!
//! The description becomes the type's documentation. Enums, scalars, lists and unions may go without an example; for an object it
//! stands on the schema, or on a media type whose schema is exactly this component.

use std::collections::HashSet;

use super::super::document::{Document, Kind, Role};
use crate::diagnostic::Problems;
use crate::spec::{Place, pointer};

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    let shown = shown_elsewhere(document);
    for schema in
        document.of(Kind::Schema).filter(|schema| schema.role == Role::Component && schema.reference().is_none())
    {
        let place = &schema.place;
        let name = pointer::last(&place.pointer);
        if place.text("description").is_none_or(|text| text.trim().is_empty()) {
            document.tell(
                problems,
                place,
                format!("the schema `{name}` has no `description`"),
                "add a `description`: one or two sentences in our own words",
            );
        }
        if place.text("x-source").is_none_or(|text| text.trim().is_empty()) {
            let help = "add `x-source`, such as `reference v6, Accounts / Attributes`, or `inferred: …`";
            document.tell(problems, place, format!("the schema `{name}` has no `x-source`"), help);
        }
        if is_object(place) && place.get("example").is_none() && !shown.contains(&place.pointer) {
            let help = "add a realistic `example` to it, or to the media type that it is the schema of";
            document.tell(problems, place, format!("the schema `{name}` has no `example`"), help);
        }
    }
}

fn is_object(schema: &Place<'_>) -> bool {
    schema.text("type") == Some("object") || schema.get("properties").is_some() || schema.get("allOf").is_some()
}

/// Components that have an example where they are used as the whole body.
fn shown_elsewhere(document: &Document<'_>) -> HashSet<String> {
    let shown = document
        .of(Kind::MediaType)
        .filter(|node| node.place.get("example").is_some() || node.place.get("examples").is_some());
    shown.filter_map(|node| Some(document.spec.resolve(&node.place.get("schema")?)?.pointer)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::lines;
    use super::check;

    #[test]
    fn objects_need_all_three_and_others_two() {
        assert_eq!(
            lines(
                check,
                "components: {schemas: {A: {type: object}, E: {type: string, enum: [a]}, R: {$ref: '#/components/schemas/A'}}}"
            ),
            [
                "the schema `A` has no `description`",
                "the schema `A` has no `x-source`",
                "the schema `A` has no `example`",
                "the schema `E` has no `description`",
                "the schema `E` has no `x-source`",
            ]
        );
    }

    #[test]
    fn an_example_of_the_whole_body_counts() {
        let yaml = |schema: &str| {
            format!(
                "paths: {{/a: {{get: {{responses: {{'200': {{content: {{application/json: {{example: {{}}, schema: {schema}}}}}}}}}}}}}}}\n\
                 components: {{schemas: {{A: {{type: object, description: d, x-source: r}}}}}}"
            )
        };
        assert!(lines(check, &yaml("{$ref: '#/components/schemas/A'}")).is_empty());
        assert_eq!(
            lines(check, &yaml("{type: array, items: {$ref: '#/components/schemas/A'}}")),
            ["the schema `A` has no `example`"]
        );
    }
}
