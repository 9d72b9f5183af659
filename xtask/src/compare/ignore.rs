//! The list of differences that have a reason, checked in beside the specification.

use serde_json::Value;

use crate::diagnostic::{Problems, Rejected};
use crate::spec::{Place, Spec};

use super::Finding;

/// Differences that are meant, each with its reason.
pub(crate) struct IgnoreList {
    spec: Option<Spec>,
    entries: Vec<Entry>,
}

/// One key or pattern. Several may share a reason.
struct Entry {
    what: String,
    reason: String,
    pointer: String,
}

impl IgnoreList {
    /// No list: nothing is explained.
    pub(crate) fn none() -> Self {
        Self { spec: None, entries: Vec::new() }
    }

    /// Reads a list that was loaded as a document.
    pub(crate) fn new(spec: Spec) -> Result<Self, Rejected> {
        let mut problems = Problems::default();
        let root = spec.root();
        if !root.value.is_array() && !root.value.is_null() {
            let help = "write `- { what: 'property only there: Account.extra', reason: why }`, an entry a line";
            problems.push(spec.problem("", "the list of reasons is not a list", help));
        }
        let entries: Vec<Entry> = root.elements().flat_map(|place| entries(&spec, &place, &mut problems)).collect();
        for (index, entry) in entries.iter().enumerate() {
            if entries[..index].iter().any(|before| before.what == entry.what) {
                let problem = format!("`{}` stands twice in the list", entry.what);
                problems.push(spec.problem(&entry.pointer, problem, "remove one of the two"));
            }
        }
        problems.check()?;
        Ok(Self { spec: Some(spec), entries })
    }

    /// The number of keys and patterns.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The file, as messages name it.
    pub(crate) fn file(&self) -> Option<&str> {
        self.spec.as_ref().map(|spec| spec.file.as_str())
    }

    /// Why a difference is meant, by the first entry that fits.
    pub(crate) fn reason(&self, finding: &Finding) -> Option<&str> {
        self.entries.iter().find(|entry| fits(&entry.what, &finding.key)).map(|entry| entry.reason.as_str())
    }

    /// An error for entries that explain nothing (any more): a list that nobody tidies would hide what comes next.
    pub(crate) fn check_used(&self, findings: &[Finding]) -> Result<(), Rejected> {
        let Some(spec) = &self.spec else { return Ok(()) };
        let mut used = vec![false; self.entries.len()];
        for finding in findings {
            if let Some(index) = self.entries.iter().position(|entry| fits(&entry.what, &finding.key)) {
                used[index] = true;
            }
        }
        let mut problems = Problems::default();
        for (entry, _) in self.entries.iter().zip(used).filter(|(_, used)| !used) {
            let fits_some = findings.iter().any(|finding| fits(&entry.what, &finding.key));
            let (problem, help) = if fits_some {
                ("explains only what entries before it explain", "remove it, or the wider one before it")
            } else {
                (
                    "explains nothing: there is no such difference",
                    "remove the entry; a misspelled key fits nothing either",
                )
            };
            problems.push(spec.problem(&entry.pointer, format!("`{}` {problem}", entry.what), help));
        }
        problems.check()
    }
}

fn entries(spec: &Spec, place: &Place<'_>, problems: &mut Problems) -> Vec<Entry> {
    for (key, at) in place.members() {
        if !matches!(key.as_str(), "what" | "reason") {
            let problem = format!("an entry has `what` and `reason`, not `{key}`");
            problems.push(spec.problem(&at.pointer, problem, "remove it or correct its spelling"));
        }
    }
    let what: Vec<Place<'_>> = place.get("what").map_or_else(Vec::new, |what| match what.value.is_array() {
        true => what.elements().collect(),
        false => vec![what],
    });
    if what.is_empty() || what.iter().any(|what| written(what.value).is_none()) {
        let help =
            "name the key of a difference, as the comparison prints it, or several in a list; `*` stands for any text";
        problems.push(spec.problem(&place.pointer, "an entry without `what`", help));
    }
    let Some(reason) = place.get("reason").and_then(|reason| written(reason.value)) else {
        let help = "say why both sides are right as they are, so that a reviewer can judge it";
        problems.push(spec.problem(&place.pointer, "an entry without `reason`", help));
        return Vec::new();
    };
    let what = what.into_iter().filter_map(|what| Some((written(what.value)?.to_owned(), what.pointer)));
    what.map(|(what, pointer)| Entry { what, reason: reason.to_owned(), pointer }).collect()
}

/// A text that says something.
fn written(value: &Value) -> Option<&str> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// `*` stands for any text, even none.
fn fits(pattern: &str, key: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = key.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// Entries for differences without a reason, ready to get one.
pub(crate) fn suggest<'f>(findings: impl Iterator<Item = &'f Finding>) -> String {
    findings.map(|finding| format!("- {{ what: '{}', reason: '' }}\n", finding.key.replace('\'', "''"))).collect()
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(fits("value only there: Account.type \"X\"", "value only there: Account.type \"X\""));
        assert!(!fits("value only there: Account", "value only there: Account.type"));
        assert!(fits("value only there: *", "value only there: Account.type"));
        assert!(fits("*: Account.*.id", "null only here: Account.institution.id"));
        assert!(!fits("*: Account.*.id", "null only here: Account.institution.ids"));
        assert!(fits("a*a", "aa") && !fits("a*a", "a"));
    }
}
