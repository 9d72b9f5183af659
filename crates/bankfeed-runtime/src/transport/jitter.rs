//! Randomness for spreading retries.

use ring::rand::{SecureRandom, SystemRandom};

/// A number from 0 up to, but not including, 1.
pub(super) fn random() -> f64 {
    let mut bytes = [0; 4];
    // Without randomness retries are not spread, which is no reason to fail.
    if SystemRandom::new().fill(&mut bytes).is_err() {
        return 0.5;
    }
    f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
}
