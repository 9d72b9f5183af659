//! Requests that do not keep the specification are refused, in the provider's own shape, with the place in a header.
#![allow(clippy::unwrap_used)]

mod support;

use bankfeed_sandbox::Sandbox;
use serde_json::{Value, json};
use support::Reply;

async fn sandbox() -> Sandbox {
    Sandbox::builder().check_answers().start().await.unwrap()
}

/// The refusal, and whether the body is an error of the provider.
fn refused(reply: &Reply, told: &str, is_error: fn(&Value) -> bool) {
    assert!((400..500).contains(&reply.status), "{reply:?}");
    assert_eq!(reply.refused(), told);
    assert!(is_error(&reply.json()), "{}", reply.json());
}

fn of_saltedge(body: &Value) -> bool {
    body["error"]["class"].is_string() && body["error"]["message"].is_string()
}

fn of_belvo(body: &Value) -> bool {
    body[0]["code"].is_string() && body[0]["message"].is_string()
}

fn of_khipu(body: &Value) -> bool {
    body["Status"] == "ERROR" && body["Error"]["Code"].is_string()
}

const SALTEDGE: &[(&str, &str)] = &[("app-id", "sandbox-app-id"), ("secret", "sandbox-secret")];
/// `sandbox-secret-id:sandbox-secret-password`
const BELVO: &[(&str, &str)] = &[("authorization", "Basic c2FuZGJveC1zZWNyZXQtaWQ6c2FuZGJveC1zZWNyZXQtcGFzc3dvcmQ=")];

#[tokio::test]
async fn parameters_of_the_query() {
    let sandbox = sandbox().await;
    let url = sandbox.saltedge().url;
    for (query, told) in [
        ("/providers?per_pge=10", "query parameter per_pge: is not declared; `per_page` is"),
        ("/providers?limit=10", "query parameter limit: is not declared; declared are"),
        ("/providers?per_page=ten", "query parameter per_page: is not a whole number"),
        ("/providers?per_page=1&per_page=2", "query parameter per_page: stands there twice"),
        ("/providers?include_ais_fields=yes", "query parameter include_ais_fields: is neither true nor false"),
        ("/providers?key_owner=nobody", "query parameter key_owner: "),
        ("/rates?date=2026-02-30", "query parameter date: "),
        ("/connections", "query parameter customer_id: is required"),
    ] {
        let reply = support::get(&format!("{url}{query}"), SALTEDGE).await;
        assert!(reply.refused().starts_with(told), "{query}: {}", reply.refused());
        refused(&reply, reply.refused(), of_saltedge);
    }
}

#[tokio::test]
async fn paths_and_methods() {
    let sandbox = sandbox().await;
    let (saltedge, belvo) = (sandbox.saltedge().url, sandbox.belvo().url);
    let reply = support::get(&format!("{saltedge}/acounts"), SALTEDGE).await;
    refused(&reply, "path /api/v6/acounts: no operation has it", of_saltedge);
    let reply = support::get(&format!("{belvo}/api/links"), BELVO).await;
    refused(&reply, "path /api/links: no operation has it; /api/links/ does", of_belvo);
    let reply = support::send("DELETE", &format!("{saltedge}/countries"), SALTEDGE, b"").await;
    refused(&reply, "path /api/v6/countries: knows GET, not DELETE", of_saltedge);
}

