//! One read of a connection at a time.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bankfeed_runtime as rt;
use rt::jiff::Timestamp;
use tokio::sync::Mutex;

use super::answer::Answer;
use crate::error::Error;

/// A read that is under way.
pub(super) type Running = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>;

/// The reads of one connection: one at a time, since each is a login at the bank, and the last one's answer.
///
/// Whoever comes while a read is under way gets what it gives, be it a failure: another login after a refused one could
/// lock the user out. A caller that goes away leaves its read here, and the next one takes it over.
#[derive(Default)]
pub(super) struct Slot {
    state: Mutex<State>,
    /// How many reads have ended.
    ended: AtomicU64,
}

#[derive(Default)]
struct State {
    running: Option<(Timestamp, Running)>,
    kept: Option<(Timestamp, Answer)>,
    /// Why the last read failed.
    failure: Option<Error>,
}

/// What a caller wants.
#[derive(Clone, Copy)]
pub(super) enum Want {
    /// What is kept, unless it is older.
    Kept(Option<Duration>),
    /// What the bank says now.
    Anew,
}

impl Slot {
    /// The connection's answer. `patience` is how long a read may take at most: one that was left alone for longer is
    /// over.
    pub(super) async fn read(
        &self,
        want: Want,
        clock: &dyn rt::Clock,
        patience: Duration,
        start: impl FnOnce() -> Running,
    ) -> Result<Answer, Error> {
        let ended = self.ended.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if self.ended.load(Ordering::Acquire) != ended {
            // A read ended while this caller waited: that one was made for it as well.
            return match (&state.failure, &state.kept) {
                (Some(error), _) => Err(error.clone()),
                (None, Some((_, answer))) => Ok(answer.clone()),
                (None, None) => self.run(&mut state, clock, start).await,
            };
        }
        let left_alone = |since: &Timestamp| clock.now().duration_since(*since).unsigned_abs() > patience;
        if state.running.as_ref().is_some_and(|(since, _)| left_alone(since)) {
            state.running = None;
        }
        if state.running.is_none()
            && let (Want::Kept(age), Some((at, answer))) = (want, &state.kept)
            && age.is_none_or(|age| clock.now().duration_since(*at).unsigned_abs() <= age)
        {
            return Ok(answer.clone());
        }
        self.run(&mut state, clock, start).await
    }

    /// Does something else that is a login, while no read is under way.
    pub(super) async fn alone<T>(&self, action: impl Future<Output = T>) -> T {
        let _state = self.state.lock().await;
        action.await
    }

    async fn run(
        &self,
        state: &mut State,
        clock: &dyn rt::Clock,
        start: impl FnOnce() -> Running,
    ) -> Result<Answer, Error> {
        let (_, running) = state.running.get_or_insert_with(|| (clock.now(), start()));
        // A caller that goes away here leaves it where it is.
        let result = running.await;
        state.running = None;
        state.failure = result.as_ref().err().cloned();
        if let Ok(answer) = &result {
            state.kept = Some((clock.now(), answer.clone()));
        }
        self.ended.fetch_add(1, Ordering::Release);
        result
    }
}
