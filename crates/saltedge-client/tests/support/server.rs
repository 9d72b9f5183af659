//! A server on loopback that notes what it is asked and answers what it is told, byte for byte.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a request is answered with.
#[derive(Clone)]
pub enum Reply {
    /// These bytes, then the connection ends.
    Bytes(Vec<u8>),
    /// A body that goes on until nobody reads it.
    Flood,
}

pub fn reply(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let mut text = format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut bytes = format!("{text}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    Reply::Bytes(bytes)
}

pub fn json(body: impl AsRef<[u8]>) -> Reply {
    reply(200, &[("content-type", "application/json")], body)
}

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub target: String,
    head: String,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        let (_, query) = self.target.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }
}

pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    flooded: Arc<AtomicUsize>,
}

/// No more than this comes of a flood, so that a client without a limit fails its test instead of hanging it.
pub const FLOOD: usize = 100 << 20;

impl Server {
    /// Answers every request by a rule.
    pub async fn answering(rule: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (requests, flooded) = (Arc::<Mutex<Vec<Request>>>::default(), Arc::<AtomicUsize>::default());
        let (seen, taken, rule) = (requests.clone(), flooded.clone(), Arc::new(rule));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (seen, taken, rule) = (seen.clone(), taken.clone(), rule.clone());
                tokio::spawn(async move { serve(socket, &seen, &taken, &*rule).await });
            }
        });
        Self { url, requests, flooded }
    }

    /// Answers one request after the other; further ones with 599.
    pub async fn playing(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Mutex::new(replies.into_iter().collect::<std::collections::VecDeque<_>>());
        Self::answering(move |_| replies.lock().unwrap().pop_front().unwrap_or_else(|| reply(599, &[], "unexpected")))
            .await
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The one request there was.
    pub fn request(&self) -> Request {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "one request expected");
        requests.into_iter().next().unwrap()
    }

    /// How many bytes of floods were taken.
    pub fn flooded(&self) -> usize {
        self.flooded.load(Ordering::SeqCst)
    }
}

async fn serve(
    mut socket: TcpStream,
    seen: &Mutex<Vec<Request>>,
    flooded: &AtomicUsize,
    rule: &(dyn Fn(&Request) -> Reply + Send + Sync),
) {
    let Some(request) = receive(&mut socket).await else { return };
    let reply = rule(&request);
    seen.lock().unwrap().push(request);
    match reply {
        Reply::Bytes(bytes) => {
            let _ = socket.write_all(&bytes).await;
        }
        Reply::Flood => {
            let _ = socket.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
            let mut chunk = b"10000\r\n".to_vec();
            chunk.extend(vec![b' '; 0x10000]);
            chunk.extend(b"\r\n");
            while flooded.load(Ordering::SeqCst) < FLOOD && socket.write_all(&chunk).await.is_ok() {
                flooded.fetch_add(0x10000, Ordering::SeqCst);
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
    let mut request = Request { method, target, head, body: Vec::new() };
    let length: usize = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    while bytes.len() < end + 4 + length {
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    request.body = bytes.split_off(end + 4);
    Some(request)
}
