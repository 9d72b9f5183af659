//! What an earlier `cargo package` left behind.
//!
//! Packing builds each crate against the others as they were just packed, from a registry in the target folder. Packages
//! of a registry never change under one version, so what cargo unpacked and compiled the last time would be taken for what
//! was packed now.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::Value;

/// Removes what was unpacked of our own packages. If there was something, says where to build instead, so that nothing
/// that was compiled from it is found either.
pub(super) fn forget(metadata: &Value) -> anyhow::Result<Option<PathBuf>> {
    let unpacked = unpacked(metadata);
    if unpacked.is_empty() {
        return Ok(None);
    }
    for folder in unpacked {
        std::fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    let target = metadata["target_directory"].as_str().context("`cargo metadata` names no target folder")?;
    let target = Path::new(target).join("packed");
    if target.exists() {
        std::fs::remove_dir_all(&target).with_context(|| format!("removing {}", target.display()))?;
    }
    Ok(Some(target))
}

/// Where cargo unpacked packages of ours: below the folders of registries without a host, `-` and a hash.
fn unpacked(metadata: &Value) -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let registries = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
    let local =
        registries.into_iter().flatten().flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with('-'));
    let ours = ours(metadata);
    local
        .flat_map(|registry| ours.iter().map(move |name| registry.path().join(name)))
        .filter(|path| path.is_dir())
        .collect()
}

/// `name-version` of each package of the workspace.
fn ours(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten().filter(|package| package["source"].is_null());
    packages
        .filter_map(|package| Some(format!("{}-{}", package["name"].as_str()?, package["version"].as_str()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_packages_of_the_workspace_are_ours() {
        let metadata = json!({"packages": [
            {"name": "ours", "version": "0.1.0", "source": null},
            {"name": "theirs", "version": "1.0.0", "source": "registry"}
        ]});
        assert_eq!(ours(&metadata), ["ours-0.1.0"]);
    }
}
