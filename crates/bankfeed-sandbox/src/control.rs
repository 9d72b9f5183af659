//! The sandbox itself over HTTP, for those who do not hold a [`Sandbox`](crate::Sandbox): everything below `/sandbox`.

use std::path::Path;
use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use url::Url;

use crate::Provider;
use crate::answer::Answer;
use crate::callback::Delivery;
use crate::exchange::Stage;
use crate::record::Recorded;

/// What can be asked, as `GET /sandbox` tells it.
const OFFERS: &[(&str, &str)] = &[
    ("GET /sandbox/clock", "what time it is here"),
    ("POST /sandbox/clock", "moves it on: {\"advance_seconds\": 86400}"),
    ("GET /sandbox/requests", "the latest requests, secrets redacted"),
    ("DELETE /sandbox/requests", "forgets them"),
    ("GET /sandbox/callbacks", "callbacks that were sent, after waiting for those that are due"),
    ("PUT /sandbox/callbacks/PROVIDER", "where a provider sends its callbacks: {\"url\": \"http://127.0.0.1:8080/\"}"),
    ("POST /sandbox/faults", "lets something go wrong: a text with a rule on each line"),
    ("DELETE /sandbox/faults", "ends every fault that a rule set"),
];

/// Answers a request below `/sandbox`; `path` is what follows.
pub(crate) async fn answer(stage: &Stage, method: &Method, path: &str, body: &[u8]) -> Answer {
    match (method.as_str(), path.trim_end_matches('/')) {
        ("GET", "") => Answer::json(200, overview(stage)),
        ("GET", "/clock") => Answer::json(200, time(stage)),
        ("POST", "/clock") => clock(stage, body),
        ("GET", "/requests") => Answer::json(200, stage.record.all().iter().map(request).collect()),
        ("DELETE", "/requests") => {
            stage.record.clear();
            Answer::empty(204)
        }
        ("GET", "/callbacks") => {
            stage.mailbox.settled(&stage.clock).await;
            Answer::json(200, stage.mailbox.delivered().iter().map(delivery).collect())
        }
        ("PUT", path) => match path.strip_prefix("/callbacks/") {
            Some(provider) => receiver(stage, provider, body),
            None => unknown(method, path),
        },
        ("POST", "/faults") => faults(stage, body),
        ("DELETE", "/faults") => {
            stage.faults.clear();
            Answer::empty(204)
        }
        (_, path) => unknown(method, path),
    }
}

fn overview(stage: &Stage) -> Value {
    let offers: Vec<Value> = OFFERS.iter().map(|(ask, what)| json!({ "ask": ask, "does": what })).collect();
    let roots: serde_json::Map<String, Value> =
        Provider::ALL.iter().map(|provider| (provider.to_string(), json!(stage.root(*provider)))).collect();
    json!({ "version": env!("CARGO_PKG_VERSION"), "now": stage.clock.now().to_string(), "providers": roots, "offers": offers })
}

fn time(stage: &Stage) -> Value {
    json!({ "now": stage.clock.now().to_string() })
}

fn clock(stage: &Stage, body: &[u8]) -> Answer {
    let seconds = serde_json::from_slice(body).ok().and_then(|body: Value| body["advance_seconds"].as_u64());
    match seconds {
        Some(seconds) => {
            stage.advance(Duration::from_secs(seconds));
            Answer::json(200, time(stage))
        }
        None => refused("the body has to be {\"advance_seconds\": N}, N whole and not negative: time never goes back"),
    }
}

fn receiver(stage: &Stage, provider: &str, body: &[u8]) -> Answer {
    let provider: Provider = match provider.parse() {
        Ok(provider) => provider,
        Err(error) => return refused(&error.to_string()),
    };
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    match body["url"].as_str().map(Url::parse) {
        Some(Ok(url)) => {
            stage.set_receiver(provider, url);
            Answer::empty(204)
        }
        _ => refused("the body has to be {\"url\": \"http://…\"}"),
    }
}

fn faults(stage: &Stage, body: &[u8]) -> Answer {
    let Ok(text) = std::str::from_utf8(body) else { return refused("the body is not text") };
    match crate::fault::read(text, Path::new("body")) {
        Ok(rules) => {
            for rule in rules {
                stage.faults.add(rule);
            }
            Answer::empty(204)
        }
        Err(error) => refused(&error.to_string()),
    }
}

fn request(request: &Recorded) -> Value {
    let pairs =
        |pairs: &[(String, String)]| -> Value { pairs.iter().map(|(name, value)| json!([name, value])).collect() };
    json!({
        "provider": request.provider.name(),
        "operation": request.operation,
        "method": request.method,
        "path": request.path,
        "query": pairs(&request.query),
        "headers": pairs(&request.headers),
        "body": request.body,
        "status": request.status,
        "refused": request.refused,
    })
}

fn delivery(delivery: &Delivery) -> Value {
    let (status, failed) = match &delivery.outcome {
        Ok(status) => (Some(*status), None),
        Err(why) => (None, Some(why)),
    };
    json!({
        "provider": delivery.provider.name(),
        "name": delivery.name,
        "url": delivery.url,
        "body": delivery.body,
        "status": status,
        "failed": failed,
    })
}

fn unknown(method: &Method, path: &str) -> Answer {
    let offers: Vec<&str> = OFFERS.iter().map(|(ask, _)| *ask).collect();
    Answer::json(404, json!({ "error": format!("{method} /sandbox{path} is not offered"), "offers": offers }))
}

fn refused(why: &str) -> Answer {
    Answer::json(400, json!({ "error": why }))
}
