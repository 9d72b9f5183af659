//! What becomes of pending transactions.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use bankfeed::identity::{Confidence, Reason, Reconciliation, reconcile};
use bankfeed::{Amount, Coded, Date, Transaction, TransactionKey, TransactionStatus};
use proptest::prelude::*;

/// A transaction on a day of March 2026.
fn on(day: i8, amount: &str, text: &str, status: TransactionStatus) -> Transaction {
    let amount: Amount = amount.parse().unwrap();
    let key = TransactionKey::of_content(&[text], 0);
    let mut transaction = Transaction::signed(key, amount, Coded::implied(status));
    transaction.account = Some("account".into());
    transaction.currency = "EUR".parse().ok();
    let date: Date = format!("2026-03-{day:02}").parse().unwrap();
    transaction.transaction_date = Some(date.into());
    transaction.description = Some(text).filter(|text| !text.is_empty()).map(Into::into);
    transaction
}

fn pending(day: i8, amount: &str, text: &str) -> Transaction {
    on(day, amount, text, TransactionStatus::Pending)
}

fn booked(day: i8, amount: &str, text: &str) -> Transaction {
    on(day, amount, text, TransactionStatus::Booked)
}

fn with(mut transaction: Transaction, change: impl FnOnce(&mut Transaction)) -> Transaction {
    change(&mut transaction);
    transaction
}

/// Pairs with how sure they are.
fn pairs(found: &Reconciliation) -> Vec<(usize, usize, Confidence)> {
    found.matches.iter().map(|found| (found.pending, found.booked, found.confidence)).collect()
}

use Confidence::{Certain, Likely, Suggestion};

#[test]
fn the_same_id_or_bank_reference_is_certain_whatever_else_changed() {
    let one = with(pending(1, "-10", "a"), |one| one.id = Some("7".into()));
    let same_id = with(booked(28, "-99", "b"), |one| one.id = Some("7".into()));
    let found = reconcile(std::slice::from_ref(&one), &[booked(1, "-10", "a"), same_id]);
    assert_eq!(pairs(&found), [(0, 1, Certain)]);
    assert_eq!(found.matches[0].reasons, [Reason::SameId]);

    let reference = |mut transaction: Transaction| {
        transaction.bank_reference = Some("R1".into());
        transaction
    };
    let found =
        reconcile(&[reference(pending(1, "-10", ""))], &[booked(1, "-10", ""), reference(booked(2, "-11", ""))]);
    assert_eq!(pairs(&found), [(0, 1, Certain)]);
    assert_eq!(found.matches[0].reasons, [Reason::SameBankReference, Reason::CloseAmount, Reason::CloseDay]);

    let twice = [reference(booked(2, "-50", "")), reference(booked(3, "-60", ""))];
    let found = reconcile(&[reference(pending(1, "-10", ""))], &twice);
    assert_eq!((pairs(&found).len(), found.unmatched), (0, vec![0]), "a reference that several have names none");
}

#[test]
fn a_text_in_common_goes_before_the_nearer_day() {
    let others = [booked(2, "-10", "Metro"), booked(9, "-10.00", "CAFÉ  Sol 4711 *"), booked(3, "-10", "Kiosk")];
    let found = reconcile(&[pending(2, "-10", "Café Sol")], &others);
    assert_eq!(pairs(&found), [(0, 1, Likely)]);
    assert_eq!(found.matches[0].reasons, [Reason::SameAmount, Reason::SameText, Reason::CloseDay]);
}

#[test]
fn strong_matches_are_made_first_over_all_of_them() {
    // The first one would do with either; the second with one alone.
    let found = reconcile(
        &[pending(1, "-10", ""), pending(1, "-10", "Café")],
        &[booked(1, "-10", "Café"), booked(4, "-10", "Other")],
    );
    assert_eq!(pairs(&found), [(0, 1, Likely), (1, 0, Likely)]);
    assert_eq!(found.matches[0].reasons, [Reason::SameAmount, Reason::CloseDay, Reason::OnlyCandidate]);
}

#[test]
fn eight_days_are_the_end_and_none_is_before() {
    for (day, expected) in [(9, 0), (10, 1), (18, 1), (19, 0)] {
        for text in ["", "Café"] {
            let found = reconcile(&[pending(10, "-10", text)], &[booked(day, "-10", text)]);
            assert_eq!(found.matches.len(), expected, "{day} {text}");
        }
    }
    let late = with(booked(25, "-10", ""), |one| one.booking_date = one.transaction_date);
    let late = with(late, |one| one.transaction_date = Some("2026-03-10".parse().unwrap()));
    assert_eq!(reconcile(&[pending(10, "-10", "")], &[late]).matches[0].reasons[1], Reason::SameDay);
}

