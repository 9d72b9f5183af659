//! `docs/changing-a-spec.md`, word by word, in a copy of the repository.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

/// What the page says, in its order.
enum Step {
    /// A command to type.
    Command(String),
    /// What the last command prints.
    Output(String),
    /// Lines of the specification: those with a plus are new.
    Edit(String),
}

fn steps() -> Vec<Step> {
    let page = std::fs::read_to_string(support::root().join("docs/changing-a-spec.md")).unwrap();
    let mut steps = Vec::new();
    // Between fences is every other part.
    for block in page.split("```").skip(1).step_by(2) {
        let (language, text) = block.split_once('\n').unwrap();
        match language {
            "sh" => steps.extend(text.lines().map(|line| Step::Command(line.to_owned()))),
            "text" => steps.push(Step::Output(text.to_owned())),
            "diff" => steps.push(Step::Edit(text.to_owned())),
            other => panic!("`{other}` is no part of the walk-through"),
        }
    }
    steps
}

/// A repository with everything that this one has.
fn clone_into(folder: &Path) {
    support::copy_to(folder);
    for line in ["init --quiet --initial-branch main", "add --all", "commit --quiet --message before"] {
        git(folder, &line.split(' ').collect::<Vec<_>>());
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "-c", "core.autocrlf=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "git {arguments:?}: {printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

/// The program, as `cargo xtask` starts it in that repository.
fn xtask(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .env("CARGO_MANIFEST_DIR", folder.join("xtask"))
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The unit tests of xtask, which were built together with this test.
fn unit_tests() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let built = std::fs::read_dir(here.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = built
        .filter(|path| path.file_stem().is_some_and(|name| name.to_string_lossy().starts_with("xtask-")))
        .filter(|path| path.extension().is_none_or(|extension| extension == "exe"))
        .filter(|path| {
            let listed = Command::new(path).args(["surface::tests::surfaces", "--list"]).output();
            listed.is_ok_and(|listed| String::from_utf8_lossy(&listed.stdout).contains("surfaces: test"))
        })
        .collect();
    found.sort_by_key(|path| path.metadata().unwrap().modified().unwrap());
    found.pop().expect("the unit tests are built when all tests are")
}

fn accept_surfaces(folder: &Path) {
    let output = Command::new(unit_tests())
        .arg("surfaces")
        .env("CARGO_MANIFEST_DIR", folder.join("xtask"))
        .env("INSTA_WORKSPACE_ROOT", folder)
        .env("INSTA_UPDATE", "always")
        .env("INSTA_FORCE_PASS", "1")
        .env_remove("INSTA_SNAPSHOT_REFERENCES_FILE")
        .current_dir(folder.join("xtask"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// What a command prints each time: a commit has another name.
fn lasting(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix("compared with ").and_then(|rest| rest.split_once(' ')) {
        Some((_, rest)) => format!("compared with … {rest}"),
        None => line.to_owned(),
    };
    text.trim_end().lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Puts the new lines where the others show.
fn edit(folder: &Path, lines: &str) {
    let path = folder.join("specs/saltedge.yaml");
    let keep = |sign: &str| -> String {
        let kept = lines.lines().filter_map(|line| line.strip_prefix(sign).or_else(|| line.strip_prefix(' ')));
        kept.map(|line| format!("{line}\n")).collect()
    };
    // `\0` begins no line: only what was there before is left.
    let (before, after) = (keep("\0"), keep("+"));
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(&before).count(), 1, "the lines around the edit are in the specification once");
    std::fs::write(&path, text.replace(&before, &after)).unwrap();
}

#[test]
fn the_page_tells_what_happens() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("bankfeed");
    let (mut printed, mut commands) = (String::new(), 0);
    for step in steps() {
        let line = match step {
            Step::Output(expected) => {
                assert_eq!(lasting(&printed), lasting(&expected));
                continue;
            }
            Step::Edit(lines) => {
                edit(&copy, &lines);
                continue;
            }
            Step::Command(line) => line,
        };
        commands += 1;
        let words: Vec<&str> = line.split_whitespace().collect();
        printed = match words.as_slice() {
            ["git", "clone", _, "bankfeed"] | ["git", "clone", _] => {
                clone_into(&copy);
                String::new()
            }
            ["cd", "bankfeed"] => String::new(),
            ["cargo", "xtask", arguments @ ..] => xtask(&copy, arguments),
            ["INSTA_UPDATE=always", "cargo", "test", "-p", "xtask", "--bin", "xtask", "surfaces"] => {
                accept_surfaces(&copy);
                String::new()
            }
            ["git", "commit", "--all", "--message", ..] => git(&copy, &["commit", "--all", "--message", "the change"]),
            ["git", arguments @ ..] => {
                let arguments: Vec<&str> = arguments.iter().map(|word| word.trim_matches('\'')).collect();
                git(&copy, &arguments)
            }
            _ => panic!("`{line}` is not known here"),
        };
    }
    assert!((5..10).contains(&commands), "{commands} commands");

    // What a person reads, and that nothing is left to do.
    let changed = git(&copy, &["diff", "--numstat", "HEAD~1", "--", ".", ":!*/generated/*"]);
    let lines: u32 = changed
        .lines()
        .flat_map(|line| line.split('\t').take(2))
        .map(|count| count.parse::<u32>().expect("no binary file changed"))
        .sum();
    assert!((1..=10).contains(&lines), "{changed}");
    xtask(&copy, &["codegen", "--check"]);
    assert_eq!(git(&copy, &["status", "--porcelain"]), "");
}
