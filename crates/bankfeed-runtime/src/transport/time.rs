//! Telling time and waiting, replaceable in tests.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::BoxFuture;

/// Tells the time: for signatures, `Retry-After` dates and ages.
pub trait Clock: Send + Sync {
    /// The current instant.
    fn now(&self) -> Timestamp;
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that moves only when told to. Clones show the same time.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Mutex<Timestamp>>);

impl ManualClock {
    /// A clock that stands at an instant.
    pub fn new(now: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    /// Moves on.
    pub fn advance(&self, duration: Duration) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.saturating_add(duration).unwrap_or(Timestamp::MAX);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits.
pub trait Sleeper: Send + Sync {
    /// Completes after a pause between two attempts.
    fn sleep(&self, duration: Duration) -> BoxFuture<()>;

    /// Completes when an attempt has had its time.
    fn deadline(&self, timeout: Duration) -> BoxFuture<()> {
        self.sleep(timeout)
    }
}

/// Waits on tokio's timer; calls must then run inside a tokio runtime with its timer enabled.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioSleeper;

impl Sleeper for TokioSleeper {
    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        // Created inside the future, so that the timer is asked for when polled and not when boxed.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}

/// Does not wait: notes each pause and moves a [`ManualClock`] by it. Attempts never run out of time.
#[derive(Clone, Debug)]
pub struct ManualSleeper {
    clock: ManualClock,
    slept: Arc<Mutex<Vec<Duration>>>,
}

impl ManualSleeper {
    /// A sleeper that moves this clock.
    pub fn new(clock: ManualClock) -> Self {
        Self { clock, slept: Arc::default() }
    }

    /// The pauses so far.
    pub fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Sleeper for ManualSleeper {
    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        self.slept.lock().unwrap_or_else(PoisonError::into_inner).push(duration);
        self.clock.advance(duration);
        Box::pin(std::future::ready(()))
    }

    fn deadline(&self, _: Duration) -> BoxFuture<()> {
        Box::pin(std::future::pending())
    }
}
