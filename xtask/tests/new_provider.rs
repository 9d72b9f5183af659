//! A provider is added to a copy of the workspace, as `docs/adding-a-provider.md` tells, and everything about it holds.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use support::{copy_to, files, root};

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/xtask-new-provider");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// Only what `new-provider` reads: enough to see what it says.
fn outline_of(copy: &Path) {
    let mut wanted = Vec::new();
    files(&root(), "", &mut wanted);
    let needed = |path: &&String| {
        let code = path.starts_with("crates/bankfeed/") || path.starts_with("crates/bankfeed-sandbox/");
        code && !path.contains("/generated/") || path.starts_with("specs/") || !path.contains('/')
    };
    for path in wanted.iter().filter(needed).chain(wanted.iter().filter(|path| path.ends_with("src/generated/mod.rs")))
    {
        let to = copy.join(path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(root().join(path), to).unwrap();
    }
}

/// The program, as `cargo xtask` starts it in a workspace.
fn xtask(workspace: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .env("CARGO_MANIFEST_DIR", workspace.join("xtask"))
        .current_dir(workspace)
        .output()
        .unwrap()
}

fn words(output: &[u8], workspace: &Path) -> String {
    String::from_utf8(output.to_vec()).unwrap().replace(workspace.to_str().unwrap(), "WORKSPACE")
}

/// Every file with its text, to see that nothing changed.
fn state(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = Vec::new();
    files(folder, "", &mut found);
    found.into_iter().map(|path| (path.clone(), std::fs::read(folder.join(path)).unwrap())).collect()
}

const DOCUMENT: &str = include_str!("new_provider/pocket.yaml");

/// The commands of the walk-through, a line each.
fn commands() -> Vec<String> {
    let page = std::fs::read_to_string(root().join("docs/adding-a-provider.md")).unwrap();
    let blocks = page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// The words of a command; quotes hold some together.
fn split(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let words = parts.flat_map(|(index, part)| match index % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

#[test]
fn the_walk_through_works() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-provider");
    let (copy, target) = (folder.join("workspace"), folder.join("target"));
    copy_to(&copy);
    std::fs::write(copy.join("pocket.yaml"), DOCUMENT).unwrap();
    let commands = commands();
    assert!(commands.len() >= 8, "{commands:?}");
    for command in &commands {
        let words = split(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = match words.as_slice() {
            ["cargo", "xtask", arguments @ ..] => xtask(&copy, arguments),
            ["cargo", arguments @ ..] => {
                let mut cargo = Command::new(env!("CARGO"));
                cargo.args(arguments).current_dir(&copy);
                if arguments[0] != "fmt" {
                    // The lock file was brought up to date, and nothing has to be fetched.
                    cargo.args(["--locked", "--offline"]);
                }
                // Nobody looks for faults with a debugger here.
                let settings = [("CARGO_PROFILE_DEV_DEBUG", "0"), ("CARGO_INCREMENTAL", "0"), ("INSTA_UPDATE", "no")];
                cargo.env("CARGO_TARGET_DIR", &target).envs(settings);
                // These would say that snapshots of the copy are those of this workspace.
                cargo.env_remove("INSTA_SNAPSHOT_REFERENCES_FILE").env_remove("INSTA_WORKSPACE_ROOT");
                cargo.env_remove("RUSTFLAGS").env_remove("CARGO_MANIFEST_DIR").output().unwrap()
            }
            other => panic!("{other:?} is no command of cargo"),
        };
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}\n{told}\n{}", String::from_utf8_lossy(&output.stdout));
        assert!(!told.contains("warning: "), "{command}\n{told}");
        if command.starts_with("cargo test") {
            assert!(String::from_utf8_lossy(&output.stdout).contains("running "), "{command} runs no test");
        }
    }
}

#[test]
fn what_it_says_of_a_skeleton() {
    let folder = tempfile::tempdir().unwrap();
    outline_of(folder.path());
    let output = xtask(folder.path(), &["new-provider", "demo-bank"]);
    assert!(output.status.success(), "{}", words(&output.stderr, folder.path()));
    settings().bind(|| insta::assert_snapshot!("skeleton", words(&output.stdout, folder.path())));
}

#[test]
fn what_it_says_of_a_document_and_what_it_makes_of_it() {
    let folder = tempfile::tempdir().unwrap();
    outline_of(folder.path());
    std::fs::write(folder.path().join("pocket.yaml"), DOCUMENT).unwrap();
    let output = xtask(folder.path(), &["new-provider", "pocket", "--from", "pocket.yaml"]);
    assert!(output.status.success(), "{}", words(&output.stderr, folder.path()));
    let draft = std::fs::read_to_string(folder.path().join("specs/pocket.yaml")).unwrap();
    assert!(!draft.contains("belongs to the provider"), "a sentence of the document was copied");
    settings().bind(|| {
        insta::assert_snapshot!("from-document", words(&output.stdout, folder.path()));
        insta::assert_snapshot!("from-document-specification", draft);
    });
}

#[test]
fn what_cannot_be_added_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    outline_of(folder.path());
    for (name, text) in [
        ("swagger.json", "{\"swagger\": \"2.0\", \"paths\": {}}"),
        ("newer.yaml", "openapi: 3.2.0\npaths: {}\n"),
        ("other.yaml", "title: something else\n"),
        ("empty.yaml", "openapi: 3.1.0\npaths: {}\n"),
        ("broken.json", "{\"openapi\": "),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let before = state(folder.path());
    let mut told = String::new();
    for arguments in [
        &["belvo"][..],
        &["One_Bank"],
        &["one--bank"],
        &["enum"],
        &["serde"],
        &["account"],
        &["error"],
        &["one-bank", "--title", "One | Bank"],
        &["one-bank", "--from", "nowhere.yaml"],
        &["one-bank", "--from", "swagger.json"],
        &["one-bank", "--from", "newer.yaml"],
        &["one-bank", "--from", "other.yaml"],
        &["one-bank", "--from", "empty.yaml"],
        &["one-bank", "--from", "broken.json"],
    ] {
        let all: Vec<&str> = ["new-provider"].iter().chain(arguments).copied().collect();
        let output = xtask(folder.path(), &all);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        told.push_str(&format!("$ cargo xtask {}\n{}\n", all.join(" "), words(&output.stderr, folder.path())));
    }
    // A list of providers that is not where it was.
    let lists = folder.path().join("crates/bankfeed-sandbox/src/players/mod.rs");
    let list = std::fs::read_to_string(&lists).unwrap();
    std::fs::write(&lists, list.replace("=> Box::new(", "=> boxed(")).unwrap();
    let output = xtask(folder.path(), &["new-provider", "one-bank"]);
    assert_eq!(output.status.code(), Some(1));
    told.push_str(&format!("$ cargo xtask new-provider one-bank\n{}", words(&output.stderr, folder.path())));
    std::fs::write(&lists, list).unwrap();
    assert!(state(folder.path()) == before, "something was written");
    settings().bind(|| insta::assert_snapshot!("errors", told));
}
