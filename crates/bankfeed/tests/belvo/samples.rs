//! What the documents and the provider's own description show, played by a server and read through the public API: the
//! snapshots are what a program gets.

use bankfeed::{
    AccountFilter, Accounts, Balances, Belvo, ConnectionFilter, Connections, Consents, Error, Holders, Holdings,
    InstitutionFilter, Institutions, Paging, Records, TransactionFilter, Transactions, Webhooks,
};
use bankfeed_testing::{Folder, Server, json, json_status, run};
use http::{HeaderMap, HeaderValue};
use serde::Serialize;
use serde_json::{Value, json};

const SAMPLES: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../belvo-client/tests/samples"));
const RECORDS: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../belvo-client/tests/data/records"));

fn snapshot(name: &str, value: &Value) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../snapshots/bankfeed/samples/belvo");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, serde_json::to_string_pretty(value).unwrap()));
}

fn told(error: &Error) -> Value {
    json!({ "error": error.to_string(), "kind": error.kind(), "advice": error.advice(), "actor": error.actor() })
}

/// Everything that a list gives, and what it could not carry over.
async fn listed<T: Serialize>(mut list: Records<T>) -> Value {
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    while let Some(record) = list.next().await {
        match record {
            Ok(record) => records.push(serde_json::to_value(record).unwrap()),
            Err(error) => errors.push(told(&error)),
        }
    }
    json!({ "records": records, "errors": errors, "losses": list.losses() })
}

