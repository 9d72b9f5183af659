//! Rule: `x-pagination` says in one way how a list continues, in terms of the operation's own answer and parameters.
//!
//! A stream that follows a wrong pointer ends after the first page, which looks exactly like a short list.

use super::super::document::{Document, Operation};
use super::super::vocabulary::nearest;
use super::{is_json, property};
use crate::diagnostic::Problems;
use crate::spec::{Place, Spec, pointer};

const KEYS: [&str; 7] = ["items", "next", "cursor", "next_link", "page", "offset", "size"];
const FORMS: &str = "write one of `{ items: /data, next: /meta/next_id, cursor: from_id }`, `{ items: /results, next_link: /next }`, \
                     `{ items: /results, page: page }` or `{ items: /results, offset: offset }`, each with `size: PARAMETER` if there is one";

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for operation in &document.operations {
        if let Some(rule) = operation.place.get("x-pagination").filter(|rule| rule.value.is_object()) {
            form(document, &rule, problems);
            answer(document, operation, &rule, problems);
            parameters(document, operation, &rule, problems);
        }
    }
}

fn form(document: &Document<'_>, rule: &Place<'_>, problems: &mut Problems) {
    for (key, value) in rule.members() {
        if !KEYS.contains(&key.as_str()) {
            let help = nearest(key, KEYS).map_or_else(|| FORMS.to_owned(), |near| format!("did you mean `{near}`?"));
            document.tell(problems, &value, format!("`{key}` means nothing in `x-pagination`"), help);
        } else if !value.value.is_string() {
            document.tell(problems, &value, format!("`{key}` of `x-pagination` is not text"), FORMS);
        }
    }
    if rule.text("items").is_none() {
        document.tell(problems, rule, "`x-pagination` does not say where the items are", FORMS);
    }
    let ways = ["cursor", "next_link", "page", "offset"].iter().filter(|key| rule.get(key).is_some()).count();
    if ways != 1 || rule.get("cursor").is_some() != rule.get("next").is_some() {
        document.tell(problems, rule, "`x-pagination` does not say in exactly one way how the list continues", FORMS);
    }
}

/// Pointers lead to declared properties of the success answer; the items are a list.
fn answer(document: &Document<'_>, operation: &Operation<'_>, rule: &Place<'_>, problems: &mut Problems) {
    let Some(page) = page(document.spec, &operation.place) else {
        let help = "give the 200 answer a JSON schema that holds the items, or drop `x-pagination`";
        return document.tell(problems, rule, "`x-pagination` stands on an operation without a JSON answer", help);
    };
    for key in ["items", "next", "next_link"] {
        let (Some(at), Some(place)) = (rule.text(key), rule.get(key)) else { continue };
        let Some(target) = follow(document.spec, &page, at) else {
            let problem = format!("`{key}: {at}` leads to no declared property of the 200 answer");
            document.tell(
                problems,
                &place,
                problem,
                "use a JSON pointer of declared properties, such as `/data` or `/meta/next_id`",
            );
            continue;
        };
        let list = document.spec.resolve(&target).is_some_and(|target| target.text("type") == Some("array"));
        if list != (key == "items") {
            let problem = if list {
                format!("`{key}: {at}` is a list, not what the next page is asked for with")
            } else {
                format!("`items: {at}` is not a list")
            };
            document.tell(
                problems,
                &place,
                problem,
                "point `items` to the list of records, and `next` or `next_link` to the value that continues it",
            );
        }
    }
}

/// The schema of the first JSON answer with a success status.
fn page<'a>(spec: &'a Spec, operation: &Place<'a>) -> Option<Place<'a>> {
    let responses = operation.get("responses")?;
    let (_, success) = responses.members().find(|(status, _)| status.starts_with('2'))?;
    let content = spec.resolve(&success)?.get("content")?;
    let (_, media) = content.members().find(|(kind, _)| is_json(kind))?;
    media.get("schema")
}

fn follow<'a>(spec: &'a Spec, schema: &Place<'a>, at: &str) -> Option<Place<'a>> {
    if !at.is_empty() && !at.starts_with('/') {
        return None;
    }
    pointer::members(at).try_fold(record(spec, schema)?, |schema, name| property(spec, &schema, &name))
}

/// The object of a page that may also come as the bare list.
fn record<'a>(spec: &'a Spec, page: &Place<'a>) -> Option<Place<'a>> {
    let page = spec.resolve(page)?;
    let forms: Vec<Place<'a>> = page.get("oneOf").iter().flat_map(Place::elements).collect();
    let is_list = |form: &Place<'a>| spec.resolve(form).is_some_and(|form| form.text("type") == Some("array"));
    if forms.iter().any(is_list) { forms.into_iter().find(|form| !is_list(form)) } else { Some(page) }
}

