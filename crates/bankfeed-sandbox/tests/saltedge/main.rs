//! Salt Edge as the sandbox plays it, over HTTP.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../support/saltedge.rs"]
mod bench;
#[path = "../support/mod.rs"]
mod support;

mod access;
mod data;
mod enrichment;
mod flows;
