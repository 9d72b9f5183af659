//! What the tool says about specifications that cannot be used, as a person sees it: the real program, its exit code and
//! its words.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/xtask-errors");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

fn refused(name: &str, arguments: &[&str]) {
    let output = xtask(arguments);
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{name}: {words}");
    assert!(!words.contains("panicked") && !words.contains("backtrace"), "{name}: {words}");
    assert!(words.contains("help: "), "{name} shows no way out: {words}");
    settings().bind(|| insta::assert_snapshot!(name.replace('/', "-"), words));
}

/// For a document by others: what stops generation.
fn codegen(name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    refused(
        name,
        &["codegen", "--spec", &format!("tests/errors/{name}.yaml"), "--crate", "bank", "--out", out.to_str().unwrap()],
    );
    assert!(!out.exists(), "{name}: something was written");
}

/// For a curated document: what the house rules refuse.
fn lint(name: &str) {
    refused(name, &["lint", "--spec", &format!("tests/errors/{name}.yaml")]);
}

macro_rules! refusals {
    ($check:ident: $($test:ident = $name:literal),* $(,)?) => {
        $(#[test] fn $test() { $check($name); })*
    };
}

refusals! { codegen:
    yaml_syntax = "yaml-syntax",
    openapi_31 = "openapi-31",
    unresolved_ref = "unresolved-ref",
    operation_id_missing = "operation-id-missing",
    operation_id_twice = "operation-id-twice",
    answers_not_united = "answers-not-united",
    path_parameter_not_in_template = "path-parameter-not-in-template",
    same_rust_name = "same-rust-name",
    parameters_that_meet = "parameters-that-meet",
    enum_case = "enum-case",
    version_not_ascii = "version-not-ascii",
    decimal_on_integer = "decimal-on-integer",
}

refusals! { lint:
    example_contradicts_schema = "house/example-contradicts-schema",
    unknown_extension = "house/unknown-extension",
    amount_as_float = "house/amount-as-float",
    undocumented_errors = "house/undocumented-errors",
    unknown_field = "house/unknown-field",
    unknown_subject = "house/unknown-subject",
    record_not_fed = "house/record-not-fed",
    field_without_record = "house/field-without-record",
}

#[test]
fn every_fixture_is_used() {
    let source = include_str!("errors.rs");
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let stem = path.file_stem().unwrap().to_str().unwrap();
                assert!(source.contains(&format!("{stem}\"")), "no test reads {}", path.display());
            }
        }
    }
}

#[test]
fn a_provider_that_is_not_there() {
    let output = xtask(&["codegen", "saltegde"]);
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    settings().bind(|| insta::assert_snapshot!("unknown-provider", words));
}

#[test]
fn a_file_that_is_not_there() {
    refused("missing-file", &["lint", "--spec", "tests/errors/nowhere.yaml"]);
}

#[test]
fn check_names_what_differs_and_how_to_cure_it() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("bank.yaml");
    let text = include_str!("errors/house/unknown-extension.yaml").replace(", x-sensitve: personal", "");
    std::fs::write(&spec, &text).unwrap();
    let (spec_name, out) = (spec.to_str().unwrap(), folder.path().join("out"));
    let arguments = ["codegen", "--spec", spec_name, "--crate", "bank", "--out", out.to_str().unwrap()];
    let checked: Vec<&str> = arguments.iter().copied().chain(["--check"]).collect();

    let before = xtask(&checked);
    assert_eq!(before.status.code(), Some(1), "nothing is generated yet");
    assert!(!out.exists(), "--check writes nothing");

    assert!(xtask(&arguments).status.success());
    assert!(xtask(&checked).status.success(), "just generated");
    let generated = std::fs::read_to_string(out.join("src/generated/types/account.rs")).unwrap();

    std::fs::write(
        &spec,
        text.replace("id: { type: string, format: id,", "id: { type: integer,")
            .replace("example: { id: '1' }", "example: { id: 1 }"),
    )
    .unwrap();
    std::fs::write(out.join("src/generated/types/forgotten.rs"), "").unwrap();
    let after = xtask(&checked);
    assert_eq!(after.status.code(), Some(1));
    assert_eq!(
        std::fs::read_to_string(out.join("src/generated/types/account.rs")).unwrap(),
        generated,
        "--check writes nothing"
    );
    let words = String::from_utf8(after.stderr).unwrap().replace(folder.path().to_str().unwrap(), "DIR");
    let mut settings = settings();
    settings.add_filter("[0-9a-f]{64}", "[sha-256]");
    settings.bind(|| insta::assert_snapshot!("check-differs", words));
}
