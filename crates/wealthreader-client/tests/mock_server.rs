//! What the client sends, judged by a mock server that was made from the specification by others.
//!
//! Start one on this machine, such as Prism, and name its address:
//! `WEALTHREADER_BASE_URL=http://127.0.0.1:4010 cargo test -p wealthreader-client --test mock_server -- --ignored`
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::{calls, request};
use wealthreader_client::{Client, Configure, ErrorExt};

fn client() -> Client {
    let url = std::env::var("WEALTHREADER_BASE_URL")
        .unwrap_or_else(|_| panic!("WEALTHREADER_BASE_URL is the address of a mock server"));
    Client::builder(support::KEY).base_url(&url).build().unwrap()
}

#[test]
#[ignore = "needs a mock server at WEALTHREADER_BASE_URL"]
fn a_mock_server_takes_every_operation() {
    support::run(async {
        let refused: Vec<String> = calls::all(&client())
            .await
            .into_iter()
            .filter_map(|(_, outcome)| outcome.err())
            .map(|error| format!("{error}: {}", String::from_utf8_lossy(error.raw().map_or(&[][..], |body| &body[..]))))
            .collect();
        assert_eq!(refused, [""; 0]);
    });
}

#[test]
#[ignore = "needs a mock server at WEALTHREADER_BASE_URL"]
fn every_shape_of_error_is_read() {
    support::run(async {
        for (example, code) in
            [("read", Some("2000")), ("list", Some("2000")), ("plain", None), ("cards", Some("rate_limited"))]
        {
            let prefer = format!("code=400, example={example}");
            let call = client().read_financial_data(request()).extra_header("prefer", &prefer);
            let error = call.send().await.unwrap_err();
            assert_eq!((error.status().unwrap().as_u16(), error.code()), (400, code), "{example}");
            assert_eq!(error.session().is_some(), code == Some("2000"), "{example}");
        }
    });
}
