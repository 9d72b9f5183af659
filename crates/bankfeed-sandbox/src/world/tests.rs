//! Laws that hold for every account.

use super::*;

fn world(transactions: u64) -> World {
    World::new(7, Size { people: 2, transactions, days: 365 }, crate::clock::DEFAULT_START.parse().unwrap())
}

fn accounts(world: &World) -> Vec<Account> {
    [Region::Europe, Region::Brazil, Region::Spain]
        .into_iter()
        .flat_map(|region| world.accounts(region, 1, 0))
        .collect()
}

#[test]
fn running_balances_add_up() {
    let world = world(600);
    for account in accounts(&world) {
        let ledger = world.ledger(&account);
        let count = ledger.len(world.start);
        for index in 1..count {
            let (before, entry) = (ledger.entry(index - 1), ledger.entry(index));
            let moved = if entry.duplicate { 0 } else { entry.cents };
            assert_eq!(entry.balance, before.balance + moved, "{:?} {index}", account.kind);
            assert!(entry.at >= before.at);
            assert_eq!(ledger.entry_after(before.balance, index), entry, "{:?} {index}", account.kind);
        }
        if count > 0 {
            assert_eq!(ledger.entry(count - 1).balance, ledger.available(world.start), "{:?}", account.kind);
        }
    }
}

#[test]
fn entries_in_a_row_are_those_that_stand_alone() {
    let world = world(600);
    for account in accounts(&world) {
        let ledger = world.ledger(&account);
        let range = 7.min(ledger.len(world.start))..ledger.len(world.start);
        for (index, entry) in range.clone().zip(ledger.entries(range)) {
            assert_eq!(entry, ledger.entry(index));
            assert_eq!(ledger.is_duplicate(index), entry.duplicate);
        }
    }
}

#[test]
fn there_is_something_of_everything() {
    let world = world(600);
    let account = &accounts(&world)[0];
    let ledger = world.ledger(account);
    let entries: Vec<Entry> = (0..ledger.len(world.start)).map(|index| ledger.entry(index)).collect();
    assert_eq!(entries.len(), 600);
    assert!(entries.iter().any(|entry| entry.cents > 0) && entries.iter().any(|entry| entry.cents < 0));
    assert!(entries.iter().any(|entry| entry.foreign.is_some()));
    let twice = entries.iter().position(|entry| entry.duplicate).unwrap();
    assert_eq!((&entries[twice].text, entries[twice].cents), (&entries[twice - 1].text, entries[twice - 1].cents));
    assert!(ledger.booked(world.start) < ledger.len(world.start), "some are pending");
}

#[test]
fn liabilities_are_owed() {
    let world = world(600);
    for account in accounts(&world) {
        let balance = world.ledger(&account).balance(world.start);
        assert!(!account.kind.is_liability() || balance < 0, "{:?} {balance}", account.kind);
    }
}

#[test]
fn time_brings_new_entries_and_books_pending_ones() {
    let world = world(600);
    let ledger = world.ledger(&accounts(&world)[0]);
    let later = world.start + jiff::SignedDuration::from_hours(240);
    let (before, after) = (ledger.len(world.start), ledger.len(later));
    assert!(after > before);
    assert!(ledger.booked(later) >= before, "what was pending is booked");
    let days: Vec<Date> = (0..after).map(|index| ledger.entry(index).made_on()).collect();
    let first = ledger.first_on(day(world.start));
    assert!(
        days[usize::try_from(first).unwrap()] >= day(world.start)
            && days[usize::try_from(first).unwrap() - 1] < day(world.start)
    );
}

#[test]
fn a_million_entries_are_reached_at_once() {
    let world = world(1_000_000);
    let ledger = world.ledger(&accounts(&world)[0]);
    assert_eq!(ledger.len(world.start), 1_000_000);
    let (a, b) = (ledger.entry(999_998), ledger.entry(999_999));
    assert_eq!(b.balance, a.balance + if b.duplicate { 0 } else { b.cents });
}

#[test]
fn the_same_seed_is_the_same_world() {
    let (a, b) = (world(600), world(600));
    for (left, right) in accounts(&a).iter().zip(accounts(&b).iter()) {
        assert_eq!(left.identifier, right.identifier);
        assert_eq!(a.ledger(left).entry(3), b.ledger(right).entry(3));
    }
    let other = World::new(8, a.size, a.start);
    assert_ne!(accounts(&a)[0].identifier, accounts(&other)[0].identifier);
}
