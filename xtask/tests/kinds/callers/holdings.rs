//! Holdings: a list by offset.

use crate::types::{Holding, HoldingPage};
use crate::{Client, runtime as rt};

pub fn list(client: &Client) -> rt::ItemStream<HoldingPage, crate::ApiFailure> {
    client.list_holdings("a-1").offset(0).limit(10).stream()
}

pub fn items(page: HoldingPage) -> Vec<Holding> {
    page.results
}

pub fn read(holding: Holding) -> (Option<String>, Option<String>, Option<rt::Amount>) {
    (holding.note, holding.title, holding.quantity)
}
