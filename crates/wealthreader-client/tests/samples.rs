//! Every answer that the documentation prints: read into its type and written again, it is the same JSON. Since the
//! types keep only what they know, and nothing is unlisted, that also proves that they know every key.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::{differences, outline, read, sample, written};
use wealthreader_client::types::*;

macro_rules! samples {
    ($($file:literal: $type:ty;)*) => {
        const AGAIN: &[(&str, fn(&str) -> String)] = &[$(($file, |text| written(&read::<$type>(text)))),*];
        const DECODED: &[(&str, fn(&str) -> String)] = &[$(($file, |text| outline(&read::<$type>(text)))),*];
    };
}

samples! {
    "batch-create": BatchReceipt;
    "batch-result": FinancialData;
    "batch-status": BatchStatus;
    "entities": FinancialDataAnswer;
    "entities-list": EntityList;
    "error-codes-list": CodeList;
    "iban-verification": IbanOwnership;
    "tokens-list": TokenPage;
    "tokens-reassign": Receipt;
    "tokens-revoke": Receipt;
    "user-check": UserStatus;
    "user-register": Receipt;
    "user-unregister": Receipt;
    "warning-codes-list": CodeList;
    "widget-domain-add": Receipt;
}

/// Where what is written differs from what was read, and why. Each must occur.
const DEVIATIONS: &[(&str, &str, &str)] = &[
    ("batch-result", r#"/payload/accounts/0/transactions/0/categorization/type: 1 -> "1""#, TYPE_IS_TEXT),
    ("batch-result", r#"/payload/cards/0/transactions/0/categorization/type: 0 -> "0""#, TYPE_IS_TEXT),
    ("batch-result", r#"/payload/confirming/0/next_payment_date: "" -> nothing"#, NO_DATE),
    ("batch-result", r#"/payload/factoring/0/next_payment_date: "" -> nothing"#, NO_DATE),
    ("entities", r#"/0/payload/accounts/0/transactions/0/categorization/type: 1 -> "1""#, TYPE_IS_TEXT),
    ("entities", r#"/0/payload/cards/0/transactions/0/categorization/type: 0 -> "0""#, TYPE_IS_TEXT),
    ("entities", r#"/0/payload/confirming/0/next_payment_date: "" -> nothing"#, NO_DATE),
    ("entities", r#"/0/payload/factoring/0/next_payment_date: "" -> nothing"#, NO_DATE),
];
const TYPE_IS_TEXT: &str = "a category is a number here and text elsewhere";
const NO_DATE: &str = "an empty text is no date";

#[test]
fn samples_come_out_as_they_went_in() {
    let mut found = Vec::new();
    for (file, again) in AGAIN {
        let text = sample(&format!("{file}.response"));
        found.extend(differences(&text, &again(&text)).into_iter().map(|line| format!("{file}{line}")));
    }
    let known: Vec<_> = DEVIATIONS.iter().map(|(file, line, _)| format!("{file}{line}")).collect();
    assert_eq!(found, known);
}

/// What a program sees of each sample: types, open enums, and what `Debug` hides.
#[test]
fn samples_decode_to_what_was_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/wealthreader-client/decoded");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (file, decoded) in DECODED {
        let shown = decoded(&sample(&format!("{file}.response")));
        settings.bind(|| insta::assert_snapshot!(*file, shown));
        assert!(!shown.contains("Unrecognized"), "{file} has a form or value that its type does not know");
        for line in shown.lines().filter(|line| line.trim_start().starts_with("unlisted: ")) {
            assert!(line.trim() == "unlisted: {},", "{file}: {line}");
        }
    }
}

#[test]
fn the_table_is_complete() {
    let mut covered: Vec<_> = AGAIN.iter().map(|(file, _)| format!("{file}.response.json")).collect();
    covered.sort_unstable();
    assert_eq!(support::SAMPLES.names(".response.json"), covered);
    for (file, line, reason) in DEVIATIONS {
        assert!(AGAIN.iter().any(|(known, _)| known == file), "`{line}` ({reason}) is about no sample");
    }
}

#[test]
fn all_groups_of_products_are_read() {
    let answer: FinancialDataAnswer = read(&sample("entities.response"));
    let financials = answer.data().unwrap().financials().unwrap().unwrap();
    assert_eq!(financials.portfolios.as_ref().unwrap()[0].positions().unwrap().len(), 1);
    assert_eq!(financials.cards.as_ref().unwrap()[0].holders().unwrap().len(), 1);
    let groups = [
        financials.user_information.is_some(),
        financials.portfolios.is_some(),
        financials.bonds.is_some(),
        financials.accounts.is_some(),
        financials.cards.is_some(),
        financials.receipts.is_some(),
        financials.loans.is_some(),
        financials.deposits.is_some(),
        financials.leases.is_some(),
        financials.properties.is_some(),
        financials.files.is_some(),
        financials.contracts.is_some(),
        financials.factoring.is_some(),
        financials.confirming.is_some(),
        financials.employment.is_some(),
        financials.guarantees.is_some(),
    ];
    assert_eq!(groups, [true; 16]);
}
