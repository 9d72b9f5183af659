//! Accounts in Brazil, and what stands on them.

pub(super) mod accounts;
pub(super) mod bills;
pub(super) mod exchanges;
pub(super) mod investments;
pub(super) mod owners;
pub(super) mod transactions;
