//! Noticing records that a list gives twice.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

use crate::model::{Account, Balance, Connection, Consent, Holding, Institution, Party, Transaction};

/// How many records are remembered at least: more than two pages of the largest size that providers give.
const WINDOW: usize = 2_048;

/// A record of the model by which a list can notice that it came before; `None` when nothing tells.
pub(crate) trait Marked {
    /// The same for the same record, and different for others.
    fn mark(&self) -> Option<u64>;
}

/// The records that came last, in constant memory.
///
/// Pages shift while they are read, and servers repeat themselves: a record that comes again within a few thousand others
/// is dropped and counted.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    current: HashSet<u64, Plain>,
    previous: HashSet<u64, Plain>,
}

impl Repeats {
    /// Whether it came before; remembers it.
    pub(super) fn came_before(&mut self, mark: u64) -> bool {
        if self.current.len() >= WINDOW {
            self.previous = std::mem::take(&mut self.current);
        }
        !self.current.insert(mark) || self.previous.contains(&mark)
    }
}

/// Marks are hashes already.
type Plain = BuildHasherDefault<AsItIs>;

#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, mark: u64) {
        self.0 = mark;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn hash(parts: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

impl Marked for Institution {
    fn mark(&self) -> Option<u64> {
        Some(hash(&self.id))
    }
}

impl Marked for Connection {
    fn mark(&self) -> Option<u64> {
        Some(hash(&self.id))
    }
}

impl Marked for Consent {
    fn mark(&self) -> Option<u64> {
        Some(hash(&self.id))
    }
}

impl Marked for Party {
    fn mark(&self) -> Option<u64> {
        self.id.as_ref().map(|id| hash((id, &self.connection)))
    }
}

impl Marked for Account {
    fn mark(&self) -> Option<u64> {
        Some(hash(&self.id))
    }
}

impl Marked for Balance {
    fn mark(&self) -> Option<u64> {
        Some(hash((&self.account, &self.kind, &self.amount, &self.currency, &self.as_of)))
    }
}

impl Marked for Transaction {
    /// Its id. What has none comes whole and in one answer, where equal ones are twins.
    fn mark(&self) -> Option<u64> {
        self.id.as_ref().map(|id| hash((id, &self.account)))
    }
}

impl Marked for Holding {
    fn mark(&self) -> Option<u64> {
        None
    }
}
