//! What time and requests change, and what Belvo sends of its own accord.

use std::time::Duration;

use bankfeed_sandbox::{Delivery, Provider};
use serde_json::{Value, json};

use crate::{BANK, Belvo};

const DAY: Duration = Duration::from_secs(86_400);

/// Lets Belvo send its callbacks. What listens there takes none, but the sandbox notes what it sent.
async fn listening() -> Belvo {
    let belvo = Belvo::new(|builder| builder).await;
    let url = format!("http://{}/callbacks", belvo.sandbox.address()).parse().unwrap();
    belvo.sandbox.send_callbacks_to(Provider::Belvo, url);
    belvo
}

async fn sent(belvo: &Belvo, code: &str) -> Vec<Delivery> {
    belvo.sandbox.settled().await;
    let sent = belvo.sandbox.callbacks();
    assert!(sent.iter().all(|callback| callback.outcome.is_ok()), "{sent:?}");
    let wanted = |callback: &Delivery| callback.name == "aggregation" && callback.body["webhook_code"] == code;
    sent.into_iter().filter(wanted).collect()
}

#[tokio::test]
async fn pending_transactions_are_booked_as_time_goes_by() {
    let belvo = Belvo::new(|builder| builder).await;
    let link = belvo.link(BANK).await;
    let pending = format!("/api/transactions/?link={link}&status=PENDING");
    let before = belvo.list(&pending).await;
    let id = before[0]["id"].as_str().unwrap();
    belvo.sandbox.advance(3 * DAY);
    let after = belvo.get(&format!("/api/transactions/{id}/")).await.expect(200);
    assert_eq!((&before[0]["status"], &after["status"]), (&"PENDING".into(), &"PROCESSED".into()));
    assert_eq!(after["accounting_date"], before[0]["inferred_accounting_date"]);
    assert!(!belvo.list(&pending).await.iter().any(|one| one["id"] == id));
    belvo.sandbox.advance(10 * DAY);
    let newer = format!("/api/transactions/?link={link}&value_date__gt=2026-03-02");
    assert!(!belvo.list(&newer).await.is_empty());
}

#[tokio::test]
async fn single_links_stay_as_they_were_last_seen() {
    let belvo = Belvo::new(|builder| builder).await;
    let link = belvo.link(BANK).await;
    belvo.send("PATCH", &format!("/api/links/{link}/"), json!({ "access_mode": "single" })).await.expect(200);
    let path = format!("/api/transactions/?link={link}&page_size=1");
    let count = async || belvo.get(&path).await.expect(200)["count"].clone();
    let before = count().await;
    belvo.sandbox.advance(10 * DAY);
    assert_eq!(count().await, before);
    belvo.send("POST", "/api/accounts/", json!({ "link": link })).await.expect(201);
    assert_ne!(count().await, before);
}

#[tokio::test]
async fn consents_end_with_the_clock_and_their_links_with_them() {
    let belvo = listening().await;
    let link = belvo.link(BANK).await;
    let owners = belvo.list(&format!("/api/owners/?link={link}")).await;
    let document = owners[0]["document_id"]["document_number"].as_str().unwrap();
    let consents = async || belvo.list(&format!("/api/consents/?user_document={document}")).await;
    let of_link = |consents: Vec<Value>| consents.into_iter().find(|one| one["link_id"] == link.as_str()).unwrap();
    assert_eq!(of_link(consents().await)["status"], "AUTHORISED");
    belvo.sandbox.advance(400 * DAY);
    let consent = of_link(consents().await);
    assert_eq!(consent["status"], "EXPIRED");
    let shown = belvo.get(&format!("/api/links/{link}/")).await.expect(200);
    assert_eq!(shown["status"], "invalid");
    let refused = belvo.send("POST", "/api/accounts/", json!({ "link": link })).await.expect(400);
    assert_eq!(refused[0]["code"], "invalid_link");
    let told = sent(&belvo, "openfinance_consent_expired").await;
    assert!(told.iter().any(|one| one.body["data"]["consent_id"] == consent["id"]), "{told:?}");
    assert_eq!(sent(&belvo, "openfinance_consent_about_to_expire").await.len(), told.len());
}

