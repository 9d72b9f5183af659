//! The commands that read, through the binary as a person or a script runs it. No network beyond loopback, no credentials.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod common;
mod configuration;
mod documents;
mod exits;
mod readme;
#[cfg(unix)]
mod resume;
mod secrets;
mod transcripts;
