//! What the tests of the rules share: small documents before and after an edit.

use crate::lint::testing::spec;

/// A document with one of everything that edits are tried on.
pub(super) const BANK: &str = include_str!("testing/bank.yaml");

/// `severity kind | subject | rust` of every change between two documents.
pub(super) fn told(old: &str, new: &str) -> Vec<String> {
    let comparison = super::compare("bank", &spec(old), &spec(new));
    assert_eq!(comparison.not_judged, None);
    let line = |change: &super::Change| {
        format!("{} {} | {} | {}", change.severity.word(), change.kind.word(), change.subject, change.rust)
    };
    comparison.changes.iter().map(line).collect()
}

/// The same after one edit of the bank: texts that stand there once are replaced.
pub(super) fn edited(edits: &[(&str, &str)]) -> Vec<String> {
    told(BANK, &after(edits))
}

/// The bank after an edit.
pub(super) fn after(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(BANK.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    })
}
