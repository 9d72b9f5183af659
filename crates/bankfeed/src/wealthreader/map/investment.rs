//! Portfolios, bonds outside of them, and what they hold.
//!
//! Values are sent without a sign, and are what the holder owns.

use wealthreader_client::types;

use super::common::{Product, Through, balances as all_of, holders, id, kind_in, numbered, text};
use crate::model::{AccountId, AccountIdentifier, AccountKind, BalanceKind, Coded};
use crate::normalize::Cx;
use crate::{Account, Balance, Error, Holding};

pub(crate) fn portfolio(record: types::Portfolio, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    use types::PortfolioSubtype as Subtype;
    let value = record.subtype.as_ref().and_then(|subtype| match subtype {
        Subtype::PensionPlans => Some(AccountKind::Pension),
        Subtype::Funds | Subtype::Stocks | Subtype::Bonds | Subtype::AlternativeInvestments | Subtype::Crypto => {
            Some(AccountKind::Investment)
        }
        _ => None,
    });
    let product = Product {
        id: id(Some(record.uuid)),
        kind: kind_in(cx, record.subtype.as_ref().map(AsRef::as_ref), value, AccountKind::Investment, "portfolios"),
        name: record.name,
        currency: record.currency,
        identifiers: numbered("code", &record.code),
        number: text(record.code),
        holders: holders(record.owners.into_iter().flatten()),
    };
    let mut account = product.account(cx, through)?;
    account.opened_on = record.contracting_date.into_option();
    account.details.invested_amount = record.contributions.into_option();
    Ok(account)
}

pub(crate) fn portfolio_balances(record: &types::Portfolio, cx: &Cx<'_>) -> Result<Vec<Balance>, Error> {
    let all = [(BalanceKind::Booked, "total_value", record.total_value)];
    all_of(cx, Some(&record.uuid), record.currency.as_deref(), all)
}

pub(crate) fn bond(record: types::Bond, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    let product = Product {
        id: id(Some(record.uuid)),
        kind: Coded::new(AccountKind::Investment, "bonds"),
        name: record.name,
        currency: record.currency,
        // The ISIN names the security, which many hold; it is the holding's.
        identifiers: Vec::new(),
        number: None,
        holders: holders(record.owners.into_iter().flatten()),
    };
    let mut account = product.account(cx, through)?;
    account.product = text(record.type_of_bond);
    account.details.interest_rate = record.interest_rate;
    account.details.matures_on = record.maturity_date;
    Ok(account)
}

pub(crate) fn bond_balances(record: &types::Bond, cx: &Cx<'_>) -> Result<Vec<Balance>, Error> {
    let all = [(BalanceKind::Booked, "total_value", record.total_value)];
    all_of(cx, Some(&record.uuid), record.currency.as_deref(), all)
}

/// The bond as the one position of its account.
pub(crate) fn bond_holding(record: types::Bond, cx: &Cx<'_>) -> Result<Holding, Error> {
    let account = id(Some(record.uuid)).ok_or_else(|| cx.misfit("/uuid", "it has no id"))?;
    let mut holding = Holding::new(account);
    holding.name = text(record.name);
    holding.identifiers = text(record.isin).map(|isin| AccountIdentifier::isin("isin", &isin)).into_iter().collect();
    holding.value = record.total_value;
    holding.currency = cx.currency("/currency", record.currency.as_deref());
    holding.source = Some(cx.source());
    Ok(holding)
}

/// A position; `None` for one in which nothing stands.
pub(crate) fn position(record: types::PortfolioPosition, cx: &Cx<'_>, account: &AccountId) -> Option<Holding> {
    let isin = text(record.isin.into_option()).map(|isin| AccountIdentifier::isin("ISIN", &isin));
    let plan = text(record.dgs.into_option()).map(|plan| AccountIdentifier::number("DGS", &plan));
    let ticker = text(record.ticker.into_option()).map(|ticker| AccountIdentifier::number("ticker", &ticker));
    let mut holding = Holding::new(account);
    holding.name = text(record.isin_description.into_option())
        .or_else(|| text(record.dgs_description.into_option()))
        .or_else(|| text(record.description.into_option()));
    holding.identifiers = [isin, plan, ticker].into_iter().flatten().collect();
    holding.quantity = record.shares.into_option();
    holding.price = record.price.into_option();
    holding.value = record.total_amount.into_option();
    holding.currency = cx.currency("/currency", record.currency.as_ref().map(String::as_str));
    holding.as_of = record.value_time.into_option();
    if holding == Holding::new(account) {
        return None;
    }
    holding.source = Some(cx.source());
    Some(holding)
}
