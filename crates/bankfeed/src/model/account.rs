//! Accounts, and everything else that holds value or debt.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coded::Coded;
use super::currency::Currency;
use super::exact;
use super::identifier::AccountIdentifier;
use super::ids::{AccountId, ConnectionId, PartyId};
use super::personal::Personal;
use crate::identity::AccountKey;
use crate::schema;
use crate::source::Source;
use crate::{Amount, Date, DateTime};

/// An account, in the wide sense: a place that holds value or debt of a user at an institution, policies and properties
/// included.
///
/// Which provider fields feed which field: [`mapping`](crate::mapping).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Account {
    /// Its id with the provider.
    pub id: AccountId,
    /// What it stays known by when the user consents anew.
    pub key: AccountKey,
    /// The connection it was read through.
    pub connection: Option<ConnectionId>,
    /// Its name at the institution.
    pub name: Option<Personal<String>>,
    /// A second name, such as the one its holder gave it.
    pub nickname: Option<Personal<String>>,
    /// What it is.
    pub kind: Coded<AccountKind>,
    /// What its balances are in. `None` where the provider does not say: none is assumed.
    pub currency: Option<Currency>,
    /// Whether it is in use.
    pub status: Option<Coded<AccountStatus>>,
    /// What it is known by outside the provider.
    pub identifiers: Vec<AccountIdentifier>,
    /// Who holds it, where the record says so.
    pub holders: Vec<Holder>,
    /// The institution's name of the product, or the provider's of its type.
    pub product: Option<String>,
    /// When it was opened, bought, signed or issued.
    #[schemars(with = "Option<schema::Date>")]
    pub opened_on: Option<Date>,
    /// When it was last read or changed, whichever the provider tells.
    #[schemars(with = "Option<schema::DateTime>")]
    pub updated_at: Option<DateTime>,
    /// What belongs to cards, loans, investments and policies.
    pub details: AccountDetails,
    /// The provider's record.
    #[serde(skip)]
    pub source: Option<Source>,
}

/// What an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AccountKind {
    /// Money for daily use.
    Current,
    /// Money put aside, at call.
    Savings,
    /// Money in an electronic wallet.
    Wallet,
    /// A card that spends what an account holds.
    DebitCard,
    /// A card that spends on credit.
    CreditCard,
    /// A card, of debit or credit.
    Card,
    /// Money put aside for a term.
    Deposit,
    /// A line of credit.
    CreditLine,
    /// A loan.
    Loan,
    /// A loan on a home.
    Mortgage,
    /// A lease.
    Lease,
    /// Securities, funds, plans.
    Investment,
    /// A pension plan.
    Pension,
    /// A policy.
    Insurance,
    /// Real estate.
    Property,
    /// A guarantee that the institution gives for the user.
    Guarantee,
    /// Invoices sold or paid ahead: factoring, confirming.
    Receivable,
    /// Points and other value that is no money.
    Bonus,
}

impl AccountKind {
    /// Whether its balance is what the holder owes, so that it counts as negative.
    pub fn is_liability(self) -> bool {
        matches!(self, Self::CreditCard | Self::CreditLine | Self::Loan | Self::Mortgage | Self::Lease)
    }
}

/// Whether an account is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AccountStatus {
    /// In use.
    Active,
    /// Not in use: blocked, dormant or not yet activated.
    Inactive,
    /// Closed, paid back, cancelled or run out.
    Closed,
}

/// Someone who holds an account, as the account tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Holder {
    /// The party, where the provider names it.
    pub party: Option<PartyId>,
    /// The name.
    pub name: Option<Personal<String>>,
    /// The part in it, in the provider's word: holder, authorised, guarantor.
    pub role: Option<String>,
}

/// What belongs to cards, loans, investments, policies and the like. Only what the provider says; all amounts are in
/// the account's currency and without sign.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct AccountDetails {
    /// Cards, credit lines, overdrafts: how much may be owed. Guarantees: how much is guaranteed.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub credit_limit: Option<Amount>,
    /// Cards: when it expires.
    #[schemars(with = "Option<schema::Date>")]
    pub card_expiry: Option<Date>,
    /// Everything that bears interest: percent a year.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub interest_rate: Option<Amount>,
    /// Cards: the least that must be paid at the next date.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub minimum_payment: Option<Amount>,
    /// Cards, loans, leases, policies: what is due next.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub next_payment_amount: Option<Amount>,
    /// Cards, loans, leases, policies, receivables: when it is due.
    #[schemars(with = "Option<schema::Date>")]
    pub next_payment_date: Option<Date>,
    /// Loans and leases: how many payments are left.
    pub remaining_payments: Option<i64>,
    /// Cards: when the statement closes.
    #[schemars(with = "Option<schema::Date>")]
    pub statement_closes_on: Option<Date>,
    /// Loans: how much was lent at first.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub original_principal: Option<Amount>,
    /// Loans, deposits, leases, guarantees, policies: when it ends.
    #[schemars(with = "Option<schema::Date>")]
    pub matures_on: Option<Date>,
    /// Investments, deposits, properties: how much was paid in.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub invested_amount: Option<Amount>,
    /// Policies: what the insurer pays for giving it back.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub surrender_value: Option<Amount>,
}

impl Account {
    /// An account of which only id and kind are known.
    pub fn new(id: impl Into<AccountId>, kind: Coded<AccountKind>) -> Self {
        let id = id.into();
        Self {
            key: AccountKey::of_provider_id(&id),
            id,
            connection: None,
            name: None,
            nickname: None,
            kind,
            currency: None,
            status: None,
            identifiers: Vec::new(),
            holders: Vec::new(),
            product: None,
            opened_on: None,
            updated_at: None,
            details: AccountDetails::default(),
            source: None,
        }
    }
}

impl Holder {
    /// A holder of whom only the name is known.
    pub fn named(name: impl Into<Personal<String>>) -> Self {
        Self { name: Some(name.into()), ..Self::default() }
    }
}
