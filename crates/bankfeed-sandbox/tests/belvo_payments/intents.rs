//! Payment intents.

use serde_json::{Value, json};

use crate::bank::{Bank, DAY, KEYS, NOBODY, SECOND, decide, id, page_of, step};
use crate::support;

#[tokio::test]
async fn a_payment_is_made_once_the_user_has_agreed() {
    let bank = Bank::open().await;
    let intent = bank.intent(&[]).await;
    assert_eq!((&intent["status"], step(&intent)), (&json!("REQUIRES_ACTION"), "open_finance_display_needs_redirect"));
    assert_eq!((&intent["amount"], &intent["statement_description"]), (&json!("1234.10"), &json!("Shoes")));
    let page = support::get(&page_of(&intent), &[]).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(String::from_utf8_lossy(&page.body).contains("R$ 1234.10"));
    let back = decide(&page_of(&intent), "approve").await;
    assert_eq!((back.status, back.header("location")), (303, "https://shop.example/checkout"));
    assert_eq!(decide(&page_of(&intent), "refuse").await.status, 409, "it has been decided");
    let id = id(&intent);
    let intent = bank.shown_intent(&id).await;
    assert_eq!((&intent["status"], &intent["charges"][0]["status"]), (&json!("PROCESSING"), &json!("PENDING")));
    let before = bank.list("/transactions/").await.len();
    bank.sandbox.advance(10 * SECOND);
    let intent = bank.shown_intent(&id).await;
    let charge = &intent["charges"][0];
    assert_eq!((&intent["status"], &charge["status"]), (&json!("SUCCEEDED"), &json!("SUCCEEDED")));
    assert_eq!(step(&intent), "open_finance_display_payment_succeeded");
    assert!(charge["payer_information"]["bank_account"]["number"].is_string());
    let moved = bank.list(&format!("/transactions/?payment_intent={id}")).await;
    assert_eq!(moved.len(), 1);
    assert_eq!(bank.list("/transactions/").await.len(), before + 1);
    assert_eq!((&moved[0]["amount"], &moved[0]["charge"]), (&json!("1234.10"), &charge["id"]));
    assert_eq!(charge["transactions"], json!(moved));
    let by_amount = bank.list("/transactions/?amount__range=1234.1,1234.10&currency=BRL").await;
    assert_eq!(by_amount, moved);
}

#[tokio::test]
async fn a_user_whom_nobody_plays_agrees_after_a_while() {
    let bank = Bank::open().await;
    let intent = bank.intent(&[]).await;
    bank.sandbox.advance(299 * SECOND);
    assert_eq!(bank.shown_intent(&id(&intent)).await["status"], "REQUIRES_ACTION");
    bank.sandbox.advance(60 * SECOND);
    let shown = bank.shown_intent(&id(&intent)).await;
    assert_eq!(shown["status"], "SUCCEEDED");
    assert_eq!(shown["updated_at"], "2026-03-02T09:05:10.000000Z", "each thing happens at its own moment");
}

#[tokio::test]
async fn payments_fail_in_several_ways() {
    let bank = Bank::open().await;
    for (decision, code) in
        [("refuse", "consent_rejected"), ("leave", "consent_expired"), ("approve-empty", "insufficient_funds")]
    {
        let intent = bank.intent(&[]).await;
        assert_eq!(decide(&page_of(&intent), decision).await.status, 303);
        bank.sandbox.advance(15 * 60 * SECOND);
        let intent = bank.shown_intent(&id(&intent)).await;
        assert_eq!((&intent["status"], &intent["failure_code"]), (&json!("FAILED"), &json!(code)));
        assert_eq!(step(&intent), "open_finance_display_payment_failed");
        assert_eq!(intent["last_error"]["error_code"], "payment_error");
        assert!(bank.list(&format!("/transactions/?payment_intent={}", id(&intent))).await.is_empty());
    }
}

