//! The client's key: where it goes, where it does not, and what is refused before it could.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::{Server, json, json_status, reply, request};
use wealthreader_client::types::TokenReassignment;
use wealthreader_client::{Advice, Client, Configure, ErrorExt};

/// Every status that a server may send a client elsewhere with.
#[test]
fn a_redirect_gets_no_key() {
    support::run(async {
        let elsewhere = Server::answering(|_| json("{}")).await;
        let location = elsewhere.url.clone();
        let server = Server::answering(move |request| {
            let status = request.header("x-status").unwrap().parse().unwrap();
            reply(status, &[("location", &format!("{location}{}", request.target))], "")
        })
        .await;
        let client = support::client(&server);
        for status in ["301", "302", "303", "307", "308"] {
            let read = client.read_financial_data(request()).extra_header("x-status", status).send().await.unwrap_err();
            let list = client.list_card_transactions().extra_header("x-status", status).send().await.unwrap_err();
            for error in [read, list] {
                assert!(error.is_redirect(), "{error:?}");
                assert_eq!((error.status().unwrap().as_str(), error.attempts()), (status, 1));
            }
        }
        assert!(elsewhere.requests().is_empty());
    });
}

#[test]
fn what_everybody_may_call_gets_no_key() {
    support::run(async {
        let server = Server::answering(|_| json("[]")).await;
        let client = support::client(&server);
        client.list_entities().send().await.unwrap();
        client.list_category_types().send().await.unwrap();
        client.list_error_codes().send().await.unwrap();
        client.list_warning_codes().send().await.unwrap();
        let reassignment = TokenReassignment::new("from-key", "to-key", "token");
        // Its answer is none, which is not what counts here.
        assert!(client.reassign_token(reassignment).send().await.unwrap_err().is_decode());
        let requests = server.requests();
        assert_eq!(requests.len(), 5);
        for request in requests {
            assert!(
                !format!("{request:?}").contains(support::KEY) && !request.text().contains(support::KEY),
                "{request:?}"
            );
            assert!(!request.target.contains("api_key=") && !request.text().contains("api_key="), "{request:?}");
        }
    });
}

#[test]
fn a_wrong_key_is_the_providers_to_refuse_and_a_missing_one_ours() {
    let refusal = json_status(401, r#"{"success":false,"message":"The key is not valid."}"#);
    let error = support::error(refusal);
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 1));
    assert_eq!(error.advice(), Advice::GiveUp);
    assert_eq!(Client::builder("").build().unwrap_err().to_string(), "the api_key must not be empty");
}

#[test]
fn a_caller_cannot_send_another_key_by_accident() {
    support::run(async {
        let server = Server::answering(|_| json(support::nothing())).await;
        let client = support::client(&server);
        let mut sneaky = request();
        sneaky.unlisted.insert("api_key".to_owned(), "another".into());
        client.read_financial_data(sneaky).send().await.unwrap();
        let form = server.request().form();
        let keys: Vec<_> = form.iter().filter(|(name, _)| name == "api_key").map(|(_, value)| value.as_str()).collect();
        assert_eq!(keys, [support::KEY]);
    });
}

#[test]
fn plain_http_to_other_machines_is_refused() {
    let error = Client::builder(support::KEY).base_url("http://example.com").build().unwrap_err();
    assert!(error.to_string().contains("plain http"), "{error}");
}
