//! Reading what is in an envelope, whichever of its forms it has.

use std::slice;

use bankfeed_runtime as rt;

use crate::error::ApiFailure;
use crate::generated::types::{Balance, BalanceAmount, BalanceAmounts, BalanceData, Envelope, OperationData};

impl Envelope {
    /// The balances that were read; none where `data` is null, an empty list or about something else.
    ///
    /// # Errors
    /// When `data` is of no described form; the text names the place.
    pub fn balances(&self) -> Result<&[Balance], rt::DecodeError> {
        match self.data.as_ref() {
            Some(OperationData::BalanceData(data)) => Ok(data.balance.as_deref().unwrap_or_default()),
            Some(OperationData::List(list)) if !list.is_empty() => {
                Err(rt::DecodeError::new("expected an object, found a list that is not empty").below("/Data"))
            }
            Some(OperationData::Unrecognized(json)) => {
                Err(json.why_neither::<BalanceData, Vec<rt::Json>>().below("/Data"))
            }
            _ => Ok(&[]),
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
    ///
    /// # Errors
    /// When there is something else, such as an amount that cannot be held exactly; the text names the place.
    pub fn amounts(&self) -> Result<&[BalanceAmount], rt::DecodeError> {
        match self.amount.as_ref() {
            Some(BalanceAmounts::BalanceAmount(amount)) => Ok(slice::from_ref(amount)),
            Some(BalanceAmounts::List(amounts)) => Ok(amounts),
            Some(BalanceAmounts::Unrecognized(json)) => {
                Err(json.why_neither::<BalanceAmount, Vec<BalanceAmount>>().below("/Amount"))
            }
            None => Ok(&[]),
        }
    }
}
