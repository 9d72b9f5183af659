//! Payments at Belvo: each kind of record from its beginning to its end.
#![allow(clippy::unwrap_used, clippy::panic)]

mod authorizations;
mod bank;
mod intents;
#[path = "../support/mod.rs"]
mod support;

use bank::{Bank, NOBODY, SECOND, id};
use bankfeed_sandbox::{Provider, Url};
use bankfeed_testing::{Server, reply};
use serde_json::{Value, json};
use support::Reply;

#[tokio::test]
async fn lists_are_not_empty_at_the_start_and_show_what_they_list() {
    let bank = Bank::open().await;
    for path in ["/customers/", "/bank-accounts/", "/payment-intents/", "/charges/", "/transactions/", "/enrollments/"]
    {
        for record in bank.list(path).await {
            let shown = bank.get(&format!("{path}{}/", id(&record))).await.expect(200);
            assert_eq!(shown, record, "{path}");
        }
        assert!(!bank.list(path).await.is_empty(), "{path}");
        bank.get(&format!("{path}{NOBODY}/")).await.expect(404);
    }
    for path in ["/customers/", "/bank-accounts/", "/payment-authorizations/"] {
        let page = bank.get_v2(path).await.expect(200);
        for record in page["results"].as_array().unwrap() {
            assert_eq!(bank.get_v2(&format!("{path}{}/", id(record))).await.expect(200), *record, "{path}");
        }
        assert!(page["count"].as_u64().unwrap() > 0, "{path}");
    }
    let statuses: Vec<Value> =
        bank.list("/payment-intents/").await.iter().map(|intent| intent["status"].clone()).collect();
    for status in ["REQUIRES_PAYMENT_METHOD", "PROCESSING", "SUCCEEDED", "FAILED"] {
        assert!(statuses.contains(&json!(status)), "{status} in {statuses:?}");
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let (one, two) = (Bank::open().await, Bank::open().await);
    for path in ["/payment-intents/", "/transactions/"] {
        let text = |reply: Reply, bank: &Bank| {
            let own = bank.sandbox.address().to_string();
            String::from_utf8(reply.body.to_vec()).unwrap().replace(&own, "")
        };
        assert_eq!(text(one.get(path).await, &one), text(two.get(path).await, &two), "{path}");
    }
    let (first, second) = (one.intent(&[]).await, two.intent(&[]).await);
    assert_eq!(first["id"], second["id"]);
}

#[tokio::test]
async fn customers_have_the_shape_of_their_version() {
    let bank = Bank::open().await;
    let first = json!({ "identifier": "76109277673", "name": "Ana Souza", "email": "ana@example.com" });
    let first = bank.post("/customers/", &first).await.expect(201);
    assert_eq!((&first["customer_type"], &first["identifier_type"]), (&json!("INDIVIDUAL"), &json!("CPF")));
    assert_eq!(bank.list("/customers/?search=ana%20souza").await, std::slice::from_ref(&first));
    let second =
        bank.post_v2("/customers/", &json!({ "identifier": "12345678000195", "name": "Acme" })).await.expect(201);
    assert!(second.get("customer_type").is_none() && second["updated_at"].is_string());
    bank.get(&format!("/customers/{}/", id(&second))).await.expect(404);
    bank.get_v2(&format!("/customers/{}/", id(&first))).await.expect(404);
    for (body, place) in [
        (json!({ "identifier": "123", "name": "Ana" }), "body /identifier: is neither"),
        (json!({ "identifier": "76109277673" }), "body /name: is required"),
        (json!({ "identifier": "76109277673", "name": "Ana", "email": "a@b.example" }), "body /email: has no place"),
        (json!({ "identifier": "76109277673", "name": "Ana", "external_id": "u-1" }), "body /external_id: is no UUID"),
    ] {
        let refused = bank.post_v2("/customers/", &body).await;
        assert!(refused.status == 400 && refused.refused().starts_with(place), "{}", refused.refused());
    }
}

#[tokio::test]
async fn bank_accounts_have_the_shape_of_their_version() {
    let bank = Bank::open().await;
    let institution = bank.first("/institutions/").await;
    let v2 = json!({
        "holder": { "name": "Acme", "identifier": "12345678000195" },
        "details": { "account_type": "CHECKINGS", "agency": "0444", "institution": institution, "number": "457220" },
    });
    let second = bank.post_v2("/bank-accounts/", &v2).await.expect(201);
    assert_eq!((&second["active"], &second["holder"]["name"]), (&json!(true), &json!("Acme")));
    assert!(bank.post("/bank-accounts/", &v2).await.refused().starts_with("body /institution: is required"));
    let v1 = |kind: &str| {
        let information = json!({
            "first_name": "Ana", "last_name": "Souza", "identifier_type": "CPF", "identifier": "76109277673",
        });
        json!({
            "institution": institution,
            "holder": { "type": kind, "information": information },
            "details": { "account_type": "SALARY", "agency": "0444", "number": "457221" },
        })
    };
    let customer = bank.post("/customers/", &json!({ "identifier": "76109277673" })).await.expect(201);
    let first = bank.post("/bank-accounts/", &v1("INDIVIDUAL")).await.expect(201);
    assert_eq!((&first["customer"], &first["institution"]), (&customer["id"], &json!(institution)));
    assert_eq!(bank.list("/bank-accounts/?number=457221").await, std::slice::from_ref(&first));
    let of_customer = format!("/bank-accounts/?customer={}", id(&customer));
    assert_eq!(bank.list(&of_customer).await.len(), 1);
    bank.post("/bank-accounts/", &v1("BUSINESS")).await.expect(400);
    let mut elsewhere = v2.clone();
    elsewhere["details"]["institution"] = json!(NOBODY);
    let refused = bank.post_v2("/bank-accounts/", &elsewhere).await;
    assert_eq!((refused.status, refused.json()[0]["code"].clone()), (400, json!("does_not_exist")));
}

#[tokio::test]
async fn lists_are_filtered_and_ordered() {
    let bank = Bank::open().await;
    let intent = bank.intent(&[]).await;
    let only = |found: Vec<Value>| found.iter().map(id).collect::<Vec<_>>() == [id(&intent)];
    for query in [
        "external_id=4b8a81a0-e33c-45a6-8567-479efb105f73",
        "created_at=2026-03-02",
        "created_at__range=2026-03-02,2026-03-03&amount__gte=1234.1",
        "status=REQUIRES_ACTION&payment_method_type=open_finance&provider=belvo",
        "search=shoe&updated_at__gt=2026-03-01",
        &format!("id__in={},{NOBODY}", id(&intent)),
    ] {
        assert!(only(bank.list(&format!("/payment-intents/?{query}")).await), "{query}");
    }
    assert!(bank.list("/payment-intents/?created_at__lt=2020-01-01").await.is_empty());
    bank.get("/payment-intents/?search=sh").await.expect(400);
    let times = |list: Vec<Value>| list.iter().map(|one| one["updated_at"].as_str().unwrap().to_owned()).collect();
    let up: Vec<String> = times(bank.list("/payment-intents/?ordering=updated_at").await);
    let mut down: Vec<String> = times(bank.list("/payment-intents/?ordering=-updated_at").await);
    assert!(up.is_sorted() && up.first() < up.last());
    down.reverse();
    assert_eq!(up, down);
    assert_eq!(bank.list("/institutions/?name=mock&institution_type=BUSINESS").await.len(), 1);
}

#[tokio::test]
async fn changes_are_told_to_the_address_in_the_dashboard() {
    let bank = Bank::open().await;
    let server = Server::answering(|_| reply(200, &[], "")).await;
    bank.sandbox.send_callbacks_to(Provider::Belvo, Url::parse(&server.url).unwrap());
    let intent = bank.intent(&[]).await;
    bank.sandbox.advance(310 * SECOND);
    bank.sandbox.settled().await;
    let heard = server.requests();
    assert!(heard.iter().all(|one| one.header("authorization") == Some(bank.sandbox.belvo().webhook_authorization)));
    let bodies: Vec<Value> = heard.iter().map(|one| serde_json::from_str(one.text()).unwrap()).collect();
    let told: Vec<String> = bodies
        .iter()
        .map(|body| {
            let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            format!("{} {} {}", text(&body["webhook_type"]), text(&body["webhook_code"]), text(&body["data"]["status"]))
        })
        .collect();
    assert_eq!(
        told,
        [
            "PAYMENT_INTENTS OBJECT_CREATED REQUIRES_PAYMENT_METHOD",
            "PAYMENT_INTENTS STATUS_UPDATE REQUIRES_ACTION",
            "PAYMENT_INTENTS STATUS_UPDATE PROCESSING",
            "CHARGES OBJECT_CREATED PENDING",
            "CHARGES STATUS_UPDATE SUCCEEDED",
            "TRANSACTIONS OBJECT_CREATED -",
            "PAYMENT_INTENTS STATUS_UPDATE SUCCEEDED",
        ]
    );
    let last = &bodies[6];
    assert_eq!((&last["object_id"], &last["external_id"]), (&intent["id"], &intent["external_id"]));
    assert_eq!(last["data"]["metadata"], json!({ "order": "A-17" }));
    assert!(last["data"]["end_to_end_id"].as_str().unwrap().starts_with('E') && bodies[4]["external_id"].is_null());
    let ids: std::collections::HashSet<String> = bodies.iter().map(|body| body["webhook_id"].to_string()).collect();
    assert_eq!(ids.len(), 7);
}
