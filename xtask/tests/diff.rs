//! `cargo xtask diff` as a person uses it: the real program in a repository of its own.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// The specification that the tests edit, and manifests around it.
const BANK: &str = include_str!("diff/bank.yaml");
const ROOT: &str = "[workspace.package]\nversion = \"0.1.0\"\n";
const CRATE: &str = "[package]\nname = \"NAME\"\nversion.workspace = true\n";

struct Repository(TempDir);

impl Repository {
    /// A commit with one provider, on `main`.
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.write("specs/bank.yaml", BANK);
        repository.write("Cargo.toml", ROOT);
        for name in ["bank-client", "bankfeed", "bankfeed-sandbox"] {
            repository.write(&format!("crates/{name}/Cargo.toml"), &CRATE.replace("NAME", name));
        }
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit();
        repository
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Replaces a text of the specification that stands there once.
    fn edit(&self, from: &str, to: &str) {
        let path = self.root().join("specs/bank.yaml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from}");
        std::fs::write(path, text.replace(from, to)).unwrap();
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "a step"]);
    }

    /// Nobody's own settings have a say.
    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        for (key, value) in [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_SYSTEM", "/dev/null"),
            ("GIT_AUTHOR_NAME", "A"),
            ("GIT_AUTHOR_EMAIL", "a@example.com"),
            ("GIT_COMMITTER_NAME", "A"),
            ("GIT_COMMITTER_EMAIL", "a@example.com"),
            ("GIT_AUTHOR_DATE", "2024-01-01T00:00:00Z"),
            ("GIT_COMMITTER_DATE", "2024-01-01T00:00:00Z"),
        ] {
            git.env(key, value);
        }
        let output = git.arg("-C").arg(self.root()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn diff(&self, arguments: &[&str]) -> Output {
        let root = self.root().to_str().unwrap();
        xtask(&[&["diff", "--root", root], arguments].concat())
    }

    /// What is printed when all is well.
    fn told(&self, arguments: &[&str]) -> String {
        let output = self.diff(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        self.nameless(output.stdout)
    }

    /// What is said against it.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.diff(arguments);
        let words = self.nameless(output.stderr);
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert!(!words.contains("panicked"), "{words}");
        words
    }

    fn nameless(&self, bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap().replace(self.root().to_str().unwrap(), "DIR")
    }

    /// The severities and kinds of all changes.
    fn kinds(&self, arguments: &[&str]) -> Vec<String> {
        let printed = self.told(&[&["--format", "json"], arguments].concat());
        let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
        let providers = report["providers"].as_array().unwrap();
        let changes = providers.iter().flat_map(|provider| provider["changes"].as_array().unwrap());
        let word = |change: &serde_json::Value, key: &str| change[key].as_str().unwrap().to_owned();
        changes.map(|change| format!("{} {}", word(change, "severity"), word(change, "kind"))).collect()
    }
}

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap()
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/xtask-diff");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(r"\b[0-9a-f]{12} \(", "[commit] (");
    settings
}

fn snapshot(name: &str, text: &str) {
    settings().bind(|| insta::assert_snapshot!(name, text));
}

/// Something of every severity.
fn edited() -> Repository {
    let repository = Repository::new();
    repository.edit("required: [id, amount]", "required: [id]");
    repository.edit("enum: [booked, pending]", "enum: [booked, pending, returned]");
    repository.edit("x-retry: safe", "x-retry: never");
    repository.edit("description: The movement.", "description: 'A movement, or a part of one: 100%.'");
    repository.edit("name: from, in: query,", "name: from, in: query, x-unheard-of: true,");
    repository
}

#[test]
fn the_four_formats() {
    let repository = edited();
    for format in ["text", "markdown", "json", "github"] {
        snapshot(format, &repository.told(&["--format", format]));
    }
}

#[test]
fn no_change_is_said() {
    let repository = Repository::new();
    snapshot("no-change-text", &repository.told(&[]));
    snapshot("no-change-markdown", &repository.told(&["--format", "markdown"]));
    snapshot("no-change-github", &repository.told(&["--format", "github"]));
    assert_eq!(repository.kinds(&["--check"]), Vec::<String>::new());
}

#[test]
fn the_same_is_said_every_time() {
    let repository = edited();
    assert_eq!(repository.told(&["--format", "json"]), repository.told(&["--format", "json"]));
}

#[test]
fn fingerprints_outlive_edits_elsewhere_and_commits() {
    let repository = edited();
    let prints = |repository: &Repository| -> Vec<String> {
        let report: serde_json::Value = serde_json::from_str(&repository.told(&["--format", "json"])).unwrap();
        let changes = report["providers"][0]["changes"].as_array().unwrap().clone();
        let prints = changes.iter().map(|change| change["fingerprint"].as_str().unwrap().to_owned());
        prints.collect()
    };
    let before = prints(&repository);
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.commit();
    repository.edit("paths:\n", "\n\npaths:\n");
    repository.edit(
        "        - { name: from,",
        "        - { name: aside, in: query, schema: { type: string } }\n        - { name: from,",
    );
    let after = prints(&repository);
    assert!(before.iter().all(|print| after.contains(print)), "{before:?} {after:?}");
    assert_eq!(after.len(), before.len() + 1);
}

#[test]
fn the_base_is_where_the_work_left_main_or_what_is_asked_for() {
    let repository = Repository::new();
    repository.git(&["tag", "v0.1.0"]);
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.edit("x-retry: safe", "x-retry: never");
    repository.commit();
    repository.edit("operationId: list_movements", "operationId: list_transactions");
    assert_eq!(repository.kinds(&[]), ["breaking operation-renamed", "careful retry-changed"]);
    assert_eq!(repository.kinds(&["--base", "HEAD"]), ["breaking operation-renamed"]);
    repository.git(&["branch", "--delete", "--force", "main"]);
    repository.git(&["update-ref", "refs/remotes/origin/main", "v0.1.0"]);
    assert_eq!(repository.kinds(&["bank"]), ["breaking operation-renamed", "careful retry-changed"]);
}

#[test]
fn a_provider_that_comes_or_goes_is_a_change() {
    let repository = Repository::new();
    repository.write("specs/other.yaml", BANK);
    repository.write("crates/other-client/Cargo.toml", &CRATE.replace("NAME", "other-client"));
    assert_eq!(repository.kinds(&["--check"]), ["safe provider-added"]);
    repository.commit();
    std::fs::remove_file(repository.root().join("specs/bank.yaml")).unwrap();
    assert_eq!(repository.kinds(&[]), ["breaking provider-removed"]);
    snapshot("provider-removed", &repository.refused(&["--check"]));
    repository.write("Cargo.toml", &ROOT.replace("0.1.0", "0.2.0"));
    assert_eq!(repository.kinds(&["--check"]), ["breaking provider-removed"]);
}

#[test]
fn check_wants_a_version_step_or_a_reason() {
    let repository = edited();
    let refusal = repository.refused(&["--check"]);
    snapshot("refused", &refusal);

    // A patch is not enough for what breaks callers, a minor step is.
    repository.write("Cargo.toml", &ROOT.replace("0.1.0", "0.1.1"));
    repository.refused(&["--check"]);
    repository.write("Cargo.toml", &ROOT.replace("0.1.0", "0.2.0"));
    assert!(repository.told(&["--check"]).contains("0.1.0 → 0.2.0: enough"));
    repository.write("Cargo.toml", ROOT);

    // What it prints can be pasted; only the reasons are missing.
    let (_, lines) = refusal.split_once("accepted.yaml:\n\n").unwrap();
    repository.write("specs/review/accepted.yaml", lines);
    assert!(repository.refused(&["--check"]).contains("`reason` of an accepted change is missing"));
    repository.write("specs/review/accepted.yaml", &lines.replace("reason: ''", "reason: never released"));
    snapshot("accepted", &repository.told(&["--check"]));

    // One that no longer meets a change is told.
    repository.edit("required: [id]", "required: [id, amount]");
    assert!(repository.told(&["--check"]).contains("which is not among these changes"));
}

#[test]
fn what_cannot_be_lowered_is_compared_on_the_wire() {
    let repository = Repository::new();
    repository.edit("enum: [booked, pending]", "enum: [booked, Booked]");
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.commit();
    repository.edit("enum: [booked, Booked]", "enum: [booked]");
    repository.edit("description: The movement.", "description: A movement.");
    snapshot("not-judged", &repository.told(&["--base", "HEAD"]));
}

#[test]
fn mistakes_are_told_with_the_way_out() {
    let repository = Repository::new();
    snapshot("unknown-revision", &repository.refused(&["--base", "v9"]));
    snapshot("revision-like-an-option", &repository.refused(&["--base=--all"]));
    snapshot("unknown-provider", &repository.refused(&["bnak"]));
    repository.write(
        "specs/review/accepted.yaml",
        "- { fingerprint: '0123456789ab', provider: bank, change: x, reason: '' }\n- { fingerprint: '0123456789ab', provider: bank, change: x, reason: y, why: z }\n",
    );
    snapshot("broken-accepted", &repository.refused(&[]));
    repository.write("specs/review/accepted.yaml", "- {\n");
    snapshot("accepted-no-yaml", &repository.refused(&[]));
    std::fs::remove_file(repository.root().join("specs/review/accepted.yaml")).unwrap();
    repository.write("specs/bank.yaml", "openapi: 3.0.3\nopenapi: 3.0.3\n");
    snapshot("broken-specification", &repository.refused(&[]));
    repository.git(&["checkout", "--quiet", "--orphan", "alone"]);
    repository.commit();
    repository.git(&["branch", "--delete", "--force", "main"]);
    snapshot("no-main", &repository.refused(&[]));
}

#[test]
fn a_folder_without_git_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_str().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["diff", "--root", root])
        .env("GIT_CEILING_DIRECTORIES", folder.path().parent().unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    snapshot("no-git", &String::from_utf8(output.stderr).unwrap().replace(root, "DIR"));
}

#[test]
fn two_files_are_compared_without_git() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (from, to) = (file("old.yaml", BANK), file("new.yaml", &BANK.replace("x-retry: safe", "x-retry: never")));
    let output = xtask(&["diff", "--from", &from, "--to", &to]);
    assert!(output.status.success());
    let words = String::from_utf8(output.stdout).unwrap();
    snapshot("two-files", &words.replace(folder.path().to_str().unwrap(), "DIR"));
    let output = xtask(&["diff", "--from", "nowhere.yaml", "--to", &to]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("help: check the path"));
}
