//! The server itself: connections, and what is nobody's business.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::panic)]

mod support;

use std::net::TcpListener;
use std::time::Duration;

use bankfeed_sandbox::{Provider, Sandbox};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A request that is refused by its path, and so needs no credentials.
fn request(sandbox: &Sandbox, path: &str, more: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: {}\r\n{more}\r\n", sandbox.address())
}

async fn connect(sandbox: &Sandbox) -> TcpStream {
    TcpStream::connect(sandbox.address()).await.unwrap()
}

/// Everything up to the end of the connection.
async fn rest(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text
}

/// One answer whose length is announced, as text.
async fn one(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let mut byte = [0];
        assert_eq!(stream.read(&mut byte).await.unwrap(), 1, "the connection stays");
        bytes.push(byte[0]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        if body.len() == length.parse::<usize>().unwrap() {
            return text.into_owned();
        }
    }
}

#[tokio::test]
async fn a_path_of_no_provider_is_told() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let reply = support::get(&format!("http://{}/plaid/accounts", sandbox.address()), &[]).await;
    assert_eq!(reply.status, 404);
    assert!(reply.refused().contains("begins with no provider: /saltedge, /belvo"), "{}", reply.refused());
    assert_eq!(support::get(&format!("http://{}/", sandbox.address()), &[]).await.status, 200);
    assert!(sandbox.requests().is_empty(), "it is nobody's request");
}

#[tokio::test]
async fn every_provider_is_served() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for provider in Provider::ALL {
        let reply = support::get(&format!("http://{}/{provider}/nowhere", sandbox.address()), &[]).await;
        assert!(reply.status >= 400 && !reply.refused().is_empty(), "{provider}: {reply:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let url = format!("{}/api/links/", sandbox.belvo().url);
    let largest = vec![b' '; 4 * 1024 * 1024];
    let reply = support::send("POST", &url, &[("content-type", "application/json")], &largest).await;
    assert!(!reply.refused().contains("is larger than"), "{}", reply.refused());
    let larger = vec![b' '; 4 * 1024 * 1024 + 1];
    let reply = support::send("POST", &url, &[("content-type", "application/json")], &larger).await;
    assert_eq!(reply.refused(), "body: is larger than 4194304 bytes");
    assert!((400..500).contains(&reply.status), "{}", reply.status);
}

#[tokio::test]
async fn a_request_that_is_sent_by_half_holds_up_nobody() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let mut in_head = connect(&sandbox).await;
    in_head.write_all(b"GET /belvo/api/acc").await.unwrap();
    let mut in_body = connect(&sandbox).await;
    let head = "POST /belvo/api/links/ HTTP/1.1\r\nhost: h\r\ncontent-length: 100\r\n\r\n{\"institution\"";
    in_body.write_all(head.as_bytes()).await.unwrap();
    let url = format!("http://{}/belvo/nowhere", sandbox.address());
    assert!(support::get(&url, &[]).await.status >= 400);
    in_body.shutdown().await.unwrap();
    assert_eq!(rest(in_body).await, "", "half a request has no answer");
    drop(in_head);
    assert!(support::get(&url, &[]).await.status >= 400);
    assert_eq!(sandbox.requests().len(), 2, "half a request is none");
}

#[tokio::test]
async fn what_is_no_http_is_refused() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let mut stream = connect(&sandbox).await;
    stream.write_all(b"\x16\x03\x01 this is TLS\r\n\r\n").await.unwrap();
    assert!(rest(stream).await.starts_with("HTTP/1.1 400 "));
}

#[tokio::test]
async fn a_connection_serves_one_request_after_another() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let mut stream = connect(&sandbox).await;
    for _ in 0..5 {
        stream.write_all(request(&sandbox, "/belvo/nowhere", "").as_bytes()).await.unwrap();
        assert!(one(&mut stream).await.contains("x-sandbox-refused: path /nowhere: no operation has it"));
    }
    stream.write_all(request(&sandbox, "/belvo/nowhere", "connection: close\r\n").as_bytes()).await.unwrap();
    assert_eq!(rest(stream).await.matches("HTTP/1.1 ").count(), 1);
    assert_eq!(sandbox.requests().len(), 6);
}

#[tokio::test]
async fn requests_may_come_before_the_answers_are_read() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let mut stream = connect(&sandbox).await;
    let first: String = (0..20).map(|index| request(&sandbox, &format!("/belvo/{index}"), "")).collect();
    let last = request(&sandbox, "/belvo/last", "connection: close\r\n");
    stream.write_all(format!("{first}{last}").as_bytes()).await.unwrap();
    let answers = rest(stream).await;
    let places: Vec<usize> = (0..20).map(|index| answers.find(&format!("path /{index}: ")).unwrap()).collect();
    assert!(places.is_sorted() && answers.contains("path /last: "), "answers keep the order of their requests");
}

#[tokio::test]
async fn many_connections_are_served_at_once() {
    for threads in [1, 4] {
        let sandbox = Sandbox::builder().threads(threads).recorded(10).start().await.unwrap();
        let mut streams = Vec::new();
        for index in 0..200 {
            let mut stream = connect(&sandbox).await;
            stream.write_all(request(&sandbox, &format!("/khipu/{index}"), "").as_bytes()).await.unwrap();
            streams.push(stream);
        }
        for (index, stream) in streams.iter_mut().enumerate() {
            assert!(one(stream).await.contains(&format!("path /{index}: ")));
        }
        assert_eq!(sandbox.requests().len(), 10, "no more are kept");
    }
}

