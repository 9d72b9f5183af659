//! Rule: every operation has a name of its own.
//!
//! An operation becomes a method. Two that differ by case or punctuation alone become the same one.

use std::collections::HashMap;

use super::super::document::Document;
use crate::diagnostic::Problems;
use crate::names::method_name;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    let mut seen: HashMap<String, (&str, &str)> = HashMap::new();
    for operation in &document.operations {
        let id = operation.place.text("operationId").unwrap_or_default();
        if id.trim().is_empty() {
            let help = "add `operationId`, a verb and a noun in snake_case such as `list_accounts`";
            document.tell(
                problems,
                &operation.place,
                "the operation has no `operationId`, so its method has no name",
                help,
            );
            continue;
        }
        let method = method_name(id);
        let Some((other, at)) = seen.get(&method) else {
            seen.insert(method, (id, operation.place.pointer.as_str()));
            continue;
        };
        let line = document.spec.line(at).map(|line| format!(" (line {line})")).unwrap_or_default();
        let problem = if *other == id {
            format!("`operationId: {id}` stands at #{at}{line} too")
        } else {
            format!("`operationId: {id}` and `{other}` at #{at}{line} would both become the method `{method}`")
        };
        document.tell(problems, &operation.place, problem, "rename one of them");
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::told;
    use super::check;

    #[test]
    fn names_have_to_be_there_and_differ() {
        assert_eq!(told(check, "paths: {/a: {get: {operationId: a}}, /b: {get: {operationId: b}}}"), "");
        let text = told(
            check,
            "paths:\n  /a: {get: {operationId: listAll}}\n  /b: {get: {operationId: list_all}, put: {operationId: listAll}}\n  /c: {get: {}}",
        );
        assert_eq!(
            text,
            "error: `operationId: list_all` and `listAll` at #/paths/~1a/get (line 2) would both become the method `list_all`\n  \
             --> t.yaml:3  #/paths/~1b/get\n  operation: list_all (GET /b)\n  help: rename one of them\n\n\
             error: `operationId: listAll` stands at #/paths/~1a/get (line 2) too\n  \
             --> t.yaml:3  #/paths/~1b/put\n  operation: listAll (PUT /b)\n  help: rename one of them\n\n\
             error: the operation has no `operationId`, so its method has no name\n  --> t.yaml:4  #/paths/~1c/get\n  operation: GET /c\n  \
             help: add `operationId`, a verb and a noun in snake_case such as `list_accounts`\n"
        );
    }
}
