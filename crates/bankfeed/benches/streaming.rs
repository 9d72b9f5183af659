//! Long lists over loopback: how close a stream comes to the latency of its pages, and how much memory it holds.
//!
//! `cargo bench -p bankfeed --bench streaming` prints a line per measurement. The server runs in the same process; its own
//! memory does not grow with the list.
#![allow(missing_docs, clippy::unwrap_used, clippy::cast_precision_loss)]

use std::time::{Duration, Instant};

use bankfeed::{ConnectionFilter, ConnectionId, Paging, Provider, SaltEdge, TransactionFilter};
use bankfeed_sandbox::Sandbox;

/// What a page takes longer by.
const LATENCY: Duration = Duration::from_millis(20);

fn main() {
    // Test runners ask for names; there is nothing to list.
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        println!("100,000 transactions, {} ms added to each page", LATENCY.as_millis());
        for size in [100, 1_000] {
            paging(size).await;
        }
        println!("resident memory while streaming, pages of 1,000");
        for count in [10_000, 100_000, 1_000_000] {
            memory(count).await;
        }
    });
}

async fn provider(sandbox: &Sandbox) -> (SaltEdge, ConnectionId) {
    let access = sandbox.saltedge();
    let provider = SaltEdge::builder(access.app_id, access.secret).base_url(&access.url).build().unwrap();
    let connections = provider.connections().unwrap();
    let connection = connections.list_connections(ConnectionFilter::all(), Paging::default()).next().await.unwrap();
    (provider, connection.unwrap().id)
}

/// One account's transactions, so many of them.
async fn count(provider: &SaltEdge, connection: &ConnectionId, wanted: usize, page: u32) -> (usize, Duration) {
    let filter = TransactionFilter::of(connection);
    let started = Instant::now();
    let mut list = provider.transactions().unwrap().list_transactions(filter, Paging::default().page_size(page));
    let mut count = 0;
    while count < wanted {
        list.next().await.unwrap().unwrap();
        count += 1;
    }
    (count, started.elapsed())
}

async fn paging(size: u32) {
    let rule = format!("saltedge list_transactions latency ms={}", LATENCY.as_millis());
    let sandbox = Sandbox::builder().transactions(100_000).fault(rule.parse().unwrap()).start().await.unwrap();
    let (provider, connection) = provider(&sandbox).await;
    let (count, took) = count(&provider, &connection, 100_000, size).await;
    let pages = count / size as usize;
    let least = LATENCY * u32::try_from(pages).unwrap();
    let times = took.as_secs_f64() / least.as_secs_f64();
    println!("  pages of {size:>5}: {took:>7.2?} for {pages} pages, {times:.3} times pages x latency");
}

async fn memory(wanted: usize) {
    let sandbox = Sandbox::builder().transactions(wanted as u64).start().await.unwrap();
    let (provider, connection) = provider(&sandbox).await;
    let before = resident();
    let (count, took) = count(&provider, &connection, wanted, 1_000).await;
    let rate = count as f64 / took.as_secs_f64();
    println!("  {count:>9} records: {before:>6.1} MB before, {:>6.1} MB at the end, {rate:>9.0} records/s", resident());
}

/// Megabytes, as Linux tells them; 0 elsewhere.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
