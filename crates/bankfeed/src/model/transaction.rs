//! Movements on accounts.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::coded::Coded;
use super::currency::Currency;
use super::exact;
use super::identifier::AccountIdentifier;
use super::ids::{AccountId, TransactionId};
use super::money::Money;
use super::personal::Personal;
use crate::identity::TransactionKey;
use crate::schema;
use crate::source::Source;
use crate::values::unsigned;
use crate::{Amount, DateTime, Decimal};

/// A movement on an account.
///
/// Which provider fields feed which field: [`mapping`](crate::mapping).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Transaction {
    /// What it can be told from others by, and how far that can be trusted.
    pub key: TransactionKey,
    /// Its id with the provider, where it has one. Ids of pending transactions change with most providers.
    pub id: Option<TransactionId>,
    /// The account. `None` where the record does not say.
    pub account: Option<AccountId>,
    /// How much, without sign.
    #[serde(with = "exact")]
    #[schemars(with = "schema::Amount")]
    pub amount: Amount,
    /// Whether it brings to the account or takes from it, as its holder sees it. `None` where the provider does not
    /// say: neither is assumed.
    pub direction: Option<Direction>,
    /// Of what. `None` where the provider does not say: none is assumed.
    pub currency: Option<Currency>,
    /// Whether it is booked.
    pub status: Coded<TransactionStatus>,
    /// What kind of movement it is.
    pub kind: Option<Coded<TransactionKind>>,
    /// When it was made: a date or a moment, as precise as it was sent.
    #[schemars(with = "Option<schema::DateTime>")]
    pub transaction_date: Option<DateTime>,
    /// When it was entered into the account's books.
    #[schemars(with = "Option<schema::DateTime>")]
    pub booking_date: Option<DateTime>,
    /// When it counts for interest.
    #[schemars(with = "Option<schema::DateTime>")]
    pub value_date: Option<DateTime>,
    /// The institution's text, further texts after it, a line each.
    pub description: Option<Personal<String>>,
    /// What it was for: the provider's code and the mapped one, side by side.
    pub category: Option<Coded<Category>>,
    /// Who is at the other end.
    pub counterparty: Option<Counterparty>,
    /// The merchant, where the provider recognizes one.
    pub merchant: Option<Merchant>,
    /// ISO 18245 merchant category code, four digits.
    pub merchant_category: Option<String>,
    /// The amount before exchange, where it was another currency.
    pub original_amount: Option<Exchange>,
    /// The account's balance once it was booked; negative when owed.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub balance_after: Option<Amount>,
    /// Whether the provider takes it for a duplicate of another one.
    pub duplicate: Option<bool>,
    /// References of payer, payee and bank.
    pub references: Vec<Reference>,
    /// The bank's own id of it.
    pub bank_reference: Option<String>,
    /// The bank's own code of its kind.
    pub bank_code: Option<String>,
    /// The provider's record.
    #[serde(skip)]
    pub source: Option<Source>,
}

/// Whether a transaction brings to an account or takes from it, as the account's holder sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// It brings: the balance grows, or less is owed.
    Credit,
    /// It takes: the balance shrinks, or more is owed.
    Debit,
}

/// Whether a transaction is booked, as in ISO 20022.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TransactionStatus {
    /// In the account's books (BOOK).
    Booked,
    /// Expected to be booked, may change or vanish (PDNG).
    Pending,
    /// Planned for a later date (FUTR).
    Future,
    /// Told for information, no movement of the account (INFO).
    Information,
    /// Refused, returned or cancelled (RJCT).
    Rejected,
}

impl TransactionStatus {
    /// The code of ISO 20022 and UK Open Banking.
    pub fn iso_code(self) -> &'static str {
        match self {
            Self::Booked => "BOOK",
            Self::Pending => "PDNG",
            Self::Future => "FUTR",
            Self::Information => "INFO",
            Self::Rejected => "RJCT",
        }
    }
}

/// What kind of movement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TransactionKind {
    /// To or from another account.
    Transfer,
    /// Paid by card.
    CardPayment,
    /// Collected by a creditor.
    DirectDebit,
    /// Cash at a machine or counter.
    Cash,
    /// What the institution takes for its service.
    Fee,
    /// Interest, dividends and other yield.
    Interest,
    /// A payment of a loan, lease or credit.
    Repayment,
    /// A purchase of securities.
    Purchase,
    /// A sale of securities.
    Sale,
    /// A tax.
    Tax,
    /// Something else that the provider names.
    Other,
}

