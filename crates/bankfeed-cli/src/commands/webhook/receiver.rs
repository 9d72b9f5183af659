//! The receiver: HTTP/1.1 in, news out. It answers before anything is printed, and never says what was wrong with a callback.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bankfeed::{ErrorKind, Event, Timestamp};
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;

use super::checkers::{Checker, why_not};
use crate::arguments::ProviderName;

/// Larger bodies are refused. Callbacks have a few hundred bytes; those that bring data some kilobytes.
const LARGEST_BODY: usize = 1024 * 1024;
/// A caller who takes longer is let go.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is begun may still end when the receiver does.
const FAREWELL: Duration = Duration::from_secs(2);
/// Connections at a time.
const CONNECTIONS: usize = 64;
/// Before another connection is taken where one could not be.
const RECOVERY: Duration = Duration::from_millis(5);

/// What came.
pub(super) enum News {
    /// A callback that is its provider's.
    Event { event: Box<Event>, at: Timestamp },
    /// A request that was not taken: of whom it claimed to be, and why not.
    Refused { from: Option<ProviderName>, status: StatusCode, why: String },
}

/// What all requests are held against.
pub(super) struct Desk {
    pub(super) checkers: Vec<Checker>,
    /// What paths begin with, without a slash at the end.
    pub(super) prefix: String,
    /// What time it is, for the age of signatures.
    pub(super) now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    pub(super) news: mpsc::Sender<News>,
    /// How many events are still taken.
    pub(super) left: AtomicU64,
}

/// Serves until `stopping` says so; then what is begun is answered, and nothing else.
pub(super) async fn serve(listener: TcpListener, desk: Desk, mut stopping: watch::Receiver<bool>) {
    let (desk, room) = (Arc::new(desk), Arc::new(Semaphore::new(CONNECTIONS)));
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            biased;
            _ = stopping.wait_for(|stop| *stop) => break,
            // Those that are over are forgotten.
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
            accepted = accept(&listener, &room) => accepted,
        };
        let Some((stream, place)) = accepted else {
            tokio::time::sleep(RECOVERY).await;
            continue;
        };
        let (desk, stopping) = (Arc::clone(&desk), stopping.clone());
        connections.spawn(async move {
            converse(stream, &desk, stopping).await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, async { while connections.join_next().await.is_some() {} }).await;
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(room).acquire_owned().await.ok()?;
    let (stream, _) = listener.accept().await.ok()?;
    Some((stream, place))
}

async fn converse(stream: TcpStream, desk: &Arc<Desk>, mut stopping: watch::Receiver<bool>) {
    let desk = Arc::clone(desk);
    let service = service_fn(move |request| {
        let desk = Arc::clone(&desk);
        async move { Ok::<_, std::convert::Infallible>(desk.answer(request).await) }
    });
    let mut builder = http1::Builder::new();
    // One request each: who stays connected and says nothing would take a place.
    builder.timer(TokioTimer::new()).header_read_timeout(PATIENCE).keep_alive(false);
    let mut connection = std::pin::pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // A caller who breaks off has nothing to be told.
        _ = connection.as_mut() => return,
        _ = stopping.wait_for(|stop| *stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// Why a request is not taken.
struct No {
    from: Option<ProviderName>,
    status: StatusCode,
    why: String,
}

impl Desk {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        // What cannot be told is not taken, so that it is sent again.
        let Ok(place) = self.news.try_reserve() else { return plain(StatusCode::SERVICE_UNAVAILABLE) };
        let at = (self.now)();
        let (news, answer) = match self.read(request, at).await {
            Ok(_) if !self.takes_one() => return plain(StatusCode::SERVICE_UNAVAILABLE),
            Ok(event) => (News::Event { event: Box::new(event), at }, plain(StatusCode::OK)),
            Err(No { from, status, why }) => {
                let mut answer = plain(status);
                if status == StatusCode::METHOD_NOT_ALLOWED {
                    answer.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
                }
                (News::Refused { from, status, why }, answer)
            }
        };
        place.send(news);
        answer
    }

    async fn read(&self, request: Request<Incoming>, at: Timestamp) -> Result<Event, No> {
        let (head, body) = request.into_parts();
        // The path itself is not told: it may be what proves a callback.
        let Some(checker) = self.whose(head.uri.path()) else {
            return Err(No { from: None, status: StatusCode::NOT_FOUND, why: "no provider has that path".to_owned() });
        };
        let no = |status, why: &str| No { from: Some(checker.name), status, why: why.to_owned() };
        if head.method != Method::POST {
            return Err(no(StatusCode::METHOD_NOT_ALLOWED, "callbacks come by POST"));
        }
        let too_large = || no(StatusCode::PAYLOAD_TOO_LARGE, "its body is larger than a callback's");
        if usize::try_from(body.size_hint().lower()).map_or(true, |length| length > LARGEST_BODY) {
            return Err(too_large());
        }
        let body = match tokio::time::timeout(PATIENCE, Limited::new(body, LARGEST_BODY).collect()).await {
            Ok(Ok(body)) => body.to_bytes(),
            Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(too_large()),
            Ok(Err(_)) => return Err(no(StatusCode::BAD_REQUEST, "its body broke off")),
            Err(_) => return Err(no(StatusCode::REQUEST_TIMEOUT, "its body did not come in time")),
        };
        let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
        checker.verify(target, &head.headers, &body, at).map_err(|error| {
            let status = match error.kind() {
                ErrorKind::UnexpectedAnswer => StatusCode::BAD_REQUEST,
                _ => StatusCode::UNAUTHORIZED,
            };
            no(status, &why_not(&error))
        })
    }

    /// Whether one more event is taken: what was answered with success is printed, without exception.
    fn takes_one(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }

    /// The provider that a path names in its first part.
    fn whose(&self, path: &str) -> Option<&Checker> {
        let rest = path.strip_prefix(self.prefix.as_str())?.strip_prefix('/')?;
        let first = rest.split('/').next().unwrap_or_default();
        self.checkers.iter().find(|checker| checker.name.id().as_str() == first)
    }
}

fn plain(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}
