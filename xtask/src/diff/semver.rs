//! The version step that changes ask of a crate.
//!
//! Before 1.0 the second number steps where callers break, and the third otherwise; from 1.0 on the first, and for additions the second.
//! The facade re-exports the clients as they are (`native`) and follows their versions there, so a client that breaks its callers is a
//! patch of the facade; a change of what its own model is read from is a minor step. The sandbox is made from the specifications.

use std::fmt;

use super::change::{Change, Severity};
use super::kind::Kind;

/// `1.2.3`; what follows a hyphen is kept, since it comes before the version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Version {
    numbers: [u64; 3],
    early: Option<String>,
}

impl Version {
    /// Reads `1.2.3` or `1.2.3-rc.1`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.split('+').next()?;
        let (numbers, early) = match text.split_once('-') {
            Some((numbers, early)) => (numbers, Some(early.to_owned())),
            None => (text, None),
        };
        let mut parts = numbers.split('.').map(|part| part.parse::<u64>().ok());
        let numbers = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(Self { numbers, early })
    }

    /// The least version after a step.
    pub(crate) fn after(&self, step: Step) -> Self {
        let [major, minor, patch] = self.numbers;
        let numbers = match step {
            Step::None => return self.clone(),
            Step::Patch => [major, minor, patch + 1],
            Step::Minor => [major, minor + 1, 0],
            Step::Major => [major + 1, 0, 0],
        };
        Self { numbers, early: None }
    }

    /// Whether it is at least another one, or on the way to it.
    fn reaches(&self, least: &Version) -> bool {
        self.numbers >= least.numbers
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(f, "{major}.{minor}.{patch}")?;
        self.early.iter().try_for_each(|early| write!(f, "-{early}"))
    }
}

/// Which number steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    None,
    Patch,
    Minor,
    Major,
}

impl Step {
    /// The word that reports use.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Step::None => "none",
            Step::Patch => "patch",
            Step::Minor => "minor",
            Step::Major => "major",
        }
    }
}

/// A crate with its versions in both trees, where they are known.
#[derive(Clone, Debug)]
pub(crate) struct CrateVersion {
    pub(crate) name: String,
    pub(crate) from: Option<Version>,
    pub(crate) to: Option<Version>,
    pub(crate) needed: Step,
}

impl CrateVersion {
    /// The least version that will do.
    pub(crate) fn least(&self) -> Option<Version> {
        self.from.as_ref().map(|from| from.after(self.needed))
    }

    /// Whether the version has made the step; unknown without versions.
    pub(crate) fn enough(&self) -> Option<bool> {
        let to = self.to.as_ref()?;
        // A crate that is new has no callers yet.
        Some(self.least().is_none_or(|least| to.reaches(&least)))
    }
}

/// The step of the client of a provider.
pub(crate) fn client<'c>(from: Option<&Version>, changes: impl Iterator<Item = &'c Change>) -> Step {
    let early = from.is_none_or(|version| version.numbers[0] == 0);
    match changes.map(|change| change.severity).max() {
        None => Step::None,
        Some(Severity::Docs) => Step::Patch,
        Some(Severity::Safe | Severity::Careful) => {
            if early {
                Step::Patch
            } else {
                Step::Minor
            }
        }
        Some(Severity::Unjudged | Severity::Breaking) => {
            if early {
                Step::Minor
            } else {
                Step::Major
            }
        }
    }
}

/// The step of the facade.
pub(crate) fn facade<'c>(changes: impl Iterator<Item = &'c Change>) -> Step {
    changes.map(facade_of).max().unwrap_or(Step::None)
}

fn facade_of(change: &Change) -> Step {
    match (change.kind, change.severity) {
        (_, Severity::Docs) => Step::None,
        (Kind::ProviderAdded | Kind::ProviderRemoved, _) => Step::Minor,
        _ if concerns_the_model(change) => Step::Minor,
        _ => Step::Patch,
    }
}

