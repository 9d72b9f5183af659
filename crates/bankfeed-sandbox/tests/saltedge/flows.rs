//! From the widget to the end of a consent.

use std::time::Duration;

use bankfeed_sandbox::{Provider, Sandbox};
use serde_json::{Value, json};

use crate::bench::{Bench, class, refused, start, start_with};
use crate::support;

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(86_400);

async fn customer(bench: &Bench, identifier: &str) -> String {
    let created = bench.post("/customers", &json!({ "identifier": identifier })).await;
    created["customer_id"].as_str().unwrap().to_owned()
}

fn request(customer: &str, code: &str) -> Value {
    json!({
        "customer_id": customer,
        "consent": { "scopes": ["accounts", "transactions"], "from_date": "2026-01-01", "period_days": 30 },
        "attempt": { "custom_fields": { "order": "A-17" }, "return_to": "https://shop.example.com/" },
        "provider": { "code": code },
        "return_connection_id": true,
        "return_error_class": true,
    })
}

/// Connects, and decides; where the user is sent then.
async fn connect(bench: &Bench, body: &Value, decision: &str) -> String {
    let session = bench.post("/connections/connect", body).await;
    let url = session["connect_url"].as_str().unwrap();
    assert!(url.starts_with(&format!("{}/connect/", bench.root)));
    let page = support::get(url, &[]).await;
    assert!(page.status == 200 && page.header("content-type").starts_with("text/html"));
    let reply = support::form(url, &[], &[("decision", decision)]).await;
    assert_eq!(reply.status, 302);
    assert_eq!(support::get(url, &[]).await.status, 404, "a session is used once");
    reply.header("location").to_owned()
}

