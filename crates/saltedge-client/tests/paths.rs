//! Ids in paths.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::{Server, json};

#[test]
fn what_could_lead_elsewhere_stays_in_its_place() {
    support::run(async {
        let server = Server::answering(|_| json("{}")).await;
        let client = support::client(&server);
        let _ = client.show_bucket("a/../../customers?x=1&y#z %").send().await;
        assert_eq!(
            server.request().target,
            "/api/v6/categorization/buckets/a%2F..%2F..%2Fcustomers%3Fx%3D1%26y%23z%20%25"
        );
        for id in ["", ".", ".."] {
            let error = client.show_bucket(id).send().await.unwrap_err();
            assert!(error.is_invalid_request(), "{id:?}: {error}");
        }
        assert_eq!(server.requests().len(), 1);
    });
}
