//! Callbacks: the configured authorization and nothing else is let in, and what came is read into its family.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use belvo_client::runtime::{HeaderMap, HeaderValue, WebhookError};
use belvo_client::types::ErrorCode;
use belvo_client::{Callback, CallbackError, CallbackVerifier, same_request};
use support::{printed, written};

const AUTHORIZATION: &str = "Basic YmVsdm86czNjcmV0";

const TRANSACTIONS: &str = r#"{"webhook_id":"aadf41a1fc8e4f79a49f7f04027ac999","webhook_type":"TRANSACTIONS",
    "process_type":"historical_update","webhook_code":"historical_update",
    "link_id":"16f68516-bcbc-4cf7-b815-c500d4204e28","request_id":"4363b08b-51eb-4350-9c74-5df5ac92a7f6",
    "external_id":null,"data":{"total_transactions":19,"first_transaction_date":"2023-01-03"}}"#;

const PAYMENT: &str = r#"{"webhook_id":"3b9a69f7-0f0a-455b-832d-49ad6fd4905c","webhook_type":"PAYMENT_INTENTS",
    "webhook_code":"STATUS_UPDATE","object_id":"d2e40773-19f6-48d1-93c3-3590ec0c74df","external_id":"order-17",
    "data":{"status":"FAILED","metadata":{"order":17},"failure_code":"consent_expired","failure_message":"Late.",
    "end_to_end_id":null}}"#;

fn verifier() -> CallbackVerifier {
    CallbackVerifier::new(AUTHORIZATION).unwrap()
}

fn authorized(value: &str) -> HeaderMap {
    HeaderMap::from_iter([("authorization".parse().unwrap(), HeaderValue::try_from(value).unwrap())])
}

