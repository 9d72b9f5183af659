//! What real answers look like: members that are missing, null or empty, values not yet known, and answers that are
//! none.
#![cfg(all(
    feature = "banking",
    feature = "investments",
    feature = "employment",
    feature = "enrichment",
    feature = "fiscal-mexico",
    feature = "fiscal-chile",
    feature = "payments"
))]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use belvo_client::Error;
use belvo_client::types::{Transaction, TransactionPage};
use serde_json::Value;
use support::records::{TYPES, Type};
use support::{FLOOD, ID, LINK, RECORDS, Reply, Server, client, json, printed, read, record, reply};

/// The pointers of all members of objects and all elements of lists.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (format!("{at}/{name}"), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at_, value)| (format!("{at}/{at_}"), value)).collect(),
        _ => return,
    };
    for (at, value) in children {
        places(value, &at, found);
        found.push(at);
    }
}

/// Every record again and again, each time with one place changed; the places whose change it does not survive.
fn fatal(change: impl Fn(&mut Value, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for Type { file, reads, .. } in TYPES {
        let whole: Value = serde_json::from_str(&RECORDS.text(file)).unwrap();
        let mut all = Vec::new();
        places(&whole, "", &mut all);
        for place in all {
            let mut changed = whole.clone();
            if change(&mut changed, &place) && reads(&changed.to_string()).is_err() {
                found.push(format!("{} {place}", file.trim_end_matches(".json")));
            }
        }
    }
    found
}

fn remove(value: &mut Value, place: &str) -> bool {
    let (parent, name) = place.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Object(members) => members.remove(name).is_some(),
        _ => false,
    }
}

fn put(value: &mut Value, place: &str, new: Value) -> bool {
    let in_list = place.rsplit_once('/').is_some_and(|(_, name)| name.parse::<usize>().is_ok());
    *value.pointer_mut(place).unwrap() = new;
    !in_list
}

/// What a record is meaningless without. Everything else may be left out, or be null, anywhere.
#[test]
fn only_these_members_must_be_there() {
    let mut missing = fatal(remove);
    assert_eq!(missing, fatal(|value, place| put(value, place, Value::Null)));
    // The order of members depends on what else is built with the tests.
    missing.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/belvo-client");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("required-members", missing.join("\n")));
}

/// Where text stands, other text may stand, unless it is a day, a time or an amount.
#[test]
fn values_that_are_not_known_are_kept() {
    let refused = fatal(|value, place| {
        let Value::String(text) = value.pointer(place).unwrap() else { return false };
        let is_typed = text.starts_with("20") || text.starts_with("19") || text.parse::<f64>().is_ok();
        !is_typed && put(value, place, Value::from("BRAND_NEW"))
    });
    assert_eq!(refused, [""; 0]);
}

/// An empty text is no day and no time.
#[test]
fn empty_text_is_no_trouble_where_a_day_or_a_time_belongs() {
    let refused = fatal(|value, place| {
        let Value::String(text) = value.pointer(place).unwrap() else { return false };
        text.starts_with("20") && text.contains('-') && put(value, place, Value::from(""))
    });
    assert_eq!(refused, [""; 0]);
}

#[test]
fn members_that_are_not_known_are_no_trouble() {
    for Type { file, reads, .. } in TYPES {
        let mut value: Value = serde_json::from_str(&RECORDS.text(file)).unwrap();
        value["brand_new"] = serde_json::json!({ "a": [1, 2] });
        assert!(reads(&value.to_string()).is_ok(), "{file}");
    }
}

#[test]
fn a_page_may_be_all_but_empty() {
    for body in ["{}", r#"{"results":null}"#, r#"{"count":null,"next":null,"previous":null,"results":[]}"#] {
        assert!(read::<TransactionPage>(body).results.is_empty(), "{body}");
    }
}

#[test]
fn amounts_come_out_digit_for_digit_or_not_at_all() {
    let sent = |amount: &str| format!(r#"{{"id":"1","amount":{amount}}}"#);
    for (amount, shown) in
        [("-0.10", "-0.10"), (r#""12.30""#, "12.30"), ("1e2", "100"), ("0.12345678901234567", "0.12345678901234567")]
    {
        assert_eq!(read::<Transaction>(&sent(amount)).amount.to_string(), shown);
    }
    for amount in ["9.2345678901234567890123456789", r#""NaN""#, "1e400", r#""12,30""#, "true"] {
        let error = belvo_client::runtime::de::from_str::<Transaction>(&sent(amount)).unwrap_err();
        assert_eq!(error.path(), "/amount", "{amount}");
    }
}

/// The error of a call that is answered so.
fn error(answer: Reply) -> Error {
    support::run(async {
        let server = Server::answering(move |_| answer.clone()).await;
        client(&server).list_transactions(LINK).send().await.unwrap_err()
    })
}

#[test]
fn a_page_in_place_of_json_is_a_decode_error_with_its_status() {
    let error = error(reply(200, &[("content-type", "text/html")], "<html>please log in, Alex</html>"));
    assert!(error.is_decode());
    assert_eq!(error.status().unwrap(), 200);
    assert!(!printed(&error).contains("Alex"));
}

#[test]
fn an_answer_of_another_shape_names_the_place() {
    let error = error(json(support::page(r#"{"id":"1","amount":"Alex"}"#)));
    assert!(error.is_decode());
    assert_eq!(error.path(), Some("/results/0/amount"));
    assert!(!printed(&error).contains("Alex"));
}

#[test]
fn a_cut_answer_is_told_from_a_broken_one() {
    let error = error(Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"results\":[".to_vec()));
    assert!(error.is_truncated(), "{error:?}");
}

#[test]
fn a_flood_is_not_swallowed() {
    support::run(async {
        let server = Server::answering(|_| Reply::Flood).await;
        let error = client(&server).list_transactions(LINK).send().await.unwrap_err();
        assert!(error.is_too_large(), "{error:?}");
        assert!(server.flooded() < FLOOD / 2, "{} bytes were read", server.flooded());
    });
}

#[test]
fn an_id_that_fits_no_number_is_whole() {
    let page = support::page(&record("transaction").replacen(ID, "1234567890123456789012345", 1));
    assert_eq!(read::<TransactionPage>(&page).results[0].id.as_str(), "1234567890123456789012345");
}
