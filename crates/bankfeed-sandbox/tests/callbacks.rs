//! Where callbacks go, where they do not, and what is known of them afterwards.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::time::Duration;

use bankfeed_sandbox::{Delivery, Provider, Sandbox};
use bankfeed_testing::{Server, reply};
use serde_json::json;

/// Asks Khipu to call back at an address; what became of it.
async fn called_back(sandbox: &Sandbox, url: &str) -> Delivery {
    let path = "v1/ar/banking/personal/santander.com.ar/pending/current-day/ACY/balances";
    let bearer = format!("Bearer {}", sandbox.khipu().jwt);
    let body = json!({ "RequestData": { "AccountNumber": "000011887755" }, "CallbackUrl": url });
    let url = format!("{}/{path}", sandbox.khipu().url);
    support::json("POST", &url, &[("authorization", &bearer)], &body).await.expect(202);
    sandbox.settled().await;
    sandbox.callbacks().pop().unwrap()
}

#[tokio::test]
async fn what_is_not_this_machine_gets_none() {
    let sandbox = Sandbox::builder().check_answers().start().await.unwrap();
    // Addresses for documentation: nobody has them.
    for url in ["http://192.0.2.1/khipu", "http://198.51.100.7:8080/", "http://[2001:db8::1]/"] {
        let outcome = called_back(&sandbox, url).await.outcome.unwrap_err();
        assert!(outcome.contains("is not this machine") && outcome.contains("callbacks_anywhere"), "{url}: {outcome}");
    }
    let outcome = called_back(&sandbox, "https://127.0.0.1/khipu").await.outcome.unwrap_err();
    assert_eq!(outcome, "the sandbox speaks http, not https: put a proxy in between");
}

#[tokio::test]
async fn this_machine_gets_them_by_any_of_its_names() {
    let receiver = Server::answering(|_| reply(204, &[], "")).await;
    let sandbox = Sandbox::builder().check_answers().start().await.unwrap();
    let port = receiver.url.rsplit(':').next().unwrap();
    for url in [format!("http://127.0.0.1:{port}/khipu?token=1"), format!("http://localhost:{port}/khipu?token=2")] {
        let delivery = called_back(&sandbox, &url).await;
        assert_eq!((delivery.outcome, delivery.provider, delivery.name), (Ok(204), Provider::Khipu, "result"));
    }
    let paths: Vec<String> = receiver.requests().iter().map(|request| request.target.clone()).collect();
    assert_eq!(paths, ["/khipu?token=1", "/khipu?token=2"]);
}

#[tokio::test]
async fn what_the_receiver_says_is_noted() {
    let refusing = Server::answering(|_| reply(500, &[], "no")).await;
    let sandbox = Sandbox::builder().check_answers().start().await.unwrap();
    assert_eq!(called_back(&sandbox, &format!("{}/khipu", refusing.url)).await.outcome, Ok(500));
    // Nobody listens on the first port.
    let outcome = called_back(&sandbox, "http://127.0.0.1:1/khipu").await.outcome.unwrap_err();
    assert!(outcome.starts_with("127.0.0.1:1: "), "{outcome}");
}

#[tokio::test]
async fn what_is_due_later_waits_for_the_clock() {
    let receiver = Server::answering(|_| reply(200, &[], "")).await;
    let sandbox = Sandbox::builder().check_answers().start().await.unwrap();
    let wealthreader = sandbox.wealthreader();
    let batch = json!({
        "api_key": wealthreader.api_key,
        "notification_url": format!("{}/batch", receiver.url),
        "connections": [{ "credential_id": "one", "code": "bancoficticio", "token": wealthreader.token }],
    });
    support::json("POST", &format!("{}/batch/load/", wealthreader.url), &[], &batch).await.expect(202);
    sandbox.settled().await;
    assert!(sandbox.callbacks().is_empty(), "it takes half a minute");
    sandbox.advance(Duration::from_secs(60));
    sandbox.settled().await;
    let names: Vec<&str> = sandbox.callbacks().iter().map(|callback| callback.name).collect();
    assert_eq!((names, receiver.requests().len()), (vec!["batch_connection"], 1));
}
