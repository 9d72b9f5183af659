//! `cargo xtask ci`: one list of promises, the same on every machine.

mod families;
mod minimal;
mod msrv;
mod packed;
mod semver;
mod snapshots;
#[cfg(test)]
mod workflows;

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context as _, bail};
use serde_json::Value;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only the named steps; without, all that need nothing but this toolchain
    steps: Vec<String>,
    /// List the steps and their commands
    #[arg(long)]
    list: bool,
}

/// One promise.
struct Step {
    name: &'static str,
    promise: &'static str,
    run: Run,
    when: When,
}

/// Whether a step belongs to every run.
#[derive(PartialEq, Eq)]
enum When {
    Always,
    /// It needs what not every machine has, which is said here: another toolchain, a network, a history.
    Named(&'static str),
}

/// How it is checked.
enum Run {
    Command {
        line: &'static str,
        env: &'static [(&'static str, &'static str)],
    },
    /// Tests, and afterwards whether every snapshot was asked for.
    Tests {
        line: &'static str,
    },
    Families,
    Msrv,
    MsrvBuild,
    Minimal,
    Semver,
    /// Packing, with nothing left of what was packed before.
    Package {
        line: &'static str,
    },
}

const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        promise: "code is formatted",
        run: Run::Command { line: "cargo fmt --all --check", env: &[] },
        when: When::Always,
    },
    Step {
        name: "lint",
        promise: "specifications keep the house rules",
        run: Run::Command { line: "cargo xtask lint", env: &[] },
        when: When::Always,
    },
    Step {
        name: "codegen",
        promise: "checked-in code is what the specifications give",
        run: Run::Command { line: "cargo xtask codegen --check", env: &[] },
        when: When::Always,
    },
    Step {
        name: "clippy",
        promise: "no warnings",
        run: Run::Command {
            line: "cargo clippy --workspace --all-targets --all-features --locked --quiet -- -D warnings",
            env: &[],
        },
        when: When::Always,
    },
    Step { name: "families", promise: "each product family compiles alone", run: Run::Families, when: When::Always },
    Step {
        name: "test",
        promise: "tests pass, and no snapshot is left over",
        run: Run::Tests { line: "cargo test --workspace --all-features" },
        when: When::Always,
    },
    Step {
        name: "doc",
        promise: "documentation builds without warnings",
        run: Run::Command {
            line: "cargo doc --workspace --no-deps --all-features --locked --quiet",
            env: &[("RUSTDOCFLAGS", "-D warnings")],
        },
        when: When::Always,
    },
    Step {
        name: "msrv",
        promise: "no dependency asks for a newer Rust than we do",
        run: Run::Msrv,
        when: When::Always,
    },
    Step {
        name: "package",
        promise: "every crate holds all it is built from",
        run: Run::Package {
            line: "cargo package --workspace --exclude xtask --exclude bankfeed-testing --locked --allow-dirty --quiet",
        },
        when: When::Always,
    },
    Step {
        name: "deny",
        promise: "licences, bans and sources",
        run: Run::Command { line: "cargo deny --log-level error check bans licenses sources", env: &[] },
        when: When::Always,
    },
    Step {
        name: "diff",
        promise: "no change of a specification breaks callers unnoticed",
        run: Run::Command { line: "cargo xtask diff --check", env: &[] },
        when: When::Named("the branch to compare with"),
    },
    Step {
        name: "msrv-build",
        promise: "the oldest promised Rust builds it",
        run: Run::MsrvBuild,
        when: When::Named("that toolchain"),
    },
    Step {
        name: "minimal",
        promise: "the oldest dependencies that we ask for are enough",
        run: Run::Minimal,
        when: When::Named("a network"),
    },
    Step {
        name: "semver",
        promise: "versions say what changed since the last release",
        run: Run::Semver,
        when: When::Named("cargo-semver-checks, and a tag `v*`"),
    },
];

impl Step {
    fn line(&self) -> &'static str {
        match self.run {
            Run::Command { line, .. } | Run::Tests { line } | Run::Package { line } => line,
            Run::Families => "cargo clippy, a feature at a time",
            Run::Msrv => "cargo metadata",
            Run::MsrvBuild => "cargo check, with the Rust that is promised",
            Run::Minimal => "cargo check, with direct dependencies at their oldest",
            Run::Semver => semver::LINE,
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.list {
        for step in STEPS {
            println!("{:10} {:52} {}", step.name, step.promise, step.line());
        }
        for (name, needs) in STEPS.iter().filter_map(|step| match step.when {
            When::Always => None,
            When::Named(needs) => Some((step.name, needs)),
        }) {
            println!("{name} runs only when it is named: it needs {needs}");
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(unknown) = arguments.steps.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("there is no step `{unknown}`; the steps are {}", names.join(", "));
    }
    let chosen = |step: &&Step| match arguments.steps.as_slice() {
        [] => step.when == When::Always,
        named => named.iter().any(|name| name == step.name),
    };
    for step in STEPS.iter().filter(chosen) {
        let started = Instant::now();
        println!("=== {}: {} ({})", step.name, step.promise, step.line());
        let outcome = match &step.run {
            Run::Command { line, env } => command(line, env),
            Run::Tests { line } => snapshots::with_references(|env| command(line, &[env])),
            Run::Families => families::check(),
            Run::Msrv => msrv::check(),
            Run::MsrvBuild => msrv::build(),
            Run::Minimal => minimal::check(),
            Run::Semver => semver::check(),
            Run::Package { line } => package(line),
        };
        outcome.with_context(|| format!("step `{}`; run it alone with `cargo xtask ci {}`", step.name, step.name))?;
        println!("=== {}: kept, {} s\n", step.name, started.elapsed().as_secs());
    }
    Ok(ExitCode::SUCCESS)
}

/// Packs; where that was done before, in a folder of its own, which is large and of no further use.
fn package(line: &str) -> anyhow::Result<()> {
    let Some(target) = packed::forget(&metadata()?)? else { return command(line, &[]) };
    let shown = target.to_str().context("the target folder is not UTF-8")?;
    command(line, &[("CARGO_TARGET_DIR", shown)])?;
    std::fs::remove_dir_all(&target).with_context(|| format!("removing {}", target.display()))
}

fn command(line: &str, env: &[(&str, &str)]) -> anyhow::Result<()> {
    let mut words = line.split(' ');
    let program = words.next().unwrap_or_default();
    let status = Command::new(program).args(words).envs(env.iter().copied()).current_dir(super::workspace()).status();
    let status = status.with_context(|| format!("starting `{program}`"))?;
    if !status.success() {
        bail!("`{line}` failed");
    }
    Ok(())
}

/// What cargo knows of the workspace and its dependencies.
fn metadata() -> anyhow::Result<Value> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(super::workspace())
        .output()
        .context("starting `cargo metadata`")?;
    if !output.status.success() {
        bail!("`cargo metadata` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    serde_json::from_slice(&output.stdout).context("reading what `cargo metadata` says")
}
