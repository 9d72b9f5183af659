//! Investments: each is an account that holds one position.
//!
//! Value and price are before taxes and charges, which the record has beside them. They are not owed, and come without a
//! sign. An investment names neither its link nor an account: if the institution also lists an account of the category
//! `INVESTMENT_ACCOUNT`, nothing tells whether its balance has the investment in it.

use belvo_client::types;

use super::text::text;
use crate::model::{
    Account, AccountIdentifier, AccountKind, Balance, BalanceKind, Coded, ConnectionId, Currency, Holding,
};
use crate::normalize::Cx;
use crate::{Amount, Decimal, Personal};

/// The currency of an investment.
pub(crate) fn currency(record: &types::Investment, cx: &Cx<'_>) -> Option<Currency> {
    cx.currency("/currency", record.currency.as_deref())
}

/// The account that an investment is. Whatever word its type has, it is an investment.
pub(crate) fn account(
    record: types::Investment,
    connection: Option<&ConnectionId>,
    currency: Option<Currency>,
    cx: &Cx<'_>,
) -> Account {
    let kind = text(record.type_).map_or(Coded::implied(AccountKind::Investment), |word| {
        cx.coded("/type", &word, Some(AccountKind::Investment))
    });
    let mut account = Account::new(record.id, kind);
    account.connection = connection.cloned();
    account.currency = currency;
    account.identifiers = isin(record.isin_number.into_option()).into_iter().collect();
    account.product = text(record.product_name);
    account.name = account.product.clone().map(Personal);
    account.opened_on = record.purchase_date.into_option();
    account.details.matures_on = record.due_date.into_option();
    account.source = Some(cx.source());
    account
}

/// What an investment is worth, and how much of that cannot be disposed of.
pub(crate) fn balances(record: &types::Investment, currency: Option<Currency>, cx: &Cx<'_>) -> Vec<Balance> {
    let Some(sent) = &record.balance else { return Vec::new() };
    let all = [(BalanceKind::Booked, sent.gross_value), (BalanceKind::Blocked, sent.blocked_amount)];
    let made = all.into_iter().filter_map(|(kind, amount)| {
        let mut balance = Balance::new(&record.id, Coded::implied(kind), amount?);
        balance.currency = currency;
        balance.as_of = sent.reference_date;
        balance.source = Some(cx.source());
        Some(balance)
    });
    made.collect()
}

/// The position that an investment is.
pub(crate) fn holding(record: &types::Investment, currency: Option<Currency>, cx: &Cx<'_>) -> Holding {
    let mut holding = Holding::new(&record.id);
    holding.name = text(record.product_name.clone());
    holding.identifiers = isin(record.isin_number.as_ref().cloned()).into_iter().collect();
    holding.currency = currency;
    if let Some(balance) = &record.balance {
        holding.quantity = balance.quantity;
        holding.value = balance.gross_value;
        holding.price = balance.gross_unit_price.as_ref().copied().or_else(|| price_of_one(balance));
        holding.as_of = balance.reference_date;
    }
    holding.source = Some(cx.source());
    holding
}

/// A price for several units is not the price of one, and dividing it might not come out even.
fn price_of_one(balance: &types::InvestmentBalance) -> Option<Amount> {
    let several = balance.unit_price_factor.as_ref().is_some_and(|factor| factor.decimal() != Decimal::ONE);
    balance.closing_price.as_ref().copied().filter(|_| !several)
}

fn isin(number: Option<String>) -> Option<AccountIdentifier> {
    text(number).map(|number| AccountIdentifier::isin("isin_number", &number))
}
