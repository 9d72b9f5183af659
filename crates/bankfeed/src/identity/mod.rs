//! Identity: what accounts and transactions stay known by, and how far that can be trusted.

mod claims;
mod facts;
mod key;
mod reconcile;
mod twins;

pub use key::{AccountKey, AccountKeyStrength, TransactionKey, TransactionKeyStrength};
pub use reconcile::{Confidence, Match, Reason, Reconciliation, reconcile};
pub(crate) use twins::Twins;
