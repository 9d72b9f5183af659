//! Callbacks, against OpenSSL's signature (`tests/data/signing/README.md`).
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::error::Error as _;
use std::time::Duration;

use saltedge_client::runtime::{AgeWindow, HeaderMap, HeaderValue, ManualClock, RsaSigner, WebhookError};
use saltedge_client::types::{BucketStatus, ErrorClass, ProviderStatus, ReportStatus, Stage};
use saltedge_client::{Callback, CallbackError, CallbackKind, CallbackVerifier, SALTEDGE_KEY_SHA256};
use support::sample;

const URL: &str = "https://app.example.com/saltedge/success";

fn vector(name: &str) -> String {
    sample(&format!("signing/{name}"))
}

fn verifier() -> CallbackVerifier {
    CallbackVerifier::new(&vector("public.pem"), URL).unwrap()
}

fn signed_with(signature: &str) -> HeaderMap {
    HeaderMap::from_iter([("signature".parse().unwrap(), HeaderValue::try_from(signature).unwrap())])
}

fn refusal(result: Result<Callback, CallbackError>) -> WebhookError {
    match result {
        Err(CallbackError::Refused(error)) => error,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn what_openssl_signed_is_taken() {
    let body = vector("callback-body.json");
    let headers = signed_with(&vector("callback-signature.b64"));
    for key in ["public.pem", "public-pkcs1.pem"] {
        let verifier = CallbackVerifier::new(&vector(key), URL).unwrap();
        let callback = verifier.verify(CallbackKind::Success, &headers, body.as_bytes()).unwrap();
        assert_eq!(callback.kind(), CallbackKind::Success);
        let Callback::Success(success) = callback else { panic!("{callback:?}") };
        assert_eq!(success.data.connection_id, "111111111111111111");
        assert_eq!(success.data.stage, Some(Stage::Finish));
        assert_eq!(success.data.custom_fields.unwrap()["note"].to_value(), "café");
    }
}

#[test]
fn every_changed_byte_is_noticed() {
    let body = vector("callback-body.json").into_bytes();
    let headers = signed_with(&vector("callback-signature.b64"));
    for index in 0..body.len() {
        let mut changed = body.clone();
        changed[index] ^= 1;
        let result = verifier().verify(CallbackKind::Success, &headers, &changed);
        assert_eq!(refusal(result), WebhookError::Mismatch, "byte {index}");
    }
    let longer = [&body[..], b" "].concat();
    assert_eq!(refusal(verifier().verify(CallbackKind::Success, &headers, &longer)), WebhookError::Mismatch);
    assert_eq!(refusal(verifier().verify(CallbackKind::Success, &headers, b"")), WebhookError::Mismatch);
}

#[test]
fn a_body_that_was_written_again_is_refused() {
    let body = vector("callback-body.json");
    let again = serde_json::from_str::<serde_json::Value>(&body).unwrap().to_string();
    assert_ne!(again, body);
    let headers = signed_with(&vector("callback-signature.b64"));
    let result = verifier().verify(CallbackKind::Success, &headers, again.as_bytes());
    assert_eq!(refusal(result), WebhookError::Mismatch);
}

#[test]
fn another_address_or_key_is_refused() {
    let body = vector("callback-body.json");
    let headers = signed_with(&vector("callback-signature.b64"));
    let verify = |key: &str, url: &str| {
        CallbackVerifier::new(&vector(key), url).unwrap().verify(CallbackKind::Success, &headers, body.as_bytes())
    };
    assert!(verify("public.pem", URL).is_ok());
    for url in ["https://app.example.com/saltedge/success/", "http://app.example.com/saltedge/success", "https://x"] {
        assert_eq!(refusal(verify("public.pem", url)), WebhookError::Mismatch, "{url}");
    }
    assert_eq!(refusal(verify("other-public.pem", URL)), WebhookError::Mismatch);
}

#[test]
fn without_a_proper_signature_header_nothing_is_taken() {
    let body = vector("callback-body.json");
    let good = vector("callback-signature.b64");
    let verify = |headers: &HeaderMap| refusal(verifier().verify(CallbackKind::Success, headers, body.as_bytes()));
    assert_eq!(verify(&HeaderMap::new()), WebhookError::MissingHeader("signature"));
    for signature in ["", "not base64!", "AAAA", &good[4..], &format!("{good}AAAA")] {
        assert_eq!(verify(&signed_with(signature)), WebhookError::Mismatch, "{signature}");
    }
    let mut twice = signed_with(&good);
    twice.append("signature", HeaderValue::try_from(good.as_str()).unwrap());
    assert!(matches!(verify(&twice), WebhookError::Malformed(_)));
    let mut binary = HeaderMap::new();
    binary.insert("signature", HeaderValue::from_bytes(b"\xff").unwrap());
    assert!(matches!(verify(&binary), WebhookError::Malformed(_)));
}

/// Signs a body as the provider would.
fn sign(body: &str) -> HeaderMap {
    let key = RsaSigner::from_pem(&vector("key-pkcs8.pem")).unwrap();
    signed_with(&key.sign(format!("{URL}|{body}").as_bytes()).unwrap())
}

fn receive(kind: CallbackKind, file: &str) -> Callback {
    let body = sample(file);
    let callback = verifier().verify(kind, &sign(&body), body.as_bytes()).unwrap();
    assert_eq!(callback.kind(), kind);
    assert!(callback.meta().is_some());
    callback
}

#[test]
fn each_kind_is_read_into_its_type() {
    let Callback::Fail(fail) = receive(CallbackKind::Fail, "callback-fail.json") else { panic!() };
    assert_eq!(fail.data.error_class, Some(ErrorClass::InvalidCredentials));
    let Callback::Notify(notify) = receive(CallbackKind::Notify, "callback-notify.json") else { panic!() };
    assert_eq!(notify.data.stage, Some(Stage::Start));
    let Callback::Destroy(destroy) = receive(CallbackKind::Destroy, "callback-destroy.json") else { panic!() };
    assert_eq!(destroy.data.connection_id, "111111111111111111");
    let Callback::ProviderChanges(changes) = receive(CallbackKind::ProviderChanges, "callback-provider-changes.json")
    else {
        panic!()
    };
    assert_eq!(changes.data.provider_status, Some(ProviderStatus::Inactive));
    assert_eq!(changes.meta.unwrap().version.as_deref(), Some("5"));
    let Callback::CategorizationFinished(finished) =
        receive(CallbackKind::CategorizationFinished, "callback-categorization-finished.json")
    else {
        panic!()
    };
    assert_eq!(finished.data.status, Some(BucketStatus::Completed));
    let Callback::Report(report) = receive(CallbackKind::Report, "callback-report-success.json") else { panic!() };
    assert_eq!(report.data.status, Some(ReportStatus::Success));
    receive(CallbackKind::Success, "callback-success.json");
}

#[test]
fn a_signed_callback_of_another_kind_is_unreadable() {
    let body = sample("callback-categorization-finished.json");
    let error = verifier().verify(CallbackKind::Success, &sign(&body), body.as_bytes()).unwrap_err();
    let CallbackError::Unreadable(cause) = &error else { panic!("{error:?}") };
    assert_eq!(cause.path(), "/data");
    assert!(cause.reason().contains("connection_id"), "{cause}");
    assert_eq!(error.to_string(), "the callback cannot be read");
    assert!(error.source().is_some());
}

#[test]
fn age_counts_when_asked_for() {
    let body = sample("callback-success.json");
    let headers = sign(&body);
    let check = |now: &str| {
        let clock = ManualClock::new(now.parse().unwrap());
        let verifier = verifier().age_window(AgeWindow::default()).clock(clock);
        verifier.verify(CallbackKind::Success, &headers, body.as_bytes())
    };
    assert!(check("2024-01-25T10:45:47.965Z").is_ok());
    assert_eq!(refusal(check("2024-01-25T10:45:47.966Z")), WebhookError::TooOld);
    assert!(check("2024-01-25T10:39:47.965Z").is_ok());
    assert_eq!(refusal(check("2024-01-25T10:39:47.964Z")), WebhookError::FromTheFuture);
    // Without a window the sample of years ago is fine.
    assert!(verifier().verify(CallbackKind::Success, &headers, body.as_bytes()).is_ok());
}

#[test]
fn a_window_refuses_what_has_no_time() {
    let verifier = verifier().age_window(AgeWindow { max_age: Duration::MAX, max_future_skew: Duration::MAX });
    let body = sample("callback-categorization-finished.json");
    let result = verifier.verify(CallbackKind::CategorizationFinished, &sign(&body), body.as_bytes());
    assert!(matches!(refusal(result), WebhookError::Malformed(_)));
    let body = r#"{"data":{"connection_id":"1","customer_id":"2"},"meta":{"time":"2024-01-25T10:40:47"}}"#;
    let result = verifier.verify(CallbackKind::Destroy, &sign(body), body.as_bytes());
    assert!(matches!(refusal(result), WebhookError::Malformed(_)));
}

#[test]
fn the_key_can_be_pinned() {
    let pinned = verifier().require_fingerprint(&vector("public.sha256"));
    assert!(pinned.is_ok());
    assert!(verifier().require_fingerprint(&vector("public.sha256").to_uppercase()).is_ok());
    let other = verifier().require_fingerprint(SALTEDGE_KEY_SHA256).unwrap_err();
    assert!(other.to_string().contains("another fingerprint"), "{other}");
    let raw = CallbackVerifier::new(&vector("public-pkcs1.pem"), URL).unwrap();
    assert!(raw.require_fingerprint(SALTEDGE_KEY_SHA256).unwrap_err().to_string().contains("PUBLIC KEY"));
}

#[test]
fn a_verifier_needs_a_public_key_and_an_address() {
    let problem = |key: &str, url: &str| CallbackVerifier::new(key, url).unwrap_err().to_string();
    assert!(problem("", URL).contains("PEM"));
    assert!(problem(&vector("key-pkcs8.pem"), URL).contains("public key"));
    assert!(problem(&vector("public.pem"), "").contains("address"));
}
