//! Refusals: the forms they come in, and what may help.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use belvo_client::runtime::{ApiError, HeaderMap};
use belvo_client::types::{ErrorCode, LinkRefresh};
use belvo_client::{Advice, ApiFailure, Configure, Error, ErrorExt};
use support::{ID, Reply, SAMPLES, Server, client, json_status, printed, reply};

fn decode(body: &str) -> Option<ApiFailure> {
    ApiFailure::decode(400, &HeaderMap::new(), body.as_bytes())
}

/// The error of a call that is answered so and not repeated.
fn refused(answer: Reply) -> Error {
    support::run(async {
        let server = Server::answering(move |_| answer.clone()).await;
        client(&server).refresh_link(ID, LinkRefresh::new()).no_retry().send().await.unwrap_err()
    })
}

fn of_code(status: u16, code: &str) -> Reply {
    json_status(status, format!(r#"[{{"code":"{code}","message":"Alex was here","request_id":"a6e1"}}]"#))
}

#[test]
fn a_list_of_errors_is_read_whole() {
    let failure = decode(
        r#"[{"code":"required","message":"Needed.","field":"link","request_id":"a6e1"},
            {"code":"null","message":"Not null.","field":"date_from","request_id":"a6e1"}]"#,
    )
    .unwrap();
    let fields: Vec<_> = failure.errors().iter().map(|error| error.field.as_deref().unwrap()).collect();
    assert_eq!(fields, ["link", "date_from"]);
    assert_eq!(failure.error_code(), Some(&ErrorCode::Required));
    assert_eq!((failure.code(), failure.message()), (Some("required"), Some("Needed.")));
    assert_eq!(failure.request_id().unwrap().as_str(), "a6e1");
    assert_eq!(failure.errors()[1].code, Some(ErrorCode::Null));
}

#[test]
fn a_single_error_outside_a_list_is_read_too() {
    assert_eq!(decode(r#"{"code":"not_found","message":"x"}"#).unwrap().error_code(), Some(&ErrorCode::NotFound));
    assert_eq!(decode(r#"[{"message":"only text"}]"#).unwrap().code(), None);
}

#[test]
fn the_printed_sample_is_read() {
    let failure = decode(&SAMPLES.text("error.response.json")).unwrap();
    assert_eq!(failure.error_code(), Some(&ErrorCode::Required));
    assert_eq!(failure.errors()[0].field.as_deref(), Some("link"));
}

#[test]
fn what_is_no_refusal_is_not_read_as_one() {
    for body in ["", "<html></html>", "{}", "[]", "[{}]", "null", "7", r#""text""#, r#"{"detail":"x"}"#, "[{\"code\":"]
    {
        assert_eq!(decode(body), None, "{body}");
    }
}

#[test]
fn a_code_that_is_not_known_keeps_its_name() {
    let failure = decode(r#"[{"code":"brand_new_problem","message":"x"}]"#).unwrap();
    assert!(matches!(failure.error_code(), Some(ErrorCode::Unrecognized(_))));
    assert_eq!(failure.code(), Some("brand_new_problem"));
}

#[test]
fn the_error_prints_its_code_and_not_its_message() {
    let error = refused(of_code(400, "invalid_link"));
    assert_eq!(error.to_string(), "refresh_link: the provider answers with an error (HTTP 400, invalid_link)");
    assert_eq!(error.error_code(), Some(&ErrorCode::InvalidLink));
    assert!(!format!("{} {:?}", printed(&error), error.api()).contains("Alex"));
}

/// Every documented code with its status, and what the client says about it.
#[test]
fn advice_for_every_documented_code() {
    let codes: std::collections::BTreeMap<String, u16> =
        serde_json::from_str(&support::data("error-codes.json")).unwrap();
    let mut lines = Vec::new();
    for (code, status) in &codes {
        let known: ErrorCode = code.as_str().into();
        assert!(!matches!(known, ErrorCode::Unrecognized(_)), "{code}");
        assert!(Advice::for_code(&known).is_some(), "{code}");
        let error = refused(of_code(*status, code));
        assert_eq!(error.error_code(), Some(&known));
        lines.push(format!("{status} {code}: {:?}\n", error.advice()));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/belvo-client");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("error-advice", lines.concat()));
}

#[test]
fn advice_beyond_the_documented_codes() {
    for (answer, advice) in [
        (of_code(503, "brand_new_problem"), Advice::Wait),
        (of_code(400, "brand_new_problem"), Advice::GiveUp),
        (reply(429, &[], ""), Advice::Wait),
        (reply(405, &[], ""), Advice::GiveUp),
        (reply(502, &[("content-type", "text/html")], "<html>Bad Gateway</html>"), Advice::Wait),
    ] {
        assert_eq!(refused(answer.clone()).advice(), advice, "{answer:?}");
    }
    assert!(refused(reply(429, &[], "")).is_rate_limited());
}

#[test]
fn an_error_page_keeps_its_status_and_shows_nothing_of_itself() {
    let page = "<html>GATEWAY of Alex Sample</html>";
    let error = refused(reply(502, &[("content-type", "text/html")], page));
    assert_eq!(error.status().unwrap(), 502);
    assert_eq!((error.api(), error.errors().len(), error.second_factor()), (None, 0, None));
    assert_eq!(error.raw().unwrap(), page);
    assert!(!printed(&error).contains("Alex"), "{}", printed(&error));
}
