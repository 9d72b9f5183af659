//! What is said about a comparison, in four forms.

mod github;
mod json;
mod markdown;
mod refusal;
mod text;

use super::accepted::Accepted;
use super::change::{Change, Severity};
use super::kind::Kind;
use super::semver::CrateVersion;

/// Everything there is to say.
pub(crate) struct Report {
    /// What it is compared with.
    pub(crate) base: String,
    pub(crate) providers: Vec<Provider>,
    pub(crate) accepted: Vec<Accepted>,
}

/// What became of one provider.
pub(crate) struct Provider {
    pub(crate) name: String,
    /// Its file, as messages name it.
    pub(crate) file: String,
    pub(crate) changes: Vec<Change>,
    pub(crate) not_judged: Option<String>,
    pub(crate) versions: Vec<CrateVersion>,
    pub(crate) changelog: String,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For a terminal
    Text,
    /// For a comment on a pull request
    Markdown,
    /// For programs
    Json,
    /// Annotations of GitHub Actions
    Github,
}

impl Report {
    /// The report in one of its forms.
    pub(crate) fn print(&self, format: Format) -> String {
        match format {
            Format::Text => text::print(self),
            Format::Markdown => markdown::print(self),
            Format::Json => json::print(self),
            Format::Github => github::print(self),
        }
    }

    /// Whether a change was looked at and accepted.
    pub(crate) fn is_accepted(&self, provider: &str, change: &Change) -> bool {
        self.accepted.iter().any(|entry| entry.provider == provider && entry.fingerprint == change.fingerprint)
    }

    /// Changes that need a reason or a version step and have neither, each with its provider.
    pub(crate) fn unsettled(&self) -> Vec<(&Provider, &Change)> {
        let mut found = Vec::new();
        for provider in &self.providers {
            for change in &provider.changes {
                let stepped = provider.gate(change).and_then(CrateVersion::enough) == Some(true);
                if change.severity.must_be_settled() && !stepped && !self.is_accepted(&provider.name, change) {
                    found.push((provider, change));
                }
            }
        }
        found
    }

    /// Every crate once, with the largest step that any provider asks of it.
    fn versions(&self) -> Vec<CrateVersion> {
        let mut all: Vec<CrateVersion> = Vec::new();
        for version in self.providers.iter().flat_map(|provider| &provider.versions) {
            match all.iter_mut().find(|known| known.name == version.name) {
                Some(known) => known.needed = known.needed.max(version.needed),
                None => all.push(version.clone()),
            }
        }
        all
    }

    fn is_empty(&self) -> bool {
        self.providers.iter().all(|provider| provider.changes.is_empty())
    }

    /// Accepted changes that the comparison does not have.
    fn stale(&self) -> impl Iterator<Item = &Accepted> {
        self.accepted.iter().filter(|entry| !entry.met)
    }
}

impl Provider {
    /// The crate whose version has to step for a change.
    pub(crate) fn gate(&self, change: &Change) -> Option<&CrateVersion> {
        // A client that is gone has no version; the facade has lost a feature.
        let index = usize::from(change.kind == Kind::ProviderRemoved);
        self.versions.get(index)
    }

    /// Its changes of one severity.
    fn of(&self, severity: Severity) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.severity == severity)
    }

    /// `3 changes: 1 breaking, 2 docs`
    fn count(&self) -> String {
        let total = self.changes.len();
        if total == 0 {
            return "no change".to_owned();
        }
        let parts = Severity::ALL.iter().map(|severity| (self.of(*severity).count(), severity.word()));
        let parts: Vec<String> =
            parts.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        format!("{total} {}: {}", if total == 1 { "change" } else { "changes" }, parts.join(", "))
    }
}

/// `0.1.0 → 0.2.0: enough`, or what is missing.
fn verdict(version: &CrateVersion) -> String {
    let shown = |version: &Option<super::semver::Version>| version.as_ref().map(ToString::to_string);
    match (shown(&version.from), shown(&version.to), version.enough()) {
        (Some(from), Some(to), Some(true)) => format!("{from} → {to}: enough"),
        (Some(from), Some(to), _) => {
            let least = version.least().map(|least| least.to_string()).unwrap_or_default();
            format!("{from} → {to}: not enough, at least {least}")
        }
        (None, Some(to), _) => format!("new, {to}"),
        (Some(from), None, _) => format!("{from} is the last one"),
        (None, None, _) => "version not known".to_owned(),
    }
}
