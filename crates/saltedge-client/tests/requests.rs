//! Every request body that the reference prints, built by the types and sent.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use saltedge_client::{Client, Error, Response};
use support::bodies;

/// Where what is sent differs from what the reference prints, and why. Each must occur.
const DEVIATIONS: &[(&str, &str, &str)] = &[
    ("connections-connect", r#"/data/customer_id: 111111111111 -> "111111111111""#, ID_IS_TEXT),
    ("connections-connect", r#"/data/kyc/type_of _account: "personal" -> nothing"#, MISPRINT),
    ("connections-connect", r#"/data/kyc/type_of_account: nothing -> "personal""#, MISPRINT),
    ("connections-reconnect", r#"/data/attempt/exclude_accounts/0: 1111111111111 -> "1111111111111""#, ID_IS_TEXT),
    ("connections-reconnect", r#"/data/attempt/exclude_accounts/1: 22222222222222 -> "22222222222222""#, ID_IS_TEXT),
    ("connections-reconnect", r#"/data/attempt/exclude_accounts/2: 3333333333333 -> "3333333333333""#, ID_IS_TEXT),
    ("connections-refresh", r#"/data/attempt/exclude_accounts/0: 1111111111111 -> "1111111111111""#, ID_IS_TEXT),
    ("connections-refresh", r#"/data/attempt/exclude_accounts/1: 22222222222222 -> "22222222222222""#, ID_IS_TEXT),
    ("connections-refresh", r#"/data/attempt/exclude_accounts/2: 3333333333333 -> "3333333333333""#, ID_IS_TEXT),
    (
        "connections-background-refresh",
        r#"/data/attempt/exclude_accounts/0: 1111111111111 -> "1111111111111""#,
        ID_IS_TEXT,
    ),
    (
        "connections-background-refresh",
        r#"/data/attempt/exclude_accounts/1: 22222222222222 -> "22222222222222""#,
        ID_IS_TEXT,
    ),
    (
        "connections-background-refresh",
        r#"/data/attempt/exclude_accounts/2: 3333333333333 -> "3333333333333""#,
        ID_IS_TEXT,
    ),
];
const ID_IS_TEXT: &str = "an id is text: real ones do not fit into the numbers of every JSON reader";
const MISPRINT: &str = "the reference prints the key with a blank in it";

/// Sends by one function per sample and compares; the answer does not matter.
macro_rules! sends {
    ($($file:literal: $call:expr;)*) => {
        /// The samples, and a call that sends each.
        const SAMPLES: &[&str] = &[$($file),*];

        #[test]
        fn bodies_are_those_of_the_reference() {
            support::run(async {
                $( check($file, $call).await; )*
            });
        }
    };
}

sends! {
    "connections-connect": async |client: Client| nothing(client.connect(bodies::connect()).send().await);
    "connections-reconnect":
        async |client: Client| nothing(client.reconnect_connection(1, bodies::reconnect()).send().await);
    "connections-refresh":
        async |client: Client| nothing(client.refresh_connection(1, bodies::refresh()).send().await);
    "connections-background-refresh": async |client: Client| {
        nothing(client.refresh_connection_in_background(1, bodies::background_refresh()).send().await)
    };
    "connections-update":
        async |client: Client| nothing(client.update_connection(1, bodies::connection_change()).send().await);
    "transactions-update":
        async |client: Client| nothing(client.update_transactions(bodies::transactions_change()).send().await);
    "customers-create": async |client: Client| nothing(client.create_customer(bodies::customer()).send().await);
    "customers-create-partner":
        async |client: Client| nothing(client.create_customer(bodies::customer_of_partner()).send().await);
    "categorization-buckets-create":
        async |client: Client| nothing(client.create_bucket(bodies::bucket()).send().await);
    "categorization-accounts-import":
        async |client: Client| nothing(client.import_bucket_accounts(bodies::account_import()).send().await);
    "categorization-transactions-import":
        async |client: Client| nothing(client.import_bucket_transactions(bodies::transaction_import()).send().await);
    "categorization-start":
        async |client: Client| nothing(client.start_categorization(1, bodies::categorization()).send().await);
    "merchants-show": async |client: Client| nothing(client.show_merchants(bodies::merchants()).send().await);
    "categories-learn": async |client: Client| nothing(client.learn_categories(bodies::lessons()).send().await);
    "reports-create": async |client: Client| nothing(client.create_report(bodies::report()).send().await);
}

fn nothing<T>(_: Result<Response<T>, Error>) {}

async fn check(file: &str, send: impl AsyncFnOnce(Client)) {
    let server = support::Server::answering(|_| support::json("{}")).await;
    send(support::client(&server)).await;
    let request = server.request();
    assert_eq!(request.header("content-type"), Some("application/json"), "{file}");
    let found = support::differences(&support::sample(&format!("{file}.request.json")), request.text());
    let known = DEVIATIONS.iter().filter(|(known, _, _)| *known == file).map(|(_, line, _)| *line);
    assert_eq!(found, known.collect::<Vec<_>>(), "{file}");
}

#[test]
fn the_table_is_complete() {
    let index = support::sample("index.json");
    let index: Vec<std::collections::BTreeMap<String, serde_json::Value>> = serde_json::from_str(&index).unwrap();
    let mut listed: Vec<_> = index
        .iter()
        .filter(|entry| entry["kind"] == "request")
        .map(|entry| entry["file"].as_str().unwrap().trim_end_matches(".request.json").to_owned())
        .collect();
    let mut covered = SAMPLES.to_vec();
    listed.sort_unstable();
    covered.sort_unstable();
    assert_eq!(listed, covered);
    for (file, line, reason) in DEVIATIONS {
        assert!(covered.contains(file), "`{line}` ({reason}) is about no sample");
    }
}
