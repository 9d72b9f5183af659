//! What several tests need: samples, dates, clients of a recording server.
// Every test crate uses its own part of this.
#![allow(dead_code, unreachable_pub, unused_imports)]

pub mod bodies;

use saltedge_client::runtime as rt;
use saltedge_client::{Client, ClientBuilder};

pub use bankfeed_testing::{
    FLOOD, Folder, Log, Reply, Request, Server, differences, json, outline, printed, reply, run,
};

const DATA: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data"));

/// A file of `tests/data`.
pub fn sample(name: &str) -> String {
    DATA.text(name)
}

pub fn date(text: &str) -> rt::Date {
    text.parse().unwrap()
}

pub fn noon() -> rt::jiff::Timestamp {
    "2026-01-01T12:00:00Z".parse().unwrap()
}

/// A builder for the server, on a clock that stands at noon until a pause moves it, and the sleeper that notes them.
pub fn builder(server: &Server) -> (ClientBuilder, rt::ManualSleeper) {
    let clock = rt::ManualClock::new(noon());
    let sleeper = rt::ManualSleeper::new(clock.clone());
    let waits = sleeper.clone();
    let builder = Client::builder("the-app-id", "the-secret")
        .base_url(&format!("{}/api/v6", server.url))
        .transport(|transport| transport.clock(clock).sleeper(waits).jitter(|| 0.0));
    (builder, sleeper)
}

pub fn client(server: &Server) -> Client {
    builder(server).0.build().unwrap()
}
