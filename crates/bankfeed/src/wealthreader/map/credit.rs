//! Loans and leases.
//!
//! Documented: what is owed is sent without a sign; here it is negative.

use wealthreader_client::types;

use super::common::{Product, Through, balances as all_of, holders, id, kind_in, numbered, owed, status, text};
use crate::model::{AccountKind, AccountStatus, BalanceKind, Coded, Holder, PartyId, Personal};
use crate::normalize::Cx;
use crate::{Account, Balance, Error, Id};

/// What a loan is known by: its uuid, which older answers do not have, else its contract number.
fn loan_id(record: &types::Loan) -> Option<Id> {
    id(record.uuid.clone()).or_else(|| text(record.contract_number.clone()).map(Id::from))
}

pub(crate) fn loan(record: types::Loan, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    let holders = record.holders.into_iter().flatten().map(|holder| Holder {
        party: text(holder.id).map(PartyId::from),
        name: text(holder.name).map(Personal),
        role: None,
    });
    let number = text(record.contract_number);
    let product = Product {
        id: id(record.uuid).or_else(|| number.as_deref().map(Id::from)),
        kind: Coded::new(AccountKind::Loan, "loans"),
        name: None,
        currency: record.currency,
        identifiers: numbered("contract_number", &number),
        number,
        holders: holders.filter(|holder| *holder != Holder::default()).collect(),
    };
    let mut account = product.account(cx, through)?;
    account.product = text(record.loan_type);
    account.opened_on = record.constitution_date;
    account.details.original_principal = record.granted_capital;
    account.details.interest_rate = record.interest_rate;
    account.details.next_payment_amount = record.next_installment;
    account.details.remaining_payments = record.pending_receipts;
    account.details.matures_on = record.expiration_date;
    Ok(account)
}

pub(crate) fn loan_balances(record: &types::Loan, cx: &Cx<'_>) -> Result<Vec<Balance>, Error> {
    let all = [(BalanceKind::Booked, "pending_amount", record.pending_amount.map(owed))];
    all_of(cx, loan_id(record).as_ref(), record.currency.as_deref(), all)
}

pub(crate) fn lease(record: types::Lease, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    use types::{LeaseStatus as Status, LeaseSubtype as Subtype};
    let value = record.subtype.as_ref().and_then(|subtype| match subtype {
        Subtype::Leasing | Subtype::Renting => Some(AccountKind::Lease),
        _ => None,
    });
    let product = Product {
        id: id(Some(record.uuid)),
        kind: kind_in(cx, record.subtype.as_ref().map(AsRef::as_ref), value, AccountKind::Lease, "leases"),
        name: record.name,
        currency: record.currency,
        identifiers: numbered("contract_number", &record.contract_number),
        number: text(record.contract_number),
        holders: holders(record.holders.into_iter().flatten()),
    };
    let mut account = product.account(cx, through)?;
    let value = record.status.as_ref().and_then(|status| match status {
        // Late payments do not end it.
        Status::Active | Status::InArrears => Some(AccountStatus::Active),
        Status::Finished | Status::Cancelled => Some(AccountStatus::Closed),
        _ => None,
    });
    account.status = status(cx, record.status.as_ref().map(AsRef::as_ref), value);
    account.opened_on = record.start_date;
    account.details.matures_on = record.end_date;
    if let Some(terms) = record.financials {
        account.details.interest_rate = terms.nominal_interest_rate;
        account.details.original_principal = terms.capital_financed;
    }
    account.details.remaining_payments = record.totals.and_then(|totals| totals.remaining_installments);
    Ok(account)
}

/// The capital that is still owed; where there is none, as in renting, what is still to be paid.
pub(crate) fn lease_balances(record: &types::Lease, cx: &Cx<'_>) -> Result<Vec<Balance>, Error> {
    let totals = record.totals.as_ref();
    let capital =
        totals.and_then(|totals| totals.principal_outstanding).map(|amount| ("principal_outstanding", amount));
    let pending = || totals.and_then(|totals| totals.total_pending).map(|amount| ("total_pending", amount));
    let owes = capital.or_else(pending).map(|(word, amount)| (BalanceKind::Booked, word, Some(owed(amount))));
    all_of(cx, Some(&record.uuid), record.currency.as_deref(), owes)
}