/// The schema of the form that the operation sends.
fn form_schema<'a>(spec: &'a Spec, operation: &Place<'a>) -> Option<Place<'a>> {
    spec.resolve(&operation.get("requestBody")?)?
        .get("content")?
        .get("application/x-www-form-urlencoded")?
        .get("schema")
}

fn parameters(document: &Document<'_>, operation: &Operation<'_>, rule: &Place<'_>, problems: &mut Problems) {
    let parameters = operation.parameters(document.spec);
    let query: Vec<&str> = parameters
        .iter()
        .filter(|parameter| parameter.text("in") == Some("query"))
        .filter_map(|parameter| parameter.text("name"))
        .collect();
    let form = form_schema(document.spec, &operation.place);
    let in_form = |name: &str| form.as_ref().is_some_and(|form| property(document.spec, form, name).is_some());
    for key in ["cursor", "page", "offset", "size"] {
        let (Some(name), Some(place)) = (rule.text(key), rule.get(key)) else { continue };
        if !query.contains(&name) && !in_form(name) {
            let near = nearest(name, query.iter().copied())
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            let help = format!(
                "declare `{name}` under `parameters` with `in: query` or in the form, or name the right one{near}"
            );
            document.tell(
                problems,
                &place,
                format!("`{key}: {name}` is no query parameter and no form field of the operation"),
                help,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::lines;
    use super::check;

    fn about(rule: &str) -> Vec<String> {
        lines(
            check,
            &format!(
                "paths:\n  /a:\n    get:\n      x-pagination: {rule}\n      \
                 parameters: [{{name: from_id, in: query}}, {{name: per_page, in: query}}, {{name: page, in: query}}]\n      \
                 responses: {{'200': {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Page'}}}}}}}}}}\n\
                 components:\n  schemas:\n    Page: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{properties: {{data: {{type: array, items: {{}}}}}}}}]}}\n    \
                 Base: {{properties: {{meta: {{$ref: '#/components/schemas/Meta'}}, next: {{type: string}}}}}}\n    Meta: {{properties: {{next_id: {{type: string}}}}}}\n"
            ),
        )
    }

    #[test]
    fn the_three_forms_pass() {
        assert!(about("{items: /data, next: /meta/next_id, cursor: from_id, size: per_page}").is_empty());
        assert!(about("{items: /data, next_link: /next}").is_empty());
        assert!(about("{items: /data, page: page}").is_empty());
    }

    #[test]
    fn wrong_forms_are_told() {
        let way = "`x-pagination` does not say in exactly one way how the list continues";
        assert_eq!(about("{items: /data}"), [way]);
        assert_eq!(about("{items: /data, next: /next}"), [way]);
        assert_eq!(about("{items: /data, page: page, next_link: /next}"), [way]);
        assert_eq!(about("{page: page}"), ["`x-pagination` does not say where the items are"]);
        assert_eq!(about("{items: /data, page: page, sise: per_page}"), ["`sise` means nothing in `x-pagination`"]);
    }

    #[test]
    fn pointers_and_parameters_have_to_exist() {
        assert_eq!(
            about("{items: /dta, page: page}"),
            ["`items: /dta` leads to no declared property of the 200 answer"]
        );
        assert_eq!(about("{items: /meta, page: page}"), ["`items: /meta` is not a list"]);
        assert_eq!(
            about("{items: /data, next_link: /data}"),
            ["`next_link: /data` is a list, not what the next page is asked for with"]
        );
        assert_eq!(
            about("{items: /data, offset: skip}"),
            ["`offset: skip` is no query parameter and no form field of the operation"]
        );
    }

    #[test]
    fn an_answer_is_needed() {
        assert_eq!(
            lines(check, "paths: {/a: {get: {x-pagination: {items: '', next_link: /n}, responses: {'204': {}}}}}"),
            ["`x-pagination` stands on an operation without a JSON answer"]
        );
    }

    #[test]
    fn a_page_may_be_the_bare_list_and_its_number_a_field_of_the_form() {
        let about = |rule: &str| {
            lines(
                check,
                &format!(
                    "paths:\n  /a:\n    post:\n      x-pagination: {rule}\n      \
                     requestBody: {{content: {{application/x-www-form-urlencoded: {{schema: {{properties: {{page: {{type: integer}}}}}}}}}}}}\n      \
                     responses: {{'200': {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Page'}}}}}}}}}}\n\
                     components:\n  schemas:\n    Page: {{oneOf: [{{type: array, items: {{}}}}, {{$ref: '#/components/schemas/Around'}}]}}\n    \
                     Around: {{properties: {{payload: {{type: array, items: {{}}}}}}}}\n"
                ),
            )
        };
        assert!(about("{items: /payload, page: page}").is_empty());
        assert_eq!(
            about("{items: /data, page: pages}"),
            [
                "`items: /data` leads to no declared property of the 200 answer",
                "`page: pages` is no query parameter and no form field of the operation"
            ]
        );
    }
}
