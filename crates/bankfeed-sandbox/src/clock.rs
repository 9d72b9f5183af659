//! The sandbox's time: set by hand, or running.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// The moment at which a sandbox starts unless told otherwise: Monday, 2 March 2026, nine o'clock UTC.
pub const DEFAULT_START: &str = "2026-03-02T09:00:00Z";

/// Time as the sandbox sees it. Unless it runs, it stands until it is moved.
pub(crate) struct Clock {
    state: Mutex<State>,
}

struct State {
    at: Timestamp,
    /// When it was set, for a running one.
    since: Option<Instant>,
}

impl Clock {
    pub(crate) fn new(at: Timestamp, running: bool) -> Self {
        Self { state: Mutex::new(State { at, since: running.then(Instant::now) }) }
    }

    /// In whole seconds, which is how providers tell time.
    pub(crate) fn now(&self) -> Timestamp {
        let now = self.state.lock().unwrap_or_else(PoisonError::into_inner).now();
        Timestamp::from_second(now.as_second()).unwrap_or(now)
    }

    /// Moves on. Time never goes back, so that what was booked stays booked.
    pub(crate) fn advance(&self, by: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        state.at = state.now().checked_add(by).unwrap_or(Timestamp::MAX);
        state.since = state.since.map(|_| Instant::now());
    }
}

impl State {
    fn now(&self) -> Timestamp {
        let elapsed = self.since.map_or(Duration::ZERO, |since| since.elapsed());
        let elapsed = SignedDuration::try_from(elapsed).unwrap_or(SignedDuration::MAX);
        self.at.checked_add(elapsed).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_stands_until_it_is_moved() {
        let start: Timestamp = DEFAULT_START.parse().unwrap();
        let clock = Clock::new(start, false);
        assert_eq!(clock.now(), start);
        clock.advance(Duration::from_secs(90));
        assert_eq!(clock.now().to_string(), "2026-03-02T09:01:30Z");
        clock.advance(Duration::from_millis(1_700));
        clock.advance(Duration::from_millis(400));
        assert_eq!(clock.now().to_string(), "2026-03-02T09:01:32Z");
    }
}
