//! What is there from the start, and what time makes of it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bankfeed_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::bench::{class, refused, start, start_with};
use crate::support;

const DAY: Duration = Duration::from_secs(86_400);

fn id(value: &Value) -> u64 {
    value["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn accounts_agree_with_their_transactions() {
    let bench = start().await;
    let (customer, connection) = bench.first().await;
    let mut natures = BTreeSet::new();
    for account in bench.all(&format!("/accounts?customer_id={customer}"), 4).await {
        natures.insert(account["nature"].as_str().unwrap().to_owned());
    }
    assert_eq!(natures.len(), 13, "{natures:?}");
    for account in bench.all(&format!("/accounts?connection_id={connection}"), 100).await {
        let list = |filter: &str| {
            let number = account["id"].as_str().unwrap();
            format!("/transactions?connection_id={connection}&account_id={number}{filter}")
        };
        let posted = bench.all(&list(""), 70).await;
        let counted = &account["extra"]["transactions_count"];
        assert_eq!(counted["posted"], posted.len(), "{}", account["name"]);
        assert_eq!(counted["pending"], bench.all(&list("&pending=true"), 70).await.len());
        assert!(posted.windows(2).all(|pair| id(&pair[0]) < id(&pair[1])));
        if let Some(last) = posted.last() {
            assert_eq!(account["extra"]["last_posted_transaction_id"], last["id"]);
            assert_eq!(account["balance"], last["extra"]["account_balance_snapshot"], "{}", account["name"]);
            assert_eq!(last["currency_code"], account["currency_code"]);
        }
    }
}

#[tokio::test]
async fn filters_part_all_transactions() {
    let bench = start().await;
    let (_, connection) = bench.first().await;
    let mut seen = BTreeSet::new();
    for (filter, status, duplicated) in
        [("", "posted", false), ("&pending=true", "pending", false), ("&duplicated=true", "posted", true)]
    {
        let list = bench.all(&format!("/transactions?connection_id={connection}{filter}"), 100).await;
        assert!(!list.is_empty(), "{filter}");
        for one in list {
            assert_eq!((&one["status"], &one["duplicated"]), (&json!(status), &json!(duplicated)));
            assert!(seen.insert(id(&one)), "{one}");
        }
    }
}

#[tokio::test]
async fn pending_transactions_get_another_id_when_they_are_posted() {
    let bench = start().await;
    let (_, connection) = bench.first().await;
    let pending = bench.all(&format!("/transactions?connection_id={connection}&pending=true"), 100).await;
    bench.sandbox.advance(5 * DAY);
    let posted = bench.all(&format!("/transactions?connection_id={connection}"), 500).await;
    let ids: BTreeSet<u64> = posted.iter().map(id).collect();
    let references: BTreeMap<&str, u64> =
        posted.iter().map(|one| (one["extra"]["id"].as_str().unwrap(), id(one))).collect();
    for one in &pending {
        assert!(!ids.contains(&id(one)));
        assert!(references.contains_key(one["extra"]["id"].as_str().unwrap()), "it was posted in the meantime");
    }
    let connection = bench.get(&format!("/connections/{connection}")).await;
    assert!(connection["last_attempt"]["created_at"].as_str().unwrap().starts_with("2026-03-07"), "it is read daily");
}

#[tokio::test]
async fn from_id_is_the_first_of_its_page() {
    let bench = start().await;
    let (_, connection) = bench.first().await;
    let all = bench.all(&format!("/transactions?connection_id={connection}"), 1_000).await;
    for index in [0, 1, all.len() / 2, all.len() - 1] {
        let from = id(&all[index]);
        let page = bench.get(&format!("/transactions?connection_id={connection}&from_id={from}&per_page=3")).await;
        assert_eq!(page.as_array().unwrap()[..], all[index..(index + 3).min(all.len())], "{index}");
    }
    let beyond = format!("/transactions?connection_id={connection}&from_id={}", u64::MAX);
    assert_eq!(bench.get(&beyond).await, json!([]));
}

#[tokio::test]
async fn a_million_transactions_are_sought_at_once() {
    let bench = start_with(Sandbox::builder().people(1).transactions(1_000_000)).await;
    let (_, connection) = bench.first().await;
    let first = bench.get(&format!("/transactions?connection_id={connection}&per_page=1")).await;
    let from = id(&first[0]) + 900_000 * 10;
    let page = bench.get(&format!("/transactions?connection_id={connection}&from_id={from}&per_page=2")).await;
    assert_eq!(page.as_array().unwrap().len(), 2);
    assert!(id(&page[0]) >= from && id(&page[0]) < from + 1_000);
}

#[tokio::test]
async fn marked_duplicates_move_to_the_other_list() {
    let bench = start().await;
    let (_, connection) = bench.first().await;
    let list = format!("/transactions?connection_id={connection}&per_page=5");
    let wanted = bench.get(&list).await[2]["id"].clone();
    let body = json!({ "connection_id": connection, "transaction_ids": [wanted], "duplicate": true });
    bench.send("PUT", "/transactions", &body).await.expect(200);
    assert!(bench.get(&list).await.as_array().unwrap().iter().all(|one| one["id"] != wanted));
    let marked = bench.all(&format!("/transactions?connection_id={connection}&duplicated=true"), 100).await;
    assert!(marked.iter().any(|one| one["id"] == wanted));
    let body = json!({ "connection_id": connection, "transaction_ids": [wanted], "duplicate": false });
    assert_eq!(class(&bench.send("PUT", "/transactions", &body).await), refused(400, "WrongRequestFormat"));
    let body = json!({ "connection_id": connection, "transaction_ids": ["17"], "duplicate": true });
    assert_eq!(class(&bench.send("PUT", "/transactions", &body).await), refused(400, "WrongRequestFormat"));
}

#[tokio::test]
async fn providers_are_filtered() {
    let bench = start().await;
    let all = bench.all("/providers", 10).await;
    assert!(
        all.len() > 20 && all.iter().all(|one| one["status"] != "disabled" && one.get("max_consent_days").is_none())
    );
    for (filter, field, value) in [
        ("country_code=XF", "country_code", "XF"),
        ("mode=web", "mode", "web"),
        ("key_owner=client&include_sandboxes=true", "code", "fake_oauth_client_xf"),
    ] {
        let some = bench.all(&format!("/providers?{filter}"), 10).await;
        assert!(some.len() < all.len() && some[0][field] == value, "{filter}");
    }
    let real = bench.all("/providers?include_fake_providers=false", 10).await;
    assert!(!real.is_empty() && real.iter().all(|one| one["country_code"] != "XF"));
    let logo = support::get(all[0]["logo_url"].as_str().unwrap(), &[]).await;
    assert_eq!((logo.status, logo.header("content-type")), (200, "image/svg+xml"));
    assert_eq!(bench.get("/providers/fakebank_closed_xf").await["status"], "disabled");
    bench.sandbox.advance(6 * DAY);
    assert_eq!(bench.get("/providers/fakebank_maintenance_xf").await["status"], "inactive");
    assert_eq!(bench.all("/providers?exclude_inactive=true", 100).await.len(), all.len() - 1);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let (one, two) = (start().await, start().await);
    let other = start_with(Sandbox::builder().seed(2)).await;
    let (_, connection) = one.first().await;
    let target = format!("/transactions?connection_id={connection}");
    assert_eq!(one.ask(&target).await.body, two.ask(&target).await.body);
    assert_ne!(one.ask("/customers").await.body, other.ask("/customers").await.body);
    assert_eq!(class(&other.ask(&target).await), refused(404, "ConnectionNotFound"));
}
