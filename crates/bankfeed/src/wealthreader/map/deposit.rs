//! Fixed-term deposits.

use wealthreader_client::types;

use super::common::{Product, Through, balances as all_of, holders, id, numbered, status, text};
use crate::model::{AccountKind, AccountStatus, BalanceKind, Coded};
use crate::normalize::Cx;
use crate::{Account, Balance, Error};

pub(crate) fn account(record: types::Deposit, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    use types::DepositStatus as Status;
    let product = Product {
        id: id(Some(record.uuid)),
        kind: Coded::new(AccountKind::Deposit, "deposits"),
        name: record.name,
        currency: record.currency,
        identifiers: numbered("code", &record.code),
        number: text(record.code),
        holders: holders(record.owners.into_iter().flatten()),
    };
    let mut account = product.account(cx, through)?;
    let value = record.status.as_ref().and_then(|status| match status {
        Status::Active => Some(AccountStatus::Active),
        Status::Matured | Status::Cancelled | Status::EarlyRedeemed => Some(AccountStatus::Closed),
        _ => None,
    });
    account.status = status(cx, record.status.as_ref().map(AsRef::as_ref), value);
    account.opened_on = record.start_date;
    account.details.matures_on = record.maturity_date;
    account.details.interest_rate = record.nominal_interest_rate;
    account.details.invested_amount = record.principal;
    Ok(account)
}

/// What is still to be paid back, else what was paid in. What was paid into a deposit that is over is not on it any
/// more: it is what was booked when it closed.
pub(crate) fn balances(record: &types::Deposit, cx: &Cx<'_>) -> Result<Vec<Balance>, Error> {
    use types::DepositStatus as Status;
    let over = matches!(record.status, Some(Status::Matured | Status::Cancelled | Status::EarlyRedeemed));
    let then = if over { BalanceKind::ClosingBooked } else { BalanceKind::Booked };
    let pending = record.pending_principal.map(|amount| (BalanceKind::Booked, "pending_principal", Some(amount)));
    let held = pending.or_else(|| record.principal.map(|amount| (then, "principal", Some(amount))));
    all_of(cx, Some(&record.uuid), record.currency.as_deref(), held)
}
