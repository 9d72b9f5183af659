//! What the mapping promises beyond what the specification says it reads.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::normalize;
use crate::generated::saltedge::SCHEMAS;
use crate::losses::Losses;
use crate::{Account, Balance, Error, Event, Transaction};

#[test]
fn what_is_no_record_becomes_none() {
    assert!(normalize("PageMeta", b"{}", &Losses::default()).is_none());
    for schema in SCHEMAS {
        assert!(
            normalize(schema.name, b"[]", &Losses::default()).unwrap().unwrap_err().is_bad_record(),
            "{}",
            schema.name
        );
    }
}

fn all<T: serde::de::DeserializeOwned>(schema: &str, subject: &str, record: &Value) -> Result<Vec<T>, Error> {
    let records = normalize(schema, record.to_string().as_bytes(), &Losses::default()).unwrap()?;
    let records = records.into_iter().filter(|(found, _)| *found == subject);
    Ok(records.map(|(_, record)| serde_json::from_value(record).unwrap()).collect())
}

fn account(nature: &str, balance: &str, extra: Value) -> Value {
    let balance: Value = serde_json::from_str(balance).unwrap();
    json!({"id": "1", "connection_id": "2", "name": "A", "nature": nature, "balance": balance, "currency_code": "EUR", "extra": extra})
}

#[test]
fn what_is_owed_on_loans_is_negative_and_the_rest_is_as_it_was_sent() {
    for (nature, sent, expected) in [
        ("loan", "1200.25", "-1200.25"),
        ("loan", "-1200.25", "-1200.25"),
        ("mortgage", "90000", "-90000"),
        ("credit_card", "-20.15", "-20.15"),
        ("credit_card", "20.15", "20.15"),
        ("credit", "5", "5"),
        ("checking", "-3.5", "-3.5"),
        ("starship", "-3.5", "-3.5"),
    ] {
        let balances: Vec<Balance> = all("Account", "balance", &account(nature, sent, json!({}))).unwrap();
        assert_eq!(balances[0].amount.to_string(), expected, "{nature} {sent}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 64,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..proptest::prelude::ProptestConfig::default()
    })]

    /// Size and sign of an amount come out as they went in, whatever the account; a loan never holds anything.
    #[test]
    fn signs_are_kept(units in -999_999_999_999_i64..999_999_999_999, scale in 0_u32..5, nature in 0_usize..13) {
        let natures = ["account", "bonus", "card", "checking", "credit", "credit_card", "debit_card", "ewallet", "insurance",
            "investment", "loan", "mortgage", "savings"];
        let sent = crate::Decimal::new(units, scale);
        let text = |record: Value| record.to_string().replace("\"$\"", &sent.to_string());
        let read = |schema: &str, record: Value| {
            normalize(schema, text(record).as_bytes(), &Losses::default()).unwrap().unwrap()
        };
        let record = json!({"id": "1", "account_id": "2", "status": "posted", "made_on": "2024-01-02", "amount": "$", "currency_code": "EUR"});
        let transaction: Transaction = serde_json::from_value(read("Transaction", record).remove(0).1).unwrap();
        proptest::prop_assert_eq!(transaction.signed_amount(), Some(sent));
        proptest::prop_assert!(!transaction.amount.decimal().is_sign_negative());
        proptest::prop_assert_eq!(transaction.direction.is_none(), sent.is_zero());

        let record = json!({"id": "1", "connection_id": "2", "name": "A", "nature": natures[nature], "balance": "$", "currency_code": "EUR"});
        let balance: Balance = serde_json::from_value(read("Account", record).remove(1).1).unwrap();
        let owed_only = matches!(natures[nature], "loan" | "mortgage");
        proptest::prop_assert_eq!(balance.amount.decimal(), if owed_only { -sent.abs() } else { sent });
    }
}

#[test]
fn cards_go_by_their_id_and_others_by_their_iban() {
    let extra = json!({"iban": "DE89 3704 0044 0532 0130 00", "account_number": "532013000"});
    let key =
        |nature| all::<Account>("Account", "account", &account(nature, "1", extra.clone())).unwrap().remove(0).key;
    assert_eq!(key("checking").strength, crate::AccountKeyStrength::GlobalNumber);
    assert_eq!(key("credit_card").strength, crate::AccountKeyStrength::ProviderId);
    assert_eq!(key("checking"), key("savings"));
}

