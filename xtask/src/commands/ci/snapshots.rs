//! Snapshots that no test asks for any more.
//!
//! insta writes down every snapshot that a test run refers to when it is told where; `cargo insta test --unreferenced`
//! does the same. Doing it here needs no further tool and no second run.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

const REFERENCES: &str = "INSTA_SNAPSHOT_REFERENCES_FILE";

/// Runs the tests with the environment that makes insta take notes, then compares the notes with what is there.
pub(super) fn with_references(tests: impl FnOnce((&str, &str)) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let root = super::super::workspace();
    let notes = std::env::temp_dir().join(format!("insta-references-{}", std::process::id()));
    let shown = notes.to_str().context("the folder for temporary files is not UTF-8")?.to_owned();
    let outcome = tests((REFERENCES, &shown));
    let text = std::fs::read_to_string(&notes).unwrap_or_default();
    // A left-over note does no harm, and the run's own outcome is what counts.
    let _ = std::fs::remove_file(&notes);
    outcome?;
    let left_over = left_over(&root, &text)?;
    if !left_over.is_empty() {
        let list: Vec<String> = left_over.iter().map(|path| format!("  {}", path.display())).collect();
        bail!("no test asks for these snapshots; delete them:\n{}", list.join("\n"));
    }
    Ok(())
}

fn left_over(root: &Path, notes: &str) -> anyhow::Result<Vec<PathBuf>> {
    let asked: BTreeSet<PathBuf> = notes.lines().filter_map(|line| Path::new(line).canonicalize().ok()).collect();
    let mut present = Vec::new();
    collect(&root.join("snapshots"), &mut present)?;
    if asked.is_empty() && !present.is_empty() {
        bail!("the tests noted no snapshot at all: insta no longer heeds {REFERENCES}, or no snapshot test ran");
    }
    let mut left_over = Vec::new();
    for path in present {
        let full = path.canonicalize().with_context(|| format!("finding {}", path.display()))?;
        if !asked.contains(&full) {
            left_over.push(path.strip_prefix(root).map_or_else(|_| path.clone(), Path::to_path_buf));
        }
    }
    Ok(left_over)
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "snap" || extension == "new") {
            into.push(path);
        }
    }
    into.sort();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_test_asks_for_is_named() {
        let root = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let folder = root.path().join("snapshots/surface");
        std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{error}"));
        for name in ["asked.snap", "forgotten.snap"] {
            std::fs::write(folder.join(name), "").unwrap_or_else(|error| panic!("{error}"));
        }
        let notes = format!("{}\n", folder.join("asked.snap").display());
        let found = left_over(root.path(), &notes).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(found, [Path::new("snapshots/surface/forgotten.snap")]);
        assert!(left_over(root.path(), "").is_err(), "no notes at all is not a pass");
    }
}
