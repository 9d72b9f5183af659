//! Rule: every `$ref` leads to an object of the right kind in the same file.
//!
//! The generator stops at the first reference it cannot follow and names neither place; a circle of references would never end.

use super::super::document::{Document, Kind};
use crate::diagnostic::Problems;
use crate::spec::pointer;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for node in &document.nodes {
        let Some(value) = node.place.value.get("$ref") else { continue };
        let Some(reference) = value.as_str() else {
            document.tell(
                problems,
                &node.place,
                "`$ref` is not text",
                "write `$ref: '#/components/…'`, in quotes because of the `#`",
            );
            continue;
        };
        if !reference.starts_with('#') {
            let problem = format!("`$ref: {reference}` leads out of this file");
            let help =
                "bundle the document into one file first, for example with `npx @redocly/cli bundle FILE -o BUNDLED`";
            document.tell(problems, &node.place, problem, help);
            continue;
        }
        let Some(first) = document.spec.follow(reference) else {
            let help = format!("define it there, or mend the spelling{}", nearest(document, reference));
            document.tell(problems, &node.place, format!("`$ref: {reference}` leads to nothing"), help);
            continue;
        };
        let Some(target) = document.spec.resolve(&node.place) else {
            // A broken link further along is told where it stands.
            if leads_back(document, first.value.get("$ref").and_then(serde_json::Value::as_str)) {
                let help = "let one of the references on the way be the definition itself";
                document.tell(problems, &node.place, format!("`$ref: {reference}` leads in a circle"), help);
            }
            continue;
        };
        let members: Vec<String> = pointer::members(&target.pointer).collect();
        if let ([root, found, _], Some(wanted)) = (members.as_slice(), section(node.kind))
            && root == "components"
            && found != wanted
        {
            let problem = format!(
                "`$ref: {reference}` leads to one of `components/{found}` where one of `components/{wanted}` belongs"
            );
            document.tell(problems, &node.place, problem, format!("point it to `#/components/{wanted}/…`"));
        }
    }
}

/// True when following goes on for longer than there are objects in the document.
fn leads_back<'a>(document: &Document<'a>, mut reference: Option<&'a str>) -> bool {
    for _ in 0..=document.nodes.len() {
        let Some(next) = reference else { return false };
        let Some(place) = document.spec.follow(next) else { return false };
        reference = place.value.get("$ref").and_then(serde_json::Value::as_str);
    }
    true
}

fn section(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Schema => "schemas",
        Kind::Parameter => "parameters",
        Kind::Header => "headers",
        Kind::RequestBody => "requestBodies",
        Kind::Response => "responses",
        Kind::Example => "examples",
        Kind::SecurityScheme => "securitySchemes",
        _ => return None,
    })
}

/// A neighbour of the missing target that is spelled almost like it.
fn nearest(document: &Document<'_>, reference: &str) -> String {
    let Some((parent, name)) = reference.rsplit_once('/') else { return String::new() };
    let neighbours = document.spec.follow(parent);
    let names: Vec<&str> = neighbours.iter().flat_map(|place| place.members()).map(|(key, _)| key.as_str()).collect();
    super::super::vocabulary::nearest(name, names).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    fn about(reference: &str) -> String {
        told(
            check,
            &format!(
                "components:\n  schemas:\n    A: {{$ref: '{reference}'}}\n    Loop: {{$ref: '#/components/schemas/Back'}}\n    Back: {{type: string}}\n  \
                 parameters: {{P: {{name: p}}}}\n"
            ),
        )
    }

    #[test]
    fn a_reference_that_resolves_passes() {
        assert_eq!(about("#/components/schemas/Back"), "");
        assert_eq!(about("#/components/schemas/%42ack"), "");
    }

    #[test]
    fn a_reference_to_nothing_names_the_neighbour() {
        assert_eq!(
            about("#/components/schemas/Bakc"),
            "error: `$ref: #/components/schemas/Bakc` leads to nothing\n  --> t.yaml:3  #/components/schemas/A\n  \
             help: define it there, or mend the spelling; did you mean `Back`?\n"
        );
    }

    #[test]
    fn other_files_have_to_be_bundled() {
        let text = about("common.yaml#/A");
        assert!(text.contains("`$ref: common.yaml#/A` leads out of this file") && text.contains("bundle"), "{text}");
    }

    #[test]
    fn the_kind_has_to_fit() {
        let text = about("#/components/parameters/P");
        assert!(
            text.contains("leads to one of `components/parameters` where one of `components/schemas` belongs"),
            "{text}"
        );
    }

    #[test]
    fn circles_are_told_and_recursive_schemas_are_not() {
        assert_eq!(
            lines(
                check,
                "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}"
            ),
            ["`$ref: #/components/schemas/B` leads in a circle", "`$ref: #/components/schemas/A` leads in a circle"]
        );
        assert_eq!(
            told(check, "components: {schemas: {A: {properties: {next: {$ref: '#/components/schemas/A'}}}}}"),
            ""
        );
    }

    #[test]
    fn values_are_not_searched() {
        assert_eq!(
            told(
                check,
                "components: {schemas: {A: {example: {$ref: x}, default: {$ref: x}, enum: [{$ref: x}], x-more: {$ref: x}}}}"
            ),
            ""
        );
    }
}
