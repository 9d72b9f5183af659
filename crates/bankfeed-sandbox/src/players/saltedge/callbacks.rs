//! What Salt Edge sends of its own accord, signed.

use serde_json::{Value, json};

use super::catalogue::Bank;
use super::connection::Connection;
use super::ids::{self, Kind};
use crate::Provider;
use crate::callback::Callback;
use crate::keys;
use crate::players::Scene;

/// The body that all callbacks about a connection have, with something more.
fn about(connection: &Connection, more: &[(&str, &str)], scene: &Scene<'_>) -> Value {
    let mut data = json!({
        "connection_id": ids::text(scene.world, Kind::Connection, connection.number),
        "customer_id": ids::text(scene.world, Kind::Customer, connection.customer),
        "custom_fields": connection.settings.custom_fields,
    });
    for (name, value) in more {
        data[*name] = json!(value);
    }
    timed(&data, &json!("6"), scene)
}

fn timed(data: &Value, version: &Value, scene: &Scene<'_>) -> Value {
    json!({ "data": data, "meta": { "version": version, "time": scene.now.to_string() } })
}

/// To the address of its kind, which the dashboard has.
fn send(name: &'static str, body: Value, scene: &mut Scene<'_>) {
    let Some(receiver) = scene.receiver else { return };
    let url = format!("{}/{name}", receiver.as_str().trim_end_matches('/'));
    let callback = Callback::new(Provider::SaltEdge, name, url, body);
    let mut signed = format!("{}|", callback.url).into_bytes();
    signed.extend_from_slice(&callback.bytes);
    scene.call_back(callback.header("signature", keys::sign(&signed)));
}

/// Another stage has begun.
pub(super) fn notify(connection: &Connection, stage: &str, scene: &mut Scene<'_>) {
    send("notify", about(connection, &[("stage", stage)], scene), scene);
}

/// There is something new to read.
pub(super) fn success(connection: &Connection, stage: &str, scene: &mut Scene<'_>) {
    send("success", about(connection, &[("stage", stage)], scene), scene);
}

/// Reading failed.
pub(super) fn fail(connection: &Connection, scene: &mut Scene<'_>) {
    if let Some((class, message)) = connection.attempt.failure {
        send("fail", about(connection, &[("error_class", class), ("error_message", message)], scene), scene);
    }
}

/// A connection is gone.
pub(super) fn destroy(connection: &Connection, scene: &mut Scene<'_>) {
    send("destroy", about(connection, &[], scene), scene);
}

/// A provider fell ill or got well. Its version is a number, and an older one.
pub(super) fn provider_changed(bank: &Bank, status: &str, scene: &mut Scene<'_>) {
    let data = json!({ "provider_status": status, "provider_code": bank.code });
    send("provider_changes", timed(&data, &json!(5), scene), scene);
}

/// A bucket has been categorized. This one tells no time.
pub(super) fn categorized(bucket: &str, scene: &mut Scene<'_>) {
    let data = json!({ "bucket_id": bucket, "status": "completed" });
    send("categorization_finished", json!({ "data": data, "meta": { "version": "6" } }), scene);
}

/// A report is ready.
pub(super) fn reported(report: u64, customer: u64, scene: &mut Scene<'_>) {
    let data = json!({
        "report_id": ids::text(scene.world, Kind::Report, report),
        "status": "success",
        "customer_id": ids::text(scene.world, Kind::Customer, customer),
    });
    send("report", timed(&data, &json!("6"), scene), scene);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Playbook;
    use crate::players::saltedge::SaltEdge;
    use crate::players::saltedge::catalogue::BANKS;
    use crate::world::{Size, World};

    #[test]
    fn every_callback_keeps_its_schema() {
        let start = "2026-03-02T09:00:00Z".parse().unwrap();
        let world = World::new(1, Size { people: 1, transactions: 10, days: 30 }, start);
        let receiver = "http://127.0.0.1:9/hooks/".parse().unwrap();
        let book = Playbook::of(Provider::SaltEdge);
        let mut scene = Scene { receiver: Some(&receiver), ..Scene::quiet(Provider::SaltEdge, &world) };
        let mut connection = SaltEdge::default().connections.get(&world, 0).unwrap();
        connection.attempt.failure = Some(("InvalidCredentials", "No."));
        notify(&connection, "start", &mut scene);
        success(&connection, "finish", &mut scene);
        fail(&connection, &mut scene);
        destroy(&connection, &mut scene);
        provider_changed(&BANKS[0], "inactive", &mut scene);
        categorized("may", &mut scene);
        reported(0, 0, &mut scene);
        assert_eq!(scene.callbacks.len(), book.callbacks.len());
        for callback in &scene.callbacks {
            let known = book.callbacks.iter().find(|known| known.name == callback.name).unwrap();
            book.schemas.check(known.schema.as_ref().unwrap(), &callback.body).unwrap();
            assert_eq!(callback.url, format!("http://127.0.0.1:9/hooks/{}", callback.name));
            assert!(callback.headers.iter().any(|(name, value)| *name == "signature" && value.len() == 344));
        }
    }
}
