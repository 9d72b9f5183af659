//! What Belvo tells of its own accord.

use serde_json::{Value, json};

use super::Payments;
use crate::access::BELVO_WEBHOOK_AUTHORIZATION;
use crate::callback::Callback;
use crate::players::Scene;

/// Something happened to a record.
pub(super) struct News {
    /// The kind of record, such as `CHARGES`.
    kind: &'static str,
    code: &'static str,
    object: String,
    external: Option<String>,
    data: Value,
}

/// Why something failed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: &'static str,
    pub(super) message: &'static str,
}

impl News {
    /// A record has another status.
    pub(super) fn changed(kind: &'static str, object: &str, status: &str) -> Self {
        let data = json!({
            "status": status, "metadata": {}, "failure_code": null, "failure_message": null, "end_to_end_id": null,
        });
        Self { kind, code: "STATUS_UPDATE", object: object.to_owned(), external: None, data }
    }

    /// A record is there that was not.
    pub(super) fn created(kind: &'static str, object: &str, status: Option<&str>) -> Self {
        let mut news = Self::changed(kind, object, "");
        news.code = "OBJECT_CREATED";
        news.data["status"] = json!(status);
        news
    }

    pub(super) fn external(mut self, external: Option<&String>) -> Self {
        self.external = external.cloned();
        self
    }

    pub(super) fn metadata(mut self, metadata: &Value) -> Self {
        self.data["metadata"] = metadata.clone();
        self
    }

    pub(super) fn failed(mut self, failure: Option<Failure>) -> Self {
        if let Some(failure) = failure {
            self.data["failure_code"] = json!(failure.code);
            self.data["failure_message"] = json!(failure.message);
        }
        self
    }

    pub(super) fn end_to_end(mut self, id: Option<&String>) -> Self {
        self.data["end_to_end_id"] = json!(id);
        self
    }
}

impl Payments {
    /// Keeps news until the request has been answered. Nobody hears of the records that are there from the start.
    pub(super) fn tell(&mut self, news: News) {
        if !self.mint.seeding() {
            self.news.push(news);
        }
    }

    /// Sends the news to the address in the dashboard; without one they are lost.
    pub(super) fn post(&mut self, scene: &mut Scene<'_>) {
        for news in std::mem::take(&mut self.news) {
            self.told += 1;
            let Some(receiver) = scene.receiver else { continue };
            let body = json!({
                "webhook_id": scene.world.random("belvo payments callback", &[self.told]).hex(32),
                "webhook_type": news.kind,
                "webhook_code": news.code,
                "object_id": news.object,
                "external_id": news.external,
                "data": news.data,
            });
            let callback = Callback::new(scene.provider, "payments", receiver.as_str(), body);
            scene.call_back(callback.header("authorization", BELVO_WEBHOOK_AUTHORIZATION));
        }
    }
}
