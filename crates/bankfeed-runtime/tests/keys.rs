//! A key that travels as a field: where it goes, that it goes nowhere else, and that public operations go without it.
#![allow(clippy::unwrap_used)]

mod support;

use bankfeed_runtime as rt;
use rt::auth::{ApiKeyField, Bearer};
use support::{Problem, Reply, Request, Server, Thing, Things, json, printed, reply, transport};

type Fill = fn(&mut rt::Call);

const KEY: &str = "s3cret/canary";
const SHOW: rt::Operation = rt::Operation::new("show_thing", rt::Method::GET, "/thing");
const READ: rt::Operation = rt::Operation::new("read_thing", rt::Method::POST, "/read");
const CODES: rt::Operation = rt::Operation::new("list_codes", rt::Method::GET, "/codes").public();
const LINKED: rt::Operation =
    rt::Operation::new("list_links", rt::Method::GET, "/links").public().paging(rt::Paging::Link);

async fn sent(operation: &'static rt::Operation, fill: impl FnOnce(&mut rt::Call)) -> Request {
    let server = Server::playing([reply(204, &[], "")]).await;
    let authorize = (ApiKeyField::new("api_key", KEY), Bearer::new(KEY));
    let transport = transport(&server.url).0.authorize(authorize).build().unwrap();
    let mut call = transport.call(operation);
    fill(&mut call);
    call.send_empty::<Problem>().await.unwrap();
    server.request()
}

#[tokio::test]
async fn it_goes_where_the_request_says_what_it_wants() {
    let request = sent(&SHOW, |call| {
        call.query("lang", "en");
    })
    .await;
    assert_eq!((request.target.as_str(), request.text()), ("/thing?lang=en&api_key=s3cret%2Fcanary", ""));
    let form = sent(&READ, |call| {
        call.form(&serde_json::json!({"api_key": "theirs", "code": "bank"}));
    })
    .await;
    assert_eq!((form.target.as_str(), form.text()), ("/read", "api_key=s3cret%2Fcanary&code=bank"));
    let json = sent(&READ, |call| {
        call.json(&r#"{"code":"b\"ank","api_key":"theirs","rows":[1.50]}"#.parse::<rt::Json>().unwrap());
    })
    .await;
    assert_eq!(json.target, "/read");
    assert_eq!(json.text(), r#"{"api_key":"s3cret/canary","code":"b\"ank","rows":[1.50]}"#);
    assert_eq!(sent(&READ, |_| {}).await.form_value("api_key").as_deref(), Some(KEY));
}

#[tokio::test]
async fn a_body_without_fields_takes_none_and_is_not_sent() {
    let fills: [Fill; 2] = [
        |call| {
            call.json(&[1]);
        },
        |call| {
            call.bytes("text/csv", "a;b");
        },
    ];
    for fill in fills {
        let server = Server::playing([]).await;
        let authorize = ApiKeyField::new("api_key", KEY);
        let mut call = transport(&server.url).0.authorize(authorize).build().unwrap().call(&READ);
        fill(&mut call);
        let error = call.send_empty::<Problem>().await.unwrap_err();
        assert!(error.is_auth() && server.requests().is_empty());
        assert!(!printed(&error).contains("s3cret"));
    }
}

#[tokio::test]
async fn what_everybody_may_read_is_read_without_it() {
    let request = sent(&CODES, |call| {
        call.query("lang", "en");
    })
    .await;
    assert_eq!(request.target, "/codes?lang=en");
    assert_eq!(request.header("authorization"), None);
    assert!(!format!("{request:?}").contains("s3cret"));
}

#[tokio::test]
async fn public_lists_are_followed_without_it() {
    let server = Server::playing([
        json(r#"{"data":[{"id":1}],"next":"/links?page=2"}"#),
        json(r#"{"data":[{"id":2}],"next":null}"#),
    ])
    .await;
    let transport = transport(&server.url).0.authorize(ApiKeyField::new("api_key", KEY)).build().unwrap();
    let things = transport.call(&LINKED).stream::<Things, Problem>().collect_all().await.unwrap();
    assert_eq!(things.len(), 2);
    assert_eq!(server.requests()[1].target, "/links?page=2");
}

#[tokio::test]
async fn neither_errors_nor_other_hosts_learn_it() {
    let elsewhere = Server::playing([]).await;
    let fills: [(&'static rt::Operation, Fill); 3] = [
        (&SHOW, |_| {}),
        (&READ, |call| {
            call.form(&serde_json::json!({"code": "bank"}));
        }),
        (&READ, |call| {
            call.json(&serde_json::json!({"code": "bank"}));
        }),
    ];
    for (operation, fill) in fills {
        let answers = [
            reply(307, &[("location", &elsewhere.url)], ""),
            // What the provider repeats of a request may hold the key.
            reply(400, &[], format!(r#"{{"code":"api_key={KEY}"}}"#)),
            json(&format!(r#"{{"id":["{KEY}"]}}"#)),
            Reply::Bytes(format!("nonsense {KEY}\r\n\r\n").into_bytes()),
        ];
        let count = answers.len();
        let server = Server::playing(answers).await;
        let authorize = ApiKeyField::new("api_key", KEY);
        assert!(!format!("{authorize:?} {authorize:#?}").contains("s3cret"));
        let transport = transport(&server.url).0.authorize(authorize).build().unwrap();
        for _ in 0..count {
            let mut call = transport.call(operation);
            fill(&mut call);
            assert!(!format!("{call:?} {transport:?}").contains("s3cret"));
            let error = call.send::<Thing, Problem>().await.unwrap_err();
            assert!(!printed(&error).contains("s3cret"), "{error:?}");
        }
        for request in server.requests() {
            assert!(request.query_value("api_key").is_some() ^ request.text().contains("s3cret"), "{request:?}");
        }
    }
    assert!(elsewhere.requests().is_empty());
}