#[test]
fn where_several_fit_it_is_a_suggestion() {
    let found = reconcile(&[pending(1, "-10", "")], &[booked(3, "-10", "a"), booked(2, "-10", "b")]);
    assert_eq!(pairs(&found), [(0, 1, Suggestion)], "the nearest day");
    let found = reconcile(&[pending(1, "-10", "a"), pending(1, "-10", "b")], &[booked(2, "-10", "c")]);
    assert_eq!((pairs(&found).len(), found.matches[0].confidence), (1, Suggestion));
}

#[test]
fn nearly_the_same_amount_needs_a_text_and_is_a_suggestion() {
    for (amount, expected) in [("-6.99", 0), ("-7", 1), ("-13", 1), ("-13.01", 0)] {
        let found = reconcile(&[pending(1, "-10", "Café")], &[booked(2, amount, "café")]);
        assert_eq!(found.matches.len(), expected, "{amount}");
        if let Some(found) = found.matches.first() {
            assert_eq!((found.confidence, found.reasons[0]), (Suggestion, Reason::CloseAmount));
        }
    }
    assert!(reconcile(&[pending(1, "-10", "Café")], &[booked(2, "-11", "Kiosk")]).matches.is_empty());
    let found = reconcile(&[pending(1, "-10", "Café")], &[booked(2, "-13", "Café"), booked(2, "-9", "Café")]);
    assert_eq!(pairs(&found), [(0, 1, Suggestion)], "the nearest amount");
}

#[test]
fn nothing_goes_across_accounts_currencies_or_directions() {
    let one =
        || with(pending(1, "-10", "Café"), |one| (one.id, one.bank_reference) = (Some("7".into()), Some("R".into())));
    let other =
        || with(booked(1, "-10", "Café"), |one| (one.id, one.bank_reference) = (Some("7".into()), Some("R".into())));
    assert_eq!(reconcile(&[one()], &[other()]).matches.len(), 1);
    let changes: [fn(&mut Transaction); 6] = [
        |one| one.account = Some("another".into()),
        |one| one.account = None,
        |one| one.currency = "USD".parse().ok(),
        |one| one.currency = None,
        |one| one.direction = Some(bankfeed::Direction::Credit),
        |one| one.direction = None,
    ];
    for change in changes {
        assert!(reconcile(&[one()], &[with(other(), change)]).matches.is_empty());
        assert!(reconcile(&[with(one(), change)], &[other()]).matches.is_empty());
    }
}

#[test]
fn ten_thousand_of_each_take_moments_even_if_all_are_equal() {
    let spread = |count: usize, status: TransactionStatus| -> Vec<Transaction> {
        let of = |index: usize| {
            let day = i8::try_from(index % 28 + 1).unwrap();
            on(day, &format!("-{}.5", index % 97 + 1), ["Café", "Metro", ""][index % 3], status)
        };
        (0..count).map(of).collect()
    };
    let equal = |count: usize, status| -> Vec<Transaction> { vec![on(1, "-10", "Café", status); count] };
    let nameless = |count: usize, status| -> Vec<Transaction> { vec![on(1, "-10", "", status); count] };
    let near = |amount: &'static str| move |count: usize, status| vec![on(1, amount, "Café", status); count];
    let time = |one: Vec<Transaction>, other: Vec<Transaction>| {
        let start = Instant::now();
        let found = reconcile(&one, &other);
        (start.elapsed(), found.matches.len())
    };
    use TransactionStatus::{Booked, Pending};
    for (name, (took, matches), least) in [
        ("spread", time(spread(10_000, Pending), spread(10_000, Booked)), 9_000),
        ("equal", time(equal(10_000, Pending), equal(10_000, Booked)), 10_000),
        ("nameless", time(nameless(10_000, Pending), nameless(10_000, Booked)), 10_000),
        ("near", time(near("-10")(10_000, Pending), near("-11")(10_000, Booked)), 10_000),
    ] {
        assert!(matches >= least, "{name}: {matches}");
        // A hundred million comparisons without optimization would take far longer.
        assert!(took < Duration::from_secs(20), "{name} took {took:?}");
    }
}

