//! One callback over HTTP. It goes to this machine only, unless the sandbox was told otherwise: a test must never reach a stranger.

use std::time::Duration;

use http::Request;
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::Url;

use super::Callback;

/// A receiver that takes longer is not heard.
const PATIENCE: Duration = Duration::from_secs(10);

/// The status of the answer.
pub(super) async fn deliver(callback: &Callback, anywhere: bool) -> Result<u16, String> {
    match tokio::time::timeout(PATIENCE, send(callback, anywhere)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(format!("no answer within {} s", PATIENCE.as_secs())),
    }
}

async fn send(callback: &Callback, anywhere: bool) -> Result<u16, String> {
    let url = Url::parse(&callback.url).map_err(|error| format!("the address is no URL: {error}"))?;
    if url.scheme() != "http" {
        return Err(format!("the sandbox speaks http, not {}: put a proxy in between", url.scheme()));
    }
    let host = url.host_str().unwrap_or_default();
    let address = (host.trim_matches(['[', ']']), url.port_or_known_default().unwrap_or(80));
    let addresses = tokio::net::lookup_host(address).await.map_err(|error| format!("{host} is not found: {error}"))?;
    // Judged by the address that is then connected to, so that no name can lead elsewhere.
    let mut addresses = addresses.filter(|address| anywhere || address.ip().is_loopback()).peekable();
    if addresses.peek().is_none() {
        return Err(format!("{host} is not this machine: allow it with `callbacks_anywhere`"));
    }
    let mut failed = String::new();
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return exchange(stream, &url, callback).await,
            Err(error) => failed = format!("{address}: {error}"),
        }
    }
    Err(failed)
}

async fn exchange(stream: TcpStream, url: &Url, callback: &Callback) -> Result<u16, String> {
    let told = |error: hyper::Error| error.to_string();
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(told)?;
    let driven = tokio::spawn(connection);
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let host = match url.port() {
        Some(port) => format!("{}:{port}", url.host_str().unwrap_or_default()),
        None => url.host_str().unwrap_or_default().to_owned(),
    };
    let mut request = Request::post(target).header("host", host).header("content-type", "application/json");
    for (name, value) in &callback.headers {
        request = request.header(*name, value);
    }
    let request = request.body(Full::new(callback.bytes.clone())).map_err(|error| error.to_string())?;
    let answer = sender.send_request(request).await.map_err(told)?;
    let status = answer.status().as_u16();
    driven.abort();
    Ok(status)
}
