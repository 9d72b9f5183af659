//! Callbacks: what is taken from whom. Signatures are checked against OpenSSL's (`tests/data/cards/README.md`).
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::HashSet;
use std::time::Duration;

use support::{failure, printed, read, written};
use wealthreader_client::runtime::{AgeWindow, HeaderMap, HeaderValue, ManualClock, WebhookError};
use wealthreader_client::types::CardEventKind;
use wealthreader_client::{
    Advice, CallbackError, CardDelivery, CardEvent, CardsWebhookVerifier, Id, UnsignedBatchNotification,
    UnsignedWidgetCallback, WIDGET_RECEIPT, WidgetOutcome,
};

const WIDGET: &str = r#"{"success":true,"payload":{"accounts":[]},"statistics":{"SESSION":"3463754e3540884","execution_time":12.5,
    "operation_id":"1827C79229","token":"FRJ0mHlaqZwLzu","code":"caixabank"}}"#;

fn widget(body: &str) -> Result<UnsignedWidgetCallback, CallbackError> {
    UnsignedWidgetCallback::read(body.as_bytes())
}

#[test]
fn a_widget_that_was_ours_tells_its_data() {
    for body in [WIDGET.to_owned(), format!("[{WIDGET}]")] {
        let callback = widget(&body).unwrap();
        assert_eq!(callback.operation_id(), "1827C79229");
        let issued = HashSet::from(["1827C79229"]);
        let WidgetOutcome::Completed(data) = callback.matching(|id| issued.contains(id)).unwrap() else { panic!() };
        let statistics = data.statistics.as_ref().unwrap();
        assert_eq!(statistics.token.as_ref().unwrap().expose(), "FRJ0mHlaqZwLzu");
        assert_eq!(statistics.code.as_deref(), Some("caixabank"));
        assert!(data.financials().unwrap().is_some());
    }
    let receipt: serde_json::Value = serde_json::from_str(WIDGET_RECEIPT).unwrap();
    assert_eq!(receipt, serde_json::json!({"status": "ok"}));
}

