//! What the providers send of their own accord: when it is due, where it may go, how it went.

mod deliver;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::watch;

use crate::Provider;
use crate::clock::Clock;

/// A callback that is waiting to be sent.
pub(crate) struct Callback {
    pub(crate) provider: Provider,
    /// Which one, as the specification names it, such as `success`.
    pub(crate) name: &'static str,
    pub(crate) url: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Value,
    /// The very bytes that are sent, and that signatures cover.
    pub(crate) bytes: Bytes,
    /// Where it breaks the specification, when that was looked at: it is then not sent.
    pub(crate) broken: Option<String>,
    /// How long after it was made it is due, by the sandbox's clock.
    pub(crate) after: SignedDuration,
}

impl Callback {
    /// A callback that is due at once.
    pub(crate) fn new(provider: Provider, name: &'static str, url: impl Into<String>, body: Value) -> Self {
        let bytes = Bytes::from(body.to_string());
        Self {
            provider,
            name,
            url: url.into(),
            headers: Vec::new(),
            body,
            bytes,
            broken: None,
            after: SignedDuration::ZERO,
        }
    }

    /// With one more header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Due later.
    pub(crate) fn after(mut self, delay: SignedDuration) -> Self {
        self.after = delay;
        self
    }
}

/// A callback that was sent, or that could not be.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// Whose it is.
    pub provider: Provider,
    /// As the specification names it, such as `success`.
    pub name: &'static str,
    /// Where it went.
    pub url: String,
    /// What it said.
    pub body: Value,
    /// The status that the receiver answered, or why there is none.
    pub outcome: Result<u16, String>,
}

/// Callbacks in the order in which they are due, and those that went out.
pub(crate) struct Mailbox {
    state: Mutex<State>,
    /// How often something was put in or taken out: whoever waits, waits for a change.
    changes: watch::Sender<u64>,
    limit: usize,
}

#[derive(Default)]
struct State {
    waiting: Vec<(Timestamp, u64, Callback)>,
    sequence: u64,
    /// One is on its way.
    busy: bool,
    delivered: VecDeque<Delivery>,
}

impl Mailbox {
    pub(crate) fn new(limit: usize) -> Self {
        Self { state: Mutex::default(), changes: watch::Sender::new(0), limit }
    }

    /// Takes callbacks that were made at a moment.
    pub(crate) fn post(&self, now: Timestamp, callbacks: Vec<Callback>) {
        if callbacks.is_empty() {
            return;
        }
        let mut state = self.lock();
        for callback in callbacks {
            let due = now.checked_add(callback.after).unwrap_or(Timestamp::MAX);
            let sequence = state.sequence;
            state.sequence += 1;
            state.waiting.push((due, sequence, callback));
        }
        state.waiting.sort_by_key(|(due, sequence, _)| (*due, *sequence));
        drop(state);
        self.changed();
    }

    /// Time moved, or something else that may make callbacks due.
    pub(crate) fn changed(&self) {
        self.changes.send_modify(|changes| *changes = changes.wrapping_add(1));
    }

    /// What went out so far.
    pub(crate) fn delivered(&self) -> Vec<Delivery> {
        self.lock().delivered.iter().cloned().collect()
    }

    /// Waits until nothing is due and nothing is on its way.
    pub(crate) async fn settled(&self, clock: &Clock) {
        let mut changes = self.changes.subscribe();
        while !self.idle(clock.now()) {
            if changes.changed().await.is_err() {
                return;
            }
        }
    }

    fn idle(&self, now: Timestamp) -> bool {
        let state = self.lock();
        !state.busy && state.waiting.first().is_none_or(|(due, _, _)| *due > now)
    }

    /// Sends what is due, one after the other, for as long as the sandbox lives.
    pub(crate) async fn run(self: Arc<Self>, clock: Arc<Clock>, anywhere: bool) {
        let mut changes = self.changes.subscribe();
        loop {
            while let Some(callback) = self.take(clock.now()) {
                let outcome = match &callback.broken {
                    Some(place) => Err(format!("not sent, it breaks the specification: {place}")),
                    None => deliver::deliver(&callback, anywhere).await,
                };
                tracing::info!(
                    provider = callback.provider.name(),
                    callback = callback.name,
                    outcome = outcome.as_ref().map_or_else(Clone::clone, u16::to_string),
                    "callback"
                );
                self.sent(callback, outcome);
            }
            if changes.changed().await.is_err() {
                return;
            }
        }
    }

    fn take(&self, now: Timestamp) -> Option<Callback> {
        let mut state = self.lock();
        let due = state.waiting.first().is_some_and(|(due, _, _)| *due <= now);
        state.busy = due;
        due.then(|| state.waiting.remove(0).2)
    }

    fn sent(&self, callback: Callback, outcome: Result<u16, String>) {
        let Callback { provider, name, url, body, .. } = callback;
        let mut state = self.lock();
        state.busy = false;
        if state.delivered.len() == self.limit {
            state.delivered.pop_front();
        }
        state.delivered.push_back(Delivery { provider, name, url, body, outcome });
        drop(state);
        self.changed();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
