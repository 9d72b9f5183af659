//! Policies, real estate and guarantees.

use wealthreader_client::types;

use super::common::{Product, Through, balances as all_of, holder, id, kind_in, numbered, owed, status, text};
use crate::model::{AccountId, AccountKind, AccountStatus, BalanceKind, Coded, Personal};
use crate::normalize::Cx;
use crate::{Account, Balance, Currency, DateTime, Error, Id};

pub(crate) fn insurance(record: types::Insurance, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    use types::InsuranceStatus as Status;
    let product = Product {
        id: id(Some(record.uuid)),
        kind: Coded::new(AccountKind::Insurance, "insurances"),
        name: record.name,
        currency: record.currency,
        identifiers: numbered("code", &record.code),
        number: text(record.code),
        holders: record.owner.and_then(holder).into_iter().collect(),
    };
    let mut account = product.account(cx, through)?;
    let value = record.status.as_ref().and_then(|status| match status {
        Status::Active => Some(AccountStatus::Active),
        Status::Inactive => Some(AccountStatus::Inactive),
        _ => None,
    });
    account.status = status(cx, record.status.as_ref().map(AsRef::as_ref), value);
    account.product = text(record.coverage_category.map(|category| category.to_string()));
    account.opened_on = record.constitution_date;
    account.details.matures_on = record.expiration_date;
    account.details.next_payment_date = record.next_payment_date;
    account.details.next_payment_amount = record.next_installment;
    Ok(account)
}

pub(crate) fn property(record: types::Property, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    let number = text(record.code);
    let product = Product {
        id: id(record.uuid).or_else(|| number.as_deref().map(Id::from)),
        kind: Coded::new(AccountKind::Property, "properties"),
        name: record.description,
        currency: record.currency,
        identifiers: numbered("code", &number),
        number,
        holders: Vec::new(),
    };
    let mut account = product.account(cx, through)?;
    account.details.invested_amount = record.trading_price;
    Ok(account)
}

/// A valuation. The latest is what the property is worth; the others are what it was worth at the end of their days.
pub(crate) fn price(
    record: types::PropertyPrice,
    cx: &Cx<'_>,
    (account, currency): (&AccountId, Option<Currency>),
    latest: bool,
) -> Result<Balance, Error> {
    let amount = record.price.ok_or_else(|| cx.misfit("/price", "a valuation without a price"))?;
    let kind = if latest { BalanceKind::Booked } else { BalanceKind::ClosingBooked };
    let mut balance = Balance::new(account, Coded::new(kind, "historic_prices"), amount);
    balance.currency = currency;
    balance.as_of = record.date.map(DateTime::from);
    balance.source = Some(cx.source());
    Ok(balance)
}

pub(crate) fn guarantee(record: types::Guarantee, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    use types::{GuaranteeStatus as Status, GuaranteeSubtype as Subtype};
    let value = record.subtype.as_ref().and_then(|subtype| match subtype {
        Subtype::Financial | Subtype::Technical | Subtype::Other => Some(AccountKind::Guarantee),
        _ => None,
    });
    let product = Product {
        id: id(Some(record.uuid)),
        kind: kind_in(cx, record.subtype.as_ref().map(AsRef::as_ref), value, AccountKind::Guarantee, "guarantees"),
        name: record.name,
        currency: record.currency,
        identifiers: numbered("code", &record.code),
        number: text(record.code),
        holders: Vec::new(),
    };
    let mut account = product.account(cx, through)?;
    let value = record.status.as_ref().and_then(|status| match status {
        Status::Active => Some(AccountStatus::Active),
        Status::PendingActivation => Some(AccountStatus::Inactive),
        Status::Cancelled | Status::Expired => Some(AccountStatus::Closed),
        _ => None,
    });
    account.status = status(cx, record.status.as_ref().map(AsRef::as_ref), value);
    account.nickname = text(record.nickname).map(Personal);
    account.opened_on = record.issue_date;
    account.details.matures_on = record.expiration_date;
    account.details.credit_limit = record.balances.and_then(|balances| balances.guaranteed_amount);
    Ok(account)
}

/// Inferred: what is at risk is a part of the guarantee that is used, which does not count as a debt yet.
pub(crate) fn guarantee_balances(record: &types::Guarantee, cx: &Cx<'_>) -> Result<Vec<Balance>, Error> {
    let held = record.balances.as_ref();
    let all = [
        (BalanceKind::CreditUsed, "exposure", held.and_then(|held| held.exposure).map(owed)),
        (BalanceKind::Available, "available", held.and_then(|held| held.available)),
    ];
    all_of(cx, Some(&record.uuid), record.currency.as_deref(), all)
}