#[test]
fn a_widget_that_failed_tells_why() {
    let body = failure(2000).replace(r#""SESSION""#, r#""operation_id":"1","SESSION""#);
    let WidgetOutcome::Failed(failure) = widget(&body).unwrap().matching(|id| id == "1").unwrap() else { panic!() };
    assert_eq!((failure.advice(), failure.session()), (Some(Advice::AskUser), Some("3463754e3540884")));
}

#[test]
fn a_widget_that_was_not_ours_is_refused() {
    for wrong in ["", "1827C7922", "1827c79229", "1827C79229 "] {
        let error = widget(WIDGET).unwrap().matching(|id| id == wrong).unwrap_err();
        assert!(matches!(error, CallbackError::NotExpected), "{error:?}");
    }
    // Before it is matched it tells nothing, not even what it would have to be matched with.
    assert_eq!(format!("{:?}", widget(WIDGET).unwrap()), "UnsignedWidgetCallback { .. }");
}

#[test]
fn what_is_no_end_of_a_widget_cannot_be_read() {
    let nameless = WIDGET.replace("1827C79229", "");
    let failed = failure(2000);
    let two = format!("[{WIDGET},{WIDGET}]");
    for body in ["", "{}", "[]", "null", "flow completed", r#"{"success":true}"#, &nameless, &failed, &two] {
        let error = widget(body).unwrap_err();
        assert!(matches!(error, CallbackError::Unreadable(_)), "{body}: {error:?}");
        assert!(!printed(&error).contains("Alex"), "{}", printed(&error));
    }
}

#[test]
fn a_batch_that_was_ours_tells_its_connection() {
    for batch in ["10863151", r#""10863151""#] {
        let body = format!(
            r#"{{"batch_id":{batch},"credential_id":"cred_002","status":"completed","timestamp":"2026-05-13T08:02:47+00:00"}}"#
        );
        let notification = UnsignedBatchNotification::read(body.as_bytes()).unwrap();
        assert_eq!(notification.batch_id(), &Id::from("10863151"));
        assert_eq!(notification.credential_id(), &Id::from("cred_002"));
        let ours = |batch: &Id, credential: &Id| batch.as_str() == "10863151" && credential.as_str() == "cred_002";
        let told = notification.clone().matching(ours).unwrap();
        assert_eq!(told.status.as_deref(), Some("completed"));
        for (batch, credential) in [("10863152", "cred_002"), ("10863151", "cred_001")] {
            let other = |sent: &Id, of: &Id| sent.as_str() == batch && of.as_str() == credential;
            let error = notification.clone().matching(other).unwrap_err();
            assert!(matches!(error, CallbackError::NotExpected), "{error:?}");
        }
    }
    for body in ["", "{}", "[]", r#"{"batch_id":1}"#, r#"{"credential_id":"1"}"#] {
        let error = UnsignedBatchNotification::read(body.as_bytes()).unwrap_err();
        assert!(matches!(error, CallbackError::Unreadable(_)), "{body}: {error:?}");
    }
}

fn vector(name: &str) -> String {
    support::file(&format!("data/cards/{name}"))
}

fn verifier_at(now: &str) -> CardsWebhookVerifier {
    CardsWebhookVerifier::new(vector("secret.txt")).unwrap().clock(ManualClock::new(now.parse().unwrap()))
}

fn signed(header: &str) -> HeaderMap {
    HeaderMap::from_iter([("x-wr-signature".parse().unwrap(), HeaderValue::try_from(header).unwrap())])
}

/// The header of a vector.
fn genuine(name: &str) -> HeaderMap {
    signed(&format!("sha256={}", vector(&format!("{name}.hmac"))))
}

fn verify_at(now: &str, headers: &HeaderMap, body: &[u8]) -> Result<CardDelivery, CallbackError> {
    verifier_at(now).verify(headers, body)
}

fn verify(headers: &HeaderMap, body: &[u8]) -> Result<CardDelivery, CallbackError> {
    verify_at("2026-07-11T12:02:12Z", headers, body)
}

fn verify_vector(name: &str) -> Result<CardDelivery, CallbackError> {
    verify(&genuine(name), vector(&format!("{name}.json")).as_bytes())
}

#[track_caller]
fn refusal<T: std::fmt::Debug>(result: Result<T, CallbackError>) -> WebhookError {
    match result {
        Err(CallbackError::Refused(error)) => error,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn what_openssl_signed_is_taken() {
    let delivery = verify_vector("transaction").unwrap();
    assert_eq!(delivery.delivery_id, "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d");
    assert_eq!(delivery.sent_at.to_string(), "2026-07-11T14:02:12+02:00");
    assert!(!format!("{delivery:?}").contains("test-only-key"), "{delivery:?}");
    let CardEvent::TransactionCreated(event) = &delivery.event else { panic!("{delivery:?}") };
    assert_eq!((event.data.amount.to_string(), event.data.id.as_str()), ("-57.60".to_owned(), "217"));
    assert_eq!(event.api_key.as_ref().unwrap().expose(), "test-only-key");

    let CardEvent::EnrollmentConfirmed(event) = verify_vector("enrollment").unwrap().event else { panic!() };
    assert_eq!(event.data.user_id, wealthreader_client::Maybe::Value(Id::from("e9f4")));

    let CardEvent::Unrecognized(kind, json) = verify_vector("unknown").unwrap().event else { panic!() };
    assert!(matches!(kind, CardEventKind::Unrecognized(kind) if kind.as_str() == "card_limit.reached"));
    assert!(json.get().contains(r#""limit":100"#));
}

#[test]
fn capital_digits_are_the_same_signature() {
    let header = signed(&format!("sha256={}", vector("transaction.hmac").to_uppercase()));
    assert!(verify(&header, vector("transaction.json").as_bytes()).is_ok());
}

#[test]
fn every_changed_byte_is_noticed() {
    let body = vector("transaction.json").into_bytes();
    let headers = genuine("transaction");
    let verifier = verifier_at("2026-07-11T12:02:12Z");
    for index in 0..body.len() {
        let mut changed = body.clone();
        changed[index] ^= 1;
        assert_eq!(refusal(verifier.verify(&headers, &changed)), WebhookError::Mismatch, "byte {index}");
    }
    assert_eq!(refusal(verifier.verify(&headers, body.trim_ascii_end())), WebhookError::Mismatch);
    assert_eq!(refusal(verifier.verify(&headers, b"")), WebhookError::Mismatch);
    let again = written(&read::<wealthreader_client::Json>(str::from_utf8(&body).unwrap()).to_value());
    assert_eq!(refusal(verifier.verify(&headers, again.as_bytes())), WebhookError::Mismatch);
    assert_eq!(refusal(verifier.verify(&genuine("enrollment"), &body)), WebhookError::Mismatch);
}

#[test]
fn headers_that_prove_nothing_are_refused() {
    let body = vector("transaction.json");
    let digits = vector("transaction.hmac");
    assert_eq!(refusal(verify(&HeaderMap::new(), body.as_bytes())), WebhookError::MissingHeader("x-wr-signature"));
    for header in ["", "sha256=", &digits[1..], &format!("sha256={}", &digits[..62]), &format!("sha256={digits}00")] {
        assert!(verify(&signed(header), body.as_bytes()).is_err(), "{header}");
    }
    for header in
        [digits.as_str(), &format!("sha1={digits}"), &format!("SHA256={digits}"), &format!("sha256={digits}0")]
    {
        let error = refusal(verify(&signed(header), body.as_bytes()));
        assert_eq!(error, WebhookError::Malformed("the signature is not sha256= and hex"), "{header}");
    }
    let mut twice = genuine("transaction");
    twice.append("x-wr-signature", "sha256=00".parse().unwrap());
    assert_eq!(refusal(verify(&twice, body.as_bytes())), WebhookError::Malformed("a header is there twice"));
}

#[test]
fn another_secret_is_refused_and_none_is_an_error() {
    let verifier = CardsWebhookVerifier::new("another").unwrap();
    let result = verifier.verify(&genuine("transaction"), vector("transaction.json").as_bytes());
    assert_eq!(refusal(result), WebhookError::Mismatch);
    assert_eq!(CardsWebhookVerifier::new("").unwrap_err().to_string(), "the webhook secret must not be empty");
}

#[test]
fn the_last_repetition_is_taken_and_later_ones_are_not() {
    let body = vector("transaction.json");
    let at = |now: &str| verify_at(now, &genuine("transaction"), body.as_bytes());
    // 1 minute, 5 minutes, 30 minutes, 2 hours and 24 hours after 12:02:12.
    assert!(at("2026-07-12T14:38:12Z").is_ok());
    assert_eq!(refusal(at("2026-07-12T15:02:13Z")), WebhookError::TooOld);
    assert_eq!(refusal(at("2026-07-11T12:01:11Z")), WebhookError::FromTheFuture);
    let strict = AgeWindow { max_age: Duration::from_secs(60), max_future_skew: Duration::ZERO };
    let verifier = verifier_at("2026-07-11T12:03:13Z").age_window(strict);
    assert_eq!(refusal(verifier.verify(&genuine("transaction"), body.as_bytes())), WebhookError::TooOld);
}

#[test]
fn signed_bodies_need_a_delivery_and_a_time() {
    for name in ["text", "no-delivery"] {
        let error = verify_vector(name).unwrap_err();
        assert!(matches!(error, CallbackError::Unreadable(_)), "{name}: {error:?}");
    }
    assert!(matches!(refusal(verify_vector("no-offset")), WebhookError::Malformed(_)));
}
