//! Khipu: who may ask, what accounts answer, how callbacks come.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::time::Duration;

use bankfeed_sandbox::Sandbox;
use bankfeed_testing::{Server, reply};
use serde_json::{Value, json};
use support::Reply;

const PATH: &str = "/v1/ar/banking/personal/santander.com.ar/pending/current-day/ACY/balances";

async fn sandbox() -> Sandbox {
    Sandbox::builder().check_answers().start().await.unwrap()
}

async fn ask(sandbox: &Sandbox, headers: &[(&str, &str)], body: &Value) -> Reply {
    support::json("POST", &format!("{}{PATH}", sandbox.khipu().url), headers, body).await
}

/// With a bearer token.
async fn account(sandbox: &Sandbox, number: &str) -> Reply {
    let bearer = format!("Bearer {}", sandbox.khipu().jwt);
    ask(sandbox, &[("authorization", &bearer)], &json!({ "RequestData": { "AccountNumber": number } })).await
}

#[tokio::test]
async fn one_credential_is_needed_and_no_more() {
    let sandbox = sandbox().await;
    let (key, bearer) = (sandbox.khipu().api_key, format!("Bearer {}", sandbox.khipu().jwt));
    let body = json!({ "RequestData": { "AccountNumber": "1", "AccountCredential": { "AccountLink": "x" } } });
    for (headers, status, code) in [
        (vec![], 401, "A000"),
        (vec![("x-api-key", "other")], 401, "A000"),
        (vec![("authorization", "Bearer other")], 401, "A000"),
        (vec![("authorization", sandbox.khipu().jwt)], 401, "A000"),
        (vec![("x-api-key", key), ("authorization", &bearer)], 400, "P002"),
    ] {
        let reply = ask(&sandbox, &headers, &body).await;
        assert!(!reply.refused().is_empty());
        let answer = reply.expect(status);
        assert_eq!((&answer["Status"], &answer["Error"]["Code"]), (&json!("ERROR"), &json!(code)), "{headers:?}");
    }
    for headers in [[("x-api-key", key)], [("authorization", bearer.as_str())]] {
        assert_eq!(ask(&sandbox, &headers, &body).await.expect(200)["Status"], "OK");
    }
}

#[tokio::test]
async fn a_key_needs_a_login_and_a_token_does_not() {
    let sandbox = sandbox().await;
    let body = json!({ "RequestData": { "AccountNumber": "000011887755" } });
    let reply = ask(&sandbox, &[("x-api-key", sandbox.khipu().api_key)], &body).await;
    assert!(reply.refused().starts_with("body /RequestData/AccountCredential: is required"), "{}", reply.refused());
    assert_eq!(reply.expect(400)["Error"]["Code"], "P001");
    assert_eq!(account(&sandbox, "000011887755").await.expect(200)["Status"], "OK");
}

#[tokio::test]
async fn the_same_number_is_the_same_account() {
    let sandbox = sandbox().await;
    let (first, again) = (account(&sandbox, "42").await.json(), account(&sandbox, "42").await.json());
    let other = account(&sandbox, "43").await.json();
    assert_eq!(first["Data"], again["Data"]);
    assert_ne!(first["OperationId"], again["OperationId"]);
    assert_ne!(first["Data"], other["Data"]);
    let balances = first["Data"]["Balance"].as_array().unwrap();
    let currencies: Vec<&Value> = balances
        .iter()
        .map(|balance| balance.pointer("/Amount/Currency").or(balance.pointer("/Amount/0/Currency")).unwrap())
        .collect();
    assert_eq!(currencies, ["ARS", "USD"], "one amount, and a list of one");
    // Nine in the morning by Greenwich.
    assert_eq!(balances[0]["DateTime"], "2026-03-02T06:00:00-0300");
    sandbox.advance(Duration::from_secs(40 * 86_400));
    assert_ne!(account(&sandbox, "42").await.json()["Data"], first["Data"], "money moves");
}

