//! Failures: the forms they come in, what may help, and what is repeated without asking.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use khipu_client::runtime::{self as rt, ApiError, HeaderMap};
use khipu_client::types::{ErrorType, FailureReason};
use khipu_client::{Advice, ApiFailure, Auth, Client, Error, ErrorExt, ErrorGroup, Id, KhipuRetry};
use support::{OPERATION, Reply, Server, builder, error, failure, json, reply, request, sample};

const TYPES: [&str; 4] = ["RETRY_IMMEDIATELY", "DO_NOT_RETRY", "WAIT_4_HOURS_BEFORE_RETRY", "RETRY_AFTER_NOTIFICATION"];

/// The ends of every published range of codes.
const CODES: &[&str] = &[
    "A000", "E000", "E100", "E199", "E200", "E201", "E299", "E300", "E399", "E400", "E499", "E500", "E599", "E999",
    "D000", "F000", "T000", "I001", "I003", "P001", "P003",
];

#[test]
fn an_error_under_success_is_an_error() {
    for status in [200, 202] {
        let error = error(reply(status, &[], failure("E301", "DO_NOT_RETRY")));
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(
            error.to_string(),
            format!(
                "retrieve_santander_ar_current_day_balances: the provider reports an error under a success status \
                 (HTTP {status}, E301)"
            )
        );
        let api = error.api().unwrap();
        assert_eq!((api.code(), api.error_type()), (Some("E301"), Some(&ErrorType::DoNotRetry)));
        assert_eq!(api.description(), Some("Alex was here"));
        assert_eq!((error.operation_id(), error.group()), (Some(&Id::from(OPERATION)), Some(ErrorGroup::NoData)));
        assert!(!format!("{error} {error:?} {api:?}").contains("Alex"), "{api:?}");
    }
}

#[test]
fn the_older_form_is_read() {
    for (reason, known, advice) in [
        ("TASK_FINISHED", FailureReason::TaskFinished, Advice::GiveUp),
        ("LIFESPAN_EXCEEDED", FailureReason::LifespanExceeded, Advice::Wait),
    ] {
        let body = format!(
            r#"{{"OperationId":"1","Status":"ERROR","Data":null,"FailureReason":"{reason}","Message":"Alex was here"}}"#
        );
        let error = error(json(body));
        assert_eq!((error.code(), error.advice()), (Some(reason), advice));
        let api = error.api().unwrap();
        assert_eq!((api.reason(), api.description()), (Some(&known), Some("Alex was here")));
        assert_eq!((error.error_type(), error.group()), (None, None));
    }
}

