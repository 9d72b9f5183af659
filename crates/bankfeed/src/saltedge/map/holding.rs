//! What investment accounts hold.

use saltedge_client::types;

use crate::normalize::Cx;
use crate::{AccountId, Currency, Error, Holding};

/// The positions that an account's record tells: its funds, one or several; without any, the account's own units, for accounts that are
/// one position themselves. Both together would count the same value twice.
pub(in crate::saltedge) fn holdings(record: types::Account, cx: &Cx<'_>) -> Vec<Result<Holding, Error>> {
    let Some(extra) = record.extra else { return Vec::new() };
    let currency = || cx.currency("/currency_code", Some(&record.currency_code));
    let account = AccountId::from(record.id);
    let funds = match extra.fund_holdings {
        None => Vec::new(),
        Some(types::FundHoldings::FundHolding(fund)) => vec![fund],
        Some(types::FundHoldings::List(funds)) => funds,
        Some(_) => return vec![Err(cx.misfit("/extra/fund_holdings", "funds in a form that is not described"))],
    };
    if !funds.is_empty() {
        let currency = currency();
        return funds.into_iter().map(|fund| Ok(of_fund(&account, currency, fund, cx))).collect();
    }
    if extra.units.is_none() && extra.unit_price.is_none() && extra.total_unit_value.is_none() {
        return Vec::new();
    }
    let mut holding = Holding::new(&account);
    holding.quantity = extra.units;
    holding.price = extra.unit_price;
    holding.value = extra.total_unit_value;
    holding.currency = currency();
    holding.source = Some(cx.source());
    vec![Ok(holding)]
}

fn of_fund(account: &AccountId, currency: Option<Currency>, fund: types::FundHolding, cx: &Cx<'_>) -> Holding {
    let mut holding = Holding::new(account);
    holding.quantity = fund.total_quantity;
    holding.price = fund.actual_price;
    holding.value = fund.value;
    holding.currency = currency;
    holding.as_of = fund.value_date.map(Into::into);
    holding.source = Some(cx.source());
    holding
}
