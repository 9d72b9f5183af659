//! Rule: a callback is described completely.
//!
//! Callbacks come from outside: without a payload schema nothing can be parsed, and without a word on verification nobody knows
//! whether to believe it.

use heck::ToSnakeCase;

use super::super::document::Document;
use super::is_json;
use super::operations::undeclared_tags;
use crate::diagnostic::Problems;
use crate::spec::{METHODS, Place};

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for (name, item) in document.spec.root().get("x-webhooks").iter().flat_map(Place::members) {
        if *name != name.to_snake_case() {
            document.tell(
                problems,
                &item,
                format!("the callback name `{name}` is not in snake_case"),
                format!("write `{}`", name.to_snake_case()),
            );
        }
        let operations: Vec<Place<'_>> =
            item.members().filter(|(key, _)| METHODS.contains(&key.as_str())).map(|(_, operation)| operation).collect();
        if let [operation] = operations.as_slice() {
            complete(document, name, operation, problems);
        } else {
            let help = "write it as `post: { summary, description, x-source, x-verification, requestBody, responses }`";
            document.tell(problems, &item, format!("the callback `{name}` is not one operation"), help);
        }
    }
}

fn complete(document: &Document<'_>, name: &str, operation: &Place<'_>, problems: &mut Problems) {
    for key in ["summary", "description", "x-source"] {
        if operation.text(key).is_none_or(|text| text.trim().is_empty()) {
            document.tell(
                problems,
                operation,
                format!("the callback `{name}` has no `{key}`"),
                format!("add `{key}`, as on an operation"),
            );
        }
    }
    undeclared_tags(document, operation, problems);
    if operation.get("x-verification").is_none() {
        let help =
            "add `x-verification: { scheme: …, header: … }`, or `{ scheme: none }` where the provider signs nothing";
        document.tell(problems, operation, format!("the callback `{name}` does not say how it is verified"), help);
    }
    let body =
        operation.get("requestBody").and_then(|body| document.spec.resolve(&body)).and_then(|body| body.get("content"));
    let media = body.iter().flat_map(Place::members).find(|(kind, _)| is_json(kind));
    if media.and_then(|(_, media)| document.spec.resolve(&media.get("schema")?)).is_none() {
        let help = "add `requestBody` with `application/json` content, its schema by `$ref` and an `example`";
        document.tell(problems, operation, format!("the callback `{name}` has no body whose schema is known"), help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::lines;
    use super::check;

    #[test]
    fn a_complete_callback_passes() {
        let yaml = "x-webhooks: {success: {post: {summary: s, description: d, x-source: r, x-verification: {scheme: none}, \
                    requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}\ncomponents: {schemas: {A: {}}}";
        assert!(lines(check, yaml).is_empty());
    }

    #[test]
    fn everything_that_is_missing_is_named() {
        assert_eq!(
            lines(
                check,
                "x-webhooks: {oldOne: {post: {description: d, tags: [t], x-source: r, requestBody: {content: {application/json: {schema: {$ref: '#/x'}}}}}}, flat: {summary: s}}"
            ),
            [
                "the callback name `oldOne` is not in snake_case",
                "the callback `oldOne` has no `summary`",
                "the tag `t` is not declared",
                "the callback `oldOne` does not say how it is verified",
                "the callback `oldOne` has no body whose schema is known",
                "the callback `flat` is not one operation",
            ]
        );
    }
}
