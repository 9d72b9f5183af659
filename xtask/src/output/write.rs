//! Writing what differs, and nothing else: an untouched file keeps its time stamp, and with it its build.

use std::path::Path;

use anyhow::Context as _;

use super::compare::{Difference, Kind, present};
use super::{Files, compare};

/// Brings the folder to hold exactly these files; says what was different.
pub(crate) fn write(folder: &Path, files: &Files) -> anyhow::Result<Vec<Difference>> {
    let differences = compare(folder, files)?;
    put(folder, files, &differences)?;
    remove_empty_folders(folder)?;
    Ok(differences)
}

/// Mends what is different, and touches no other file of the folder.
pub(crate) fn put(folder: &Path, files: &Files, differences: &[Difference]) -> anyhow::Result<()> {
    for difference in differences {
        let path = folder.join(&difference.path);
        match (&difference.kind, files.get(&difference.path)) {
            (Kind::Stale, _) | (_, None) => {
                std::fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?
            }
            (_, Some(text)) => {
                if let Some(parent) = path.parent() {
                    std::fs::create_dir_all(parent)
                        .with_context(|| format!("making the folder {}", parent.display()))?;
                }
                std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
            }
        }
    }
    Ok(())
}

fn remove_empty_folders(folder: &Path) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            if present(&path, "")?.is_empty() {
                std::fs::remove_dir_all(&path).with_context(|| format!("removing {}", path.display()))?;
            } else {
                remove_empty_folders(&path)?;
            }
        }
    }
    Ok(())
}
