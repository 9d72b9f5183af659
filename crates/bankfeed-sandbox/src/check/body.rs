//! The body: its media type, its syntax, its schema.

use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use super::{names, undeclared, values};
use crate::call::Received;
use crate::playbook::{Content, Operation, Playbook, Shape};
use crate::refusal::{Kind, Refusal};

const FORM: &str = "application/x-www-form-urlencoded";

/// JSON, or the members of a form with their types; null where no body came.
pub(super) fn read(book: &Playbook, operation: &Operation, received: &Received) -> Result<Value, Refusal> {
    let Some(expected) = &operation.body else {
        if received.body.is_empty() {
            return Ok(Value::Null);
        }
        return Err(Refusal::invalid("body", "this operation takes none"));
    };
    if received.body.is_empty() {
        // A form without members is an empty body.
        if let Some(form) = expected.content.iter().find(|content| content.media == FORM) {
            return judge(book, form, Value::Object(Map::new()), "form");
        }
        if expected.required {
            return Err(Refusal::missing("body", "is required"));
        }
        return Ok(Value::Null);
    }
    let content = content(&expected.content, received)?;
    if content.media == FORM {
        return judge(book, content, form(book, content, &received.body)?, "form");
    }
    let value = serde_json::from_slice(&received.body).map_err(|error| {
        let problem = format!("is not JSON at line {}, column {}", error.line(), error.column());
        Refusal::new(Kind::Syntax, "body", problem)
    })?;
    judge(book, content, value, "body")
}

fn content<'a>(contents: &'a [Content], received: &Received) -> Result<&'a Content, Refusal> {
    let found = received.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = found.split(';').next().unwrap_or_default().trim();
    let known = contents.iter().find(|content| content.media.eq_ignore_ascii_case(media));
    known.ok_or_else(|| {
        let wanted: Vec<&str> = contents.iter().map(|content| content.media.as_str()).collect();
        let problem = format!("has to be {}", wanted.join(" or "));
        Refusal::new(Kind::MediaType, "header content-type", problem)
    })
}

fn form(book: &Playbook, content: &Content, body: &[u8]) -> Result<Value, Refusal> {
    let mut members = Map::new();
    let schema = content.schema.as_ref().map_or(&Value::Null, |schema| book.schemas.resolve(book.schemas.get(schema)));
    let declared = schema["properties"].as_object();
    for (name, text) in form_urlencoded::parse(body) {
        let listed = declared.and_then(|declared| declared.get(&*name));
        let rest = schema.get("additionalProperties").filter(|rest| **rest != Value::Bool(false));
        // Where any field may come, one that is nearly a declared one is still a misspelling.
        let near = || names::nearest(&name, declared.into_iter().flatten().map(|(name, _)| name.as_str())).is_some();
        let Some(member) = listed.or_else(|| rest.filter(|_| !near())) else {
            let shown = names::shown(&name, &text).unwrap_or("without a readable name");
            let declared = declared.into_iter().flatten().map(|(name, _)| name.as_str());
            return Err(Refusal::invalid(format!("form field {shown}"), names::undeclared(&name, declared)));
        };
        let place = format!("form field {name}");
        let shape = book.schemas.shape_of(member);
        let joined = content.encoding.get(&*name).is_some_and(|encoding| encoding["explode"] == Value::Bool(false));
        let value = values::read(&shape, joined, &text).map_err(|problem| Refusal::invalid(place.clone(), problem))?;
        match (members.get_mut(&*name), value) {
            (None, value) => {
                members.insert(name.into_owned(), value);
            }
            (Some(Value::Array(list)), Value::Array(more)) if matches!(shape, Shape::List(_)) && !joined => {
                list.extend(more);
            }
            _ => return Err(Refusal::invalid(place, "stands there twice")),
        }
    }
    Ok(Value::Object(members))
}

fn judge(book: &Playbook, content: &Content, value: Value, whole: &str) -> Result<Value, Refusal> {
    let Some(schema) = &content.schema else { return Ok(value) };
    // A misspelt member is told before a missing one: it is the cause.
    if let Some((pointer, problem)) = undeclared::find(&book.schemas, book.schemas.get(schema), &value) {
        return Err(Refusal::invalid(format!("{whole} {pointer}"), problem));
    }
    book.schemas.check(schema, &value).map_err(|mismatch| {
        let place =
            if mismatch.pointer.is_empty() { whole.to_owned() } else { format!("{whole} {}", mismatch.pointer) };
        let kind = if mismatch.problem.contains("required") { Kind::Missing } else { Kind::Invalid };
        Refusal::new(kind, place, mismatch.problem)
    })?;
    Ok(value)
}
