//! The changed workspace in memory, and its way to the disk: all of it, or nothing.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

use super::edit::Text;

/// New and edited files, by their path in the workspace.
pub(crate) struct Tree {
    root: PathBuf,
    files: BTreeMap<String, String>,
}

impl Tree {
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf(), files: BTreeMap::new() }
    }

    /// The text of a file as it will be.
    pub(super) fn read(&self, path: &str) -> anyhow::Result<String> {
        match self.files.get(path) {
            Some(text) => Ok(text.clone()),
            None => std::fs::read_to_string(self.root.join(path)).with_context(|| format!("reading {path}")),
        }
    }

    /// A file that is not there yet.
    pub(super) fn add(&mut self, path: &str, text: String) -> anyhow::Result<()> {
        if self.root.join(path).exists() {
            bail!("{path} is there already: move it away, or take another name");
        }
        self.files.insert(path.to_owned(), text);
        Ok(())
    }

    /// A file that is there, or may be.
    pub(super) fn put(&mut self, path: &str, text: String) {
        self.files.insert(path.to_owned(), text);
    }

    /// Edits a file that is there.
    pub(super) fn edit(
        &mut self,
        path: &str,
        edit: impl FnOnce(&mut Text) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut text = Text::new(path, &self.read(path)?);
        edit(&mut text)?;
        self.files.insert(path.to_owned(), text.into_string());
        Ok(())
    }

    /// Paths with whether the file is new.
    pub(crate) fn paths(&self) -> impl Iterator<Item = (&str, bool)> {
        self.files.keys().map(|path| (path.as_str(), !self.root.join(path).exists()))
    }

    /// Formats the Rust that people will write on, as `cargo fmt` would.
    pub(super) fn format(&mut self) -> anyhow::Result<()> {
        let root = self.root.clone();
        let rust = self.files.iter_mut().filter(|(path, _)| path.ends_with(".rs") && !path.contains("/generated/"));
        for (path, text) in rust {
            *text = formatted(&root, text).with_context(|| format!("formatting {path}"))?;
        }
        Ok(())
    }

    /// Writes everything. What was written is taken back when something cannot be.
    pub(crate) fn write(&self) -> anyhow::Result<()> {
        let mut undo = Vec::new();
        let outcome = self.files.iter().try_for_each(|(path, text)| {
            let full = self.root.join(path);
            let before = std::fs::read(&full).ok();
            let parent = full.parent().unwrap_or(&self.root);
            undo.push((full.clone(), before, new_folders(parent)));
            std::fs::create_dir_all(parent).with_context(|| format!("making the folder {}", parent.display()))?;
            std::fs::write(&full, text).with_context(|| format!("writing {path}"))
        });
        if outcome.is_err() {
            for (path, before, folders) in undo.into_iter().rev() {
                // The error that is told is the first one.
                let _ = match before {
                    Some(bytes) => std::fs::write(&path, bytes),
                    None => std::fs::remove_file(&path),
                };
                for folder in folders {
                    let _ = std::fs::remove_dir(folder);
                }
            }
        }
        outcome.context("nothing was changed")
    }
}

/// The folders that are missing on the way to one, itself first.
fn new_folders(folder: &Path) -> Vec<PathBuf> {
    folder.ancestors().take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect()
}

fn formatted(root: &Path, text: &str) -> anyhow::Result<String> {
    let help = "rustfmt cannot be started; `rustup component add rustfmt` installs it";
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root)
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context(help)?;
    // rustfmt reads everything before it writes.
    child.stdin.take().context(help)?.write_all(text.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("rustfmt refuses it: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_cannot_be_written_whole_is_not_written_at_all() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "old\n").unwrap();
        std::fs::write(folder.path().join("z"), "a file where a folder would have to be").unwrap();
        let mut tree = Tree::new(folder.path());
        tree.edit("a.txt", |text| text.above("old", |line| line == "old", "new")).unwrap();
        tree.add("deep/er/b.txt", "b".to_owned()).unwrap();
        tree.add("z/c.txt", "c".to_owned()).unwrap();
        assert!(tree.write().is_err());
        assert_eq!(std::fs::read_to_string(folder.path().join("a.txt")).unwrap(), "old\n");
        assert!(!folder.path().join("deep").exists());
        assert!(tree.add("a.txt", String::new()).is_err());
    }
}
