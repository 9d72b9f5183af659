//! Every product: what belongs together adds up.

use std::time::Duration;

use serde_json::Value;

use super::{cents, list, mocked, sandbox};

async fn payload(sandbox: &bankfeed_sandbox::Sandbox) -> Value {
    mocked(sandbox, "MOCKDATA", &[("date_from", "2025-12-01")]).await["payload"].take()
}

#[tokio::test]
async fn there_is_something_of_everything() {
    let sandbox = sandbox().await;
    let payload = payload(&sandbox).await;
    for product in [
        "portfolios",
        "accounts",
        "cards",
        "receipts",
        "loans",
        "deposits",
        "leases",
        "insurances",
        "properties",
        "files",
        "factoring",
        "confirming",
        "contracts",
        "guarantees",
    ] {
        assert!(!list(&payload[product]).is_empty(), "{product}");
    }
    assert!(payload["employment"]["summary"]["totalDaysRegistered"].as_i64() > Some(0));
    let subtypes: Vec<&str> =
        list(&payload["portfolios"]).iter().map(|portfolio| portfolio["subtype"].as_str().unwrap()).collect();
    assert_eq!(subtypes, ["funds", "stocks", "pension-plans", "bonds", "alternative-investments", "crypto"]);
    let cards: Vec<&str> = list(&payload["cards"]).iter().map(|card| card["subtype"].as_str().unwrap()).collect();
    assert_eq!(cards, ["credit", "debit", "prepaid"]);
}

#[tokio::test]
async fn amortization_tables_lead_from_the_loan_to_nothing() {
    let sandbox = sandbox().await;
    for months in [0_u64, 3] {
        sandbox.advance(Duration::from_secs(months * 31 * 86_400));
        for loan in list(&payload(&sandbox).await["loans"]) {
            let (made, pending) = (list(&loan["amortization_made"]), list(&loan["amortization_pending"]));
            let mut owed = cents(&loan["granted_capital"]);
            for row in made.iter().chain(pending) {
                owed -= cents(&row["amortized"]);
                assert_eq!(owed, cents(&row["pending_capital"]));
                assert_eq!(cents(&row["total"]), cents(&row["amortized"]) + cents(&row["interest"]));
            }
            assert_eq!(owed, 0);
            assert_eq!(loan["pending_amount"], made[made.len() - 1]["pending_capital"]);
            assert_eq!(loan["next_installment"], pending[0]["total"]);
            assert_eq!(loan["pending_receipts"], pending.len());
            let today = if months == 0 { "2026-03-02" } else { "2026-06-03" };
            assert!(made[made.len() - 1]["date"].as_str() <= Some(today));
            assert!(pending[0]["date"].as_str() > Some(today));
        }
    }
}

#[tokio::test]
async fn portfolios_are_worth_what_they_hold() {
    let sandbox = sandbox().await;
    for portfolio in list(&payload(&sandbox).await["portfolios"]) {
        let positions = list(&portfolio["composition"]);
        let sum = |list: &[Value], name: &str| list.iter().map(|one| cents(&one[name])).sum::<i64>();
        assert_eq!(sum(positions, "total_amount"), cents(&portfolio["total_value"]));
        assert_eq!(sum(positions, "weighting"), 10_000, "percent");
        let bought = list(&portfolio["transactions"]);
        assert_eq!(sum(bought, "total_amount"), cents(&portfolio["contributions"]));
        assert_eq!(sum(bought, "shares"), sum(positions, "shares"));
        let gain = cents(&portfolio["total_value"]) - cents(&portfolio["contributions"]);
        assert_eq!(cents(&portfolio["yield"]), gain);
    }
}

#[tokio::test]
async fn leases_and_deposits_add_up() {
    let sandbox = sandbox().await;
    let payload = payload(&sandbox).await;
    let lease = &payload["leases"][0];
    for (rows, count, total) in
        [("paid", "paid_installments", "total_paid"), ("scheduled", "remaining_installments", "total_pending")]
    {
        let rows = list(&lease["installments"][rows]);
        assert_eq!(lease["totals"][count], rows.len());
        assert_eq!(rows.iter().map(|row| cents(&row["total"])).sum::<i64>(), cents(&lease["totals"][total]));
        for row in rows {
            let parts = row["breakdown"].as_object().unwrap().values().map(cents).sum::<i64>();
            assert_eq!(parts, cents(&row["total"]));
        }
    }
    let deposit = &payload["deposits"][0];
    let mut gross = 0;
    for movement in list(&deposit["interest_movements"]) {
        gross += cents(&movement["gross_interest"]);
        assert_eq!(
            cents(&movement["gross_interest"]),
            cents(&movement["withholding_tax"]) + cents(&movement["net_interest"])
        );
    }
    assert_eq!(gross, cents(&deposit["expected_interest_total"]));
    assert_eq!(deposit["status"], "active");
    sandbox.advance(Duration::from_secs(3 * 366 * 86_400));
    let later = mocked(&sandbox, "MOCKDATA", &[]).await;
    assert_eq!(later["payload"]["deposits"][0]["status"], "matured");
    assert_eq!(list(&later["payload"]["deposits"][0]["principal_movements"])[1]["type"], "maturity_payout");
}

#[tokio::test]
async fn cards_owe_what_was_spent() {
    let sandbox = sandbox().await;
    let payload = payload(&sandbox).await;
    let balances = &payload["cards"][0]["balances"];
    assert_eq!(cents(&balances["available"]), cents(&balances["limit"]) - cents(&balances["disposed"]));
    let linked = &payload["cards"][0]["linked_account"];
    assert!(list(&payload["accounts"]).iter().any(|account| account["code"] == *linked));
    assert!(list(&payload["receipts"]).iter().all(|receipt| receipt["account"] == *linked));
}
