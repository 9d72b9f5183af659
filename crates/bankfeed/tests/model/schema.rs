//! The JSON Schema says what the model's JSON is.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde::Serialize;
use serde_json::{Value, json};

use crate::records;

/// A validator for one of the definitions.
fn validator(name: &str) -> Validator {
    let mut schema = bankfeed::json_schema();
    assert!(schema["$defs"][name].is_object(), "{name} is not defined");
    schema["$ref"] = format!("#/$defs/{name}").into();
    jsonschema::validator_for(&schema).unwrap()
}

#[track_caller]
fn valid(name: &str, value: &impl Serialize) -> Value {
    let value = serde_json::to_value(value).unwrap();
    let errors: Vec<String> =
        validator(name).iter_errors(&value).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
    value
}

/// Members in the order of their names, whichever order this build of serde_json keeps.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_schema_is_what_was_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../snapshots/bankfeed");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let text = serde_json::to_string_pretty(&sorted(&bankfeed::json_schema())).unwrap();
    settings.bind(|| insta::assert_snapshot!("schema", text));
}

#[test]
fn it_is_a_schema_in_which_every_reference_leads_somewhere() {
    let schema = bankfeed::json_schema();
    assert!(jsonschema::meta::is_valid(&schema));
    let text = schema.to_string();
    for (_, rest) in text.match_indices("\"$ref\":\"").map(|(at, found)| (at, &text[at + found.len()..])) {
        let target = rest.split('"').next().unwrap();
        let name = target.strip_prefix("#/$defs/").unwrap_or_else(|| panic!("{target}"));
        assert!(schema["$defs"][name].is_object(), "{target}");
    }
}

#[test]
fn every_record_is_valid() {
    valid("Institution", &records::institution());
    valid("Connection", &records::connection("1"));
    valid("Consent", &records::consent("1"));
    valid("Party", &records::party("1"));
    valid("Account", &records::account("1"));
    valid("Balance", &records::balance("1"));
    valid("Transaction", &records::transaction("1"));
    valid("Holding", &records::holding("1"));
    valid("Event", &records::event("1"));
    valid("Money", &records::balance("1").money().unwrap());
    valid("Cause", &records::event("1").error.unwrap());
    let all: bankfeed::Capabilities = bankfeed::Capability::ALL.iter().copied().collect();
    valid("Capabilities", &all);
    let one = [records::transaction("1")];
    valid("Reconciliation", &bankfeed::identity::reconcile(&one, &one));
}

/// No member is missing from the schema: it says of each what it is.
#[test]
fn every_member_of_every_record_is_described() {
    let schema = bankfeed::json_schema();
    for (name, record) in [
        ("Institution", valid("Institution", &records::institution())),
        ("Connection", valid("Connection", &records::connection("1"))),
        ("Consent", valid("Consent", &records::consent("1"))),
        ("Party", valid("Party", &records::party("1"))),
        ("Account", valid("Account", &records::account("1"))),
        ("Balance", valid("Balance", &records::balance("1"))),
        ("Transaction", valid("Transaction", &records::transaction("1"))),
        ("Holding", valid("Holding", &records::holding("1"))),
        ("Event", valid("Event", &records::event("1"))),
    ] {
        let described = schema["$defs"][name]["properties"].as_object().unwrap();
        let (mut names, mut members): (Vec<_>, Vec<_>) =
            (described.keys().collect(), record.as_object().unwrap().keys().collect());
        names.sort();
        members.sort();
        assert_eq!(names, members, "{name}");
        assert!(described.values().all(|member| member["description"].is_string()), "{name}");
    }
}

#[test]
fn what_is_wrong_is_refused() {
    let wrong = |name: &str, mut record: Value, pointer: &str, value: Value| {
        *record.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
        assert!(!validator(name).is_valid(&record), "{name}{pointer}: {value}");
    };
    let balance = || serde_json::to_value(records::balance("1")).unwrap();
    for amount in [json!(1.5), json!("1,5"), json!("1e3"), json!(""), json!("+1"), json!(null)] {
        wrong("Balance", balance(), "/amount", amount);
    }
    for date in [json!("2026-3-2"), json!("02.03.2026"), json!("2026-03-02T6"), json!(""), json!(20260302)] {
        wrong("Balance", balance(), "/as_of", date);
    }
    wrong("Balance", balance(), "/currency", json!("euro"));
    wrong("Balance", balance(), "/kind/value", json!("Booked"));
    let account = || serde_json::to_value(records::account("1")).unwrap();
    wrong("Account", account(), "/identifiers/0/scheme", json!("sort"));
    wrong("Account", account(), "/details/remaining_payments", json!("12"));
    wrong("Account", account(), "/details/credit_limit", json!(5000));
    let transaction = || serde_json::to_value(records::transaction("1")).unwrap();
    wrong("Transaction", transaction(), "/direction", json!("in"));
    wrong("Transaction", transaction(), "/original_amount/rate", json!(0.879));
    let event = || serde_json::to_value(records::event("1")).unwrap();
    wrong("Event", event(), "/error/advice", json!({ "after": "4 h" }));
    for name in ["amount", "account", "kind"] {
        let mut record = balance();
        record.as_object_mut().unwrap().remove(name);
        assert!(!validator("Balance").is_valid(&record), "{name} is missing");
    }
}

#[cfg(feature = "khipu")]
#[test]
fn what_a_provider_sends_is_valid_once_it_is_normalized() {
    use bankfeed::{Khipu, RefreshOptions, Timestamp};

    let sample =
        include_str!("../../../khipu-client/tests/samples/santander-ar-pending-current-day-balances.response.json");
    let body = sample.replace("\"Amount\": []", r#""Amount": {"Amount": 15230.45, "Currency": "ARS"}"#);
    let khipu = Khipu::builder().jwt("a-jwt").account("000011887755").callback_token("a-token-that-is-long-enough");
    let khipu = khipu.callback_address("https://app.example.com").build().unwrap();
    let address = khipu.callback_address(&"000011887755".into()).unwrap().unwrap();
    let target = address.expose().strip_prefix("https://app.example.com").unwrap();
    let event = khipu.verify_at(target, &Default::default(), body.as_bytes(), Timestamp::UNIX_EPOCH).unwrap();
    valid("Event", &event);
    let snapshot = khipu.data_of(&event, RefreshOptions::new()).unwrap();
    valid("Account", &snapshot.accounts.records()[0]);
    assert_eq!(valid("Balance", &snapshot.balances.records()[0])["amount"], "15230.45");
}
