//! `x-webhooks`: what the provider sends on its own.

use super::Lowering;
use crate::model::Webhook;
use crate::names;

impl Lowering<'_> {
    pub(super) fn webhooks(&mut self) -> Vec<Webhook> {
        let Some(place) = self.spec.at("/x-webhooks") else { return Vec::new() };
        let features = self.features();
        let mut webhooks = Vec::new();
        for (name, webhook) in place.members() {
            let Some(post) = webhook.get("post") else { continue };
            let content = post.get("requestBody").and_then(|body| self.spec.resolve(&body)?.get("content"));
            let media = content.and_then(|content| content.get("application/json"));
            let Some(schema) = media.and_then(|media| media.get("schema")) else { continue };
            let tag = post.value.pointer("/tags/0").and_then(serde_json::Value::as_str);
            let feature = features.iter().find(|(known, ..)| Some(known.as_str()) == tag);
            let hint = format!("{}Webhook", names::type_name(name));
            let (payload, _) = self.shape(&schema, &hint, &hint);
            webhooks.push(Webhook {
                name: name.clone(),
                feature: feature.map(|(_, feature, _)| feature.clone()),
                payload,
            });
        }
        webhooks
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::spec::Spec;

    #[test]
    fn payloads_are_types_of_their_own_and_belong_to_the_family_of_their_tag() {
        let webhook = json!({"post": {"tags": ["links"], "requestBody": {"content": {"application/json": {"schema": {"properties": {"id": {"type": "string"}}}}}}}});
        let document = json!({"tags": [{"name": "links", "x-tags-feature": "banking"}], "paths": {}, "x-webhooks": {"link_done": webhook, "unknown": {}}}).to_string();
        let spec = Spec::parse(&document, "test.json", true).unwrap_or_else(|error| panic!("{error}"));
        let api = super::super::lower(&spec).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(api.webhooks.iter().map(|webhook| webhook.name.as_str()).collect::<Vec<_>>(), ["link_done"]);
        let payload = &api.types["LinkDoneWebhook"];
        assert!(payload.in_response && payload.features.iter().eq(["banking"]));
    }
}
