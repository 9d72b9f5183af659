//! Trouble, as Belvo words it.

use serde_json::Value;

use super::*;
use crate::Provider;
use crate::answer::Body;
use crate::playbook::Playbook;
use crate::world::Size;

/// What an operation answers in trouble: status and body.
fn trouble(operation: &str, trouble: &Trouble) -> Option<(u16, Value)> {
    let world =
        World::new(1, Size { people: 1, transactions: 20, days: 30 }, crate::clock::DEFAULT_START.parse().unwrap());
    let book = Playbook::of(Provider::Belvo);
    let root = "http://127.0.0.1:1/belvo";
    let scene = Scene { root, ..Scene::quiet(Provider::Belvo, &world) };
    let operation = book.operation(operation).unwrap();
    let answer = Belvo::new(&world).trouble(trouble, operation, &scene)?;
    let Body::Json(body) = answer.body else { panic!("errors are JSON") };
    if let Some(schema) = operation.answer(answer.status).and_then(|contents| contents.first()?.schema.as_ref()) {
        book.schemas.check(schema, &body).unwrap();
    }
    Some((answer.status, body))
}

#[test]
fn limits_have_no_code() {
    let (status, body) = trouble("remove_account", &Trouble::RateLimit).unwrap();
    assert_eq!((status, body[0].get("code")), (429, None));
}

#[test]
fn failures_carry_the_code_of_their_status() {
    for (status, code) in
        [(500, "unexpected_error"), (503, "unexpected_error"), (408, "request_timeout"), (404, "not_found")]
    {
        let (answered, body) = trouble("list_accounts", &Trouble::Status(status)).unwrap();
        assert_eq!((answered, &body[0]["code"]), (status, &Value::from(code)));
    }
}

#[test]
fn only_what_reaches_the_institution_meets_its_trouble() {
    let (status, body) = trouble("retrieve_accounts", &Trouble::ConsentExpired).unwrap();
    assert_eq!((status, &body[0]["code"]), (400, &Value::from("invalid_link")));
    let (status, body) = trouble("retrieve_accounts", &Trouble::SecondFactor).unwrap();
    assert_eq!((status, &body[0]["code"]), (428, &Value::from("token_required")));
    for operation in ["list_accounts", "show_link", "retrieve_bills"] {
        assert_eq!(trouble(operation, &Trouble::SecondFactor), None, "{operation}");
    }
    assert_eq!(trouble("list_accounts", &Trouble::ConsentExpired), None);
}
