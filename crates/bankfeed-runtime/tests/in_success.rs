//! Errors under a success status: found once, typed, repeated only where provider and operation allow it.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bankfeed_runtime as rt;
use support::{Error, Problem, Server, Thing, Things, json, reply, transport};

const SHOW: rt::Operation = rt::Operation::new("show_thing", rt::Method::GET, "/thing").retry(rt::Retry::Safe);
const ORDER: rt::Operation = rt::Operation::new("order_thing", rt::Method::POST, "/thing");
const LIST: rt::Operation = rt::Operation::new("list_things", rt::Method::GET, "/things")
    .retry(rt::Retry::Rule("own"))
    .paging(rt::Paging::Cursor { param: "after" });

const FINE: &str = r#"{"id":7}"#;
const REFUSED: &str = r#"{"code":"Refused"}"#;
const BUSY: &str = r#"{"code":"Busy"}"#;

async fn show(transport: &rt::Transport) -> Result<rt::Response<Thing>, Error> {
    transport.call(&SHOW).send().await
}

#[tokio::test]
async fn one_that_lasts_is_not_repeated() {
    let server = Server::answering(|_| json(REFUSED)).await;
    let error = show(&transport(&server.url).0.build().unwrap()).await.unwrap_err();
    assert_eq!((error.code(), error.status().unwrap().as_u16(), error.attempts()), (Some("Refused"), 200, 1));
    assert_eq!((error.request_id(), &error.raw().unwrap()[..]), (Some("req-1"), REFUSED.as_bytes()));
    assert!(!error.is_decode() && !error.is_rate_limited());
    let text = "show_thing: the provider reports an error under a success status (HTTP 200, Refused)";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn one_that_passes_is_repeated_with_growing_pauses() {
    let server = Server::playing([json(BUSY), reply(202, &[], BUSY), json(FINE)]).await;
    let (builder, sleeper) = transport(&server.url);
    assert_eq!(show(&builder.build().unwrap()).await.unwrap().id, "7");
    assert_eq!(sleeper.slept(), [250, 500].map(Duration::from_millis));

    let server = Server::answering(|_| json(BUSY)).await;
    let error = show(&transport(&server.url).0.build().unwrap()).await.unwrap_err();
    assert_eq!((error.code(), error.attempts(), server.requests().len()), (Some("Busy"), 4, 4));
}

#[tokio::test]
async fn what_may_not_be_repeated_is_not_whatever_it_says() {
    struct Always;
    impl rt::RetryRule for Always {
        fn next(&self, _: u32, _: &rt::Outcome<'_>) -> Option<Duration> {
            Some(Duration::ZERO)
        }
    }
    let server = Server::answering(|_| json(BUSY)).await;
    let transport = transport(&server.url).0.retry_rule(Always).build().unwrap();
    let error = transport.call(&ORDER).send::<Thing, Problem>().await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn a_limit_told_under_a_success_status_is_one() {
    let server = Server::answering(|_| json(r#"{"code":"RateLimitExceeded"}"#)).await;
    assert!(show(&transport(&server.url).0.build().unwrap()).await.unwrap_err().is_rate_limited());
}

/// Where an error was read from.
#[derive(Debug)]
struct Origin(String);

impl rt::ApiError for Origin {
    fn decode(status: u16, _: &rt::HeaderMap, body: &[u8]) -> Option<Self> {
        (!body.is_empty()).then(|| Self(format!("error under {status}")))
    }

    fn in_success(_: &[u8]) -> Option<Self> {
        Some(Self("error in success".to_owned()))
    }
}

#[tokio::test]
async fn a_rule_is_told_where_the_error_came_and_what_it_is() {
    struct Told(std::sync::Arc<std::sync::Mutex<Vec<String>>>);
    impl rt::RetryRule for Told {
        fn next(&self, _: u32, outcome: &rt::Outcome<'_>) -> Option<Duration> {
            let origin = outcome.api::<Origin>().map_or("nothing".to_owned(), |Origin(origin)| origin);
            let line = format!("{}: {origin}, {}", outcome.status().unwrap(), outcome.is_in_success());
            self.0.lock().unwrap().push(line);
            Some(Duration::ZERO)
        }
    }
    let told = std::sync::Arc::default();
    let server = Server::playing([json(REFUSED), reply(409, &[], REFUSED), reply(500, &[], ""), json(FINE)]).await;
    let rule = Told(std::sync::Arc::clone(&told));
    assert!(show(&transport(&server.url).0.retry_rule(rule).build().unwrap()).await.is_ok());
    let expected = ["200: error in success, true", "409: error under 409, false", "500: nothing, false"];
    assert_eq!(*told.lock().unwrap(), expected);
}

/// Counts how often it is looked for.
#[derive(Debug)]
struct Counted;
static LOOKED: AtomicU32 = AtomicU32::new(0);

impl rt::ApiError for Counted {
    fn decode(_: u16, _: &rt::HeaderMap, _: &[u8]) -> Option<Self> {
        None
    }

    fn in_success(_: &[u8]) -> Option<Self> {
        LOOKED.fetch_add(1, Ordering::SeqCst);
        None
    }
}

#[tokio::test]
async fn a_good_answer_is_searched_once_and_a_failed_one_never() {
    let server = Server::playing([reply(503, &[], REFUSED), json(FINE)]).await;
    let transport = transport(&server.url).0.build().unwrap();
    transport.call(&SHOW).send::<Thing, Counted>().await.unwrap();
    assert_eq!(LOOKED.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn whoever_has_no_such_errors_gets_the_answer() {
    let server = Server::answering(|_| json(REFUSED)).await;
    let transport = transport(&server.url).0.build().unwrap();
    assert_eq!(transport.call(&SHOW).send::<rt::Json, rt::Json>().await.unwrap().get(), REFUSED);
}

async fn drain(server: &Server) -> Vec<String> {
    let mut stream = transport(&server.url).0.build().unwrap().call(&LIST).stream::<Things, Problem>();
    let mut all = Vec::new();
    while let Some(item) = stream.next().await {
        all.push(item.map_or_else(|error| error.code().unwrap_or("none").to_owned(), |thing| thing.id.to_string()));
        assert!(all.len() < 100, "the stream does not end");
    }
    assert_eq!(stream.continuation().is_finished(), all.last().is_some_and(|last| last == "2"));
    all
}

/// It has none of a page's members, and all of them may be missing: as a page it would be the last, and empty.
#[tokio::test]
async fn in_place_of_a_page_it_is_an_error_and_no_empty_page() {
    const FIRST: &str = r#"{"data":[{"id":1}],"next":"1"}"#;
    const LAST: &str = r#"{"data":[{"id":2}]}"#;
    assert!(rt::de::from_str::<Things>(REFUSED).unwrap().data.is_empty());
    let server = Server::playing([json(FIRST), json(REFUSED), json(LAST)]).await;
    assert_eq!(drain(&server).await, ["1", "Refused"]);
    let server = Server::playing([json(FIRST), json(BUSY), json(LAST)]).await;
    assert_eq!(drain(&server).await, ["1", "Busy", "2"]);
    let requests = server.requests();
    assert_eq!(requests[1].target, requests[2].target);

    let server = Server::playing([json(REFUSED), json(LAST)]).await;
    let mut pages = transport(&server.url).0.build().unwrap().call(&LIST).stream::<Things, Problem>().pages();
    assert_eq!(pages.next().await.unwrap().unwrap_err().code(), Some("Refused"));
    assert!(pages.next().await.is_none() && !pages.continuation().is_finished());
}