fn connection_of(location: &str) -> String {
    let (_, id) = location.split_once("connection_id=").unwrap();
    id.split('&').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_consent_brings_a_connection_with_accounts() {
    let bench = start_with(Sandbox::builder()).await;
    let customer = customer(&bench, "new").await;
    let location = connect(&bench, &request(&customer, "fakebank_simple_xf"), "consent").await;
    let id = connection_of(&location);
    let connection = bench.get(&format!("/connections/{id}?include_holder_info=true")).await;
    assert_eq!((&connection["status"], connection.get("holder_info")), (&json!("active"), None));
    assert_eq!(connection["last_attempt"]["custom_fields"], json!({ "order": "A-17" }));
    assert!(connection.get("categorization_vendor").is_none());
    let transactions = bench.all(&format!("/transactions?connection_id={id}"), 100).await;
    assert!(!transactions.is_empty());
    assert!(transactions.iter().all(|one| one["made_on"].as_str().unwrap() >= "2026-01-01"));
    let consents = bench.get(&format!("/consents?connection_id={id}")).await;
    assert_eq!(consents[0]["id"], connection["last_consent_id"]);
    assert_eq!(consents[0]["expires_at"], "2026-04-01T09:00:00Z");

    let again = connect(&bench, &request(&customer, "fakebank_simple_xf"), "consent").await;
    assert_eq!(connection_of(&again), id, "the same provider once more is a reconnect");
    assert_eq!(bench.get(&format!("/connections?customer_id={customer}")).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_failed_connect_leaves_an_inactive_connection_without_accounts() {
    let bench = start().await;
    let customer = customer(&bench, "new").await;
    for (code, decision, class) in [
        ("fakebank_simple_xf", "fail", "InvalidCredentials"),
        ("fake_oauth_client_xf", "refuse", "ProviderAccessNotGranted"),
    ] {
        let location = connect(&bench, &request(&customer, code), decision).await;
        assert!(location.ends_with(&format!("&error_class={class}")), "{location}");
        let connection = bench.with(&customer, code).await;
        assert_eq!((&connection["status"], &connection["last_consent_id"]), (&json!("inactive"), &Value::Null));
        assert_eq!(connection["last_attempt"]["fail_error_class"], class);
    }
    assert_eq!(bench.get(&format!("/accounts?customer_id={customer}")).await, json!([]));
}

#[tokio::test]
async fn a_user_without_a_provider_chooses_one() {
    let bench = start().await;
    let customer = customer(&bench, "new").await;
    let mut body = request(&customer, "");
    body.as_object_mut().unwrap().remove("provider");
    let session = bench.post("/connections/connect", &body).await;
    let url = session["connect_url"].as_str().unwrap();
    let page = support::get(url, &[]).await;
    assert!(String::from_utf8_lossy(&page.body).contains("value=\"fakebank_simple_xf\""));
    assert_eq!(support::form(url, &[], &[("decision", "consent")]).await.status, 400);
    let fields = [("decision", "consent"), ("provider_code", "fakebank_simple_xf")];
    assert_eq!(support::form(url, &[], &fields).await.status, 302);
    assert_eq!(bench.with(&customer, "fakebank_simple_xf").await["status"], "active");
}

#[tokio::test]
async fn connects_that_cannot_be_are_refused() {
    let bench = start().await;
    let customer = customer(&bench, "new").await;
    let other = |pointer: &str, value: Value| {
        let mut body = request(&customer, "fakebank_simple_xf");
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    for (body, expected) in [
        (other("/customer_id", json!("12")), refused(404, "CustomerNotFound")),
        (other("/provider/code", json!("none_xf")), refused(404, "ProviderNotFound")),
        (other("/provider/code", json!("lindenbank_de")), refused(406, "ClientPending")),
        (other("/provider/code", json!("fakebank_closed_xf")), refused(406, "ProviderDisabled")),
        (other("/provider/code", json!("fake_oauth_keyless_client_xf")), refused(404, "ProviderKeyNotFound")),
        (other("/consent/scopes", json!([])), refused(406, "AispConsentScopesNotAllowed")),
        (other("/consent/scopes", json!(["balance"])), refused(400, "WrongRequestFormat")),
        (other("/consent/period_days", json!(1_000)), refused(400, "InvalidAispConsentPeriod")),
        (other("/attempt", json!({ "fetch_scopes": ["holder_info"] })), refused(406, "AispConsentScopesNotAllowed")),
        (other("/attempt", json!({ "fetch_from_date": "2025-01-01" })), refused(400, "InvalidFromDate")),
        (other("/attempt/return_to", json!("shop")), refused(400, "ReturnURLInvalid")),
    ] {
        assert_eq!(class(&bench.send("POST", "/connections/connect", &body).await), expected, "{body}");
    }
    let duplicate = bench.send("POST", "/customers", &json!({ "identifier": "new" })).await;
    assert_eq!(class(&duplicate), refused(409, "DuplicatedCustomer"));
}

#[tokio::test]
async fn sessions_expire() {
    let bench = start().await;
    let customer = customer(&bench, "new").await;
    let session = bench.post("/connections/connect", &request(&customer, "fakebank_simple_xf")).await;
    bench.sandbox.advance(10 * MINUTE);
    let url = session["connect_url"].as_str().unwrap();
    assert_eq!(support::form(url, &[], &[("decision", "consent")]).await.status, 410);
    assert_eq!(support::get(&format!("{}/connect/none", bench.root), &[]).await.status, 404);
}

#[tokio::test]
async fn refreshes_need_their_pause_and_have_a_daily_limit() {
    let bench = start().await;
    let (customer, id) = bench.first().await;
    let target = format!("/connections/{id}/background_refresh");
    let body = json!({ "attempt": { "fetch_scopes": ["accounts", "transactions"] } });
    for _ in 0..4 {
        bench.post(&target, &body).await;
        let connection = bench.get(&format!("/connections/{id}")).await;
        assert!(connection["next_refresh_possible_at"].as_str().unwrap() > "2026-03-02T09:14");
        assert_eq!(class(&bench.send("POST", &target, &body).await), refused(406, "ConnectionCannotBeRefreshed"));
        bench.sandbox.advance(15 * MINUTE);
    }
    assert_eq!(class(&bench.send("POST", &target, &body).await), refused(400, "ActionTemporarilyNotAllowed"));
    bench.sandbox.advance(DAY);
    bench.post(&target, &body).await;

    let asking = bench.with(&customer, "fakebank_interactive_xf").await;
    let asking = asking["id"].as_str().unwrap();
    let reply = bench.send("POST", &format!("/connections/{asking}/background_refresh"), &body).await;
    assert_eq!(class(&reply), refused(406, "BackgroundRefreshNotAllowed"));
    let accounts = bench.get(&format!("/accounts?connection_id={asking}")).await;
    let all: Vec<&Value> = accounts.as_array().unwrap().iter().map(|account| &account["id"]).collect();
    let body = json!({ "attempt": { "fetch_scopes": ["accounts"], "exclude_accounts": all } });
    let reply = bench.send("POST", &format!("/connections/{asking}/refresh"), &body).await;
    assert_eq!(class(&reply), refused(406, "AllAccountsExcluded"));
}

#[tokio::test]
async fn a_refresh_shows_what_is_new() {
    let bench = start().await;
    let (_, id) = bench.first().await;
    bench.send("PUT", &format!("/connections/{id}"), &json!({ "automatic_refresh": false })).await.expect(200);
    let list = format!("/transactions?connection_id={id}");
    let before = bench.all(&list, 1_000).await.len();
    bench.sandbox.advance(10 * DAY);
    assert_eq!(bench.all(&list, 1_000).await.len(), before, "nothing is known that was not read");
    let body = json!({ "show_widget": false, "attempt": { "fetch_scopes": ["accounts", "transactions"] } });
    let refreshed = bench.post(&format!("/connections/{id}/refresh"), &body).await;
    assert_eq!(refreshed["next_refresh_possible_at"], "2026-03-12T09:15:00Z");
    assert!(bench.all(&list, 1_000).await.len() > before);
}

#[tokio::test]
async fn consents_end_by_time_and_by_revocation() {
    let bench = start().await;
    let (customer, id) = bench.first().await;
    let body = json!({ "attempt": { "fetch_scopes": ["accounts"] } });
    let target = format!("/connections/{id}/background_refresh");
    let consent = bench.get(&format!("/connections/{id}")).await["last_consent_id"].clone();
    let consent = consent.as_str().unwrap();
    let revoke = format!("/consents/{consent}/revoke?customer_id={customer}");
    let put = async |target: &str| {
        let access = bench.sandbox.saltedge();
        let headers = [("app-id", access.app_id), ("secret", access.secret)];
        support::send("PUT", &format!("{}{target}", bench.url), &headers, b"").await
    };
    let revoked = put(&revoke).await.expect(200);
    assert_eq!((&revoked["data"]["status"], &revoked["data"]["revoke_reason"]), (&json!("revoked"), &json!("client")));
    assert_eq!(class(&put(&revoke).await), refused(400, "AispConsentAlreadyRevoked"));
    assert_eq!(bench.get(&format!("/connections/{id}")).await["status"], "inactive");
    assert_eq!(class(&bench.send("POST", &target, &body).await), refused(406, "AispConsentRevoked"));

    let other = bench.with(&customer, "fakebank_simple_xf").await;
    let other = other["id"].as_str().unwrap();
    bench.sandbox.advance(90 * DAY);
    let consents = bench.get(&format!("/consents?connection_id={other}")).await;
    assert_eq!((&consents[0]["status"], &consents[0]["revoke_reason"]), (&json!("expired"), &json!("expired")));
    let reply = bench.send("POST", &format!("/connections/{other}/background_refresh"), &body).await;
    assert_eq!(class(&reply), refused(406, "AispConsentExpired"));
    assert_eq!(bench.get(&format!("/connections/{other}")).await["status"], "inactive");
    let reconnect = json!({ "consent": { "scopes": ["accounts"] }, "attempt": { "fetch_scopes": ["accounts"] } });
    let session = bench.post(&format!("/connections/{other}/reconnect"), &reconnect).await;
    let url = session["connect_url"].as_str().unwrap();
    assert_eq!(support::form(url, &[], &[("decision", "consent")]).await.status, 200);
    assert_eq!(bench.get(&format!("/connections/{other}")).await["status"], "active");
}

#[tokio::test]
async fn what_is_removed_is_gone_and_told() {
    let receiver = "http://127.0.0.1:9/hooks".parse().unwrap();
    let bench = start_with(Sandbox::builder().callbacks_to(Provider::SaltEdge, receiver)).await;
    let (customer, id) = bench.first().await;
    let transaction = bench.get(&format!("/transactions?connection_id={id}&per_page=1")).await[0].clone();
    assert_eq!(bench.delete(&format!("/connections/{id}")).await.expect(200)["data"]["removed"], true);
    assert_eq!(class(&bench.delete(&format!("/connections/{id}")).await), refused(404, "ConnectionNotFound"));
    assert_eq!(class(&bench.ask(&format!("/accounts?connection_id={id}")).await), refused(404, "ConnectionNotFound"));
    let lesson =
        json!({ "customer_id": customer, "transactions": [{ "id": transaction["id"], "category_code": "pets" }] });
    assert_eq!(class(&bench.send("POST", "/categories/learn", &lesson).await), refused(404, "RecordNotFound"));
    bench.delete(&format!("/customers/{customer}")).await.expect(200);
    assert_eq!(class(&bench.ask(&format!("/customers/{customer}")).await), refused(404, "CustomerNotFound"));
    bench.sandbox.settled().await;
    let told = bench.sandbox.callbacks();
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|delivery| delivery.name == "destroy" && delivery.url.ends_with("/hooks/destroy")));
    bench.sandbox.advance(6 * DAY);
    bench.sandbox.settled().await;
    let told = bench.sandbox.callbacks();
    assert!(told.iter().any(|delivery| delivery.name == "provider_changes" && delivery.body["meta"]["version"] == 5));
    assert_eq!(told.iter().filter(|delivery| delivery.name == "success").count(), 4, "two people, two banks each");
}

#[tokio::test]
async fn what_the_bank_sent_twice_is_treated_as_asked() {
    let bench = start().await;
    let mut twice = Vec::new();
    for strategy in ["mark_as_pending", "mark_as_duplicate", "delete_duplicated"] {
        // Another connection of the same customer has the same movements.
        let (customer, _) = bench.first().await;
        let mut body = request(&customer, "fake_oauth_client_xf");
        body["consent"]["from_date"] = json!("2025-03-02");
        body["attempt"]["unduplication_strategy"] = json!(strategy);
        let id = connection_of(&connect(&bench, &body, "consent").await);
        let mut found = Vec::new();
        for filter in ["", "&pending=true", "&duplicated=true"] {
            let list = bench.all(&format!("/transactions?connection_id={id}{filter}"), 1_000).await;
            found.push(list.iter().filter(|one| one["extra"]["possible_duplicate"] == true).count());
        }
        for account in bench.all(&format!("/accounts?connection_id={id}"), 100).await {
            let number = account["id"].as_str().unwrap();
            let target = format!("/transactions?connection_id={id}&account_id={number}&pending=true");
            assert_eq!(account["extra"]["transactions_count"]["pending"], bench.all(&target, 7).await.len());
        }
        twice.push(found);
    }
    let count = twice[1][2];
    assert!(count > 3);
    assert_eq!(twice, [[0, count, 0], [0, 0, count], [0, 0, 0]]);
}
