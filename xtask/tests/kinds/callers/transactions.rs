//! Transactions: a list by links.

use crate::types::{BookingStatus, Share, Transaction, TransactionPage};
use crate::{Client, runtime as rt};

pub fn list(client: &Client, least: rt::Amount) -> rt::ItemStream<TransactionPage, crate::ApiFailure> {
    client.list_transactions("a-1", BookingStatus::Booked).min_amount(least).stream()
}

pub fn position(page: TransactionPage) -> (Vec<Transaction>, rt::Maybe<String>) {
    (page.results, page.next)
}

pub fn read(one: Transaction) -> (rt::Id, rt::Amount, rt::Maybe<rt::Date>, Option<rt::Id>) {
    (one.id, one.amount, one.booked_on, one.reference)
}

pub fn shares(one: Transaction) -> Option<Vec<Share>> {
    one.split
}

pub fn share(share: Share) -> (Option<rt::Amount>, Option<String>) {
    (share.amount, share.label)
}

pub fn is_final(one: &Transaction) -> bool {
    match one.status {
        BookingStatus::Booked => true,
        BookingStatus::Pending => false,
        _ => false,
    }
}
