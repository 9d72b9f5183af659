//! What the clock brings: invitations are confirmed, payments are made.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::payments::{self, Window};
use super::{Cards, webhook};
use crate::callback::Callback;
use crate::players::Scene;
use crate::players::wealthreader::clients::KEYS;

/// Something that happened.
struct Event {
    at: Timestamp,
    name: &'static str,
    callback: &'static str,
    data: Value,
}

impl Cards {
    /// Tells what happened since the last time.
    pub(in super::super) fn tick(&mut self, scene: &mut Scene<'_>) {
        let window = Window { after: self.seen, until: scene.now };
        if window.until <= window.after {
            return;
        }
        self.seen = scene.now;
        for (client, key) in KEYS.into_iter().enumerate() {
            let target = self.webhooks.get(client).and_then(|webhook| webhook.target(client, scene.receiver));
            let Some((url, secret)) = target else { continue };
            for event in self.events(client, &window, scene) {
                self.deliveries += 1;
                let delivery = scene.world.random("delivery", &[self.deliveries]).hex(32);
                let body = json!({
                    "event": event.name,
                    "delivery_id": delivery,
                    "sent_at": scene.now.to_string(),
                    "api_key": key,
                    "data": event.data,
                });
                let callback = Callback::new(scene.provider, event.callback, url.as_str(), body);
                let signature = webhook::signature(&secret, &callback.bytes);
                let callback = callback
                    .header("user-agent", "Wealthreader-Cards/1.0")
                    .header("x-wr-event", event.name)
                    .header("x-wr-delivery", delivery)
                    .header("x-wr-signature", signature);
                scene.call_back(callback);
            }
        }
    }

    /// In the order in which it happened.
    fn events(&self, client: usize, window: &Window, scene: &Scene<'_>) -> Vec<Event> {
        let employees = || self.enrollments.iter().filter(move |enrollment| enrollment.client == client);
        let confirmed = employees().filter_map(|enrollment| {
            let at = enrollment.confirmed(window.until).filter(|at| *at > window.after)?;
            Some(Event {
                at,
                name: "card_enrollment.confirmed",
                callback: "card_enrollment",
                data: enrollment.told(self.names, scene.now),
            })
        });
        let payments = payments::merge(scene.world, employees(), window, 0).map(|payment| Event {
            at: payment.at(),
            name: "card_transaction.created",
            callback: "card_transaction",
            data: payment.told(self.names, scene.world),
        });
        let mut events: Vec<Event> = confirmed.chain(payments).collect();
        events.sort_by_key(|event| event.at);
        events
    }
}