#[tokio::test]
async fn bodies() {
    let sandbox = sandbox().await;
    let customers = format!("{}/customers", sandbox.saltedge().url);
    for (body, told) in [
        (json!({ "data": { "identifer": "me" } }), "body /data/identifer: is not declared; `identifier` is"),
        (json!({ "identifier": "me" }), "body /identifier: is not declared; declared are data"),
        (json!({ "data": { "identifier": 7 } }), "body /data/identifier: "),
        (json!({}), "body: "),
    ] {
        let reply = support::json("POST", &customers, SALTEDGE, &body).await;
        assert!(reply.refused().starts_with(told), "{body}: {}", reply.refused());
        refused(&reply, reply.refused(), of_saltedge);
        assert!(!reply.refused().contains("me\""), "values are not told: {}", reply.refused());
    }
    let typed = [SALTEDGE, &[("content-type", "application/json")]].concat();
    let reply = support::send("POST", &customers, &typed, b"{\"data\": {").await;
    assert!(reply.refused().starts_with("body: is not JSON at line 1, column"), "{}", reply.refused());
    let reply = support::send("POST", &customers, &typed, b"").await;
    refused(&reply, "body: is required", of_saltedge);
    let typed = [SALTEDGE, &[("content-type", "text/plain")]].concat();
    let reply = support::send("POST", &customers, &typed, b"{}").await;
    refused(&reply, "header content-type: has to be application/json", of_saltedge);
    let reply = support::send("GET", &format!("{}/countries", sandbox.saltedge().url), SALTEDGE, b"{}").await;
    refused(&reply, "body: this operation takes none", of_saltedge);
}

#[tokio::test]
async fn forms() {
    let sandbox = sandbox().await;
    let url = format!("{}/entities/", sandbox.wealthreader().url);
    let key = ("api_key", sandbox.wealthreader().api_key);
    for (field, told) in [
        (("tokn", "MOCKDATA"), "form field tokn: is not declared; `token` is"),
        (("only_balances", "maybe"), "form field only_balances: is neither true nor false"),
        (("product_types", "accounts,yachts"), "form /product_types/1: "),
        (("date_from", "yesterday"), "form /date_from: "),
    ] {
        let reply = support::form(&url, &[], &[key, ("code", "bancoficticio"), field]).await;
        assert!(reply.refused().starts_with(told), "{field:?}: {}", reply.refused());
        assert_eq!(reply.json()["success"], false, "{}", reply.json());
    }
}

#[tokio::test]
async fn headers() {
    let sandbox = sandbox().await;
    let url = sandbox.saltedge().url;
    let accept = [SALTEDGE, &[("accept", "text/html")]].concat();
    let reply = support::get(&format!("{url}/countries"), &accept).await;
    refused(&reply, "header accept: the answer is application/json", of_saltedge);
    for welcome in ["*/*", "application/*;q=0.8, text/html", "application/json"] {
        let accept = [SALTEDGE, &[("accept", welcome)]].concat();
        support::get(&format!("{url}/countries"), &accept).await.expect(200);
    }
    let version = [BELVO, &[("x-belvo-api-resource-version", "Payments-BR.V9")]].concat();
    let reply = support::get(&format!("{}/payments/br/customers/", sandbox.belvo().url), &version).await;
    assert!(reply.refused().starts_with("header X-Belvo-API-Resource-Version: "), "{}", reply.refused());
    refused(&reply, reply.refused(), of_belvo);
}

#[tokio::test]
async fn refusals_of_khipu_are_its_envelope() {
    let sandbox = sandbox().await;
    let url =
        format!("{}/v1/ar/banking/personal/santander.com.ar/pending/current-day/ACY/balances", sandbox.khipu().url);
    let jwt = format!("Bearer {}", sandbox.khipu().jwt);
    let reply =
        support::json("POST", &url, &[("authorization", &jwt)], &json!({ "RequestData": { "Account": "1" } })).await;
    refused(
        &reply,
        "body /RequestData/Account: is not declared; declared are AccountNumber, AccountCredential",
        of_khipu,
    );
}

#[tokio::test]
async fn who_has_no_key_learns_nothing_of_parameters() {
    let sandbox = sandbox().await;
    let reply = support::get(&format!("{}/providers?per_pge=1", sandbox.saltedge().url), &[]).await;
    assert!(!reply.refused().contains("per_pge"), "{}", reply.refused());
    let reply = support::get(&format!("{}/api/links/?limit=1", sandbox.belvo().url), &[]).await;
    assert_eq!(reply.status, 401);
    assert!(!reply.refused().contains("limit"), "{}", reply.refused());
}
