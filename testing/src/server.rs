//! A server that speaks raw HTTP/1.1, so that broken answers can be played too.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::reply::{FLOOD, Reply, reply};
use crate::request::Request;

/// A server on loopback, on a port of its own, that notes what it is asked and answers what it is told.
///
/// It lives as long as the runtime that it was started in.
pub struct Server {
    /// Where it is, such as `http://127.0.0.1:49152`.
    pub url: String,
    stage: Arc<Stage>,
}

struct Stage {
    rule: Box<dyn Fn(&Request) -> Reply + Send + Sync>,
    queue: Mutex<VecDeque<Reply>>,
    requests: Mutex<Vec<Request>>,
    flooded: AtomicUsize,
}

impl Server {
    /// Answers every request by a rule.
    pub async fn answering(rule: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let url = format!("http://{}", listener.local_addr().expect("a listener has an address"));
        let stage = Arc::new(Stage {
            rule: Box::new(rule),
            queue: Mutex::default(),
            requests: Mutex::default(),
            flooded: AtomicUsize::new(0),
        });
        let playing = stage.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let stage = playing.clone();
                tokio::spawn(async move { serve(socket, &stage).await });
            }
        });
        Self { url, stage }
    }

    /// Answers one request after the other; further ones with status 599.
    pub async fn playing(replies: impl IntoIterator<Item = Reply>) -> Self {
        let server = Self::answering(|_| reply(599, &[], "unexpected")).await;
        server.stage.queue.lock().unwrap().extend(replies);
        server
    }

    /// Answers one more request so, before the rule is asked again.
    pub fn queue(&self, reply: Reply) {
        self.stage.queue.lock().unwrap().push_back(reply);
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.stage.requests.lock().unwrap().clone()
    }

    /// The one request there was.
    ///
    /// # Panics
    /// When there was none, or more than one.
    pub fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "one request expected");
        requests.remove(0)
    }

    /// How many bytes of floods were taken, what the sockets buffer included.
    pub fn flooded(&self) -> usize {
        self.stage.flooded.load(Ordering::SeqCst)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("url", &self.url).finish_non_exhaustive()
    }
}

async fn serve(mut socket: TcpStream, stage: &Stage) {
    let Some(request) = receive(&mut socket).await else { return };
    // Noted before it is answered: whoever has the answer finds the request.
    stage.requests.lock().unwrap().push(request.clone());
    let queued = stage.queue.lock().unwrap().pop_front();
    match queued.unwrap_or_else(|| (stage.rule)(&request)) {
        Reply::Bytes(bytes) => {
            // A client that has seen enough may be gone.
            let _ = socket.write_all(&bytes).await;
        }
        Reply::Silence => std::future::pending().await,
        Reply::Flood => flood(&mut socket, stage).await,
    }
    let _ = socket.shutdown().await;
}

async fn flood(socket: &mut TcpStream, stage: &Stage) {
    const CHUNK: usize = 0x10000;
    let mut chunk = format!("{CHUNK:x}\r\n").into_bytes();
    chunk.extend(vec![b' '; CHUNK]);
    chunk.extend(b"\r\n");
    let _ = socket.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
    while stage.flooded.load(Ordering::SeqCst) < FLOOD && socket.write_all(&chunk).await.is_ok() {
        stage.flooded.fetch_add(CHUNK, Ordering::SeqCst);
    }
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
    let mut request = Request::from_head(str::from_utf8(&bytes[..end]).ok()?)?;
    let length: usize = request.header("content-length").map_or(Some(0), |length| length.parse().ok())?;
    while bytes.len() < end + 4 + length {
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    request.body = bytes.split_off(end + 4);
    Some(request)
}
