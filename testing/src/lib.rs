//! What the tests of the runtime and of every client need, and nothing that knows a provider.
//!
//! | for | see |
//! |---|---|
//! | playing a provider on loopback, byte for byte | [`Server`], [`Reply`], [`reply`], [`json`], [`json_status`] |
//! | what came over the wire | [`Request`] |
//! | samples: reading, comparing, showing them | [`Folder`], [`differences`], [`outline`] |
//! | whether something secret shows | [`printed`], [`Log`] |
//! | driving a test | [`run`] |
//!
//! It depends on none of our crates, so that all of them can use it, and is not published: a path without a version is
//! dropped from the development dependencies of the crates that are.
//!
//! What is wrong here is wrong with a test, so it panics and says why.

#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod differences;
mod folder;
mod log;
mod outline;
mod printed;
mod reply;
mod request;
mod server;

pub use differences::differences;
pub use folder::Folder;
pub use log::Log;
pub use outline::outline;
pub use printed::printed;
pub use reply::{FLOOD, Reply, json, json_status, reply};
pub use request::Request;
pub use server::Server;

/// Drives a test on one thread, without waiting for anything but loopback.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime needs nothing but a thread").block_on(test)
}
