//! `load -> check -> lower -> progenitor -> refine -> guard -> text`, all in memory.

use std::panic::resume_unwind;
use std::path::Path;

use anyhow::Context as _;

use crate::diagnostic::{Problems, Rejected};
use crate::model::Api;
use crate::output::{self, Files};
use crate::spec::Spec;
use crate::{generate, lint, lower, refine};

/// A specification and everything that is made of it.
pub(crate) struct Generated {
    pub(crate) spec: Spec,
    pub(crate) api: Api,
    /// The files of `src/generated`.
    pub(crate) files: Files,
}

/// Whose document it is decides which rules it has to keep.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Curated here: the house rules hold.
    House,
    /// Written by others: whatever can be generated is welcome.
    Foreign,
}

/// Checks a document alone.
pub(crate) fn check_spec(spec: &Spec, origin: Origin) -> Result<(), Rejected> {
    check(spec, lint::structure)?;
    house(spec, origin)
}

fn house(spec: &Spec, origin: Origin) -> Result<(), Rejected> {
    if origin == Origin::House { check(spec, lint::house) } else { Ok(()) }
}

fn check(spec: &Spec, rules: fn(&Spec, &mut Problems)) -> Result<(), Rejected> {
    let mut problems = Problems::default();
    rules(spec, &mut problems);
    problems.check()
}

/// Runs the whole pipeline; nothing is written.
pub(crate) fn run(path: &Path, shown: &str, origin: Origin) -> anyhow::Result<Generated> {
    let spec = Spec::load(path, shown)?;
    check(&spec, lint::structure)?;
    // The house rules look at the document alone and take their time, so that both go on side by side.
    let (rules, code) = std::thread::scope(|scope| {
        let rules = scope.spawn(|| house(&spec, origin));
        let code = code(&spec);
        (rules.join().unwrap_or_else(|panic| resume_unwind(panic)), code)
    });
    rules?;
    let (api, files) = code?;
    Ok(Generated { spec, api, files })
}

/// The generating half, for a document that has passed its checks.
pub(crate) fn code(spec: &Spec) -> anyhow::Result<(Api, Files)> {
    let api = lower::lower(spec)?;
    let tokens = generate::generate(&api).with_context(|| format!("generating from {}", spec.file))?;
    let modules = refine::refine(&api, tokens).with_context(|| format!("refining what {} gave", spec.file))?;
    refine::guard::check(&api, &modules)?;
    let files = output::render(spec, &api, modules);
    Ok((api, files))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands;

    #[test]
    fn the_same_specification_gives_the_same_bytes() {
        let root = commands::workspace();
        for provider in commands::providers(&root, &[]).unwrap_or_else(|error| panic!("{error}")) {
            let generate = || {
                run(&root.join(&provider.spec), &provider.spec, Origin::House)
                    .unwrap_or_else(|error| panic!("{error:#}"))
            };
            let (first, second) = (generate(), generate());
            assert!(!first.files.is_empty());
            assert!(first.files == second.files, "{} differs from run to run", provider.name);
        }
    }
}
