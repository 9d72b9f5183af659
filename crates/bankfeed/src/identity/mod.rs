//! Identity: what accounts and transactions stay known by, and how far that can be trusted.

mod key;
mod reconcile;
mod twins;

pub use key::{AccountKey, AccountKeyStrength, TransactionKey, TransactionKeyStrength};
pub use reconcile::{Confidence, Match, Reason, Reconciliation, reconcile};
#[allow(unused_imports, reason = "for adapters; without any there is none")]
pub(crate) use twins::Twins;