#[test]
fn identifiers_are_what_their_form_proves() {
    let extra = json!({
        "iban": "DE88370400440532013000", "swift": "nobic", "sort_code": "650022", "account_number": "DE89370400440532013000",
        "cards": ["123456******7890", "*8765", ""], "masked_pan": "123456******7890",
    });
    let account: Account = all("Account", "account", &account("checking", "1", extra)).unwrap().remove(0);
    let schemes: Vec<String> = account
        .identifiers
        .iter()
        .map(|identifier| serde_json::to_value(identifier).unwrap()["scheme"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(schemes, ["number", "number", "number", "iban", "masked_pan", "number"]);
}

fn transaction(changes: Value) -> Result<Transaction, Error> {
    let mut record = json!({"id": "1", "account_id": "2", "status": "posted", "made_on": "2024-01-02", "amount": -5, "currency_code": "EUR"});
    for (name, value) in changes.as_object().unwrap() {
        record[name] = value.clone();
    }
    all("Transaction", "transaction", &record).map(|mut all| all.remove(0))
}

#[test]
fn the_other_end_is_the_one_that_the_direction_points_to() {
    let extra = json!({"payee": "DE89370400440532013000", "payee_information": "Shop", "payer": "Anna", "payer_information": "Anna"});
    let paid = transaction(json!({"amount": -5, "extra": extra})).unwrap().counterparty.unwrap();
    assert_eq!(paid.name.as_deref().map(String::as_str), Some("Shop"));
    assert!(paid.account.unwrap().is_global());
    let got = transaction(json!({"amount": 5, "extra": extra})).unwrap().counterparty.unwrap();
    assert_eq!((got.name.as_deref().map(String::as_str), got.account, got.information), (Some("Anna"), None, None));
    assert_eq!(transaction(json!({"amount": 0, "extra": extra})).unwrap().counterparty, None);
}

#[test]
fn moments_are_as_precise_as_they_were_sent() {
    let date = |changes| transaction(changes).unwrap();
    let timed = date(json!({"extra": {"time": "10:11:12", "posting_time": "01:00:00"}}));
    assert_eq!(timed.transaction_date.unwrap().to_string(), "2024-01-02T10:11:12");
    assert_eq!(timed.booking_date, None, "a time without a day is no date");
    let day = date(json!({"extra": {"posting_date": "2024-01-03"}}));
    assert_eq!(day.booking_date.unwrap().to_string(), "2024-01-03");
    assert_eq!((day.transaction_date.unwrap().time(), day.value_date), (None, None));
}

#[test]
fn ids_of_pending_ones_are_weaker_keys() {
    let strength = |status: &str| transaction(json!({"status": status})).unwrap().key.strength;
    assert_eq!(strength("posted"), crate::TransactionKeyStrength::ProviderId);
    assert_eq!(strength("pending"), crate::TransactionKeyStrength::PendingId);
    assert_eq!(strength("unheard_of"), crate::TransactionKeyStrength::PendingId);
    assert!(transaction(json!({"id": ""})).unwrap_err().is_bad_record());
}

#[test]
fn every_code_of_both_trees_has_a_category() {
    fn codes(tree: &Value, into: &mut Vec<String>) {
        match tree {
            Value::Object(groups) => groups.iter().for_each(|(name, below)| {
                into.push(name.clone());
                codes(below, into);
            }),
            Value::Array(items) => items.iter().for_each(|item| codes(item, into)),
            Value::String(code) => into.push(code.clone()),
            _ => panic!("no tree"),
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../saltedge-client/tests/data/categories-list.response.json");
    let trees: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut all = Vec::new();
    trees["data"].as_object().unwrap().values().for_each(|tree| codes(tree, &mut all));
    assert!(all.len() > 100);
    let without: BTreeSet<String> = all
        .into_iter()
        .filter(|code| transaction(json!({"category": code})).unwrap().category.unwrap().value.is_none())
        .collect();
    assert_eq!(without, BTreeSet::from(["uncategorized".to_owned()]));
}

#[test]
fn categories_of_customers_go_first_and_only_saltedges_words_can_be_unknown() {
    let losses = Losses::default();
    let normalized = |record: &Value| {
        let json = record.to_string();
        normalize("Transaction", json.as_bytes(), &losses).unwrap().unwrap().remove(0).1["category"].clone()
    };
    let record = |category: &str, extra: Value| {
        json!({"id": "1", "account_id": "2", "status": "posted", "made_on": "2024-01-02", "amount": -5, "currency_code": "EUR",
               "category": category, "extra": extra})
    };
    assert_eq!(normalized(&record("rent", json!({"customer_category_code": "my_cave"}))), json!({"word": "my_cave"}));
    assert_eq!(normalized(&record("uncategorized", json!({"original_category": "Food"}))), json!({"word": "Food"}));
    assert!(losses.report().is_clean());
    assert_eq!(normalized(&record("spacecraft", json!({}))), json!({"word": "spacecraft"}));
    assert_eq!(losses.report().unknown_values["Transaction/category"]["spacecraft"], 1);
}

#[test]
fn the_same_body_has_the_same_key_and_any_other_has_another() {
    let event = |schema: &str, time: &str| {
        let record =
            json!({"data": {"connection_id": "1", "customer_id": "2", "stage": "finish"}, "meta": {"time": time}});
        all::<Event>(schema, "event", &record).unwrap().remove(0).idempotency_key
    };
    assert_eq!(event("SuccessCallback", "2024-01-01T00:00:00Z"), event("SuccessCallback", "2024-01-01T00:00:00Z"));
    assert_ne!(event("SuccessCallback", "2024-01-01T00:00:00Z"), event("SuccessCallback", "2024-01-01T00:00:01Z"));
    assert_ne!(event("SuccessCallback", "2024-01-01T00:00:00Z"), event("NotifyCallback", "2024-01-01T00:00:00Z"));
}
