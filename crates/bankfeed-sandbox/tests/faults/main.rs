//! Every fault, as clients meet it on the wire.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod asking;
mod lists;
mod rules;
mod wire;
