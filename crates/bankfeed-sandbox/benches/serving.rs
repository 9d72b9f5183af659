//! How fast the command answers, how much memory it takes, how soon it is there.
//!
//! `cargo bench -p bankfeed-sandbox` measures the sandbox alone. To measure another server in the same run, such as a mock server
//! that was made from `specs/saltedge.yaml`, name its address: `BESIDE=http://127.0.0.1:4011 cargo bench -p bankfeed-sandbox`.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 16;
const SECONDS: Duration = Duration::from_secs(5);
const HEADERS: &str = "App-id: sandbox-app-id\r\nSecret: sandbox-secret\r\nAccept: application/json\r\n";

fn main() {
    let started = Instant::now();
    let sandbox = Sandbox::start();
    let root = format!("http://{}", sandbox.address);
    let customers = ask(&sandbox.address, "/saltedge/api/v6/customers");
    println!("first answer after {:.1} ms", started.elapsed().as_secs_f64() * 1_000.0);
    let customer = text_after(&customers, "\"customer_id\":\"");
    let connections = ask(&sandbox.address, &format!("/saltedge/api/v6/connections?customer_id={customer}"));
    let connection = text_after(&connections, "\"id\":\"");
    println!("{:>9.1} MB resident before load", sandbox.resident());
    let customer = format!("/customers/{customer}");
    let accounts = format!("/accounts?connection_id={connection}");
    let page = format!("/transactions?connection_id={connection}&per_page=100");
    let one = format!("/transactions?connection_id={connection}&per_page=1");
    for path in [&customer, &one, &page, &accounts] {
        measure(&root, &format!("/saltedge/api/v6{path}"), path);
    }
    println!("{:>9.1} MB resident after it, with a million transactions on each current account", sandbox.resident());
    if let Ok(beside) = std::env::var("BESIDE") {
        println!("beside it, {beside}:");
        for path in [&customer, &one, &page, &accounts] {
            measure(&beside, path, path);
        }
    }
}

/// The command, ended when dropped.
struct Sandbox {
    child: Child,
    address: String,
}

impl Sandbox {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bankfeed-sandbox"))
            .args(["--port", "0", "--quiet", "--transactions", "1000000"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let address = first.trim().rsplit('/').next().unwrap().to_owned();
        Self { child, address }
    }

    /// Megabytes, as Linux counts them; 0 elsewhere.
    fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1_024.0
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Requests per second over several connections, each asking again as soon as it is answered.
fn measure(root: &str, path: &str, shown: &str) {
    let address = root.strip_prefix("http://").unwrap();
    let until = Instant::now() + SECONDS;
    let counts: Vec<(u64, u64, Vec<u64>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(move || load(address, path, until))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let requests: u64 = counts.iter().map(|(requests, ..)| requests).sum();
    let bytes: u64 = counts.iter().map(|(_, bytes, _)| bytes).sum();
    let mut micros: Vec<u64> = counts.into_iter().flat_map(|(.., micros)| micros).collect();
    micros.sort_unstable();
    let at = |percent: usize| micros[(micros.len() - 1) * percent / 100];
    println!(
        "{:>9.0} requests/s, {:>6} bytes each, p50 {} µs, p99 {} µs: {}",
        requests as f64 / SECONDS.as_secs_f64(),
        bytes / requests.max(1),
        at(50),
        at(99),
        shown
    );
}

fn load(address: &str, path: &str, until: Instant) -> (u64, u64, Vec<u64>) {
    let mut connection = Connection::open(address);
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{HEADERS}\r\n");
    let (mut requests, mut bytes, mut micros) = (0, 0, Vec::new());
    while Instant::now() < until {
        let asked = Instant::now();
        bytes += connection.ask(&request).len() as u64;
        requests += 1;
        micros.push(u64::try_from(asked.elapsed().as_micros()).unwrap());
    }
    (requests, bytes, micros)
}

fn ask(address: &str, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{HEADERS}\r\n");
    String::from_utf8(Connection::open(address).ask(&request)).unwrap()
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, buffer: vec![0; 256 * 1024] }
    }

    /// The body of an answer that tells its length.
    fn ask(&mut self, request: &str) -> Vec<u8> {
        self.stream.write_all(request.as_bytes()).unwrap();
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[filled..]).unwrap();
            assert!(read > 0, "the server closed the connection");
            filled += read;
            let Some(head) = self.buffer[..filled].windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let text = std::str::from_utf8(&self.buffer[..head]).unwrap().to_ascii_lowercase();
            assert!(text.starts_with("http/1.1 200"), "{text}");
            let length: usize = text_after(&text, "content-length: ").parse().unwrap();
            if filled >= head + 4 + length {
                return self.buffer[head + 4..head + 4 + length].to_vec();
            }
        }
    }
}

/// What follows a mark, up to a quote or the end of the line.
fn text_after(text: &str, mark: &str) -> String {
    let (_, rest) = text.split_once(mark).unwrap_or_else(|| panic!("{mark} in {text}"));
    rest.split(['"', '\r', '\n']).next().unwrap().to_owned()
}
