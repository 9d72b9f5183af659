//! Rule: an operation says what it is, where that is written, and whether it may be repeated.
//!
//! Summary and description become the method's documentation, tags its place; `x-source` lets a reviewer check a fact, and
//! without `x-retry` the transport would have to guess whether a repeated call does harm.

use heck::ToSnakeCase;

use super::super::document::{Document, Operation};
use crate::diagnostic::Problems;
use crate::spec::Place;

/// Texts that every operation has, with what to write.
const WANTED: &[(&str, &str)] = &[
    ("summary", "add a `summary`: one line that says what comes back or what happens"),
    ("description", "add a `description`: what the summary leaves open, such as limits, order and side effects"),
    ("x-source", "add `x-source`, such as `reference v6, Transactions / List`, or `inferred: …`"),
    ("x-retry", "add `x-retry: safe` if repeating it does no harm, `never` if it may, or the name of a rule"),
];

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for operation in &document.operations {
        let place = &operation.place;
        if let Some(id) = place.text("operationId") {
            let snake = id.to_snake_case();
            if snake != id {
                document.tell(
                    problems,
                    place,
                    format!("`operationId: {id}` is not in snake_case"),
                    format!("write `operationId: {snake}`"),
                );
            }
        }
        for (key, help) in WANTED {
            if place.text(key).is_none_or(|text| text.trim().is_empty()) {
                document.tell(problems, place, format!("the operation has no `{key}`"), *help);
            }
        }
        tags(document, operation, problems);
        if !promises_errors(place) {
            let help = "add the documented 4xx and 5xx responses, and `x-errors` with the codes of each";
            document.tell(problems, place, "the operation documents no error response", help);
        }
    }
}

fn tags(document: &Document<'_>, operation: &Operation<'_>, problems: &mut Problems) {
    if operation.place.value.get("tags").and_then(serde_json::Value::as_array).is_none_or(Vec::is_empty) {
        document.tell(
            problems,
            &operation.place,
            "the operation has no tag",
            "add `tags: [NAME]`; the first one names the module it is generated into",
        );
    }
    undeclared_tags(document, &operation.place, problems);
}

/// An undeclared tag would take its operation out of a family without a word.
pub(super) fn undeclared_tags(document: &Document<'_>, operation: &Place<'_>, problems: &mut Problems) {
    let declared = document.spec.root().get("tags");
    let declared: Vec<&str> = declared.iter().flat_map(Place::elements).filter_map(|tag| tag.text("name")).collect();
    for tag in operation.get("tags").iter().flat_map(Place::elements) {
        let name = tag.value.as_str().unwrap_or_default();
        if !declared.contains(&name) {
            let help = "add it to the `tags` at the root, with a description, or use one that is there";
            document.tell(problems, &tag, format!("the tag `{name}` is not declared"), help);
        }
    }
}

fn promises_errors(operation: &Place<'_>) -> bool {
    let responses = operation.get("responses");
    responses.iter().flat_map(Place::members).any(|(status, _)| status.starts_with(['4', '5']) || status == "default")
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    #[test]
    fn a_complete_operation_passes() {
        let yaml = "tags: [{name: t}]\npaths: {/a: {get: {operationId: list_a, summary: s, description: d, tags: [t], x-source: r, x-retry: safe, responses: {'404': {}}}}}";
        assert_eq!(told(check, yaml), "");
    }

    #[test]
    fn everything_that_is_missing_is_named() {
        assert_eq!(
            lines(
                check,
                "paths: {/a: {get: {operationId: listA, summary: ' ', tags: [u], responses: {'200': {}}}, put: {responses: {'400': {}}}}}"
            ),
            [
                "`operationId: listA` is not in snake_case",
                "the operation has no `summary`",
                "the operation has no `description`",
                "the operation has no `x-source`",
                "the operation has no `x-retry`",
                "the tag `u` is not declared",
                "the operation documents no error response",
                "the operation has no `summary`",
                "the operation has no `description`",
                "the operation has no `x-source`",
                "the operation has no `x-retry`",
                "the operation has no tag",
            ]
        );
    }
}
