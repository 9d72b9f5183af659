//! The example that walks all four providers: the same table, every time.
#![cfg(all(feature = "saltedge", feature = "belvo", feature = "khipu", feature = "wealthreader"))]
#![allow(clippy::unwrap_used)]

mod common;
#[allow(dead_code, reason = "its main is not run here")]
#[path = "../examples/ledger.rs"]
mod example;

use bankfeed_sandbox::Sandbox;

#[tokio::test]
async fn one_table_of_four_providers_and_no_match_on_any() {
    let sandbox = Sandbox::builder().people(1).transactions(12).start().await.unwrap();
    let table = example::ledger(&example::providers(&sandbox).unwrap()).await.unwrap();
    common::snapshots("ledger").bind(|| insta::assert_snapshot!("ledger", table));

    let code = include_str!("../examples/ledger.rs");
    let generic = code.split_once("struct Row").unwrap().1;
    for name in ["SaltEdge", "Belvo", "Khipu", "WealthReader", "saltedge", "belvo", "khipu", "wealthreader"] {
        assert!(!generic.contains(name), "what walks knows {name}");
    }
}