/// A server on which one path has a page of these records, and all others an empty one.
async fn provider(path: &'static str, records: Vec<String>) -> (Server, Belvo) {
    let page = |records: &[String]| {
        format!(r#"{{"count":{},"next":null,"previous":null,"results":[{}]}}"#, records.len(), records.join(","))
    };
    let (full, empty) = (page(&records), page(&[]));
    let server =
        Server::answering(move |request| json(if request.path() == path { full.clone() } else { empty.clone() })).await;
    let belvo = Belvo::builder("id", "password").base_url(&server.url).webhook_authorization("Bearer a.b").build();
    (server, belvo.unwrap())
}

fn paging() -> Paging {
    Paging::default().count_unmapped()
}

const LINK: &str = "30cb4806-6e00-48a4-91c9-ca55968576c8";

#[test]
fn the_printed_transaction() {
    run(async {
        let printed = SAMPLES.text("transactions-detail.response.json");
        let (_server, belvo) = provider("/api/transactions/", vec![printed]).await;
        let list = belvo.list_transactions(TransactionFilter::of(LINK), paging());
        snapshot("transactions-detail", &listed(list).await);
    });
}

#[test]
fn the_printed_error() {
    run(async {
        let body = SAMPLES.text("error.response.json");
        let server = Server::answering(move |_| json_status(400, body.clone())).await;
        let belvo = Belvo::builder("id", "password").base_url(&server.url).build().unwrap();
        let error = belvo.show_connection(&LINK.into()).await.unwrap_err();
        snapshot("error", &told(&error));
    });
}

#[test]
fn every_sample_is_played() {
    assert_eq!(SAMPLES.names(".json"), ["error.response.json", "transactions-detail.response.json"]);
}

#[test]
fn one_of_every_record() {
    run(async {
        let record = |name: &str| RECORDS.text(&format!("{name}.json"));
        let (_server, belvo) = provider("/api/institutions/", vec![record("institution")]).await;
        snapshot("institution", &listed(belvo.list_institutions(InstitutionFilter::all(), paging())).await);

        let (_server, belvo) = provider("/api/links/", vec![record("link")]).await;
        snapshot("link", &listed(belvo.list_connections(ConnectionFilter::all(), paging())).await);

        let owners = vec![record("owner-person"), record("owner-company"), record("owner")];
        let (_server, belvo) = provider("/api/owners/", owners).await;
        snapshot("owner", &listed(belvo.list_holders(&LINK.into(), paging())).await);

        let (_server, belvo) = provider("/api/accounts/", vec![record("account")]).await;
        snapshot("account", &listed(belvo.list_accounts(&LINK.into(), paging())).await);
        snapshot("account-balance", &listed(belvo.list_balances(AccountFilter::of(LINK), paging())).await);

        let (_server, belvo) = provider("/api/transactions/", vec![record("transaction")]).await;
        snapshot("transaction", &listed(belvo.list_transactions(TransactionFilter::of(LINK), paging())).await);

        let (_server, belvo) = provider("/api/br/investments/", vec![record("investment")]).await;
        snapshot("investment", &listed(belvo.list_accounts(&LINK.into(), paging())).await);
        snapshot("investment-balance", &listed(belvo.list_balances(AccountFilter::of(LINK), paging())).await);
        snapshot("investment-holding", &listed(belvo.list_holdings(AccountFilter::of(LINK), paging())).await);

        let movement = vec![record("investment-transaction")];
        let (_server, belvo) = provider("/api/br/investment-transactions/", movement).await;
        snapshot(
            "investment-transaction",
            &listed(belvo.list_transactions(TransactionFilter::of(LINK), paging())).await,
        );

        let body = record("consent");
        let server = Server::answering(move |_| json(body.clone())).await;
        let belvo = Belvo::builder("id", "password").base_url(&server.url).build().unwrap();
        let link = "2e5d2c5e-6b3a-4b5c-8d1e-9f0a1b2c3d4e".into();
        let consent = belvo.show_consent(&link, &"0d3ffb69-f83b-456e-ad8e-208d0998d71d".into()).await.unwrap();
        snapshot("consent", &serde_json::to_value(consent).unwrap());
    });
}

#[test]
fn one_of_every_callback() {
    let belvo = Belvo::builder("id", "password").webhook_authorization("Bearer a.b").build().unwrap();
    let mut headers = HeaderMap::new();
    headers.insert(http::header::AUTHORIZATION, HeaderValue::from_static("Bearer a.b"));
    let bodies = [
        r#"{"webhook_id":"aadf41a1fc8e4f79a49f7f04027ac999","webhook_type":"TRANSACTIONS","process_type":"historical_update",
        "webhook_code":"historical_update","link_id":"16f68516-bcbc-4cf7-b815-c500d4204e28",
        "request_id":"4363b08b-51eb-4350-9c74-5df5ac92a7f6","external_id":"user-4711","data":{"total_transactions":19}}"#,
        r#"{"webhook_id":"aadf41a1fc8e4f79a49f7f04027ac998","webhook_type":"LINK","webhook_code":"token_required",
        "link_id":"16f68516-bcbc-4cf7-b815-c500d4204e28","external_id":null,
        "data":{"error_code":"token_required","error_message":"A token is needed","status":428}}"#,
        r#"{"webhook_id":"37a084ee0741437fa7a95393b5636f7b","webhook_type":"CONSENT","webhook_code":"openfinance_consent_expired",
        "link_id":"da9822bb-5bd6-4a0a-b64d-0aefcc9e86b0","external_id":null,
        "data":{"consent_id":"9e763d19","action":"renew","institution":"ofmockbank_br_retail"}}"#,
        r#"{"webhook_id":"3b9a69f7-0f0a-455b-832d-49ad6fd4905c","webhook_type":"PAYMENT_INTENTS","webhook_code":"STATUS_UPDATE",
        "object_id":"d2e40773-19f6-48d1-93c3-3590ec0c74df","external_id":"c3c51aaf","data":{"status":"SUCCEEDED"}}"#,
    ];
    let at = "2026-03-02T09:00:00Z".parse().unwrap();
    let events = bodies.map(|body| serde_json::to_value(belvo.verify(&headers, body.as_bytes(), at).unwrap()).unwrap());
    snapshot("callbacks", &json!(events));
}
