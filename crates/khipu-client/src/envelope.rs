//! Reading what is in an envelope, whichever of its forms it has.

use std::slice;

use crate::error::ApiFailure;
use crate::generated::types::{Balance, BalanceAmount, BalanceAmounts, Envelope, OperationData};

impl Envelope {
    /// The balances that were read; none where `data` is null, an empty list or of another kind.
    pub fn balances(&self) -> &[Balance] {
        match self.data.as_ref() {
            Some(OperationData::BalanceData(data)) => data.balance.as_deref().unwrap_or_default(),
            _ => &[],
        }
    }

    /// Why the operation failed, if it did. Answers to calls that failed are [`Error`](crate::Error)s already; this is for
    /// envelopes that were stored.
    pub fn failure(&self) -> Option<ApiFailure> {
        ApiFailure::of_envelope(self)
    }
}

impl Balance {
    /// The amounts, be there one, a list or none.
    pub fn amounts(&self) -> &[BalanceAmount] {
        match self.amount.as_ref() {
            Some(BalanceAmounts::BalanceAmount(amount)) => slice::from_ref(amount),
            Some(BalanceAmounts::List(amounts)) => amounts,
            _ => &[],
        }
    }
}
