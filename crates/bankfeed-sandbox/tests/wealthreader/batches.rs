//! Batches: half a minute for each connection.

use std::time::Duration;

use bankfeed_testing::{Server, reply};
use serde_json::{Value, json};

use super::{list, post, sandbox};

#[tokio::test]
async fn connections_are_read_one_after_the_other() {
    let sandbox = sandbox().await;
    let receiver = Server::answering(|_| reply(200, &[], "")).await;
    let connections = json!([
        { "credential_id": "a", "code": "bancoficticio", "token": sandbox.wealthreader().token, "date_from": "2026-01-01" },
        { "credential_id": "b", "code": "bancoficticio", "token": "MOCKLOGINKO" },
    ]);
    let load = json!({ "notification_url": format!("{}/batch", receiver.url), "connections": connections });
    let taken = post(&sandbox, "/batch/load/", load).await.expect(202);
    assert_eq!(
        (&taken["total_connections"], &taken["estimated_completion_time"]),
        (&2.into(), &"2026-03-02T09:01:00Z".into())
    );
    let id = taken["batch_id"].as_str().unwrap();
    let state = || async { post(&sandbox, "/batch/fetch/statistics/", json!({ "batch_id": id })).await.expect(200) };
    let result = |credential: &'static str| {
        post(&sandbox, "/batch/fetch/connection-result/", json!({ "batch_id": id, "credential_id": credential }))
    };
    assert_eq!(state().await["status"], "pending");
    assert_eq!(result("a").await.status, 404);

    sandbox.advance(Duration::from_secs(30));
    sandbox.settled().await;
    let now = state().await;
    assert_eq!((&now["status"], &now["statistics"]["successful_connections"]), (&"processing".into(), &1.into()));
    let read = result("a").await.expect(200);
    assert!(!list(&read["payload"]["accounts"][0]["transactions"]).is_empty());
    assert_eq!(result("b").await.status, 404);

    sandbox.advance(Duration::from_secs(3_600));
    sandbox.settled().await;
    let now = state().await;
    assert_eq!((&now["status"], &now["statistics"]["failed_connections"]), (&"completed".into(), &1.into()));
    assert_eq!(now["statistics"]["end_time"], "2026-03-02T09:01:00Z");
    assert_eq!(result("b").await.expect(200)["error"]["code"], 2000);
    assert_eq!(result("c").await.status, 404);
    assert_eq!(result("a").await.expect(200)["payload"], read["payload"], "as it was read");

    let told: Vec<Value> =
        receiver.requests().iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect();
    let credentials: Vec<&Value> = told.iter().map(|told| &told["credential_id"]).collect();
    assert_eq!(credentials, ["a", "b"]);
    assert!(told.iter().all(|told| told["batch_id"] == id && told["status"] == "completed"));
}

#[tokio::test]
async fn a_batch_that_nobody_loaded_is_missing() {
    let sandbox = sandbox().await;
    assert_eq!(post(&sandbox, "/batch/fetch/statistics/", json!({ "batch_id": "x" })).await.status, 404);
    let twice = json!({ "credential_id": "a", "code": "bancoficticio", "token": "MOCKDATA" });
    let reply = post(&sandbox, "/batch/load/", json!({ "connections": [twice, twice] })).await;
    assert_eq!(reply.refused(), "body /connections/1/credential_id: stands there twice");
    assert_eq!(post(&sandbox, "/batch/load/", json!({ "connections": [] })).await.status, 400);
}
