//! From Belvo's records to those of the model: pure functions, one file per subject.

mod account;
mod category;
mod connection;
mod consent;
mod event;
mod institution;
mod investment;
mod movement;
mod owner;
mod text;
mod transaction;

#[cfg(test)]
mod normalize;
#[cfg(test)]
mod tests;

pub(super) use account::{account, balances, currency};
pub(super) use connection::connection;
pub(super) use consent::consent;
pub(super) use event::{aggregation, payments};
pub(super) use institution::institution;
pub(super) use investment::{
    account as investment, balances as investment_balances, currency as investment_currency, holding,
};
pub(super) use movement::movement;
#[cfg(test)]
pub(crate) use normalize::normalize;
pub(super) use owner::owner;
pub(super) use transaction::transaction;
