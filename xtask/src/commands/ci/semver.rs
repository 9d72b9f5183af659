//! What changed in the public API since the last release, by cargo-semver-checks where it is installed.

use std::process::Command;

use anyhow::Context as _;

use super::command;

pub(super) const LINE: &str = "cargo semver-checks --workspace --exclude xtask --exclude bankfeed-testing";

pub(super) fn check() -> anyhow::Result<()> {
    let installed = Command::new("cargo").args(["semver-checks", "--version"]).output();
    if !installed.is_ok_and(|output| output.status.success()) {
        println!(
            "skipped: cargo-semver-checks is not installed; `cargo install cargo-semver-checks --locked` brings it"
        );
        return Ok(());
    }
    let Some(release) = last_release()? else {
        println!("skipped: nothing was released yet, there is no tag `v*`");
        return Ok(());
    };
    command(&format!("{LINE} --baseline-rev {release}"), &[])
}

/// The newest tag of a release in the history.
fn last_release() -> anyhow::Result<Option<String>> {
    let output = Command::new("git")
        .args(["describe", "--tags", "--abbrev=0", "--match", "v*"])
        .current_dir(super::super::workspace())
        .output()
        .context("starting `git`")?;
    Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned()))
}
