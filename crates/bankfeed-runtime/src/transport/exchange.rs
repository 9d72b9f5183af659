//! A whole call: attempts until one counts.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use jiff::Timestamp;
use tracing::field::{Empty, display};
use tracing::{Instrument, Span};

use super::attempt::{Ended, attempt};
use super::http_client::HttpFailure;
use super::retry::Outcome;
use super::retry_after::retry_after;
use super::{Answer, Inspect, Shared};
use crate::call::Retry;
use crate::call::draft::Draft;
use crate::error::{Failure, Kind, Refusal};

/// Sends a call, repeating it where that is allowed.
pub(super) async fn exchange(shared: Arc<Shared>, draft: Box<Draft>, inspect: Inspect) -> Result<Answer, Box<Failure>> {
    // Names follow OpenTelemetry's conventions for HTTP clients. The path is the template: values may be personal.
    let span = tracing::info_span!(
        "http.client",
        http.request.method = draft.operation.method.as_str(),
        url.template = draft.operation.path,
        server.address = shared.base.host_str(),
        server.port = shared.base.port_or_known_default(),
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.type = Empty,
        bankfeed.operation = draft.operation.id,
    );
    let result = attempts(&shared, &draft, inspect).instrument(span.clone()).await;
    record(&span, &result);
    result
}

async fn attempts(shared: &Shared, draft: &Draft, inspect: Inspect) -> Result<Answer, Box<Failure>> {
    let operation = draft.operation;
    if let Some(problem) = &draft.problem {
        return Err(Box::new(Failure::new(Kind::InvalidRequest, operation.id, problem.clone())));
    }
    let started = shared.clock.now();
    shared.budget.deposit();
    let mut made = 0;
    loop {
        let ended = match attempt(shared, draft, inspect).await {
            Ok(ended) => ended,
            Err(mut failure) => {
                failure.attempts = made;
                return Err(failure);
            }
        };
        made += 1;
        let now = shared.clock.now();
        if matches!(&ended, Ended::Answered { status, refusal: None, .. } if status.is_success()) {
            return judge(shared, draft, ended, made, now);
        }
        let Some(pause) = pause(shared, draft, &ended, made, started, now) else {
            return judge(shared, draft, ended, made, now);
        };
        tracing::debug!(attempt = made, pause_ms = pause.as_millis(), "repeating the request");
        shared.sleeper.sleep(pause).await;
    }
}

/// The pause before the next attempt, if there is to be one.
fn pause(
    shared: &Shared,
    draft: &Draft,
    ended: &Ended,
    made: u32,
    started: Timestamp,
    now: Timestamp,
) -> Option<Duration> {
    if !draft.may_retry || draft.operation.retry == Retry::Never || made >= shared.max_attempts {
        return None;
    }
    let empty = Bytes::new();
    let (answer, refusal, failure) = match ended {
        Ended::Answered { status, headers, body, refusal } => (Some((status.as_u16(), headers, body)), *refusal, None),
        // A flood does not get smaller by asking again.
        Ended::TooLarge { .. } => return None,
        Ended::Broke { head, error } => {
            let answer = head.as_ref().map(|(status, headers)| (status.as_u16(), headers, &empty));
            (answer, None, Some(error.kind()))
        }
        Ended::TimedOut => (None, None, Some(HttpFailure::Timeout)),
    };
    let outcome = Outcome {
        operation: draft.operation,
        answer,
        refusal,
        failure,
        retry_after: answer.and_then(|(_, headers, _)| retry_after(headers, now)),
        elapsed: now.duration_since(started).try_into().unwrap_or_default(),
        jitter: (shared.jitter)(),
    };
    let pause = shared.retry_rule.next(made, &outcome)?;
    shared.budget.withdraw().then_some(pause)
}

/// What the last attempt comes to.
fn judge(shared: &Shared, draft: &Draft, ended: Ended, attempts: u32, now: Timestamp) -> Result<Answer, Box<Failure>> {
    let operation = draft.operation.id;
    let answer = |status, headers: HeaderMap, body| Answer {
        operation,
        status,
        request_id: request_id(shared, &headers),
        retry_after: retry_after(&headers, now),
        headers,
        body,
        attempts,
    };
    let failure = match ended {
        Ended::Answered { status, headers, body, refusal } => {
            let answer = answer(status, headers, body);
            if let Some(Refusal { passing }) = refusal {
                let message = "the provider reports an error under a success status";
                Failure { passing, ..Failure::of(Kind::InSuccess, answer, message) }
            } else if status.is_success() {
                return Ok(answer);
            } else if status.is_redirection() {
                Failure::of(Kind::Redirect, answer, "the provider redirects, which is not followed")
            } else {
                Failure::of(Kind::Status, answer, "the provider answers with an error")
            }
        }
        Ended::TooLarge { status, headers } => {
            let limit = shared.max_response_bytes;
            let message = format!("the answer is larger than {limit} bytes");
            Failure { body: None, ..Failure::of(Kind::TooLarge, answer(status, headers, Bytes::new()), message) }
        }
        Ended::Broke { head, error } => {
            let (kind, message) = match error.kind() {
                HttpFailure::Connect => (Kind::Connect, "no connection to the provider"),
                HttpFailure::Timeout => (Kind::Timeout, "the provider did not answer in time"),
                HttpFailure::Truncated => (Kind::Truncated, "the answer was cut off"),
                HttpFailure::Other => (Kind::Broken, "the exchange with the provider broke"),
            };
            let failure = match head {
                Some((status, headers)) => {
                    Failure { body: None, ..Failure::of(kind, answer(status, headers, Bytes::new()), message) }
                }
                None => Failure::new(kind, operation, message),
            };
            Failure { source: error.into_source(), ..failure }
        }
        Ended::TimedOut => Failure::new(Kind::Timeout, operation, "the provider did not answer in time"),
    };
    Err(Box::new(Failure { attempts, ..failure }))
}

fn request_id(shared: &Shared, headers: &HeaderMap) -> Option<String> {
    let value = shared.request_id_headers.iter().find_map(|name| headers.get(name))?;
    value.to_str().ok().map(str::to_owned)
}

fn record(span: &Span, result: &Result<Answer, Box<Failure>>) {
    let (status, attempts) = match result {
        Ok(answer) => (Some(answer.status), answer.attempts),
        Err(failure) => (failure.status, failure.attempts),
    };
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
    if let Err(failure) = result {
        match failure.status {
            Some(status) if failure.kind == Kind::Status => span.record("error.type", status.as_u16()),
            _ => span.record("error.type", display(format_args!("{:?}", failure.kind))),
        };
    }
}
