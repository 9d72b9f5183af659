//! Rule: one success type per operation, and no error types.
//!
//! The generator panics as soon as an operation has two success types, or two error types, or an error with a body and one
//! without. Errors are the runtime's business: one type for all. Successes are united here: by their being the same, by
//! "or nothing", or by an enum over the status.

use serde_json::Value;

use super::Lowering;
use crate::model::{Answer, Case, Shape};
use crate::names;
use crate::spec::Place;

/// One way to answer successfully.
#[derive(Clone, PartialEq)]
enum Form {
    Json(Shape),
    Text(String),
    Bytes(String),
    Empty,
}

impl<'a> Lowering<'a> {
    /// What success gives, and under which other media types it may be asked for.
    pub(super) fn answer(&mut self, operation: &Place<'a>, builder: &str) -> (Answer, Vec<(String, String)>) {
        let Some(responses) = operation.get("responses") else { return (Answer::Empty, Vec::new()) };
        let mut successes: Vec<(String, Place<'a>)> = responses
            .members()
            .filter(|(status, _)| status.starts_with('2'))
            .map(|(status, response)| (status.clone(), response))
            .collect();
        let redirects = responses.members().any(|(status, _)| status.starts_with('3'));
        if let (true, false, Some(fallback)) = (successes.is_empty(), redirects, responses.get("default")) {
            successes.push(("default".to_owned(), fallback));
        }
        successes.sort_by(|a, b| a.0.cmp(&b.0));

        let mut alternates = Vec::new();
        let mut forms: Vec<(String, Form)> = Vec::new();
        for (status, response) in &successes {
            let Some(response) = self.spec.resolve(response) else { continue };
            let hint = if successes.len() == 1 {
                format!("{builder}Response")
            } else {
                format!("{builder}Response{}", case_name(status))
            };
            let form = self.form(&response, &hint, &mut alternates);
            forms.push((status.clone(), form));
        }
        (self.unite(&responses, forms, builder), alternates)
    }

    fn form(&mut self, response: &Place<'a>, hint: &str, alternates: &mut Vec<(String, String)>) -> Form {
        let content = response.get("content");
        let media: Vec<(String, Place<'a>)> =
            content.iter().flat_map(|content| content.members()).map(|(kind, media)| (kind.clone(), media)).collect();
        let Some((first_kind, first)) = media.first() else { return Form::Empty };
        let Some((_, json)) = media.iter().find(|(kind, media)| is_json(kind) || (kind == "*/*" && !is_binary(media)))
        else {
            let binary = is_binary(first) || !first_kind.starts_with("text/");
            return if binary { Form::Bytes(first_kind.clone()) } else { Form::Text(first_kind.clone()) };
        };
        for (kind, _) in media.iter().filter(|(kind, _)| !is_json(kind) && !kind.contains('*')) {
            let suffix = names::field_name(kind.rsplit('/').next().unwrap_or(kind));
            if !alternates.iter().any(|(known, _)| *known == suffix) {
                alternates.push((suffix, kind.clone()));
            }
        }
        let shape = json.get("schema").map(|schema| self.shape(&schema, hint, hint));
        Form::Json(match shape {
            None => Shape::Json,
            Some((shape, true)) => Shape::Nullable(Box::new(shape)),
            Some((shape, false)) => shape,
        })
    }

    fn unite(&mut self, responses: &Place<'a>, forms: Vec<(String, Form)>, builder: &str) -> Answer {
        let empty = forms.iter().any(|(_, form)| *form == Form::Empty);
        let mut kinds: Vec<&Form> = Vec::new();
        for (_, form) in forms.iter().filter(|(_, form)| *form != Form::Empty) {
            if !kinds.contains(&form) {
                kinds.push(form);
            }
        }
        match kinds.as_slice() {
            [] => Answer::Empty,
            [Form::Json(shape)] if empty => Answer::OptionalJson(shape.clone()),
            [Form::Json(shape)] => Answer::Json(shape.clone()),
            [Form::Text(kind)] => Answer::Text(kind.clone()),
            [Form::Bytes(kind)] => Answer::Bytes(kind.clone()),
            several
                if several.iter().all(|form| matches!(form, Form::Json(_)))
                    && forms.iter().all(|(status, _)| status.parse::<u16>().is_ok()) =>
            {
                let cases = forms.iter().filter_map(|(status, form)| {
                    let shape = if let Form::Json(shape) = form { Some(shape.clone()) } else { None };
                    Some(Case { status: status.parse().ok()?, rust: case_name(status), shape })
                });
                Answer::ByStatus { name: format!("{builder}Answer"), cases: cases.collect() }
            }
            several => {
                let told: Vec<String> =
                    forms.iter().map(|(status, form)| format!("{status} is {}", describe(form))).collect();
                let problem = format!("the success answers cannot be united into one type: {}", told.join(", "));
                let help = "one call gives one Rust type: describe the answers with one schema, move the other media type under the same status \
                            (then it becomes a method of its own), or drop the status that the provider does not use";
                self.problems.push(self.spec.problem(&responses.pointer, problem, help));
                match several.first() {
                    Some(Form::Json(shape)) => Answer::Json(shape.clone()),
                    _ => Answer::Empty,
                }
            }
        }
    }
}

fn describe(form: &Form) -> String {
    match form {
        Form::Json(shape) => match shape.named() {
            Some(name) => format!("JSON ({name})"),
            None => "JSON".to_owned(),
        },
        Form::Text(kind) => format!("text ({kind})"),
        Form::Bytes(kind) => format!("bytes ({kind})"),
        Form::Empty => "empty".to_owned(),
    }
}

/// JSON by any of its names.
pub(super) fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or(kind).trim().to_ascii_lowercase();
    kind == "application/json" || kind == "text/json" || kind.ends_with("+json")
}

fn is_binary(media: &Place<'_>) -> bool {
    media.value.pointer("/schema/format").and_then(Value::as_str).is_some_and(|format| format == "binary")
}

/// The HTTP name of a success status.
fn case_name(status: &str) -> String {
    let name = match status {
        "200" => "Ok",
        "201" => "Created",
        "202" => "Accepted",
        "203" => "NonAuthoritative",
        "204" => "NoContent",
        "205" => "ResetContent",
        "206" => "PartialContent",
        "207" => "MultiStatus",
        other => return format!("Status{}", names::type_name(other).trim_start_matches('N')),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{json_of, operation};
    use super::*;

    fn answer(responses: Value) -> Answer {
        operation(json!({ "responses": responses })).answer
    }

    #[test]
    fn one_type_or_nothing_or_by_status() {
        let (text, number) = (json_of(json!({"type": "string"})), json_of(json!({"type": "integer"})));
        let empty = json!({ "description": "" });
        assert_eq!(answer(json!({"200": text, "404": number})), Answer::Json(Shape::Text));
        assert_eq!(answer(json!({"200": text, "201": text})), Answer::Json(Shape::Text));
        assert_eq!(answer(json!({"200": text, "204": empty})), Answer::OptionalJson(Shape::Text));
        assert_eq!(answer(json!({"2XX": empty})), Answer::Empty);
        assert_eq!(answer(json!({"default": text})), Answer::Json(Shape::Text));
        assert_eq!(answer(json!({"302": empty, "default": text})), Answer::Empty);
        let Answer::ByStatus { name, cases } = answer(json!({"200": text, "201": number, "202": empty})) else {
            panic!()
        };
        assert_eq!(
            (name.as_str(), cases.iter().map(|case| case.rust.as_str()).collect::<Vec<_>>()),
            ("ActAnswer", vec!["Ok", "Created", "Accepted"])
        );
    }

    #[test]
    fn other_media_types_are_alternates_of_json_and_answers_without_it() {
        let both = operation(
            json!({"responses": {"200": {"content": {"text/csv": {}, "application/json": {"schema": {"type": "string"}}}}}}),
        );
        assert_eq!(
            (both.answer, both.alternates),
            (Answer::Json(Shape::Text), vec![("csv".to_owned(), "text/csv".to_owned())])
        );
        assert_eq!(answer(json!({"200": {"content": {"text/plain": {}}}})), Answer::Text("text/plain".to_owned()));
        assert_eq!(answer(json!({"200": {"content": {"image/png": {}}}})), Answer::Bytes("image/png".to_owned()));
    }
}
