//! `cargo xtask ci`

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context as _, bail};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only the named steps
    steps: Vec<String>,
    /// List the steps and their commands
    #[arg(long)]
    list: bool,
}

/// A step: its name, its command, and environment that it needs.
struct Step {
    name: &'static str,
    command: &'static [&'static str],
    env: &'static [(&'static str, &'static str)],
}

const STEPS: &[Step] = &[
    Step { name: "fmt", command: &["cargo", "fmt", "--all", "--check"], env: &[] },
    Step { name: "codegen", command: &["cargo", "xtask", "codegen", "--check"], env: &[] },
    Step { name: "lint", command: &["cargo", "xtask", "lint"], env: &[] },
    Step { name: "clippy", command: &["cargo", "clippy", "--workspace", "--all-targets", "--all-features", "--locked", "--", "-D", "warnings"], env: &[] },
    Step { name: "test", command: &["cargo", "insta", "test", "--workspace", "--all-features", "--check", "--unreferenced", "reject", "--dnd"], env: &[] },
    Step { name: "doc", command: &["cargo", "doc", "--workspace", "--no-deps", "--all-features", "--locked"], env: &[("RUSTDOCFLAGS", "-D warnings")] },
    Step { name: "deny", command: &["cargo", "deny", "check", "bans", "licenses", "sources"], env: &[] },
];

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.list {
        for step in STEPS {
            println!("{:8} {}", step.name, step.command.join(" "));
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(unknown) = arguments.steps.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("there is no step `{unknown}`; the steps are {}", names.join(", "));
    }
    for step in STEPS.iter().filter(|step| arguments.steps.is_empty() || arguments.steps.iter().any(|name| name == step.name)) {
        let started = Instant::now();
        println!("=== {}: {}", step.name, step.command.join(" "));
        let [program, rest @ ..] = step.command else { continue };
        let status = Command::new(program).args(rest).envs(step.env.iter().copied()).current_dir(super::workspace()).status();
        let status = status.with_context(|| format!("starting {program}"))?;
        if !status.success() {
            bail!("the step `{}` failed; run it alone with `cargo xtask ci {}`", step.name, step.name);
        }
        println!("=== {}: {} s\n", step.name, started.elapsed().as_secs());
    }
    Ok(ExitCode::SUCCESS)
}
