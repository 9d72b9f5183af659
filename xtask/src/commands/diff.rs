//! `cargo xtask diff`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use crate::diff::{self, Format, Report};
use crate::spec::Spec;

/// Compares the specifications of the work tree with those of a commit, by meaning.
///
/// Each change says what it means on the wire, for callers in Rust and for the normalized model. What changed only in its words is docs.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Providers to compare; all of specs/ when none is named
    providers: Vec<String>,
    /// Commit, tag or branch to compare with; without it the commit where HEAD left main
    #[arg(long, value_name = "REV", conflicts_with_all = ["from", "to"])]
    base: Option<String>,
    /// The old one of two documents, whatever they are
    #[arg(long, value_name = "FILE", requires = "to", conflicts_with = "providers")]
    from: Option<PathBuf>,
    /// The new one of two documents
    #[arg(long, value_name = "FILE", requires = "from")]
    to: Option<PathBuf>,
    /// How to say it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Fail when a breaking or unjudged change has neither its version step nor an entry in specs/review/accepted.yaml
    #[arg(long)]
    check: bool,
    /// Folder of another checkout
    #[arg(long, value_name = "DIR", conflicts_with_all = ["from", "to"])]
    root: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let report = match (&arguments.from, &arguments.to) {
        (Some(from), Some(to)) => files(from, to)?,
        _ => {
            let root = arguments.root.clone().unwrap_or_else(super::workspace);
            diff::of_revisions(&root, arguments.base.as_deref(), &arguments.providers)?
        }
    };
    print!("{}", report.print(arguments.format));
    if !arguments.check {
        return Ok(ExitCode::SUCCESS);
    }
    match report.refusal() {
        None => Ok(ExitCode::SUCCESS),
        Some(refusal) => {
            eprint!("{refusal}");
            Ok(ExitCode::FAILURE)
        }
    }
}

fn files(from: &Path, to: &Path) -> anyhow::Result<Report> {
    let load = |path: &Path| Spec::load(path, &path.display().to_string());
    let (old, new) = (load(from)?, load(to)?);
    let Some(name) = to.file_stem().map(|stem| stem.to_string_lossy().into_owned()) else {
        bail!("{} has no file name, which is to name the provider", to.display());
    };
    Ok(diff::of_files(&name, &old, &new))
}