#[tokio::test]
async fn nobody_has_more_than_half_a_million() {
    let bank = Bank::open().await;
    for (amount, status) in [("500000.00", "SUCCEEDED"), ("500000.01", "FAILED")] {
        let mut body = bank.intent_body(&[]).await;
        body["amount"] = json!(amount);
        let intent = bank.post("/payment-intents/", &body).await.expect(201);
        decide(&page_of(&intent), "approve").await;
        bank.sandbox.advance(10 * SECOND);
        assert_eq!(bank.shown_intent(&id(&intent)).await["status"], status, "{amount}");
    }
}

#[tokio::test]
async fn a_payment_to_a_pix_key_shows_its_holder_before_it_is_confirmed() {
    let bank = Bank::open().await;
    let key = [("pix_key", json!("ana@shop.example")), ("beneficiary_bank_account", Value::Null)];
    let intent = bank.intent(&[key[0].clone(), key[1].clone(), ("confirm", json!(false))]).await;
    assert_eq!(
        (&intent["status"], step(&intent)),
        (&json!("REQUIRES_PAYMENT_METHOD"), "open_finance_display_confirmation_required")
    );
    let information = &intent["payment_method_information"]["open_finance"];
    assert!(information["pix_key_details"]["name"].is_string() && information.get("redirect_url").is_none());
    assert_eq!(intent["payment_method_details"]["open_finance"]["pix_key"], "a***@shop.example");
    let path = format!("/payment-intents/{}/", id(&intent));
    let complete = |body: Value| {
        let url = bank.url(&path);
        async move { support::json("PATCH", &url, &[KEYS], &body).await }
    };
    complete(json!({})).await.expect(400);
    let intent = complete(json!({ "confirm": true })).await.expect(200);
    assert_eq!(intent["status"], "REQUIRES_ACTION");
    complete(json!({ "confirm": true })).await.expect(400);
    assert_eq!(decide(&page_of(&intent), "approve").await.status, 303);
    bank.sandbox.advance(10 * SECOND);
    let intent = bank.shown_intent(&id(&intent)).await;
    assert_eq!((&intent["status"], &intent["charges"][0]["transactions"]), (&json!("SUCCEEDED"), &json!([])));
    let body = bank.intent_body(&key).await;
    let refused = bank.post("/payment-intents/", &body).await;
    assert!(refused.refused().starts_with("body /confirm: comes later"), "{}", refused.refused());
}

#[tokio::test]
async fn what_is_missing_in_a_payment_may_come_later() {
    let bank = Bank::open().await;
    let intent = bank.intent(&[("payer_institution", Value::Null), ("confirm", json!(false))]).await;
    assert_eq!(step(&intent), "open_finance_display_payment_method_information");
    let offered = &intent["next_step"]["open_finance_display_payment_method_information"]["institutions"];
    let path = bank.url(&format!("/payment-intents/{}/", id(&intent)));
    let early = support::json("PATCH", &path, &[KEYS], &json!({ "confirm": true })).await;
    assert_eq!((early.status, early.json()[0]["code"].clone()), (400, json!("required")));
    let details = json!({ "open_finance": { "payer_institution": offered[0]["id"] } });
    let body = json!({ "payment_method_details": details });
    let ready = support::json("PATCH", &path, &[KEYS], &body).await.expect(200);
    assert_eq!(
        (step(&ready), &ready["next_step"]["ready_to_confirm"]),
        ("open_finance_display_confirmation_required", &json!(true))
    );
    let asked = support::json("PATCH", &path, &[KEYS], &json!({ "confirm": true })).await.expect(200);
    assert_eq!(asked["status"], "REQUIRES_ACTION");
}

