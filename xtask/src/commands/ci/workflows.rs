//! The workflows of the hosting site only call what runs on any machine, and keep what such files should.

#![allow(clippy::unwrap_used)]

use clap::Parser as _;
use serde_json::Value;

use super::STEPS;
use crate::spec::Spec;

/// Each workflow: its file's name, and what stands in it.
fn workflows() -> Vec<(String, Value)> {
    let folder = super::super::workspace().join(".github/workflows");
    let mut found: Vec<(String, Value)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let root = Spec::load(&path, &name).unwrap_or_else(|error| panic!("{error}")).root;
            (name, root)
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(found.len() >= 3, "the workflows were not found");
    found
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// What is wrong with a workflow.
fn faults(workflow: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |place: &str, what: &str| faults.push(format!("{place}: {what}"));
    for (name, _) in members(workflow) {
        if !["name", "on", "permissions", "concurrency", "jobs", "env"].contains(&name.as_str()) {
            fault(name, "is no part of a workflow");
        }
    }
    if workflow["permissions"] != serde_json::json!({"contents": "read"}) {
        fault("permissions", "more than reading, or unsaid");
    }
    if workflow["on"].get("pull_request_target").is_some() {
        fault("on", "foreign code would run with our rights");
    }
    if members(&workflow["jobs"]).next().is_none() {
        fault("jobs", "there is none");
    }
    for (name, job) in members(&workflow["jobs"]) {
        if !job["runs-on"].is_string() || !job["timeout-minutes"].is_number() {
            fault(name, "says not where it runs, or for how long at most");
        }
        for step in job["steps"].as_array().into_iter().flatten() {
            match (step["uses"].as_str(), step["run"].as_str()) {
                (Some(uses), None) if uses.contains("@v") => {}
                (None, Some(line)) => {
                    if let Err(what) = runs_anywhere(line) {
                        fault(name, &format!("`{line}`: {what}"));
                    }
                }
                _ => fault(name, "a step either uses an action of a version or runs a line"),
            }
        }
    }
    faults
}

/// Whether a line is one that people can type as well.
fn runs_anywhere(line: &str) -> Result<(), String> {
    if line.contains("${{") {
        return Err("what others write would become part of the command: pass it by `env`".to_owned());
    }
    if line.lines().count() > 1 {
        return Err("one command a step".to_owned());
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        [".ci/run"] | ["rustup", "toolchain", "install", ..] | ["cargo", "install", _, "--locked"] => Ok(()),
        ["cargo", "xtask", "ci", steps @ ..] => {
            match steps.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
                None => Ok(()),
                Some(unknown) => Err(format!("there is no step `{unknown}`")),
            }
        }
        ["cargo", "xtask", ..] => {
            // What comes after is the shell's.
            let ours = words.iter().skip(1).take_while(|word| **word != ">>").map(|word| word.trim_matches('"'));
            match crate::Arguments::try_parse_from(ours) {
                Ok(_) => Ok(()),
                Err(error) => Err(error.to_string().lines().next().unwrap_or_default().to_owned()),
            }
        }
        _ => Err("it runs here alone".to_owned()),
    }
}

#[test]
fn workflows_run_what_runs_anywhere() {
    for (name, workflow) in workflows() {
        assert_eq!(faults(&workflow), [""; 0], "{name}");
    }
}

#[test]
fn the_oldest_rust_is_the_promised_one() {
    let root = super::super::workspace();
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let promised = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap().trim_matches('"');
    let workflow = std::fs::read_to_string(root.join(".github/workflows/ci.yml")).unwrap();
    assert!(workflow.contains(&format!("rustup toolchain install {promised} ")), "Rust {promised}");
}

#[test]
fn what_is_wrong_is_found() {
    let broken = r#"
name: broken
on: { pull_request_target: }
permissions: { contents: write }
jobs:
  loose:
    steps:
      - uses: actions/checkout@main
      - run: cargo xtask ci nonsense
      - run: cargo xtask nonsense
      - run: echo ${{ github.event.pull_request.title }}
      - run: curl example.com
"#;
    let workflow = Spec::parse(broken, "broken.yml", false).unwrap_or_else(|error| panic!("{error}")).root;
    assert_eq!(
        faults(&workflow),
        [
            "permissions: more than reading, or unsaid",
            "on: foreign code would run with our rights",
            "loose: says not where it runs, or for how long at most",
            "loose: a step either uses an action of a version or runs a line",
            "loose: `cargo xtask ci nonsense`: there is no step `nonsense`",
            "loose: `cargo xtask nonsense`: error: unrecognized subcommand 'nonsense'",
            "loose: `echo ${{ github.event.pull_request.title }}`: what others write would become part of the command: pass it by `env`",
            "loose: `curl example.com`: it runs here alone",
        ]
    );
}
