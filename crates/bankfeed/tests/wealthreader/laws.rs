//! What holds for every amount.

use bankfeed::*;
use proptest::prelude::*;
use serde_json::{Value, json as value};

use crate::support::*;

fn refreshed(payload: Value) -> Snapshot {
    run(async {
        let body = value!({"success": true, "payload": payload}).to_string();
        let server = Server::playing([json(body)]).await;
        played(&server).refresh(&connection("T"), RefreshOptions::new()).await.unwrap()
    })
}

/// An amount as JSON, digit for digit.
fn number(units: i64, scale: u32) -> (Value, Decimal) {
    let amount = Decimal::new(units, scale);
    (serde_json::from_str(&amount.to_string()).unwrap(), amount)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn a_signed_amount_keeps_its_sign(units in -99_999_999i64..99_999_999, scale in 0u32..3) {
        let (json, amount) = number(units, scale);
        let movement = value!({"uuid": "t", "amount": json, "balance": json, "settled": true});
        let read = refreshed(value!({
            "accounts": [{"uuid": "a", "balances": {"current": json}, "transactions": [movement]}],
            "cards": [{"uuid": "c", "transactions": [movement]}],
        }));
        for transaction in read.transactions.records() {
            prop_assert_eq!(transaction.signed_amount(), Some(amount));
            prop_assert!(!transaction.amount.decimal().is_sign_negative());
        }
        prop_assert_eq!(read.transactions.records()[0].balance_after.map(|after| after.decimal()), Some(amount));
        prop_assert_eq!(read.balances.records()[0].amount.decimal(), amount);
    }

    #[test]
    fn what_is_owed_counts_against_what_is_owned(units in 0i64..99_999_999, scale in 0u32..3) {
        let (json, amount) = number(units, scale);
        let read = refreshed(value!({
            "accounts": [{"uuid": "a", "balances": {"current": json}}],
            "cards": [{"uuid": "c", "subtype": "credit", "balances": {"disposed": json}}],
            "portfolios": [{"uuid": "p", "total_value": json}],
            "bonds": [{"uuid": "b", "total_value": json}],
            "deposits": [{"uuid": "d", "principal": json}, {"uuid": "e", "principal": json, "status": "matured"}],
            "loans": [{"uuid": "l", "pending_amount": json}],
            "leases": [{"uuid": "m", "totals": {"principal_outstanding": json}}],
            "factoring": [{"uuid": "f", "balances": {"disposed": json}}],
        }));
        let booked = read.balances.records().iter().filter(|balance| balance.kind.is(&BalanceKind::Booked));
        let worth: Decimal = booked.map(|balance| balance.amount.decimal()).sum();
        // Account, portfolio, bond and running deposit, less card, loan and lease.
        prop_assert_eq!(worth, amount);
        let used = read.balances.records().iter().find(|balance| balance.kind.is(&BalanceKind::CreditUsed)).unwrap();
        prop_assert_eq!(used.amount.decimal(), -amount);
    }

    #[test]
    fn what_has_no_sign_has_its_kinds_direction(units in -99_999_999i64..99_999_999) {
        let (json, amount) = number(units, 2);
        let trade = |kind: &str| value!({"uuid": kind, "total_amount": json, "operation_type": kind});
        let read = refreshed(value!({
            "portfolios": [{"uuid": "p", "transactions": [trade("purchase"), trade("sale"), trade("equity rights")]}],
            "loans": [{"uuid": "l", "amortization_made": [{"total": json}]}],
            "receipts": [{"amount": json, "status": "paid"}],
        }));
        let directions: Vec<_> = read.transactions.records().iter().map(|it| it.direction).collect();
        let known = units > 0;
        let as_known = |direction| known.then_some(direction);
        let (credit, debit) = (as_known(Direction::Credit), as_known(Direction::Debit));
        prop_assert_eq!(directions, [credit, debit, None, credit, debit]);
        prop_assert!(read.transactions.records().iter().all(|it| it.amount.decimal() == amount.abs()));
    }
}
