//! Ids of eighteen or nineteen digits that grow with the records, and lead back to them without a table.

use crate::world::World;

/// What an id is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Customer = 11,
    Connection = 12,
    Consent = 13,
    Attempt = 14,
    Stage = 15,
    /// Number: connection times sixteen plus the code of the account's kind.
    Account = 16,
    Report = 17,
}

/// Room for each kind.
const ROOM: u64 = 100_000_000_000_000_000;
/// The last digits are a check: an id that was made up leads nowhere.
const CHECKS: u64 = 1_000_000;
/// Where the ids of transactions begin at the earliest.
const TRANSACTIONS: u64 = 4_000_000_000_000_000_000;
/// Entries that an account can have.
const ENTRIES: u64 = 1_000_000_000;

/// A transaction by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Number of the account.
    pub(super) account: u64,
    /// Index in its ledger.
    pub(super) index: u64,
}

/// The id of a record.
pub(super) fn id(world: &World, kind: Kind, number: u64) -> u64 {
    let base = world.random("saltedge ids", &[kind as u64]).below(ROOM / CHECKS / 2);
    let check = world.random("saltedge check", &[kind as u64, number]).below(CHECKS);
    kind as u64 * ROOM + (base + number) * CHECKS + check
}

/// The id of a record as text.
pub(super) fn text(world: &World, kind: Kind, number: u64) -> String {
    id(world, kind, number).to_string()
}

/// The number of a record by its id; `None` when no record has it.
pub(super) fn read(world: &World, kind: Kind, text: &str) -> Option<u64> {
    let found: u64 = text.parse().ok()?;
    let number = first_from(world, kind, found);
    (id(world, kind, number) == found && text == found.to_string()).then_some(number)
}

/// The number of the first record whose id is not below a given one, whether that one exists or not.
pub(super) fn first_from(world: &World, kind: Kind, from: u64) -> u64 {
    let lowest = id(world, kind, 0);
    let number = (from / CHECKS).saturating_sub(lowest / CHECKS);
    // Ids of other kinds stand before or after all of these.
    if id(world, kind, number.min(ROOM / CHECKS / 2)) < from { number + 1 } else { number }
}

/// The id of a transaction. What is pending has another one than what is posted, and not for long: `fetched` counts.
pub(super) fn transaction(world: &World, place: Place, pending_since: Option<i64>) -> u64 {
    let digit = match pending_since {
        None => world.random("saltedge posted", &[place.account, place.index]).below(5),
        Some(fetched) => {
            5 + world.random("saltedge pending", &[place.account, place.index, fetched.unsigned_abs()]).below(5)
        }
    };
    let whole = place.account.saturating_mul(ENTRIES).saturating_add(place.index);
    whole.saturating_mul(10).saturating_add(transactions(world) + digit)
}

/// Where the ids of transactions begin.
fn transactions(world: &World) -> u64 {
    TRANSACTIONS + world.random("saltedge transactions", &[]).below(ROOM) * 10
}

/// Where a list of transactions goes on that starts at an id.
pub(super) fn place(world: &World, from: u64) -> Place {
    let whole = from.saturating_sub(transactions(world)) / 10;
    Place { account: whole / ENTRIES, index: whole % ENTRIES }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Size;

    fn world() -> World {
        World::new(7, Size { people: 2, transactions: 10, days: 30 }, crate::clock::DEFAULT_START.parse().unwrap())
    }

    #[test]
    fn ids_lead_back_and_grow() {
        let world = world();
        let mut last = 0;
        for number in [0, 1, 2, 47, 1_000_000] {
            let id = id(&world, Kind::Account, number);
            assert!(id > last && id.to_string().len() == 19);
            last = id;
            assert_eq!(read(&world, Kind::Account, &id.to_string()), Some(number));
            assert_eq!(read(&world, Kind::Account, &(id + 1).to_string()), None);
            assert_eq!(read(&world, Kind::Consent, &id.to_string()), None);
            assert_eq!(first_from(&world, Kind::Account, id), number);
            assert_eq!(first_from(&world, Kind::Account, id + 1), number + 1);
        }
        assert_eq!(read(&world, Kind::Account, "1"), None);
        assert_eq!(first_from(&world, Kind::Account, 1), 0);
        assert!(first_from(&world, Kind::Account, u64::MAX) > 1_000_000_000);
    }

    #[test]
    fn transactions_are_sought_by_their_ids() {
        let world = world();
        let here = Place { account: 47, index: 999_999 };
        let posted = transaction(&world, here, None);
        let pending = transaction(&world, here, Some(5));
        assert!(posted < pending && pending < transaction(&world, Place { index: 1_000_000, ..here }, None));
        assert_eq!((place(&world, posted), place(&world, pending)), (here, here));
        assert_eq!(place(&world, 3), Place { account: 0, index: 0 });
    }
}