fn refusal(headers: &HeaderMap) -> WebhookError {
    match verifier().verify(headers, TRANSACTIONS.as_bytes()) {
        Err(CallbackError::Refused(error)) => error,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn receive(body: &str) -> Callback {
    verifier().verify(&authorized(AUTHORIZATION), body.as_bytes()).unwrap()
}

#[test]
fn the_configured_header_is_let_in() {
    for value in [AUTHORIZATION, "Bearer a.b.c"] {
        let verifier = CallbackVerifier::new(value).unwrap();
        assert!(verifier.verify(&authorized(value), TRANSACTIONS.as_bytes()).is_ok());
    }
}

#[test]
fn any_other_header_is_refused() {
    for value in [
        "",
        "Basic",
        "Basic YmVsdm86czNjcmV",
        "Basic YmVsdm86czNjcmV0=",
        "basic YmVsdm86czNjcmV0",
        "Bearer YmVsdm86czNjcmV0",
        "YmVsdm86czNjcmV0",
    ] {
        assert_eq!(refusal(&authorized(value)), WebhookError::Mismatch, "{value}");
    }
}

#[test]
fn a_missing_a_second_or_a_binary_header_is_refused() {
    assert_eq!(refusal(&HeaderMap::new()), WebhookError::MissingHeader("authorization"));
    let mut twice = authorized(AUTHORIZATION);
    twice.append("authorization", HeaderValue::from_static(AUTHORIZATION));
    assert!(matches!(refusal(&twice), WebhookError::Malformed(_)));
    let mut binary = HeaderMap::new();
    binary.insert("authorization", HeaderValue::from_bytes(b"\xff").unwrap());
    assert!(matches!(refusal(&binary), WebhookError::Malformed(_)));
}

#[test]
fn a_verifier_without_a_secret_cannot_be_made() {
    for value in ["", " ", " Basic x", "Basic x ", "Basic x\n"] {
        assert!(CallbackVerifier::new(value).is_err(), "{value:?}");
    }
}

#[test]
fn neither_the_verifier_nor_its_errors_show_the_secret() {
    let verifier = verifier();
    let wrong = verifier.verify(&authorized("Basic V1JPTkc="), b"{}").unwrap_err();
    let broken = verifier.verify(&authorized(AUTHORIZATION), br#"{"link_id":"1","webhook_type":"ALEX"#).unwrap_err();
    let shown = format!("{verifier:?} {} {}", printed(&wrong), printed(&broken));
    for secret in ["YmVsdm86czNjcmV0", "V1JPTkc", "ALEX"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn news_of_a_link_are_read() {
    let callback = receive(TRANSACTIONS);
    assert_eq!(callback.idempotency_key().unwrap().as_str(), "aadf41a1fc8e4f79a49f7f04027ac999");
    let Callback::Aggregation(callback) = callback else { panic!("{callback:?}") };
    assert_eq!((callback.webhook_type.as_str(), callback.webhook_code.as_str()), ("TRANSACTIONS", "historical_update"));
    assert_eq!(callback.link_id.unwrap().as_str(), "16f68516-bcbc-4cf7-b815-c500d4204e28");
    assert_eq!(callback.data.unwrap().total_transactions, Some(19));
}

#[test]
fn a_link_in_trouble_says_why() {
    let body = r#"{"webhook_id":"1","webhook_type":"LINK","webhook_code":"token_required","link_id":"2","request_id":null,
        "data":{"error_code":"token_required","error_message":"Alex must act","status":428}}"#;
    let Callback::Aggregation(callback) = receive(body) else { panic!() };
    let data = callback.data.unwrap();
    assert_eq!((data.error_code.clone(), data.status), (Some(ErrorCode::TokenRequired), Some(428)));
    assert!(!format!("{data:?}").contains("Alex"));
}

#[test]
fn news_of_payments_are_read() {
    let callback = receive(PAYMENT);
    assert_eq!(callback.idempotency_key().unwrap().as_str(), "3b9a69f7-0f0a-455b-832d-49ad6fd4905c");
    let Callback::Payments(callback) = callback else { panic!("{callback:?}") };
    assert_eq!(callback.webhook_type.as_deref(), Some("PAYMENT_INTENTS"));
    assert_eq!(callback.object_id.unwrap().as_str(), "d2e40773-19f6-48d1-93c3-3590ec0c74df");
    let data = callback.data.unwrap();
    assert_eq!(data.status.as_deref(), Some("FAILED"));
    assert_eq!(data.failure_code.as_deref(), Some("consent_expired"));
}

#[test]
fn kinds_that_are_not_known_are_kept() {
    let body = r#"{"webhook_id":"1","webhook_type":"HOROSCOPES","webhook_code":"brand_new","link_id":"2",
        "data":{"stars":[1.50]}}"#;
    let Callback::Aggregation(callback) = receive(body) else { panic!() };
    assert_eq!(callback.webhook_type, "HOROSCOPES");
    assert_eq!(callback.data.unwrap().unlisted["stars"].get(), "[1.50]");

    let body = r#"{"webhook_id":"1","webhook_type":"CUSTOMERS","object_id":"2","brand_new":{"a":1}}"#;
    let Callback::Payments(callback) = receive(body) else { panic!() };
    assert_eq!(callback.unlisted["brand_new"].get(), r#"{"a":1}"#);
}

#[test]
fn what_names_neither_link_nor_object_is_kept_whole() {
    let body = r#"{"type":"PAYMENT_AUTHORIZATIONS","payload":{"amount":"10.50"}}"#;
    let callback = receive(body);
    assert_eq!(callback.idempotency_key(), None);
    let Callback::Other(json) = callback else { panic!("{callback:?}") };
    assert_eq!(support::differences(body, &written(&json)), [""; 0]);
}

#[test]
fn what_is_no_object_is_unreadable() {
    for body in ["", "[]", "7", "null", r#""text""#, "{", "<html></html>", "{\"link_id\":\"1\"}"] {
        let error = verifier().verify(&authorized(AUTHORIZATION), body.as_bytes()).unwrap_err();
        assert!(matches!(error, CallbackError::Unreadable(_)), "{body}: {error:?}");
    }
}

#[test]
fn requests_are_recognized_however_they_are_spelled() {
    let dashed = "4363b08b-51eb-4350-9c74-5df5ac92a7f6";
    assert!(same_request(dashed, "4363b08b51eb43509c745df5ac92a7f6"));
    assert!(same_request("4363B08B51EB43509C745DF5AC92A7F6", dashed));
    assert!(!same_request(dashed, "4363b08b51eb43509c745df5ac92a7f7"));
    assert!(!same_request(dashed, ""));
    assert!(!same_request("", "-"));
}
