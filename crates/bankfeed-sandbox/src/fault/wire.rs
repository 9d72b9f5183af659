//! What happens to an answer on its way.

use std::time::Duration;

use super::faults::Struck;
use super::model::Fault;
use super::name::{Key, Name};

/// White space before an answer that is too large, unless told otherwise: twice what the clients take.
const OVERSIZE: u64 = 64 * 1024 * 1024;

/// What happens to an answer on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wire {
    /// Before the first byte.
    pub(crate) latency: Duration,
    /// Bytes at a time, and the pause after each.
    pub(crate) pace: Option<(usize, Duration)>,
    /// The connection breaks before the first byte.
    pub(crate) cut: bool,
    /// It breaks in the middle of the body.
    pub(crate) truncated: bool,
    /// Bytes of white space before the body.
    pub(crate) padding: u64,
}

impl Wire {
    pub(crate) fn of(struck: &Struck) -> Self {
        let mut wire = Self::default();
        for fault in struck.faults() {
            wire.take(fault);
        }
        wire
    }

    /// Delays and white space of several faults add up; of several paces the last one counts.
    fn take(&mut self, fault: &Fault) {
        let pause = Duration::from_millis(fault.told(Key::Ms).unwrap_or(0));
        let bytes = fault.told(Key::Bytes);
        match fault.name {
            Name::Latency => self.latency += pause,
            Name::Slow => {
                let bytes = bytes.and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or(1);
                self.pace = Some((bytes.max(1), pause));
            }
            Name::Cut => self.cut = true,
            Name::Truncated => self.truncated = true,
            Name::Oversize => self.padding = self.padding.saturating_add(bytes.unwrap_or(OVERSIZE)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_add_up() {
        let mut wire = Wire::default();
        for text in ["latency ms=5", "latency ms=7", "slow bytes=3 ms=2", "oversize", "truncated", "html"] {
            wire.take(&text.parse().unwrap());
        }
        let pace = Some((3, Duration::from_millis(2)));
        let latency = Duration::from_millis(12);
        assert_eq!(wire, Wire { latency, pace, cut: false, truncated: true, padding: OVERSIZE });
    }
}
