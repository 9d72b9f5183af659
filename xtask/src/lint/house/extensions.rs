//! Rule: only known extensions, each where it means something and in its own form.
//!
//! An unknown `x-` key is silently ignored by every tool, so a misspelt `x-sensitive` would print a secret.

use serde_json::Value;

use super::super::document::{Document, Kind, Node};
use super::super::vocabulary::{EXTENSIONS, nearest};
use super::wire;
use crate::diagnostic::Problems;
use crate::spec::Place;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for node in &document.nodes {
        // Members, not `get`: an extension that is null is there all the same.
        for (key, value) in node.place.members().filter(|(key, _)| key.starts_with("x-")) {
            one(document, node, key, &value, problems);
        }
        if node.kind == Kind::Schema {
            values_of_enum(document, &node.place, problems);
        }
    }
}

fn one(document: &Document<'_>, node: &Node<'_>, key: &str, value: &Place<'_>, problems: &mut Problems) {
    let Some(extension) = EXTENSIONS.iter().find(|extension| extension.name == key) else {
        let help = match nearest(key, EXTENSIONS.iter().map(|extension| extension.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove it, or add it to the vocabulary in specs/README.md and in the lint".to_owned(),
        };
        return document.tell(problems, value, format!("`{key}` is not in the vocabulary"), help);
    };
    if !extension.on.contains(&node.kind) {
        let places: Vec<&str> = extension.on.iter().map(|kind| word(*kind)).collect();
        let help = format!("move it to {}", places.join(" or "));
        return document.tell(problems, value, format!("`{key}` means nothing on {}", word(node.kind)), help);
    }
    if !(extension.fits)(value.value) {
        document.tell(
            problems,
            value,
            format!("the value of `{key}` has the wrong form"),
            format!("it takes {}", extension.form),
        );
    }
}

/// `x-enum-names` and `x-status` speak of the values of the enum they stand on.
fn values_of_enum(document: &Document<'_>, schema: &Place<'_>, problems: &mut Problems) {
    for key in ["x-enum-names", "x-status"] {
        let Some(table) = schema.get(key) else { continue };
        let values: Vec<String> =
            schema.value.get("enum").and_then(Value::as_array).into_iter().flatten().map(wire).collect();
        for (name, place) in table.members().filter(|(name, _)| !values.contains(name)) {
            let near = nearest(name, values.iter().map(String::as_str))
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            let help = format!("use a value of `enum`, spelled as it is there{near}");
            document.tell(
                problems,
                &place,
                format!("`{key}` speaks of `{name}`, which is no value of this enum"),
                help,
            );
        }
    }
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => "the root",
        Kind::Info => "`info`",
        Kind::Tag => "a tag",
        Kind::Operation => "an operation",
        Kind::Parameter => "a parameter",
        Kind::Header => "a header",
        Kind::RequestBody => "a request body",
        Kind::Response => "a response",
        Kind::MediaType => "a media type",
        Kind::Schema => "a schema or property",
        Kind::Example => "an example",
        Kind::SecurityScheme => "a security scheme",
        Kind::Callback => "an operation that the provider calls",
        Kind::Other => "this object",
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    #[test]
    fn a_misspelt_extension_is_told_its_name() {
        assert_eq!(
            told(
                check,
                "components:\n  schemas:\n    A:\n      properties:\n        iban: { type: string, x-sensitve: personal }\n"
            ),
            "error: `x-sensitve` is not in the vocabulary\n  --> t.yaml:5  #/components/schemas/A/properties/iban/x-sensitve\n  \
             help: did you mean `x-sensitive`?\n"
        );
    }

    #[test]
    fn place_and_form_have_to_fit() {
        assert_eq!(
            lines(check, "paths: {/a: {x-retry: safe, get: {x-retry: safe}}}"),
            ["`x-retry` means nothing on this object"]
        );
        assert_eq!(
            lines(check, "paths: {/a: {get: {x-timeout: 2m, x-retry: ~}}}"),
            ["the value of `x-timeout` has the wrong form", "the value of `x-retry` has the wrong form"]
        );
        assert_eq!(lines(check, "x-logo: {}"), ["`x-logo` is not in the vocabulary"]);
    }

    #[test]
    fn names_and_values_are_no_extensions() {
        let yaml = "components: {schemas: {x-a: {properties: {x-b: {type: string}}, example: {x-c: 1}}}, headers: {x-d: {schema: {}}}}";
        assert_eq!(told(check, yaml), "");
    }

    #[test]
    fn tables_speak_of_values_of_their_enum() {
        let text = told(
            check,
            "components: {schemas: {E: {enum: [NotFound, a, 1], x-status: {NotFuond: 404, '1': 400}, x-enum-names: {b: B}}}}",
        );
        assert!(text.contains("`x-status` speaks of `NotFuond`, which is no value of this enum"), "{text}");
        assert!(text.contains("did you mean `NotFound`?") && text.contains("`x-enum-names` speaks of `b`"), "{text}");
        assert_eq!(text.matches("error:").count(), 2);
    }
}
