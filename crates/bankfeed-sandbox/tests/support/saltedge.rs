//! Requests to Salt Edge in the sandbox.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::panic)]

use bankfeed_sandbox::{Sandbox, SandboxBuilder};
use serde_json::{Value, json};

use crate::support::{self, Reply};

/// A sandbox whose answers are checked, and the way to its Salt Edge.
pub struct Bench {
    pub sandbox: Sandbox,
    pub url: String,
    pub root: String,
}

pub async fn start() -> Bench {
    start_with(Sandbox::builder()).await
}

pub async fn start_with(builder: SandboxBuilder) -> Bench {
    let sandbox = builder.check_answers().start().await.unwrap();
    let url = sandbox.saltedge().url;
    let root = url.strip_suffix("/api/v6").unwrap().to_owned();
    Bench { sandbox, url, root }
}

impl Bench {
    fn headers(&self) -> [(&'static str, &'static str); 2] {
        let access = self.sandbox.saltedge();
        [("app-id", access.app_id), ("secret", access.secret)]
    }

    fn checked(reply: Reply) -> Reply {
        assert_eq!(reply.header("x-sandbox-broken"), "");
        reply
    }

    /// `GET` with credentials.
    pub async fn ask(&self, target: &str) -> Reply {
        Self::checked(support::get(&format!("{}{target}", self.url), &self.headers()).await)
    }

    /// The `data` of a `GET`.
    pub async fn get(&self, target: &str) -> Value {
        self.ask(target).await.expect(200)["data"].take()
    }

    pub async fn delete(&self, target: &str) -> Reply {
        Self::checked(support::send("DELETE", &format!("{}{target}", self.url), &self.headers(), b"").await)
    }

    /// A body in its envelope.
    pub async fn send(&self, method: &str, target: &str, data: &Value) -> Reply {
        let url = format!("{}{target}", self.url);
        Self::checked(support::json(method, &url, &self.headers(), &json!({ "data": data })).await)
    }

    /// The `data` of a `POST` that succeeds.
    pub async fn post(&self, target: &str, data: &Value) -> Value {
        self.send("POST", target, data).await.expect(200)["data"].take()
    }

    /// Every record of a list, by its pages.
    pub async fn all(&self, target: &str, per_page: usize) -> Vec<Value> {
        let sign = if target.contains('?') { '&' } else { '?' };
        let mut records = Vec::new();
        let mut next = format!("{target}{sign}per_page={per_page}");
        loop {
            let page = self.ask(&next).await.expect(200);
            let data = page["data"].as_array().unwrap();
            assert!(data.len() <= per_page);
            records.extend_from_slice(data);
            let Some(rest) = page["meta"]["next_page"].as_str() else { break };
            assert!(!data.is_empty() && page["meta"]["next_id"].is_string());
            next = rest.split_once("/api/v6").unwrap().1.to_owned();
        }
        records
    }

    /// The first customer, and the first of its connections.
    pub async fn first(&self) -> (String, String) {
        let customer = self.get("/customers").await[0]["customer_id"].as_str().unwrap().to_owned();
        let connections = self.get(&format!("/connections?customer_id={customer}")).await;
        (customer, connections[0]["id"].as_str().unwrap().to_owned())
    }

    /// The connection of a customer with a provider.
    pub async fn with(&self, customer: &str, provider: &str) -> Value {
        let connections = self.get(&format!("/connections?customer_id={customer}")).await;
        let found = connections.as_array().unwrap().iter().find(|one| one["provider_code"] == provider);
        found.unwrap().clone()
    }
}

/// Status and class of a refusal.
pub fn class(reply: &Reply) -> (u16, String) {
    let body = reply.json();
    assert!(!reply.refused().is_empty(), "{body}");
    (reply.status, body["error"]["class"].as_str().unwrap().to_owned())
}

/// A refusal to compare with.
pub fn refused(status: u16, class: &str) -> (u16, String) {
    (status, class.to_owned())
}
