//! Twenty changes of a real document, seen through another dress: each is found, and nothing else is.

use serde_json::{Value, json};

use super::compare;
use super::dress::foreign;
use crate::commands;
use crate::spec::Spec;

/// A change of the curated document as if the provider had made it, and what it has to be called.
type Change = (fn(&mut Value), &'static str);

const CHANGES: [Change; 20] = [
    (
        |root| drop(remove(root, "/paths/~1api~1owners~1{id}~1", "delete")),
        "operation only here: DELETE /api/owners/{id}/",
    ),
    (
        |root| put(root, "/paths", "/api/labels/", json!({ "get": { "responses": { "204": { "description": "" } } } })),
        "operation only there: GET /api/labels/",
    ),
    (
        |root| {
            list(root, "/paths/~1api~1accounts~1/get/parameters")
                .retain(|known| known["$ref"] != "#/components/parameters/Link");
        },
        "parameter only here: GET /api/accounts/ query link",
    ),
    (
        |root| {
            let label = json!({ "name": "label", "in": "query", "schema": { "type": "string" } });
            push(root, "/paths/~1api~1accounts~1/get/parameters", label);
        },
        "parameter only there: GET /api/accounts/ query label",
    ),
    (
        |root| put(root, "/components/parameters/PageSize", "required", json!(true)),
        "required only there: parameter PageSize",
    ),
    (
        |root| put(root, "/components/parameters/Page/schema", "type", json!("string")),
        "type differs: parameter Page: integer here, string there",
    ),
    (
        |root| put(root, "/components/parameters/IdIn", "explode", json!(true)),
        "style differs: parameter IdIn: form, one value here, form, a name each there",
    ),
    (
        |root| drop(remove(root, "/components/schemas/Account/properties", "agency")),
        "property only here: Account.agency",
    ),
    (
        |root| put(root, "/components/schemas/Account/properties", "label", json!({ "type": "string" })),
        "property only there: Account.label",
    ),
    (
        |root| drop(remove(root, "/components/schemas/Account/properties/balance_type", "nullable")),
        "null only here: Account.balance_type",
    ),
    (
        |root| put(root, "/components/schemas/Account/properties/created_at", "nullable", json!(true)),
        "null only there: Account.created_at",
    ),
    (
        |root| put(root, "/components/schemas/Account/properties/collected_at", "format", json!("date")),
        "format differs: Account.collected_at: date-time here, date there",
    ),
    (
        |root| put(root, "/components/schemas/Account/properties/name", "type", json!("integer")),
        "type differs: Account.name: string here, integer there",
    ),
    (
        |root| push(root, "/components/schemas/BillPaymentMode/enum", json!("COINS")),
        "value only there: BillPayment.payment_mode \"COINS\"",
    ),
    (
        |root| drop(list(root, "/components/schemas/BillPaymentType/enum").remove(0)),
        "value only here: BillPayment.type \"INSTALLMENT\"",
    ),
    (
        |root| push(root, "/components/schemas/Resumption/required", json!("save_data")),
        "required only there: Resumption.save_data",
    ),
    (
        |root| drop(remove(root, "/paths/~1api~1accounts~1/post/responses", "201")),
        "status only here: POST /api/accounts/ 201",
    ),
    (|root| drop(remove(root, "/paths/~1api~1bills~1/post", "requestBody")), "body only here: POST /api/bills/"),
    (
        |root| {
            put(root, "/paths/~1api~1links~1/get/responses/200/content", "text/csv", json!({ "schema": {} }));
        },
        "media type only there: GET /api/links/ 200 text/csv",
    ),
    (|root| drop(remove(root, "/x-webhooks", "payments")), "callback only here: payments"),
];

fn at<'v>(root: &'v mut Value, pointer: &str) -> &'v mut Value {
    root.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"))
}

fn put(root: &mut Value, pointer: &str, key: &str, value: Value) {
    at(root, pointer)[key] = value;
}

fn push(root: &mut Value, pointer: &str, value: Value) {
    list(root, pointer).push(value);
}

fn list<'v>(root: &'v mut Value, pointer: &str) -> &'v mut Vec<Value> {
    at(root, pointer).as_array_mut().unwrap_or_else(|| panic!("no list at {pointer}"))
}

fn remove(root: &mut Value, pointer: &str, key: &str) -> Value {
    let removed = at(root, pointer).as_object_mut().and_then(|object| object.remove(key));
    removed.unwrap_or_else(|| panic!("nothing at {pointer}/{key}"))
}

fn curated(provider: &str) -> Spec {
    let path = commands::workspace().join(format!("specs/{provider}.yaml"));
    Spec::load(&path, provider).unwrap_or_else(|error| panic!("{error}"))
}

/// The keys of all differences between a document and a changed one in its foreign dress.
fn keys(here: &Spec, theirs: &Value) -> Vec<String> {
    let there =
        Spec::parse(&foreign(theirs).to_string(), "theirs.json", true).unwrap_or_else(|error| panic!("{error}"));
    let findings = compare(here, &there).unwrap_or_else(|error| panic!("{error}"));
    findings.into_iter().map(|finding| finding.key).collect()
}

#[test]
fn another_dress_is_no_difference() {
    for provider in ["belvo", "khipu", "saltedge", "wealthreader"] {
        let here = curated(provider);
        assert_eq!(keys(&here, &here.root), Vec::<String>::new(), "{provider}");
    }
}

#[test]
fn a_document_is_like_itself() {
    for provider in ["belvo", "khipu", "saltedge", "wealthreader"] {
        let here = curated(provider);
        let findings = compare(&here, &here).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(findings.len(), 0, "{provider}: {findings:?}");
    }
}

#[test]
fn twenty_changes_are_found_and_nothing_else() {
    let here = curated("belvo");
    let mut theirs = here.root.clone();
    for (change, _) in CHANGES {
        change(&mut theirs);
    }
    let mut expected: Vec<String> = CHANGES.iter().map(|(_, key)| (*key).to_owned()).collect();
    let mut found = keys(&here, &theirs);
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}
