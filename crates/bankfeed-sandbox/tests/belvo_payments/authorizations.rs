//! Payment authorizations, devices that are enrolled, and tokens of the widget.

use bankfeed_sandbox::Url;
use serde_json::{Value, json};

use crate::bank::{Bank, DAY, NOBODY, SECOND, decide, id};

#[tokio::test]
async fn an_authorized_payment_is_made_and_consumed() {
    let bank = Bank::open().await;
    let authorization = bank.authorization(None).await;
    assert_eq!((&authorization["status"], &authorization["charges"]), (&json!("AWAITING_AUTHORIZATION"), &json!([])));
    let terms = &authorization["payment_method_configuration"];
    assert_eq!((&terms["amount"], terms.get("dates")), (&json!("10000.05"), None));
    let page = terms["authorization_url"].as_str().unwrap();
    decide(page, "approve-partly").await;
    let id = id(&authorization);
    assert_eq!(bank.shown_authorization(&id).await["status"], "PARTIALLY_ACCEPTED");
    assert_eq!(decide(page, "approve").await.header("location"), "https://shop.example/return");
    let shown = bank.shown_authorization(&id).await;
    assert_eq!(
        (&shown["status"], &shown["authorized_at"]),
        (&json!("AUTHORIZED"), &json!("2026-03-02T09:00:00.000000Z"))
    );
    let charge = shown["charges"][0].as_str().unwrap();
    bank.sandbox.advance(10 * SECOND);
    assert_eq!(bank.shown_authorization(&id).await["status"], "CONSUMED");
    let charge_path = format!("/charges/{charge}/");
    bank.get(&charge_path).await.expect(404);
    let shown = bank.get_v2(&charge_path).await.expect(200);
    assert_eq!((&shown["status"], &shown["amount"]), (&json!("SETTLED"), &json!("10000.05")));
    assert_eq!(bank.list(&format!("/transactions/?charge={charge}")).await.len(), 1);
    bank.act(&format!("/payment-authorizations/{id}/cancel/")).await.expect(400);
}

#[tokio::test]
async fn a_failed_charge_is_made_again() {
    let bank = Bank::open().await;
    let authorization = bank.authorization(None).await;
    let page = authorization["payment_method_configuration"]["authorization_url"].as_str().unwrap();
    decide(page, "approve-empty").await;
    let id = id(&authorization);
    let charges = format!("/payment-authorizations/{id}/charges/");
    let pending = bank.get_v2(&format!("{charges}?status=PENDING")).await.expect(200);
    let failed = pending["results"][0]["id"].as_str().unwrap();
    let retry = format!("{charges}{failed}/retry/");
    bank.post_v2(&retry, &json!({ "date": "2026-03-05" })).await.expect(400);
    bank.sandbox.advance(10 * SECOND);
    bank.post_v2(&retry, &json!({ "date": "2026-03-02" })).await.expect(400);
    let again = bank.post_v2(&retry, &json!({ "date": "2026-03-05" })).await.expect(201);
    assert_eq!((&again["status"], &again["previous"]), (&json!("SCHEDULED"), &json!(failed)));
    bank.post_v2(&retry, &json!({})).await.expect(400);
    let first = bank.get_v2(&format!("{charges}{failed}/")).await.expect(200);
    assert_eq!((&first["next"], &first["status_reason_code"]), (&again["id"], &json!("insufficient_funds")));
    bank.sandbox.advance(4 * DAY);
    assert_eq!(bank.shown_authorization(&id).await["status"], "CONSUMED");
    let settled = bank.get_v2(&format!("{charges}?status__in=SETTLED")).await.expect(200);
    assert_eq!(settled["results"][0]["id"], again["id"]);
}

