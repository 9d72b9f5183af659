//! What most tests need around the server: a provider's errors and records, and a transport that waits for nothing.
// Every test crate uses its own part of this.
#![allow(dead_code, unused_imports)]

use bankfeed_runtime as rt;
pub(crate) use bankfeed_testing::{FLOOD, Log, Reply, Request, Server, printed, reply, run};

/// JSON, with an id of the exchange.
pub(crate) fn json(body: &str) -> Reply {
    reply(200, &[("content-type", "application/json"), ("x-request-id", "req-1")], body)
}

/// The provider's error body in these tests.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: String,
}
rt::object!(Problem { code: "code" });

impl rt::ApiError for Problem {
    fn decode(_: u16, _: &rt::HeaderMap, body: &[u8]) -> Option<Self> {
        rt::de::from_slice(body).ok()
    }

    fn in_success(body: &[u8]) -> Option<Self> {
        if body.starts_with(br#"{"code""#) { rt::de::from_slice(body).ok() } else { None }
    }

    fn is_passing(&self) -> bool {
        self.code == "Busy"
    }

    fn code(&self) -> Option<&str> {
        Some(&self.code)
    }

    fn is_rate_limited(&self, status: u16) -> bool {
        status == 429 || self.code == "RateLimitExceeded"
    }
}

pub(crate) type Error = rt::Error<Problem>;

#[derive(Debug, PartialEq)]
pub(crate) struct Thing {
    pub(crate) id: rt::Id,
}
rt::object!(Thing { id: "id" });

/// A page of things that names the next one.
#[derive(Debug)]
pub(crate) struct Things {
    pub(crate) data: Vec<Thing>,
    pub(crate) next: Option<String>,
}
rt::object!(Things { data: "data", next: "next" });

impl rt::Page for Things {
    type Item = Thing;
    const ITEMS: &'static str = "/data";

    fn next(&self) -> Option<String> {
        self.next.clone()
    }

    fn into_items(self) -> Vec<Thing> {
        self.data
    }
}

pub(crate) fn noon() -> rt::jiff::Timestamp {
    "2026-01-01T12:00:00Z".parse().unwrap()
}

/// A transport without real waiting or chance, and the sleeper that tells how long it would have waited.
pub(crate) fn transport(url: &str) -> (rt::TransportBuilder, rt::ManualSleeper) {
    let clock = rt::ManualClock::new(noon());
    let sleeper = rt::ManualSleeper::new(clock.clone());
    (rt::Transport::builder(url).clock(clock).sleeper(sleeper.clone()).jitter(|| 0.0), sleeper)
}
