//! Lists over real connections: going on, ending, resuming, and the ways they break.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use bankfeed_runtime as rt;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use support::{Error, Problem, Reply, Request, Server, Thing, Things, json, reply, transport};

const BY_CURSOR: rt::Operation = rt::Operation::new("list_things", rt::Method::GET, "/things")
    .retry(rt::Retry::Safe)
    .paging(rt::Paging::Cursor { param: "from_id" });
const BY_LINK: rt::Operation = rt::Operation::new("list_links", rt::Method::GET, "/links").paging(rt::Paging::Link);
const BY_PAGE: rt::Operation =
    rt::Operation::new("list_pages", rt::Method::GET, "/pages").paging(rt::Paging::Page { param: "page", first: 1 });
const BY_OFFSET: rt::Operation =
    rt::Operation::new("list_rows", rt::Method::GET, "/rows").paging(rt::Paging::Offset { param: "skip" });

fn page(ids: impl IntoIterator<Item = u64>, next: Option<&str>) -> Reply {
    let data: Vec<String> = ids.into_iter().map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    let next = next.map_or("null".to_owned(), |next| format!("\"{next}\""));
    json(&format!(r#"{{"data":[{}],"next":{next}}}"#, data.join(",")))
}

fn stream(url: &str, operation: &'static rt::Operation) -> rt::ItemStream<Things, Problem> {
    transport(url).0.build().unwrap().call(operation).stream()
}

/// Everything a stream yields: ids, and the texts of errors.
async fn drain(mut stream: rt::ItemStream<Things, Problem>) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(item) = stream.next().await {
        all.push(item.map_or_else(|error| error.to_string(), |thing| thing.id.to_string()));
        assert!(all.len() < 1000, "the stream does not end");
    }
    all
}

/// A list of these page sizes; the cursor is the page's number.
fn list(sizes: Vec<u64>) -> impl Fn(&Request) -> Reply {
    move |request| {
        let at: usize = request.query_value("from_id").map_or(0, |cursor| cursor.parse().unwrap());
        let first: u64 = sizes[..at].iter().sum();
        let next = (at + 1 < sizes.len()).then(|| (at + 1).to_string());
        page(first..first + sizes[at], next.as_deref())
    }
}

#[tokio::test]
async fn a_cursor_is_followed_through_empty_pages_to_the_end() {
    let server = Server::answering(list(vec![2, 0, 1])).await;
    assert_eq!(drain(stream(&server.url, &BY_CURSOR)).await, ["0", "1", "2"]);
    let targets: Vec<String> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/things", "/things?from_id=1", "/things?from_id=2"]);
    assert_eq!(stream(&server.url, &BY_CURSOR).collect_all().await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_list_without_paging_facts_is_one_page() {
    let server = Server::answering(|_| json(r#"{"data":[{"id":1}]}"#)).await;
    assert_eq!(drain(stream(&server.url, &BY_CURSOR)).await, ["1"]);
}

#[tokio::test]
async fn counted_pages_and_rows_count_on() {
    let server = Server::answering(|request| match request.query_value("page").as_deref() {
        None => page([1, 2], Some("")),
        Some("2") => page([3], Some("")),
        Some("3") => page([], None),
        other => panic!("page {other:?}"),
    })
    .await;
    assert_eq!(drain(stream(&server.url, &BY_PAGE)).await, ["1", "2", "3"]);
    let server = Server::answering(|request| match request.query_value("skip").as_deref() {
        None => page([1, 2], Some("")),
        Some("2") => page([3], Some("")),
        Some("3") => page([], Some("")),
        other => panic!("skip {other:?}"),
    })
    .await;
    assert_eq!(drain(stream(&server.url, &BY_OFFSET)).await, ["1", "2", "3"]);
}

#[tokio::test]
async fn links_are_followed_relative_and_absolute() {
    let server = Server::answering(|request| {
        let host = request.header("host").unwrap();
        match request.target.as_str() {
            "/v1/links" => page([1], Some("/v1/links?page=2&x=a%20b")),
            "/v1/links?page=2&x=a%20b" => page([2], Some("?page=3")),
            "/v1/links?page=3" => page([3], Some(&format!("http://{host}/v1/links?page=4"))),
            "/v1/links?page=4" => page([4], None),
            other => panic!("{other}"),
        }
    })
    .await;
    assert_eq!(drain(stream(&format!("{}/v1", server.url), &BY_LINK)).await, ["1", "2", "3", "4"]);
}

#[tokio::test]
async fn a_link_to_another_host_is_not_followed() {
    let other = Server::answering(list(vec![1])).await;
    for link in [other.url.as_str(), "https://evil.example/x", "//evil.example/x"] {
        let link = link.to_owned();
        let server = Server::answering(move |_| page([1], Some(&link))).await;
        let items = drain(stream(&server.url, &BY_LINK)).await;
        assert_eq!(items, ["1", "list_links: the link to the next page leads to another host"]);
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn credentials_in_a_link_are_neither_doubled_nor_kept() {
    let server = Server::answering(|request| match request.query_value("page") {
        None => page([1, 2], Some("/links?key=s3cret&page=2")),
        Some(_) => page([3], None),
    })
    .await;
    let (builder, _) = transport(&server.url);
    let transport = builder.authorize(rt::auth::ApiKeyQuery::new("key", "s3cret")).build().unwrap();
    let mut stream = transport.call(&BY_LINK).stream::<Things, Problem>();
    stream.next().await.unwrap().unwrap();
    stream.next().await.unwrap().unwrap();
    let stored = serde_json::to_string(&stream.continuation()).unwrap();
    assert!(stored.contains("page=2") && !stored.contains("s3cret"), "{stored}");
    stream.next().await.unwrap().unwrap();
    assert_eq!(server.requests()[1].target, "/links?page=2&key=s3cret");
}

#[tokio::test]
async fn circles_end_in_an_error() {
    // Circles of 1, 2 and 5 pages, entered at once or after a while.
    for (lead, circle) in [(0, 1), (0, 2), (3, 5), (7, 1)] {
        let server = Server::answering(move |request| {
            let at: u64 = request.query_value("from_id").map_or(0, |cursor| cursor.parse().unwrap());
            let next = if at + 1 < lead + circle { at + 1 } else { lead };
            page([at], Some(&next.to_string()))
        })
        .await;
        let items = drain(stream(&server.url, &BY_CURSOR)).await;
        assert_eq!(items.last().unwrap(), "list_things: the pages of the list run in a circle");
        assert!(items.len() as u64 <= 4 * (lead + circle) + 4, "{} items", items.len());
    }
}

#[tokio::test]
async fn endless_empty_pages_end_in_an_error() {
    let server = Server::answering(|request| {
        let at: u64 = request.query_value("from_id").map_or(0, |cursor| cursor.parse().unwrap());
        page([], Some(&(at + 1).to_string()))
    })
    .await;
    let items = drain(stream(&server.url, &BY_CURSOR)).await;
    assert_eq!(items, ["list_things: too many empty pages in a row"]);
    assert_eq!(server.requests().len(), 100);
}

#[tokio::test]
async fn a_bad_record_costs_one_item() {
    let server =
        Server::playing([json(r#"{"data":[{"id":1},{"id":{"s3cret":1}},{"id":3}],"next":"2"}"#), page([4], None)])
            .await;
    let mut stream = stream(&server.url, &BY_CURSOR);
    let mut items: Vec<Result<Thing, Error>> = Vec::new();
    while let Some(item) = stream.next().await {
        items.push(item);
    }
    assert_eq!(items.len(), 4);
    let error = items.remove(1).unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.path(), Some("/data/1/id"));
    assert_eq!(&error.raw().unwrap()[..], br#"{"id":{"s3cret":1}}"#);
    assert_eq!(error.request_id(), Some("req-1"));
    assert!(!format!("{error} {error:?}").contains("s3cret"));
    let ids: Vec<rt::Id> = items.into_iter().map(|item| item.unwrap().id).collect();
    assert_eq!(ids, ["1", "3", "4"]);
}

#[tokio::test]
async fn a_page_broken_beyond_its_items_ends_the_list() {
    let server = Server::answering(|_| json(r#"{"data":[{"id":1}],"next":["x"]}"#)).await;
    let items = drain(stream(&server.url, &BY_CURSOR)).await;
    assert_eq!(items.len(), 1);
    assert!(items[0].contains("/next: expected a text, found a list"), "{}", items[0]);
}

#[tokio::test]
async fn a_passing_failure_can_be_polled_through_and_a_lasting_one_ends() {
    let server = Server::playing([page([1], Some("2")), reply(500, &[], ""), page([2], None)]).await;
    let items = drain(stream(&server.url, &BY_CURSOR)).await;
    let failed = "list_things: the provider answers with an error (HTTP 500)";
    assert_eq!(items, ["1", failed, "2"]);
    assert_eq!(server.requests()[1].target, server.requests()[2].target);
    let server = Server::answering(|_| reply(500, &[], "")).await;
    assert_eq!(drain(stream(&server.url, &BY_CURSOR)).await, [failed; 3]);
    let server = Server::answering(|_| reply(401, &[], "")).await;
    assert_eq!(drain(stream(&server.url, &BY_CURSOR)).await.len(), 1);
}

#[tokio::test]
async fn pages_come_with_what_is_around_them() {
    let server = Server::answering(list(vec![2, 1])).await;
    let mut pages = stream(&server.url, &BY_CURSOR).pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first.data.len(), first.request_id()), (2, Some("req-1")));
    let continuation = pages.continuation();
    assert_eq!(pages.next().await.unwrap().unwrap().data.len(), 1);
    assert!(pages.next().await.is_none());
    assert!(pages.continuation().is_finished());
    let mut call = transport(&server.url).0.build().unwrap().call(&BY_CURSOR);
    call.resume(&continuation);
    assert_eq!(drain(call.stream()).await, ["2"]);
}

#[tokio::test]
async fn a_continuation_belongs_to_its_list() {
    let server = Server::answering(list(vec![2, 1])).await;
    let transport = transport(&server.url).0.build().unwrap();
    let mut first = transport.call(&BY_CURSOR);
    first.query("customer", "ES91-personal");
    let mut taken = first.stream::<Things, Problem>();
    taken.next().await.unwrap().unwrap();
    let continuation = taken.continuation();
    let stored = serde_json::to_string(&continuation).unwrap();
    assert!(!stored.contains("ES91") && !format!("{taken:?}").contains("ES91"));
    let sent = server.requests().len();

    let resume = async |operation, customer: &str| {
        let mut call = transport.call(operation);
        call.query("customer", customer).resume(&continuation);
        drain(call.stream()).await
    };
    assert_eq!(resume(&BY_LINK, "ES91-personal").await, ["list_links: the continuation belongs to another operation"]);
    assert_eq!(
        resume(&BY_CURSOR, "other").await,
        ["list_things: the continuation belongs to a list with other parameters"]
    );
    assert_eq!(server.requests().len(), sent);
    assert_eq!(resume(&BY_CURSOR, "ES91-personal").await, ["1", "2"]);

    let newer: rt::Continuation = serde_json::from_str(&stored.replace("\"v\":1", "\"v\":2")).unwrap();
    let mut call = transport.call(&BY_CURSOR);
    call.query("customer", "ES91-personal").resume(&newer);
    assert_eq!(drain(call.stream()).await, ["list_things: the continuation is of another version"]);
}

#[tokio::test]
async fn a_tampered_link_position_stays_on_the_host() {
    let server = Server::answering(|_| page([1, 2], Some("/links?page=2"))).await;
    let transport = transport(&server.url).0.build().unwrap();
    let mut stream = transport.call(&BY_LINK).stream::<Things, Problem>();
    stream.next().await.unwrap().unwrap();
    let stored = serde_json::to_value(stream.continuation()).unwrap();
    for position in ["https://evil.example/", "//evil.example/"] {
        let mut stored = stored.clone();
        stored["position"] = position.into();
        let mut call = transport.call(&BY_LINK);
        call.resume(&serde_json::from_value(stored).unwrap());
        assert_eq!(drain(call.stream()).await, ["list_links: the continuation leads to another host"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn resuming_anywhere_yields_the_rest_exactly_once(
        sizes in prop::collection::vec(0u64..4, 1..5),
        stop in 0usize..12,
    ) {
        support::run(async {
            let total: u64 = sizes.iter().sum();
            let server = Server::answering(list(sizes)).await;
            let mut first = stream(&server.url, &BY_CURSOR);
            let mut all = Vec::new();
            while all.len() < stop {
                let Some(item) = first.next().await else { break };
                all.push(item.unwrap().id.to_string());
            }
            let stored = serde_json::to_string(&first.continuation()).unwrap();
            let mut call = transport(&server.url).0.build().unwrap().call(&BY_CURSOR);
            call.resume(&serde_json::from_str(&stored).unwrap());
            let resumed = call.stream::<Things, Problem>();
            // Before anything is fetched, the place is the one it was resumed at.
            assert_eq!(serde_json::to_string(&resumed.continuation()).unwrap(), stored);
            all.extend(drain(resumed).await);
            let expected: Vec<String> = (0..total).map(|id| id.to_string()).collect();
            assert_eq!(all, expected);
        });
    }
}

#[tokio::test]
async fn batches_keep_what_can_be_read_of_a_page_and_continue_inside_it() {
    let server = Server::answering(|request| match request.query_value("from_id").as_deref() {
        None => json(r#"{"data":[{"id":0},{"id":[]},{"id":2}],"next":"1"}"#),
        Some(_) => page(3..5, None),
    })
    .await;
    let mut batches = stream(&server.url, &BY_CURSOR).batches();
    let first = batches.next().await.unwrap().unwrap();
    assert_eq!(first.items.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
    let places = rt::de::places_of_items(&first.body, "/data").unwrap();
    assert_eq!(&first.body[places[2].clone()], br#"{"id":2}"#);

    let resumed = transport(&server.url).0.build().unwrap().call(&BY_CURSOR);
    let mut resumed = {
        let mut call = resumed;
        call.resume(&first.continuation(2));
        call.stream::<Things, Problem>().batches()
    };
    let again = resumed.next().await.unwrap().unwrap();
    assert_eq!((again.taken, again.items.len()), (2, 3));
    assert_eq!(again.continuation(3), first.continuation(3));

    let second = batches.next().await.unwrap().unwrap();
    assert_eq!((second.taken, second.items.len()), (0, 2));
    assert!(batches.next().await.is_none());
    assert!(batches.continuation().is_finished());
}
