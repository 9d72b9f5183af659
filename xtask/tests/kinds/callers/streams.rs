//! A list record by record, by the type of its records.

use crate::types::Transaction;
use crate::{Client, Error, types::BookingStatus};

pub async fn first(client: &Client) -> Option<Result<Transaction, Error>> {
    client.list_transactions("a-1", BookingStatus::Booked).stream().next().await
}
