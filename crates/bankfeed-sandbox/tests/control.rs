//! The sandbox itself over HTTP, and its command.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use bankfeed_sandbox::Sandbox;
use serde_json::json;

#[tokio::test]
async fn time_is_moved_over_http() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let clock = format!("http://{}/sandbox/clock", sandbox.address());
    assert_eq!(support::get(&clock, &[]).await.expect(200)["now"], "2026-03-02T09:00:00Z");
    let moved = support::json("POST", &clock, &[], &json!({ "advance_seconds": 86_400 })).await.expect(200);
    assert_eq!(moved["now"], "2026-03-03T09:00:00Z");
    for wrong in [json!({ "advance_seconds": -1 }), json!({}), json!([])] {
        let refused = support::json("POST", &clock, &[], &wrong).await.expect(400);
        assert!(refused["error"].as_str().unwrap().contains("advance_seconds"), "{refused}");
    }
}

#[tokio::test]
async fn what_was_received_is_seen_and_forgotten_over_http() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let requests = format!("http://{}/sandbox/requests", sandbox.address());
    let saltedge = sandbox.saltedge();
    support::get(&format!("{}/countries", saltedge.url), &[("app-id", "mine"), ("secret", "hidden")]).await;
    let seen = support::get(&requests, &[]).await.expect(200);
    assert_eq!((&seen[0]["operation"], &seen[0]["method"]), (&json!("list_countries"), &json!("GET")));
    assert!(!seen.to_string().contains("hidden") && !seen.to_string().contains("mine"), "{seen}");
    support::send("DELETE", &requests, &[], b"").await.expect(204);
    assert_eq!(support::get(&requests, &[]).await.expect(200), json!([]));
}

#[tokio::test]
async fn what_is_not_offered_is_told_with_what_is() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let root = format!("http://{}/sandbox", sandbox.address());
    let offers = support::get(&root, &[]).await.expect(200)["offers"].clone();
    let unknown = support::get(&format!("{root}/clocks"), &[]).await.expect(404);
    assert_eq!(offers.as_array().unwrap().len(), unknown["offers"].as_array().unwrap().len());
    assert!(unknown["error"].as_str().unwrap().contains("/sandbox/clocks"));
    let refused =
        support::json("PUT", &format!("{root}/callbacks/plaid"), &[], &json!({ "url": "http://127.0.0.1:1/" })).await;
    assert!(refused.expect(400)["error"].as_str().unwrap().contains("saltedge, belvo"));
}
