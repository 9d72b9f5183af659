//! Long lists over loopback: how close a stream comes to the latency of its pages, and how much memory it holds.
//!
//! `cargo bench -p bankfeed --bench streaming` prints a line per measurement. Latency is measured against a server that does
//! nothing else, memory against the sandbox, whose own does not grow with the list. Both run in the same process.
#![allow(missing_docs, clippy::unwrap_used, clippy::cast_precision_loss)]

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
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
    let url = slow_server();
    let provider = SaltEdge::builder("app", "secret").base_url(&url).build().unwrap();
    let (count, took) = count(&provider, &"1".into(), 100_000, size).await;
    let pages = count / size as usize;
    let least = LATENCY * u32::try_from(pages).unwrap();
    let times = took.as_secs_f64() / least.as_secs_f64();
    println!("  pages of {size:>5}: {took:>7.2?} for {pages} pages, {times:.3} times pages x latency");
}

/// A server on a thread of its own that answers each request exactly so much later: its own work is part of the wait.
fn slow_server() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            connection.set_nodelay(true).unwrap();
            std::thread::spawn(move || {
                let mut lines = BufReader::new(connection.try_clone().unwrap());
                let mut head = String::new();
                while lines.read_line(&mut head).is_ok_and(|read| read > 0) {
                    if !head.ends_with("\r\n\r\n") {
                        continue;
                    }
                    let asked = Instant::now();
                    let body = page(&head);
                    head.clear();
                    let length = body.len();
                    let answer = format!(
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
                    );
                    // A sleep takes longer than it is told, so the rest of the time is spent looking at the clock.
                    std::thread::sleep(LATENCY.saturating_sub(asked.elapsed() + Duration::from_millis(3)));
                    while asked.elapsed() < LATENCY {
                        std::hint::spin_loop();
                    }
                    if connection.write_all(answer.as_bytes()).is_err() {
                        return;
                    }
                }
            });
        }
    });
    url
}

/// The page that a request asks for; ids go on for ever.
fn page(head: &str) -> String {
    let target = head.split(' ').nth(1).unwrap_or_default();
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let number =
        |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse().ok());
    let (first, size): (u64, u64) = (number("from_id").unwrap_or(0), number("per_page").unwrap_or(100));
    let mut text = String::from(r#"{"data":["#);
    for id in first..first + size {
        let comma = if id == first { "" } else { "," };
        write!(
            text,
            r#"{comma}{{"id":"{id}","account_id":"7","duplicated":false,"mode":"normal","status":"posted","made_on":"2026-01-05","amount":-{}.{:02},"currency_code":"EUR","description":"Card payment {id} Bakery at the corner","category":"groceries","extra":{{"account_balance_snapshot":1204.5,"closing_balance":1204.5,"mcc":"5411","payee":"Bakery at the corner","posting_date":"2026-01-06","time":"10:11:12","record_number":"{id}"}},"created_at":"2026-01-06T04:05:06Z","updated_at":"2026-01-06T04:05:06Z"}}"#,
            id % 90,
            id % 100
        )
        .unwrap();
    }
    let next = first + size;
    write!(text, r#"],"meta":{{"next_id":"{next}","next_page":null}}}}"#).unwrap();
    text
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
