//! From Salt Edge's records to those of the model. Each function takes a record as the client reads it, and asks nobody.

mod account;
mod balance;
mod category;
mod connection;
mod consent;
mod counterparty;
mod event;
mod holding;
mod identifiers;
mod institution;
#[cfg(test)]
mod normalize;
mod party;
#[cfg(test)]
mod tests;
mod text;
mod transaction;

pub(super) use account::account;
pub(super) use balance::balances;
pub(super) use connection::connection;
pub(super) use consent::consent;
pub(super) use event::event;
pub(super) use holding::holdings;
pub(super) use institution::institution;
#[cfg(test)]
pub(crate) use normalize::normalize;
pub(super) use party::{customer, holder};
pub(super) use transaction::transaction;
