//! What all tests need.

use std::time::Duration;

use bankfeed::{ConnectionId, Error, Paging, Records, ResumeToken, WealthReader, WealthReaderBuilder};
use bankfeed_runtime::ManualClock;
use bankfeed_sandbox::Sandbox;
pub(crate) use bankfeed_testing::{Server, json, printed, run};

/// A bank of the sandbox.
pub(crate) const BANK: &str = "bancoficticio";

pub(crate) fn clock_of(sandbox: &Sandbox) -> ManualClock {
    let now = sandbox.now().duration_since(std::time::UNIX_EPOCH).unwrap();
    ManualClock::new(bankfeed::Timestamp::UNIX_EPOCH + now)
}

pub(crate) fn builder(sandbox: &Sandbox) -> WealthReaderBuilder {
    let access = sandbox.wealthreader();
    WealthReader::builder(access.api_key)
        .base_url(access.url.clone())
        .redirect_url(access.url)
        .cards_webhook_secret(access.cards_secret)
        .clock(clock_of(sandbox))
}

pub(crate) fn provider(sandbox: &Sandbox) -> WealthReader {
    builder(sandbox).build().unwrap()
}

/// A provider that is played byte for byte.
pub(crate) fn played(server: &Server) -> WealthReader {
    let clock = ManualClock::new("2026-03-02T12:00:00Z".parse().unwrap());
    WealthReader::builder("a1b2c3d4").base_url(server.url.clone()).clock(clock).build().unwrap()
}

pub(crate) fn connection(token: &str) -> ConnectionId {
    WealthReader::connection_id(&BANK.into(), token)
}

/// How often a billed read reached the sandbox.
pub(crate) fn reads(sandbox: &Sandbox) -> usize {
    sandbox.requests().iter().filter(|request| request.operation == "read_financial_data").count()
}

/// What a list yields, records and errors alike, as text.
pub(crate) async fn all<T: serde::Serialize>(list: Records<T>) -> Vec<String> {
    let mut list = list;
    let mut all = Vec::new();
    while let Some(record) = list.next().await {
        all.push(text(&record));
    }
    all
}

fn text<T: serde::Serialize>(record: &Result<T, Error>) -> String {
    match record {
        Ok(record) => serde_json::to_string(record).unwrap(),
        Err(error) => format!("{error}"),
    }
}

/// Leaves a list after every number of records and resumes it from a token in text: the rest comes, each once.
pub(crate) async fn resumes_anywhere<T: serde::Serialize>(open: impl Fn(Paging) -> Records<T>) -> usize {
    let whole = all(open(Paging::default())).await;
    for taken in 0..=whole.len() {
        let mut list = open(Paging::default());
        let mut seen = Vec::new();
        for _ in 0..taken {
            seen.push(text(&list.next().await.unwrap()));
        }
        let token: ResumeToken = list.resume_token().to_string().parse().unwrap();
        seen.extend(all(open(Paging::default().resume(token))).await);
        assert_eq!(seen, whole, "left after {taken}");
    }
    whole.len()
}

pub(crate) const DAY: Duration = Duration::from_secs(86_400);
