//! `cargo xtask drift`

use std::path::PathBuf;
use std::process::ExitCode;

use super::{Format, document};
use crate::diagnostic::Problems;
use crate::drift::{self, Report, Wanted};
use crate::lint;
use crate::spec::Spec;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Provider, or the path of a curated document elsewhere
    provider: String,
    /// Recorded answers: a JSON value, one a line, or a HAR file
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The operation that was answered; without this, --schema or --callback the best fit is looked for
    #[arg(long, value_name = "ID", conflicts_with_all = ["schema", "callback"])]
    operation: Option<String>,
    /// The status of the answer; the first of success unless named
    #[arg(long, value_name = "STATUS", requires = "operation")]
    status: Option<String>,
    /// The component that the answers are
    #[arg(long, value_name = "NAME", conflicts_with = "callback")]
    schema: Option<String>,
    /// The callback that was received
    #[arg(long, value_name = "NAME")]
    callback: Option<String>,
    /// Print values too, but none that is marked x-sensitive
    #[arg(long)]
    show_values: bool,
    /// How to print the outcome
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let document = document(&arguments.provider)?;
    let spec = Spec::load(&document.path, &document.shown)?;
    let mut problems = Problems::default();
    lint::structure(&spec, &mut problems);
    problems.check()?;
    let wanted = Wanted {
        operation: arguments.operation.clone(),
        status: arguments.status.clone(),
        schema: arguments.schema.clone(),
        callback: arguments.callback.clone(),
    };
    let mut recordings = Vec::new();
    for file in &arguments.files {
        recordings.extend(drift::read(file)?);
    }
    let groups = drift::drift(&spec, &wanted, &recordings, arguments.show_values)?;
    let report = Report { provider: &document.name, spec: &spec, groups: &groups };
    let text = match arguments.format {
        Format::Text => drift::text(&report),
        Format::Markdown => drift::markdown(&report),
        Format::Json => drift::json(&report),
    };
    print!("{text}");
    Ok(if groups.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
