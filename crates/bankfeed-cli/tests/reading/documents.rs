//! The commands that the documents of the repository tell people to type exist.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::common::run;

/// READMEs and guides, all the way down.
fn documents(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            // Builds have copies of their own.
            if !name.starts_with('.') && !["target", "src", "tests", "snapshots"].contains(&name) {
                documents(&path, into);
            }
        } else if name.ends_with(".md") {
            into.push(path);
        }
    }
}

/// What comes after `bankfeed` where a document shows the command: a line of a shell, or between backticks.
fn commands(text: &str) -> BTreeSet<String> {
    const BEGINNINGS: [&str; 4] = ["`bankfeed ", "\nbankfeed ", "until bankfeed ", "cargo run -p bankfeed-cli -- "];
    let shell = text.split("```").skip(1).step_by(2).filter_map(|block| block.strip_prefix("sh"));
    let inline = text.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let shown = shell.map(str::to_owned).chain(inline.map(|code| format!("`{code}")));
    let mut found = BTreeSet::new();
    for code in shown {
        for begins in BEGINNINGS {
            for (at, _) in code.match_indices(begins) {
                let line = code[at + begins.len()..].lines().next().unwrap_or_default();
                let line = line.split(['#', '|', '>', ';', '`', '[']).next().unwrap_or_default();
                found.insert(line.trim().to_owned());
            }
        }
    }
    found
}

#[test]
fn every_command_that_is_written_down_exists() {
    let mut paths = Vec::new();
    documents(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), &mut paths);
    let mut all = BTreeSet::new();
    for path in paths {
        all.extend(commands(&std::fs::read_to_string(path).unwrap()));
    }
    assert!(all.len() >= 8, "{all:?}");
    for command in all {
        let words: Vec<&str> = command.split_whitespace().collect();
        // Words before the first flag are subcommands, as far as they are small letters.
        let named = words.iter().filter(|word| !word.starts_with('-'));
        let path: Vec<&str> =
            named.take(2).copied().filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())).collect();
        let help = [path.as_slice(), &["--help"]].concat();
        let mut told = run(&help);
        if told.code != Some(0) && path.len() > 1 {
            // The second word is a value.
            told = run(&[path[0], "--help"]);
        }
        assert_eq!(told.code, Some(0), "`bankfeed {command}` is written down\n{}", told.stderr);
        for flag in words.iter().filter(|word| word.starts_with("--")) {
            assert!(told.stdout.contains(flag), "`bankfeed {command}` is written down, but there is no {flag}");
        }
    }
}
