//! A server that speaks raw HTTP/1.1, so that broken answers can be played, and what most tests need around it.
// Every test crate uses its own part of this.
#![allow(dead_code)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bankfeed_runtime as rt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a request was answered with.
pub(crate) enum Reply {
    /// These bytes, then the connection ends.
    Bytes(Vec<u8>),
    /// A body of zeros that never ends.
    Endless,
    /// Nothing, ever.
    Silence,
}

/// A whole answer.
pub(crate) fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut text = format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    Reply::Bytes(format!("{text}\r\n{body}").into_bytes())
}

pub(crate) fn json(body: &str) -> Reply {
    reply(200, &[("content-type", "application/json"), ("x-request-id", "req-1")], body)
}

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }

    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.target.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    /// How many bytes of endless bodies were taken.
    pub(crate) sent: Arc<AtomicUsize>,
}

impl Server {
    /// Answers every request by a rule.
    pub(crate) async fn answering(rule: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let sent = Arc::new(AtomicUsize::new(0));
        let (seen, taken, rule) = (requests.clone(), sent.clone(), Arc::new(rule));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (seen, taken, rule) = (seen.clone(), taken.clone(), rule.clone());
                tokio::spawn(async move { serve(socket, &seen, &taken, &*rule).await });
            }
        });
        Self { url, requests, sent }
    }

    /// Answers one request after the other; further ones with 599.
    pub(crate) async fn playing(replies: impl IntoIterator<Item = Reply>) -> Self {
        let mut replies: Vec<Reply> = replies.into_iter().collect();
        replies.reverse();
        let replies = Mutex::new(replies);
        Self::answering(move |_| replies.lock().unwrap().pop().unwrap_or_else(|| reply(599, &[], "unexpected"))).await
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(
    mut socket: TcpStream,
    seen: &Mutex<Vec<Request>>,
    taken: &AtomicUsize,
    rule: &(dyn Fn(&Request) -> Reply + Send + Sync),
) {
    let Some(request) = receive(&mut socket).await else { return };
    let reply = rule(&request);
    seen.lock().unwrap().push(request);
    match reply {
        Reply::Bytes(bytes) => {
            let _ = socket.write_all(&bytes).await;
        }
        Reply::Silence => std::future::pending().await,
        Reply::Endless => {
            let _ = socket.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
            let mut chunk = b"10000\r\n".to_vec();
            chunk.extend(vec![b'0'; 0x10000]);
            chunk.extend(b"\r\n");
            // Bounded, so that a client without a limit fails the test instead of hanging it.
            while taken.load(Ordering::SeqCst) < 100 << 20 && socket.write_all(&chunk).await.is_ok() {
                taken.fetch_add(0x10000, Ordering::SeqCst);
            }
        }
    }
    let _ = socket.shutdown().await;
}

async fn receive(socket: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let mut words = head.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut request = Request { method, target, head, body: String::new() };
    let length: usize = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    while bytes.len() < end + 4 + length {
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    request.body = String::from_utf8_lossy(&bytes[end + 4..]).into_owned();
    Some(request)
}

/// The provider's error body in these tests.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: String,
}
rt::object!(Problem { code: "code" });

impl rt::ApiError for Problem {
    fn decode(_: u16, _: &rt::HeaderMap, body: &[u8]) -> Option<Self> {
        rt::de::from_slice(body).ok()
    }

    fn in_success(body: &[u8]) -> Option<Self> {
        if body.starts_with(br#"{"code""#) { rt::de::from_slice(body).ok() } else { None }
    }

    fn code(&self) -> Option<&str> {
        Some(&self.code)
    }

    fn is_rate_limited(&self, status: u16) -> bool {
        status == 429 || self.code == "RateLimitExceeded"
    }
}

pub(crate) type Error = rt::Error<Problem>;

#[derive(Debug, PartialEq)]
pub(crate) struct Thing {
    pub(crate) id: rt::Id,
}
rt::object!(Thing { id: "id" });

pub(crate) fn noon() -> rt::jiff::Timestamp {
    "2026-01-01T12:00:00Z".parse().unwrap()
}

/// A transport without real waiting or chance, and the sleeper that tells how long it would have waited.
pub(crate) fn transport(url: &str) -> (rt::TransportBuilder, rt::ManualSleeper) {
    let clock = rt::ManualClock::new(noon());
    let sleeper = rt::ManualSleeper::new(clock.clone());
    (rt::Transport::builder(url).clock(clock).sleeper(sleeper.clone()).jitter(|| 0.0), sleeper)
}
