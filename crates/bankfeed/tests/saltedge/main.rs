//! Salt Edge through the facade: over HTTP against the sandbox, and with every sample that the reference prints.
#![cfg(feature = "saltedge")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod errors;
mod reading;
mod refreshing;
mod resuming;
mod samples;
mod secrecy;
mod sessions;
mod webhooks;

use bankfeed::{
    Connection, ConnectionFilter, Connections as _, Error, InstitutionId, Paging, Records, SaltEdge, SaltEdgeBuilder,
};
use bankfeed_sandbox::{Sandbox, SandboxBuilder};
use bankfeed_testing::{Folder, run};

/// What the reference prints, and keys that sign.
const SAMPLES: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../saltedge-client/tests/data"));

/// A sandbox and Salt Edge in it; nothing is sent twice, so that requests can be counted.
async fn start(builder: SandboxBuilder) -> (Sandbox, SaltEdge) {
    let sandbox = builder.check_answers().start().await.unwrap();
    let saltedge = setup(&sandbox).build().unwrap();
    (sandbox, saltedge)
}

fn setup(sandbox: &Sandbox) -> SaltEdgeBuilder {
    let access = sandbox.saltedge();
    SaltEdge::builder(access.app_id, access.secret).base_url(&access.url).max_attempts(1)
}

/// All connections of all customers.
async fn connections(saltedge: &SaltEdge) -> Vec<Connection> {
    saltedge.list_connections(ConnectionFilter::all(), Paging::default()).collect_all().await.unwrap()
}

/// A connection to a bank that asks its user nothing, or to another one.
async fn connection_to(saltedge: &SaltEdge, bank: &str) -> Connection {
    let wanted = Some(InstitutionId::from(bank));
    connections(saltedge).await.into_iter().find(|connection| connection.institution == wanted).unwrap()
}

/// The operations that the sandbox received since it was last asked.
fn operations(sandbox: &Sandbox) -> Vec<String> {
    let operations = sandbox.requests().into_iter().map(|request| request.operation).collect();
    sandbox.forget_requests();
    operations
}

/// The first error of a list.
async fn first_error<T: std::fmt::Debug>(list: Records<T>) -> Error {
    list.collect_all().await.unwrap_err()
}
