//! Movements of what runs for a term: loans, leases, deposits.
//!
//! Documented: amounts have no sign. Inferred: a repayment brings to the loan or lease, for less is owed; interest is
//! earned by the holder; what is paid into a deposit is brought to it, what is paid out taken from it, and a renewal
//! moves nothing. The amount of a loan's repayment is the capital it pays back, so that it fits the balance after it; total
//! and interest are in the source.

use wealthreader_client::types;

use super::common::{day, owed, text, unsaid};
use super::movement::{Among, Listed, Movement, Signed, told};
use crate::model::{AccountIdentifier, Coded, Counterparty, Personal, TransactionKind};
use crate::normalize::Cx;
use crate::{Direction, Error, Transaction, TransactionStatus};

pub(crate) fn amortization(
    record: types::Amortization,
    cx: &Cx<'_>,
    among: &mut Among<'_>,
) -> Result<Transaction, Error> {
    use types::AmortizationKind as Kind;
    let status = match &record.operation_type {
        None => by_list(among.listed),
        Some(kind) => {
            let value = match kind {
                Kind::ReceiptPaid | Kind::PartialAmortization | Kind::TotalAmortization => {
                    Some(TransactionStatus::Booked)
                }
                // How much of it was paid is not told.
                Kind::ReceiptPartiallyPaid | Kind::ReceiptPending => Some(TransactionStatus::Pending),
                Kind::ReceiptScheduled => Some(TransactionStatus::Future),
                _ => None,
            };
            cx.coded("/operation_type", kind.as_ref(), value)
        }
    };
    // What is owed shrinks by the capital alone. What was paid holds interest as well, which never was part of the debt.
    let (amount, after) = match record.amortized {
        Some(capital) => (Some(capital), record.pending_capital),
        None => (record.total, None),
    };
    let movement = Movement {
        id: record.uuid,
        status,
        amount,
        place: "/amortized",
        direction: Signed::As(Direction::Credit),
        currency: among.parent.currency,
        dates: [None, day(record.date), None],
        text: None,
    };
    let mut transaction = movement.transaction(cx, among)?;
    transaction.kind = Some(Coded::implied(TransactionKind::Repayment));
    transaction.balance_after = after.map(owed);
    Ok(transaction)
}

/// A list of what was paid and one of what is to come say as much themselves.
fn by_list(listed: Listed) -> Coded<TransactionStatus> {
    match listed {
        Listed::Alone => unsaid(),
        Listed::Made => Coded::implied(TransactionStatus::Booked),
        Listed::Planned => Coded::implied(TransactionStatus::Future),
    }
}

pub(crate) fn installment(
    record: types::LeaseInstallment,
    cx: &Cx<'_>,
    among: &mut Among<'_>,
) -> Result<Transaction, Error> {
    use types::PaymentStatus as Status;
    let status = match &record.status {
        None => by_list(among.listed),
        Some(status) => {
            let value = match status {
                Status::Paid => Some(TransactionStatus::Booked),
                Status::Pending if among.listed == Listed::Planned => Some(TransactionStatus::Future),
                Status::Pending | Status::Overdue => Some(TransactionStatus::Pending),
                _ => None,
            };
            cx.coded("/status", status.as_ref(), value)
        }
    };
    let movement = Movement {
        id: record.uuid,
        status,
        amount: record.total,
        place: "/total",
        direction: Signed::As(Direction::Credit),
        currency: cx.currency("/currency", record.currency.as_deref()),
        dates: [day(record.date), None, day(record.value_date)],
        text: None,
    };
    let mut transaction = movement.transaction(cx, among)?;
    transaction.kind = Some(Coded::implied(TransactionKind::Repayment));
    let mut lessor = Counterparty::new();
    lessor.name = among.parent.lessor.clone().map(Personal);
    transaction.counterparty = lessor.known();
    Ok(transaction)
}

pub(crate) fn interest(
    record: types::InterestMovement,
    cx: &Cx<'_>,
    among: &mut Among<'_>,
) -> Result<Transaction, Error> {
    let movement = Movement {
        id: record.uuid,
        status: told(record.scheduled, TransactionStatus::Future, TransactionStatus::Booked),
        amount: record.net_interest,
        place: "/net_interest",
        // Where interest is below zero, the holder pays it.
        direction: Signed::BySign,
        currency: cx.currency("/currency", record.currency.as_deref()),
        dates: [None, day(record.date), None],
        text: None,
    };
    let mut transaction = movement.transaction(cx, among)?;
    transaction.kind = Some(Coded::implied(TransactionKind::Interest));
    Ok(transaction)
}

pub(crate) fn principal(
    record: types::PrincipalMovement,
    cx: &Cx<'_>,
    among: &mut Among<'_>,
) -> Result<Transaction, Error> {
    use types::PrincipalMovementKind as Kind;
    let (kind, direction) = match &record.type_ {
        None => (None, Signed::Unknown),
        Some(word) => {
            let (kind, direction) = match word {
                Kind::Opening => (Some(TransactionKind::Transfer), Signed::As(Direction::Credit)),
                Kind::Renewal => (Some(TransactionKind::Other), Signed::Unknown),
                Kind::MaturityPayout | Kind::EarlyRedemption => {
                    (Some(TransactionKind::Transfer), Signed::As(Direction::Debit))
                }
                _ => (None, Signed::Unknown),
            };
            (Some(cx.coded("/type", word.as_ref(), kind)), direction)
        }
    };
    let movement = Movement {
        id: record.uuid,
        status: Coded::implied(TransactionStatus::Booked),
        amount: record.amount,
        place: "/amount",
        direction,
        currency: cx.currency("/currency", record.currency.as_deref()),
        dates: [None, day(record.date), None],
        text: kind.as_ref().and_then(|kind| kind.word.as_deref()),
    };
    let mut transaction = movement.transaction(cx, among)?;
    transaction.kind = kind.clone();
    let mut target = Counterparty::new();
    let number = text(record.target_account);
    target.account = number.map(|number| AccountIdentifier::recognize("target_account", &number));
    transaction.counterparty = target.known();
    Ok(transaction)
}
