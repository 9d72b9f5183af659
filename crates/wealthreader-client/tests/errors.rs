//! Failures: the forms they come in, what may help, and what is repeated without asking.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::time::Duration;

use support::{
    Reply, Server, client, error, errors, failure, json, json_status, nothing, outcomes, read, reply, request,
};
use wealthreader_client::runtime::{self as rt, ApiError, HeaderMap};
use wealthreader_client::types::{BatchResultQuery, CardErrorCode, FinancialData, TokenRevocation, UserQuery, Warning};
use wealthreader_client::{Advice, ApiFailure, Client, Error, ErrorCode, ErrorExt, WarningPriority};

#[test]
fn a_failed_read_under_success_is_an_error() {
    let error = error(json(failure(2000)));
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(
        error.to_string(),
        "read_financial_data: the provider reports an error under a success status (HTTP 200, 2000)"
    );
    let api = error.api().unwrap();
    assert_eq!((api.code(), api.card_code()), (Some(ErrorCode::from(2000)), None));
    assert_eq!((api.message(), api.session()), (Some("Alex was here"), Some("3463754e3540884")));
    assert_eq!((error.is_fatal(), error.advice(), error.session()), (true, Advice::AskUser, Some("3463754e3540884")));
    assert_eq!(api.statistics().unwrap().execution_time.unwrap().to_string(), "4.2");
    assert!(!format!("{error} {error:?} {api:?}").contains("Alex"), "{api:?}");
}

