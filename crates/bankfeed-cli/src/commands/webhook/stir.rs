//! What the embedded sandbox is made to do, so that there is something to receive.

use std::sync::Arc;
use std::time::Duration;

use bankfeed::{ConnectionFilter, Paging, Provider};
use bankfeed_sandbox::Sandbox;

/// How far its clock moves at a time.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How many days may pass on which nothing is told.
const QUIET: u32 = 92;
/// How long a provider is asked for: one that a fault keeps from answering does not hold up the others.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long nothing happens after something was told, so that a person can read along.
const PAUSE: Duration = Duration::from_secs(2);

/// Has every connection refreshed once, then lets day after day pass: institutions are read again, payments are made, consents end.
/// All that is due is sent before the next thing happens, so that the order is always the same.
pub(super) async fn stir(sandbox: Arc<Sandbox>, providers: Vec<Box<dyn Provider>>) {
    for provider in &providers {
        let _ = tokio::time::timeout(PATIENCE, refresh(&sandbox, provider.as_ref())).await;
    }
    loop {
        let before = sandbox.callbacks().pop();
        for _ in 0..QUIET {
            sandbox.advance(DAY);
            sandbox.settled().await;
            if sandbox.callbacks().pop() != before {
                break;
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn refresh(sandbox: &Sandbox, provider: &dyn Provider) {
    let Some(connections) = provider.connections() else { return };
    let mut all = connections.list_connections(ConnectionFilter::all(), Paging::default());
    while let Some(Ok(connection)) = all.next().await {
        // Some institutions ask their user each time, and some providers refresh nothing: then nothing is told.
        let _ = connections.refresh_connection(&connection.id).await;
        sandbox.settled().await;
    }
}
