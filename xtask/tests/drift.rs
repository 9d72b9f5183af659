//! `cargo xtask drift`, as a person sees it: the real program on an invented bank and what it answered.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

struct Outcome {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Files are named without their folder.
fn drift(files: &[&str], arguments: &[&str]) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["drift", "tests/drift/bank.yaml"]).args(files.iter().map(|file| format!("tests/drift/{file}")));
    let output = command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let outcome = Outcome { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
    // Everything secret and personal in the recordings, and every part of an address, begins with this.
    assert!(!outcome.out.contains("HUSH") && !outcome.err.contains("HUSH"), "{}{}", outcome.out, outcome.err);
    assert!(!outcome.err.contains("panicked"), "{}", outcome.err);
    outcome
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/xtask-drift");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// What is found.
fn found(name: &str, files: &[&str], arguments: &[&str]) {
    let outcome = drift(files, arguments);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(1), ""), "{name}: {}", outcome.out);
    settings().bind(|| insta::assert_snapshot!(name, outcome.out));
}

#[test]
fn every_kind_of_drift() {
    found("page", &["page.json"], &[]);
    found("page-markdown", &["page.json"], &["--format", "markdown"]);
    found("page-json", &["page.json"], &["--format", "json"]);
}

#[test]
fn values_are_shown_on_demand_but_no_sensitive_one() {
    // The text `crypto` is a value: without the flag it is nowhere.
    assert!(!drift(&["page.json"], &[]).out.contains("crypto"));
    assert!(!drift(&["page.json"], &["--format", "json"]).out.contains("crypto"));
    found("page-with-values", &["page.json"], &["--show-values"]);
    assert!(drift(&["page.json"], &["--show-values", "--format", "json"]).out.contains("crypto"));
}

#[test]
fn what_is_described_is_no_drift() {
    let outcome = drift(&["as-described.json"], &[]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    settings().bind(|| insta::assert_snapshot!("as-described", outcome.out));
}

#[test]
fn a_value_a_line() {
    found("changes", &["changes.jsonl"], &[]);
}

#[test]
fn answers_that_fit_several_schemas() {
    let outcome = drift(&["either.json"], &[]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    settings().bind(|| insta::assert_snapshot!("either", outcome.out));
}

#[test]
fn what_the_user_says_decides() {
    found("as-operation", &["as-described.json"], &["--operation", "list_accounts"]);
    found("as-status", &["as-described.json"], &["--operation", "list_accounts", "--status", "4XX"]);
    found("as-callback", &["as-described.json"], &["--callback", "account_changed"]);
    found("as-schema", &["as-described.json"], &["--schema", "Company"]);
}

#[test]
fn exchanges_that_a_browser_saved() {
    found("session", &["session.har"], &[]);
}

#[test]
fn what_fits_nothing() {
    found("stranger", &["stranger.json", "as-described.json"], &[]);
}

#[test]
fn mistakes() {
    let mistakes: [(&str, &str, &[&str]); 11] = [
        ("missing", "nowhere.json", &[]),
        ("broken", "broken.json", &[]),
        ("broken-line", "broken.jsonl", &[]),
        ("empty", "empty.json", &[]),
        ("bad-base64", "bad-base64.har", &[]),
        ("bad-body", "bad-body.har", &[]),
        ("no-json", "no-json.har", &[]),
        ("elsewhere", "elsewhere.har", &[]),
        ("no-operation", "page.json", &["--operation", "list_acounts"]),
        ("no-status", "page.json", &["--operation", "show_account", "--status", "201"]),
        ("no-schema", "page.json", &["--schema", "Acount"]),
    ];
    for (name, file, arguments) in mistakes {
        let outcome = drift(&[file], arguments);
        assert_eq!((outcome.code, outcome.out.as_str()), (Some(1), ""), "{name}: {}", outcome.err);
        assert!(outcome.err.contains("help: "), "{name} shows no way out: {}", outcome.err);
        settings().bind(|| insta::assert_snapshot!(format!("mistake-{name}"), outcome.err));
    }
}

#[test]
fn every_recording_is_used() {
    let source = include_str!("drift.rs");
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drift")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(source.contains(name), "no test reads {}", path.display());
    }
}
