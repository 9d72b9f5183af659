//! What the command line offers.

pub(crate) mod ci;
pub(crate) mod codegen;
pub(crate) mod compare;
pub(crate) mod diff;
mod document;
pub(crate) mod drift;
mod facade;
pub(crate) mod lint;
pub(crate) mod new_provider;
pub(crate) mod surface;
pub(crate) mod timings;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::diagnostic::Rejected;
pub(crate) use document::{Format, document};

/// Prints an error: problems of a specification as they are, anything else with its causes.
pub(crate) fn tell(error: &anyhow::Error) {
    match error.downcast_ref::<Rejected>() {
        Some(rejected) => {
            eprint!("{rejected}");
            let count = rejected.0.len();
            eprintln!("\n{count} {} found", if count == 1 { "problem" } else { "problems" });
        }
        None => eprintln!("error: {error:#}"),
    }
}

/// The root of the workspace, wherever the command was started: the one that `cargo xtask` was started for, else the one that this
/// was built in. They differ where work trees share a target folder.
pub(crate) fn workspace() -> PathBuf {
    let root = |manifest: &Path| manifest.parent().unwrap_or(manifest).to_path_buf();
    let started = std::env::var_os("CARGO_MANIFEST_DIR").map(|manifest| root(Path::new(&manifest)));
    started.filter(|found| found.join("specs").is_dir()).unwrap_or_else(|| root(Path::new(env!("CARGO_MANIFEST_DIR"))))
}

/// A provider: a specification and the crate that is generated from it.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) name: String,
    /// The specification's file, as messages name it.
    pub(crate) spec: String,
    /// The crate's folder, as messages name it.
    pub(crate) folder: String,
}

/// The providers that were asked for; all of them when none was.
pub(crate) fn providers(root: &Path, wanted: &[String]) -> anyhow::Result<Vec<Provider>> {
    let mut known = Vec::new();
    let specs = root.join("specs");
    for entry in std::fs::read_dir(&specs).with_context(|| format!("listing {}", specs.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            known.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    known.sort();
    if let Some(unknown) = wanted.iter().find(|name| !known.contains(name)) {
        bail!(
            "there is no provider `{unknown}`: specs/ has {}; for a document from elsewhere use `--spec FILE --crate NAME --out DIR`",
            known.join(", ")
        );
    }
    let chosen = known.into_iter().filter(|name| wanted.is_empty() || wanted.contains(name));
    Ok(chosen
        .map(|name| Provider { spec: format!("specs/{name}.yaml"), folder: format!("crates/{name}-client"), name })
        .collect())
}