#[tokio::test]
async fn what_is_retrieved_later_is_announced_under_the_id_of_the_request() {
    let belvo = listening().await;
    let link = belvo.link(BANK).await;
    let body = json!({ "link": link, "date_from": "2026-01-01", "date_to": "2026-01-31" });
    let accepted = belvo.later("POST", "/api/transactions/", body).await.expect(202);
    let told = sent(&belvo, "historical_update").await;
    let [told] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(
        (&told.body["webhook_type"], &told.body["request_id"]),
        (&"TRANSACTIONS".into(), &accepted["request_id"])
    );
    let data = &told.body["data"];
    let count = belvo.get(&format!("/api/transactions/?link={link}&page_size=1")).await.expect(200)["count"].clone();
    assert_eq!(data["total_transactions"], count);
    let both = ["total_inflow_transactions", "total_outflow_transactions"].map(|name| data[name].as_u64().unwrap());
    assert_eq!(Some(both[0] + both[1]), count.as_u64());
}

#[tokio::test]
async fn new_transactions_are_announced_once_a_day() {
    let belvo = listening().await;
    belvo.sandbox.advance(DAY / 2);
    assert!(sent(&belvo, "new_transactions_available").await.is_empty());
    belvo.sandbox.advance(DAY * 4);
    let told = sent(&belvo, "new_transactions_available").await;
    assert_eq!(told.len(), 4, "two people with two banks each");
    assert!(told.iter().all(|one| one.body["data"]["new_transactions"].as_u64() > Some(0)), "{told:?}");
    let ids: std::collections::HashSet<_> = told.iter().map(|one| one.body["webhook_id"].to_string()).collect();
    assert_eq!(ids.len(), 4);
}

#[tokio::test]
async fn links_are_removed_with_all_that_belongs_to_them() {
    let belvo = listening().await;
    let link = belvo.link(BANK).await;
    let accounts = belvo.list(&format!("/api/accounts/?link={link}")).await;
    let accepted = belvo.delete_later(&format!("/api/links/{link}/")).await.expect(202);
    let told = sent(&belvo, "link_deleted").await;
    assert_eq!(told[0].body["request_id"], accepted["request_id"]);
    for path in [format!("/api/links/{link}/"), format!("/api/accounts/{}/", accounts[0]["id"].as_str().unwrap())] {
        assert_eq!(belvo.get(&path).await.expect(404)[0]["code"], "not_found", "{path}");
    }
    assert!(belvo.list(&format!("/api/br/balances/?link={link}")).await.is_empty());
    let refused = belvo.send("POST", "/api/owners/", json!({ "link": link })).await.expect(400);
    assert_eq!((&refused[0]["code"], &refused[0]["field"]), (&"does_not_exist".into(), &"link".into()));
}

#[tokio::test]
async fn links_have_what_was_fetched_for_them() {
    let belvo = Belvo::new(|builder| builder).await;
    let creation = json!({ "institution": "erebor_br_retail", "username": "anybody", "fetch_resources": ["ACCOUNTS"] });
    let link = belvo.send("POST", "/api/links/", creation).await.expect(201);
    let link = link["id"].as_str().unwrap();
    assert_eq!(belvo.list(&format!("/api/accounts/?link={link}")).await.len(), 9);
    let owners = format!("/api/owners/?link={link}");
    let retrieval = |save: bool| json!({ "link": link, "save_data": save });
    belvo.send("POST", "/api/owners/", retrieval(false)).await.expect(200);
    assert!(belvo.list(&owners).await.is_empty(), "nothing was saved");
    belvo.send("POST", "/api/owners/", retrieval(true)).await.expect(201);
    assert_eq!(belvo.list(&owners).await.len(), 1);
}
