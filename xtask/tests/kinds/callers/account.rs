//! What callers read of an account.

use std::collections::BTreeMap;

use crate::runtime as rt;
use crate::types::{Account, AccountKind, Owner};

pub fn required(account: &Account) -> (&rt::Id, &String) {
    (&account.id, &account.name)
}

pub fn money(account: &Account) -> (Option<&rt::Amount>, Option<&String>) {
    (account.balance.as_ref(), account.currency.as_ref())
}

pub fn dates(account: Account) -> (Option<rt::Date>, rt::Maybe<rt::DateTime>) {
    (account.opened_on, account.updated_at)
}

pub fn texts(account: Account) -> (Option<String>, Option<String>, rt::Maybe<String>) {
    (account.note, account.iban, account.branch)
}

pub fn numbers(account: &Account) -> (Option<i64>, Option<bool>) {
    (account.sort_order, account.is_joint)
}

#[allow(deprecated)]
pub fn old(account: Account) -> Option<String> {
    account.legacy_code
}

pub fn limits(account: Account) -> Option<BTreeMap<String, rt::Amount>> {
    account.limits
}

pub fn unlisted(account: &Account) -> Option<&rt::Json> {
    account.unlisted.get("colour")
}

pub fn kind(account: &Account) -> &'static str {
    match &account.kind {
        Some(AccountKind::Card) => "card",
        Some(AccountKind::Checking) => "checking",
        Some(AccountKind::Savings) => "savings",
        Some(_) => "another",
        None => "unknown",
    }
}

pub fn owner(owner: Owner) -> Option<String> {
    match owner {
        Owner::Person(person) => Some(person.full_name),
        Owner::Company(company) => Some(company.register_number),
        _ => None,
    }
}
