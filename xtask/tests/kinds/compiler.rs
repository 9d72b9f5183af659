//! What the compiler says about callers of the base document's client when they meet the client of an edited one.
//!
//! Each case is a package of its own in a workspace beside the target folder: the generated client with callers as modules.
//! One `cargo check` judges all of them; the dependencies are those of this workspace, by its lock file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::case::{Case, Proof};
use crate::{BASE, client, folder, for_each};

/// Errors of a package: code, if it has one, and words with their places.
type Errors = BTreeMap<String, Vec<(String, String)>>;

/// Everything in which the compiler and the table differ.
pub(crate) fn disagreements(cases: &[&'static Case], callers: &BTreeSet<String>) -> Vec<String> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kinds");
    let packages = root.join("packages");
    drop(std::fs::remove_dir_all(&packages));
    let base = match client::generate(&packages.join("base"), "base", BASE) {
        Ok(base) => base,
        Err(error) => return vec![error],
    };
    add_callers(&packages.join("base"), &BTreeSet::new());
    outsider(&packages.join("outsider"), callers);
    let mut members = vec!["base", "outsider"];
    let mut found = Vec::new();
    let generated = for_each(cases, |case| client::generate(&packages.join(case.name), case.name, &case.edited(BASE)?));
    for (case, code) in cases.iter().zip(generated) {
        match code {
            // Callers cannot tell clients apart whose code is the same.
            Ok(code) if code == base => {
                if !matches!(case.proof, Proof::Compiles) {
                    found.push(format!("{}: the client is the same, so that nothing breaks", case.name));
                }
            }
            Ok(_) => {
                match case.proof {
                    Proof::Breaks { caller, .. } => {
                        add_callers(&packages.join(case.name), &BTreeSet::from([caller.to_owned()]));
                    }
                    Proof::Compiles | Proof::BreaksWhenCalled(_) => add_callers(&packages.join(case.name), callers),
                }
                members.push(case.name);
            }
            Err(error) => found.push(error),
        }
    }
    let errors = check(&root, &members);
    for package in ["base", "outsider"] {
        found.extend(errors.get(package).into_iter().flatten().map(|(_, words)| format!("{package}: {words}")));
    }
    found.extend(cases.iter().filter_map(|case| judge(case, errors.get(case.name))));
    found
}

fn judge(case: &Case, errors: Option<&Vec<(String, String)>>) -> Option<String> {
    let words = |errors: &[(String, String)]| {
        errors.iter().map(|(code, words)| format!("\n    {code} {words}")).collect::<String>()
    };
    match (case.proof, errors) {
        (Proof::Compiles | Proof::BreaksWhenCalled(_), None) => None,
        (Proof::Compiles, Some(errors)) => Some(format!("{}: callers stop compiling:{}", case.name, words(errors))),
        (Proof::BreaksWhenCalled(reason), Some(errors)) => {
            Some(format!("{}: although {reason}, callers stop compiling:{}", case.name, words(errors)))
        }
        (Proof::Breaks { caller, .. }, None) => Some(format!("{}: `{caller}` still compiles", case.name)),
        (Proof::Breaks { caller, error }, Some(errors)) => {
            let file = format!("callers/{caller}.rs");
            let elsewhere: Vec<_> = errors.iter().filter(|(_, words)| !words.contains(&file)).cloned().collect();
            if !elsewhere.is_empty() {
                return Some(format!("{}: errors beside those of the caller:{}", case.name, words(&elsewhere)));
            }
            let expected = errors.iter().any(|(code, _)| code == error);
            (!expected).then(|| format!("{}: not with {error}, but:{}", case.name, words(errors)))
        }
    }
}

/// All callers as a crate of their own, which is what they are in the world: they can name what is public and nothing else,
/// and their matches have an arm for what is to come. This needs to be shown for the base document alone.
fn outsider(package: &Path, callers: &BTreeSet<String>) {
    std::fs::create_dir_all(package.join("src")).unwrap();
    let manifest = "[package]\nname = \"outsider\"\nedition = \"2024\"\n\n[features]\ndefault = [\"reports\"]\nreports = []\n\n\
                    [dependencies]\nbase = { path = \"../base\", default-features = false, features = [\"reports\"] }\n";
    std::fs::write(package.join("Cargo.toml"), manifest).unwrap();
    std::fs::write(package.join("src/lib.rs"), format!("pub use base::*;\n{}", modules(callers))).unwrap();
}

fn modules(callers: &BTreeSet<String>) -> String {
    let file = |caller: &String| folder().join("callers").join(caller).with_extension("rs");
    let module = |caller| format!("\n#[path = {:?}]\npub mod caller_{caller};\n", file(caller).to_str().unwrap());
    callers.iter().map(module).collect()
}

/// Makes callers modules of a generated package. They had named the features that the base document has.
fn add_callers(package: &Path, callers: &BTreeSet<String>) {
    let library = package.join("src/lib.rs");
    let text = std::fs::read_to_string(&library).unwrap();
    std::fs::write(library, text + &modules(callers)).unwrap();

    let manifest = package.join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).unwrap().replace("\n[workspace]\n", "");
    let named = if text.contains("\nreports = []") { "default = [\"reports\"]" } else { "default = []" };
    let lines = text.lines().map(|line| if line.starts_with("default = ") { named } else { line });
    std::fs::write(manifest, lines.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}

fn check(root: &Path, members: &[&str]) -> Errors {
    let members: Vec<String> = members.iter().map(|name| format!("\"packages/{name}\"")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
        members.join(", ")
    );
    std::fs::write(root.join("Cargo.toml"), manifest).unwrap();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    std::fs::copy(workspace.join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let output = Command::new(cargo)
        .args(["check", "--workspace", "--keep-going", "--offline", "--quiet", "--message-format=json"])
        .arg("--target-dir")
        .arg(root.join("target"))
        .current_dir(root)
        // Whoever refuses warnings elsewhere does not mean these callers: some of them use what is deprecated.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .unwrap();
    let messages = String::from_utf8(output.stdout).unwrap();
    let mut judged = false;
    let mut errors = Errors::new();
    for message in messages.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        judged |= message["reason"] == "build-finished";
        if message["reason"] != "compiler-message" || message["message"]["level"] != "error" {
            continue;
        }
        let package = message["target"]["name"].as_str().unwrap().replace('_', "-");
        let message = &message["message"];
        let spans = message["spans"].as_array().unwrap();
        let Some(span) = spans.iter().find(|span| span["is_primary"] == true) else { continue };
        let place = format!("{}:{}", span["file_name"].as_str().unwrap(), span["line_start"]);
        let code = message["code"]["code"].as_str().unwrap_or_default().to_owned();
        let words = format!("{place}: {}", message["message"].as_str().unwrap());
        errors.entry(package).or_default().push((code, words));
    }
    assert!(judged, "cargo did not get as far as compiling:\n{}", String::from_utf8_lossy(&output.stderr));
    errors
}