#[test]
fn a_status_that_is_not_known_fails_when_a_reason_comes_with_it() {
    let with = |members: &str| json(format!(r#"{{"OperationId":"1","Status":"PARTIAL"{members}}}"#));
    assert_eq!(error(with(r#","Error":{"Code":"D000"}"#)).code(), Some("D000"));
    assert!(support::outcome(with(r#","Error":null"#)).is_ok());
    let fine = r#"{"OperationId":"1","Status":"OK","Error":{}}"#;
    assert!(support::outcome(json(fine)).is_ok(), "OK is OK");
}

#[test]
fn refusals_need_no_envelope() {
    let decode = |body: &str| ApiFailure::decode(401, &HeaderMap::new(), body.as_bytes());
    for body in
        ["", "<html></html>", "{}", "[]", "null", "7", r#""x""#, r#"{"message":"Forbidden"}"#, r#"{"Status":"OK"}"#]
    {
        assert_eq!(decode(body), None, "{body}");
        let error = error(reply(403, &[], body));
        assert_eq!(
            (error.status().unwrap().as_u16(), error.api(), error.raw().unwrap().as_ref()),
            (403, None, body.as_bytes())
        );
        assert_eq!(error.advice(), Advice::GiveUp, "{body}");
    }
    let partial = decode(r#"{"Error":{"Code":"A000"}}"#).unwrap();
    assert_eq!((partial.code(), partial.operation_id()), (Some("A000"), None));
    assert_eq!(decode(r#"{"Message":"No"}"#).unwrap().description(), Some("No"));
    assert!(decode(r#"{"Status":"OK","Error":{"Code":"P001"}}"#).is_some(), "the HTTP status says that it failed");
}

#[test]
fn advice_that_is_not_known_is_kept() {
    let error = error(json(failure("E201", "RETRY_TOMORROW")));
    assert!(matches!(error.error_type(), Some(ErrorType::Unrecognized(value)) if value.as_str() == "RETRY_TOMORROW"));
    assert_eq!(error.advice(), Advice::GiveUp);
    assert_eq!(ErrorGroup::of("E600"), None);
    for odd in ["", "E", "E20", "E2011", "E+01", "É201", "e201", "E 01"] {
        assert_eq!(ErrorGroup::of(odd), None, "{odd}");
    }
}

/// Every published code with its group, what the client advises for each type the provider may send with it, and how often
/// it sends a call that is answered with RETRY_IMMEDIATELY.
#[test]
fn advice_for_every_documented_code_and_type() {
    let table = support::run(async {
        let answer = Arc::new(Mutex::new(reply(599, &[], "")));
        let next = answer.clone();
        let server = Server::answering(move |_| next.lock().unwrap().clone()).await;
        let client = builder(&server, Auth::jwt("the-jwt"))
            .0
            .transport(|transport| transport.retry_budget(rt::RetryBudget::unlimited()))
            .build()
            .unwrap();
        let mut table = format!("code group: {}; sent on RETRY_IMMEDIATELY\n", TYPES.join(", "));
        for code in CODES {
            let mut advice = Vec::new();
            let mut sent = Vec::new();
            for kind in TYPES {
                *answer.lock().unwrap() = reply(500, &[], failure(code, kind));
                let error = client.retrieve_santander_ar_current_day_balances(request()).send().await.unwrap_err();
                advice.push(format!("{:?}", error.advice()));
                sent.push(error.attempts());
            }
            assert_eq!(sent[1..], [1, 1, 1], "{code}");
            let group = ErrorGroup::of(code).unwrap();
            table.push_str(&format!("{code} {group:?}: {}; {}\n", advice.join(", "), sent[0]));
        }
        table
    });
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/khipu-client");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!("error-advice", table));
}

#[test]
fn without_an_envelope_the_status_decides() {
    for (status, advice) in [
        (400, Advice::GiveUp),
        (401, Advice::Authorize),
        (404, Advice::GiveUp),
        (408, Advice::Clarify),
        (429, Advice::Wait),
        (500, Advice::Wait),
        (502, Advice::Clarify),
        (503, Advice::Wait),
        (504, Advice::Clarify),
    ] {
        let error = error(reply(status, &[], ""));
        assert_eq!((error.advice(), error.attempts()), (advice, 1), "{status}");
    }
}

/// The pauses of a call that fails `times` times before it succeeds.
fn pauses(failed: Reply, times: usize) -> Result<Vec<Duration>, Error> {
    support::run(async {
        let server = Server::playing(std::iter::repeat_n(failed, times).chain([json(sample("response"))])).await;
        let (builder, sleeper) = builder(&server, Auth::jwt("the-jwt"));
        builder.build().unwrap().retrieve_santander_ar_current_day_balances(request()).send().await?;
        Ok(sleeper.slept())
    })
}

#[test]
fn what_the_provider_wants_repeated_is_repeated_once() {
    let failed = reply(500, &[], failure("E201", "RETRY_IMMEDIATELY"));
    assert_eq!(pauses(failed.clone(), 1).unwrap(), [Duration::from_millis(250)]);
    assert_eq!(pauses(failed, 2).unwrap_err().attempts(), 2);
}

#[test]
fn more_attempts_can_be_asked_for() {
    support::run(async {
        let failed = reply(500, &[], failure("E201", "RETRY_IMMEDIATELY"));
        let server = Server::playing([failed.clone(), failed, json(sample("response"))]).await;
        let backoff = rt::Backoff { attempts: 3, ..rt::Backoff::default() };
        let (builder, sleeper) = builder(&server, Auth::jwt("the-jwt"));
        let client = builder.transport(move |transport| transport.retry_rule(KhipuRetry { backoff })).build().unwrap();
        client.retrieve_santander_ar_current_day_balances(request()).send().await.unwrap();
        assert_eq!(sleeper.slept(), [Duration::from_millis(250), Duration::from_millis(500)]);
    });
}

#[test]
fn so_is_what_comes_under_success() {
    let failed = json(failure("E201", "RETRY_IMMEDIATELY"));
    assert_eq!(pauses(failed.clone(), 1).unwrap(), [Duration::from_millis(250)]);
    let error = pauses(failed, 2).unwrap_err();
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (2, 200));
}

#[test]
fn other_advice_is_the_callers_to_follow() {
    for kind in &TYPES[1..] {
        for status in [200, 500] {
            assert_eq!(error(reply(status, &[], failure("E201", kind))).attempts(), 1, "{status} {kind}");
        }
    }
    for refusal in [reply(429, &[("retry-after", "1")], ""), reply(503, &[], ""), reply(500, &[], "")] {
        assert_eq!(error(refusal).attempts(), 1);
    }
}

#[test]
fn a_login_that_may_lock_the_user_out_is_not_repeated() {
    for code in ["E100", "E142", "E199", "T000"] {
        for status in [200, 500] {
            let error = error(reply(status, &[], failure(code, "RETRY_IMMEDIATELY")));
            assert_eq!((error.attempts(), error.advice()), (1, Advice::Repeat), "{status} {code}");
        }
    }
}

/// A bank that never answers, and a clock by which every attempt is over at once.
#[derive(Clone, Default)]
struct Silence(Arc<AtomicU32>);

impl rt::HttpClient for Silence {
    fn execute(
        &self,
        _: http::Request<rt::Bytes>,
    ) -> rt::BoxFuture<Result<http::Response<rt::BodyStream>, rt::HttpError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::pending())
    }
}

impl rt::Sleeper for Silence {
    fn sleep(&self, _: Duration) -> rt::BoxFuture<()> {
        Box::pin(std::future::ready(()))
    }
}

#[test]
fn a_call_that_timed_out_is_never_repeated() {
    let silence = Silence::default();
    let (http, sleeper) = (silence.clone(), silence.clone());
    let client = Client::builder(Auth::jwt("the-jwt"))
        .transport(|transport| transport.http(http).sleeper(sleeper))
        .build()
        .unwrap();
    let error = support::run(client.retrieve_santander_ar_current_day_balances(request()).send()).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!((error.attempts(), silence.0.load(Ordering::SeqCst)), (1, 1));
    assert_eq!(error.advice(), Advice::Clarify);
}

#[test]
fn nor_is_one_that_broke() {
    let cut = Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"OperationId\":".to_vec());
    let cut = error(cut);
    assert!(cut.is_truncated(), "{cut:?}");
    assert_eq!((cut.attempts(), cut.advice()), (1, Advice::Clarify));
    let garbled = error(Reply::Bytes(b"this is no HTTP".to_vec()));
    assert_eq!((garbled.status(), garbled.attempts(), garbled.advice()), (None, 1, Advice::Clarify), "{garbled:?}");

    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::builder(Auth::jwt("the-jwt")).base_url(&format!("http://{nobody}")).build().unwrap();
    let error = support::run(client.retrieve_santander_ar_current_day_balances(request()).send()).unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!((error.attempts(), error.advice()), (1, Advice::Wait));
}
