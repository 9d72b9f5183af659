//! Rule: parameters are complete, and those of a path are the ones in its template.
//!
//! A template name without a parameter leaves braces in the URL; a path parameter that the template lacks is dropped without a
//! word; an optional one or one that stands twice makes the generator panic.

use std::collections::HashSet;

use super::super::document::{Document, Kind, Operation};
use crate::diagnostic::Problems;
use crate::spec::Place;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for node in document.of(Kind::Parameter).filter(|node| node.reference().is_none()) {
        complete(document, &node.place, problems);
    }
    for operation in &document.operations {
        twice(document, &operation.item, problems);
        twice(document, &operation.place, problems);
        template(document, operation, problems);
    }
}

fn complete(document: &Document<'_>, parameter: &Place<'_>, problems: &mut Problems) {
    let Some(name) = parameter.text("name").filter(|name| !name.is_empty()) else {
        return document.tell(
            problems,
            parameter,
            "the parameter has no `name`",
            "add `name`, as it is written in the request",
        );
    };
    match parameter.text("in") {
        Some("path") if !parameter.flag("required") => {
            let problem =
                format!("the path parameter `{name}` is not `required: true`, but a path cannot leave it out");
            document.tell(problems, parameter, problem, "add `required: true`");
        }
        Some("path" | "query" | "header" | "cookie") => {}
        Some("body" | "formData") => {
            let problem = format!("the parameter `{name}` travels in the body, which is the way of Swagger 2.0");
            return document.tell(problems, parameter, problem, "describe it under `requestBody`");
        }
        _ => {
            let problem = format!("the parameter `{name}` does not say where it travels");
            document.tell(problems, parameter, problem, "add `in: path`, `in: query`, `in: header` or `in: cookie`");
        }
    }
    if parameter.get("schema").is_none() && parameter.get("content").is_none() {
        let problem = format!("the parameter `{name}` has neither `schema` nor `content`");
        document.tell(problems, parameter, problem, "add its schema, such as `schema: { type: string }`");
    }
}

fn twice(document: &Document<'_>, around: &Place<'_>, problems: &mut Problems) {
    let mut seen = HashSet::new();
    for listed in around.get("parameters").iter().flat_map(Place::elements) {
        let Some(parameter) = document.spec.resolve(&listed) else { continue };
        let (Some(name), Some(place)) = (parameter.text("name"), parameter.text("in")) else { continue };
        if !seen.insert((name, place)) {
            document.tell(
                problems,
                &listed,
                format!("the {place} parameter `{name}` is listed twice"),
                "remove one of the two",
            );
        }
    }
}

fn template(document: &Document<'_>, operation: &Operation<'_>, problems: &mut Problems) {
    let path = operation.path;
    let wanted: Vec<&str> = path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    let parameters = operation.parameters(document.spec);
    let declared: Vec<(&str, &Place<'_>)> = parameters
        .iter()
        .filter(|parameter| parameter.text("in") == Some("path"))
        .filter_map(|parameter| Some((parameter.text("name")?, parameter)))
        .collect();
    for name in &wanted {
        if !declared.iter().any(|(declared, _)| declared == name) {
            let help = format!(
                "add `{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}` to `parameters`"
            );
            document.tell(
                problems,
                &operation.place,
                format!("the path has `{{{name}}}`, but the operation has no path parameter `{name}`"),
                help,
            );
        }
    }
    for (name, _) in declared.iter().filter(|(name, _)| !wanted.contains(name)) {
        let help = format!("put `{{{name}}}` into the path, or say `in: query` if that is where it travels");
        document.tell(
            problems,
            &operation.place,
            format!("the path parameter `{name}` is not in the path `{path}`"),
            help,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    #[test]
    fn path_parameters_may_stand_around_the_operation_or_behind_a_reference() {
        let yaml = "paths:\n  /a/{id}/{sub}:\n    parameters: [{$ref: '#/components/parameters/Id'}]\n    \
                    get: {parameters: [{name: sub, in: path, required: true, schema: {}}]}\n\
                    components: {parameters: {Id: {name: id, in: path, required: true, schema: {}}}}";
        assert_eq!(told(check, yaml), "");
    }

    #[test]
    fn template_and_parameters_have_to_agree() {
        assert_eq!(
            lines(
                check,
                "paths: {'/a/{id}': {get: {operationId: a, parameters: [{name: ib, in: path, required: true, schema: {}}]}}}"
            ),
            [
                "the path has `{id}`, but the operation has no path parameter `id`",
                "the path parameter `ib` is not in the path `/a/{id}`"
            ]
        );
    }

    #[test]
    fn parameters_are_complete() {
        let about = |parameters: &str| {
            lines(
                check,
                &format!(
                    "paths: {{'/a/{{p}}': {{get: {{parameters: [{{name: p, in: path, required: true, schema: {{}}}}, {parameters}]}}}}}}"
                ),
            )
        };
        assert_eq!(about("{in: query}"), ["the parameter has no `name`"]);
        assert_eq!(about("{name: q, schema: {}}"), ["the parameter `q` does not say where it travels"]);
        assert_eq!(about("{name: q, in: query}"), ["the parameter `q` has neither `schema` nor `content`"]);
        assert_eq!(
            about("{name: q, in: body, schema: {}}"),
            ["the parameter `q` travels in the body, which is the way of Swagger 2.0"]
        );
        assert_eq!(
            about("{name: p, in: path, required: true, schema: {}}"),
            ["the path parameter `p` is listed twice"]
        );
        let optional = lines(check, "paths: {'/a/{p}': {get: {parameters: [{name: p, in: path, schema: {}}]}}}");
        assert_eq!(optional, ["the path parameter `p` is not `required: true`, but a path cannot leave it out"]);
    }
}