#[tokio::test]
async fn some_numbers_play_a_part() {
    let sandbox = sandbox().await;
    for (number, status, code, retry) in [
        ("100", 200, "E100", "DO_NOT_RETRY"),
        ("110", 200, "E110", "WAIT_4_HOURS_BEFORE_RETRY"),
        ("201", 200, "E201", "RETRY_IMMEDIATELY"),
        ("202", 200, "E202", "RETRY_AFTER_NOTIFICATION"),
        ("302", 200, "E300", "DO_NOT_RETRY"),
        ("400", 200, "E400", "DO_NOT_RETRY"),
        ("500", 500, "I001", "RETRY_IMMEDIATELY"),
        ("700", 200, "T000", "RETRY_IMMEDIATELY"),
        ("999", 200, "E999", "DO_NOT_RETRY"),
    ] {
        let answer = account(&sandbox, &format!("000000000{number}")).await.expect(status);
        assert_eq!(answer["Status"], "ERROR", "{number}");
        assert_eq!((&answer["Error"]["Code"], &answer["Error"]["Type"]), (&json!(code), &json!(retry)));
    }
    for (number, data) in [("300", Value::Null), ("301", json!([]))] {
        let answer = account(&sandbox, &format!("000000000{number}")).await.expect(200);
        assert_eq!((&answer["Status"], &answer["Data"]), (&json!("OK"), &data));
    }
    let incomplete = account(&sandbox, "000000000600").await.expect(200);
    assert_eq!(incomplete["Data"]["Balance"].as_array().unwrap().len(), 1);
    assert!(incomplete["AdditionalInformation"].as_str().unwrap().starts_with("D000"));
    let overdrawn = account(&sandbox, "000000000800").await.expect(200);
    assert_eq!(overdrawn["Data"]["Balance"][0]["CreditDebitIndicator"], "Debit");
}

#[tokio::test]
async fn a_callback_brings_the_result_of_the_same_operation() {
    let sandbox = sandbox().await;
    let receiver = Server::answering(|_| reply(200, &[], "")).await;
    let bearer = format!("Bearer {}", sandbox.khipu().jwt);
    let later = |number: &str| json!({ "RequestData": { "AccountNumber": number }, "CallbackUrl": format!("{}/khipu/{number}", receiver.url) });
    let taken = ask(&sandbox, &[("authorization", &bearer)], &later("42")).await.expect(202);
    assert_eq!((&taken["Data"], &taken["LifeSpan"]), (&Value::Null, &json!("2026-03-02T13:00:00.000Z")));
    sandbox.settled().await;
    let told: Value = serde_json::from_slice(&receiver.request().body).unwrap();
    assert_eq!((receiver.request().target.as_str(), &told["OperationId"]), ("/khipu/42", &taken["OperationId"]));
    assert_eq!(told["Data"], account(&sandbox, "42").await.json()["Data"]);

    let taken = ask(&sandbox, &[("authorization", &bearer)], &later("000000000999")).await.expect(202);
    sandbox.settled().await;
    assert_eq!(receiver.requests().len(), 1, "it is not due");
    sandbox.advance(Duration::from_secs(4 * 3_600));
    sandbox.settled().await;
    let told: Value = serde_json::from_slice(&receiver.requests()[1].body).unwrap();
    assert_eq!((&told["OperationId"], &told["FailureReason"]), (&taken["OperationId"], &json!("LIFESPAN_EXCEEDED")));

    let wrong = json!({ "RequestData": { "AccountNumber": "42" }, "CallbackUrl": "nowhere" });
    let reply = ask(&sandbox, &[("authorization", &bearer)], &wrong).await;
    assert!(reply.refused().contains("CallbackUrl"));
    assert_eq!(reply.expect(400)["Error"]["Code"], "P002");
}

#[tokio::test]
async fn what_is_misspelt_is_told() {
    let sandbox = sandbox().await;
    let bearer = format!("Bearer {}", sandbox.khipu().jwt);
    let reply = ask(&sandbox, &[("authorization", &bearer)], &json!({ "RequestData": { "AccountNumbr": "1" } })).await;
    assert!(reply.refused().contains("`AccountNumber` is"), "{}", reply.refused());
    assert_eq!(reply.expect(400)["Status"], "ERROR");
    let url = format!("{}{}", sandbox.khipu().url, PATH.replace("ACY", "ACX"));
    let reply = support::json("POST", &url, &[("authorization", &bearer)], &json!({})).await;
    assert_eq!(reply.expect(404)["Error"]["Code"], "P003");
}
