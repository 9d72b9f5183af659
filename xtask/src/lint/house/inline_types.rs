//! Rule: objects and enums have names.
//!
//! An inline object or enum gets a name derived from its surroundings, which changes when they do: a rename for every user.
//! Maps, free-form objects and the members of a component's `allOf` need no type of their own. Neither does the wrapper of an
//! `x-envelope` body, which is never generated.

use super::super::document::{Document, Kind, Node, Role};
use crate::diagnostic::Problems;
use crate::spec::Place;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for schema in document.of(Kind::Schema).filter(|schema| !matches!(schema.role, Role::Component | Role::Addition)) {
        if is_enum(&schema.place) {
            let help = "move it to `components/schemas` under a name of your choice, and refer to it with `$ref`";
            document.tell(problems, &schema.place, "an enum without a name", help);
        } else if schema.place.get("properties").is_some_and(|members| members.members().next().is_some())
            && !is_wrapper(document, schema)
        {
            let help = "move it to `components/schemas` under a name of your choice, and refer to it with `$ref`";
            document.tell(problems, &schema.place, "an object without a name", help);
        }
    }
}

/// `enum: [null]` is how a union says that it may be null: no type comes of it.
fn is_enum(schema: &Place<'_>) -> bool {
    schema.get("enum").is_some_and(|values| values.elements().any(|value| !value.value.is_null()))
}

/// The wrapper of a request body whose callers pass the content only.
fn is_wrapper(document: &Document<'_>, schema: &Node<'_>) -> bool {
    // `BODY/content/MEDIA TYPE/schema`
    let body = schema.place.pointer.rsplitn(4, '/').nth(3).and_then(|pointer| document.spec.at(pointer));
    schema.role == Role::Content && body.as_ref().and_then(|body: &Place<'_>| body.text("x-envelope")).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    #[test]
    fn components_maps_and_additions_need_no_name() {
        let yaml = "components: {schemas: {E: {enum: [a]}, A: {properties: {m: {type: object, additionalProperties: {type: string}}, o: {type: object}, \
                    n: {oneOf: [{$ref: '#/components/schemas/E'}, {type: string, nullable: true, enum: [null]}]}}}, \
                    B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}]}}}";
        assert_eq!(told(check, yaml), "");
    }

    #[test]
    fn the_rest_does() {
        let yaml = "components: {schemas: {A: {properties: {e: {enum: [a]}, l: {type: array, items: {properties: {x: {}}}}, u: {oneOf: [{properties: {x: {}}}]}}}}, \
                    parameters: {P: {name: p, in: query, schema: {enum: [a]}}}}";
        assert_eq!(
            lines(check, yaml),
            [
                "an enum without a name",
                "an object without a name",
                "an object without a name",
                "an enum without a name"
            ]
        );
    }

    #[test]
    fn a_wrapper_is_never_generated() {
        let yaml = |envelope: &str| {
            format!(
                "paths: {{/a: {{post: {{requestBody: {{{envelope}content: {{application/json: {{schema: {{properties: {{data: {{$ref: '#/x'}}}}}}}}}}}}}}}}}}"
            )
        };
        assert_eq!(told(check, &yaml("x-envelope: data, ")), "");
        assert_eq!(lines(check, &yaml("")), ["an object without a name"]);
    }
}