#[tokio::test]
async fn a_revoked_authorization_still_pays_what_is_too_late_to_stop() {
    let bank = Bank::open().await;
    let authorization = bank.authorization(Some(json!(["2026-03-03", "2026-03-04", "2026-03-10"]))).await;
    let page = authorization["payment_method_configuration"]["authorization_url"].as_str().unwrap();
    decide(page, "approve").await;
    let id = id(&authorization);
    let ids = bank.shown_authorization(&id).await["charges"].clone();
    let charge = |index: usize| format!("/payment-authorizations/{id}/charges/{}/", ids[index].as_str().unwrap());
    bank.act(&format!("{}cancel/", charge(1))).await.expect(204);
    // 22:30 in Brasília, on the eve of the first charge.
    bank.sandbox.advance((16 * 60 + 30) * 60 * SECOND);
    let refused = bank.act(&format!("{}cancel/", charge(0))).await;
    assert!(refused.status == 400 && refused.refused().contains("until 22:00"), "{}", refused.refused());
    bank.act(&format!("/payment-authorizations/{id}/cancel/")).await.expect(204);
    bank.sandbox.advance(30 * DAY);
    let mut states = Vec::new();
    for index in 0..3 {
        states.push(bank.get_v2(&charge(index)).await.expect(200)["status"].clone());
    }
    assert_eq!(states, ["SETTLED", "CANCELED", "CANCELED"]);
    assert_eq!(bank.shown_authorization(&id).await["status"], "REVOKED");
}

#[tokio::test]
async fn authorizations_exist_in_version_2_only() {
    let bank = Bank::open().await;
    assert!(bank.get("/payment-authorizations/").await.refused().contains("X-Belvo-API-Resource-Version: is required"));
    let mut body = json!({
        "payment_method": "PIX_OF_IMMEDIATE",
        "description": "Order 17",
        "return_url": "https://shop.example/return",
        "payer": { "customer": bank.first("/customers/").await },
        "beneficiary": { "type": "BANK_ACCOUNT", "target": bank.first("/bank-accounts/").await },
        "payment_method_configuration": { "amount": 5, "statement_description": "Shoe shop" },
    });
    let refused = bank.post_v2("/payment-authorizations/", &body).await;
    assert_eq!((refused.status, refused.json()[0]["code"].clone()), (400, json!("does_not_exist")));
    body["payment_method_configuration"]["dates"] = json!(["2026-04-01"]);
    let refused = bank.post_v2("/payment-authorizations/", &body).await;
    assert!(refused.refused().starts_with("body /payment_method_configuration/dates: has no place"));
}

#[tokio::test]
async fn a_device_is_enrolled_once_the_bank_says_so() {
    let bank = Bank::open().await;
    let details = json!({
        "customer": bank.first("/customers/?customer__type=INDIVIDUAL").await,
        "institution": bank.first("/institutions/").await,
        "name": "Phone",
        "callback_url": "https://shop.example/enrolled?order=17",
        "platform": "ANDROID",
        "risk_signals": { "deviceId": "00aa11bb" },
    });
    let body = json!({ "type": "open_finance_biometric_pix", "details": details });
    let enrollment = bank.post("/enrollments/", &body).await.expect(201);
    let stage = |enrollment: &Value| (enrollment["status"].clone(), enrollment["details"]["status"].clone());
    assert_eq!(stage(&enrollment), (json!("PENDING"), json!("AWAITING_ACCOUNT_HOLDER_VALIDATION")));
    let page = enrollment["details"]["redirect_url"].as_str().unwrap();
    let back = Url::parse(decide(page, "approve").await.header("location")).unwrap();
    let given = |name: &str| back.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned());
    assert_eq!(given("order").as_deref(), Some("17"));
    let complete = "/enrollments/complete-redirection/";
    let state = given("state").unwrap();
    for wrong in
        [json!({ "state": state }), json!({ "state": state, "code": "guessed" }), json!({ "state": "x", "code": "y" })]
    {
        bank.post(complete, &wrong).await.expect(400);
    }
    let right = json!({ "state": state, "code": given("code"), "id_token": given("id_token") });
    let enrollment = bank.post(complete, &right).await.expect(200);
    assert_eq!(stage(&enrollment), (json!("PENDING"), json!("AWAITING_ENROLLMENT")));
    bank.post(complete, &right).await.expect(400);
    bank.sandbox.advance(5 * SECOND);
    let path = format!("/enrollments/{}/", id(&enrollment));
    assert_eq!(stage(&bank.get(&path).await.expect(200)), (json!("SUCCEEDED"), json!("AUTHORIZED")));
    bank.sandbox.advance(366 * DAY);
    let expired = bank.get(&path).await.expect(200);
    assert_eq!(
        (&expired["status"], &expired["status_reason_code"]),
        (&json!("CANCELED"), &json!("canceled_due_to_expiration"))
    );
    assert_eq!(bank.list("/enrollments/?status=CANCELED&customer__identifier=00000000000").await.len(), 0);
}

