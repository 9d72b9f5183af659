//! What `cargo xtask diff` says about each edit, held to the table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::case::Case;
use crate::{BASE, client, for_each};

/// Everything in which the comparison and the table differ.
pub(crate) fn disagreements(cases: &[&'static Case]) -> Vec<String> {
    let scratch = tempfile::tempdir().unwrap();
    let mut found = Vec::new();
    let mut owners: BTreeMap<String, (&str, String)> = BTreeMap::new();
    let mut sets: BTreeMap<BTreeSet<String>, &str> = BTreeMap::new();
    for (case, outcome) in cases.iter().zip(for_each(cases, |case| compare(scratch.path(), case))) {
        let changes = match outcome {
            Ok((changes, faults)) => {
                found.extend(faults.into_iter().map(|fault| format!("{}: {fault}", case.name)));
                changes
            }
            Err(fault) => {
                found.push(format!("{}: {fault}", case.name));
                continue;
            }
        };
        let set: BTreeSet<String> = changes.iter().map(|change| text(change, "fingerprint")).collect();
        if set.len() != changes.len() {
            found.push(format!("{}: changes that share a fingerprint:{}", case.name, shown(&changes)));
        }
        // Part of an edit may be an edit of its own, and is then the same change; the whole never is.
        if let Some(twin) = (!set.is_empty()).then(|| sets.insert(set, case.name)).flatten() {
            found.push(format!("{} and {twin} have the same fingerprints", case.name));
        }
        for change in &changes {
            let (print, told) = (text(change, "fingerprint"), identity(change));
            let owner = owners.entry(print).or_insert_with(|| (case.name, told.clone()));
            if owner.1 != told {
                let (other, said) = &*owner;
                found.push(format!("{} and {other} share a fingerprint:\n    {told}\n    {said}", case.name));
            }
        }
    }
    found
}

/// What an acceptance by fingerprint stands for.
fn identity(change: &Value) -> String {
    ["kind", "place", "wire"].map(|key| text(change, key)).join(" | ")
}

/// Lines of the base document that can be removed, with what they hold, and nobody is told.
pub(crate) fn unnoticed() -> Vec<String> {
    let scratch = tempfile::tempdir().unwrap();
    let base = scratch.path().join("harbour.yaml");
    std::fs::write(&base, BASE).unwrap();
    let lines: Vec<&str> = BASE.lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|start| !lines[*start].is_empty()).collect();
    let outcomes = for_each(&starts, |start| {
        let depth = |line: &str| line.len() - line.trim_start().len();
        let inside = |line: &&&str| !line.is_empty() && depth(line) > depth(lines[*start]);
        let count = 1 + lines[start + 1..].iter().take_while(inside).count();
        let mut left = lines.clone();
        left.drain(*start..start + count);
        let file = scratch.path().join(format!("without-{start}.yaml"));
        std::fs::write(&file, left.join("\n") + "\n").unwrap();
        diff(&base, &file)
    });
    let mut found = Vec::new();
    let mut compared = 0;
    for (start, outcome) in starts.iter().zip(outcomes) {
        match outcome {
            Ok(changes) => {
                compared += 1;
                // One part of `Account` says that it is an object, so that the schema need not.
                let said_twice = lines[*start] == "      type: object" && lines[start + 2] == "      allOf:";
                if changes.is_empty() != said_twice {
                    found.push(format!("line {}: told {} changes:\n{}", start + 1, changes.len(), lines[*start]));
                }
            }
            // What is left is no YAML.
            Err(words) if words.contains("not valid YAML") => {}
            Err(words) => found.push(format!("line {}: {words}", start + 1)),
        }
    }
    assert!(compared > starts.len() * 3 / 4, "{compared} of {} lines", starts.len());
    found
}

