//! The pages of the guide: all of them are there, their links lead somewhere, what they name exists.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bankfeed_sandbox::Rule;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide")
}

/// Pages by their names, the definitions that the documentation goes by left out.
fn pages() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let named = files.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path));
    named
        .filter(|(name, _)| name != "links.md")
        .map(|(name, path)| (name, std::fs::read_to_string(path).unwrap()))
        .collect()
}

/// `[label]: target`, by label.
fn definitions(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: "));
    lines.map(|(label, target)| (label.to_owned(), target.to_owned())).collect()
}

#[test]
fn every_link_leads_to_a_file_here_and_to_a_module_there() {
    let there = definitions(&std::fs::read_to_string(folder().join("links.md")).unwrap());
    let mut used = BTreeSet::new();
    for (page, text) in pages() {
        let prose: Vec<&str> = text.lines().filter(|line| !line.contains("]: ")).collect();
        let prose = prose.join("\n").to_lowercase();
        for (label, target) in definitions(&text) {
            assert!(folder().join(&target).exists(), "{page}: {target} is not there");
            assert!(there.contains_key(&label), "{page}: links.md has no [{label}]");
            assert!(prose.contains(&format!("[{}]", label.to_lowercase())), "{page}: [{label}] is not used");
            used.insert(label);
        }
        for label in there.keys().filter(|label| prose.contains(&format!("[{}]", label.to_lowercase()))) {
            assert!(
                definitions(&text).contains_key(label),
                "{page}: [{label}] leads nowhere outside the documentation"
            );
        }
    }
    assert_eq!(used, there.into_keys().collect(), "links.md has what no page needs");
}

#[test]
fn every_page_is_in_the_index_and_in_the_documentation() {
    let pages = pages();
    let index = definitions(&pages["README.md"]);
    let modules = std::fs::read_to_string(folder().join("../../src/guide.rs")).unwrap();
    for page in pages.keys() {
        assert!(modules.contains(page.as_str()), "src/guide.rs lacks {page}");
        assert!(page == "README.md" || index.values().any(|target| target == page), "the index lacks {page}");
    }
}

#[test]
fn faults_that_are_proposed_can_be_played() {
    let pages = pages();
    let rows = pages["testing.md"].lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let rules: Vec<&str> = rows.map(|(rule, _)| rule).collect();
    assert!(rules.len() >= 4, "{rules:?}");
    for rule in rules {
        assert!(rule.parse::<Rule>().is_ok(), "{rule}");
    }
}
