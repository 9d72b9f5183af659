//! The rules of real providers, as their clients write them: each must fit into the transport's own limits.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use bankfeed_runtime as rt;
use support::{Reply, Server, Thing, json, reply, transport};

const READ: rt::Operation = rt::Operation::new("read", rt::Method::POST, "/read").retry(rt::Retry::Rule("provider"));
const BILLED: rt::Operation = rt::Operation::new("read_billed", rt::Method::POST, "/billed");
const FINE: &str = r#"{"id":7}"#;

/// The pauses of a row of answers, and how it ended.
async fn played<E: rt::ApiError>(
    operation: &'static rt::Operation,
    rule: impl rt::RetryRule + 'static,
    answers: impl IntoIterator<Item = Reply>,
) -> (Vec<Duration>, Result<rt::Response<Thing>, rt::Error<E>>) {
    let server = Server::playing(answers).await;
    let (builder, sleeper) = transport(&server.url);
    let result = builder.retry_rule(rule).build().unwrap().call(operation).send().await;
    (sleeper.slept(), result)
}

/// One problem or several, each with a code, as a list.
#[derive(Debug)]
struct Problems(Vec<Problem>);

#[derive(Debug)]
struct Problem {
    code: String,
    session: Option<String>,
}
rt::object!(Problem { code: "code", session: "session" });

impl rt::ApiError for Problems {
    fn decode(_: u16, _: &rt::HeaderMap, body: &[u8]) -> Option<Self> {
        rt::de::from_slice(body).ok().map(Self)
    }

    fn code(&self) -> Option<&str> {
        self.0.first().map(|problem| problem.code.as_str())
    }
}

const SCHEDULE: [Duration; 5] = [
    Duration::from_secs(3),
    Duration::from_secs(6),
    Duration::from_secs(12),
    Duration::from_secs(24),
    Duration::from_secs(48),
];

/// Failures of the server and one refusal by name, on a fixed schedule.
fn scheduled() -> impl rt::RetryRule + 'static {
    rt::Fixed::new(SCHEDULE, |outcome| match outcome.status() {
        Some(500..) => true,
        Some(400) => outcome
            .api::<Problems>()
            .is_some_and(|Problems(problems)| problems.iter().any(|problem| problem.code == "too_many_sessions")),
        _ => false,
    })
}

#[tokio::test]
async fn a_schedule_of_a_minute_and_a_half_is_kept_to_its_end() {
    let crowded = || reply(400, &[], r#"[{"code":"too_many_sessions"}]"#);
    for refusal in [crowded(), reply(500, &[], "[]"), reply(504, &[("retry-after", "1")], "")] {
        let answers = std::iter::repeat_n(refusal.clone(), 5).chain([json(FINE)]);
        let (pauses, result) = played::<Problems>(&READ, scheduled(), answers).await;
        assert_eq!((pauses.as_slice(), result.unwrap().id.as_str()), (&SCHEDULE[..], "7"));
        let (pauses, result) = played::<Problems>(&READ, scheduled(), std::iter::repeat_n(refusal, 6)).await;
        assert_eq!((pauses.as_slice(), result.unwrap_err().attempts()), (&SCHEDULE[..], 6));
    }
    for other in [reply(400, &[], r#"[{"code":"unknown_field"}]"#), reply(429, &[], ""), reply(408, &[], "[]")] {
        let (pauses, result) = played::<Problems>(&READ, scheduled(), [other]).await;
        assert_eq!((pauses.len(), result.unwrap_err().attempts()), (0, 1));
    }
}

/// A second factor is asked for with a status that looks like a failure, and a list around what is needed to go on.
#[tokio::test]
async fn a_question_is_typed_and_never_repeated() {
    let question = || reply(428, &[], r#"[{"code":"token_required","session":"s-1"}]"#);
    let error = played::<Problems>(&READ, scheduled(), [question()]).await.1.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.code()), (428, Some("token_required")));
    assert_eq!(error.api().unwrap().0[0].session.as_deref(), Some("s-1"));
    assert_eq!((error.attempts(), error.is_rate_limited(), error.retry_after()), (1, false, None));
    const SAFE: rt::Operation = rt::Operation::new("read", rt::Method::GET, "/read").retry(rt::Retry::Safe);
    let (_, result) = played::<Problems>(&SAFE, rt::Backoff::default(), [question()]).await;
    assert_eq!(result.unwrap_err().attempts(), 1);
}

/// An envelope whose error says itself what to do, under any status.
#[derive(Debug)]
struct Envelope {
    error: Advice,
}
rt::object!(Envelope { error: "Error" });

#[derive(Debug)]
struct Advice {
    kind: String,
}
rt::object!(Advice { kind: "Type" });

impl rt::ApiError for Envelope {
    fn decode(_: u16, _: &rt::HeaderMap, body: &[u8]) -> Option<Self> {
        rt::de::from_slice(body).ok()
    }

    fn in_success(body: &[u8]) -> Option<Self> {
        rt::de::from_slice(body).ok()
    }
}

/// Repeats only where the provider says so: an attempt without an answer may have done its work.
struct AsTold;
impl rt::RetryRule for AsTold {
    fn next(&self, attempt: u32, outcome: &rt::Outcome<'_>) -> Option<Duration> {
        let told = outcome.api::<Envelope>().is_some_and(|envelope| envelope.error.kind == "RETRY_IMMEDIATELY");
        (told && attempt < 3).then_some(Duration::ZERO)
    }
}

#[tokio::test]
async fn advice_in_the_body_counts_under_any_status() {
    let told = |status, kind: &str| reply(status, &[], format!(r#"{{"Error":{{"Type":"{kind}"}}}}"#));
    for status in [200, 202, 400, 500] {
        let now = || told(status, "RETRY_IMMEDIATELY");
        let (_, result) = played::<Envelope>(&READ, AsTold, [now(), now(), json(FINE)]).await;
        assert_eq!(result.unwrap().id, "7", "{status}");
        let (_, result) = played::<Envelope>(&READ, AsTold, [now(), now(), now()]).await;
        assert_eq!(result.unwrap_err().attempts(), 3, "{status}");
        let (_, result) = played::<Envelope>(&READ, AsTold, [told(status, "WAIT_4_HOURS_BEFORE_RETRY")]).await;
        assert_eq!(result.unwrap_err().attempts(), 1, "{status}");
    }
    let cut = || Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"Error\":".to_vec());
    let (_, result) = played::<Envelope>(&READ, AsTold, [cut()]).await;
    assert_eq!(result.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_call_that_ran_out_of_time_is_not_made_again() {
    /// Every attempt's time is over as soon as it has to wait.
    struct Impatient;
    impl rt::Sleeper for Impatient {
        fn sleep(&self, _: Duration) -> rt::BoxFuture<()> {
            Box::pin(std::future::ready(()))
        }
    }
    let server = Server::answering(|_| Reply::Silence).await;
    let builder = rt::Transport::builder(&server.url).retry_rule(AsTold).sleeper(Impatient);
    let error = builder.build().unwrap().call(&READ).send::<Thing, Envelope>().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn a_billed_read_is_sent_once() {
    for failure in [reply(503, &[], ""), reply(429, &[], ""), reply(200, &[], r#"{"Error":{"Type":"x"}}"#)] {
        struct Always;
        impl rt::RetryRule for Always {
            fn next(&self, _: u32, _: &rt::Outcome<'_>) -> Option<Duration> {
                Some(Duration::ZERO)
            }
        }
        let (_, result) = played::<Envelope>(&BILLED, Always, [failure]).await;
        assert_eq!(result.unwrap_err().attempts(), 1);
    }
}
