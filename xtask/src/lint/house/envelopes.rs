//! Rule: `x-envelope` names the one property of the body's wrapper.
//!
//! Callers pass the content and the client wraps it: were the name wrong, or the wrapper to hold more, the rest could not be sent.

use super::super::document::{Document, Kind};
use super::{is_json, property};
use crate::diagnostic::Problems;
use crate::spec::Place;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for body in document.of(Kind::RequestBody) {
        let (Some(name), Some(at)) = (body.place.text("x-envelope"), body.place.get("x-envelope")) else { continue };
        let content = body.place.get("content");
        let json = content.iter().flat_map(Place::members).find(|(kind, _)| is_json(kind));
        let Some(wrapper) =
            json.and_then(|(_, media)| media.get("schema")).and_then(|schema| document.spec.resolve(&schema))
        else {
            document.tell(
                problems,
                &at,
                "`x-envelope` stands on a body without a JSON schema",
                "give it `application/json` content whose schema is the wrapper",
            );
            continue;
        };
        if property(document.spec, &wrapper, name).is_none() {
            let help = format!(
                "write the wrapper as `type: object, required: [{name}], properties: {{ {name}: {{ $ref: … }} }}`"
            );
            document.tell(problems, &at, format!("`x-envelope: {name}` is no property of the body's schema"), help);
        }
        if let Some(other) =
            wrapper.get("properties").and_then(|members| members.members().map(|(key, _)| key).find(|key| *key != name))
        {
            let help = "drop `x-envelope`, so that callers pass the whole body";
            document.tell(
                problems,
                &at,
                format!("the wrapper holds `{other}` beside `{name}`, which callers could not set"),
                help,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::lines;
    use super::check;

    fn about(schema: &str) -> Vec<String> {
        lines(
            check,
            &format!(
                "paths: {{/a: {{post: {{requestBody: {{x-envelope: data, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}"
            ),
        )
    }

    #[test]
    fn the_wrapper_holds_the_envelope_and_nothing_else() {
        assert!(about("{properties: {data: {type: object}}}").is_empty());
        assert_eq!(
            about("{properties: {dat: {}}}"),
            [
                "`x-envelope: data` is no property of the body's schema",
                "the wrapper holds `dat` beside `data`, which callers could not set"
            ]
        );
        assert_eq!(about("~"), ["`x-envelope` stands on a body without a JSON schema"]);
    }
}
