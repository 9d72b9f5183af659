//! The two trees that are compared: a revision of git, and the work tree.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use super::semver::Version;

/// A set of files that may be asked for by path.
pub(crate) enum Tree {
    /// The files of a folder as they are now.
    Folder(PathBuf),
    /// The files of a commit, seen from a folder.
    Revision { folder: PathBuf, commit: String },
}

/// The revision that a comparison starts from.
pub(crate) struct Base {
    pub(crate) tree: Tree,
    /// Its first digits, and where they come from.
    pub(crate) shown: String,
}

/// The commit to compare with: the one that was asked for, or where the work left `main`.
pub(crate) fn base(root: &Path, wanted: Option<&str>) -> anyhow::Result<Base> {
    if git(root, &["rev-parse", "--is-inside-work-tree"])?.is_none() {
        bail!(
            "{} is in no git repository, so there is nothing to compare with: name two files with `--from FILE --to FILE`, or another folder with `--root DIR`",
            root.display()
        );
    }
    let (commit, why) = match wanted {
        Some(revision) => {
            // Without the check a revision could be taken for an option.
            let known = if revision.starts_with('-') {
                None
            } else {
                git(root, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?
            };
            let Some(commit) = known else {
                bail!(
                    "git knows no commit `{revision}`: `git fetch --tags` may bring it, and `git log` shows what is there; give it with `--base REV`"
                );
            };
            (commit, revision.to_owned())
        }
        None => {
            let mut found = None;
            for branch in ["main", "origin/main"] {
                if let Some(commit) = git(root, &["merge-base", "HEAD", branch])? {
                    found = Some((commit, format!("where HEAD left {branch}")));
                    break;
                }
            }
            let Some(found) = found else {
                bail!(
                    "HEAD shares no commit with `main` or `origin/main`: fetch one of them (a shallow clone needs `git fetch --unshallow`), or name a commit with `--base REV`"
                );
            };
            found
        }
    };
    let short = commit.get(..12).unwrap_or(&commit);
    let shown = format!("{short} ({why})");
    Ok(Base { tree: Tree::Revision { folder: root.to_owned(), commit }, shown })
}

impl Tree {
    /// The text of a file; `None` where there is none.
    pub(crate) fn read(&self, path: &str) -> anyhow::Result<Option<String>> {
        match self {
            Tree::Folder(folder) => {
                let file = folder.join(path);
                if !file.is_file() {
                    return Ok(None);
                }
                std::fs::read_to_string(&file).map(Some).with_context(|| format!("reading {}", file.display()))
            }
            Tree::Revision { folder, commit } => git_bytes(folder, &["show", &format!("{commit}:./{path}")])?
                .map(|bytes| String::from_utf8(bytes).with_context(|| format!("reading {path} of {commit}: not UTF-8")))
                .transpose(),
        }
    }

    /// The names of the providers: every specification in `specs`.
    pub(crate) fn providers(&self) -> anyhow::Result<Vec<String>> {
        let mut names: Vec<String> = match self {
            Tree::Folder(folder) => {
                super::super::commands::providers(folder, &[])?.into_iter().map(|provider| provider.name).collect()
            }
            Tree::Revision { folder, commit } => {
                let list = git(folder, &["ls-tree", "--name-only", commit, "specs/"])?.unwrap_or_default();
                let names = list.lines().filter_map(|path| path.strip_prefix("specs/")?.strip_suffix(".yaml"));
                names.map(str::to_owned).collect()
            }
        };
        names.sort();
        Ok(names)
    }

    /// The version of a crate, its own or that of the workspace.
    pub(crate) fn version(&self, name: &str) -> anyhow::Result<Option<Version>> {
        let Some(manifest) = self.read(&format!("crates/{name}/Cargo.toml"))? else { return Ok(None) };
        let version = match key(&manifest, "package", "version") {
            Some(own) => Some(own),
            None => self.read("Cargo.toml")?.and_then(|root| key(&root, "workspace.package", "version")),
        };
        Ok(version.and_then(|text| Version::parse(&text)))
    }
}

/// A text of a manifest: `key = "value"` in its table. `version.workspace = true` is none.
fn key(manifest: &str, table: &str, key: &str) -> Option<String> {
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            inside = name.strip_suffix(']') == Some(table);
        } else if inside
            && let Some((name, value)) = line.split_once('=')
            && name.trim() == key
        {
            let value = value.split('#').next().unwrap_or(value).trim();
            return value.strip_prefix('"')?.strip_suffix('"').map(str::to_owned);
        }
    }
    None
}

fn git(folder: &Path, arguments: &[&str]) -> anyhow::Result<Option<String>> {
    let output = git_bytes(folder, arguments)?;
    Ok(output.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned()))
}

/// What git prints; `None` when it refuses.
fn git_bytes(folder: &Path, arguments: &[&str]) -> anyhow::Result<Option<Vec<u8>>> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output()
        .context("running git, which has to be installed")?;
    Ok(output.status.success().then_some(output.stdout))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_their_table_only() {
        let manifest = "[package]\nname = \"a\"\nversion = \"1.2.3\" # own\n[dependencies.b]\nversion = \"9\"\n";
        assert_eq!(key(manifest, "package", "version").as_deref(), Some("1.2.3"));
        assert_eq!(key("[package]\nversion.workspace = true\n", "package", "version"), None);
        assert_eq!(
            key("[workspace.package]\nversion = \"0.1.0\"\n", "workspace.package", "version").as_deref(),
            Some("0.1.0")
        );
    }
}
