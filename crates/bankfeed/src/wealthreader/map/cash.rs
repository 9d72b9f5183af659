//! Movements on accounts and cards, direct debits, payments by card as they happen.
//!
//! Documented: amounts of accounts and cards are negative when money goes. A direct debit has no sign and is paid by the
//! account that it names. Inferred: all movements of accounts are booked, for nothing tells them apart; a direct debit
//! that was paid stands among the movements of its account as well, so that here it is for information.

use wealthreader_client::types;

use super::common::{day, text, unsaid};
use super::movement::{Among, Movement, Signed, told};
use crate::model::{AccountId, AccountIdentifier, Category, Coded, Counterparty, Merchant, Personal, Reference};
use crate::normalize::Cx;
use crate::{Direction, Error, Transaction, TransactionStatus};

pub(crate) fn account(
    record: types::AccountTransaction,
    cx: &Cx<'_>,
    among: &mut Among<'_>,
) -> Result<Transaction, Error> {
    let movement = Movement {
        id: record.uuid,
        status: Coded::implied(TransactionStatus::Booked),
        amount: Some(record.amount),
        place: "/amount",
        direction: Signed::BySign,
        currency: among.parent.currency,
        dates: [day(record.operation_date), None, day(record.value_date)],
        text: record.description.as_deref(),
    };
    let mut transaction = movement.transaction(cx, among)?;
    transaction.balance_after = record.balance;
    transaction.category = category(record.categorization.into_option());
    let mut texts: Vec<String> = text(record.description).into_iter().collect();
    if let Some(transfer) = record.transfer_details.into_option() {
        texts.extend(text(transfer.concept));
        let mut other = Counterparty::new();
        other.name = text(transfer.sender_receiver).map(Personal);
        let number = text(transfer.account_number);
        other.account = number.map(|number| AccountIdentifier::recognize("account_number", &number));
        transaction.counterparty = other.known();
    }
    transaction.description = text(Some(texts.join("\n"))).map(Personal);
    Ok(transaction)
}

pub(crate) fn card(record: types::CardMovement, cx: &Cx<'_>, among: &mut Among<'_>) -> Result<Transaction, Error> {
    let movement = Movement {
        id: record.uuid,
        status: told(record.settled, TransactionStatus::Booked, TransactionStatus::Pending),
        amount: Some(record.amount),
        place: "/amount",
        direction: Signed::BySign,
        currency: cx.currency("/currency", record.currency.as_deref()),
        dates: [day(record.operation_date), None, day(record.value_date)],
        text: record.description.as_deref(),
    };
    let mut transaction = movement.transaction(cx, among)?;
    transaction.category = category(record.categorization.into_option());
    transaction.description = text(record.description).map(Personal);
    Ok(transaction)
}

/// The number of the provider's list of categories. What numbers mean the provider tells at run time only, so none is
/// mapped.
fn category(record: Option<types::Categorization>) -> Option<Coded<Category>> {
    let word = text(record?.type_)?;
    Some(Coded { value: None, word: Some(word) })
}

/// A direct debit. The account that pays is named by its number; `among` knows its id if it is among the accounts read.
pub(crate) fn receipt(record: types::DebitReceipt, cx: &Cx<'_>, among: &mut Among<'_>) -> Result<Transaction, Error> {
    use types::PaymentStatus as Status;
    let status = match &record.status {
        None => unsaid(),
        Some(status) => {
            let value = match status {
                Status::Paid => Some(TransactionStatus::Information),
                Status::Pending | Status::Overdue => Some(TransactionStatus::Pending),
                _ => None,
            };
            cx.coded("/status", status.as_ref(), value)
        }
    };
    let movement = Movement {
        id: None,
        status,
        amount: record.amount,
        place: "/amount",
        direction: Signed::As(Direction::Debit),
        currency: among.parent.currency,
        dates: [None, day(record.last_receipt_date), None],
        text: record.description.as_deref(),
    };
    let mut transaction = movement.transaction(cx, among)?;
    transaction.account = transaction.account.or_else(|| text(record.account).map(AccountId::from));
    transaction.description = text(record.description).map(Personal);
    let mut other = Counterparty::new();
    other.name = text(record.issuer).map(Personal);
    transaction.counterparty = other.known();
    Ok(transaction)
}

/// A payment by card as it happened: told before the bank books it, and not of any account that is read.
pub(crate) fn payment(
    record: types::CardTransaction,
    cx: &Cx<'_>,
    among: &mut Among<'_>,
) -> Result<Transaction, Error> {
    let movement = Movement {
        id: Some(record.id),
        status: Coded::implied(TransactionStatus::Information),
        amount: Some(record.amount),
        place: "/amount",
        direction: Signed::BySign,
        currency: cx.currency("/currency", record.currency.as_ref().map(String::as_str)),
        dates: [day(record.operation_date), None, day(record.value_date)],
        text: None,
    };
    let mut transaction = movement.transaction(cx, among)?;
    transaction.description = text(record.description).map(Personal);
    transaction.category = text(record.category).map(|word| Coded { value: None, word: Some(word) });
    let mut merchant = Merchant::new();
    merchant.name = text(record.merchant);
    transaction.merchant = merchant.known();
    let payment = text(record.payment_id.map(String::from)).map(|id| Reference::new("payment_id", id));
    let card = text(record.card_last4.into_option()).map(|digits| Reference::new("card_last4", digits));
    transaction.references = payment.into_iter().chain(card).collect();
    Ok(transaction)
}
