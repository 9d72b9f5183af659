//! Generated files against those on disk.

use std::path::Path;

use anyhow::Context as _;
use similar::TextDiff;

use super::Files;

/// Most diff lines that are shown of one file.
const LINES_PER_FILE: usize = 24;
/// Most files whose diff is shown.
const FILES_SHOWN: usize = 4;

/// One file that is not what it should be.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) path: String,
    pub(crate) kind: Kind,
}

/// In which way it is not.
#[derive(Debug)]
pub(crate) enum Kind {
    Missing,
    /// On disk, but nothing generates it any more.
    Stale,
    Changed(String),
}

/// What differs below `folder`, which holds nothing else.
pub(crate) fn compare(folder: &Path, files: &Files) -> anyhow::Result<Vec<Difference>> {
    let mut differences = changed(folder, files)?;
    for path in present(folder, "")? {
        if !files.contains_key(&path) {
            differences.push(Difference { path, kind: Kind::Stale });
        }
    }
    differences.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(differences)
}

/// Which of the files differ in a folder that may hold others.
pub(crate) fn changed(folder: &Path, files: &Files) -> anyhow::Result<Vec<Difference>> {
    let mut differences = Vec::new();
    for (path, wanted) in files {
        let found = match std::fs::read_to_string(folder.join(path)) {
            Ok(found) => found,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                differences.push(Difference { path: path.clone(), kind: Kind::Missing });
                continue;
            }
            Err(error) => return Err(error).with_context(|| format!("reading {}", folder.join(path).display())),
        };
        if found != *wanted {
            differences.push(Difference { path: path.clone(), kind: Kind::Changed(short_diff(&found, wanted)) });
        }
    }
    Ok(differences)
}

/// Every file below a folder, by its path from there.
pub(super) fn present(folder: &Path, below: &str) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let entries = match std::fs::read_dir(folder.join(below)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(error).with_context(|| format!("listing {}", folder.join(below).display())),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            found.extend(present(folder, &path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// What a person reads when `--check` fails.
pub(crate) fn report(shown_folder: &str, differences: &[Difference], cure: &str) -> String {
    let mut text = String::new();
    let mut diffs = 0;
    // The header's hash changes with any edit; what changed besides is the news.
    let only_header = differences.len() == 1;
    for difference in differences {
        let path = format!("{shown_folder}/{}", difference.path);
        match &difference.kind {
            Kind::Missing => text.push_str(&format!("missing: {path}\n")),
            Kind::Stale => text.push_str(&format!("stale:   {path} (nothing generates it any more)\n")),
            Kind::Changed(diff) => {
                text.push_str(&format!("differs: {path}\n"));
                if diffs < FILES_SHOWN && (only_header || difference.path != "mod.rs") {
                    diffs += 1;
                    text.push_str(diff);
                }
            }
        }
    }
    text.push_str(&format!(
        "{} of the generated files are not what the specification gives. To cure it, run\n\n    {cure}\n",
        differences.len()
    ));
    text
}

fn short_diff(found: &str, wanted: &str) -> String {
    let diff = TextDiff::from_lines(found, wanted);
    let unified = diff.unified_diff().context_radius(1).to_string();
    let lines: Vec<&str> = unified.lines().collect();
    let mut text: String = lines.iter().take(LINES_PER_FILE).map(|line| format!("    {line}\n")).collect();
    if lines.len() > LINES_PER_FILE {
        text.push_str(&format!("    ... and {} more lines\n", lines.len() - LINES_PER_FILE));
    }
    text
}
