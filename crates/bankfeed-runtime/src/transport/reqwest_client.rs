//! The default HTTP client: reqwest over rustls, with ring and the system's root certificates.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use rustls_platform_verifier::BuilderVerifierExt;

use super::http_client::{BodyStream, HttpClient, HttpError, HttpFailure};
use super::{BoxFuture, ConfigError};

/// A client that neither follows redirects nor unpacks bodies.
///
/// Proxies are taken from the environment, except on the way to this machine.
pub(super) fn default_client(to_this_machine: bool) -> Result<reqwest::Client, ConfigError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_platform_verifier())
        .map_err(|error| ConfigError::new(format!("TLS cannot be set up: {error}")))?
        .with_no_client_auth();
    let mut builder = reqwest::Client::builder();
    if to_this_machine {
        builder = builder.no_proxy();
    }
    builder
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        // The transport alone decides about repeating a request.
        .retry(reqwest::retry::never())
        .build()
        .map_err(|error| ConfigError::new(format!("the HTTP client cannot be set up: {}", error.without_url())))
}

impl HttpClient for reqwest::Client {
    fn execute(&self, request: http::Request<Bytes>) -> BoxFuture<Result<http::Response<BodyStream>, HttpError>> {
        let request = reqwest::Request::try_from(request);
        let client = self.clone();
        Box::pin(async move {
            let response = reqwest::Client::execute(&client, request.map_err(failed)?).await.map_err(failed)?;
            Ok(http::Response::from(response).map(|body| BodyStream::new(Chunks(body))))
        })
    }
}

fn failed(error: reqwest::Error) -> HttpError {
    let kind = if error.is_timeout() {
        HttpFailure::Timeout
    } else if error.is_connect() {
        HttpFailure::Connect
    } else {
        HttpFailure::Other
    };
    // The URL may carry credentials or personal data in its query.
    HttpError::new(kind, error.without_url())
}

struct Chunks(reqwest::Body);

impl Stream for Chunks {
    type Item = Result<Bytes, HttpError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(Pin::new(&mut self.0).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    let kind = if error.is_timeout() { HttpFailure::Timeout } else { HttpFailure::Truncated };
                    return Poll::Ready(Some(Err(HttpError::new(kind, error.without_url()))));
                }
                // Trailers are of no use here.
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}
