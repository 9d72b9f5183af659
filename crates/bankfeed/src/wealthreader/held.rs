//! The last answer of each connection.
//!
//! A read is billed and brings everything, so lists share it. One read of a connection runs at a time: whoever asks
//! meanwhile gets what it brings, be it a failure. A failure that must not be repeated is kept as answers are, so that
//! several lists do not lock a user out.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bankfeed_runtime as rt;

use super::answer::Answer;
use crate::error::{Error, RetryAdvice};
use crate::model::ConnectionId;
use crate::{Date, Timestamp};

/// What of its movements an answer holds, or is to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Window {
    /// From this day on. Of a wish: `None` for any. Of an answer: `None` when it is not known.
    pub(crate) since: Option<Date>,
    /// What is to come, up to this day.
    pub(crate) until: Option<Date>,
}

/// What a read brought, and when.
struct Kept<T> {
    at: Timestamp,
    what: Arc<T>,
}

#[derive(Default)]
struct Slot {
    state: tokio::sync::Mutex<State>,
    /// Reads that have ended.
    reads: AtomicU64,
}

#[derive(Default)]
struct State {
    answer: Option<(Window, Kept<Answer>)>,
    /// Why the last read failed, if it did.
    failure: Option<Kept<Error>>,
}

/// Each connection's place, and when it was last used. The key is a hash, for ids hold tokens.
type Slots = HashMap<[u8; 32], (u64, Arc<Slot>)>;

/// The answers, by connection.
pub(crate) struct Held {
    slots: Mutex<Slots>,
    uses: AtomicU64,
    limit: usize,
    keep: Duration,
    clock: Arc<dyn rt::Clock>,
}

impl Held {
    pub(crate) fn new(limit: usize, keep: Duration, clock: Arc<dyn rt::Clock>) -> Self {
        Self { slots: Mutex::default(), uses: AtomicU64::new(0), limit: limit.max(1), keep, clock }
    }

    /// What is held of a connection, if it will do, else what `read` brings.
    pub(crate) async fn get<F>(
        &self,
        connection: &ConnectionId,
        window: Window,
        read: impl FnOnce() -> F,
    ) -> Result<Arc<Answer>, Error>
    where
        F: Future<Output = (Window, Result<Answer, Error>)>,
    {
        let slot = self.slot(connection);
        let before = slot.reads.load(Ordering::Acquire);
        let mut state = slot.state.lock().await;
        let meanwhile = slot.reads.load(Ordering::Acquire) != before;
        if let Some(served) = self.serve(&state, window, meanwhile) {
            return served;
        }
        let (window, result) = read().await;
        self.take(&slot, &mut state, window, result)
    }

    /// Reads anew, and holds what comes of it.
    pub(crate) async fn renew<F>(
        &self,
        connection: &ConnectionId,
        read: impl FnOnce() -> F,
    ) -> Result<Arc<Answer>, Error>
    where
        F: Future<Output = (Window, Result<Answer, Error>)>,
    {
        let slot = self.slot(connection);
        let mut state = slot.state.lock().await;
        let (window, result) = read().await;
        self.take(&slot, &mut state, window, result)
    }

    /// Holds an answer that came by another way.
    pub(crate) fn put(&self, connection: &ConnectionId, window: Window, answer: Answer) {
        let slot = self.slot(connection);
        // While a read runs, its answer is the newer one.
        if let Ok(mut state) = slot.state.try_lock() {
            let answer = Kept { at: self.clock.now(), what: Arc::new(answer) };
            *state = State { answer: Some((window, answer)), failure: None };
        }
    }

    pub(crate) fn forget(&self, connection: &ConnectionId) {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(connection));
    }

    fn take(
        &self,
        slot: &Slot,
        state: &mut State,
        window: Window,
        result: Result<Answer, Error>,
    ) -> Result<Arc<Answer>, Error> {
        let at = self.clock.now();
        slot.reads.fetch_add(1, Ordering::AcqRel);
        match result {
            Ok(answer) => {
                let what = Arc::new(answer);
                *state = State { answer: Some((window, Kept { at, what: what.clone() })), failure: None };
                Ok(what)
            }
            Err(error) => {
                state.failure = Some(Kept { at, what: Arc::new(again(&error)) });
                Err(error)
            }
        }
    }

    /// What is held, if it will do. `meanwhile` when a read has ended since it was asked for.
    fn serve(&self, state: &State, wanted: Window, meanwhile: bool) -> Option<Result<Arc<Answer>, Error>> {
        if let Some(failure) = &state.failure {
            // The same call would fail again, or is not to be repeated by itself.
            let stands = self.is_fresh(failure.at) && needs_somebody(failure.what.advice());
            if meanwhile || stands {
                return Some(Err(again(&failure.what)));
            }
        }
        let (window, answer) = state.answer.as_ref()?;
        let serves = (meanwhile || self.is_fresh(answer.at)) && window.covers(wanted);
        serves.then(|| Ok(answer.what.clone()))
    }

    fn is_fresh(&self, at: Timestamp) -> bool {
        let age = self.clock.now().duration_since(at);
        !age.is_negative() && age.unsigned_abs() < self.keep
    }

    fn is_stale(&self, slot: &Slot) -> bool {
        slot.state.try_lock().is_ok_and(|state| {
            let answer = state.answer.as_ref().is_none_or(|(_, answer)| !self.is_fresh(answer.at));
            answer && state.failure.as_ref().is_none_or(|failure| !self.is_fresh(failure.at))
        })
    }

    /// The place of a connection; the one that was not used for the longest time goes when there are too many, and so does
    /// what is too old to be used.
    fn slot(&self, connection: &ConnectionId) -> Arc<Slot> {
        let used = self.uses.fetch_add(1, Ordering::Relaxed);
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = slots.entry(key(connection)).or_default();
        slot.0 = used;
        let slot = slot.1.clone();
        slots.retain(|_, (last, other)| *last == used || Arc::strong_count(other) > 1 || !self.is_stale(other));
        while slots.len() > self.limit {
            let idle = slots.iter().filter(|(_, (last, slot))| *last != used && Arc::strong_count(slot) == 1);
            let Some(oldest) = idle.min_by_key(|(_, (last, _))| *last).map(|(key, _)| *key) else { break };
            slots.remove(&oldest);
        }
        slot
    }
}

impl Window {
    fn covers(self, wanted: Self) -> bool {
        let since = wanted.since.is_none_or(|wanted| self.since.is_some_and(|since| since.date() <= wanted.date()));
        since && wanted.until.is_none_or(|wanted| self.until.is_some_and(|until| until.date() >= wanted.date()))
    }
}

/// The same error for one more list.
fn again(error: &Error) -> Error {
    let mut same = Error::new(error.cause().clone()).message("the connection's last read failed");
    if let Some(provider) = error.provider() {
        same = same.from_provider(provider.clone());
    }
    match error.challenge() {
        Some(challenge) => same.with_challenge(challenge.clone()),
        None => same,
    }
}

/// Whether somebody has to act before the same call is worth another try.
fn needs_somebody(advice: RetryAdvice) -> bool {
    matches!(advice, RetryAdvice::Never | RetryAdvice::AfterUser | RetryAdvice::AfterOperator)
}

fn key(connection: &ConnectionId) -> [u8; 32] {
    rt::sha256(connection.as_str().as_bytes())
}