#[tokio::test]
async fn methods_that_no_operation_has_are_refused() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let url = format!("{}/api/institutions/", sandbox.belvo().url);
    for method in ["HEAD", "OPTIONS", "TRACE", "PROPFIND", "POST"] {
        let reply = support::send(method, &url, &[], b"").await;
        assert!((400..500).contains(&reply.status), "{method} {}", reply.status);
        assert_eq!(reply.refused(), format!("path /api/institutions/: knows GET, not {method}"));
        assert!(method != "HEAD" || reply.body.is_empty());
    }
}

#[tokio::test]
async fn a_sandbox_stops_when_it_is_dropped() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let address = sandbox.address();
    let mut open = connect(&sandbox).await;
    open.write_all(request(&sandbox, "/belvo/nowhere", "").as_bytes()).await.unwrap();
    one(&mut open).await;
    let waiting = connect(&sandbox).await;
    drop(sandbox);
    assert_eq!(open.read(&mut [0]).await.unwrap_or(0), 0, "open connections end");
    drop(waiting);
    TcpListener::bind(address).unwrap();
    let again = Sandbox::builder().address(address).start().await.unwrap();
    assert_eq!(again.address(), address);
}

#[tokio::test]
async fn dropping_waits_for_nobody() {
    let sandbox = Sandbox::builder().fault("* * latency ms=600000".parse().unwrap()).start().await.unwrap();
    let mut stream = connect(&sandbox).await;
    let saltedge = sandbox.saltedge();
    let keys = format!("app-id: {}\r\nsecret: {}\r\n", saltedge.app_id, saltedge.secret);
    stream.write_all(request(&sandbox, "/saltedge/api/v6/countries", &keys).as_bytes()).await.unwrap();
    while sandbox.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    let dropped = tokio::task::spawn_blocking(move || drop(sandbox));
    tokio::time::timeout(Duration::from_secs(5), dropped).await.unwrap().unwrap();
    assert_eq!(rest(stream).await, "");
}

#[tokio::test]
async fn an_address_that_is_taken_is_told() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let error = Sandbox::builder().address(sandbox.address()).start().await.unwrap_err();
    assert!(error.to_string().starts_with(&format!("cannot listen on {}: ", sandbox.address())), "{error}");
}

#[tokio::test]
async fn sandboxes_do_not_know_of_each_other() {
    let (one, other) = (Sandbox::builder().start().await.unwrap(), Sandbox::builder().start().await.unwrap());
    assert_ne!(one.address(), other.address());
    one.fault("* * status code=503".parse().unwrap());
    one.advance(Duration::from_secs(3_600));
    for (sandbox, status) in [(&one, 503), (&other, 200)] {
        let saltedge = sandbox.saltedge();
        let headers = [("app-id", saltedge.app_id), ("secret", saltedge.secret)];
        let reply = support::get(&format!("{}/countries", saltedge.url), &headers).await;
        assert_eq!(reply.status, status);
    }
    let later = one.now().duration_since(other.now()).unwrap();
    assert_eq!((later, other.requests().len()), (Duration::from_secs(3_600), 1));
}

/// The same requests to a sandbox of a seed: everything that came back, with the address taken out.
async fn said(seed: u64) -> String {
    let sandbox = Sandbox::builder().seed(seed).start().await.unwrap();
    let (saltedge, belvo, wealthreader) = (sandbox.saltedge(), sandbox.belvo(), sandbox.wealthreader());
    let headers = [("app-id", saltedge.app_id), ("secret", saltedge.secret)];
    let basic = [("authorization", "Basic c2FuZGJveC1zZWNyZXQtaWQ6c2FuZGJveC1zZWNyZXQtcGFzc3dvcmQ=")];
    let customers = support::get(&format!("{}/customers", saltedge.url), &headers).await;
    let customer = customers.json()["data"][0]["customer_id"].as_str().unwrap().to_owned();
    let mut said = String::from_utf8(customers.body.to_vec()).unwrap();
    let read = [
        ("api_key", wealthreader.api_key),
        ("code", "bancoficticio"),
        ("token", "MOCKDATA"),
        ("date_from", "2025-12-01"),
    ];
    for reply in [
        support::get(&format!("{}/connections?customer_id={customer}", saltedge.url), &headers).await,
        support::get(&format!("{}/accounts?customer_id={customer}", saltedge.url), &headers).await,
        support::get(&format!("{}/api/links/", belvo.url), &basic).await,
        support::get(&format!("{}/api/accounts/?page_size=20", belvo.url), &basic).await,
        support::get(&format!("{}/payments/br/charges/", belvo.url), &basic).await,
        support::form(&format!("{}/entities/", wealthreader.url), &[], &read).await,
    ] {
        assert_eq!(reply.status, 200, "{reply:?}");
        said.push_str(std::str::from_utf8(&reply.body).unwrap());
    }
    said.replace(&sandbox.address().to_string(), "HOST")
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let first = said(7).await;
    assert!(first.len() > 50_000);
    assert!(first == said(7).await, "two sandboxes of one seed differ");
    assert!(first != said(8).await, "two seeds give the same");
}
