//! `cargo xtask lint`

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diagnostic::Rejected;
use crate::pipeline::{Origin, check_spec};
use crate::spec::Spec;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Providers to check; all of specs/ when none is named
    providers: Vec<String>,
    /// A document outside specs/; it has to keep the house rules too
    #[arg(long, value_name = "FILE", conflicts_with = "providers")]
    spec: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let root = super::workspace();
    let files: Vec<(PathBuf, String)> = match &arguments.spec {
        Some(path) => vec![(path.clone(), path.display().to_string())],
        None => super::providers(&root, &arguments.providers)?
            .into_iter()
            .map(|provider| (root.join(&provider.spec), provider.spec))
            .collect(),
    };
    let mut found = Vec::new();
    for (path, shown) in files {
        let outcome = Spec::load(&path, &shown).map_err(anyhow::Error::from).and_then(|spec| {
            check_spec(&spec, Origin::House)?;
            // What only lowering can see: names that meet, answers that do not unite.
            crate::lower::lower(&spec)?;
            Ok(())
        });
        match outcome.map_err(|error| error.downcast::<Rejected>()) {
            Ok(()) => println!("{shown}: in order"),
            Err(Ok(Rejected(more))) => found.extend(more),
            Err(Err(error)) => return Err(error),
        }
    }
    if found.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(Rejected(found).into()) }
}
