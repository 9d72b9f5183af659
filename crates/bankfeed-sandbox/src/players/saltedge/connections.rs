//! Looking at connections, changing and removing them.

use serde_json::{Value, json};

use super::connection::holder_info;
use super::ids::{self, Kind};
use super::{SaltEdge, callbacks, paging};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

impl SaltEdge {
    pub(super) fn list_connections(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let id = call.text("customer_id").unwrap_or_default();
        let customer = self.customer(scene.world, "query parameter customer_id", id)?;
        let numbers = self.connections.of_customer(scene.world, customer.number);
        let connections = numbers.into_iter().filter_map(|number| self.connections.get(scene.world, number));
        let listed = connections.map(|found| (ids::id(scene.world, Kind::Connection, found.number), found));
        paging::listed(call, listed, |found| self.write_connection(&found, scene.world, scene.now))
    }

    pub(super) fn show_connection(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let connection = self.connection(scene.world, "path connection_id", call.segment("connection_id"))?;
        let mut value = self.write_connection(&connection, scene.world, scene.now);
        if call.flag("include_holder_info") && connection.holder_known {
            value["holder_info"] = holder_info(&connection, scene.world);
        }
        Ok(paging::single(&value))
    }

    pub(super) fn update_connection(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let connection = self.connection(scene.world, "path connection_id", call.segment("connection_id"))?;
        let data = &call.body["data"];
        if data["store_credentials"] == json!(true) {
            let problem = "credentials that were not kept cannot be kept now: only false is taken";
            return Err(Refusal::code("WrongRequestFormat", "body /data/store_credentials", problem));
        }
        if data["status"].is_string() {
            self.close_refreshes(connection.number);
        }
        self.connections.change(scene.world, connection.number, |connection| {
            if let Some(on) = data["automatic_refresh"].as_bool() {
                connection.automatic_refresh = on;
            }
            if let Some(kind) = data["categorization"].as_str() {
                kind.clone_into(&mut connection.categorization);
            }
            if let Some(vendor) = data["categorization_vendor"].as_str() {
                vendor.clone_into(&mut connection.vendor);
            }
            if data["status"].is_string() {
                connection.active = false;
            }
            if data["store_credentials"].is_boolean() {
                connection.store_credentials = false;
            }
            connection.updated_at = scene.now;
        });
        self.single_connection(connection.number, scene)
    }

    pub(super) fn remove_connection(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let id = call.segment("connection_id");
        let connection = self.connection(scene.world, "path connection_id", id)?;
        self.drop_connection(connection.number, scene);
        Ok(paging::single(&json!({ "id": id, "removed": true })))
    }

    /// Removes a connection with all that hangs on it, and tells.
    pub(super) fn drop_connection(&mut self, number: u64, scene: &mut Scene<'_>) {
        let Some(connection) = self.connections.get(scene.world, number) else { return };
        for consent in self.consents.of_connection(scene.world, number) {
            self.consents.revoke(scene.world, consent.number, scene.now, "client");
        }
        self.connections.remove(number);
        self.marked.retain(|place| place.account / 16 != number);
        self.sessions.retain(|_, session| session.connection != Some(number));
        callbacks::destroy(&connection, scene);
    }

    /// The answer that is one connection.
    pub(super) fn single_connection(&self, number: u64, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let found = self.connections.get(scene.world, number);
        let value: Option<Value> = found.map(|found| self.write_connection(&found, scene.world, scene.now));
        let gone = || Refusal::code("ConnectionNotFound", "path connection_id", "no connection has this id");
        value.map(|value| paging::single(&value)).ok_or_else(gone)
    }
}