#[tokio::test]
async fn payments_that_cannot_be_made_are_refused() {
    let bank = Bank::open().await;
    let details = "body /payment_method_details/open_finance";
    for (changes, place) in [
        (
            vec![("payer_institution", json!(NOBODY))],
            format!("{details}/payer_institution: names no payment institution"),
        ),
        (
            vec![("beneficiary_bank_account", json!(NOBODY))],
            format!("{details}/beneficiary_bank_account: names no bank"),
        ),
        (vec![("callback_url", json!("/back"))], format!("{details}/callback_url: is no absolute")),
        (vec![("payer_institution", Value::Null)], "body /confirm: goes with".to_owned()),
        (
            vec![("schedule", json!({ "single": { "date": "2026-03-02" } }))],
            format!("{details}/schedule/single: begins"),
        ),
    ] {
        let body = bank.intent_body(&changes).await;
        let refused = bank.post("/payment-intents/", &body).await;
        assert!(
            refused.status == 400 && refused.refused().starts_with(&place),
            "{} {}",
            refused.status,
            refused.refused()
        );
    }
    let mut company = bank.intent_body(&[]).await;
    company["customer"] = json!(bank.first("/customers/?customer__type=BUSINESS").await);
    let refused = bank.post("/payment-intents/", &company).await;
    assert!(refused.refused().contains("/cpf: is required"), "{}", refused.refused());
    for amount in ["0", "1.234", "-5"] {
        let mut body = bank.intent_body(&[]).await;
        body["amount"] = json!(amount);
        assert!(bank.post("/payment-intents/", &body).await.refused().starts_with("body /amount"), "{amount}");
    }
}

#[tokio::test]
async fn customer_and_account_may_be_registered_with_the_payment() {
    let bank = Bank::open().await;
    let institution = bank.first("/institutions/").await;
    let account = json!({
        "institution": institution,
        "holder": { "type": "BUSINESS", "information": {
            "name": "Club", "identifier_type": "CNPJ", "identifier": "12345678000195",
        } },
        "details": { "account_type": "CHECKINGS", "agency": "0444", "number": "457220" },
    });
    let mut body = bank.intent_body(&[("beneficiary_bank_account", account)]).await;
    body["customer"] = json!({ "identifier": "76109277673", "name": "Ana Souza" });
    let intent = bank.post("/payment-intents/", &body).await.expect(201);
    let customer = bank.get(&format!("/customers/{}/", intent["customer"].as_str().unwrap())).await.expect(200);
    assert_eq!(customer["name"], "Ana Souza");
    let account = intent["payment_method_details"]["open_finance"]["beneficiary_bank_account"].as_str().unwrap();
    assert_eq!(bank.get(&format!("/bank-accounts/{account}/")).await.expect(200)["details"]["number"], "457220");
}

#[tokio::test]
async fn an_idempotency_key_stands_for_one_payment() {
    let bank = Bank::open().await;
    let key = ("belvo-idempotency-key", "82737f32-7730-4832-a985-dd86df70301c");
    let mut body = bank.intent_body(&[]).await;
    let before = bank.list("/payment-intents/").await.len();
    let url = bank.url("/payment-intents/");
    let first = support::json("POST", &url, &[KEYS, key], &body).await;
    assert_eq!((first.status, first.header("belvo-idempotency-status")), (201, "AVAILABLE"));
    let again = support::json("POST", &url, &[KEYS, key], &body).await;
    assert_eq!((again.status, again.header("belvo-idempotency-status")), (201, "REPLAYED"));
    assert_eq!((first.json(), first.header("belvo-idempotency-key")), (again.json(), key.1));
    assert_eq!(bank.list("/payment-intents/").await.len(), before + 1);
    body["description"] = json!("Boots");
    let other = support::json("POST", &url, &[KEYS, key], &body).await;
    assert_eq!((other.status, other.json()[0]["code"].clone()), (422, json!("idempotency_payload_mismatch")));
    support::json("POST", &url, &[KEYS, ("belvo-idempotency-key", "82737f32-7730-4832-a985-dd86df70301d")], &body)
        .await
        .expect(201);
}

