//! The people, banks, accounts and movements that all four providers serve.
//!
//! Nothing is stored: everything is a function of the seed and of a number, so that a million transactions cost no more memory
//! than one, and the same seed gives the same bytes. Providers give these facts their own names, ids and shapes.

mod account;
mod id;
mod institution;
mod ledger;
mod merchant;
mod money;
mod person;
mod random;
mod region;
mod texts;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub(crate) use account::{Account, AccountKind, Loan};
pub(crate) use id::Ids;
pub(crate) use institution::Institution;
pub(crate) use ledger::{Category, Entry, EntryKind, Ledger};
pub(crate) use merchant::Merchant;
pub(crate) use money::{decimal, number};
pub(crate) use person::Person;
pub(crate) use random::Random;
pub(crate) use region::Region;

/// How much there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// People whose accounts are connected from the start, for each provider.
    pub(crate) people: u64,
    /// Movements on each current account up to the start of the sandbox; other accounts have fewer.
    pub(crate) transactions: u64,
    /// Days that these movements cover.
    pub(crate) days: u32,
}

/// The seeded world.
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) size: Size,
    /// When the sandbox was started, by its own clock.
    pub(crate) start: Timestamp,
    /// Accounts that were asked for lately: they come from the seed, but most requests begin with them.
    known: Mutex<HashMap<(Region, u64, usize), Vec<Account>>>,
}

/// People and banks whose accounts are kept at hand.
const KNOWN: usize = 1_000;

impl World {
    pub(crate) fn new(seed: u64, size: Size, start: Timestamp) -> Self {
        Self { seed, size, start, known: Mutex::default() }
    }

    /// Chance that belongs to a name and some numbers, and never changes.
    pub(crate) fn random(&self, name: &str, numbers: &[u64]) -> Random {
        Random::new(self.seed, name, numbers)
    }

    /// A person of a region; the same number is the same person.
    pub(crate) fn person(&self, region: Region, number: u64) -> Person {
        Person::new(self, region, number)
    }

    /// The banks of a region.
    pub(crate) fn institutions(&self, region: Region) -> &'static [Institution] {
        institution::of(region)
    }

    /// The shops of a region.
    pub(crate) fn merchants(&self, region: Region) -> &'static [Merchant] {
        merchant::of(region)
    }

    /// The accounts that a person has at one bank: one of every kind.
    pub(crate) fn accounts(&self, region: Region, person: u64, institution: usize) -> Vec<Account> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() == KNOWN {
            known.clear();
        }
        let made =
            || AccountKind::ALL.into_iter().map(|kind| Account::new(self, region, person, institution, kind)).collect();
        known.entry((region, person, institution)).or_insert_with(made).clone()
    }

    /// The movements of an account.
    pub(crate) fn ledger(&self, account: &Account) -> Ledger {
        Ledger::new(self, account)
    }
}

/// The day of a moment, in UTC.
pub(crate) fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests;
