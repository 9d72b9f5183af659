//! What mapping functions of all products share.

use wealthreader_client::types::Owner;

use crate::identity::AccountKey;
use crate::model::{
    Account, AccountDetails, AccountIdentifier, AccountKind, AccountStatus, BalanceKind, Coded, ConnectionId, Holder,
    InstitutionId, PartyId, Personal,
};
use crate::normalize::Cx;
pub(super) use crate::values::{id, owed, text};
use crate::{Amount, Balance, Currency, Date, DateTime, Error, Id};

/// What an account's record does not say itself: through which connection it was read.
#[derive(Clone, Copy, Default)]
pub(crate) struct Through<'a> {
    pub(crate) connection: Option<&'a ConnectionId>,
    pub(crate) institution: Option<&'a InstitutionId>,
}

/// What every product begins with.
pub(super) struct Product {
    pub(super) id: Option<Id>,
    pub(super) kind: Coded<AccountKind>,
    pub(super) name: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) identifiers: Vec<AccountIdentifier>,
    /// What the institution calls it, where that names no other of its products.
    pub(super) number: Option<String>,
    pub(super) holders: Vec<Holder>,
}

impl Product {
    /// The account, with nothing in it yet that only some products have.
    pub(super) fn account(self, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
        let id = self.id.ok_or_else(|| cx.misfit("/uuid", "it has no id"))?;
        let mut account = Account::new(id, self.kind);
        account.key =
            AccountKey::of(&account.id, &self.identifiers, through.institution, self.number.as_deref().map(str::trim));
        account.connection = through.connection.cloned();
        account.name = text(self.name).map(Personal);
        account.currency = cx.currency("/currency", self.currency.as_deref());
        account.identifiers = self.identifiers;
        account.holders = self.holders;
        account.details = AccountDetails::default();
        account.source = Some(cx.source());
        Ok(account)
    }
}

pub(super) fn day(date: Option<Date>) -> Option<DateTime> {
    date.map(DateTime::from)
}

/// The provider says nothing of the kind.
pub(super) fn unsaid<T>() -> Coded<T> {
    Coded { value: None, word: None }
}

/// A number that the bank gave, as IBAN if it is one.
pub(super) fn numbered(name: &str, number: &Option<String>) -> Vec<AccountIdentifier> {
    let number = number.as_deref().filter(|number| !number.trim().is_empty());
    number.map(|number| AccountIdentifier::iban(name, number)).into_iter().collect()
}

/// A word that tells the kind more finely than the group in which the product stands. One that is not known takes the
/// group's kind.
pub(super) fn kind_in(
    cx: &Cx<'_>,
    word: Option<&str>,
    value: Option<AccountKind>,
    group: AccountKind,
    name: &str,
) -> Coded<AccountKind> {
    match word {
        Some(word) => {
            Coded { value: cx.coded("/subtype", word, value).value.or(Some(group)), word: Some(word.to_owned()) }
        }
        None => Coded::new(group, name),
    }
}

pub(super) fn status(cx: &Cx<'_>, word: Option<&str>, value: Option<AccountStatus>) -> Option<Coded<AccountStatus>> {
    word.map(|word| cx.coded("/status", word, value))
}

pub(super) fn holder(owner: Owner) -> Option<Holder> {
    let holder = Holder {
        party: text(owner.id.into_option()).map(PartyId::from),
        name: text(owner.name).map(Personal),
        role: text(owner.role.map(|role| role.to_string())),
    };
    (holder != Holder::default()).then_some(holder)
}

pub(super) fn holders(owners: impl IntoIterator<Item = Owner>) -> Vec<Holder> {
    owners.into_iter().filter_map(holder).collect()
}

/// The balances that a record tells of an account: kind, name of the member, amount as it counts.
pub(super) fn balances<'w>(
    cx: &Cx<'_>,
    account: Option<&Id>,
    currency: Option<&str>,
    all: impl IntoIterator<Item = (BalanceKind, &'w str, Option<Amount>)>,
) -> Result<Vec<Balance>, Error> {
    let account = account.filter(|id| !id.trim().is_empty()).ok_or_else(|| cx.misfit("/uuid", "it has no id"))?;
    let currency: Option<Currency> = cx.currency("/currency", currency);
    let told = all.into_iter().filter_map(|(kind, word, amount)| Some((kind, word, amount?)));
    let balance = |(kind, word, amount): (BalanceKind, &str, Amount)| {
        let mut balance = Balance::new(account, Coded::new(kind, word), amount);
        balance.currency = currency;
        balance.source = Some(cx.source());
        balance
    };
    Ok(told.map(balance).collect())
}
