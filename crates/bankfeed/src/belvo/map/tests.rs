//! Laws and traps of the mapping.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::normalize;
use crate::error::{Error, ErrorKind};
use crate::losses::{LossReport, Losses};

/// What a record becomes, of one subject, and what could not be carried over.
fn all(schema: &str, subject: &str, record: &Value) -> (Result<Vec<Value>, Error>, LossReport) {
    let losses = Losses::default();
    let made = normalize(schema, record.to_string().as_bytes(), &losses).unwrap();
    let made = made.map(|all| all.into_iter().filter(|(of, _)| *of == subject).map(|(_, made)| made).collect());
    (made, losses.report())
}

fn one(schema: &str, subject: &str, record: Value) -> Value {
    all(schema, subject, &record).0.unwrap().remove(0)
}

fn balances(record: Value) -> Vec<(String, String)> {
    let (made, _) = all("Account", "balance", &record);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    made.unwrap().iter().map(|made| (text(&made["kind"]["value"]), text(&made["amount"]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(kind, amount)| ((*kind).to_owned(), (*amount).to_owned())).collect()
}

#[test]
fn debts_are_negative_and_what_is_left_of_a_limit_is_not() {
    let card = json!({"id": "1", "category": "CREDIT_CARD", "balance_type": "LIABILITY", "currency": "BRL",
        "balance": {"current": 400.04, "available": 599.96, "blocked": 0, "automatically_invested": 0}});
    let expected = [("booked", "-400.04"), ("available", "599.96"), ("blocked", "0"), ("automatically_invested", "0")];
    assert_eq!(balances(card), pairs(&expected));
    // What it would take to pay a loan off is not there to be used.
    let loan = json!({"id": "1", "category": "LOAN_ACCOUNT", "balance_type": "LIABILITY",
        "balance": {"current": 1000, "available": 980}});
    assert_eq!(balances(loan), pairs(&[("booked", "-1000")]));
    let untold = json!({"id": "1", "category": "FINANCING_ACCOUNT", "balance": {"current": 5}});
    assert_eq!(balances(untold), pairs(&[("booked", "-5")]));
    let unpaid = json!({"id": "1", "balance_type": "LIABILITY", "loan_data": {"outstanding_balance": 7.5}});
    assert_eq!(balances(unpaid), pairs(&[("booked", "-7.5")]));
    let nothing = json!({"id": "1", "balance_type": "LIABILITY", "balance": {"current": 0.00}});
    assert_eq!(balances(nothing), pairs(&[("booked", "0.0")]));
}

#[test]
fn an_unknown_side_of_the_sheet_is_counted_and_the_category_decides() {
    let record = json!({"id": "1", "category": "CREDIT_CARD", "balance_type": "MIXED", "balance": {"current": 5}});
    let (made, losses) = all("Account", "balance", &record);
    assert_eq!(made.unwrap()[0]["amount"], "-5");
    assert_eq!(losses.unknown_values["Account/balance_type"]["MIXED"], 1);
}

#[test]
fn what_is_not_said_is_not_made_up() {
    let given = |record: &Value| -> BTreeSet<String> {
        let members = record.as_object().unwrap().iter();
        members.filter(|(_, value)| !empty(value)).map(|(name, _)| name.clone()).collect()
    };
    let account = one("Account", "account", json!({"id": "1", "name": " ", "currency": "", "number": ""}));
    assert_eq!(given(&account), ["id", "key"].map(str::to_owned).into());
    let transaction = one("Transaction", "transaction", json!({"id": "1", "amount": 5}));
    assert_eq!(given(&transaction), ["amount", "id", "key"].map(str::to_owned).into());
    assert_eq!(transaction["key"]["strength"], "pending_id");
    assert_eq!(all("Account", "balance", &json!({"id": "1"})).0.unwrap(), [Value::Null; 0]);
}

/// Nothing, or made of nothing.
fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().all(empty),
        Value::Object(members) => members.values().all(empty),
        _ => false,
    }
}

#[test]
fn foreign_amounts_are_what_the_account_saw_and_what_they_were_before() {
    let record = json!({"id": "1", "amount": 20.5, "currency": "USD", "local_currency_amount": 110.15,
        "account": {"id": "2", "currency": "BRL"}, "type": "OUTFLOW", "status": "PROCESSED"});
    let made = one("Transaction", "transaction", record.clone());
    assert_eq!((&made["amount"], &made["currency"]), (&json!("110.15"), &json!("BRL")));
    assert_eq!(made["original_amount"], json!({"amount": "20.5", "currency": "USD", "rate": null}));
    let mut untold = record;
    untold["local_currency_amount"] = Value::Null;
    let made = one("Transaction", "transaction", untold);
    assert_eq!(
        (&made["amount"], &made["currency"], &made["original_amount"]),
        (&json!("20.5"), &json!("USD"), &Value::Null)
    );
}

#[test]
fn midnight_is_no_time() {
    let day = |at: &str| {
        let record = json!({"id": "1", "amount": 1, "value_date": "2026-02-28", "transacted_at": at});
        one("Transaction", "transaction", record)["transaction_date"].clone()
    };
    assert_eq!(day("2026-03-01T01:30:00Z"), "2026-03-01T01:30:00Z");
    assert_eq!(day("2026-02-28T00:00:00Z"), "2026-02-28");
}

#[test]
fn zeros_before_a_merchant_category_come_back() {
    for (mcc, code) in [(json!(742), "0742"), (json!("5137"), "5137"), (json!(5137), "5137")] {
        let made = one("Transaction", "transaction", json!({"id": "1", "amount": 1, "mcc": mcc}));
        assert_eq!(made["merchant_category"], code);
    }
}