/// What a transaction was for, coarsely. The provider's own code beside it is finer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Category {
    /// Wages, pensions, benefits and other income.
    Income,
    /// Between own accounts, or to and from people.
    Transfer,
    /// Food and everyday goods.
    Groceries,
    /// Restaurants, bars.
    EatingOut,
    /// Rent, mortgage, furniture, maintenance.
    Home,
    /// Electricity, water, telephone, internet.
    Utilities,
    /// Vehicles, fuel, public transport.
    Transport,
    /// Journeys and lodging.
    Travel,
    /// Clothes, electronics and other goods.
    Shopping,
    /// Medicine, care, sports.
    Health,
    /// Schools, courses, children.
    Education,
    /// Leisure and subscriptions.
    Entertainment,
    /// Policies.
    Insurance,
    /// Loans and other credit.
    Credit,
    /// Savings and securities.
    Investment,
    /// Taxes and fines.
    Taxes,
    /// Fees of the institution.
    Fees,
    /// Cash.
    Cash,
    /// Gifts and charity.
    Gifts,
    /// Of a business: supplies, staff, services.
    Business,
    /// None of these.
    Other,
}

/// Who is at the other end of a transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Counterparty {
    /// The name.
    pub name: Option<Personal<String>>,
    /// The account.
    pub account: Option<AccountIdentifier>,
    /// The document of tax or identity.
    pub document: Option<Personal<String>>,
    /// What else the provider tells of it.
    pub information: Option<Personal<String>>,
}

impl Counterparty {
    /// A counterparty of which nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The counterparty, unless nothing is known of it.
    pub fn known(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}

/// A merchant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Merchant {
    /// Its id with the provider.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its page.
    pub website: Option<String>,
    /// Address of its logo.
    pub logo: Option<String>,
}

impl Merchant {
    /// A merchant of which nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The merchant, unless nothing is known of it.
    pub fn known(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}

/// An amount before exchange.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Exchange {
    /// How much, without sign.
    #[serde(with = "exact")]
    #[schemars(with = "schema::Amount")]
    pub amount: Amount,
    /// Of what. `None` where the provider does not say.
    pub currency: Option<Currency>,
    /// The rate, as the provider has it; which way it goes is not known of all.
    #[serde(with = "exact::option", default)]
    #[schemars(with = "Option<schema::Amount>")]
    pub rate: Option<Amount>,
}

impl Exchange {
    /// An amount before exchange; its sign is dropped.
    pub fn new(amount: impl Into<Amount>, currency: Option<Currency>) -> Self {
        Self { amount: unsigned(amount.into()), currency, rate: None }
    }
}

/// A reference of payer, payee or bank.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Reference {
    /// What the provider calls it: `end_to_end_id`, `check_number`.
    pub name: Cow<'static, str>,
    /// The reference.
    pub value: Personal<String>,
}

impl Reference {
    /// A reference by the provider's name.
    pub fn new(name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: Personal(value.into()) }
    }
}

impl Transaction {
    /// A transaction of a signed amount: negative is debit, positive credit, zero neither.
    pub fn signed(key: TransactionKey, amount: impl Into<Amount>, status: Coded<TransactionStatus>) -> Self {
        let amount = amount.into();
        let mut transaction = Self::unsigned(key, amount, status);
        transaction.direction = Direction::of(amount);
        transaction
    }

    /// A transaction of which the direction is not known, or set afterwards; the amount's sign is dropped.
    pub fn unsigned(key: TransactionKey, amount: impl Into<Amount>, status: Coded<TransactionStatus>) -> Self {
        Self {
            key,
            id: None,
            account: None,
            amount: unsigned(amount.into()),
            direction: None,
            currency: None,
            status,
            kind: None,
            transaction_date: None,
            booking_date: None,
            value_date: None,
            description: None,
            category: None,
            counterparty: None,
            merchant: None,
            merchant_category: None,
            original_amount: None,
            balance_after: None,
            duplicate: None,
            references: Vec::new(),
            bank_reference: None,
            bank_code: None,
            source: None,
        }
    }

    /// The amount, negative when it takes from the account; `None` when the direction is not known and the amount is
    /// not zero.
    pub fn signed_amount(&self) -> Option<Decimal> {
        let amount = self.amount.decimal();
        match self.direction {
            Some(Direction::Credit) => Some(amount),
            Some(Direction::Debit) => Some(-amount),
            None => amount.is_zero().then_some(amount),
        }
    }

    /// The signed amount and its currency; `None` when direction or currency are not known.
    pub fn signed_money(&self) -> Option<Money> {
        Some(Money::new(self.signed_amount()?, self.currency?))
    }

    /// Amount and currency, without sign; `None` when the currency is not known.
    pub fn money(&self) -> Option<Money> {
        self.currency.map(|currency| Money::new(self.amount, currency))
    }
}

impl Direction {
    /// The direction of a signed amount; zero has none.
    pub fn of(amount: Amount) -> Option<Self> {
        let amount = amount.decimal();
        match () {
            () if amount.is_zero() => None,
            () if amount.is_sign_negative() => Some(Self::Debit),
            () => Some(Self::Credit),
        }
    }
}
