//! Every sample that the documentation prints, and one of every record with all members that the provider's
//! description lists: read into its type and written again, it is the same JSON. Since the types keep only what they
//! know, that also proves that they know every key.
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

use belvo_client::types::{ErrorItem, Transaction};
use support::records::{TYPES, Type};
use support::{RECORDS, SAMPLES, differences};

/// Every printed sample by its file, in order.
const PRINTED: &[Type] = &[
    Type::new::<Vec<ErrorItem>>("error.response.json"),
    Type::new::<Transaction>("transactions-detail.response.json"),
];

/// Where what is written differs from what was read, and why. Each must occur.
const DEVIATIONS: &[(&str, &str, &str)] = &[
    ("transactions-detail.response.json", "/account/funds_data: null -> nothing", ANYTHING),
    ("transactions-detail.response.json", r#"/mcc: 5137 -> "5137""#, DIGITS),
    ("account.json", "/funds_data: null -> nothing", ANYTHING),
    ("bill.json", "/account/funds_data: null -> nothing", ANYTHING),
    ("charge.json", "/transactions/0/payer: null -> nothing", ANYTHING),
    ("exchange.json", r#"/authorized_institution_identifier: 11225860000140 -> "11225860000140""#, DIGITS),
    ("exchange.json", r#"/intermediary_institution_identifier: 11225860000140 -> "11225860000140""#, DIGITS),
    ("institution.json", r#"/id: 1003 -> "1003""#, DIGITS),
    ("payment-intent.json", "/charges/0/transactions/0/payer: null -> nothing", ANYTHING),
    ("payment-transaction.json", "/payer: null -> nothing", ANYTHING),
    ("recurring-expense.json", "/account/funds_data: null -> nothing", ANYTHING),
    ("tax-retention.json", r#"/code: 25 -> "25""#, DIGITS),
    ("transaction.json", "/account/funds_data: null -> nothing", ANYTHING),
    ("transaction.json", r#"/mcc: 5137 -> "5137""#, DIGITS),
];
const ANYTHING: &str = "null is nothing where any JSON may stand";
const DIGITS: &str = "ids and codes are text, whatever they were sent as";

#[test]
fn samples_and_records_come_out_as_they_went_in() {
    let mut found = Vec::new();
    for (folder, table) in [(SAMPLES, PRINTED), (RECORDS, TYPES)] {
        for Type { file, pass, .. } in table {
            let text = folder.text(file);
            let (written, _) = pass(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
            let lines = differences(&text, &written);
            found.extend(lines.into_iter().map(|line| format!("{file}{line}")));
        }
    }
    let known: Vec<_> = DEVIATIONS.iter().map(|(file, line, _)| format!("{file}{line}")).collect();
    assert_eq!(found, known);
}

/// What a program sees of each sample: types, open enums, and what `Debug` hides.
#[test]
fn samples_decode_to_what_was_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/belvo-client/decoded");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for Type { file, pass, .. } in PRINTED {
        let name = file.trim_end_matches(".response.json");
        settings.bind(|| insta::assert_snapshot!(name, pass(&SAMPLES.text(file)).unwrap().1));
    }
}

#[test]
fn the_tables_are_complete() {
    for (folder, table) in [(SAMPLES, PRINTED), (RECORDS, TYPES)] {
        assert_eq!(folder.names(".json"), table.iter().map(|known| known.file).collect::<Vec<_>>());
    }
    for (file, line, reason) in DEVIATIONS {
        let known = PRINTED.iter().chain(TYPES).any(|known| known.file == *file);
        assert!(known, "`{line}` ({reason}) is about nothing");
    }
}
