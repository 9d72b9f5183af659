//! Where card events go, and with which secret they are signed.

use ring::hmac;
use serde_json::{Value, json};
use url::Url;

use super::Cards;
use crate::access::WEALTHREADER_CARDS_SECRET;
use crate::answer::Answer;
use crate::players::Scene;
use crate::players::wealthreader::clients::Client;
use crate::refusal::Refusal;
use crate::world::World;

/// The webhook of a client.
#[derive(Default)]
pub(super) struct Webhook {
    url: Option<String>,
    secret: Option<String>,
    /// Secrets so far.
    secrets: u64,
    /// The client set an address, or none.
    decided: bool,
}

impl Webhook {
    /// Address and secret, when events are sent. The first client that never set an address has that of its dashboard, if there is one.
    pub(super) fn target(&self, client: Client, receiver: Option<&Url>) -> Option<(String, String)> {
        if !self.decided && client == 0 {
            return receiver.map(|url| (url.to_string(), WEALTHREADER_CARDS_SECRET.to_owned()));
        }
        Some((self.url.clone()?, self.secret.clone()?))
    }

    fn new_secret(&mut self, client: Client, world: &World) -> String {
        let secret = if client == 0 && self.secrets == 0 {
            WEALTHREADER_CARDS_SECRET.to_owned()
        } else {
            world.random("cards secret", &[client as u64, self.secrets]).hex(64)
        };
        self.secrets += 1;
        self.secret = Some(secret.clone());
        secret
    }
}

impl Cards {
    /// Sets the address; the secret is told when it is new. Addresses of this machine are taken here, since the sandbox sends nowhere
    /// else; the provider refuses them.
    pub(in super::super) fn set_webhook(
        &mut self,
        client: Client,
        body: &Value,
        scene: &Scene<'_>,
    ) -> Result<Answer, Refusal> {
        let given = body.get("webhook_url");
        let wrong = given.and_then(Value::as_str).is_some_and(|url| !is_address(url));
        let webhook = self.webhooks.get_mut(client);
        let Some(webhook) = webhook.filter(|_| !wrong) else {
            let problem = "is no address of http or https";
            return Err(Refusal::code("invalid_webhook_url", "body /webhook_url", problem));
        };
        if let Some(url) = given {
            webhook.url = url.as_str().map(str::to_owned);
            webhook.decided = true;
        }
        let rotate = body["rotate_secret"] == Value::Bool(true);
        let secret = (webhook.secret.is_none() || rotate).then(|| webhook.new_secret(client, scene.world));
        Ok(Answer::json(
            200,
            json!({
                "success": true,
                "payload": {
                    "webhook_url": webhook.url,
                    "webhook_secret": secret,
                    "active": webhook.url.is_some(),
                },
            }),
        ))
    }
}

fn is_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// The signature of a body, as it stands in the header.
pub(super) fn signature(secret: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let digits: String = hmac::sign(&key, body).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={digits}")
}
