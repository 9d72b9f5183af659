//! Movements in portfolios, and of contracts over invoices.
//!
//! Documented: amounts of portfolios have no sign, and the kind tells the direction. A purchase brings to the portfolio,
//! whose value grows; a fee takes from its holder. Where neither is sure there is no direction. What the sign of a
//! factoring movement means is not documented, nor which way the amount of an invoice goes.

use wealthreader_client::types;

use super::common::{day, text, unsaid};
use super::movement::{Among, Movement, Signed, told};
use crate::model::{Coded, Counterparty, Personal, Reference, TransactionKind};
use crate::normalize::Cx;
use crate::{Direction, Error, Transaction, TransactionStatus};

pub(crate) fn portfolio(
    record: types::PortfolioTransaction,
    cx: &Cx<'_>,
    among: &mut Among<'_>,
) -> Result<Transaction, Error> {
    use types::PortfolioOperation as Operation;
    let (kind, direction) = match &record.operation_type {
        None => (None, Signed::Unknown),
        Some(word) => {
            let (kind, direction) = match word {
                Operation::Purchase => (Some(TransactionKind::Purchase), Signed::As(Direction::Credit)),
                Operation::Sale => (Some(TransactionKind::Sale), Signed::As(Direction::Debit)),
                Operation::SubscriptionByTransfer => (Some(TransactionKind::Transfer), Signed::As(Direction::Credit)),
                Operation::RedemptionByTransfer => (Some(TransactionKind::Transfer), Signed::As(Direction::Debit)),
                Operation::ScripDividend => (Some(TransactionKind::Interest), Signed::As(Direction::Credit)),
                Operation::CapitalIncrease => (Some(TransactionKind::Other), Signed::As(Direction::Credit)),
                Operation::EquityFee => (Some(TransactionKind::Fee), Signed::As(Direction::Debit)),
                // Rights come and go; an adjustment may go either way.
                Operation::EquityRights | Operation::EquityAdjustment => {
                    (Some(TransactionKind::Other), Signed::Unknown)
                }
                _ => (None, Signed::Unknown),
            };
            (Some(cx.coded("/operation_type", word.as_ref(), kind)), direction)
        }
    };
    let movement = Movement {
        id: Some(record.uuid),
        status: told(record.operation_pending, TransactionStatus::Pending, TransactionStatus::Booked),
        amount: record.total_amount,
        place: "/total_amount",
        direction,
        currency: cx.currency("/currency", record.currency.as_deref()),
        dates: [day(record.operation_date.into_option()), None, day(record.value_date)],
        text: kind.as_ref().and_then(|kind| kind.word.as_deref()),
    };
    let mut transaction = movement.transaction(cx, among)?;
    transaction.kind = kind.clone();
    Ok(transaction)
}

/// An invoice under a contract: what the bank took over or pays, not a movement of the contract itself.
pub(crate) fn invoice(
    record: types::FinancedInvoice,
    cx: &Cx<'_>,
    among: &mut Among<'_>,
) -> Result<Transaction, Error> {
    use types::InvoiceStatus as Status;
    let status = match &record.status {
        None => unsaid(),
        Some(status) => {
            let value = match status {
                Status::Advanced | Status::Funded | Status::Paid => Some(TransactionStatus::Information),
                Status::Pending
                | Status::PendingCollection
                | Status::Prefinancing
                | Status::Overdue
                | Status::Disputed => Some(TransactionStatus::Pending),
                Status::Cancelled => Some(TransactionStatus::Rejected),
                _ => None,
            };
            cx.coded("/status", status.as_ref(), value)
        }
    };
    let movement = Movement {
        id: record.uuid,
        status,
        amount: record.amount.or(record.invoice_amount),
        place: "/amount",
        direction: Signed::Unknown,
        currency: among.parent.currency,
        dates: [day(record.operation_date), None, None],
        text: record.invoice_id.as_deref(),
    };
    let mut transaction = movement.transaction(cx, among)?;
    let number = text(record.invoice_id).map(|number| Reference::new("invoice_id", number));
    transaction.references = number.into_iter().collect();
    let company = text(record.provider_id).or_else(|| text(record.client_id));
    let mut other = Counterparty::new();
    let named = among.parent.names.iter().find(|(number, _)| Some(number) == company.as_ref());
    other.name = named.map(|(_, name)| Personal(name.clone()));
    other.document = company.map(Personal);
    transaction.counterparty = other.known();
    Ok(transaction)
}

pub(crate) fn factoring(
    record: types::FactoringTransaction,
    cx: &Cx<'_>,
    among: &mut Among<'_>,
) -> Result<Transaction, Error> {
    let movement = Movement {
        id: record.uuid,
        status: Coded::implied(TransactionStatus::Booked),
        amount: record.amount,
        place: "/amount",
        direction: Signed::Unknown,
        currency: cx.currency("/currency", record.currency.as_deref()),
        dates: [day(record.operation_date), None, day(record.value_date)],
        text: record.description.as_deref(),
    };
    let mut transaction = movement.transaction(cx, among)?;
    transaction.description = text(record.description).map(Personal);
    Ok(transaction)
}
