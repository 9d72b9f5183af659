//! Reads of many connections in the background: each takes half a minute of the sandbox's clock, one after the other.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::clients::Client;
use super::login::{Login, Outcome};
use super::{Reading, Wanted, WealthReader, text};
use crate::answer::{Answer, Weaver};
use crate::callback::Callback;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::{day, number};

/// How long a connection takes.
const SECONDS: i64 = 30;

/// The batches so far.
#[derive(Default)]
pub(super) struct Batches {
    all: Vec<Batch>,
}

struct Batch {
    id: String,
    client: Client,
    start: Timestamp,
    connections: Vec<Connection>,
}

struct Connection {
    credential: String,
    outcome: Outcome,
    session: String,
    /// As it was asked for.
    body: Value,
}

impl Batch {
    /// When a connection is done.
    fn done(&self, index: usize) -> Timestamp {
        self.start.checked_add(after(index)).unwrap_or(Timestamp::MAX)
    }

    fn end(&self) -> Timestamp {
        self.done(self.connections.len().saturating_sub(1))
    }
}

fn after(index: usize) -> SignedDuration {
    SignedDuration::from_secs(SECONDS * (i64::try_from(index).unwrap_or_default() + 1))
}

fn missing() -> Refusal {
    Refusal::code("404", "body /batch_id", "is no batch of this key")
}

impl Batches {
    fn find(&self, client: Client, body: &Value) -> Result<&Batch, Refusal> {
        let id = text(body, "batch_id");
        self.all.iter().find(|batch| batch.client == client && batch.id == id).ok_or_else(missing)
    }

    pub(super) fn statistics(&self, client: Client, body: &Value, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let batch = self.find(client, body)?;
        let done: Vec<&Connection> = batch
            .connections
            .iter()
            .enumerate()
            .filter(|(index, _)| batch.done(*index) <= scene.now)
            .map(|(_, connection)| connection)
            .collect();
        let successful = done.iter().filter(|connection| matches!(connection.outcome, Outcome::Good(_))).count();
        let ended = (done.len() == batch.connections.len()).then(|| batch.end());
        let status = match (ended, scene.now > batch.start) {
            (Some(_), _) => "completed",
            (None, true) => "processing",
            (None, false) => "pending",
        };
        let seconds = ended.map(|end| number(end.duration_since(batch.start).as_secs() * 100));
        Ok(Answer::json(
            200,
            json!({
                "success": true,
                "batch_id": batch.id,
                "status": status,
                "statistics": {
                    "start_time": batch.start.to_string(),
                    "end_time": ended.map(|end| end.to_string()),
                    "total_execution_time": seconds,
                    "total_connections": batch.connections.len(),
                    "successful_connections": successful,
                    "failed_connections": done.len() - successful,
                },
            }),
        ))
    }
}

impl WealthReader {
    pub(super) fn load_batch(
        &mut self,
        client: Client,
        body: &Value,
        scene: &mut Scene<'_>,
    ) -> Result<Answer, Refusal> {
        let mut credentials = BTreeSet::new();
        let mut connections = Vec::new();
        for (index, connection) in body["connections"].as_array().into_iter().flatten().enumerate() {
            let credential = text(connection, "credential_id").to_owned();
            if !credentials.insert(credential.clone()) {
                let place = format!("body /connections/{index}/credential_id");
                return Err(Refusal::code("2", place, "stands there twice"));
            }
            let wanted = Wanted::read(connection, day(scene.now), &scene.book.schemas)?;
            let mut session = self.session(scene.world);
            let outcome = self.log_in(&Login::new(client, connection, None), &mut session, scene)?;
            if let Outcome::Good(good) = &outcome {
                Reading::new(scene.world, good.holder, good.institution, scene.now, &wanted)?;
                if good.stored {
                    self.custody.used(good.holder, scene.now, 0, &session);
                }
            }
            connections.push(Connection { credential, outcome, session, body: connection.clone() });
        }
        let mark = scene.world.random("batch", &[self.batches.all.len() as u64]).hex(8);
        let id = format!("batch_{}_{mark}", day(scene.now).strftime("%Y%m%d"));
        let batch = Batch { id, client, start: scene.now, connections };
        if let Some(url) = body["notification_url"].as_str() {
            for (index, connection) in batch.connections.iter().enumerate() {
                let told = json!({
                    "batch_id": batch.id,
                    "credential_id": connection.credential,
                    "status": "completed",
                    "timestamp": batch.done(index).to_string(),
                });
                scene.call_back(Callback::new(scene.provider, "batch_connection", url, told).after(after(index)));
            }
        }
        let answer = json!({
            "success": true,
            "batch_id": batch.id,
            "total_connections": batch.connections.len(),
            "estimated_completion_time": batch.end().to_string(),
        });
        self.batches.all.push(batch);
        Ok(Answer::json(202, answer))
    }

    /// What a connection read, as it was when its turn came.
    pub(super) fn batch_result(&self, client: Client, body: &Value, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let batch = self.batches.find(client, body)?;
        let credential = text(body, "credential_id");
        let found = batch.connections.iter().enumerate().find(|(_, connection)| connection.credential == credential);
        let (index, connection) =
            found.ok_or_else(|| Refusal::code("404", "body /credential_id", "is not in the batch"))?;
        let done = batch.done(index);
        if done > scene.now {
            return Err(Refusal::code("404", "body /credential_id", "is not read yet; its notification will tell"));
        }
        let good = match &connection.outcome {
            Outcome::Good(good) => *good,
            Outcome::Failed(failed) => {
                return Ok(Answer::json(200, self.failure(failed.code, &connection.session, scene.world)));
            }
        };
        let wanted = Wanted::read(&connection.body, day(batch.start), &scene.book.schemas)?;
        let reading = Reading::new(scene.world, good.holder, good.institution, done, &wanted)?;
        let mut weaver = Weaver::default();
        let payload = reading.payload(&mut weaver);
        let document = self.success(good, payload, &connection.session, scene.world);
        Ok(Answer::woven(200, weaver, &document))
    }
}
