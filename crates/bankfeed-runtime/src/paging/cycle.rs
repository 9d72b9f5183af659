//! Notices positions that come again, in constant memory.

/// Brent's cycle detection over the positions of a list.
///
/// One position is kept and compared with those that follow; the kept one is replaced at distances that double, so
/// that any circle is noticed after at most a few rounds.
#[derive(Debug, Default)]
pub(super) struct Cycle {
    kept: Option<String>,
    distance: u64,
    limit: u64,
}

impl Cycle {
    /// Whether the next position closes a circle.
    pub(super) fn closes(&mut self, position: &str) -> bool {
        if self.kept.as_deref() == Some(position) {
            return true;
        }
        self.distance += 1;
        if self.distance > self.limit {
            self.kept = Some(position.to_owned());
            self.distance = 0;
            self.limit = (self.limit * 2).max(1);
        }
        false
    }
}
