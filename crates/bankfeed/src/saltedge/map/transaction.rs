//! Transactions.
//!
//! Documented: an amount is negative when money leaves the account, whatever the account's nature; `posted` is booked, and ids of pending
//! ones do not last; `made_on` is the day it was made, `extra.posting_date` the day in the statement. `account_balance_snapshot` is the
//! balance when the transaction was imported, the same for all that came together, so it is not the balance after it: only
//! `closing_balance` is, kept with the sign that it has.

use saltedge_client::types;

use super::category::category;
use super::connection::id;
use super::counterparty::{Sides, counterparty};
use super::text::{moment, text};
use crate::identity::TransactionKey;
use crate::normalize::Cx;
use crate::{
    Coded, Direction, Error, Exchange, Merchant, Personal, Reference, Transaction, TransactionKind, TransactionStatus,
};

/// A transaction.
pub(in crate::saltedge) fn transaction(mut record: types::Transaction, cx: &Cx<'_>) -> Result<Transaction, Error> {
    if record.id.as_str().is_empty() {
        return Err(cx.misfit("/id", "a transaction without an id cannot be told from others"));
    }
    let status = match record.status {
        types::TransactionStatus::Posted => Some(TransactionStatus::Booked),
        types::TransactionStatus::Pending => Some(TransactionStatus::Pending),
        _ => None,
    };
    let booked = status == Some(TransactionStatus::Booked);
    let status = cx.coded("/status", record.status.as_ref(), status);
    let id_of_it = record.id.into();
    let key = TransactionKey::of_provider_id(&id_of_it, booked);
    let mut transaction = Transaction::signed(key, record.amount, status);
    transaction.id = Some(id_of_it);
    transaction.account = id(Some(record.account_id)).map(Into::into);
    transaction.currency = cx.currency("/currency_code", Some(&record.currency_code));
    transaction.kind = record.mode.map(|mode| kind(&mode, cx));
    transaction.duplicate = record.duplicated;
    // Taken piece by piece where it stands: it is large.
    let mut extra = record.extra.as_mut();
    let time = extra.as_ref().and_then(|extra| extra.time);
    transaction.transaction_date = Some(moment(record.made_on, time));
    let (customers, banks) = match &mut extra {
        Some(extra) => (extra.customer_category_code.take(), extra.original_category.take()),
        None => (None, None),
    };
    transaction.category = category(customers, record.category.into_option(), banks, cx);
    let (additional, information) = match &mut extra {
        Some(extra) => (extra.additional.take(), extra.information.take()),
        None => (None, None),
    };
    transaction.description = description([record.description, additional, information]);
    if let Some(extra) = extra {
        of_extra(&mut transaction, extra, cx);
    }
    transaction.source = Some(cx.source());
    Ok(transaction)
}

/// What a mode means. An ordinary movement is none of the model's kinds in particular.
fn kind(mode: &types::TransactionMode, cx: &Cx<'_>) -> Coded<TransactionKind> {
    let kind = match mode {
        types::TransactionMode::Normal => return Coded::new(None, mode.as_ref()),
        types::TransactionMode::Fee => Some(TransactionKind::Fee),
        types::TransactionMode::Transfer => Some(TransactionKind::Transfer),
        _ => None,
    };
    cx.coded("/mode", mode.as_ref(), kind)
}

/// The texts, a line each, none twice.
fn description(texts: [Option<String>; 3]) -> Option<Personal<String>> {
    let mut texts = texts.into_iter().filter_map(text);
    let mut all = texts.next()?;
    for line in texts {
        if all.lines().all(|known| known != line) && all != line {
            all.push('\n');
            all.push_str(&line);
        }
    }
    Some(Personal(all))
}

fn of_extra(transaction: &mut Transaction, extra: &mut types::TransactionExtra, cx: &Cx<'_>) {
    transaction.booking_date = extra.posting_date.map(|day| moment(day, extra.posting_time));
    transaction.balance_after = extra.closing_balance;
    transaction.merchant_category = text(extra.mcc.take()).and_then(|code| merchant_category(code, cx));
    let mut merchant = Merchant::new();
    merchant.id = id(extra.merchant_id.take()).map(String::from);
    transaction.merchant = merchant.known();
    let currency = extra.original_currency_code.take();
    transaction.original_amount = extra
        .original_amount
        .map(|amount| Exchange::new(amount, cx.currency("/extra/original_currency_code", currency.as_deref())));
    transaction.references = references([
        ("end_to_end_id", extra.end_to_end_id.take().map(String::from)),
        ("check_number", extra.check_number.take()),
        ("record_number", extra.record_number.take()),
        ("constant_code", extra.constant_code.take()),
        ("variable_code", extra.variable_code.take()),
        ("specific_code", extra.specific_code.take()),
    ]);
    transaction.bank_reference = id(extra.id.take()).map(String::from);
    transaction.bank_code = text(extra.type_.take());
    let payee = Sides { field: "payee", account: extra.payee.take(), information: extra.payee_information.take() };
    let payer = Sides { field: "payer", account: extra.payer.take(), information: extra.payer_information.take() };
    let other = match transaction.direction {
        Some(Direction::Debit) => Some(payee),
        Some(Direction::Credit) => Some(payer),
        // Nothing moved: who is at the other end cannot be told.
        None => None,
    };
    transaction.counterparty = counterparty(other, extra.transfer_account_name.take());
}

/// Banks also send codes of their own here; only four digits are ISO 18245.
fn merchant_category(code: String, cx: &Cx<'_>) -> Option<String> {
    if code.len() == 4 && code.bytes().all(|digit| digit.is_ascii_digit()) {
        return Some(code);
    }
    cx.coded::<()>("/extra/mcc", &code, None);
    None
}

fn references<const N: usize>(known: [(&'static str, Option<String>); N]) -> Vec<Reference> {
    known.into_iter().filter_map(|(name, value)| Some(Reference::new(name, text(value)?))).collect()
}
