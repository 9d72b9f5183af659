//! Every answer and callback that the reference prints and that becomes a record: what the model makes of it, reviewed.

use std::fmt::Write as _;

use bankfeed::{
    AccountFilter, Accounts as _, Balances as _, ConnectionFilter, Connections as _, Consents as _, Error,
    Holders as _, Holdings as _, InstitutionFilter, Institutions as _, Paging, Records, SaltEdge, SessionRequest,
    TransactionFilter, Transactions as _, Webhooks as _,
};
use bankfeed_testing::{Request, Server, json};
use serde::Serialize;

use super::webhooks::{listening, signed};
use super::{SAMPLES, run};

const EMPTY: &str = r#"{"data":[]}"#;

/// Salt Edge as it answers with samples: for paths that begin so, this file; lists of which there is no sample are empty.
async fn playing(samples: &'static [(&'static str, &'static str)]) -> SaltEdge {
    let rule = |request: &Request| {
        let known = samples.iter().find(|(place, _)| {
            let (method, path) = place.split_once(' ').unwrap();
            request.method == method && request.path().starts_with(path)
        });
        // Of pending transactions there is no sample, and lists have no second page though they name one.
        if request.query_value("pending").is_some() || request.query_value("from_id").is_some() {
            return json(EMPTY);
        }
        json(known.map_or_else(|| EMPTY.to_owned(), |(_, file)| SAMPLES.text(file)))
    };
    let server = Server::answering(move |request| rule(request)).await;
    SaltEdge::builder("app", "secret").base_url(&server.url).max_attempts(1).build().unwrap()
}

/// Records, errors and losses as a text.
async fn told<T: Serialize>(mut list: Records<T>, into: &mut String) {
    while let Some(record) = list.next().await {
        write(record, into);
    }
    let losses = serde_json::to_string_pretty(&list.losses()).unwrap();
    writeln!(into, "losses {losses}").unwrap();
}

fn write<T: Serialize>(record: Result<T, Error>, into: &mut String) {
    match record {
        Ok(record) => writeln!(into, "{}", serde_json::to_string_pretty(&record).unwrap()).unwrap(),
        Err(error) => writeln!(into, "error {error:?}").unwrap(),
    }
}

fn check(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../snapshots/bankfeed/samples/saltedge");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn paging() -> Paging {
    Paging::default().count_unmapped()
}

#[test]
fn institutions() {
    run(async {
        let saltedge = playing(&[("GET /providers", "providers-list.response.json")]).await;
        let mut text = String::new();
        told(saltedge.list_institutions(InstitutionFilter::all(), paging()), &mut text).await;
        check("providers-list", &text);
        let saltedge = playing(&[("GET /providers", "providers-show.response.json")]).await;
        let mut text = String::new();
        write(saltedge.show_institution(&"fake_oauth_client_xf".into()).await, &mut text);
        check("providers-show", &text);
    });
}

#[test]
fn connections() {
    run(async {
        let saltedge = playing(&[("GET /connections", "connections-list.response.json")]).await;
        let mut text = String::new();
        told(saltedge.list_connections(ConnectionFilter::all().party("1"), paging()), &mut text).await;
        check("connections-list", &text);
        let saltedge = playing(&[("GET /customers", "customers-list.response.json")]).await;
        let mut text = String::new();
        told(saltedge.list_connections(ConnectionFilter::all(), paging()), &mut text).await;
        check("customers-list", &text);
        let saltedge = playing(&[("GET /connections", "connections-update.response.json")]).await;
        let mut text = String::new();
        write(saltedge.show_connection(&"1".into()).await, &mut text);
        check("connections-update", &text);
        let saltedge = playing(&[
            ("GET /connections", "connections-show.response.json"),
            ("POST /connections/1/background_refresh", "connections-background-refresh.response.json"),
        ])
        .await;
        let mut text = String::new();
        write(saltedge.show_connection(&"1".into()).await, &mut text);
        told(saltedge.list_holders(&"1".into(), paging()), &mut text).await;
        check("connections-show", &text);
        let mut text = String::new();
        write(saltedge.refresh_connection(&"1".into()).await, &mut text);
        check("connections-background-refresh", &text);
        let saltedge = playing(&[("DELETE /connections", "connections-remove.response.json")]).await;
        saltedge.remove_connection(&"1".into()).await.unwrap();
    });
}

#[test]
fn sessions() {
    run(async {
        let saltedge = playing(&[
            ("POST /connections/connect", "connections-connect.response.json"),
            ("POST /connections/1/reconnect", "connections-reconnect.response.json"),
        ])
        .await;
        let mut text = String::new();
        for request in [SessionRequest::new().party("1"), SessionRequest::new().connection("1")] {
            let session = saltedge.start_session(request).await.unwrap();
            let address = session.address.unwrap();
            writeln!(text, "{} until {}", address.expose(), session.expires_at.unwrap()).unwrap();
        }
        check("sessions", &text);
    });
}

#[test]
fn consents() {
    run(async {
        let saltedge = playing(&[
            ("GET /consents/1", "consents-show.response.json"),
            ("PUT /consents/1/revoke", "consents-revoke.response.json"),
            ("GET /consents", "consents-list.response.json"),
        ])
        .await;
        let mut text = String::new();
        told(saltedge.list_consents(&"1".into(), paging()), &mut text).await;
        check("consents-list", &text);
        let mut text = String::new();
        write(saltedge.show_consent(&"1".into(), &"1".into()).await, &mut text);
        write(saltedge.revoke_consent(&"1".into(), &"1".into()).await, &mut text);
        check("consents-show-and-revoke", &text);
    });
}

#[test]
fn accounts() {
    run(async {
        let samples =
            &[("GET /connections", "connections-show.response.json"), ("GET /accounts", "accounts-list.response.json")];
        let saltedge = playing(samples).await;
        let mut text = String::new();
        told(saltedge.list_accounts(&"1".into(), paging()), &mut text).await;
        check("accounts-list", &text);
        let mut text = String::new();
        told(saltedge.list_balances(AccountFilter::of("1"), Paging::default()), &mut text).await;
        told(saltedge.list_holdings(AccountFilter::of("1"), Paging::default()), &mut text).await;
        check("accounts-list.balances-and-holdings", &text);
    });
}

#[test]
fn transactions() {
    run(async {
        let saltedge = playing(&[("GET /transactions", "transactions-list.response.json")]).await;
        let mut text = String::new();
        told(saltedge.list_transactions(TransactionFilter::of("1"), paging()), &mut text).await;
        check("transactions-list", &text);
    });
}

#[test]
fn callbacks() {
    let names = SAMPLES.names(".json").into_iter().filter(|name| name.starts_with("callback-"));
    let mut text = String::new();
    for file in names {
        let kind = match file.trim_start_matches("callback-").trim_end_matches(".json") {
            "report-success" => "report".to_owned(),
            name => name.replace('-', "_"),
        };
        let body = SAMPLES.text(&file);
        let sent: serde_json::Value = serde_json::from_str(&body).unwrap();
        let received_at = sent["meta"]["time"].as_str().unwrap_or("2024-01-01T00:00:00Z").parse().unwrap();
        let event = listening().verify(&signed(&kind, body.as_bytes()), body.as_bytes(), received_at);
        writeln!(text, "{file}").unwrap();
        write(event, &mut text);
    }
    check("callbacks", &text);
}
