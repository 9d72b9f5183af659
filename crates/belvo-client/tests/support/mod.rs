//! What several tests need: samples, records, clients of a recording server.
// Every test crate uses its own part of this.
#![allow(dead_code, unreachable_pub, unused_imports)]

#[cfg(all(
    feature = "banking",
    feature = "investments",
    feature = "employment",
    feature = "enrichment",
    feature = "fiscal-mexico",
    feature = "fiscal-chile",
    feature = "payments"
))]
pub mod records;

use belvo_client::runtime as rt;
use belvo_client::types::Resumption;
use belvo_client::{Client, ClientBuilder, Environment};

pub use bankfeed_testing::{
    FLOOD, Folder, Log, Reply, Request, Server, differences, json, json_status, outline, printed, reply, run,
};

/// What the documentation prints.
pub const SAMPLES: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples"));
/// One of every record, with every member that the provider's description of 1.223.0 lists, and the values it shows.
pub const RECORDS: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/records"));
const DATA: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data"));

/// A link, an account and any other record of the tests.
pub const LINK: &str = "30cb4806-6e00-48a4-91c9-ca55968576c8";
pub const ACCOUNT: &str = "d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e";
pub const ID: &str = "0d3ffb69-f83b-456e-ad8e-208d0998d71d";

/// A file of `tests/data`.
pub fn data(name: &str) -> String {
    DATA.text(name)
}

/// A record as JSON.
pub fn record(name: &str) -> String {
    RECORDS.text(&format!("{name}.json"))
}

/// A list's last page with one record.
pub fn page(record: &str) -> String {
    format!(r#"{{"count":1,"next":null,"previous":null,"results":[{record}]}}"#)
}

pub fn date(text: &str) -> rt::Date {
    text.parse().unwrap()
}

pub fn amount(text: &str) -> rt::Amount {
    text.parse().unwrap()
}

/// What goes on after a second factor was asked for.
pub fn resumption() -> Resumption {
    Resumption::new("2675b703b9d4451f8d4861a3eee54449", LINK).token("1234ab").save_data(false)
}

/// A builder for the server, on a clock that stands until a pause moves it, and the sleeper that notes them.
pub fn builder(server: &Server) -> (ClientBuilder, rt::ManualSleeper) {
    let clock = rt::ManualClock::new("2026-01-01T12:00:00Z".parse().unwrap());
    let sleeper = rt::ManualSleeper::new(clock.clone());
    let waits = sleeper.clone();
    let builder = Client::builder(Environment::Sandbox, "the-id", "the-password")
        .base_url(&server.url)
        .transport(|transport| transport.clock(clock).sleeper(waits).jitter(|| 0.0));
    (builder, sleeper)
}

/// The `Authorization` header of those clients.
pub const AUTHORIZATION: &str = "Basic dGhlLWlkOnRoZS1wYXNzd29yZA==";

pub fn client(server: &Server) -> Client {
    builder(server).0.build().unwrap()
}

/// Reads a JSON text as an answer is read.
#[track_caller]
pub fn read<T: for<'de> rt::Lenient<'de>>(text: &str) -> T {
    rt::de::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

pub fn written<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}
