//! From the provider's records to the model's: functions of the record and of what is around it, and of nothing else.

pub(crate) mod account;
pub(crate) mod belonging;
pub(crate) mod card;
pub(crate) mod cash;
mod common;
pub(crate) mod credit;
pub(crate) mod deposit;
pub(crate) mod event;
pub(crate) mod institution;
pub(crate) mod investment;
pub(crate) mod invoices;
mod movement;
pub(crate) mod person;
pub(crate) mod terms;
pub(crate) mod trade;

pub(crate) use common::Through;
pub(crate) use movement::{Among, Listed, Parent};
#[cfg(test)]
pub(crate) use plain::normalize;

#[cfg(test)]
mod plain;
