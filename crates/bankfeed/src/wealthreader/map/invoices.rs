//! Contracts over invoices: factoring and confirming.
//!
//! What of the limit is used is sent without a sign. Whether it is a debt depends on the contract, so it is told as
//! credit used, negative, and does not count towards net worth.

use wealthreader_client::types;

use super::common::{Product, Through, balances as all_of, id, numbered, owed, text};
use crate::model::{AccountKind, BalanceKind, Coded, Holder, PartyId, Personal};
use crate::normalize::Cx;
use crate::{Account, Balance, Error, Id};

pub(crate) fn factoring(record: types::Factoring, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    let assignor = Holder {
        party: text(record.assignor_id).map(PartyId::from),
        name: text(record.assignor).map(Personal),
        role: None,
    };
    let product = Product {
        id: id(Some(record.uuid)),
        kind: Coded::new(AccountKind::Receivable, "factoring"),
        name: record.name,
        currency: record.currency,
        identifiers: numbered("contract_number", &record.contract_number),
        number: text(record.contract_number),
        holders: (assignor != Holder::default()).then_some(assignor).into_iter().collect(),
    };
    let mut account = product.account(cx, through)?;
    account.product = text(record.assignor_type.map(|kind| kind.to_string()));
    account.details.credit_limit = record.balances.and_then(|balances| balances.limit);
    account.details.interest_rate = record.interest_rate;
    account.details.next_payment_date = record.next_payment_date;
    Ok(account)
}

pub(crate) fn factoring_balances(record: &types::Factoring, cx: &Cx<'_>) -> Result<Vec<Balance>, Error> {
    balances(cx, &record.uuid, record.currency.as_deref(), record.balances.as_ref())
}

pub(crate) fn confirming(record: types::Confirming, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    let product = Product {
        id: id(Some(record.uuid)),
        kind: Coded::new(AccountKind::Receivable, "confirming"),
        name: record.name,
        currency: record.currency,
        identifiers: numbered("contract_number", &record.contract_number),
        number: text(record.contract_number),
        holders: Vec::new(),
    };
    let mut account = product.account(cx, through)?;
    account.details.credit_limit = record.balances.and_then(|balances| balances.limit);
    account.details.interest_rate = record.interest_rate;
    account.details.next_payment_date = record.next_payment_date;
    Ok(account)
}

pub(crate) fn confirming_balances(record: &types::Confirming, cx: &Cx<'_>) -> Result<Vec<Balance>, Error> {
    balances(cx, &record.uuid, record.currency.as_deref(), record.balances.as_ref())
}

fn balances(
    cx: &Cx<'_>,
    account: &Id,
    currency: Option<&str>,
    held: Option<&types::CreditBalances>,
) -> Result<Vec<Balance>, Error> {
    let all = [
        (BalanceKind::CreditUsed, "disposed", held.and_then(|held| held.disposed).map(owed)),
        (BalanceKind::Available, "available", held.and_then(|held| held.available)),
    ];
    all_of(cx, Some(account), currency, all)
}
