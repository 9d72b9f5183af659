//! What an investment account holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::currency::Currency;
use super::exact;
use super::identifier::AccountIdentifier;
use super::ids::AccountId;
use crate::schema;
use crate::source::Source;
use crate::{Amount, DateTime};

/// A position: a security or fund that an account holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Holding {
    /// The account.
    pub account: AccountId,
    /// The name of what is held.
    pub name: Option<String>,
    /// What it is known by: an ISIN, as a rule.
    pub identifiers: Vec<AccountIdentifier>,
    /// How many.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub quantity: Option<Amount>,
    /// The price of one.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub price: Option<Amount>,
    /// What all of it is worth.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub value: Option<Amount>,
    /// What price and value are in.
    pub currency: Option<Currency>,
    /// When the price was so.
    #[schemars(with = "Option<schema::DateTime>")]
    pub as_of: Option<DateTime>,
    /// The provider's record.
    #[serde(skip)]
    pub source: Option<Source>,
}

impl Holding {
    /// A position of an account.
    pub fn new(account: impl Into<AccountId>) -> Self {
        Self {
            account: account.into(),
            name: None,
            identifiers: Vec::new(),
            quantity: None,
            price: None,
            value: None,
            currency: None,
            as_of: None,
            source: None,
        }
    }
}