#[test]
fn categories_go_by_the_finer_word_that_is_known() {
    let made = |category: &str, subcategory: Value| {
        let record = json!({"id": "1", "amount": 1, "category": category, "subcategory": subcategory});
        let (made, losses) = all("Transaction", "transaction", &record);
        (made.unwrap()[0]["category"].clone(), losses)
    };
    let (eating, losses) = made("Food & Groceries", json!("Restaurants"));
    assert_eq!(eating, json!({"value": "eating_out", "word": "Food & Groceries / Restaurants"}));
    assert!(losses.is_clean());
    assert_eq!(made("Food & Groceries", Value::Null).0, json!({"value": "groceries", "word": "Food & Groceries"}));
    assert_eq!(made("Unknown", Value::Null).0, json!({"word": "Unknown"}));
    let (newer, losses) = made("Transfers", json!("Moon base"));
    assert_eq!(newer["value"], "transfer");
    assert_eq!(losses.unknown_values["Transaction/subcategory"]["Moon base"], 1);
    assert_eq!(made("Space", Value::Null).1.unknown_values["Transaction/category"]["Space"], 1);
}

#[test]
fn a_contradiction_is_a_bad_record() {
    let (made, losses) = all("Transaction", "transaction", &json!({"id": "1", "amount": -5, "type": "OUTFLOW"}));
    let error = made.unwrap_err();
    assert_eq!((error.kind(), error.place()), (ErrorKind::BadRecord, Some("/amount")));
    assert_eq!(losses.rejected["Transaction/amount"], 1);
    let (made, losses) = all("InvestmentTransaction", "transaction", &json!({"id": "1"}));
    assert_eq!(made.unwrap_err().kind(), ErrorKind::BadRecord);
    assert_eq!(losses.rejected["InvestmentTransaction/gross_value"], 1);
}

#[test]
fn a_price_for_several_is_not_the_price_of_one() {
    let price = |factor: Value| {
        let balance = json!({"closing_price": 25.5, "unit_price_factor": factor, "quantity": 2});
        one("Investment", "holding", json!({"id": "1", "balance": balance}))["price"].clone()
    };
    assert_eq!(
        (price(Value::Null), price(json!(1.0)), price(json!(1000))),
        (json!("25.5"), json!("25.5"), Value::Null)
    );
}

#[test]
fn a_card_that_comes_three_times_is_one_identifier() {
    let record = json!({"id": "1", "number": "4453", "public_identification_name": "CREDIT_CARD_NUMBER",
        "public_identification_value": "4453, 9076", "credit_data": {"cards": [{"identification_number": "9076"}]}});
    let made = one("Account", "account", record);
    let values: Vec<&Value> = made["identifiers"].as_array().unwrap().iter().map(|one| &one["value"]).collect();
    assert_eq!(values, ["4453", "9076"]);
}

#[test]
fn accounts_stay_known_by_branch_and_number_whatever_the_link() {
    let account = |id: &str, number: &str| {
        let record = json!({"id": id, "institution": {"name": "bank"}, "agency": "6272", "number": number,
            "check_digit": "7", "internal_identification": format!("of-{id}")});
        one("Account", "account", record)["key"].clone()
    };
    assert_eq!(account("1", "24550245"), account("2", "24550245"));
    assert_ne!(account("1", "24550245"), account("1", "24550246"));
    assert_eq!(account("1", "24550245")["strength"], "institution_number");
}

#[test]
fn callbacks_are_what_their_code_says() {
    let kind = |code: &str, data: Value| {
        let callback = json!({"webhook_type": "LINK", "webhook_code": code, "link_id": "1", "data": data});
        one("AggregationCallback", "event", callback)["kind"]["value"].clone()
    };
    assert_eq!(kind("historical_update", Value::Null), "data_ready");
    assert_eq!(kind("token_required", json!({"error_code": "token_required"})), "user_needed");
    assert_eq!(kind("link_deleted", Value::Null), "connection_removed");
    assert_eq!(kind("openfinance_consent_expired", Value::Null), "consent_ended");
    assert_eq!(kind("something_new", json!({"error_code": "institution_down"})), "failed");
    assert_eq!(kind("something_new", Value::Null), Value::Null);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is moved, the amount has no sign, keeps its digits, and the direction is that of the type.
    #[test]
    fn amounts_keep_their_digits_and_types_are_directions(
        units in 0u64..1_000_000_000, cents in 0u8..100, way in 0usize..3, invested in any::<bool>(),
    ) {
        let digits = format!("{units}.{cents:02}");
        let (word, direction) = [("INFLOW", json!("credit")), ("OUTFLOW", json!("debit")), ("null", Value::Null)][way].clone();
        let (schema, place) = if invested { ("InvestmentTransaction", "gross_value") } else { ("Transaction", "amount") };
        let record = format!(r#"{{"id":"1","type":"{word}","{place}":{digits}}}"#);
        let losses = Losses::default();
        let made = normalize(schema, record.as_bytes(), &losses).unwrap().unwrap().remove(0).1;
        prop_assert_eq!(&made["amount"], &json!(digits));
        prop_assert_eq!(&made["direction"], &direction);
        prop_assert!(losses.report().is_clean());
    }

    /// The booked balance of a debt is the negative of the same number as an asset.
    #[test]
    fn debts_mirror_assets(units in -1_000_000i64..1_000_000, cents in 0u8..100) {
        let booked = |side: &str| {
            let record = format!(r#"{{"id":"1","balance_type":"{side}","balance":{{"current":{units}.{cents:02}}}}}"#);
            let made = normalize("Account", record.as_bytes(), &Losses::default()).unwrap().unwrap();
            made[1].1["amount"].as_str().unwrap().parse::<crate::Decimal>().unwrap()
        };
        prop_assert_eq!(booked("ASSET") + booked("LIABILITY"), crate::Decimal::ZERO);
    }
}
