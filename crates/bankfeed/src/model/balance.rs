//! How much an account holds or owes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coded::Coded;
use super::currency::Currency;
use super::exact;
use super::ids::AccountId;
use super::money::Money;
use crate::schema;
use crate::source::Source;
use crate::{Amount, DateTime};

/// How much an account holds or owes, of one kind at one time.
///
/// What is owed is negative, so that the sum of the booked balances over accounts is net worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Balance {
    /// The account.
    pub account: AccountId,
    /// Which balance it is.
    pub kind: Coded<BalanceKind>,
    /// How much; negative when it is owed.
    #[serde(with = "exact")]
    #[schemars(with = "schema::Amount")]
    pub amount: Amount,
    /// Of what. `None` where the provider does not say.
    pub currency: Option<Currency>,
    /// When it was so: a date or a moment, as precise as it was sent.
    #[schemars(with = "Option<schema::DateTime>")]
    pub as_of: Option<DateTime>,
    /// The provider's record.
    #[serde(skip)]
    pub source: Option<Source>,
}

/// Which balance it is, in terms of ISO 20022 where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BalanceKind {
    /// What is booked at the moment (ITBD). Of policies, securities and property: their value.
    Booked,
    /// What is booked at the end of a day or statement (CLBD).
    ClosingBooked,
    /// What was booked at its beginning (OPBD).
    OpeningBooked,
    /// What can be used at the moment, credit included or not as the provider has it (ITAV).
    Available,
    /// What is set aside, so that it cannot be used (BLCK).
    Blocked,
    /// What the institution invests by itself and gives back at call.
    AutomaticallyInvested,
    /// What was used of a credit; negative.
    CreditUsed,
}

impl BalanceKind {
    /// The code of ISO 20022 (`ExternalBalanceType1Code`), where there is one.
    pub fn iso_code(self) -> Option<&'static str> {
        Some(match self {
            Self::Booked => "ITBD",
            Self::ClosingBooked => "CLBD",
            Self::OpeningBooked => "OPBD",
            Self::Available => "ITAV",
            Self::Blocked => "BLCK",
            Self::AutomaticallyInvested | Self::CreditUsed => return None,
        })
    }
}

impl Balance {
    /// A balance of an account.
    pub fn new(account: impl Into<AccountId>, kind: Coded<BalanceKind>, amount: impl Into<Amount>) -> Self {
        Self { account: account.into(), kind, amount: amount.into(), currency: None, as_of: None, source: None }
    }

    /// Amount and currency; `None` when the currency is not known.
    pub fn money(&self) -> Option<Money> {
        self.currency.map(|currency| Money::new(self.amount, currency))
    }
}
