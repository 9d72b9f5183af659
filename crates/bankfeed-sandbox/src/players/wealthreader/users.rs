//! Users of the two services.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::clients::Client;
use super::{receipt, text};
use crate::answer::Answer;
use crate::refusal::Refusal;

/// The services that each user is registered with.
#[derive(Default)]
pub(super) struct Users {
    registered: BTreeMap<(Client, String), BTreeSet<String>>,
}

impl Users {
    pub(super) fn register(&mut self, client: Client, body: &Value) -> Result<Answer, Refusal> {
        let services = self.registered.entry((client, text(body, "user_id").to_owned())).or_default();
        if !services.insert(text(body, "service").to_owned()) {
            return Err(Refusal::code("user", "form field user_id", "is registered with this service already"));
        }
        Ok(receipt("The user is registered."))
    }

    pub(super) fn check(&self, client: Client, body: &Value) -> Answer {
        let user = text(body, "user_id");
        let services = self.registered.get(&(client, user.to_owned()));
        let links = services.into_iter().flatten().map(|service| {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("user", user).finish();
            (service.clone(), Value::from(format!("https://{service}.example.com/?{query}")))
        });
        let links: Map<String, Value> = links.collect();
        Answer::json(200, json!({ "success": true, "registered": services.is_some(), "user_id": user, "links": links }))
    }

    pub(super) fn unregister(&mut self, client: Client, body: &Value) -> Result<Answer, Refusal> {
        let key = (client, text(body, "user_id").to_owned());
        let missing = || Refusal::code("user", "form field user_id", "is not registered with this service");
        let services = self.registered.get_mut(&key).ok_or_else(missing)?;
        match text(body, "service") {
            "all" => services.clear(),
            service if services.remove(service) => {}
            _ => return Err(missing()),
        }
        if services.is_empty() {
            self.registered.remove(&key);
        }
        Ok(receipt("The user is removed."))
    }
}
