//! Belvo, asked as any program asks.
#![allow(clippy::unwrap_used, clippy::panic)]

mod lists;
mod live;
mod refusals;
#[path = "../support/mod.rs"]
mod support;

use bankfeed_sandbox::{Sandbox, SandboxBuilder};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use support::Reply;

/// A sandbox that checks its own answers.
pub(crate) struct Belvo {
    pub(crate) sandbox: Sandbox,
    pub(crate) url: String,
    authorization: String,
}

impl Belvo {
    pub(crate) async fn new(set: impl FnOnce(SandboxBuilder) -> SandboxBuilder) -> Self {
        let builder = Sandbox::builder().people(2).transactions(120).check_answers();
        let sandbox = set(builder).start().await.unwrap();
        let access = sandbox.belvo();
        let pair = STANDARD.encode(format!("{}:{}", access.secret_id, access.secret_password));
        Self { url: access.url, authorization: format!("Basic {pair}"), sandbox }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        support::get(&format!("{}{path}", self.url), &[("authorization", &self.authorization)]).await
    }

    /// A list's only page.
    pub(crate) async fn list(&self, path: &str) -> Vec<Value> {
        let page = self.get(path).await.expect(200);
        assert_eq!(page["next"], Value::Null, "{path} has more pages");
        page["results"].as_array().unwrap().clone()
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Value) -> Reply {
        support::json(method, &format!("{}{path}", self.url), &[("authorization", &self.authorization)], &body).await
    }

    pub(crate) async fn later(&self, method: &str, path: &str, body: Value) -> Reply {
        let headers = [("authorization", self.authorization.as_str()), ("x-belvo-request-mode", "async")];
        support::json(method, &format!("{}{path}", self.url), &headers, &body).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        support::send("DELETE", &format!("{}{path}", self.url), &[("authorization", &self.authorization)], b"").await
    }

    pub(crate) async fn delete_later(&self, path: &str) -> Reply {
        let headers = [("authorization", self.authorization.as_str()), ("x-belvo-request-mode", "async")];
        support::send("DELETE", &format!("{}{path}", self.url), &headers, b"").await
    }

    /// The first link to an institution.
    pub(crate) async fn link(&self, institution: &str) -> String {
        let links = self.list(&format!("/api/links/?institution={institution}")).await;
        links[0]["id"].as_str().unwrap().to_owned()
    }
}

pub(crate) const BANK: &str = "ofmockbank_br_retail";

/// Whole cents of an amount, as it is written.
pub(crate) fn cents(amount: &Value) -> i64 {
    let text = amount.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "0"));
    format!("{whole}{decimals:0<2}").parse().unwrap()
}
