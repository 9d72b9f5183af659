//! What the documentation prints: read into its type and written again, it is the same JSON. Since the types keep only what
//! they know, that also proves that they know every key.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use khipu_client::runtime as rt;
use khipu_client::types::Envelope;
use support::{differences, outline, sample};

fn read(text: &str) -> Envelope {
    rt::de::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn the_sample_answer_comes_out_as_it_went_in() {
    let text = sample("response");
    let envelope = read(&text);
    assert_eq!(differences(&text, &serde_json::to_string(&envelope).unwrap()), [""; 0]);
    let Some(khipu_client::types::OperationData::BalanceData(data)) = envelope.data.as_ref() else { panic!() };
    assert!(data.unlisted.is_empty(), "keys that are not described: {:?}", data.unlisted);
}

#[test]
fn the_sample_request_is_what_the_types_write() {
    let written = serde_json::to_string(&support::request()).unwrap();
    assert_eq!(differences(&sample("request"), &written), [""; 0]);
}

/// What a program sees of the sample: types, open enums, and what `Debug` hides.
#[test]
fn the_sample_answer_decodes_to_what_was_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/khipu-client/decoded");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let name = "santander-ar-pending-current-day-balances";
    settings.bind(|| insta::assert_snapshot!(name, outline(&read(&sample("response")))));
}

#[test]
fn every_sample_is_here() {
    let mut found: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort_unstable();
    let name = "santander-ar-pending-current-day-balances";
    assert_eq!(found, [format!("{name}.request.json"), format!("{name}.response.json")]);
}
