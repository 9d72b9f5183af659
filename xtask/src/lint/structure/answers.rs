//! Rule: operations say what they answer, and bodies what they hold.
//!
//! Without a response there is no return type; a body without `content` has neither media type nor schema.

use super::super::document::{Document, Kind};
use crate::diagnostic::Problems;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for operation in &document.operations {
        let responses = operation.place.get("responses");
        if !responses.is_some_and(|responses| responses.members().any(|(status, _)| !status.starts_with("x-"))) {
            let help = "add `responses`, at least `'200': { description: … }`";
            document.tell(
                problems,
                &operation.place,
                "the operation has no `responses`, so its method returns nothing that is known",
                help,
            );
        }
    }
    for body in document.of(Kind::RequestBody).filter(|node| node.reference().is_none()) {
        if body.place.get("content").is_none_or(|content| content.members().next().is_none()) {
            let help = "add `content`, such as `application/json: { schema: … }`, or drop `requestBody`";
            document.tell(problems, &body.place, "the request body has no `content`", help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::lines;
    use super::check;

    #[test]
    fn responses_and_content_have_to_be_there() {
        assert!(lines(check, "paths: {/a: {get: {responses: {default: {description: d}}}}}").is_empty());
        assert_eq!(
            lines(check, "paths:\n  /a: {post: {requestBody: {required: true}, responses: {}}}"),
            [
                "the operation has no `responses`, so its method returns nothing that is known",
                "the request body has no `content`"
            ]
        );
    }
}
