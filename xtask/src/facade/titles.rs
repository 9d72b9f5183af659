//! What people call the providers: the table at the top of `specs/README.md`.

use std::path::Path;

use anyhow::Context as _;

/// Names with titles, in the order of the table.
pub(crate) struct Titles(Vec<(String, String)>);

impl Titles {
    /// Those of a workspace.
    pub(crate) fn load(root: &Path) -> anyhow::Result<Self> {
        let path = root.join("specs/README.md");
        let readme = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        Ok(Self::parse(&readme))
    }

    /// The rows that begin with a specification: ``| `belvo.yaml` | Belvo | …``
    pub(crate) fn parse(readme: &str) -> Self {
        let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(".yaml` | "));
        Self(rows.filter_map(|(name, rest)| Some((name.to_owned(), rest.split_once(" |")?.0.to_owned()))).collect())
    }

    /// Whether a provider has a row.
    #[cfg(test)]
    pub(super) fn knows(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Place and title; a provider without a row comes last, under its name.
    pub(crate) fn of<'a>(&'a self, name: &'a str) -> (usize, &'a str) {
        let rank = self.0.iter().position(|(known, _)| known == name).unwrap_or(self.0.len());
        (rank, self.0.get(rank).map_or(name, |(_, title)| title))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stand_in_the_table() {
        let titles = Titles::parse(
            "| file | provider |\n|---|---|\n| `one-bank.yaml` | One Bank | 3 |\n\n| `x-record` | a | b |\n",
        );
        assert_eq!(titles.of("one-bank"), (0, "One Bank"));
        assert_eq!(titles.of("other"), (1, "other"));
        assert!(titles.knows("one-bank") && !titles.knows("other"));
    }
}