/// The three shapes, each alone and in a list of one.
fn shapes() -> Vec<(String, Option<i64>, Option<&'static str>)> {
    let alone = [
        (failure(3000), Some(3000), None),
        (r#"{"success":false,"message":"Alex was here"}"#.to_owned(), None, None),
        (
            r#"{"success":false,"code":"invalid_email","message":"Alex was here"}"#.to_owned(),
            None,
            Some("invalid_email"),
        ),
    ];
    alone
        .into_iter()
        .flat_map(|(text, number, code)| [(text.clone(), number, code), (format!("[{text}]"), number, code)])
        .collect()
}

#[test]
fn every_shape_is_read_under_every_status() {
    for (text, number, code) in shapes() {
        let statuses = [200, 202, 400, 401, 404, 409, 429, 500];
        let errors = errors(statuses.map(|status| json_status(status, text.clone())));
        for (status, error) in statuses.into_iter().zip(errors) {
            assert_eq!(error.status().unwrap(), status);
            let api = error.api().unwrap_or_else(|| panic!("{status}: {text}"));
            assert_eq!(api.message(), Some("Alex was here"), "{status}: {text}");
            assert_eq!(api.code().map(ErrorCode::number), number, "{status}: {text}");
            assert_eq!(api.card_code().map(AsRef::as_ref), code, "{status}: {text}");
            assert_eq!(error.is_rate_limited(), status == 429);
        }
    }
}

#[test]
fn operations_of_every_kind_fail_alike() {
    support::run(async {
        let server = Server::answering(|_| json(r#"{"success":false,"message":"No"}"#)).await;
        for (name, outcome) in support::calls::all(&client(&server)).await {
            let error = outcome.err().unwrap_or_else(|| panic!("{name} takes a failure for success"));
            assert_eq!(error.api().and_then(ApiFailure::message), Some("No"), "{name}: {error}");
        }
    });
}

#[test]
fn an_empty_success_is_none_and_an_empty_failure_is() {
    let payloads = ["null", "[]", "{}", r#"{"accounts":[]}"#];
    let answer = |success: bool, payload: &str| {
        json(format!(r#"{{"success":{success},"payload":{payload},"error":null,"statistics":{{"SESSION":"1"}}}}"#))
    };
    for (payload, outcome) in payloads.iter().zip(outcomes(payloads.map(|payload| answer(true, payload)))) {
        let answer = outcome.unwrap();
        let data = answer.data().unwrap();
        assert!(data.failure().is_none());
        assert_eq!(data.financials().unwrap().is_some(), payload.starts_with('{'), "{payload}");
    }
    for (payload, error) in payloads.iter().zip(errors(payloads.map(|payload| answer(false, payload)))) {
        assert_eq!((error.session(), error.advice()), (Some("1"), Advice::GiveUp), "{payload}");
    }
    // Without a word about success, an error in it is one.
    assert_eq!(error(json(r#"{"error":{"code":3}}"#)).error_code(), Some(3.into()));
}

#[test]
fn a_product_that_is_not_contracted_is_an_error_of_its_own() {
    let error = error(json(failure(2003)));
    assert!(error.is_not_contracted() && !error.is_fatal());
    assert_eq!((error.advice(), error.error_code()), (Advice::TakeAsEmpty, Some(ErrorCode::NOT_CONTRACTED)));
    assert!(!support::error(json(failure(2002))).is_not_contracted());
}

#[test]
fn what_the_answer_says_of_fatal_counts() {
    let with = |code: i64, fatal: &str| {
        let text = format!(r#"{{"success":false,"error":{{"code":{code},"fatal":{fatal}}}}}"#);
        ApiFailure::in_success(text.as_bytes()).unwrap().fatal()
    };
    assert_eq!((with(2000, "false"), with(2000, "null")), (Some(false), Some(true)));
    assert_eq!((with(3000, "true"), with(3000, "null")), (Some(true), Some(false)));
    assert_eq!((with(7777, "true"), with(7777, "null")), (Some(true), None));
}

#[test]
fn odd_members_do_not_hide_the_others() {
    let decode = |text: &str| ApiFailure::in_success(text.as_bytes()).unwrap();
    let odd = decode(
        r#"{"success":false,"error":{"code":"2010","message":7},"statistics":{"SESSION":3463754e3540884,"warnings":7}}"#,
    );
    assert_eq!((odd.code(), odd.message()), (Some(2010.into()), Some("7")));
    assert_eq!((odd.session(), odd.statistics()), (Some("3463754e3540884"), None));
    let text = decode(r#"{"success":false,"error":"Alex was here","statistics":7}"#);
    assert_eq!((text.code(), text.message(), text.session()), (None, Some("Alex was here"), None));
    let letters = decode(r#"{"success":false,"error":{"code":"blocked_host"}}"#);
    assert!(matches!(letters.card_code(), Some(CardErrorCode::Unrecognized(code)) if code.as_str() == "blocked_host"));
    let number = decode(r#"{"success":false,"code":2,"message":"x"}"#);
    assert_eq!((number.code(), number.card_code()), (Some(2.into()), None));
    assert_eq!(ApiError::code(&letters), Some("blocked_host"));
}

#[test]
fn what_is_no_refusal_keeps_its_status() {
    let bodies = ["", "<html></html>", "{}", "[]", "null", "7", r#""x""#, "[[]]", r#"{"success":true}"#];
    for (body, error) in bodies.into_iter().zip(errors(bodies.map(|body| reply(403, &[], body)))) {
        assert_eq!(ApiFailure::decode(502, &HeaderMap::new(), body.as_bytes()), None, "{body}");
        assert_eq!((error.status().unwrap().as_u16(), error.api()), (403, None));
        assert_eq!(error.advice(), Advice::GiveUp);
        assert_eq!(error.raw().unwrap().as_ref(), body.as_bytes());
    }
}

#[test]
fn a_code_that_is_not_known_stays_open() {
    let error = error(json(failure(4711)));
    assert_eq!(error.error_code().map(ErrorCode::number), Some(4711));
    assert_eq!(error.code(), Some("4711"));
    assert!(!error.is_fatal());
    assert_eq!(error.advice(), Advice::GiveUp);
    let code = ErrorCode::from(4711);
    assert_eq!((code.is_fatal(), code.advice(), code.meaning()), (None, None, None));
}

/// Every code that the provider lists, and every code of calls about cards.
#[test]
fn advice_for_every_documented_code() {
    let mut table = String::from("code fatal advice: meaning\n");
    let failures = errors(ErrorCode::known().map(|code| json(failure(code.number()))));
    for (code, error) in ErrorCode::known().zip(failures) {
        assert_eq!(error.attempts(), 1, "{code}");
        assert_eq!(Some(error.is_fatal()), code.is_fatal(), "{code}");
        let fatal = if error.is_fatal() { "fatal" } else { "-" };
        table.push_str(&format!("{code} {fatal} {:?}: {}\n", error.advice(), code.meaning().unwrap()));
    }
    assert_eq!(ErrorCode::known().count(), 40);
    assert_eq!(ErrorCode::known().filter(|code| code.is_fatal() == Some(true)).count(), 18);
    assert!(ErrorCode::known().is_sorted(), "the table is searched by halves");
    let card_codes = [
        (400, "invalid_date_from"),
        (400, "invalid_email"),
        (400, "invalid_webhook_url"),
        (401, "unauthorized"),
        (404, "not_found"),
        (409, "email_linked_to_other_client"),
        (429, "rate_limited"),
    ];
    let refusal = |code: &str| format!(r#"{{"success":false,"code":"{code}","message":"x"}}"#);
    let refused = errors(card_codes.map(|(status, code)| json_status(status, refusal(code))));
    for ((_, code), error) in card_codes.into_iter().zip(refused) {
        assert!(!matches!(error.api().unwrap().card_code(), None | Some(CardErrorCode::Unrecognized(_))), "{code}");
        table.push_str(&format!("{code} - {:?}\n", error.advice()));
    }
    snapshot("error-advice", &table);
}

#[test]
fn priorities_of_every_documented_warning() {
    let mut table = String::new();
    for code in [2, 10].into_iter().chain(1050..=1061) {
        table.push_str(&format!("{code}: {:?}\n", WarningPriority::for_code(code).unwrap()));
    }
    snapshot("warning-priorities", &table);
    assert!(WarningPriority::Report < WarningPriority::Note);
    let warning: Warning = read(r#"{"code":1000,"message":"No contracted funds","product_type":"portfolios"}"#);
    assert_eq!(warning.priority(), None, "the documentation's sample has a code that is in no list");
    let data: FinancialData =
        read(r#"{"success":true,"statistics":{"warnings":[{"code":1051,"product_type":"unknown"}]}}"#);
    assert_eq!(data.warnings()[0].priority(), Some(WarningPriority::TellUser));
    assert!(read::<FinancialData>(&nothing()).warnings().is_empty());
}

fn snapshot(name: &str, table: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/wealthreader-client");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, table));
}

#[test]
fn without_a_code_the_status_decides() {
    let advised = [
        (400, Advice::GiveUp),
        (401, Advice::GiveUp),
        (404, Advice::GiveUp),
        (408, Advice::Wait),
        (429, Advice::Wait),
        (500, Advice::Wait),
        (502, Advice::Wait),
        (503, Advice::Wait),
        (504, Advice::Wait),
    ];
    for ((status, advice), error) in advised.into_iter().zip(errors(advised.map(|(status, _)| reply(status, &[], ""))))
    {
        assert_eq!(error.advice(), advice, "{status}");
    }
    assert_eq!(error(json_status(503, r#"{"success":false,"fatal":true,"message":"x"}"#)).advice(), Advice::GiveUp);
}

#[test]
fn a_read_is_never_repeated() {
    let cut = Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"success\":".to_vec());
    for error in errors([
        json(failure(3000)),
        json_status(500, failure(3001)),
        reply(429, &[("retry-after", "1")], ""),
        reply(502, &[], ""),
        reply(503, &[("retry-after", "1")], ""),
        reply(504, &[], ""),
        cut,
        Reply::Bytes(b"this is no HTTP".to_vec()),
    ]) {
        assert_eq!((error.attempts(), error.advice()), (1, Advice::Wait), "{error}");
    }
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::builder(support::KEY).base_url(&format!("http://{nobody}")).build().unwrap();
    let error = support::run(client.read_financial_data(request()).send()).unwrap_err();
    assert_eq!((error.is_connect(), error.attempts(), error.advice()), (true, 1, Advice::Wait));
}

/// A bank that never answers, and a clock by which every attempt is over at once.
#[derive(Clone, Default)]
struct Silence;

impl rt::HttpClient for Silence {
    fn execute(
        &self,
        _: http::Request<rt::Bytes>,
    ) -> rt::BoxFuture<Result<http::Response<rt::BodyStream>, rt::HttpError>> {
        Box::pin(std::future::pending())
    }
}

impl rt::Sleeper for Silence {
    fn sleep(&self, _: Duration) -> rt::BoxFuture<()> {
        Box::pin(std::future::ready(()))
    }
}

#[test]
fn nor_is_one_that_timed_out() {
    let client =
        Client::builder(support::KEY).transport(|transport| transport.http(Silence).sleeper(Silence)).build().unwrap();
    let error = support::run(client.read_financial_data(request()).send()).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!((error.attempts(), error.advice()), (1, Advice::Wait));
}

/// How often each operation is sent that is always answered so: those that may be repeated, then one that may not.
async fn attempts(answer: Reply) -> [u32; 5] {
    let server = Server::answering(move |_| answer.clone()).await;
    let unlimited = |transport: rt::TransportBuilder| transport.retry_budget(rt::RetryBudget::unlimited());
    let client = support::builder(&server).0.transport(unlimited).build().unwrap();
    let errors: [Error; 5] = [
        client.list_entities().send().await.map(drop).unwrap_err(),
        client.list_tokens().send().await.map(drop).unwrap_err(),
        client.check_user(UserQuery::new("1")).send().await.map(drop).unwrap_err(),
        client.show_batch_result(BatchResultQuery::new("1", "2")).send().await.map(drop).unwrap_err(),
        client.revoke_token(TokenRevocation::new("x")).send().await.map(drop).unwrap_err(),
    ];
    errors.map(|error| error.attempts())
}

#[test]
fn only_what_neither_reads_nor_changes_is_repeated_and_only_in_passing() {
    support::run(async {
        assert_eq!(attempts(reply(503, &[], "")).await, [4, 4, 4, 4, 1]);
        assert_eq!(attempts(json_status(503, r#"{"success":false,"message":"down"}"#)).await, [4, 4, 4, 4, 1]);
        // An answer that says why is an answer, whatever its status.
        assert_eq!(attempts(json_status(503, failure(3000))).await, [1; 5]);
        assert_eq!(attempts(json(failure(3000))).await, [1; 5]);
        assert_eq!(attempts(json_status(503, r#"{"success":false,"fatal":true}"#)).await, [1; 5]);
        assert_eq!(attempts(reply(400, &[], "")).await, [1; 5]);
    });
}

#[test]
fn the_rate_limit_is_not_hammered() {
    support::run(async {
        let limited = r#"{"success":false,"code":"rate_limited","message":"x"}"#;
        assert_eq!(attempts(json_status(429, limited)).await, [1; 5]);
        let told = reply(429, &[("content-type", "application/json"), ("retry-after", "2")], limited);
        assert_eq!(attempts(told).await, [4, 4, 4, 4, 1]);
    });
}
