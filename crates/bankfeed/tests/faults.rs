//! Every fault of the sandbox, met through the facade: the right kind of error and advice, nothing lost without a word,
//! nothing twice, no end that does not come, no secret in any output.
#![cfg(all(feature = "saltedge", feature = "belvo", feature = "khipu", feature = "wealthreader"))]
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::error::Error as _;
use std::fmt::Write as _;
use std::time::Duration;

use bankfeed::{AccountFilter, ConnectionFilter, Error, Paging, Provider, TransactionFilter};
use bankfeed_sandbox::{Rule, Sandbox};
use common::Patience;

/// Faults as rules say them, each strong enough to show and short enough for a test.
const FAULTS: &[&str] = &[
    "status code=503",
    "status code=503 times=1",
    "rate-limit",
    "rate-limit retry-after=7 times=1",
    "consent-expired",
    "second-factor",
    "latency ms=5000",
    "slow bytes=64 ms=200",
    "cut",
    "truncated",
    "html",
    "content-type",
    "invalid-json",
    "oversize bytes=3000000",
    "unknown-enum",
    "unknown-field",
    "nulls",
    "number-as-text",
    "text-as-number",
    "empty-page page=2",
    "repeated-page page=2",
    "looping-cursor page=3",
    "foreign-next",
    "duplicate",
];

/// A list of each provider, by the operation that serves it.
const LISTS: &[(&str, &str)] = &[
    ("saltedge", "list_transactions"),
    ("belvo", "list_transactions"),
    ("khipu", "retrieve_santander_ar_current_day_balances"),
    ("wealthreader", "read_financial_data"),
];

/// What a list gave: records by what they are known by, and errors.
struct Outcome {
    records: Vec<String>,
    errors: Vec<Error>,
    losses: bankfeed::LossReport,
}

/// Transactions of the first connection, or balances where there are no transactions.
async fn read(provider: &dyn Provider) -> Outcome {
    let mut list = provider.connections().unwrap().list_connections(ConnectionFilter::all(), Paging::default());
    let connection = list.next().await.unwrap().unwrap().id;
    let paging = Paging::default().page_size(10);
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    let losses = if let Some(transactions) = provider.transactions() {
        let mut list = transactions.list_transactions(TransactionFilter::of(&connection), paging);
        while let Some(record) = list.next().await {
            match record {
                Ok(record) => records.push(record.key.to_string()),
                Err(error) => errors.push(error),
            }
            assert!(records.len() + errors.len() < 10_000, "the list does not end");
        }
        list.losses()
    } else {
        let mut list = provider.balances().unwrap().list_balances(AccountFilter::of(&connection), paging);
        while let Some(record) = list.next().await {
            match record {
                Ok(record) => records.push(record.amount.decimal().normalize().to_string()),
                Err(error) => errors.push(error),
            }
        }
        list.losses()
    };
    Outcome { records, errors, losses }
}

/// What an institution is asked with, by the operation that serves it.
const ASKED: &[(&str, &str)] = &[("saltedge", "refresh_connection_in_background"), ("belvo", "refresh_link")];

/// Faults of an institution.
const OF_INSTITUTIONS: &[&str] =
    &["status code=503", "rate-limit retry-after=7", "consent-expired", "second-factor", "cut", "latency ms=5000"];

#[tokio::test]
async fn what_an_institution_refuses_is_told_apart() {
    let mut table = String::new();
    for (name, operation) in ASKED {
        writeln!(table, "{name} {operation}").unwrap();
        for fault in OF_INSTITUTIONS {
            let rule: Rule = format!("{name} {operation} {fault}").parse().unwrap();
            let sandbox = Sandbox::builder().people(1).fault(rule).start().await.unwrap();
            let patience = if fault.starts_with("latency") { Patience::Short } else { Patience::Endless };
            let all = common::patient(&sandbox, patience);
            let provider = all.into_iter().find(|provider| provider.id().as_str() == *name).unwrap();
            let connections = provider.connections().unwrap();
            let mut list = connections.list_connections(ConnectionFilter::all(), Paging::default());
            let connection = list.next().await.unwrap().unwrap().id;
            // So that it is not too soon.
            sandbox.advance(Duration::from_secs(86_400));
            let error = connections.refresh_connection(&connection).await.unwrap_err();
            let refused = sandbox.requests().iter().any(|request| request.refused.is_some());
            let told = if refused { "not for this operation".to_owned() } else { told(&error) };
            writeln!(table, "  {fault}: {told}").unwrap();
        }
    }
    common::snapshots("faults").bind(|| insta::assert_snapshot!("of-institutions", table));
}

