//! `cargo xtask codegen`

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use super::{Provider, facade};
use crate::output::{self, Files};
use crate::pipeline::{self, Generated, Origin};
use crate::playbook;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Providers to generate; all of specs/ when none is named
    providers: Vec<String>,
    /// Write nothing; fail when anything on disk differs
    #[arg(long)]
    check: bool,
    /// Any OpenAPI 3.0 document (JSON or YAML), to become a crate of its own
    #[arg(long, value_name = "FILE", requires_all = ["name", "out"], conflicts_with = "providers")]
    spec: Option<PathBuf>,
    /// Name of the crate made from --spec
    #[arg(long = "crate", value_name = "NAME", requires = "spec")]
    name: Option<String>,
    /// Folder of the crate made from --spec
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match (&arguments.spec, &arguments.name, &arguments.out) {
        (Some(spec), Some(name), Some(out)) => foreign(spec, name, out, arguments.check),
        _ => house(&arguments.providers, arguments.check),
    }
}

/// Providers know nothing of each other, so each has a thread; what is said comes in their order.
fn house(wanted: &[String], check: bool) -> anyhow::Result<ExitCode> {
    let root = super::workspace();
    let providers = super::providers(&root, wanted)?;
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = providers.iter().map(|provider| scope.spawn(|| generate(&root, provider))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    let mut failed = false;
    let mut specs = Vec::new();
    for (provider, outcome) in providers.iter().zip(outcomes) {
        let (generated, elapsed) = match outcome {
            Ok(outcome) => outcome,
            Err(error) => {
                super::tell(&error);
                failed = true;
                continue;
            }
        };
        let shown = format!("{}/src/generated", provider.folder);
        let cure = format!("cargo xtask codegen {}", provider.name);
        let played = format!("crates/bankfeed-sandbox/src/generated/{}", provider.name);
        let playbook = playbook::files(&generated.spec);
        let differences = settle(&root.join(&shown), &shown, &generated.files, check, &cure)?
            + settle(&root.join(&played), &played, &playbook, check, &cure)?;
        specs.push((provider.name.clone(), generated.spec));
        if check && differences > 0 {
            failed = true;
            continue;
        }
        let outcome = settled(check, differences, generated.files.len() + playbook.len());
        println!(
            "{}: {} operations, {} types, {outcome} ({} ms)",
            provider.name,
            generated.api.operations.len(),
            generated.api.types.len(),
            elapsed.as_millis()
        );
    }
    // The facade speaks of all providers, so that it waits until each is in order.
    if specs.len() == providers.len() {
        failed |= !facade::settle_all(&root, specs, check)?;
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What became of a number of files.
pub(super) fn settled(check: bool, differences: usize, files: usize) -> String {
    if check { "up to date".to_owned() } else { format!("{differences} of {files} files written") }
}

fn generate(root: &Path, provider: &Provider) -> anyhow::Result<(Generated, Duration)> {
    let started = Instant::now();
    let generated = pipeline::run(&root.join(&provider.spec), &provider.spec, Origin::House)?;
    Ok((generated, started.elapsed()))
}

/// Writes or compares; the number of files that differ.
pub(super) fn settle(folder: &Path, shown: &str, files: &Files, check: bool, cure: &str) -> anyhow::Result<usize> {
    if !check {
        return Ok(output::write(folder, files)?.len());
    }
    let differences = output::compare(folder, files)?;
    if !differences.is_empty() {
        eprint!("{}", output::report(shown, &differences, cure));
    }
    Ok(differences.len())
}

fn foreign(spec: &Path, name: &str, out: &Path, check: bool) -> anyhow::Result<ExitCode> {
    let valid = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_');
    if !valid {
        bail!("`{name}` is no crate name: letters, digits, `-` and `_`, beginning with a letter");
    }
    let started = Instant::now();
    let generated = pipeline::run(spec, &spec.display().to_string(), Origin::Foreign)?;
    let top = output::standalone(&generated.spec, &generated.api, name, &runtime_from(out)?);
    let shown = out.join("src/generated").display().to_string();
    let cure = format!("cargo xtask codegen --spec {} --crate {name} --out {}", spec.display(), out.display());
    let mut differences = settle(&out.join("src/generated"), &shown, &generated.files, check, &cure)?;
    for (path, text) in &top {
        let path = out.join(path);
        let found = std::fs::read_to_string(&path).ok();
        if found.as_deref() == Some(text) {
            continue;
        }
        differences += 1;
        if check {
            eprintln!("differs: {}", path.display());
            continue;
        }
        if found.is_some_and(|found| !found.contains(output::MARK)) {
            bail!(
                "{} was not generated, so it is not overwritten: name another --out, or move it away",
                path.display()
            );
        }
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    if check && differences > 0 {
        return Ok(ExitCode::FAILURE);
    }
    let verb = if check { "up to date" } else { "written" };
    println!(
        "{name}: {} operations, {} types, {verb} in {} ({} ms)",
        generated.api.operations.len(),
        generated.api.types.len(),
        out.display(),
        started.elapsed().as_millis()
    );
    Ok(ExitCode::SUCCESS)
}

/// The way from a generated crate to the runtime it stands on.
fn runtime_from(out: &Path) -> anyhow::Result<PathBuf> {
    let runtime = super::workspace().join("crates/bankfeed-runtime");
    let absolute = std::path::absolute(out).with_context(|| format!("finding {}", out.display()))?;
    Ok(pathdiff::diff_paths(&runtime, absolute).unwrap_or(runtime))
}