#[tokio::test]
async fn planned_payments_are_made_on_their_days_and_can_be_taken_back_before() {
    let bank = Bank::open().await;
    let plan = json!({ "daily": { "start_date": "2026-03-04", "occurrences": 3 } });
    let intent = bank.intent(&[("schedule", plan)]).await;
    decide(&page_of(&intent), "approve").await;
    let id = id(&intent);
    let charges = bank.list(&format!("/payment-intents/{id}/charges/?status=SCHEDULED")).await;
    let days: Vec<&Value> =
        charges.iter().map(|charge| &charge["payment_method_information"]["open_finance"]["settlement_date"]).collect();
    assert_eq!(days, ["2026-03-04", "2026-03-05", "2026-03-06"]);
    bank.act(&format!("/payment-intents/{id}/cancel/")).await.expect(400);
    let path =
        |index: usize| format!("/payment-intents/{id}/charges/{}/cancel/", charges[index]["id"].as_str().unwrap());
    let cancel = |index: usize| {
        let url = bank.url(&path(index));
        async move { support::send("POST", &url, &[KEYS], b"").await }
    };
    cancel(1).await.expect(204);
    cancel(1).await.expect(400);
    // 23:59:30 of 3 March in Brasília.
    bank.sandbox.advance(DAY + (17 * 3_600 + 3_570) * SECOND);
    let refused = cancel(0).await;
    assert!(refused.status == 400 && refused.refused().contains("until 23:59"), "{}", refused.refused());
    bank.sandbox.advance(DAY);
    let states = |intent: &Value| -> Vec<Value> {
        intent["charges"].as_array().unwrap().iter().map(|charge| charge["status"].clone()).collect()
    };
    let shown = bank.shown_intent(&id).await;
    assert_eq!(
        (states(&shown), &shown["status"]),
        (vec!["SUCCEEDED".into(), "CANCELED".into(), "SCHEDULED".into()], &json!("PROCESSING"))
    );
    bank.sandbox.advance(2 * DAY);
    let shown = bank.shown_intent(&id).await;
    assert_eq!(
        (states(&shown), &shown["status"]),
        (vec!["SUCCEEDED".into(), "CANCELED".into(), "SUCCEEDED".into()], &json!("SUCCEEDED"))
    );
    assert_eq!(bank.list(&format!("/charges/?payment_intent={id}&status__in=SUCCEEDED,CANCELED")).await.len(), 3);
}

#[tokio::test]
async fn a_payment_on_one_day_is_canceled_as_a_whole() {
    let bank = Bank::open().await;
    let intent = bank.intent(&[("schedule", json!({ "single": { "date": "2026-03-20" } }))]).await;
    let cancel = bank.url(&format!("/payment-intents/{}/cancel/", id(&intent)));
    support::send("POST", &cancel, &[KEYS], b"").await.expect(400);
    decide(&page_of(&intent), "approve").await;
    support::send("POST", &cancel, &[KEYS], b"").await.expect(204);
    let intent = bank.shown_intent(&id(&intent)).await;
    assert_eq!((&intent["status"], &intent["failure_code"]), (&json!("FAILED"), &json!("canceled")));
    assert_eq!(intent["charges"][0]["status"], "CANCELED");
    bank.sandbox.advance(30 * DAY);
    assert_eq!(bank.shown_intent(&id(&intent)).await["charges"][0]["status"], "CANCELED");
}

#[tokio::test]
async fn pages_of_nobody_are_not_there() {
    let bank = Bank::open().await;
    let url = format!("{}/pay/0000", bank.sandbox.belvo().url);
    assert_eq!(support::get(&url, &[]).await.status, 404);
    let intent = bank.intent(&[]).await;
    assert_eq!(decide(&page_of(&intent), "approve-partly").await.status, 400, "not offered for intents");
    assert_eq!(bank.shown_intent(&id(&intent)).await["status"], "REQUIRES_ACTION");
}
