//! `webhook`, `schema`, `sandbox` and `doctor`, as a person runs them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod doctor;
mod listening;
mod schema;
mod serving;
mod support;
mod verifying;
