//! Every operation, sent over HTTP: method, path, query, headers and body are those that the documentation and the
//! newer description show. The expectations are written from these, not from the specification in this repository.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use support::{Request, Server, answers, calls, client, json, json_status, reply, request, sample};
use wealthreader_client::types::{BatchConnection, BatchCreation, BatchQuery, BatchResultQuery, CardsWebhookChange};
use wealthreader_client::{Configure, runtime as rt};

/// What each operation sends, in the order of `calls::all`: method and target, then form or JSON.
const SENT: &[(&str, Body)] = &[
    (
        "POST /entities/",
        Body::Form(&[
            ("api_key", KEY),
            ("code", "caixabank"),
            ("token", "MOCKDATA"),
            ("product_types", "accounts,cards"),
            ("only_balances", "false"),
            ("fetch_transaction_details", "true"),
            ("date_from", "2024-01-01"),
            ("date_to", "2030-12-31"),
            (
                "required_products_schema",
                r#"{"ACCOUNTS":{"8076":{"only_balances":true,"add_pdf_from_uuids":["d0c2"],"date_from":"2024-02-01"}},"CARDS":{"aefd":{}}}"#,
            ),
            ("add_pdf_from_uuids", "d0c2,78ce"),
        ]),
    ),
    ("GET /entities/?show_only_tested=1", Body::None),
    ("GET /entities/category-types/?lang=en", Body::None),
    ("POST /tokens/", Body::Form(&[("api_key", KEY), ("page", "2")])),
    ("POST /tokens/revoke/", Body::Form(&[("api_key", KEY), ("token", "FRJ0mHla")])),
    (
        "POST /tokens/reasign/",
        Body::Form(&[("api_key_source", "from-key"), ("api_key_target", "to-key"), ("token", "FRJ0mHla")]),
    ),
    (
        "POST /domains/",
        Body::Form(&[
            ("access_type", "oauth"),
            ("api_key", KEY),
            ("domain", "https://app.example.com"),
            ("method", "add"),
            ("tokenize", "1"),
            ("url_callback", "https://app.example.com/wealthreader?a=b c"),
        ]),
    ),
    ("GET /error-codes/?lang=en", Body::None),
    ("GET /warning-codes/?lang=es", Body::None),
    (
        "POST /verify/iban-ownership/",
        Body::Form(&[
            ("api_key", KEY),
            ("document_number", "12345678Z"),
            ("document_type", "NIF"),
            ("holder_name", "LUIS GARCÍA & Co"),
            ("iban", "ES4914651234561234567890"),
        ]),
    ),
    (
        "POST /user/register/",
        Body::Form(&[("api_key", KEY), ("email", "user@example.com"), ("service", "integra"), ("user_id", "12345")]),
    ),
    ("POST /user/check/", Body::Form(&[("api_key", KEY), ("user_id", "12345")])),
    ("POST /user/revoke/", Body::Form(&[("api_key", KEY), ("service", "all"), ("user_id", "12345")])),
    (
        "POST /batch/load/",
        Body::Json(
            r#"{"api_key":"a1b2c3d4","notification_url":"https://app.example.com/batch","connections":[{"credential_id":"cred_001",
                "code":"santander","token":"FRJ0mHlaqZwLzu","only_balances":false}]}"#,
        ),
    ),
    ("POST /batch/fetch/statistics/", Body::Json(r#"{"api_key":"a1b2c3d4","batch_id":"batch_1"}"#)),
    (
        "POST /batch/fetch/connection-result/",
        Body::Json(r#"{"api_key":"a1b2c3d4","batch_id":"batch_1","credential_id":"cred_001"}"#),
    ),
    (
        "POST /cards/webhook/",
        Body::Json(r#"{"api_key":"a1b2c3d4","webhook_url":"https://example.com/cards","rotate_secret":true}"#),
    ),
    (
        "POST /cards/enrollments/",
        Body::Json(r#"{"api_key":"a1b2c3d4","email":"employee@example.com","ttl_minutes":20}"#),
    ),
    ("GET /cards/enrollments/?enrollment_id=0f3a9c7b&api_key=a1b2c3d4", Body::None),
    (
        "GET /cards/transactions/?date_from=2026-07-01&date_to=2026-07-11&email=employee%40example.com&since_id=216&limit=500\
         &api_key=a1b2c3d4",
        Body::None,
    ),
];
const KEY: &str = support::KEY;

enum Body {
    None,
    /// Fields, in any order.
    Form(&'static [(&'static str, &'static str)]),
    /// JSON, by meaning.
    Json(&'static str),
}

/// Answers each operation as the documentation prints it.
fn answer(request: &Request) -> support::Reply {
    json(match (request.method.as_str(), request.path()) {
        ("POST", "/entities/") => sample("entities.response"),
        ("GET", "/entities/") => sample("entities-list.response"),
        (_, "/entities/category-types/") => answers::CATEGORY_TYPES.to_owned(),
        (_, "/tokens/") => sample("tokens-list.response"),
        (_, "/tokens/revoke/") => sample("tokens-revoke.response"),
        (_, "/tokens/reasign/") => sample("tokens-reassign.response"),
        (_, "/domains/") => sample("widget-domain-add.response"),
        (_, "/error-codes/") => sample("error-codes-list.response"),
        (_, "/warning-codes/") => sample("warning-codes-list.response"),
        (_, "/verify/iban-ownership/") => sample("iban-verification.response"),
        (_, "/user/register/") => sample("user-register.response"),
        (_, "/user/check/") => sample("user-check.response"),
        (_, "/user/revoke/") => sample("user-unregister.response"),
        (_, "/batch/load/") => return json_status(202, sample("batch-create.response")),
        (_, "/batch/fetch/statistics/") => sample("batch-status.response"),
        (_, "/batch/fetch/connection-result/") => sample("batch-result.response"),
        (_, "/cards/webhook/") => answers::CARDS_WEBHOOK.to_owned(),
        (_, "/cards/enrollments/") => answers::ENROLLMENT.to_owned(),
        (_, "/cards/transactions/") => answers::CARD_TRANSACTIONS.to_owned(),
        _ => return reply(404, &[], "no such operation"),
    })
}

#[test]
fn each_operation_sends_what_the_documentation_shows() {
    support::run(async {
        let server = Server::answering(answer).await;
        let outcomes = calls::all(&client(&server)).await;
        let requests = server.requests();
        assert_eq!((outcomes.len(), requests.len()), (SENT.len(), SENT.len()));
        for (((name, outcome), request), (target, body)) in outcomes.into_iter().zip(&requests).zip(SENT) {
            if let Err(error) = outcome {
                panic!("{name}: {error}");
            }
            assert_eq!(&format!("{} {}", request.method, request.target), target, "{name}");
            assert_eq!(request.header("accept"), Some("application/json"), "{name}");
            for header in ["authorization", "x-api-key", "cookie"] {
                assert_eq!(request.header(header), None, "{name}: {header}");
            }
            check_body(name, request, body);
        }
    });
}

fn check_body(name: &str, request: &Request, body: &Body) {
    let kind = request.header("content-type");
    match body {
        Body::None => assert_eq!((request.text(), kind), ("", None), "{name}"),
        Body::Form(fields) => {
            assert_eq!(kind, Some("application/x-www-form-urlencoded"), "{name}");
            let mut sent = request.form();
            sent.sort();
            let mut fields: Vec<_> =
                fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            fields.sort();
            assert_eq!(sent, fields, "{name}");
        }
        Body::Json(text) => {
            assert_eq!(kind, Some("application/json"), "{name}");
            assert_eq!(support::differences(text, request.text()), [""; 0], "{name}");
        }
    }
}

#[test]
fn all_operations_are_covered() {
    let listed = support::file("data/wealthreader.ops");
    let listed: BTreeSet<&str> = listed.lines().collect();
    let covered: BTreeSet<&str> = SENT.iter().map(|(target, _)| target.split('?').next().unwrap()).collect();
    assert_eq!(listed.len(), 20);
    assert_eq!(covered, listed);
}

#[test]
fn everything_optional_can_be_left_out() {
    support::run(async {
        let server = Server::answering(answer).await;
        let client = client(&server);
        client.read_financial_data(request()).send().await.unwrap();
        client.list_tokens().send().await.unwrap();
        client.list_entities().send().await.unwrap();
        client.list_card_transactions().send().await.unwrap();
        let sent: Vec<_> = server.requests();
        assert_eq!(sent[0].text(), "code=caixabank&token=MOCKDATA&api_key=a1b2c3d4");
        assert_eq!(sent[1].text(), "api_key=a1b2c3d4");
        assert_eq!(sent[2].target, "/entities/");
        assert_eq!(sent[3].target, "/cards/transactions/?api_key=a1b2c3d4");
    });
}

#[test]
fn the_printed_requests_are_reproduced() {
    support::run(async {
        let server = Server::answering(answer).await;
        let client = |key: &str| support::builder_with(&server, key).0.build().unwrap();
        let connection = BatchConnection::new("cred_001", "santander")
            .token("FRJ0mHlaqZwLzu")
            .user("string")
            .password("string")
            .product_types("accounts,cards,portfolios")
            .only_balances(false)
            .date_from(calls::date("2024-01-01"));
        client("12345678").load_batch(BatchCreation::new([connection])).send().await.unwrap();
        client("string").show_batch_statistics(BatchQuery::new("string")).send().await.unwrap();
        client("string").show_batch_result(BatchResultQuery::new("string", "string")).send().await.unwrap();
        let sent = server.requests();
        for (file, request) in ["batch-create", "batch-status", "batch-result"].iter().zip(&sent) {
            let printed = sample(&format!("{file}.request"));
            assert_eq!(support::differences(&printed, request.text()), [""; 0], "{file}");
        }
        assert_eq!(support::SAMPLES.names(".request.json").len(), sent.len());
    });
}

#[test]
fn switching_card_events_off_is_not_leaving_them() {
    support::run(async {
        let server = Server::answering(answer).await;
        let off = CardsWebhookChange::new().null_webhook_url();
        client(&server).set_cards_webhook(off).send().await.unwrap();
        client(&server).set_cards_webhook(CardsWebhookChange::new()).send().await.unwrap();
        let sent: Vec<String> = server.requests().iter().map(|request| request.text().to_owned()).collect();
        assert_eq!(sent, [r#"{"api_key":"a1b2c3d4","webhook_url":null}"#, r#"{"api_key":"a1b2c3d4"}"#]);
    });
}

/// Notes how long attempts may take.
#[derive(Clone, Default)]
struct Deadlines(Arc<Mutex<Vec<u64>>>);

impl rt::Sleeper for Deadlines {
    fn sleep(&self, _: Duration) -> rt::BoxFuture<()> {
        Box::pin(std::future::ready(()))
    }

    fn deadline(&self, timeout: Duration) -> rt::BoxFuture<()> {
        self.0.lock().unwrap().push(timeout.as_secs());
        Box::pin(std::future::pending())
    }
}

#[test]
fn reads_have_minutes() {
    support::run(async {
        let server = Server::answering(answer).await;
        let deadlines = Deadlines::default();
        let sleeper = deadlines.clone();
        let client = support::builder(&server).0.transport(|transport| transport.sleeper(sleeper)).build().unwrap();
        client.read_financial_data(request()).send().await.unwrap();
        client.verify_iban_ownership(calls::iban()).send().await.unwrap();
        client.show_batch_result(BatchResultQuery::new("1", "2")).send().await.unwrap();
        client.list_entities().send().await.unwrap();
        client.read_financial_data(request()).timeout(Duration::from_secs(900)).send().await.unwrap();
        assert_eq!(*deadlines.0.lock().unwrap(), [300, 120, 120, 60, 900]);
    });
}
