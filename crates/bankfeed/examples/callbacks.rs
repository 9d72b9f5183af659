//! A receiver of callbacks: `cargo run -p bankfeed --example callbacks`.
//!
//! [`receive`] knows no provider. It verifies the raw body, drops what came before, hands the event over and answers; the
//! work is done elsewhere, since a provider that waits too long sends again. The sandbox plays Salt Edge and Belvo and
//! sends the callbacks of a refresh to this very program, so it needs neither credentials nor network.
#![allow(missing_docs)]

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::post;
use bankfeed::{Belvo, ConnectionFilter, ErrorKind, Event, Paging, Provider, SaltEdge, Timestamp};
use bankfeed_sandbox::Sandbox;
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// What the receiver needs to judge a callback, and where it puts what it took.
pub(crate) struct Inbox {
    providers: BTreeMap<String, Box<dyn Provider>>,
    /// The sandbox has a clock of its own; elsewhere this is `Timestamp::now`.
    now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// The keys of events that were taken. In production: a unique column, written with the event in one transaction.
    seen: Mutex<HashSet<String>>,
    queue: mpsc::Sender<Event>,
}

/// The addresses: `/PROVIDER`, and below it one for each kind where a provider has several.
pub(crate) fn router(inbox: Arc<Inbox>) -> Router {
    Router::new()
        .route("/{provider}", post(receive))
        .route("/{provider}/{kind}", post(receive))
        // Callbacks are small; whoever sends more is somebody else.
        .layer(axum::extract::DefaultBodyLimit::max(256 * 1024))
        .with_state(inbox)
}

/// One callback: `Bytes`, not `Json`, because what is signed is every byte.
async fn receive(
    State(inbox): State<Arc<Inbox>>,
    Path(path): Path<BTreeMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let provider = path.get("provider").and_then(|name| inbox.providers.get(name));
    let Some(webhooks) = provider.and_then(|provider| provider.webhooks()) else { return StatusCode::NOT_FOUND };
    match webhooks.verify(&headers, &body, (inbox.now)()) {
        Ok(event) => inbox.take(event),
        Err(error) => {
            // Without body, header or query: an error of bankfeed can be logged as it is.
            eprintln!("refused: {error}");
            match error.kind() {
                ErrorKind::NotVerified => StatusCode::UNAUTHORIZED,
                ErrorKind::UnexpectedAnswer => StatusCode::UNPROCESSABLE_ENTITY,
                // The settings are wrong, which sending again does not mend before we do.
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            }
        }
    }
}

impl Inbox {
    /// Hands an event over once. A repetition is answered like the first time, or it would be sent again for ever.
    fn take(&self, event: Event) -> StatusCode {
        // Room first, then the key: an event for which there is no room must not count as seen.
        let Ok(room) = self.queue.try_reserve() else { return StatusCode::SERVICE_UNAVAILABLE };
        let key = format!("{}:{}", event.provider, event.idempotency_key);
        if self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(key) {
            room.send(event);
        }
        StatusCode::OK
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", run(64).await?);
    Ok(())
}

/// Receives what a refresh at both providers sends, then a repetition and a forgery; `room` is how many events may wait.
pub(crate) async fn run(room: usize) -> Result<String, Box<dyn Error>> {
    let sandbox = Arc::new(Sandbox::builder().people(1).transactions(24).start().await?);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    sandbox.send_callbacks_to(bankfeed_sandbox::Provider::SaltEdge, format!("{address}/saltedge").parse()?);
    sandbox.send_callbacks_to(bankfeed_sandbox::Provider::Belvo, format!("{address}/belvo").parse()?);

    let (queue, mut events) = mpsc::channel(room);
    let clock = sandbox.clone();
    let inbox = Arc::new(Inbox {
        providers: providers(&sandbox, &address)?,
        now: Box::new(move || Timestamp::try_from(clock.now()).unwrap_or(Timestamp::MAX)),
        seen: Mutex::default(),
        queue,
    });
    let server = axum::serve(listener, router(inbox.clone()));
    let serving = tokio::spawn(async move { server.await });

    for provider in inbox.providers.values() {
        refresh_first(provider.as_ref()).await?;
    }
    sandbox.settled().await;

    let mut text = String::new();
    while let Ok(event) = events.try_recv() {
        let kind = event.kind.value.map_or_else(|| "unknown".to_owned(), |kind| format!("{kind:?}"));
        let word = event.kind.word.unwrap_or_default();
        text += &format!("{:<9} {kind:<15} {word}\n", event.provider.to_string());
    }

    let sent = sandbox.callbacks();
    let refused = sent.iter().filter(|callback| callback.outcome != Ok(200)).count();
    text += &format!("{} callbacks sent, {refused} not taken\n", sent.len());

    // The network repeats one, and a stranger sends the same without the agreed header.
    let first = sent.iter().find(|callback| callback.provider == bankfeed_sandbox::Provider::Belvo);
    let body = first.map(|callback| callback.body.to_string()).ok_or("Belvo sent nothing")?;
    let repeated = send(&format!("{address}/belvo"), sandbox.belvo().webhook_authorization, &body).await?;
    let forged = send(&format!("{address}/belvo"), "Bearer guessed", &body).await?;
    let elsewhere = send(&format!("{address}/nobody"), "Bearer guessed", &body).await?;
    let anew = events.try_recv().is_ok();
    text += &format!("repeated: {repeated}, an event: {}\n", if anew { "yes" } else { "no" });
    text += &format!("forged: {forged}\nanother address: {elsewhere}\n");
    serving.abort();
    Ok(text)
}

/// Both providers, with what proves their callbacks. Salt Edge signs the address along with the body, so it is needed as it
/// is known outside, in front of any proxy.
fn providers(sandbox: &Sandbox, address: &str) -> Result<BTreeMap<String, Box<dyn Provider>>, bankfeed::Error> {
    let (saltedge, belvo) = (sandbox.saltedge(), sandbox.belvo());
    let saltedge = SaltEdge::builder(saltedge.app_id, saltedge.secret)
        .base_url(&saltedge.url)
        .callback_key_pem(saltedge.callback_key)
        .success_callback(&format!("{address}/saltedge/success"))
        .fail_callback(&format!("{address}/saltedge/fail"))
        .notify_callback(&format!("{address}/saltedge/notify"))
        .destroy_callback(&format!("{address}/saltedge/destroy"))
        .build()?;
    let belvo = Belvo::builder(belvo.secret_id, belvo.secret_password)
        .base_url(&belvo.url)
        .webhook_authorization(belvo.webhook_authorization)
        .build()?;
    let all: [Box<dyn Provider>; 2] = [Box::new(saltedge), Box::new(belvo)];
    Ok(all.into_iter().map(|provider| (provider.id().to_string(), provider)).collect())
}

/// Has the provider ask the institution of the first connection that can be asked without its user.
async fn refresh_first(provider: &dyn Provider) -> Result<(), bankfeed::Error> {
    let Some(connections) = provider.connections() else { return Ok(()) };
    let mut list = connections.list_connections(ConnectionFilter::all(), Paging::default());
    while let Some(connection) = list.next().await {
        if connections.refresh_connection(&connection?.id).await.is_ok() {
            break;
        }
    }
    Ok(())
}

/// Sends a body as a provider would.
async fn send(address: &str, authorization: &str, body: &str) -> Result<StatusCode, Box<dyn Error>> {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let request = Request::post(address)
        .header("authorization", authorization)
        .header("content-type", "application/json")
        .body(Full::new(Bytes::from(body.to_owned())))?;
    Ok(client.request(request).await?.status())
}
