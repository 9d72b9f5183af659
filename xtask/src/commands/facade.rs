//! The part of `cargo xtask codegen` that is about all providers at once.

use std::path::Path;
use std::time::Instant;

use super::codegen::{settle, settled};
use crate::facade::{self, Provider, Titles};
use crate::output::{self, Files};
use crate::spec::Spec;

const CURE: &str = "cargo xtask codegen";

/// Writes or compares what the facade reads; false when something differs. Providers that nobody asked for are read as well.
pub(super) fn settle_all(root: &Path, mut specs: Vec<(String, Spec)>, check: bool) -> anyhow::Result<bool> {
    let started = Instant::now();
    for provider in super::providers(root, &[])? {
        if !specs.iter().any(|(name, _)| *name == provider.name) {
            specs.push((provider.name, Spec::load(&root.join(&provider.spec), &provider.spec)?));
        }
    }
    specs.sort_by(|(a, _), (b, _)| a.cmp(b));
    let titles = Titles::load(root)?;
    let providers: Vec<Provider> = specs.iter().map(|(name, spec)| Provider::new(name, spec, &titles)).collect();
    let (tables, pages) = (facade::tables(&providers), facade::pages(&providers));
    let shown = "crates/bankfeed/src/generated";
    let differences = settle(&root.join(shown), shown, &tables, check, CURE)?
        + settle_some(root, "crates/bankfeed/docs", &pages, check)?;
    if check && differences > 0 {
        return Ok(false);
    }
    let sizes = providers.iter().map(Provider::size);
    let (records, values) = sizes.fold((0, 0), |(records, values), (more, further)| (records + more, values + further));
    let outcome = settled(check, differences, tables.len() + pages.len());
    println!("bankfeed: {records} records, {values} values, {outcome} ({} ms)", started.elapsed().as_millis());
    Ok(true)
}

/// As [`settle`], in a folder where files by hand may stand too.
fn settle_some(root: &Path, shown: &str, files: &Files, check: bool) -> anyhow::Result<usize> {
    let folder = root.join(shown);
    let differences = output::changed(&folder, files)?;
    if !check {
        output::put(&folder, files, &differences)?;
    } else if !differences.is_empty() {
        eprint!("{}", output::report(shown, &differences, CURE));
    }
    Ok(differences.len())
}
