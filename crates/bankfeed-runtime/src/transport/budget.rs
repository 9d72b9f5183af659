//! A limit on retries that all calls share, so that an outage is not multiplied by its victims.

use std::sync::Mutex;

/// A bucket of retries: each retry takes one token, each first attempt puts a part of one back.
///
/// In an outage every call fails; with the default of 10 tokens and a tenth back per call, retries then add a tenth to
/// the load instead of multiplying it.
#[derive(Debug)]
pub struct RetryBudget {
    capacity: u32,
    /// In thousandths of a token.
    per_call: u32,
    tokens: Mutex<u32>,
}

impl RetryBudget {
    /// A full bucket of `capacity` retries into which each call puts `per_call_percent` hundredths of one.
    pub fn new(capacity: u32, per_call_percent: u32) -> Self {
        let capacity = capacity.saturating_mul(1000);
        Self { capacity, per_call: per_call_percent.saturating_mul(10), tokens: Mutex::new(capacity) }
    }

    /// A bucket that never runs empty.
    pub fn unlimited() -> Self {
        Self { capacity: u32::MAX, per_call: u32::MAX, tokens: Mutex::new(u32::MAX) }
    }

    pub(crate) fn deposit(&self) {
        let mut tokens = self.lock();
        *tokens = tokens.saturating_add(self.per_call).min(self.capacity);
    }

    /// Takes one retry; `false` when there is none left.
    pub(crate) fn withdraw(&self) -> bool {
        let mut tokens = self.lock();
        if self.capacity == u32::MAX {
            return true;
        }
        match tokens.checked_sub(1000) {
            Some(left) => {
                *tokens = left;
                true
            }
            None => false,
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, u32> {
        // A number is never left half written, so a poisoned lock is as good as any.
        self.tokens.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Default for RetryBudget {
    /// Ten retries, a tenth of one back per call.
    fn default() -> Self {
        Self::new(10, 10)
    }
}
