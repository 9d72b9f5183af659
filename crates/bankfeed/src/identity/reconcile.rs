//! Which booked transaction a pending one has become.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::claims::Claims;
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
///
/// A pending transaction becomes one of the same account, currency and direction, all known or all unknown; each booked
/// one is claimed once. The strongest matches are made first, over all of them, then weaker ones of what is left:
///
/// 1. the same id, or the same bank reference, that nothing else has: `Certain`, whatever the amount has become;
/// 2. the same amount, on the day or up to eight days later, with a text in common, the nearest day first: `Likely`;
/// 3. the same amount in that time, where neither has anybody else to go with: `Likely`;
/// 4. the same amount in that time: `Suggestion`;
/// 5. an amount that differs by 30 % at most, in that time, with a text in common: `Suggestion`.
///
/// A text is a counterparty's or merchant's name or a description, compared without case, signs and numbers. The day of a
/// pending transaction is that of its transaction, else of its booking or value; a booked one counts by any of these. One
/// without any day goes with another one without.
///
/// Two equal pending transactions are two, and take two booked ones. The order of the slices makes no difference but for
/// which of several equal ones is which.
///
/// ```
/// use bankfeed::identity::{Confidence, reconcile};
/// use bankfeed::{Coded, Transaction, TransactionKey, TransactionStatus};
///
/// let transaction = |id: &str, day: &str, status| {
///     let key = TransactionKey::of_provider_id(&id.into(), status == TransactionStatus::Booked);
///     let mut transaction = Transaction::signed(key, -12, Coded::implied(status));
///     transaction.transaction_date = day.parse().ok();
///     transaction
/// };
/// let pending = [transaction("p1", "2026-03-02", TransactionStatus::Pending)];
/// let booked = [transaction("b9", "2026-03-04", TransactionStatus::Booked)];
/// let found = reconcile(&pending, &booked);
/// assert_eq!((found.matches[0].booked, found.matches[0].confidence), (0, Confidence::Likely));
/// ```
pub fn reconcile(pending: &[Transaction], booked: &[Transaction]) -> Reconciliation {
    let mut claims = Claims::new(pending, booked);
    claims.certain(|transaction| transaction.id.as_ref().map(|id| id.as_str()));
    claims.certain(|transaction| transaction.bank_reference.as_deref());
    claims.same_amount_and_text();
    claims.only_candidates();
    claims.same_amount();
    claims.close_amount_and_text();
    claims.finish()
}
