//! Requests to the payments of a sandbox.

use std::time::Duration;

use bankfeed_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{self, Reply};

pub(crate) const V2: (&str, &str) = ("x-belvo-api-resource-version", "Payments-BR.V2");
/// `sandbox-secret-id:sandbox-secret-password`.
pub(crate) const KEYS: (&str, &str) =
    ("authorization", "Basic c2FuZGJveC1zZWNyZXQtaWQ6c2FuZGJveC1zZWNyZXQtcGFzc3dvcmQ=");
pub(crate) const NOBODY: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
pub(crate) const SECOND: Duration = Duration::from_secs(1);
pub(crate) const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A sandbox, and requests to its payments.
pub(crate) struct Bank {
    pub(crate) sandbox: Sandbox,
}

impl Bank {
    pub(crate) async fn open() -> Self {
        Self { sandbox: Sandbox::builder().check_answers().start().await.unwrap() }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}/payments/br{path}", self.sandbox.belvo().url)
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        support::get(&self.url(path), &[KEYS]).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        support::json("POST", &self.url(path), &[KEYS], body).await
    }

    pub(crate) async fn get_v2(&self, path: &str) -> Reply {
        support::get(&self.url(path), &[KEYS, V2]).await
    }

    pub(crate) async fn post_v2(&self, path: &str, body: &Value) -> Reply {
        support::json("POST", &self.url(path), &[KEYS, V2], body).await
    }

    /// A request without a body.
    pub(crate) async fn act(&self, path: &str) -> Reply {
        support::send("POST", &self.url(path), &[KEYS, V2], b"").await
    }

    pub(crate) async fn list(&self, path: &str) -> Vec<Value> {
        let page = self.get(path).await.expect(200);
        let results = page["results"].as_array().unwrap().clone();
        assert_eq!(page["count"], results.len(), "{path}");
        results
    }

    /// The id of the first record of a list.
    pub(crate) async fn first(&self, path: &str) -> String {
        id(&self.list(path).await[0])
    }

    pub(crate) async fn intent(&self, changes: &[(&str, Value)]) -> Value {
        let body = self.intent_body(changes).await;
        self.post("/payment-intents/", &body).await.expect(201)
    }

    /// An intent of the first person to the first registered account, confirmed, with some members of its details changed.
    pub(crate) async fn intent_body(&self, changes: &[(&str, Value)]) -> Value {
        let mut details = json!({
            "beneficiary_bank_account": self.first("/bank-accounts/?holder__type=BUSINESS").await,
            "payer_institution": self.first("/institutions/?institution_type=INDIVIDUAL").await,
            "callback_url": "https://shop.example/checkout",
        });
        let mut confirm = true;
        for (name, value) in changes {
            match (*name, value) {
                ("confirm", value) => confirm = value.as_bool().unwrap(),
                (name, Value::Null) => drop(details.as_object_mut().unwrap().shift_remove(name)),
                (name, value) => details[name] = value.clone(),
            }
        }
        json!({
            "amount": "1234.1",
            "customer": self.first("/customers/?customer__type=INDIVIDUAL").await,
            "external_id": "4b8a81a0-e33c-45a6-8567-479efb105f73",
            "description": "Shoes",
            "allowed_payment_method_types": ["open_finance"],
            "payment_method_details": { "open_finance": details },
            "confirm": confirm,
            "metadata": { "order": "A-17" },
        })
    }

    pub(crate) async fn shown_intent(&self, id: &str) -> Value {
        self.get(&format!("/payment-intents/{id}/")).await.expect(200)
    }

    /// An authorization by the first customer of version 2, at once or on days.
    pub(crate) async fn authorization(&self, dates: Option<Value>) -> Value {
        let customers = self.get_v2("/customers/").await.expect(200);
        let accounts = self.get_v2("/bank-accounts/").await.expect(200);
        let mut terms = json!({ "amount": 10_000.05, "statement_description": "Shoe shop" });
        let method = if dates.is_some() { "PIX_OF_SCHEDULED" } else { "PIX_OF_IMMEDIATE" };
        if let Some(dates) = dates {
            terms["dates"] = dates;
        }
        let body = json!({
            "payment_method": method,
            "description": "Order 17",
            "return_url": "https://shop.example/return",
            "payer": {
                "customer": customers["results"][0]["id"],
                "institution": self.first("/institutions/").await,
            },
            "beneficiary": { "type": "BANK_ACCOUNT", "target": accounts["results"][0]["id"] },
            "payment_method_configuration": terms,
        });
        self.post_v2("/payment-authorizations/", &body).await.expect(201)
    }

    pub(crate) async fn shown_authorization(&self, id: &str) -> Value {
        self.get_v2(&format!("/payment-authorizations/{id}/")).await.expect(200)
    }
}

pub(crate) fn id(record: &Value) -> String {
    record["id"].as_str().unwrap().to_owned()
}

/// Where the user is sent.
pub(crate) fn page_of(intent: &Value) -> String {
    intent["payment_method_information"]["open_finance"]["redirect_url"].as_str().unwrap().to_owned()
}

pub(crate) async fn decide(page: &str, decision: &str) -> Reply {
    support::form(page, &[], &[("decision", decision)]).await
}

pub(crate) fn step(intent: &Value) -> &str {
    intent["next_step"]["type"].as_str().unwrap()
}
