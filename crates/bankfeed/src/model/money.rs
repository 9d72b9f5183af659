//! Exact amounts of a currency.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::currency::Currency;
use super::exact;
use crate::{Amount, Decimal, schema};

/// An exact amount of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Money {
    /// How much. In JSON a string, digit for digit as it was sent.
    #[serde(with = "exact")]
    #[schemars(with = "schema::Amount")]
    pub amount: Amount,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// An amount of a currency.
    pub fn new(amount: impl Into<Amount>, currency: Currency) -> Self {
        Self { amount: amount.into(), currency }
    }

    /// The sum, if both are of one currency and it fits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        let sum = self.amount.decimal().checked_add(other.amount.decimal())?;
        Some(Self::new(sum, self.currency))
    }

    /// The amount in the currency's smallest unit, such as cents; `None` when the currency has none, the amount has
    /// more digits than it, or it does not fit.
    pub fn minor_units(self) -> Option<i128> {
        let exponent = u32::from(self.currency.exponent()?);
        let scaled = self.amount.decimal().checked_mul(Decimal::from(10u64.checked_pow(exponent)?))?;
        scaled.is_integer().then(|| scaled.trunc().mantissa() / 10i128.pow(scaled.trunc().scale()))
    }
}

impl fmt::Display for Money {
    /// `-12.30 EUR`: as many digits as the currency has, and never fewer than the amount has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut amount = self.amount.decimal();
        let digits = self.currency.exponent().map_or(0, u32::from);
        if amount.scale() < digits {
            amount.rescale(digits);
        }
        write!(f, "{amount} {}", self.currency)
    }
}
