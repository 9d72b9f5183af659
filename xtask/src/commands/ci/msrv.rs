//! The oldest Rust that the workspace promises, held against what its dependencies ask for.
//!
//! Often only one toolchain is at hand. What can be known without the old one: the resolver honours `rust-version`, clippy
//! refuses newer parts of the standard library, and no package in the lock file asks for more, which is looked up here.

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::{command, metadata};

pub(super) fn check() -> anyhow::Result<()> {
    let metadata = metadata()?;
    let promised = promised(&metadata)?;
    let newer = newer_than(&metadata, promised);
    if !newer.is_empty() {
        bail!("the workspace promises Rust {promised}, but these ask for more: {}", newer.join(", "));
    }
    println!("Rust {promised} is enough for all {} packages", metadata["packages"].as_array().map_or(0, Vec::len));
    Ok(())
}

/// Builds what users build with the oldest Rust.
pub(super) fn build() -> anyhow::Result<()> {
    let metadata = metadata()?;
    let promised = promised(&metadata)?;
    let line = format!(
        "rustup run {promised} cargo check --workspace --exclude xtask --exclude bankfeed-testing --all-features --locked"
    );
    command(&line, &[]).with_context(|| format!("`rustup toolchain install {promised}` brings that Rust"))
}

fn promised(metadata: &Value) -> anyhow::Result<&str> {
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .find(|package| package["name"] == "bankfeed-runtime")
        .and_then(|package| package["rust_version"].as_str())
        .context("bankfeed-runtime does not say its rust-version")
}

fn newer_than(metadata: &Value, promised: &str) -> Vec<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter_map(|package| {
            let asked = package["rust_version"].as_str()?;
            (number(asked) > number(promised)).then(|| format!("{} ({asked})", package["name"].as_str().unwrap_or("?")))
        })
        .collect()
}

fn number(version: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap_or(0)).collect();
    parts.resize(3, 0);
    parts
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_asks_for_more_is_named() {
        let metadata = json!({"packages": [{"name": "old", "rust_version": "1.9"}, {"name": "none", "rust_version": null},
                                           {"name": "same", "rust_version": "1.88.0"}, {"name": "new", "rust_version": "1.88.1"}]});
        assert_eq!(newer_than(&metadata, "1.88"), ["new (1.88.1)"]);
    }
}
