//! What several tests need: samples, a recording server, clients of it.
// Every test crate uses its own part of this.
#![allow(dead_code, unreachable_pub, unused_imports, clippy::unwrap_used, clippy::panic)]

pub mod answers;
pub mod calls;

use wealthreader_client::runtime as rt;
use wealthreader_client::types::{FinancialDataAnswer, FinancialDataRequest};
use wealthreader_client::{Client, ClientBuilder, Error, Response};

pub use bankfeed_testing::{
    FLOOD, Folder, Log, Reply, Request, Server, differences, json, json_status, outline, printed, reply, run,
};

const TESTS: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"));
pub const SAMPLES: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples"));

pub const KEY: &str = "a1b2c3d4";

/// A file below `tests`.
pub fn file(name: &str) -> String {
    TESTS.text(name)
}

pub fn sample(name: &str) -> String {
    SAMPLES.text(&format!("{name}.json"))
}

/// Reads a JSON text.
#[track_caller]
pub fn read<T: for<'de> rt::Lenient<'de>>(text: &str) -> T {
    rt::de::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[track_caller]
pub fn written<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

pub fn noon() -> rt::jiff::Timestamp {
    "2026-01-01T12:00:00Z".parse().unwrap()
}

/// The simplest read.
pub fn request() -> FinancialDataRequest {
    FinancialDataRequest::new("caixabank").token("MOCKDATA")
}

/// A failed read.
pub fn failure(code: i64) -> String {
    format!(
        r#"{{"success":false,"payload":null,"error":{{"code":{code},"message":"Alex was here"}},
            "statistics":{{"SESSION":"3463754e3540884","execution_time":4.2}}}}"#
    )
}

/// A successful read that found nothing.
pub fn nothing() -> String {
    r#"{"success":true,"payload":{},"statistics":{"SESSION":"1","execution_time":1.5}}"#.to_owned()
}

/// A builder for the server, on a clock that stands at noon until a pause moves it, and the sleeper that notes them.
pub fn builder_with(server: &Server, key: &str) -> (ClientBuilder, rt::ManualSleeper) {
    let clock = rt::ManualClock::new(noon());
    let sleeper = rt::ManualSleeper::new(clock.clone());
    let waits = sleeper.clone();
    let builder = Client::builder(key)
        .base_url(&server.url)
        .transport(|transport| transport.clock(clock).sleeper(waits).jitter(|| 0.0));
    (builder, sleeper)
}

pub fn builder(server: &Server) -> (ClientBuilder, rt::ManualSleeper) {
    builder_with(server, KEY)
}

pub fn client(server: &Server) -> Client {
    builder(server).0.build().unwrap()
}

/// What reads give that are answered so, one after the other, each once.
pub fn outcomes(answers: impl IntoIterator<Item = Reply>) -> Vec<Result<Response<FinancialDataAnswer>, Error>> {
    run(async {
        let server = Server::playing([]).await;
        let client = client(&server);
        let mut outcomes = Vec::new();
        for answer in answers {
            server.queue(answer);
            outcomes.push(client.read_financial_data(request()).send().await);
        }
        assert_eq!(server.requests().len(), outcomes.len(), "a read is sent once");
        outcomes
    })
}

/// The errors of reads that are answered so.
#[track_caller]
pub fn errors(answers: impl IntoIterator<Item = Reply>) -> Vec<Error> {
    outcomes(answers).into_iter().map(Result::unwrap_err).collect()
}

#[track_caller]
pub fn error(answer: Reply) -> Error {
    errors([answer]).remove(0)
}
