//! Rule: OpenAPI 3.0.
//!
//! 3.1 changed what keywords mean (`nullable` went, `exclusiveMinimum` became a number, `$ref` got siblings), and 2.0 is another
//! format altogether: read as 3.0, both would lose fields without a word.

use serde_json::Value;

use super::super::document::Document;
use crate::diagnostic::Problems;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    let root = document.spec.root();
    let Value::Object(members) = root.value else {
        let problem = "the document is not an object";
        return document.tell(problems, &root, problem, "start it with `openapi: 3.0.3`, `info:` and `paths:`");
    };
    if members.contains_key("swagger") {
        let help = "convert it first, for example with `npx swagger2openapi FILE`, and check the result";
        return document.tell(problems, &root, "this is a Swagger 2.0 document; only OpenAPI 3.0.x is read", help);
    }
    let Some(value) = members.get("openapi") else {
        return document.tell(
            problems,
            &root,
            "`openapi` is missing: the document does not say which version it follows",
            "add `openapi: 3.0.3` at the top",
        );
    };
    let Some(version) = value.as_str() else {
        let problem = format!("`openapi` is {}, not a version such as `3.0.3`", short(value));
        return document.tell(problems, &root, problem, "write all three numbers: `openapi: 3.0.3`");
    };
    if version.starts_with("3.0.") {
        return;
    }
    let at = root.get("openapi").unwrap_or(root);
    if version.starts_with("3.1") {
        let help = "say `openapi: 3.0.3` and write the schemas the 3.0 way: `type: [string, 'null']` becomes `type: string` with `nullable: true`, \
                    `const: x` becomes `enum: [x]`, `exclusiveMinimum: 0` becomes `minimum: 0` with `exclusiveMinimum: true`, \
                    `examples: [x]` becomes `example: x`, and root `webhooks` become `x-webhooks`";
        return document.tell(problems, &at, format!("this is OpenAPI {version}; only 3.0.x is read"), help);
    }
    document.tell(
        problems,
        &at,
        format!("`openapi: {version}` is not a version that is read; only 3.0.x is"),
        "use `openapi: 3.0.3`",
    );
}

/// Scalars as they stand, anything larger by its kind.
fn short(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        scalar => format!("`{scalar}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    #[test]
    fn only_three_zero_passes() {
        assert_eq!(told(check, "openapi: 3.0.2"), "");
        assert_eq!(lines(check, "[1]"), ["the document is not an object"]);
        assert_eq!(
            lines(check, "info: {}"),
            ["`openapi` is missing: the document does not say which version it follows"]
        );
        assert_eq!(lines(check, "swagger: '2.0'"), ["this is a Swagger 2.0 document; only OpenAPI 3.0.x is read"]);
        assert_eq!(lines(check, "openapi: 3.0"), ["`openapi` is `3.0`, not a version such as `3.0.3`"]);
        assert_eq!(lines(check, "openapi: 4.0.0"), ["`openapi: 4.0.0` is not a version that is read; only 3.0.x is"]);
    }

    #[test]
    fn three_one_says_how_to_go_down() {
        let text = told(check, "openapi: 3.1.0");
        assert!(
            text.starts_with("error: this is OpenAPI 3.1.0; only 3.0.x is read\n  --> t.yaml:1  #/openapi\n"),
            "{text}"
        );
        assert!(text.contains("`type: [string, 'null']` becomes `type: string` with `nullable: true`"), "{text}");
    }
}
