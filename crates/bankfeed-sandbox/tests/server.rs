//! The server itself: who is asked, and what is nobody's business.
#![allow(clippy::unwrap_used)]

mod support;

use bankfeed_sandbox::{Provider, Sandbox};

#[tokio::test]
async fn a_path_of_no_provider_is_told() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let reply = support::get(&format!("http://{}/plaid/accounts", sandbox.address()), &[]).await;
    assert_eq!(reply.status, 404);
    assert!(reply.refused().contains("begins with no provider: /saltedge, /belvo"), "{}", reply.refused());
}

#[tokio::test]
async fn every_provider_is_served() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for provider in Provider::ALL {
        let reply = support::get(&format!("http://{}/{provider}/nowhere", sandbox.address()), &[]).await;
        assert!(reply.status >= 400 && !reply.refused().is_empty(), "{provider}: {reply:?}");
    }
}
