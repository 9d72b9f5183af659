//! Every printed answer that holds records, as the facade tells it.

use bankfeed::*;
use bankfeed_testing::Folder;
use serde::Serialize;
use serde_json::{Value, json as value};

use crate::support::*;

const SAMPLES: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../wealthreader-client/tests/samples"));

fn check(name: &str, shown: &Value) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../snapshots/bankfeed/samples/wealthreader");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, serde_json::to_string_pretty(shown).unwrap()));
}

fn part<T: Serialize>(part: &Part<T>) -> Value {
    let rejected: Vec<String> = part.rejected().iter().chain(part.error()).map(|error| error.to_string()).collect();
    value!({"records": part.records(), "errors": rejected})
}

async fn list<T: Serialize>(mut list: Records<T>) -> Value {
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    while let Some(record) = list.next().await {
        match record {
            Ok(record) => records.push(record),
            Err(error) => errors.push(error.to_string()),
        }
    }
    value!({"records": records, "errors": errors, "losses": list.losses()})
}

#[test]
fn reads() {
    for name in ["entities", "batch-result"] {
        run(async {
            let server = Server::playing([json(SAMPLES.text(&format!("{name}.response.json")))]).await;
            let read = played(&server).refresh(&connection("T"), RefreshOptions::new()).await.unwrap();
            let mut losses = serde_json::to_value(&read.losses).unwrap();
            // What feeds nothing is long; it has a snapshot of its own.
            let unmapped = losses["unmapped"].take();
            check(
                name,
                &value!({
                    "holders": part(&read.holders),
                    "accounts": part(&read.accounts),
                    "balances": part(&read.balances),
                    "transactions": part(&read.transactions),
                    "holdings": part(&read.holdings),
                    "losses": losses,
                }),
            );
            check(&format!("{name}-unmapped"), &unmapped);
        });
    }
}

#[test]
fn banks() {
    run(async {
        let server = Server::playing([json(SAMPLES.text("entities-list.response.json"))]).await;
        let banks = played(&server).list_institutions(InstitutionFilter::all(), Paging::default().count_unmapped());
        check("entities-list", &list(banks).await);
    });
}

#[test]
fn tokens() {
    run(async {
        let server = Server::playing([json(SAMPLES.text("tokens-list.response.json")), json("[]")]).await;
        let tokens = played(&server).list_connections(ConnectionFilter::all(), Paging::default().count_unmapped());
        check("tokens-list", &list(tokens).await);
    });
}

/// Events that are signed; made by the client's tests, with a signature by other means.
#[test]
fn signed_events() {
    const CARDS: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../wealthreader-client/tests/data/cards"));
    let secret = CARDS.text("secret.txt").trim().to_owned();
    let provider = WealthReader::builder("k").cards_webhook_secret(secret).build().unwrap();
    for name in ["enrollment", "transaction", "unknown"] {
        let mut headers = http::HeaderMap::new();
        let signature = format!("sha256={}", CARDS.text(&format!("{name}.hmac")).trim());
        headers.insert("x-wr-signature", signature.parse().unwrap());
        let body = CARDS.text(&format!("{name}.json"));
        let sent: Value = serde_json::from_str(&body).unwrap();
        let sent: DateTime = sent["sent_at"].as_str().unwrap().parse().unwrap();
        let event = provider.verify(&headers, body.as_bytes(), sent.timestamp().unwrap()).unwrap();
        check(&format!("card-{name}"), &serde_json::to_value(&event).unwrap());
    }
}