fn counts(records: &[String]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for record in records {
        *counts.entry(record.as_str()).or_default() += 1;
    }
    counts
}

/// An error in a few words.
fn told(error: &Error) -> String {
    let code = error.code().map(|code| format!(" {code}")).unwrap_or_default();
    let status = error.status().map(|status| format!(" HTTP {status}")).unwrap_or_default();
    format!("{:?}{status}{code}, {:?}, {:?}", error.kind(), error.advice(), error.actor())
}

/// Everything that an error prints, with all that caused it.
fn printed(error: &Error) -> String {
    let mut text = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(cause) = source {
        write!(text, " {cause} {cause:?}").unwrap();
        source = cause.source();
    }
    text
}

#[tokio::test]
async fn every_fault_is_told_for_what_it_is_and_costs_nothing_else() {
    let mut table = String::new();
    for (index, (name, operation)) in LISTS.iter().enumerate() {
        let calm = Sandbox::builder().people(1).transactions(35).start().await.unwrap();
        let clean = read(&*common::patient(&calm, Patience::Endless).remove(index)).await;
        assert!(clean.errors.is_empty(), "{name}: {:?}", clean.errors);
        assert!(counts(&clean.records).values().all(|count| *count == 1), "{name} gives records twice by itself");
        writeln!(table, "{name} {operation}: {} records", clean.records.len()).unwrap();
        for fault in FAULTS {
            // Null in place of all data is how this one says that there are none.
            let fault = if (*name, *fault) == ("khipu", "nulls") { "nulls at=/Data/Balance/0/DateTime" } else { fault };
            let Ok(rule) = format!("{name} {operation} {fault}").parse::<Rule>() else {
                writeln!(table, "  {fault}: not for this operation").unwrap();
                continue;
            };
            let sandbox = Sandbox::builder().people(1).transactions(35).fault(rule).start().await.unwrap();
            let late = fault.starts_with("latency") || fault.starts_with("slow");
            let patience = if late { Patience::Short } else { Patience::Endless };
            let provider = common::patient(&sandbox, patience).remove(index);
            let outcome = tokio::time::timeout(Duration::from_secs(30), read(&*provider)).await;
            let outcome = outcome.unwrap_or_else(|_| panic!("{name} {fault}: it hangs"));
            // The sandbox refuses a fault that has no place in an operation's answers.
            if sandbox.requests().iter().any(|request| request.refused.is_some()) {
                writeln!(table, "  {fault}: not for this operation").unwrap();
                continue;
            }

            let (before, after) = (counts(&clean.records), counts(&outcome.records));
            let missing = before.keys().filter(|record| !after.contains_key(*record)).count();
            let twice = after.values().filter(|count| **count > 1).count();
            let alien = after.keys().filter(|record| !before.contains_key(*record)).count();
            assert_eq!(twice, 0, "{name} {fault}: records come twice");
            assert!(
                missing == 0 || !outcome.errors.is_empty(),
                "{name} {fault}: {missing} records lost without a word"
            );
            for error in &outcome.errors {
                let printed = printed(error);
                let secret = common::secrets(&sandbox).into_iter().find(|secret| printed.contains(secret.as_str()));
                assert_eq!(secret, None, "{name} {fault}: {printed}");
            }

            let mut told: Vec<String> = outcome.errors.iter().map(told).collect();
            told.dedup();
            if told.is_empty() {
                told.push("no error".to_owned());
            }
            write!(table, "  {fault}: {}", told.join("; ")).unwrap();
            for (what, count) in [("missing", missing), ("of another key", alien)] {
                if count > 0 {
                    write!(table, "; {count} {what}").unwrap();
                }
            }
            let losses = &outcome.losses;
            if losses.repeated > 0 {
                write!(table, "; {} repeated and left out", losses.repeated).unwrap();
            }
            for (field, words) in &losses.unknown_values {
                write!(table, "; unknown {field}: {}", words.keys().cloned().collect::<Vec<_>>().join(", ")).unwrap();
            }
            table.push('\n');
        }
    }
    common::snapshots("faults").bind(|| insta::assert_snapshot!("faults", table));
}
