//! Card payments of employees, as they happen.
//!
//! The first hundred persons are employees of the first key from the start, enrolled thirty days before it. Who is invited confirms
//! five minutes later by the sandbox's clock, unless the invitation expires before.

mod enrollments;
mod events;
mod payments;
mod webhook;

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use self::enrollments::{Enrollment, Status};
use self::webhook::Webhook;
use super::clients::{Client, KEYS};
use super::names::Names;
use super::{login, text};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::{World, day};

/// Invitations in a minute, at most.
const LIMIT: usize = 60;
/// Minutes that an invitation is good for, unless told otherwise.
const TTL: i64 = 20;
/// Payments on a page, unless told otherwise, and at most.
const PAGE: (u64, u64) = (500, 1_000);

pub(super) struct Cards {
    names: Names,
    webhooks: [Webhook; KEYS.len()],
    enrollments: Vec<Enrollment>,
    /// When invitations were asked for lately, for each key.
    calls: [VecDeque<Timestamp>; KEYS.len()],
    /// Up to when events were sent.
    seen: Timestamp,
    deliveries: u64,
}

impl Cards {
    pub(super) fn new(world: &World) -> Self {
        let names = Names::new(world);
        let employees = world.size.people.min(100);
        Self {
            names,
            webhooks: Default::default(),
            enrollments: (0..employees).map(|person| Enrollment::old(world, names, person)).collect(),
            calls: Default::default(),
            seen: world.start,
            deliveries: 0,
        }
    }

    /// Invites an employee, or finds the invitation that is there.
    pub(super) fn enroll(&mut self, client: Client, body: &Value, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        self.count_call(client, scene.now)?;
        let email = text(body, "email").to_lowercase();
        let ttl = body["ttl_minutes"].as_i64().unwrap_or(TTL);
        let live = |enrollment: &&Enrollment| {
            enrollment.email == email && matches!(enrollment.status(scene.now), Status::Pending | Status::Active)
        };
        if let Some(known) = self.enrollments.iter().find(live) {
            if known.client != client {
                let problem = "is linked to another client";
                return Err(Refusal::code("email_linked_to_other_client", "body /email", problem));
            }
            return Ok(known.answer(self.names, scene.now));
        }
        let person = login::person(&email, scene.world).unwrap_or_else(|| enrollments::stranger(scene.world, &email));
        let number = self.enrollments.len() as u64;
        let enrollment = Enrollment::new(self.names, client, number, email, person, scene.now, ttl);
        let answer = enrollment.answer(self.names, scene.now);
        self.enrollments.push(enrollment);
        Ok(answer)
    }

    fn count_call(&mut self, client: Client, now: Timestamp) -> Result<(), Refusal> {
        let Some(calls) = self.calls.get_mut(client) else { return Ok(()) };
        let minute = SignedDuration::from_mins(1);
        while calls.front().is_some_and(|call| now.duration_since(*call) >= minute) {
            calls.pop_front();
        }
        // Refused calls count too, but no more of them than are needed to go on refusing.
        if calls.len() > LIMIT {
            calls.pop_front();
        }
        calls.push_back(now);
        if calls.len() > LIMIT {
            return Err(Refusal::code("rate_limited", "calls of the last minute", "are more than 60"));
        }
        Ok(())
    }

    pub(super) fn show(&self, client: Client, id: &str, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let found = self.enrollments.iter().find(|enrollment| enrollment.client == client && enrollment.id == id);
        let missing = || Refusal::code("not_found", "query parameter enrollment_id", "is no invitation of this key");
        Ok(found.ok_or_else(missing)?.answer(self.names, scene.now))
    }

    /// A page of payments, by ascending id.
    pub(super) fn list(&self, client: Client, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let today = day(scene.now);
        let date = |name: &str| call.text(name).and_then(|text| text.parse().ok());
        let from = date("date_from").unwrap_or_else(|| today.saturating_sub(jiff::Span::new().days(3)));
        let to = date("date_to").unwrap_or(today);
        if from > to {
            return Err(Refusal::code("invalid_date_from", "query parameter date_from", "lies after date_to"));
        }
        let limit = match call.query.get("limit") {
            None => PAGE.0,
            Some(limit) => limit
                .as_u64()
                .filter(|limit| (1..=PAGE.1).contains(limit))
                .ok_or_else(|| Refusal::invalid("query parameter limit", "lies outside of 1 to 1000"))?,
        };
        let email = call.text("email").map(str::to_lowercase);
        let employees = self
            .enrollments
            .iter()
            .filter(|enrollment| enrollment.client == client)
            .filter(|enrollment| email.as_ref().is_none_or(|email| enrollment.email == *email));
        let window = payments::Window::of_days(from, to, scene.now);
        let since = call.number("since_id").unwrap_or_default();
        let mut payments = payments::merge(scene.world, employees, &window, since);
        let mut list = Vec::new();
        let mut last = 0;
        while (list.len() as u64) < limit {
            let Some(payment) = payments.next() else { break };
            last = payment.id;
            list.push(payment.told(self.names, scene.world));
        }
        let more = payments.next().is_some();
        Ok(Answer::json(
            200,
            json!({
                "success": true,
                "payload": { "transactions": list, "next_since_id": more.then_some(last) },
            }),
        ))
    }
}
