//! What the documents tell people to type works, and their links lead somewhere.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Every document of the repository that a person reads.
fn documents() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                if !name.starts_with('.') && name != "target" {
                    folders.push(path);
                }
            } else if name.ends_with(".md") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(found.len() >= 4, "the documents were not found");
    found
}

/// The fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(&format!("```{language}\n")) {
        let (block, after) = after.split_once("```").unwrap();
        blocks.push(block.to_owned());
        rest = after;
    }
    blocks
}

/// What the first command prints is held by the tests of `bankfeed-cli`, which have it built.
#[test]
fn the_readme_begins_with_two_commands() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let commands = blocks(&readme, "sh");
    assert_eq!(commands[0].trim(), "cargo run -p bankfeed-cli -- --sandbox");
    assert_eq!(commands[1].trim(), "cargo test --workspace --all-features");
}

/// The example of one client runs, and keeps the digits that a float loses.
#[test]
fn the_statement_is_printed() {
    let command = "cargo run -p saltedge-client --example statement";
    assert!(std::fs::read_to_string(root().join("README.md")).unwrap().contains(command));
    let words = command.split(' ').skip(1);
    let output =
        Command::new(env!("CARGO")).args(words).args(["--quiet", "--locked"]).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8(output.stdout).unwrap().contains("1000000000000961.5499 EUR"));
}

#[test]
fn the_test_command_is_what_ci_runs() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(["ci", "--list"]).output().unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    assert!(
        listed.lines().any(|line| line.starts_with("test ") && line.ends_with("cargo test --workspace --all-features")),
        "{listed}"
    );
}

/// `cargo xtask codegen [PROVIDER]... --check`, and so on: subcommands and flags exist.
#[test]
fn every_xtask_command_that_is_written_down_exists() {
    let mut commands = BTreeSet::new();
    for (_, text) in documents() {
        for (at, _) in text.match_indices("cargo xtask ") {
            let line: String = text[at + "cargo xtask ".len()..]
                .chars()
                .take_while(|sign| !matches!(sign, '`' | '\n' | '#' | ';' | ',' | ')'))
                .collect();
            commands.insert(line.trim_end_matches(['.', ':']).trim().to_owned());
        }
    }
    assert!(commands.iter().any(|command| command.starts_with("codegen")), "{commands:?}");
    for command in commands {
        let mut words = command.split_whitespace();
        let Some(subcommand) = words.next() else { continue };
        let help = Command::new(env!("CARGO_BIN_EXE_xtask")).args([subcommand, "--help"]).output().unwrap();
        assert!(help.status.success(), "`cargo xtask {command}` is written down, but there is no `{subcommand}`");
        let help = String::from_utf8(help.stdout).unwrap();
        for flag in words.filter(|word| word.starts_with("--")) {
            assert!(help.contains(flag), "`cargo xtask {command}` is written down, but `{subcommand}` has no `{flag}`");
        }
    }
}

/// `cargo run -p PACKAGE --example NAME`: both are there.
#[test]
fn every_example_that_is_written_down_exists() {
    let mut found = 0;
    for (path, text) in documents() {
        for (at, _) in text.match_indices("cargo run -p ") {
            let words: Vec<&str> = text[at..].split(['`', '\n']).next().unwrap().split_whitespace().collect();
            let folder = root().join("crates").join(words[3]);
            assert!(folder.is_dir(), "{}: there is no {}", path.display(), words[3]);
            let name = words.iter().position(|word| *word == "--example").map(|at| words[at + 1]);
            // `NAME` stands for any of a table.
            if let Some(name) = name.filter(|name| *name != "NAME") {
                let example = folder.join("examples").join(format!("{name}.rs"));
                assert!(example.is_file(), "{}: there is no example {name}", path.display());
                found += 1;
            }
        }
    }
    assert!(found >= 3, "the examples were not found");
}

/// The sandbox must not know the clients, so the recipe with one is run by the client's tests.
#[test]
fn the_recipe_of_the_sandbox_is_a_test() {
    let readme = std::fs::read_to_string(root().join("crates/bankfeed-sandbox/README.md")).unwrap();
    let recipe = blocks(&readme, "rust,ignore").concat();
    let test = std::fs::read_to_string(root().join("crates/belvo-client/tests/recipe.rs")).unwrap();
    assert!(!recipe.is_empty() && test.ends_with(&recipe), "the README says\n{recipe}\nand the test\n{test}");
}

#[test]
fn relative_links_lead_somewhere() {
    for (path, text) in documents() {
        for (_, after) in text.match_indices("](").map(|(at, _)| (at, &text[at + 2..])) {
            let target = after.split([')', '#']).next().unwrap();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let full = path.parent().unwrap().join(target);
            assert!(full.exists(), "{} links to {target}, which is not there", path.display());
        }
    }
}
