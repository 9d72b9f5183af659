//! Rule: every JSON or form body has an example.
//!
//! The sandbox answers with them, tests decode them, and a reader learns more from one than from the schema. It stands on the
//! media type (`example`, `examples`) or on its schema.

use super::super::document::{Document, Kind};
use super::is_structured;
use crate::diagnostic::Problems;
use crate::spec::pointer;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for media in document.of(Kind::MediaType) {
        let place = &media.place;
        let name = pointer::last(&place.pointer);
        let own = place.get("example").is_some()
            || place.get("examples").is_some_and(|examples| examples.members().next().is_some());
        if !is_structured(&name) || own {
            continue;
        }
        let schema = place.get("schema").and_then(|schema| document.spec.resolve(&schema));
        if schema.is_none_or(|schema| schema.get("example").is_none()) {
            let help = "add `example` here, or on the component that is its schema";
            document.tell(problems, place, format!("the `{name}` content has no example"), help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::lines;
    use super::check;

    fn about(media_type: &str, media: &str) -> Vec<String> {
        lines(
            check,
            &format!(
                "paths: {{/a: {{get: {{responses: {{'200': {{content: {{{media_type}: {media}}}}}}}}}}}}}\ncomponents: {{schemas: {{A: {{example: {{}}}}, B: {{}}}}}}"
            ),
        )
    }

    #[test]
    fn an_example_stands_on_the_media_type_or_its_schema() {
        assert!(about("application/json", "{example: 1}").is_empty());
        assert!(about("application/json", "{examples: {one: {value: 1}}}").is_empty());
        assert!(about("application/json", "{schema: {$ref: '#/components/schemas/A'}}").is_empty());
        assert!(about("application/pdf", "{}").is_empty());
        assert_eq!(
            about("application/json", "{schema: {$ref: '#/components/schemas/B'}}"),
            ["the `application/json` content has no example"]
        );
        assert_eq!(
            about("application/x-www-form-urlencoded", "{}"),
            ["the `application/x-www-form-urlencoded` content has no example"]
        );
    }
}
