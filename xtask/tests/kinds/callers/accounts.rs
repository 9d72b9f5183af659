//! Calls about accounts, as callers write them.

use crate::types::{Account, AccountKind, AccountPage, AccountUpdate, Meta};
use crate::{Client, Error, operations, runtime as rt};

pub fn list(client: &Client, since: rt::Date) -> rt::ItemStream<AccountPage, crate::ApiFailure> {
    client.list_accounts("c-1").from_id("a-1").per_page(10).kind(AccountKind::Card).changed_since(since).stream()
}

pub async fn page(client: &Client) -> Result<(Vec<Account>, Option<Meta>), Error> {
    let page: AccountPage = client.list_accounts("c-1").send().await?.into_inner();
    Ok((page.data, page.meta))
}

pub fn next(meta: Meta) -> rt::Maybe<rt::Id> {
    meta.next_id
}

pub fn request(client: &Client, id: &rt::Id) -> operations::ShowAccount {
    client.show_account(id).x_trace("t-1").fields(["name"])
}

pub async fn show(client: &Client) -> Result<Account, Error> {
    Ok(client.show_account("a-1").send().await?.into_inner())
}

pub async fn update(client: &Client, change: AccountUpdate) -> Result<Account, Error> {
    Ok(client.update_account("a-1", change).send().await?.into_inner())
}
