//! Second factors: 428 as a value, its answer, and sessions that are over.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::time::Duration;

use belvo_client::types::{ErrorCode, LinkCreation};
use belvo_client::{Advice, ErrorExt};
use support::{LINK, Reply, Server, client, differences, json, json_status, printed, record};

const SESSION: &str = "2675b703b9d4451f8d4861a3eee54449";

fn token_required() -> Reply {
    json_status(
        428,
        format!(
            r#"[{{"code":"token_required","message":"Alex needs a token","request_id":"a6e1","session":"{SESSION}",
               "expiry":9600,"link":"{LINK}","token_generation_data":{{"instructions":"Scan it","type":"qr",
               "value":"QR-CONTENT","expects_user_input":true}}}}]"#
        ),
    )
}

fn creation() -> LinkCreation {
    LinkCreation::new("imss_mx_employment", "BLPM951331IONVGR54").password("s3cret")
}

#[test]
fn it_is_a_value_and_its_answer_resumes() {
    support::run(async {
        let server = Server::playing([token_required(), json(record("link"))]).await;
        let client = client(&server);
        let error = client.create_link(creation()).send().await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.advice()), (428, Advice::Resume));
        assert_eq!(error.attempts(), 1);
        let second_factor = error.second_factor().unwrap();
        assert_eq!(second_factor.session.expose(), SESSION);
        assert_eq!(second_factor.link, LINK);
        assert_eq!(second_factor.lifetime(), Some(Duration::from_secs(9600)));
        let generation = second_factor.token_generation_data.as_ref().unwrap();
        assert_eq!(generation.instructions.as_deref(), Some("Scan it"));
        assert_eq!(generation.expects_user_input, Some(true));

        client.resume_link(second_factor.answer("123456").save_data(false)).send().await.unwrap();
        let sent = server.requests().remove(1);
        assert_eq!((sent.method.as_str(), sent.target.as_str()), ("PATCH", "/api/links/"));
        let expected = format!(r#"{{"session":"{SESSION}","link":"{LINK}","token":"123456","save_data":false}}"#);
        assert_eq!(differences(&expected, sent.text()), [""; 0]);
    });
}

#[test]
fn where_the_user_acts_elsewhere_there_is_no_token() {
    support::run(async {
        let server = Server::playing([token_required(), json(record("link"))]).await;
        let client = client(&server);
        let error = client.create_link(creation()).send().await.unwrap_err();
        client.resume_link(error.second_factor().unwrap().confirmed()).send().await.unwrap();
        let expected = format!(r#"{{"session":"{SESSION}","link":"{LINK}"}}"#);
        assert_eq!(differences(&expected, server.requests()[1].text()), [""; 0]);
    });
}

#[test]
fn a_session_that_is_over_says_so() {
    support::run(async {
        let expired = json_status(400, r#"[{"code":"session_expired","message":"x","request_id":"a6e1"}]"#);
        let server = Server::playing([expired]).await;
        let error = client(&server).resume_link(support::resumption()).send().await.unwrap_err();
        assert_eq!(error.error_code(), Some(&ErrorCode::SessionExpired));
        assert_eq!((error.advice(), error.second_factor()), (Advice::StartOver, None));
        assert_eq!(server.requests().len(), 1);
    });
}

#[test]
fn the_wrong_token_may_be_asked_for_again() {
    support::run(async {
        let server = Server::playing([token_required()]).await;
        let error = client(&server).resume_link(support::resumption()).send().await.unwrap_err();
        assert_eq!(error.second_factor().unwrap().session.expose(), SESSION);
    });
}

#[test]
fn nothing_but_428_with_a_session_is_one() {
    support::run(async {
        let body = format!(r#"[{{"code":"token_required","message":"x","session":"{SESSION}","link":"{LINK}"}}]"#);
        for answer in [
            json_status(400, body),
            json_status(428, r#"[{"code":"token_required","message":"x"}]"#),
            json_status(428, "<html></html>"),
        ] {
            let server = Server::playing([answer.clone()]).await;
            let error = client(&server).create_link(creation()).send().await.unwrap_err();
            assert_eq!(error.second_factor(), None, "{answer:?}");
        }
    });
}

#[test]
fn a_single_object_is_one_too_and_may_lack_the_rest() {
    support::run(async {
        let body = format!(r#"{{"code":"token_required","session":"{SESSION}","link":"{LINK}"}}"#);
        let server = Server::playing([json_status(428, body)]).await;
        let error = client(&server).create_link(creation()).send().await.unwrap_err();
        let second_factor = error.second_factor().unwrap();
        assert_eq!((second_factor.lifetime(), second_factor.link.as_str()), (None, LINK));
    });
}

#[test]
fn what_opens_the_session_is_not_shown() {
    support::run(async {
        let server = Server::playing([token_required()]).await;
        let error = client(&server).create_link(creation()).send().await.unwrap_err();
        let second_factor = error.second_factor().unwrap();
        let answer = second_factor.answer("123456");
        let shown = format!("{} {:?} {second_factor:?} {answer:?}", printed(&error), error.api());
        for secret in [SESSION, "QR-CONTENT", "123456", "Alex", "s3cret"] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    });
}
