//! Sending over real connections: retries, limits, broken answers, redirects, timeouts.
#![allow(clippy::unwrap_used)]

mod support;

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bankfeed_runtime as rt;
use rt::Configure;
use support::{Error, FLOOD, Problem, Reply, Server, Thing, json, reply, transport};

const SHOW: rt::Operation = rt::Operation::new("show_thing", rt::Method::GET, "/things/{id}").retry(rt::Retry::Safe);
const CREATE: rt::Operation = rt::Operation::new("create_thing", rt::Method::POST, "/things");
const OWN_RULE: rt::Operation =
    rt::Operation::new("read_slowly", rt::Method::GET, "/slow").retry(rt::Retry::Rule("slow"));

async fn show(transport: &rt::Transport) -> Result<rt::Response<Thing>, Error> {
    let mut call = transport.call(&SHOW);
    call.path("id", "7");
    call.send().await
}

fn millis(pauses: &[u64]) -> Vec<Duration> {
    pauses.iter().copied().map(Duration::from_millis).collect()
}

#[tokio::test]
async fn a_safe_call_is_repeated_and_signed_anew_each_time() {
    struct Signer(Arc<Mutex<Vec<String>>>);
    impl rt::Authorize for Signer {
        fn authorize(&self, request: &mut rt::Outgoing<'_>, now: rt::jiff::Timestamp) -> Result<(), rt::AuthError> {
            self.0.lock().unwrap().push(format!("{now} {} {}", request.method(), request.url()));
            request.set_secret_header("signature", &now.as_millisecond().to_string())
        }
    }
    let server = Server::playing([reply(503, &[], ""), reply(429, &[], "{}"), json(r#"{"id":7}"#)]).await;
    let signed = Arc::default();
    let (builder, sleeper) = transport(&server.url);
    let transport = builder.authorize(Signer(Arc::clone(&signed))).build().unwrap();

    let response = show(&transport).await.unwrap();
    assert_eq!(response.id, "7");
    assert_eq!(response.request_id(), Some("req-1"));
    assert_eq!(sleeper.slept(), millis(&[250, 500]));
    let url = format!("{}/things/7", server.url);
    let at = |time: &str| format!("2026-01-01T12:00:{time}Z GET {url}");
    assert_eq!(*signed.lock().unwrap(), [at("00"), at("00.25"), at("00.75")]);
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert_ne!(requests[0].header("signature"), requests[1].header("signature"));
}

#[tokio::test]
async fn what_may_not_be_repeated_is_not() {
    let server = Server::answering(|_| reply(503, &[], "")).await;
    let (builder, sleeper) = transport(&server.url);
    let transport = builder.build().unwrap();
    let error = transport.call(&CREATE).send_empty::<Problem>().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    let mut call = transport.call(&SHOW).no_retry();
    call.path("id", "7");
    assert_eq!(call.send::<Thing, Problem>().await.unwrap_err().attempts(), 1);
    // The default rule leaves operations with a rule of their own alone.
    assert_eq!(transport.call(&OWN_RULE).send::<Thing, Problem>().await.unwrap_err().attempts(), 1);
    assert!(sleeper.slept().is_empty());
}

#[tokio::test]
async fn retry_after_is_honoured_in_both_forms_and_not_beyond_the_cap() {
    let server = Server::playing([
        reply(429, &[("retry-after", "7")], ""),
        reply(503, &[("retry-after", "Thu, 01 Jan 2026 12:00:20 GMT")], ""),
        reply(503, &[("retry-after", "86400")], ""),
    ])
    .await;
    let (builder, sleeper) = transport(&server.url);
    let error = show(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!(sleeper.slept(), millis(&[7_000, 13_000]));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(86_400)));
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn all_calls_share_one_budget() {
    let server = Server::answering(|_| reply(503, &[], "")).await;
    let (builder, sleeper) = transport(&server.url);
    let transport = builder.retry_budget(rt::RetryBudget::new(4, 0)).build().unwrap();
    let mut attempts = Vec::new();
    for _ in 0..3 {
        attempts.push(show(&transport).await.unwrap_err().attempts());
    }
    assert_eq!(attempts, [4, 2, 1]);
    assert_eq!(sleeper.slept().len(), 4);
}

#[tokio::test]
async fn a_fixed_rule_follows_its_row_of_pauses() {
    let server = Server::answering(|_| reply(500, &[], r#"{"code":"later"}"#)).await;
    let (builder, sleeper) = transport(&server.url);
    let row = [3, 6, 12, 24, 48].map(Duration::from_secs);
    let rule = rt::Fixed::new(row, |outcome| {
        outcome.retry() == rt::Retry::Rule("slow") && outcome.body().is_some_and(|body| body.ends_with(b"later\"}"))
    });
    let transport = builder.retry_rule(rule).build().unwrap();
    let error = transport.call(&OWN_RULE).send::<Thing, Problem>().await.unwrap_err();
    assert_eq!(sleeper.slept(), row);
    assert_eq!((error.attempts(), error.code()), (6, Some("later")));
    assert_eq!(show(&transport).await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_refused_connection_is_repeated_and_told() {
    let (builder, sleeper) = transport("http://127.0.0.1:1");
    let error = show(&builder.max_attempts(2).build().unwrap()).await.unwrap_err();
    assert!(error.is_connect() && error.status().is_none() && error.raw().is_none());
    assert_eq!((error.attempts(), sleeper.slept().len()), (2, 1));
    assert!(error.source().is_some());
    assert_eq!(error.to_string(), "show_thing: no connection to the provider after 2 attempts");
}

#[tokio::test]
async fn a_redirect_is_an_error_and_is_not_followed() {
    let other = Server::playing([json(r#"{"id":1}"#)]).await;
    let server = Server::playing([reply(302, &[("location", &other.url)], "")]).await;
    let error = show(&transport(&server.url).0.build().unwrap()).await.unwrap_err();
    assert!(error.is_redirect());
    assert_eq!(error.status().unwrap(), 302);
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_flood_is_cut_off_early() {
    let server = Server::answering(|_| Reply::Flood).await;
    let (builder, _) = transport(&server.url);
    let error = show(&builder.max_response_bytes(1 << 20).build().unwrap()).await.unwrap_err();
    assert!(error.is_too_large());
    assert_eq!(error.status().unwrap(), 200);
    // What the sockets buffer comes on top of the limit; it is far from everything.
    assert!(server.flooded() < FLOOD / 2);
}

#[tokio::test]
async fn an_announced_flood_is_not_read_at_all() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n".to_vec();
    let server = Server::playing([Reply::Bytes(head)]).await;
    let error = show(&transport(&server.url).0.build().unwrap()).await.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
}

#[tokio::test]
async fn a_body_of_exactly_the_limit_passes() {
    let server = Server::answering(|_| json(r#"{"id":7}"#)).await;
    assert!(show(&transport(&server.url).0.max_response_bytes(8).build().unwrap()).await.is_ok());
    assert!(show(&transport(&server.url).0.max_response_bytes(7).build().unwrap()).await.is_err());
}

#[tokio::test]
async fn a_truncated_answer_keeps_its_status() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"id\":".to_vec();
    let server = Server::answering(move |_| Reply::Bytes(cut.clone())).await;
    let (builder, sleeper) = transport(&server.url);
    let error = show(&builder.max_attempts(2).build().unwrap()).await.unwrap_err();
    assert!(error.is_truncated(), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(sleeper.slept().len(), 1);
}

#[tokio::test]
async fn errors_without_the_providers_body_keep_their_status() {
    let page = "<html>Bad gateway for account ES91</html>";
    let server = Server::playing([reply(502, &[("content-type", "text/html")], page), reply(500, &[], "")]).await;
    let transport = transport(&server.url).0.max_attempts(1).build().unwrap();
    let error = show(&transport).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 502);
    assert!(error.api().is_none() && error.code().is_none());
    assert_eq!(error.raw().unwrap(), page.as_bytes());
    assert_eq!(error.headers()["content-type"], "text/html");
    assert!(!format!("{error} {error:?}").contains("ES91"));
    let error = show(&transport).await.unwrap_err();
    assert_eq!(error.to_string(), "show_thing: the provider answers with an error (HTTP 500)");
}

#[tokio::test]
async fn the_providers_error_is_typed_under_any_status() {
    let server = Server::playing([
        reply(406, &[("x-request-id", "r9")], r#"{"code":"RateLimitExceeded"}"#),
        reply(200, &[], r#"{"code":"Refused"}"#),
    ])
    .await;
    let transport = transport(&server.url).0.build().unwrap();
    let error = show(&transport).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!((error.code(), error.request_id()), (Some("RateLimitExceeded"), Some("r9")));
    assert_eq!(error.to_string(), "show_thing: the provider answers with an error (HTTP 406, RateLimitExceeded)");
    let error = show(&transport).await.unwrap_err();
    assert_eq!((error.code(), error.status().unwrap().as_u16()), (Some("Refused"), 200));
}

#[tokio::test]
async fn an_undecodable_answer_says_where() {
    let server = Server::playing([json(r#"{"id":["s3cret"]}"#), json("<html>s3cret"), json("")]).await;
    let transport = transport(&server.url).0.build().unwrap();
    let error = show(&transport).await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!((error.path(), error.status().unwrap().as_u16()), (Some("/id"), 200));
    assert!(error.to_string().contains("expected an id, found a list"), "{error}");
    assert_eq!(show(&transport).await.unwrap_err().path(), Some(""));
    let error = show(&transport).await.unwrap_err();
    assert!(error.to_string().contains("the document ends too early"), "{error}");
}

#[tokio::test]
async fn silence_times_out() {
    let server = Server::answering(|_| Reply::Silence).await;
    let transport = rt::Transport::builder(&server.url).build().unwrap();
    let mut call = transport.call(&SHOW).timeout(Duration::from_millis(50)).no_retry();
    call.path("id", "7");
    let error = call.send::<Thing, Problem>().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn a_failing_signer_sends_nothing() {
    struct Broken;
    impl rt::Authorize for Broken {
        fn authorize(&self, _: &mut rt::Outgoing<'_>, _: rt::jiff::Timestamp) -> Result<(), rt::AuthError> {
            Err(rt::AuthError::new("no key"))
        }
    }
    let server = Server::playing([]).await;
    let error = show(&transport(&server.url).0.authorize(Broken).build().unwrap()).await.unwrap_err();
    assert!(error.is_auth());
    assert_eq!(error.to_string(), "show_thing: the request cannot be authorized: no key");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_injected_client_takes_the_place_of_the_network() {
    struct Canned;
    impl rt::HttpClient for Canned {
        fn execute(
            &self,
            request: http::Request<rt::Bytes>,
        ) -> rt::BoxFuture<Result<http::Response<rt::BodyStream>, rt::HttpError>> {
            let body = format!(r#"{{"id":"{}"}}"#, request.uri().path());
            Box::pin(async { Ok(http::Response::new(rt::BodyStream::full(body))) })
        }
    }
    let transport = transport("https://api.example.com/v6/").0.http(Canned).build().unwrap();
    assert_eq!(show(&transport).await.unwrap().id, "/v6/things/7");
}

#[test]
fn a_base_url_must_be_safe() {
    let build = |url: &str| rt::Transport::builder(url).build().map(drop).map_err(|error| error.to_string());
    assert!(build("https://api.example.com/v6").is_ok());
    for (url, reason) in [
        ("not a url", "the base URL is not one"),
        ("ftp://api.example.com", "neither https nor http"),
        ("http://api.example.com", "plain http"),
        ("http://localhost.example.com", "plain http"),
        ("https://user:s3cret@api.example.com", "credentials"),
        ("https://api.example.com?key=s3cret", "query or fragment"),
    ] {
        let error = build(url).unwrap_err();
        assert!(error.contains(reason) && !error.contains("s3cret"), "{url}: {error}");
    }
    assert!(rt::Transport::builder("http://api.example.com").allow_plain_http().build().is_ok());
    assert!(build("http://[::1]:8080").is_ok());
    assert!(rt::Transport::builder("https://a.b").default_header("bad name", "x").build().is_err());
}
