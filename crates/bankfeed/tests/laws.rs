//! Laws that hold for every provider and kind of account, in the sandbox's world, through the facade alone.
#![cfg(all(feature = "saltedge", feature = "belvo", feature = "khipu", feature = "wealthreader"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bankfeed::{
    AccountId, BalanceKind, Connection, ConnectionFilter, Decimal, Direction, ErrorKind, Paging, Provider,
    RefreshOptions, Snapshot, Transaction, TransactionStatus,
};
use bankfeed_sandbox::Sandbox;

const DAY: Duration = Duration::from_secs(86_400);

async fn connections(provider: &dyn Provider) -> Vec<Connection> {
    let list = provider.connections().unwrap().list_connections(ConnectionFilter::all(), Paging::default());
    list.collect_all().await.unwrap()
}

async fn read(provider: &dyn Provider, connection: &Connection) -> Snapshot {
    let snapshot = provider.refresh(&connection.id, RefreshOptions::new()).await.unwrap();
    assert_eq!(snapshot.errors().map(ToString::to_string).collect::<Vec<_>>(), [""; 0], "{}", provider.id());
    snapshot
}

/// What is booked on each account.
fn booked(snapshot: &Snapshot) -> BTreeMap<AccountId, Decimal> {
    let booked = snapshot.balances.records().iter().filter(|balance| balance.kind.is(&BalanceKind::Booked));
    booked.map(|balance| (balance.account.clone(), balance.amount.decimal())).collect()
}

/// The booked transactions of an account. The sandbox has banks that tell an entry twice in a row, under two ids: same
/// amount, same balance after it, which no second entry would leave.
fn entries<'s>(snapshot: &'s Snapshot, account: &AccountId) -> Vec<&'s Transaction> {
    let all = snapshot.transactions.records().iter();
    let booked =
        all.filter(|entry| entry.account.as_ref() == Some(account) && entry.status.is(&TransactionStatus::Booked));
    let mut entries: Vec<&Transaction> = booked.collect();
    entries.dedup_by(|after, before| {
        before.balance_after.is_some() && (before.balance_after, before.amount) == (after.balance_after, after.amount)
    });
    entries
}

/// Whether an account's balance changes by what is booked alone: not with prices, and not by what is pending, which only
/// those exclude that tell the balance after each entry.
fn changes_by_entries(snapshot: &Snapshot, account: &bankfeed::Account) -> bool {
    use bankfeed::AccountKind as Kind;
    let of_money = matches!(
        account.kind.value,
        Some(Kind::Current | Kind::Savings | Kind::Wallet | Kind::CreditCard | Kind::Loan)
    );
    of_money && entries(snapshot, &account.id).iter().any(|entry| entry.balance_after.is_some())
}

#[tokio::test]
async fn what_is_booked_changes_by_the_sum_of_what_was_booked() {
    let sandbox = Sandbox::builder().people(2).transactions(60).start().await.unwrap();
    let mut checked = BTreeSet::new();
    for provider in common::providers(&sandbox) {
        for connection in connections(&*provider).await {
            let before = read(&*provider, &connection).await;
            sandbox.advance(DAY * 20);
            let after = read(&*provider, &connection).await;
            let balances = booked(&before);
            for account in after.accounts.records().iter().filter(|account| changes_by_entries(&after, account)) {
                let (Some(old), Some(new)) = (balances.get(&account.id), booked(&after).get(&account.id).copied())
                else {
                    continue;
                };
                let known: BTreeSet<_> = entries(&before, &account.id).into_iter().map(|entry| &entry.key).collect();
                let fresh: Vec<_> =
                    entries(&after, &account.id).into_iter().filter(|entry| !known.contains(&entry.key)).collect();
                let sum: Decimal = fresh.iter().map(|entry| entry.signed_amount().unwrap()).sum();
                assert_eq!(new - old, sum, "{}: {:?}, {} new", provider.id(), account.kind, fresh.len());
                if !fresh.is_empty() {
                    checked.insert(format!("{} {:?}", provider.id(), account.kind.value));
                }
            }
        }
    }
    common::snapshots("laws").bind(|| insta::assert_debug_snapshot!("sums", checked));
}

