//! One attempt: authorize, send, read.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};
use url::Url;

use super::authorize::{Outgoing, Preparation};
use super::http_client::{HttpError, HttpFailure};
use super::{BodyStream, Inspect, Shared};
use crate::call::draft::Draft;
use crate::call::encode_pairs;
use crate::error::{Failure, Kind, Refusal};

/// How an attempt ended, if it was made at all.
pub(super) enum Ended {
    Answered {
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        /// The error that came under a success status.
        refusal: Option<Refusal>,
    },
    TooLarge {
        status: StatusCode,
        headers: HeaderMap,
    },
    /// Broke, perhaps after the head of an answer.
    Broke {
        head: Option<(StatusCode, HeaderMap)>,
        error: HttpError,
    },
    TimedOut,
}

/// Makes one attempt. An error means that nothing was sent.
pub(super) async fn attempt(shared: &Shared, draft: &Draft, inspect: Inspect) -> Result<Ended, Box<Failure>> {
    let request = request(shared, draft)?;
    let timeout = draft.timeout.or(draft.operation.timeout).unwrap_or(shared.timeout);
    Ok(before(shared, timeout, exchange(shared, request, inspect)).await.unwrap_or(Ended::TimedOut))
}

/// The final request, authorized.
fn request(shared: &Shared, draft: &Draft) -> Result<http::Request<Bytes>, Box<Failure>> {
    let operation = draft.operation;
    let invalid = |message: String| Box::new(Failure::new(Kind::InvalidRequest, operation.id, message));
    let unauthorized = |error: super::AuthError| {
        let message = format!("the request cannot be authorized: {error}");
        Box::new(Failure::new(Kind::Auth, operation.id, message))
    };
    let mut query = draft.query.clone();
    let mut payload = draft.payload.clone();
    if draft.link.is_some() {
        query.clear();
    }
    if !operation.public {
        let mut preparation = Preparation { operation, query: &mut query, payload: &mut payload };
        shared.authorize.prepare(&mut preparation).map_err(unauthorized)?;
    }
    let url = match &draft.link {
        Some(link) => link_url(shared, link, &query),
        None => {
            let mut url = shared.base.as_str().trim_end_matches('/').to_owned();
            url.push_str(&draft.filled_path().map_err(invalid)?);
            if !query.is_empty() {
                url.push('?');
                url.push_str(&encode_pairs(&query));
            }
            // Through the same parser the HTTP client uses: what is signed is what is sent.
            Url::parse(&url).ok()
        }
    };
    let url = url.ok_or_else(|| invalid("the URL is not one".to_owned()))?;
    let body = payload.bytes();
    let mut headers = shared.headers.clone();
    headers.insert(ACCEPT, HeaderValue::from_static(draft.accept));
    if let Some(content_type) = payload.content_type() {
        let value = HeaderValue::try_from(&*content_type)
            .map_err(|_| invalid("the content type does not fit into a header".to_owned()))?;
        headers.insert(CONTENT_TYPE, value);
    }
    if !draft.cookies.is_empty() {
        let cookies: Vec<String> = draft.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut value = HeaderValue::try_from(cookies.join("; "))
            .map_err(|_| invalid("a cookie does not fit into a header".to_owned()))?;
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
    for (name, value) in &draft.headers {
        headers.insert(name, value.clone());
    }
    if !operation.public {
        let mut outgoing = Outgoing { operation, url: url.as_str(), headers: &mut headers, body: &body };
        shared.authorize.authorize(&mut outgoing, shared.clock.now()).map_err(unauthorized)?;
    }
    let mut request = http::Request::new(body);
    *request.method_mut() = http::Method::from_bytes(operation.method.as_str().as_bytes())
        .map_err(|_| invalid("the method is not one".to_owned()))?;
    *request.uri_mut() = http::Uri::try_from(url.as_str()).map_err(|_| invalid("the URL is too long".to_owned()))?;
    *request.headers_mut() = headers;
    Ok(request)
}

/// A followed link, with the credentials that belong into the query in place of any it came with.
fn link_url(shared: &Shared, link: &str, credentials: &[(String, String)]) -> Option<Url> {
    let mut url = shared.base.join(link).ok()?;
    if !credentials.is_empty() {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| credentials.iter().all(|(known, _)| known != name))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .chain(credentials.iter().cloned())
            .collect();
        url.set_query(Some(&encode_pairs(&kept)));
    }
    Some(url)
}

async fn exchange(shared: &Shared, request: http::Request<Bytes>, inspect: Inspect) -> Ended {
    let response = match shared.http.execute(request).await {
        Ok(response) => response,
        Err(error) if error.kind() == HttpFailure::Timeout => return Ended::TimedOut,
        Err(error) => return Ended::Broke { head: None, error },
    };
    let (head, body) = response.into_parts();
    let (status, headers) = (head.status, head.headers);
    match read(&headers, body, shared.max_response_bytes).await {
        Ok(Some(body)) => {
            let refusal = if status.is_success() { inspect(&body) } else { None };
            Ended::Answered { status, headers, body, refusal }
        }
        Ok(None) => Ended::TooLarge { status, headers },
        Err(error) if error.kind() == HttpFailure::Timeout => Ended::TimedOut,
        Err(error) => Ended::Broke { head: Some((status, headers)), error },
    }
}

/// The whole body, or `None` as soon as it is known to be larger than the limit.
async fn read(headers: &HeaderMap, mut body: BodyStream, limit: usize) -> Result<Option<Bytes>, HttpError> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit)) {
        return Ok(None);
    }
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(chunk) = body.chunk().await {
        let chunk = chunk?;
        if first.len() + all.len() + chunk.len() > limit {
            return Ok(None);
        }
        // A body that fits into one chunk is not copied.
        if first.is_empty() && all.is_empty() {
            first = chunk;
            continue;
        }
        if all.is_empty() {
            all.extend_from_slice(&std::mem::take(&mut first));
        }
        all.extend_from_slice(&chunk);
    }
    Ok(Some(if all.is_empty() { first } else { all.freeze() }))
}

/// The future's result, unless its time runs out first.
async fn before<T>(shared: &Shared, timeout: Duration, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut deadline = shared.sleeper.deadline(timeout);
    std::future::poll_fn(move |cx| {
        if let Poll::Ready(value) = future.as_mut().poll(cx) {
            return Poll::Ready(Some(value));
        }
        deadline.as_mut().poll(cx).map(|()| None)
    })
    .await
}
