//! Cards.
//!
//! Documented: `disposed` is what of the limit is used, without a sign; movements are negative when something was paid.
//! Inferred: what is used of a credit card is owed, so it is the card's booked balance, negative. What is used of
//! another card is no debt; it keeps a kind that does not count towards net worth.

use wealthreader_client::types;

use super::common::{Product, Through, balances as all_of, holders, id, kind_in, owed, status};
use crate::model::{AccountIdentifier, AccountKind, AccountStatus, BalanceKind};
use crate::normalize::Cx;
use crate::{Account, Balance, Error};

pub(crate) fn account(record: types::Card, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    use types::{CardStatus as Status, CardSubtype as Subtype};
    let owners = record.holders().map(<[types::Owner]>::to_vec);
    let owners = owners.map_err(|_| cx.misfit("/owner", "it is neither an owner nor a list of them"))?;
    let value = record.subtype.as_ref().and_then(|subtype| match subtype {
        Subtype::Credit => Some(AccountKind::CreditCard),
        Subtype::Debit => Some(AccountKind::DebitCard),
        Subtype::Prepaid => Some(AccountKind::Card),
        _ => None,
    });
    let code = record.code.as_deref().filter(|code| !code.trim().is_empty());
    let product = Product {
        id: id(Some(record.uuid)),
        kind: kind_in(cx, record.subtype.as_ref().map(AsRef::as_ref), value, AccountKind::Card, "cards"),
        name: record.name,
        currency: record.currency,
        identifiers: code.map(|code| AccountIdentifier::masked_pan("code", code)).into_iter().collect(),
        // Most of its digits are hidden, so that several cards may show the same.
        number: None,
        holders: holders(owners),
    };
    let mut account = product.account(cx, through)?;
    let value = record.status.as_ref().and_then(|status| match status {
        Status::Active => Some(AccountStatus::Active),
        Status::Inactive | Status::Locked => Some(AccountStatus::Inactive),
        Status::Cancelled => Some(AccountStatus::Closed),
        _ => None,
    });
    account.status = status(cx, record.status.as_ref().map(AsRef::as_ref), value);
    account.details.credit_limit = record.balances.as_ref().and_then(|balances| balances.limit);
    account.details.interest_rate = record.anual_interest;
    account.details.next_payment_date = record.next_payment_date;
    Ok(account)
}

pub(crate) fn balances(record: &types::Card, cx: &Cx<'_>) -> Result<Vec<Balance>, Error> {
    let is_credit = record.subtype == Some(types::CardSubtype::Credit);
    let used = if is_credit { BalanceKind::Booked } else { BalanceKind::CreditUsed };
    let held = record.balances.as_ref();
    let all = [
        (used, "disposed", held.and_then(|held| held.disposed).map(owed)),
        (BalanceKind::Available, "available", held.and_then(|held| held.available)),
    ];
    all_of(cx, Some(&record.uuid), record.currency.as_deref(), all)
}
