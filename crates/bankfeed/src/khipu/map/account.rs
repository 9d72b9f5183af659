//! Accounts: what balances are about.

use std::collections::BTreeSet;

use khipu_client::types;
use khipu_client::types::BalanceAmounts;

use crate::error::Error;
use crate::identity::AccountKey;
use crate::model::{Account, AccountId, AccountIdentifier, Coded, ConnectionId, Currency};
use crate::normalize::Cx;

/// The provider's word for the kind of account, part of the address that is asked. What it stands for is not published,
/// so the kind stays open.
const KIND: &str = "ACY";

/// What is known of an account besides the record.
#[derive(Clone, Copy)]
pub(crate) struct About<'a> {
    /// The connection that was asked.
    pub(crate) connection: &'a ConnectionId,
    /// The number that was asked about, where the answer is about one account alone.
    pub(crate) number: Option<&'a str>,
}

/// The account that a balance is about. `currencies` are those of all its balances: of several none is the account's.
///
/// Its key is made of the provider's id: the number that was asked about belongs to the account for certain only as long
/// as the answer has no other, and a key must not change when one is added.
pub(crate) fn account(
    balance: &types::Balance,
    currencies: &BTreeSet<Currency>,
    about: About<'_>,
    cx: &Cx<'_>,
) -> Result<Account, Error> {
    let id = id(balance, cx)?;
    let identifiers: Vec<_> =
        about.number.map(|number| AccountIdentifier::recognize("AccountNumber", number)).into_iter().collect();
    let mut account = Account::new(id, Coded::new(None, KIND));
    account.key = AccountKey::of_provider_id(&account.id);
    account.connection = Some(about.connection.clone());
    account.currency = currencies.first().copied().filter(|_| currencies.len() == 1);
    account.identifiers = identifiers;
    account.source = Some(cx.source());
    Ok(account)
}

/// What an account is known by in answers.
pub(super) fn id(balance: &types::Balance, cx: &Cx<'_>) -> Result<AccountId, Error> {
    let id = balance.account_id.as_ref().filter(|id| !id.trim().is_empty());
    id.map(AccountId::from).ok_or_else(|| cx.misfit("/AccountId", "it does not say which account it is about"))
}

/// What the amounts of a balance are in; nothing where they cannot be read.
pub(crate) fn currencies(balance: &types::Balance, cx: &Cx<'_>) -> BTreeSet<Currency> {
    let one = matches!(balance.amount.as_ref(), Some(BalanceAmounts::BalanceAmount(_)));
    let place = |index| if one { "/Amount/Currency".to_owned() } else { format!("/Amount/{index}/Currency") };
    let amounts = balance.amounts().unwrap_or_default().iter().enumerate();
    amounts.filter_map(|(index, amount)| cx.currency(&place(index), amount.currency.as_deref())).collect()
}
