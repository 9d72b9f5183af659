//! The outcome for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::finding::Group;
use super::{Finding, IgnoreList};
use crate::spec::Spec;

/// How many operations of a difference are named in text.
const NAMED: usize = 3;

/// What is to be shown.
pub(crate) struct Report<'r> {
    pub(crate) provider: &'r str,
    pub(crate) here: &'r Spec,
    pub(crate) there: &'r Spec,
    pub(crate) findings: &'r [Finding],
    pub(crate) ignored: &'r IgnoreList,
}

/// One of the two documents.
#[derive(Clone, Copy)]
enum Side {
    Here,
    There,
}

impl Report<'_> {
    fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| self.ignored.reason(finding).is_none())
    }

    fn groups(&self) -> Vec<(Group, Vec<&Finding>)> {
        let groups = Group::ALL.into_iter();
        let groups =
            groups.map(|group| (group, self.open().filter(|finding| finding.group == group).collect::<Vec<_>>()));
        groups.filter(|(_, findings)| !findings.is_empty()).collect()
    }

    /// `2 differences without a reason, 5 explained by 3 entries of specs/compare/bank.yaml`
    fn sum(&self) -> String {
        let open = self.open().count();
        let mut sum = match open {
            0 => "no difference without a reason".to_owned(),
            1 => "1 difference without a reason".to_owned(),
            many => format!("{many} differences without a reason"),
        };
        if let Some(file) = self.ignored.file() {
            let entries = if self.ignored.len() == 1 { "entry" } else { "entries" };
            let explained = self.findings.len() - open;
            let _ = write!(sum, ", {explained} explained by {} {entries} of {file}", self.ignored.len());
        }
        sum
    }

    fn place(&self, side: Side, finding: &Finding) -> Option<String> {
        let (spec, pointer) = match side {
            Side::Here => (self.here, finding.here.as_ref()?),
            Side::There => (self.there, finding.there.as_ref()?),
        };
        Some(match spec.line(pointer) {
            Some(line) => format!("{}:{line}", spec.file),
            None => format!("{} #{pointer}", spec.file),
        })
    }
}

fn version(spec: &Spec) -> &str {
    spec.at("/info").and_then(|info| info.text("version")).unwrap_or("without a version")
}

fn shows(finding: &Finding) -> String {
    let named: Vec<&str> = finding.shows.iter().take(NAMED).map(String::as_str).collect();
    let more = finding.shows.len() - named.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", named.join(", "))
}

/// For a terminal.
pub(crate) fn text(report: &Report<'_>) -> String {
    let mut out = format!(
        "{}: {} ({}) here, {} ({}) there\n",
        report.provider,
        report.here.file,
        version(report.here),
        report.there.file,
        version(report.there)
    );
    for (group, findings) in report.groups() {
        let _ = writeln!(out, "\n{}: {}", group.meaning(), findings.len());
        for finding in findings {
            let _ = write!(out, "  {}", finding.key);
            if !finding.note.is_empty() {
                let _ = write!(out, "  ({})", finding.note);
            }
            out.push('\n');
            for (side, word) in [(Side::Here, "here"), (Side::There, "there")] {
                if let Some(place) = report.place(side, finding) {
                    let _ = writeln!(out, "    {word}: {place}");
                }
            }
            if !matches!(group, Group::Operation | Group::Callback) {
                let _ = writeln!(out, "    in: {}", shows(finding));
            }
        }
    }
    let _ = writeln!(out, "\n{}", report.sum());
    out
}

/// For a pull request.
pub(crate) fn markdown(report: &Report<'_>) -> String {
    let mut out = format!(
        "# {}\n\nhere: `{}` ({}), there: `{}` ({})\n\n{}\n",
        report.provider,
        report.here.file,
        version(report.here),
        report.there.file,
        version(report.there),
        report.sum()
    );
    for (group, findings) in report.groups() {
        let _ = writeln!(
            out,
            "\n## {}: {}\n\n| difference | note | here | there | in |\n|---|---|---|---|---|",
            group.meaning(),
            findings.len()
        );
        for finding in findings {
            let place = |side| report.place(side, finding).map(|place| format!("`{place}`")).unwrap_or_default();
            let cell = |text: &str| text.replace('|', "\\|");
            let _ = writeln!(
                out,
                "| `{}` | {} | {} | {} | {} |",
                cell(&finding.key),
                cell(&finding.note),
                place(Side::Here),
                place(Side::There),
                cell(&shows(finding))
            );
        }
    }
    out
}

/// For programs: everything, the explained ones too.
pub(crate) fn json(report: &Report<'_>) -> String {
    let place = |spec: &Spec, pointer: &Option<String>| {
        pointer.as_ref().map(|pointer| json!({ "pointer": format!("#{pointer}"), "line": spec.line(pointer) }))
    };
    let findings = report.findings.iter().map(|finding| {
        json!({
            "key": finding.key,
            "group": finding.group.word(),
            "only": finding.only.words(),
            "note": finding.note,
            "here": place(report.here, &finding.here),
            "there": place(report.there, &finding.there),
            "shows_in": finding.shows.iter().collect::<Vec<_>>(),
            "reason": report.ignored.reason(finding),
        })
    });
    let counts = Group::ALL.into_iter().filter_map(|group| {
        let all = report.findings.iter().filter(|finding| finding.group == group).count();
        let open = report.open().filter(|finding| finding.group == group).count();
        (all > 0).then(|| (group.word().to_owned(), json!({ "unexplained": open, "explained": all - open })))
    });
    let side = |spec: &Spec| json!({ "file": spec.file, "version": version(spec) });
    let whole = json!({
        "provider": report.provider,
        "here": side(report.here),
        "there": side(report.there),
        "counts": Value::Object(counts.collect()),
        "findings": findings.collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}
