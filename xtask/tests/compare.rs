//! `cargo xtask compare`, as a person sees it: the real program on an invented bank and what others say about it.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

struct Outcome {
    code: Option<i32>,
    out: String,
    err: String,
}

fn compare(arguments: &[&str]) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.arg("compare").args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Outcome { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/xtask-compare");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

const BANK: &str = "tests/compare/bank.yaml";
const OTHER: &str = "tests/compare/other-30.yaml";

#[test]
fn the_same_in_another_dress_is_no_difference() {
    let outcome = compare(&[BANK, "tests/compare/same-31.json"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""), "{}", outcome.out);
    settings().bind(|| insta::assert_snapshot!("same", outcome.out));
}

#[test]
fn every_group_of_differences() {
    for (name, format) in [("other", "text"), ("other-markdown", "markdown"), ("other-json", "json")] {
        let outcome = compare(&[BANK, OTHER, "--format", format]);
        assert_eq!((outcome.code, outcome.err.as_str()), (Some(1), ""));
        settings().bind(|| insta::assert_snapshot!(name, outcome.out));
        assert_eq!(outcome.out, compare(&[BANK, OTHER, "--format", format]).out, "the same again");
    }
}

#[test]
fn the_other_side_of_each() {
    let outcome = compare(&[OTHER, BANK]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(1), ""));
    settings().bind(|| insta::assert_snapshot!("other-way-round", outcome.out));
}

#[test]
fn a_difference_of_a_shared_schema_is_told_once() {
    let outcome = compare(&[BANK, OTHER, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let found: Vec<_> =
        findings.iter().filter(|finding| finding["key"] == "null only there: Account.balance").collect();
    assert_eq!(found.len(), 1);
    let shows: Vec<&str> = found[0]["shows_in"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(shows, ["list_accounts", "create_account", "show_account"]);
}

#[test]
fn reasons_explain() {
    let outcome = compare(&[BANK, OTHER, "--ignore", "tests/compare/lists/some.yaml"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(1), ""));
    settings().bind(|| insta::assert_snapshot!("some-reasons", outcome.out));
}

#[test]
fn the_list_beside_the_document_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let bank = folder.path().join("bank.yaml");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(BANK), &bank).unwrap();
    std::fs::create_dir(folder.path().join("compare")).unwrap();
    std::fs::write(folder.path().join("compare/bank.yaml"), "- { what: '*', reason: Everything is meant. }\n").unwrap();
    let outcome = compare(&[bank.to_str().unwrap(), OTHER]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""), "{}", outcome.out);
    assert!(outcome.out.contains("no difference without a reason"), "{}", outcome.out);
}

#[test]
fn what_is_suggested_explains_everything_once_it_has_reasons() {
    let suggested = compare(&[BANK, OTHER, "--suggest"]);
    assert_eq!((suggested.code, suggested.err.as_str()), (Some(1), ""));
    settings().bind(|| insta::assert_snapshot!("suggested", suggested.out));

    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("reasons.yaml");
    std::fs::write(&list, &suggested.out).unwrap();
    let refused = compare(&[BANK, OTHER, "--ignore", list.to_str().unwrap()]);
    assert!(refused.err.contains("an entry without `reason`"), "an empty reason is none: {}", refused.err);

    std::fs::write(&list, suggested.out.replace("reason: ''", "reason: It is meant.")).unwrap();
    let explained = compare(&[BANK, OTHER, "--ignore", list.to_str().unwrap()]);
    assert_eq!((explained.code, explained.err.as_str()), (Some(0), ""), "{}", explained.out);
}

#[test]
fn every_curated_belvo_reason_is_well_formed() {
    // Against itself nothing differs, so that each entry has to be called stale, and none malformed.
    let outcome = compare(&["belvo", "../specs/belvo.yaml"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.out.contains("no difference without a reason, 0 explained"), "{}", outcome.out);
    assert!(outcome.err.contains("explains nothing"), "{}", outcome.err);
    assert!(!outcome.err.contains("an entry without"), "{}", outcome.err);
    assert!(!outcome.err.contains("stands twice"), "{}", outcome.err);
}

fn refused(name: &str, arguments: &[&str]) {
    let outcome = compare(arguments);
    assert_eq!(outcome.code, Some(1), "{name}: {}", outcome.err);
    assert!(outcome.err.contains("help: "), "{name} shows no way out: {}", outcome.err);
    settings().bind(|| insta::assert_snapshot!(name, outcome.err));
}

#[test]
fn lists_that_cannot_be_used() {
    refused("stale-reasons", &[BANK, OTHER, "--ignore", "tests/compare/lists/stale.yaml"]);
    refused("mistaken-reasons", &[BANK, OTHER, "--ignore", "tests/compare/lists/mistakes.yaml"]);
    refused("no-list", &[BANK, OTHER, "--ignore", "tests/compare/lists/no-list.yaml"]);
    refused("missing-list", &[BANK, OTHER, "--ignore", "tests/compare/lists/nowhere.yaml"]);
}

#[test]
fn descriptions_that_cannot_be_used() {
    refused("missing-description", &[BANK, "tests/compare/nowhere.json"]);
    refused("swagger-2", &[BANK, "tests/compare/swagger-2.yaml"]);
    refused("broken-reference", &[BANK, "tests/compare/broken-reference.yaml"]);
}