#[tokio::test]
async fn running_balances_add_up_in_the_order_of_the_account() {
    let sandbox = Sandbox::builder().people(2).transactions(60).start().await.unwrap();
    let mut checked = BTreeSet::new();
    for provider in common::providers(&sandbox) {
        for connection in connections(&*provider).await {
            let snapshot = read(&*provider, &connection).await;
            for account in snapshot.accounts.records() {
                let mut entries = entries(&snapshot, &account.id);
                // Oldest first, whichever way the provider gives them.
                let day = |entry: &Transaction| entry.booking_date.or(entry.transaction_date).map(|date| date.date());
                if entries.first().map(|first| day(first)) > entries.last().map(|last| day(last)) {
                    entries.reverse();
                }
                for pair in entries.windows(2) {
                    let (Some(before), Some(after)) = (pair[0].balance_after, pair[1].balance_after) else { continue };
                    let moved = pair[1].signed_amount().unwrap();
                    assert_eq!(after.decimal() - before.decimal(), moved, "{}: {:?}", provider.id(), account.kind);
                    checked.insert(format!("{} {:?}", provider.id(), account.kind.value));
                }
            }
        }
    }
    common::snapshots("laws").bind(|| insta::assert_debug_snapshot!("running-balances", checked));
}

#[tokio::test]
async fn what_is_owed_is_negative_and_every_amount_has_no_sign() {
    let sandbox = Sandbox::builder().people(3).transactions(40).start().await.unwrap();
    for provider in common::providers(&sandbox) {
        for connection in connections(&*provider).await {
            let snapshot = read(&*provider, &connection).await;
            let balances = booked(&snapshot);
            for account in snapshot.accounts.records() {
                let owed = account.kind.value.is_some_and(bankfeed::AccountKind::is_liability);
                if let Some(amount) = balances.get(&account.id).filter(|_| owed) {
                    assert!(*amount <= Decimal::ZERO, "{}: {:?} {amount}", provider.id(), account.kind);
                }
            }
            for entry in snapshot.transactions.records() {
                assert!(!entry.amount.decimal().is_sign_negative(), "{}", provider.id());
                let signed = entry.signed_amount();
                assert_eq!(signed.map(|amount| amount.abs()), signed.map(|_| entry.amount.decimal()));
                if let (Some(direction), Some(signed)) = (entry.direction, signed.filter(|amount| !amount.is_zero())) {
                    assert_eq!(direction == Direction::Debit, signed.is_sign_negative());
                }
            }
        }
    }
}

#[tokio::test]
async fn pending_transactions_become_booked_and_are_found_again() {
    let sandbox = Sandbox::builder().people(1).transactions(40).start().await.unwrap();
    let mut found = 0;
    for provider in common::providers(&sandbox) {
        for connection in connections(&*provider).await {
            let before = read(&*provider, &connection).await;
            let pending = |snapshot: &Snapshot| -> Vec<Transaction> {
                let all = snapshot.transactions.records().iter();
                all.filter(|entry| entry.status.is(&TransactionStatus::Pending)).cloned().collect()
            };
            sandbox.advance(DAY * 7);
            let after = read(&*provider, &connection).await;
            let booked: Vec<Transaction> = after
                .transactions
                .records()
                .iter()
                .filter(|entry| entry.status.is(&TransactionStatus::Booked))
                .cloned()
                .collect();
            let known: BTreeSet<_> = before
                .transactions
                .records()
                .iter()
                .filter(|entry| entry.status.is(&TransactionStatus::Booked))
                .map(|entry| (&entry.account, &entry.key))
                .collect();
            let fresh: Vec<Transaction> =
                booked.into_iter().filter(|entry| !known.contains(&(&entry.account, &entry.key))).collect();
            let result = bankfeed::identity::reconcile(&pending(&before), &fresh);
            found += result.matches.len();
            let booked: BTreeSet<_> = result.matches.iter().map(|one| one.booked).collect();
            assert_eq!(booked.len(), result.matches.len(), "one booked transaction explains two pending ones");
        }
    }
    assert!(found > 0, "no pending transaction became booked");
}

/// Beginning anew in place of a position that cannot be read would yield records a second time.
#[tokio::test]
async fn a_token_with_a_position_that_cannot_be_read_is_refused() {
    let sandbox = Sandbox::builder().people(1).transactions(12).start().await.unwrap();
    for provider in common::providers(&sandbox) {
        let list = |paging| provider.connections().unwrap().list_connections(ConnectionFilter::all(), paging);
        let mut left = list(Paging::default());
        left.next().await.unwrap().unwrap();
        let token = serde_json::to_value(left.resume_token()).unwrap();
        let mut broken = 0;
        for place in ["/at", "/at/page", "/at/page/at"] {
            let mut token = token.clone();
            let Some(position) = token.pointer_mut(place) else { continue };
            *position = "nowhere".into();
            let paging = Paging::default().resume(serde_json::from_value(token).unwrap());
            let refused = list(paging).collect_all().await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::ResumeRefused, "{} {place}", provider.id());
            broken += 1;
        }
        assert!(broken >= 2, "{}", provider.id());
    }
}