/// The changes of one case, and what is wrong with them.
fn compare(scratch: &Path, case: &Case) -> Result<(Vec<Value>, Vec<String>), String> {
    let edited = case.edited(BASE)?;
    // The same names in every case, so that nothing but the edit tells one from another.
    let write = |folder: &str, text: &str| -> PathBuf {
        let folder = scratch.join(case.name).join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("harbour.yaml");
        std::fs::write(&file, text).unwrap();
        file
    };
    let (before, after) = (write("before", BASE), write("after", &edited));
    let changes = diff(&before, &after)?;
    let mut faults = judge(case, &changes);

    let moved = diff(&before, &write("moved", &format!("# One line.\n# Another line.\n{edited}")))?;
    let prints = |changes: &[Value]| changes.iter().map(|change| text(change, "fingerprint")).collect::<BTreeSet<_>>();
    if prints(&moved) != prints(&changes) {
        faults.push("fingerprints depend on the lines of the file".to_owned());
    }
    let back = diff(&after, &before)?;
    let weight =
        |changes: &[Value]| (changes.iter().any(|change| text(change, "severity") != "docs"), !changes.is_empty());
    if weight(&back) != weight(&changes) {
        faults.push(format!("the opposite edit is told otherwise:{}", shown(&back)));
    }
    for change in &changes {
        for key in ["kind", "severity", "place", "subject", "wire", "rust", "fingerprint"] {
            if text(change, key).is_empty() {
                faults.push(format!("a change without `{key}`:{}", shown(std::slice::from_ref(change))));
            }
        }
    }
    Ok((changes, faults))
}

fn judge(case: &Case, changes: &[Value]) -> Vec<String> {
    let mut faults = Vec::new();
    let pair = |change: &Value| format!("{} {}", text(change, "severity"), text(change, "kind"));
    let mut told: Vec<String> = changes.iter().map(pair).collect();
    let mut expected: Vec<String> = case.changes.iter().map(|change| (*change).to_owned()).collect();
    told.sort();
    expected.sort();
    if told != expected {
        faults.push(format!("expected {expected:?}, told:{}", shown(changes)));
    }
    if changes.iter().any(|change| text(change, "severity") == "breaking" && text(change, "rust") == "nothing") {
        faults.push(format!("breaking, and nobody is told what breaks:{}", shown(changes)));
    }
    for (key, words) in [("rust", case.rust), ("wire", case.wire)] {
        let all: String = changes.iter().map(|change| text(change, key) + "\n").collect();
        for word in words.iter().filter(|word| !all.contains(**word)) {
            faults.push(format!("`{key}` does not speak of {word:?}:{}", shown(changes)));
        }
    }
    let fields = |change: &Value| change["normalized"].as_array().cloned().unwrap_or_default();
    let mut normalized: Vec<String> =
        changes.iter().flat_map(fields).filter_map(|field| field.as_str().map(str::to_owned)).collect();
    normalized.sort();
    normalized.dedup();
    if normalized != case.normalized {
        faults.push(format!("expected the fields {:?} of the normalized model, told: {normalized:?}", case.normalized));
    }
    faults
}

fn text(change: &Value, key: &str) -> String {
    change[key].as_str().unwrap_or_default().to_owned()
}

fn shown(changes: &[Value]) -> String {
    let line = |change: &Value| {
        let word = |key| text(change, key);
        let head = format!("{} {} | {}", word("severity"), word("kind"), word("subject"));
        format!("\n    {head} | {} | {}", word("wire"), word("rust"))
    };
    changes.iter().map(line).collect()
}

/// Runs the comparison of two files.
fn diff(before: &Path, after: &Path) -> Result<Vec<Value>, String> {
    let (before, after) = (before.to_str().unwrap(), after.to_str().unwrap());
    let output = client::xtask(&["diff", "--from", before, "--to", after, "--format", "json"]);
    let words = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("the comparison fails: {words}"));
    }
    let answer: Value = serde_json::from_slice(&output.stdout).map_err(|error| format!("no JSON: {error}\n{words}"))?;
    match answer["providers"].as_array().map(Vec::as_slice) {
        Some([provider]) => Ok(provider["changes"].as_array().cloned().unwrap_or_default()),
        Some([]) => Ok(Vec::new()),
        _ => Err(format!("not one provider: {answer}")),
    }
}
