//! Banks: a public list by page number.

use std::collections::BTreeMap;

use crate::types::{Institution, InstitutionPage, Product};
use crate::{Client, runtime as rt};

pub fn list(client: &Client) -> rt::ItemStream<InstitutionPage, crate::ApiFailure> {
    client.list_institutions().page(1).page_size(10).country("DE").product([Product::Accounts]).stream()
}

pub fn items(page: InstitutionPage) -> Vec<Institution> {
    page.results
}

pub fn read(bank: Institution) -> (rt::Id, Option<String>, Option<Vec<Product>>, Option<BTreeMap<String, String>>) {
    (bank.id, bank.name, bank.products, bank.labels)
}

pub fn word(product: &Product) -> &'static str {
    match product {
        Product::Accounts => "accounts",
        Product::Cards => "cards",
        Product::UpperCards => "Cards",
        _ => "another",
    }
}