#[tokio::test]
async fn a_user_may_refuse_to_enroll() {
    let bank = Bank::open().await;
    let mut body = json!({ "type": "open_finance_biometric_pix", "details": {
        "customer": bank.first("/customers/").await,
        "institution": bank.first("/institutions/").await,
        "callback_url": "shop://enrolled",
        "platform": "IOS",
        "risk_signals": { "deviceId": "00aa11bb" },
    } });
    let enrollment = bank.post("/enrollments/", &body).await.expect(201);
    let page = enrollment["details"]["redirect_url"].as_str().unwrap();
    let back = Url::parse(decide(page, "refuse").await.header("location")).unwrap();
    let query: Value = Value::Object(back.query_pairs().map(|(name, value)| (name.into(), value.into())).collect());
    let refused = bank.post("/enrollments/complete-redirection/", &query).await.expect(200);
    assert_eq!((&refused["status"], &refused["status_reason_code"]), (&json!("FAILED"), &json!("rejected_by_user")));
    body["details"].as_object_mut().unwrap().shift_remove("callback_url");
    let enrollment = bank.post("/enrollments/", &body).await.expect(201);
    let page = decide(enrollment["details"]["redirect_url"].as_str().unwrap(), "approve").await;
    let text = String::from_utf8(page.body.to_vec()).unwrap();
    assert!(page.status == 200 && text.contains("state: ") && text.contains("code: "), "{text}");
    body["details"]["risk_signals"] = json!({});
    bank.post("/enrollments/", &body).await.expect(400);
}

#[tokio::test]
async fn widget_tokens_are_made_for_what_exists() {
    let bank = Bank::open().await;
    let enrolled = bank.first("/enrollments/?status=SUCCEEDED").await;
    let account = bank.first("/bank-accounts/").await;
    let mut body = json!({ "use_cases": ["ENROLLMENT", "PAYMENT_INTENT"], "widget": {
        "enrollment": {
            "type": "open_finance_biometric_pix",
            "details": { "customer": { "identifier": "76109277673", "name": "Ana Souza" } },
            "metadata": {},
        },
        "payment_intent": {
            "amount": "1234.12",
            "description": "Shoes",
            "allowed_payment_method_types": ["open_finance_biometric_pix"],
            "payment_method_details": { "open_finance_biometric_pix": {
                "beneficiary_bank_account": account, "enrollment": enrolled,
            } },
            "metadata": {},
        },
        "callback_urls": { "success": "shop://success", "exit": "shop://exit" },
        "branding": { "company_name": "Acme" },
    } });
    let first = bank.post("/token/", &body).await.expect(200);
    let second = bank.post("/token/", &body).await.expect(200);
    assert!(first["access"] != second["access"] && first["access"] != first["refresh"]);
    assert_eq!(bank.list("/customers/?search=ana%20souza").await.len(), 1, "who is known is not registered again");
    let place = "/widget/payment_intent/payment_method_details/open_finance_biometric_pix/enrollment";
    *body.pointer_mut(place).unwrap() = json!(NOBODY);
    bank.post("/token/", &body).await.expect(400);
    body["widget"].as_object_mut().unwrap().shift_remove("payment_intent");
    let refused = bank.post("/token/", &body).await;
    assert!(refused.refused().starts_with("body /widget/payment_intent: is required"), "{}", refused.refused());
}
