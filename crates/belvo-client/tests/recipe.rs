//! The recipe that the sandbox's README shows: the same lines, run.
#![cfg(feature = "banking")]
#![allow(clippy::unwrap_used)]

use bankfeed_sandbox::Sandbox;
use belvo_client::{Client, Environment};

#[tokio::test]
async fn a_busy_provider_does_not_look_like_one_without_accounts() {
    let rule = "belvo list_accounts rate-limit times=1".parse().unwrap();
    let sandbox = Sandbox::builder().fault(rule).start().await.unwrap();
    let belvo = sandbox.belvo();
    let client = Client::builder(Environment::Sandbox, belvo.secret_id, belvo.secret_password)
        .base_url(&belvo.url)
        .build()
        .unwrap();

    let error = client.list_accounts().send().await.unwrap_err();
    assert!(error.is_rate_limited());
    let accounts = client.list_accounts().send().await.unwrap();
    assert!(!accounts.results.is_empty());

    let statuses: Vec<u16> = sandbox.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [429, 200]);
}
