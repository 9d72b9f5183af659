//! Kinds of edits of a specification, each with what `cargo xtask diff` has to say about it, and the proof by the compiler:
//! a client is generated before and after, and code that was written for the one is compiled against the other.
//!
//! Where the comparison and the compiler disagree, the compiler is right.

#![allow(clippy::unwrap_used, clippy::panic)]

mod case;
mod client;
mod compiler;
mod engine;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use case::Proof;

const BASE: &str = include_str!("base.yaml");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kinds")
}

/// The callers, by the names of their files.
fn callers() -> BTreeSet<String> {
    let files = std::fs::read_dir(folder().join("callers")).unwrap();
    files.map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// Does something for each case on all processors; what it says comes in the order of the table.
fn for_each<C: Sync, T: Send>(cases: &[C], task: impl Fn(&C) -> T + Sync) -> Vec<T> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let results = std::sync::Mutex::new(BTreeMap::new());
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(case) = cases.get(index) else { break };
                    let result = task(case);
                    results.lock().unwrap().insert(index, result);
                }
            });
        }
    });
    results.into_inner().unwrap().into_values().collect()
}

#[test]
fn the_base_document_keeps_the_house_rules() {
    let output = client::xtask(&["lint", "--spec", folder().join("base.yaml").to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_table_is_in_order() {
    let cases = table::all();
    assert!(cases.len() >= 70, "{} kinds", cases.len());
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name).collect();
    assert_eq!(names.len(), cases.len(), "two cases of one name");
    let faults: Vec<String> = cases.iter().filter_map(|case| case.edited(BASE).err()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let mut documents = BTreeMap::new();
    for case in &cases {
        let twin = documents.insert(case.edited(BASE).unwrap(), case.name);
        assert!(twin.is_none(), "{} and {} are the same edit", case.name, twin.unwrap());
        let breaking = case.changes.iter().any(|change| change.starts_with("breaking "));
        assert_eq!(breaking, !matches!(case.proof, Proof::Compiles), "{}: proof and severity disagree", case.name);
    }
    let used: BTreeSet<String> = cases
        .iter()
        .filter_map(|case| match case.proof {
            Proof::Breaks { caller, .. } => Some(caller.to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(used, callers(), "callers of which no case breaks one, or that are not there");
}

/// Fails with everything that was found, if anything was.
fn none(found: &[String]) {
    assert!(found.is_empty(), "{} disagreements\n{}\n", found.len(), found.join("\n"));
}

#[test]
fn the_compiler_agrees() {
    none(&compiler::disagreements(&table::all(), &callers()));
}

#[test]
fn the_comparison_agrees() {
    none(&engine::disagreements(&table::all()));
}

#[test]
fn nothing_is_removed_unnoticed() {
    none(&engine::unnoticed());
}
