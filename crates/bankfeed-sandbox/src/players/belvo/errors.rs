//! Refusals in Belvo's words: a list of `{request_id, code, message, field}`.
//!
//! A code stands there only where Belvo documents one; what HTTP itself refuses (405, 406, 413, 415, 429) has a message alone.

use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::players::Scene;
use crate::refusal::{Kind, Refusal};

/// Requests of one kind that Belvo takes within a minute where it counts them.
pub(super) const THROTTLED: &str = "throttled";

/// The answer to a refused request. `serial` tells requests apart that are refused for the same reason.
pub(super) fn answer(refusal: &Refusal, scene: &Scene<'_>, serial: u64) -> Answer {
    let (status, code) = match &refusal.kind {
        Kind::Route => (404, Some("not_found")),
        Kind::Method(_) => (405, None),
        Kind::NotAcceptable => (406, None),
        Kind::TooLarge => (413, None),
        Kind::MediaType => (415, None),
        Kind::Missing => (400, Some("required")),
        Kind::Syntax | Kind::Invalid | Kind::Fault => (400, Some("invalid")),
        Kind::Unauthenticated(code) => (401, Some(*code)),
        Kind::Code(THROTTLED) => (429, None),
        Kind::Code(code) => (status(scene, code), Some(*code)),
    };
    let field = match &refusal.kind {
        Kind::Missing => missing(&refusal.problem).or_else(|| field(&refusal.place)),
        _ => field(&refusal.place),
    };
    let answer = Answer::json(status, list(code, &refusal.problem, field, &request_id(scene, serial)));
    match &refusal.kind {
        Kind::Method(methods) => {
            let known: Vec<&str> = methods.iter().map(http::Method::as_str).collect();
            answer.header("allow", &known.join(", "))
        }
        Kind::Unauthenticated(_) => answer.header("www-authenticate", "Basic realm=\"api\""),
        _ => answer,
    }
}

/// The status that goes with one of Belvo's codes.
fn status(scene: &Scene<'_>, code: &str) -> u16 {
    scene.book.statuses.get(code).and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok()).unwrap_or(400)
}

/// One error, in the list that every error comes in.
pub(super) fn list(code: Option<&str>, message: &str, field: Option<&str>, request_id: &str) -> Value {
    let mut error = Map::new();
    if let Some(code) = code {
        error.insert("code".to_owned(), json!(code));
    }
    error.insert("message".to_owned(), json!(message));
    error.insert("request_id".to_owned(), json!(request_id));
    if let Some(field) = field {
        error.insert("field".to_owned(), json!(field));
    }
    json!([error])
}

/// The id under which Belvo would find a request again: 32 hexadecimal digits.
pub(super) fn request_id(scene: &Scene<'_>, serial: u64) -> String {
    scene.world.random("belvo request", &[serial]).hex(32)
}

/// The member that is missing in a body, which is told in quotes before anything else.
fn missing(problem: &str) -> Option<&str> {
    problem.strip_prefix('"')?.split_once('"').map(|(name, _)| name)
}

/// The member or parameter that a place names, such as `link` for `body /link`.
fn field(place: &str) -> Option<&str> {
    if let Some(name) = place.strip_prefix("query parameter ").or_else(|| place.strip_prefix("path parameter ")) {
        return Some(name);
    }
    place.strip_prefix("body /").filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_where_there_is_one() {
        assert_eq!(field("body /link"), Some("link"));
        assert_eq!(field("query parameter page"), Some("page"));
        assert_eq!(field("body "), None);
        assert_eq!(field("path /api/nowhere/"), None);
        assert_eq!(missing("\"link\" is a required property"), Some("link"));
        assert_eq!(missing("is required"), None);
    }

    #[test]
    fn a_code_is_left_out_where_belvo_documents_none() {
        assert_eq!(list(None, "slow down", None, "1"), json!([{ "message": "slow down", "request_id": "1" }]));
    }
}
