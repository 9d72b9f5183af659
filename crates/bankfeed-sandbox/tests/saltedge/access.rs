//! Who may call, and how refusals look.

use std::time::{SystemTime, UNIX_EPOCH};

use bankfeed_sandbox::Sandbox;
use serde_json::json;

use crate::bench::{class, refused, start, start_with};
use crate::support;

#[tokio::test]
async fn keys_are_asked_for_and_compared() {
    let bench = start().await;
    let url = format!("{}/customers", bench.url);
    let app_id = ("app-id", bench.sandbox.saltedge().app_id);
    for (headers, expected) in [
        (vec![], refused(400, "AppIdNotProvided")),
        (vec![app_id], refused(400, "SecretNotProvided")),
        (vec![app_id, ("secret", "another")], refused(404, "ApiKeyNotFound")),
    ] {
        assert_eq!(class(&support::get(&url, &headers).await), expected);
    }
}

#[tokio::test]
async fn signatures_that_come_are_checked_although_none_is_required() {
    let bench = start().await;
    let url = format!("{}/customers", bench.url);
    let access = bench.sandbox.saltedge();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let ask = async |expires_at: Option<String>, signature: Option<&str>| {
        let mut headers = vec![("app-id", access.app_id), ("secret", access.secret)];
        headers.extend(expires_at.as_deref().map(|text| ("expires-at", text)));
        headers.extend(signature.map(|text| ("signature", text)));
        class(&support::get(&url, &headers).await)
    };
    assert_eq!(ask(None, Some("AAAA")).await, refused(400, "MissingExpiresAt"));
    assert_eq!(ask(Some((now + 60).to_string()), None).await, refused(400, "MissingSignature"));
    assert_eq!(ask(Some((now + 3_700).to_string()), Some("AAAA")).await, refused(400, "ExpiresAtInvalid"));
    assert_eq!(ask(Some(format!("{now}.5")), Some("AAAA")).await, refused(400, "ExpiresAtInvalid"));
    assert_eq!(ask(Some((now - 60).to_string()), Some("AAAA")).await, refused(400, "RequestExpired"));
    assert_eq!(ask(Some((now + 60).to_string()), Some("AAAA")).await, refused(400, "SignatureNotMatch"));
}

#[tokio::test]
async fn unsigned_requests_are_refused_where_signatures_are_required() {
    let bench = start_with(Sandbox::builder().require_signatures()).await;
    assert_eq!(class(&bench.ask("/customers").await), refused(400, "MissingExpiresAt"));
}

#[tokio::test]
async fn refusals_have_the_classes_of_their_operation() {
    let bench = start().await;
    let (customer, connection) = bench.first().await;
    let unknown = "1170415646270294289";
    for (target, expected) in [
        ("/nowhere".to_owned(), refused(404, "RouteNotFound")),
        ("/customers?limit=3".to_owned(), refused(400, "WrongRequestFormat")),
        ("/customers?per_page=0".to_owned(), refused(400, "WrongRequestFormat")),
        ("/customers?per_page=1001".to_owned(), refused(400, "WrongRequestFormat")),
        ("/customers?from_id=abc".to_owned(), refused(400, "WrongRequestFormat")),
        (format!("/customers/{unknown}"), refused(404, "CustomerNotFound")),
        (format!("/connections/{unknown}"), refused(404, "ConnectionNotFound")),
        (format!("/connections?customer_id={unknown}"), refused(404, "CustomerNotFound")),
        ("/connections".to_owned(), refused(400, "WrongRequestFormat")),
        ("/accounts".to_owned(), refused(400, "WrongRequestFormat")),
        (format!("/transactions?connection_id={connection}&account_id=5"), refused(400, "WrongRequestFormat")),
        (format!("/consents/{unknown}?customer_id={customer}"), refused(404, "AispConsentNotFound")),
        ("/providers/none_xf".to_owned(), refused(404, "ProviderNotFound")),
        ("/rates?date=2030-01-01".to_owned(), refused(400, "DateOutOfRange")),
        ("/categorization/accounts".to_owned(), refused(400, "MissingParams")),
        ("/categorization/buckets/none".to_owned(), refused(404, "RecordNotFound")),
        (format!("/reports/{unknown}?customer_id={customer}"), refused(404, "ReportNotFound")),
    ] {
        let reply = bench.ask(&target).await;
        assert_eq!(class(&reply), expected, "{target}");
        assert!(reply.json()["error"]["documentation_url"].as_str().unwrap().contains("#errors-"), "{target}");
    }
    let reply = bench.send("POST", "/customers", &json!({ "identifyer": "a" })).await;
    assert_eq!(class(&reply), refused(400, "WrongRequestFormat"));
    assert!(reply.refused().contains("identifier"), "{}", reply.refused());
    let reply = bench.send("POST", "/merchants", &json!({})).await;
    assert_eq!(class(&reply), refused(400, "MissingParams"));
}
