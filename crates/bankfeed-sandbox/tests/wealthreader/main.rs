//! Wealth Reader over plain HTTP: every answer is checked against the specification on its way out.
#![allow(clippy::unwrap_used, clippy::panic)]

mod batches;
mod cards;
mod challenges;
mod custody;
mod keys;
mod products;
mod reads;
#[path = "../support/mod.rs"]
mod support;
mod widget;

use bankfeed_sandbox::{Sandbox, SandboxBuilder};
use serde_json::{Value, json};
use support::Reply;

fn builder() -> SandboxBuilder {
    Sandbox::builder().check_answers()
}

async fn sandbox() -> Sandbox {
    builder().start().await.unwrap()
}

/// A form with the first key.
async fn form(sandbox: &Sandbox, path: &str, fields: &[(&str, &str)]) -> Reply {
    let mut all = vec![("api_key", sandbox.wealthreader().api_key)];
    all.extend_from_slice(fields);
    support::form(&format!("{}{path}", sandbox.wealthreader().url), &[], &all).await
}

/// A JSON body with the first key.
async fn post(sandbox: &Sandbox, path: &str, mut body: Value) -> Reply {
    body["api_key"] = json!(sandbox.wealthreader().api_key);
    support::json("POST", &format!("{}{path}", sandbox.wealthreader().url), &[], &body).await
}

async fn get(sandbox: &Sandbox, path_and_query: &str) -> Reply {
    support::get(&format!("{}{path_and_query}", sandbox.wealthreader().url), &[]).await
}

/// A read of a test word.
async fn mocked(sandbox: &Sandbox, word: &str, fields: &[(&str, &str)]) -> Value {
    let mut all = vec![("code", "bancoficticio"), ("token", word)];
    all.extend_from_slice(fields);
    form(sandbox, "/entities/", &all).await.expect(200)
}

/// An amount in cents, from exactly the digits that it was sent in.
fn cents(amount: &Value) -> i64 {
    let text = amount.to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, "0"));
    let rest: i64 = format!("{rest:0<2}").parse().unwrap();
    let sign = if text.starts_with('-') { -1 } else { 1 };
    whole.parse::<i64>().unwrap() * 100 + sign * rest
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}
