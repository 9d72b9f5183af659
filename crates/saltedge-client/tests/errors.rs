//! Refusals: the four forms they come in, what may help, and what is repeated without asking.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::time::Duration;

use saltedge_client::runtime::{ApiError, HeaderMap};
use saltedge_client::types::ErrorClass;
use saltedge_client::{Advice, ApiFailure, Error, ErrorExt, types};
use support::{Reply, Server, bodies, builder, client, json, reply, sample};

fn decode(body: &str) -> Option<ApiFailure> {
    ApiFailure::decode(400, &HeaderMap::new(), body.as_bytes())
}

#[test]
fn all_four_forms_are_read() {
    let nested = decode(
        r#"{"error":{"class":"ConnectionNotFound","message":"No such one","documentation_url":"https://docs/x"},
            "request":{"connection_id":"1"}}"#,
    )
    .unwrap();
    assert_eq!(nested.class(), Some(&ErrorClass::ConnectionNotFound));
    assert_eq!(nested.message(), Some("No such one"));
    assert_eq!(nested.documentation_url(), Some("https://docs/x"));

    let flat = decode(r#"{"error_class":"RateLimitExceeded","error_message":"Wait","request":{}}"#).unwrap();
    assert_eq!(flat.class(), Some(&ErrorClass::RateLimitExceeded));
    assert_eq!((flat.message(), flat.documentation_url()), (Some("Wait"), None));

    for text in [r#""Something went wrong""#, r#"{"error":"Something went wrong"}"#] {
        let failure = decode(text).unwrap();
        assert_eq!((failure.class(), failure.message()), (None, Some("Something went wrong")), "{text}");
        assert_eq!(failure.code(), None);
    }
}

#[test]
fn what_is_no_refusal_is_not_read_as_one() {
    for body in ["", "<html></html>", "{}", "[]", "null", "7", r#"{"error":null}"#, r#"{"message":"x"}"#, "{\"error\":"]
    {
        assert_eq!(decode(body), None, "{body}");
    }
}

#[test]
fn a_class_that_is_not_known_keeps_its_name() {
    let failure = decode(r#"{"error":{"class":"BrandNewProblem","message":"x"}}"#).unwrap();
    assert!(matches!(failure.class(), Some(ErrorClass::Unrecognized(_))));
    assert_eq!(failure.code(), Some("BrandNewProblem"));
}

fn of_class(status: u16, class: &str) -> Reply {
    reply(status, &[], format!(r#"{{"error":{{"class":"{class}","message":"Alex was here"}},"request":{{}}}}"#))
}

/// The error of a call that creates, and so is not repeated, except with a new signature.
fn refused(answer: Reply) -> Error {
    support::run(async {
        let server = Server::answering(move |_| answer.clone()).await;
        let error = client(&server).create_customer(bodies::customer()).send().await.unwrap_err();
        let signs_anew = error.advice() == Advice::SignAgain;
        assert_eq!(error.attempts(), if signs_anew { 2 } else { 1 });
        error
    })
}

#[test]
fn the_error_prints_its_class_and_not_its_message() {
    let error = refused(of_class(409, "DuplicatedCustomer"));
    assert_eq!(error.to_string(), "create_customer: the provider answers with an error (HTTP 409, DuplicatedCustomer)");
    assert_eq!(error.class(), Some(&ErrorClass::DuplicatedCustomer));
    assert!(!format!("{error:?} {:?}", error.api()).contains("Alex"));
}

/// Every class of the reference with its status, and what the client says about it.
#[test]
fn advice_for_every_documented_class() {
    let classes: std::collections::BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&sample("error-classes.json")).unwrap();
    let mut table = String::new();
    for (class, facts) in &classes {
        let known: ErrorClass = class.as_str().into();
        assert!(!matches!(known, ErrorClass::Unrecognized(_)), "{class}");
        let status = u16::try_from(facts["http_status"].as_u64().unwrap()).unwrap();
        let error = refused(of_class(status, class));
        assert_eq!(error.class(), Some(&known));
        table.push_str(&format!("{status} {class}: {:?}\n", error.advice()));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/saltedge-client");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!("error-advice", table));
}

#[test]
fn advice_beyond_the_reference() {
    for (status, class, advice) in [
        (429, "TooManyRequests", Advice::Wait),
        (500, "InternalServerError", Advice::Wait),
        (400, "RequestExpired", Advice::SignAgain),
        (400, "ExpiresAtInvalid", Advice::SignAgain),
        (406, "InvalidCredentials", Advice::AskUser),
        (400, "SignatureNotMatch", Advice::GiveUp),
        (503, "BrandNewProblem", Advice::Wait),
        (400, "BrandNewProblem", Advice::GiveUp),
    ] {
        assert_eq!(refused(of_class(status, class)).advice(), advice, "{status} {class}");
    }
    assert_eq!(refused(reply(429, &[], "")).advice(), Advice::Wait);
    assert_eq!(Advice::for_class(&ErrorClass::ProviderUnavailable), Some(Advice::Wait));
    assert_eq!(Advice::for_class(&ErrorClass::InvalidEncoding), None);
}

/// The pauses of a read that is refused `times` times before it succeeds.
fn pauses(refusal: Reply, times: usize) -> Result<Vec<Duration>, Error> {
    support::run(async {
        let fine = json(sample("customers-list.response.json"));
        let server = Server::playing(std::iter::repeat_n(refusal, times).chain([fine])).await;
        let (builder, sleeper) = builder(&server);
        builder.build().unwrap().list_customers().send().await?;
        Ok(sleeper.slept())
    })
}

#[test]
fn reads_are_repeated_where_it_helps() {
    let ms = Duration::from_millis;
    for refusal in [of_class(406, "RateLimitExceeded"), of_class(429, "TooManyRequests"), reply(503, &[], "")] {
        assert_eq!(pauses(refusal.clone(), 3).unwrap(), [ms(250), ms(500), ms(1000)]);
        assert_eq!(pauses(refusal, 9).unwrap_err().attempts(), 4);
    }
    assert_eq!(pauses(reply(503, &[("retry-after", "7")], ""), 1).unwrap(), [ms(7000)]);
    assert_eq!(pauses(of_class(400, "RequestExpired"), 1).unwrap(), [Duration::ZERO]);
}

#[test]
fn nothing_else_is_repeated() {
    for (status, class) in [(406, "CustomerLocked"), (400, "SignatureNotMatch"), (500, "EnrichmentError")] {
        assert_eq!(pauses(of_class(status, class), 1).unwrap_err().attempts(), 1, "{class}");
    }
    for class in ["RateLimitExceeded", "TooManyRequests"] {
        assert_eq!(refused(of_class(406, class)).attempts(), 1, "{class}");
    }
    assert_eq!(refused(reply(503, &[], "")).attempts(), 1);
}

#[test]
fn removing_is_not_repeated_and_marking_is() {
    support::run(async {
        let server = Server::answering(|_| reply(503, &[], "")).await;
        let client = client(&server);
        assert_eq!(client.remove_customer("1").send().await.unwrap_err().attempts(), 1);
        let change = types::TransactionsChange::new("1", ["2"], true);
        assert_eq!(client.update_transactions(change).send().await.unwrap_err().attempts(), 4);
    });
}
