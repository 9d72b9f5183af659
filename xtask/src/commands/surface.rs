//! `cargo xtask surface`

use std::path::PathBuf;
use std::process::ExitCode;

use crate::pipeline::{Origin, check_spec};
use crate::spec::Spec;
use crate::{lower, surface};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Providers to show; all of specs/ when none is named
    providers: Vec<String>,
    /// Any OpenAPI 3.0 document instead
    #[arg(long, value_name = "FILE", conflicts_with = "providers")]
    spec: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let specs = match &arguments.spec {
        Some(path) => vec![(Spec::load(path, &path.display().to_string())?, Origin::Foreign)],
        None => {
            let root = super::workspace();
            let providers = super::providers(&root, &arguments.providers)?;
            let load = |provider: super::Provider| {
                Ok((Spec::load(&root.join(&provider.spec), &provider.spec)?, Origin::House))
            };
            providers.into_iter().map(load).collect::<anyhow::Result<_>>()?
        }
    };
    for (spec, origin) in specs {
        check_spec(&spec, origin)?;
        print!("{}", surface::surface(&lower::lower(&spec)?));
    }
    Ok(ExitCode::SUCCESS)
}
