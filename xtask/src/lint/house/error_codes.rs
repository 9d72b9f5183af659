//! Rule: `x-errors` speaks of responses and codes that exist.
//!
//! The table becomes the documentation of each method's errors; a code that nobody declares is one that nobody can match on.

use super::super::document::{Document, Kind, Role};
use super::super::vocabulary::nearest;
use super::wire;
use crate::diagnostic::Problems;
use crate::spec::{Place, pointer};

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    let codes = declared(document);
    for operation in &document.operations {
        let Some(errors) = operation.place.get("x-errors") else { continue };
        let responses = operation.place.get("responses");
        for (status, listed) in errors.members() {
            if responses.as_ref().is_none_or(|responses| responses.get(status).is_none()) {
                let help = format!("add `'{status}'` to `responses`, or mend the status");
                document.tell(
                    problems,
                    &listed,
                    format!("`x-errors` has the status {status}, which is no response of the operation"),
                    help,
                );
            }
            let Some(codes) = &codes else { continue };
            for code in listed.elements() {
                let Some(name) = code.value.as_str().filter(|name| !codes.values.iter().any(|known| known == name))
                else {
                    continue;
                };
                let near = nearest(name, codes.values.iter().map(String::as_str))
                    .map(|near| format!("; did you mean `{near}`?"))
                    .unwrap_or_default();
                let help = format!("add it to `enum` of `{}`, or mend the spelling{near}", codes.name);
                document.tell(
                    problems,
                    &code,
                    format!("`x-errors` names `{name}`, which is no value of `{}`", codes.name),
                    help,
                );
            }
        }
    }
}

/// The enum of all error codes.
struct Codes {
    name: String,
    values: Vec<String>,
}

/// The component that says the status of each of its values, or that bears the customary name.
fn declared(document: &Document<'_>) -> Option<Codes> {
    let enums =
        document.of(Kind::Schema).filter(|node| node.role == Role::Component && node.place.get("enum").is_some());
    let named = |place: &Place<'_>, name: &str| pointer::last(&place.pointer) == name;
    let found = enums
        .map(|node| &node.place)
        .find(|place| place.get("x-status").is_some() || named(place, "ErrorClass") || named(place, "ErrorCode"))?;
    let values = found.get("enum")?.elements().map(|value| wire(value.value)).collect();
    Some(Codes { name: pointer::last(&found.pointer), values })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    #[test]
    fn statuses_are_responses_and_codes_are_declared() {
        let yaml = |enums: &str| {
            format!(
                "paths: {{/a: {{get: {{x-errors: {{'404': [NotFound, NotFund], '409': [NotFound]}}, responses: {{'404': {{}}}}}}}}}}\ncomponents: {{schemas: {{{enums}}}}}"
            )
        };
        let status = "`x-errors` has the status 409, which is no response of the operation";
        assert_eq!(
            lines(check, &yaml("ErrorClass: {enum: [NotFound]}")),
            ["`x-errors` names `NotFund`, which is no value of `ErrorClass`", status]
        );
        assert_eq!(
            lines(check, &yaml("Code: {enum: [NotFound], x-status: {}}")),
            ["`x-errors` names `NotFund`, which is no value of `Code`", status]
        );
        assert_eq!(lines(check, &yaml("Other: {enum: [x]}")), [status]);
        assert!(told(check, &yaml("ErrorClass: {enum: [NotFound]}")).contains("did you mean `NotFound`?"));
    }
}
