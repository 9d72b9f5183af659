//! From two trees, or two files, to a report.

use std::panic::resume_unwind;
use std::path::Path;

use anyhow::bail;
use serde_json::{Value, json};

use super::accepted::{self, Accepted};
use super::change::{Change, Severity, fingerprint};
use super::kind::Kind;
use super::report::{Provider, Report};
use super::semver::{self, CrateVersion};
use super::trees::{self, Tree};
use super::{Comparison, changelog, compare};
use crate::spec::Spec;

/// Two documents, whatever they are; there are no versions and nothing is accepted.
pub(crate) fn of_files(name: &str, old: &Spec, new: &Spec) -> Report {
    let comparison = compare(name, old, new);
    let crate_of = |name: String, needed| CrateVersion { name, from: None, to: None, needed };
    let changes = &comparison.changes;
    let versions = vec![
        crate_of(format!("{name}-client"), semver::client(None, changes.iter())),
        crate_of("bankfeed".to_owned(), semver::facade(changes.iter())),
        crate_of("bankfeed-sandbox".to_owned(), semver::sandbox(changes.iter())),
    ];
    let provider = provider(name, new.file.clone(), comparison, versions);
    Report { base: old.file.clone(), providers: vec![provider], accepted: Vec::new() }
}

/// The work tree below a folder against a commit.
pub(crate) fn of_revisions(root: &Path, base: Option<&str>, wanted: &[String]) -> anyhow::Result<Report> {
    let base = trees::base(root, base)?;
    let now = Tree::Folder(root.to_owned());
    let accepted = match now.read(accepted::FILE)? {
        Some(text) => accepted::read(&text)?,
        None => Vec::new(),
    };
    let names = chosen(&base.tree, &now, wanted)?;
    // Providers know nothing of each other, so each has a thread; what is said comes in their order.
    let outcomes: Vec<anyhow::Result<Provider>> = std::thread::scope(|scope| {
        let (before, now, accepted) = (&base.tree, &now, &accepted);
        let threads: Vec<_> = names.iter().map(|name| scope.spawn(move || one(before, now, name, accepted))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    let providers = outcomes.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    let met = |entry: &Accepted| {
        let of = providers.iter().find(|provider| provider.name == entry.provider);
        of.is_some_and(|provider| provider.changes.iter().any(|change| change.fingerprint == entry.fingerprint))
    };
    let mut accepted = accepted;
    accepted.retain(|entry| wanted.is_empty() || wanted.contains(&entry.provider));
    for entry in &mut accepted {
        entry.met = met(entry);
    }
    Ok(Report { base: base.shown, providers, accepted })
}

/// The providers to compare: those of either tree.
fn chosen(before: &Tree, now: &Tree, wanted: &[String]) -> anyhow::Result<Vec<String>> {
    let mut known = now.providers()?;
    known.extend(before.providers()?);
    known.sort();
    known.dedup();
    if let Some(unknown) = wanted.iter().find(|name| !known.contains(name)) {
        bail!(
            "there is no provider `{unknown}`: specs/ has {}; two documents from elsewhere are compared by `--from FILE --to FILE`",
            known.join(", ")
        );
    }
    known.retain(|name| wanted.is_empty() || wanted.contains(name));
    Ok(known)
}

fn one(before: &Tree, now: &Tree, name: &str, accepted: &[Accepted]) -> anyhow::Result<Provider> {
    let file = format!("specs/{name}.yaml");
    let (old, new) = (before.read(&file)?, now.read(&file)?);
    let comparison = match (&old, &new) {
        (Some(old), Some(new)) if old == new => Comparison { changes: Vec::new(), not_judged: None },
        (Some(old), Some(new)) => {
            let old = Spec::parse(old, &format!("{file} (before)"), false)?;
            compare(name, &old, &Spec::parse(new, &file, false)?)
        }
        (None, _) => Comparison { changes: vec![whole(name, Kind::ProviderAdded)], not_judged: None },
        (_, None) => Comparison { changes: vec![whole(name, Kind::ProviderRemoved)], not_judged: None },
    };
    // What was accepted needs no step.
    let is_accepted = |change: &&Change| {
        !accepted.iter().any(|entry| entry.provider == name && entry.fingerprint == change.fingerprint)
    };
    let changes: Vec<&Change> = comparison.changes.iter().filter(is_accepted).collect();
    let client = format!("{name}-client");
    let from = before.version(&client)?;
    let version = |name: &str, needed| -> anyhow::Result<CrateVersion> {
        Ok(CrateVersion { name: name.to_owned(), from: before.version(name)?, to: now.version(name)?, needed })
    };
    let step = semver::client(from.as_ref(), changes.iter().copied());
    let versions = vec![
        version(&client, step)?,
        version("bankfeed", semver::facade(changes.iter().copied()))?,
        version("bankfeed-sandbox", semver::sandbox(changes.iter().copied()))?,
    ];
    Ok(provider(name, file, comparison, versions))
}

fn provider(name: &str, file: String, comparison: Comparison, versions: Vec<CrateVersion>) -> Provider {
    let Comparison { changes, not_judged } = comparison;
    let changelog = changelog::fragment(name, &changes);
    Provider { name: name.to_owned(), file, changes, not_judged, versions, changelog }
}

/// A provider that one tree has alone.
fn whole(name: &str, kind: Kind) -> Change {
    let added = kind == Kind::ProviderAdded;
    let (severity, wire, rust) = if added {
        (Severity::Safe, "provider added", format!("new crate `{name}-client`, and a feature `{name}` of `bankfeed`"))
    } else {
        (
            Severity::Breaking,
            "provider removed",
            format!("crate `{name}-client` is no longer made, and `bankfeed` loses its feature `{name}`"),
        )
    };
    let values = if added { (Value::Null, json!(name)) } else { (json!(name), Value::Null) };
    Change {
        kind,
        severity,
        place: String::new(),
        subject: name.to_owned(),
        way: None,
        wire: wire.to_owned(),
        rust,
        normalized: Vec::new(),
        fingerprint: fingerprint(name, kind, "", &values.0, &values.1),
        line: None,
    }
}