/// Whether the facade's own mapping is concerned.
pub(crate) fn concerns_the_model(change: &Change) -> bool {
    matches!(change.kind, Kind::NormalizedChanged | Kind::RecordChanged)
        || (change.severity >= Severity::Careful && !change.normalized.is_empty())
}

/// The step of the sandbox.
pub(crate) fn sandbox<'c>(mut changes: impl Iterator<Item = &'c Change>) -> Step {
    if changes.any(|change| change.severity > Severity::Docs) { Step::Patch } else { Step::None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::change::fingerprint;

    fn change(kind: Kind, severity: Severity, normalized: &[&str]) -> Change {
        let null = serde_json::Value::Null;
        Change {
            kind,
            severity,
            place: String::new(),
            subject: String::new(),
            way: None,
            wire: String::new(),
            rust: String::new(),
            normalized: normalized.iter().map(|name| (*name).to_owned()).collect(),
            fingerprint: fingerprint("bank", kind, "", &null, &null),
            line: None,
        }
    }

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn steps_follow_the_first_number() {
        let step = |from: &str, severity| {
            client(Some(&version(from)), [change(Kind::TypeChanged, severity, &[])].iter()).word()
        };
        assert_eq!(step("0.3.1", Severity::Breaking), "minor");
        assert_eq!(step("1.3.1", Severity::Breaking), "major");
        assert_eq!(step("1.3.1", Severity::Unjudged), "major");
        assert_eq!(step("0.3.1", Severity::Safe), "patch");
        assert_eq!(step("1.3.1", Severity::Careful), "minor");
        assert_eq!(step("1.3.1", Severity::Docs), "patch");
        assert_eq!(client(None, [].iter()), Step::None);
    }

    #[test]
    fn a_step_is_enough_or_not() {
        let enough = |from: &str, to: &str, needed| {
            let (from, to) = (Some(version(from)), Some(version(to)));
            CrateVersion { name: String::new(), from, to, needed }.enough()
        };
        assert_eq!(enough("0.1.0", "0.1.0", Step::None), Some(true));
        assert_eq!(enough("0.1.0", "0.1.1", Step::Minor), Some(false));
        assert_eq!(enough("0.1.9", "0.2.0", Step::Minor), Some(true));
        assert_eq!(enough("0.1.9", "1.0.0", Step::Minor), Some(true));
        assert_eq!(enough("1.1.9", "2.0.0-rc.1", Step::Major), Some(true));
        assert_eq!(enough("1.1.9", "1.2.0", Step::Major), Some(false));
    }

    #[test]
    fn the_facade_steps_for_its_own_model() {
        let step = |change: Change| facade([change].iter());
        assert_eq!(step(change(Kind::TypeChanged, Severity::Breaking, &[])), Step::Patch);
        assert_eq!(step(change(Kind::TypeChanged, Severity::Breaking, &["account.id"])), Step::Minor);
        assert_eq!(step(change(Kind::EnumValueAdded, Severity::Safe, &["account.kind"])), Step::Patch);
        assert_eq!(step(change(Kind::NormalizedChanged, Severity::Careful, &[])), Step::Minor);
        assert_eq!(step(change(Kind::DocsChanged, Severity::Docs, &["account.id"])), Step::None);
        assert_eq!(sandbox([change(Kind::DocsChanged, Severity::Docs, &[])].iter()), Step::None);
        assert_eq!(sandbox([change(Kind::TypeChanged, Severity::Safe, &[])].iter()), Step::Patch);
    }

    #[test]
    fn versions_are_read_and_stepped() {
        assert_eq!(version("1.2.3-rc.1+build").to_string(), "1.2.3-rc.1");
        assert_eq!(version("1.2.3").after(Step::Minor).to_string(), "1.3.0");
        assert!(Version::parse("1.2").is_none() && Version::parse("1.2.x").is_none());
    }
}
