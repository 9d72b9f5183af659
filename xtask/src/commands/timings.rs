//! `cargo xtask timings`: what a client costs those who build it.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Providers to measure; all of specs/ when none is named
    providers: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let root = super::workspace();
    for provider in super::providers(&root, &arguments.providers)? {
        let package = format!("{}-client", provider.name);
        let target = root.join("target/timings");
        if target.exists() {
            std::fs::remove_dir_all(&target).with_context(|| format!("removing {}", target.display()))?;
        }
        // Downloads are not what is measured.
        cargo(&root, &target, &["fetch", "--locked"])?;
        println!("{package}, {} cores", std::thread::available_parallelism().map_or(1, usize::from));
        println!(
            "  cold build, dependencies included   {:>6.1} s",
            cargo(&root, &target, &["build", "--locked", "--package", &package])?.as_secs_f64()
        );
        touch(&root.join(&provider.folder).join("src/generated/types/mod.rs"))?;
        println!(
            "  build after the types changed       {:>6.1} s",
            cargo(&root, &target, &["build", "--locked", "--package", &package])?.as_secs_f64()
        );
        cargo(&root, &target, &["check", "--locked", "--package", &package])?;
        touch(&root.join(&provider.folder).join("src/generated/types/mod.rs"))?;
        println!(
            "  check after the types changed       {:>6.1} s",
            cargo(&root, &target, &["check", "--locked", "--package", &package])?.as_secs_f64()
        );
        std::fs::remove_dir_all(&target).with_context(|| format!("removing {}", target.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn cargo(root: &Path, target: &Path, arguments: &[&str]) -> anyhow::Result<Duration> {
    let started = Instant::now();
    let status = Command::new("cargo")
        .args(arguments)
        .arg("--quiet")
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .status();
    if !status.context("starting `cargo`")?.success() {
        bail!("`cargo {}` failed", arguments.join(" "));
    }
    Ok(started.elapsed())
}

/// A new time stamp is all that a build looks at.
fn touch(path: &Path) -> anyhow::Result<()> {
    let file =
        std::fs::File::options().append(true).open(path).with_context(|| format!("opening {}", path.display()))?;
    file.set_modified(std::time::SystemTime::now()).with_context(|| format!("touching {}", path.display()))
}
