//! Wealth Reader through the facade, over HTTP.
#![cfg(feature = "wealthreader")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod answers;
mod errors;
mod held;
mod laws;
mod lists;
mod login;
mod refresh;
mod samples;
mod secrecy;
mod support;
mod webhooks;
