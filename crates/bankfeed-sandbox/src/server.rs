//! HTTP/1.1: connections in, answers out.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::Provider;
use crate::answer::Answer;
use crate::call::Received;
use crate::control;
use crate::exchange::{self, Outcome, Stage};
use crate::fault::Wire;
use crate::outgoing::{Cut, Outgoing};
use crate::refusal::{Kind, Refusal};

/// Before another connection is taken where one could not be.
const RECOVERY: Duration = Duration::from_millis(5);
/// How often a running clock is looked at.
const TICK: Duration = Duration::from_millis(250);
/// Larger bodies are refused.
const LARGEST_BODY: usize = 4 * 1024 * 1024;

pub(crate) fn runtime(threads: usize) -> std::io::Result<Runtime> {
    match threads {
        1 => Builder::new_current_thread().enable_all().build(),
        more => Builder::new_multi_thread().worker_threads(more).enable_all().build(),
    }
}

/// Serves until it is told to stop.
pub(crate) async fn serve(listener: TcpListener, stage: Arc<Stage>, stopped: oneshot::Receiver<()>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    tokio::spawn(Arc::clone(&stage.mailbox).run(Arc::clone(&stage.clock), stage.options.anywhere));
    if stage.options.running {
        tokio::spawn(tick(Arc::clone(&stage)));
    }
    tokio::pin!(stopped);
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            // It ended before it began, or the system has no socket left: that does not change at once.
            tokio::time::sleep(RECOVERY).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let stage = Arc::clone(&stage);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let stage = Arc::clone(&stage);
                async move { respond(&stage, request).await }
            });
            // Without `pipeline_flush`: it would gather long answers in memory before anything of them is sent.
            let connection =
                http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
        });
    }
}

/// Lets a running clock be felt when nobody asks: callbacks become due, payments are made.
async fn tick(stage: Arc<Stage>) {
    loop {
        tokio::time::sleep(TICK).await;
        stage.advance(Duration::ZERO);
    }
}

async fn respond(stage: &Stage, request: Request<Incoming>) -> Result<Response<Outgoing>, Cut> {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    if let Some(path) = itself(parts.uri.path()) {
        let body = Limited::new(body, LARGEST_BODY).collect().await.map_err(|_| Cut)?.to_bytes();
        let answer = control::answer(stage, &parts.method, path, &body).await;
        return Ok(response(answer, &Wire::default()));
    }
    let (provider, path) = match split(parts.uri.path()) {
        Some(found) => found,
        None => return Ok(response(exchange::nobody(parts.uri.path()), &Wire::default())),
    };
    let collected = Limited::new(body, LARGEST_BODY).collect().await;
    let body = match collected {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => {
            let problem = format!("is larger than {LARGEST_BODY} bytes");
            return Ok(response(
                stage.refuse(provider, &Refusal::new(Kind::TooLarge, "body", problem)),
                &Wire::default(),
            ));
        }
        // The client went away in the middle of it.
        Err(_) => return Err(Cut),
    };
    let url = exchange::address(&parts, stage.root(provider));
    let query = parts.uri.query().map(str::to_owned);
    let received = Received { method: parts.method, path, query, url, headers: parts.headers, body };
    let (method, shown) = (received.method.clone(), received.shown_path());
    let Outcome { operation, answer, wire, refused } = stage.answer(provider, received);
    tracing::info!(
        provider = provider.name(),
        method = method.as_str(),
        operation = operation.as_deref().unwrap_or("-"),
        path = if operation.is_some() { None } else { Some(shown) },
        status = answer.status,
        refused,
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        "request"
    );
    if wire.latency > Duration::ZERO {
        tokio::time::sleep(wire.latency).await;
    }
    if wire.cut { Err(Cut) } else { Ok(response(answer, &wire)) }
}

/// What follows `/sandbox`, the path of the sandbox itself.
fn itself(path: &str) -> Option<&str> {
    path.strip_prefix("/sandbox").filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The provider that the first segment of a path names, and the rest of the path.
fn split(path: &str) -> Option<(Provider, String)> {
    let path = path.strip_prefix('/')?;
    let (name, rest) = path.split_once('/').unwrap_or((path, ""));
    Some((name.parse().ok()?, format!("/{rest}")))
}

fn response(answer: Answer, wire: &Wire) -> Response<Outgoing> {
    let mut response = Response::new(Outgoing::of(answer.body, wire));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        response.headers_mut().append(name, value);
    }
    response
}
