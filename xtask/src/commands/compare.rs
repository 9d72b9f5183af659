//! `cargo xtask compare`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::{Format, document};
use crate::compare::{self, IgnoreList, Report};
use crate::diagnostic::Problems;
use crate::lint;
use crate::spec::Spec;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Provider, or the path of a curated document elsewhere
    provider: String,
    /// The provider's own description, or a newer copy of it: OpenAPI 3.0 or 3.1, JSON or YAML
    file: PathBuf,
    /// Differences that have a reason; compare/PROVIDER.yaml beside the specification unless named
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,
    /// How to print the outcome
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print entries for the list of reasons instead, one for each difference that has none
    #[arg(long, conflicts_with = "format")]
    suggest: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let document = document(&arguments.provider)?;
    let here = Spec::load(&document.path, &document.shown)?;
    let mut problems = Problems::default();
    lint::structure(&here, &mut problems);
    problems.check()?;
    let there = Spec::load(&arguments.file, &arguments.file.display().to_string())?;
    let findings = compare::compare(&here, &there)?;
    let ignored = reasons(arguments, &document.path, &document.shown)?;
    let mut open = findings.iter().filter(|finding| ignored.reason(finding).is_none()).peekable();
    let failed = open.peek().is_some();
    if arguments.suggest {
        print!("{}", compare::suggest(open));
    } else {
        let (provider, findings) = (document.name.as_str(), findings.as_slice());
        let report = Report { provider, here: &here, there: &there, findings, ignored: &ignored };
        let text = match arguments.format {
            Format::Text => compare::text(&report),
            Format::Markdown => compare::markdown(&report),
            Format::Json => compare::json(&report),
        };
        print!("{text}");
    }
    ignored.check_used(&findings)?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The list that was named has to be there; the one beside the specification may be missing.
fn reasons(arguments: &Arguments, spec: &Path, shown: &str) -> anyhow::Result<IgnoreList> {
    let (path, shown) = match &arguments.ignore {
        Some(path) => (path.clone(), path.display().to_string()),
        None => {
            let beside = |file: &Path| -> anyhow::Result<PathBuf> {
                let name = file.file_stem().with_context(|| format!("{} names no file", file.display()))?;
                Ok(file.with_file_name("compare").join(name).with_extension("yaml"))
            };
            (beside(spec)?, beside(Path::new(shown))?.display().to_string())
        }
    };
    if arguments.ignore.is_none() && !path.exists() {
        return Ok(IgnoreList::none());
    }
    Ok(IgnoreList::new(Spec::load(&path, &shown)?)?)
}