prop_compose! {
    fn any_transaction(status: TransactionStatus)(
        day in 1i8..15,
        lag in 0i8..12,
        amount in prop::sample::select(vec!["-10", "-10.0", "-11", "-12.5", "10", "0", "-30"]),
        text in prop::sample::select(vec!["", "Café", "CAFÉ 12", "Metro"]),
        merchant in prop::sample::select(vec!["", "Café", "Kiosk"]),
        id in prop::option::weighted(0.2, 0u32..4),
        reference in prop::option::weighted(0.2, 0u32..4),
        account in prop::sample::select(vec![None, Some("a"), Some("b")]),
        dated in prop::bool::weighted(0.9),
        category in 0u8..3,
    ) -> Transaction {
        let mut transaction = on(day, amount, text, status);
        transaction.account = account.map(Into::into);
        transaction.id = id.map(|id| format!("t{id}").into());
        transaction.bank_reference = reference.map(|reference| format!("r{reference}"));
        let mut shop = bankfeed::Merchant::new();
        shop.name = Some(merchant.to_owned());
        transaction.merchant = Some(shop);
        transaction.bank_code = Some(category.to_string());
        let booked: Date = format!("2026-03-{:02}", day + lag).parse().unwrap();
        transaction.booking_date = (lag % 2 == 0).then(|| booked.into());
        if !dated {
            (transaction.transaction_date, transaction.booking_date) = (None, None);
        }
        transaction
    }
}

fn lists() -> impl Strategy<Value = (Vec<Transaction>, Vec<Transaction>)> {
    (
        prop::collection::vec(any_transaction(TransactionStatus::Pending), 0..24),
        prop::collection::vec(any_transaction(TransactionStatus::Booked), 0..24),
    )
}

/// Matches by what the transactions say, counted: equal ones stay as many as they are.
fn contents(found: &Reconciliation, pending: &[Transaction], booked: &[Transaction]) -> Vec<String> {
    let text = |transaction: &Transaction| serde_json::to_string(transaction).unwrap();
    let matched = found.matches.iter().map(|found| {
        let (one, other) = (text(&pending[found.pending]), text(&booked[found.booked]));
        format!("{one} {other} {:?} {:?}", found.confidence, found.reasons)
    });
    let mut all: Vec<String> = matched.chain(found.unmatched.iter().map(|index| text(&pending[*index]))).collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_claimed_twice_and_nothing_is_lost((pending, booked) in lists()) {
        let found = reconcile(&pending, &booked);
        let claimed: BTreeSet<usize> = found.matches.iter().map(|found| found.booked).collect();
        prop_assert_eq!(claimed.len(), found.matches.len());
        let mut all: Vec<usize> = found.matches.iter().map(|found| found.pending).collect();
        all.extend(&found.unmatched);
        all.sort_unstable();
        prop_assert_eq!(all, (0..pending.len()).collect::<Vec<_>>());
        for found in &found.matches {
            let (one, other) = (&pending[found.pending], &booked[found.booked]);
            prop_assert_eq!(&one.account, &other.account);
            prop_assert_eq!(one.direction, other.direction);
            prop_assert!(!found.reasons.is_empty() || one.transaction_date.is_none());
            let amount = found.reasons.contains(&Reason::SameAmount);
            prop_assert_eq!(amount, one.amount == other.amount);
            prop_assert!(found.confidence != Likely || amount);
        }
        prop_assert_eq!(&reconcile(&pending, &booked), &found, "the same every time");
    }

    #[test]
    fn the_order_they_come_in_makes_no_difference(
        (pending, booked) in lists(),
        seed: u64,
    ) {
        let expected = contents(&reconcile(&pending, &booked), &pending, &booked);
        let shuffled = |list: &[Transaction], seed: u64| {
            let mut list: Vec<_> = list.to_vec();
            let mut state = seed | 1;
            for place in (1..list.len()).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                list.swap(place, usize::try_from(state >> 33).unwrap() % (place + 1));
            }
            list
        };
        let (pending, booked) = (shuffled(&pending, seed), shuffled(&booked, seed.rotate_left(17)));
        prop_assert_eq!(contents(&reconcile(&pending, &booked), &pending, &booked), expected);
    }

    #[test]
    fn everything_matches_its_own_booked_copy(pending in prop::collection::vec(any_transaction(TransactionStatus::Pending), 0..24)) {
        let booked: Vec<_> = pending.iter().rev().cloned()
            .map(|one| with(one, |one| one.status = Coded::implied(TransactionStatus::Booked))).collect();
        let found = reconcile(&pending, &booked);
        prop_assert_eq!(found.unmatched.len(), 0);
        for found in &found.matches {
            prop_assert_eq!(pending[found.pending].amount, booked[found.booked].amount);
            prop_assert_eq!(&pending[found.pending].account, &booked[found.booked].account);
        }
    }

    #[test]
    fn twins_stay_as_many_as_they_are(twins in 1usize..6, copies in 0usize..6, one in any_transaction(TransactionStatus::Pending)) {
        let booked = vec![with(one.clone(), |one| one.status = Coded::implied(TransactionStatus::Booked)); copies];
        let found = reconcile(&vec![one; twins], &booked);
        prop_assert_eq!(found.matches.len(), twins.min(copies));
        prop_assert_eq!(found.unmatched.len(), twins - twins.min(copies));
    }
}
