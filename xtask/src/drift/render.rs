//! The outcome for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::found::{Drift, What};
use super::suggest::edit;
use super::{Group, Groups};
use crate::spec::Spec;

/// How many files or candidates of a group are named in text.
const NAMED: usize = 5;

/// The way out where nothing fits.
const STRANGER: &str = "say what it is with --operation ID, --schema NAME or --callback NAME";

/// What is to be shown.
pub(crate) struct Report<'r> {
    pub(crate) provider: &'r str,
    pub(crate) spec: &'r Spec,
    pub(crate) groups: &'r Groups,
}

fn some<'t>(texts: impl ExactSizeIterator<Item = &'t String>) -> String {
    let count = texts.len();
    let named: Vec<&str> = texts.take(NAMED).map(String::as_str).collect();
    let more = count - named.len();
    if more > 0 { format!("{} and {more} more", named.join(", ")) } else { named.join(", ") }
}

fn head(group: &Group) -> String {
    let answers = if group.answers == 1 { "answer" } else { "answers" };
    let mut head = format!("{}: {} {answers} from {}", group.title, group.answers, some(group.files.iter()));
    if !group.same.is_empty() {
        let _ = write!(head, "\n  the same schema: {}", some(group.same.iter()));
    }
    if !group.equals.is_empty() {
        let _ = write!(head, "\n  fits equally well: {}", some(group.equals.iter()));
    }
    head
}

/// What is there, and how often.
fn details(drift: &Drift) -> String {
    let times = |count: usize| if count == 1 { String::new() } else { format!(", {count} times") };
    let mut details: Vec<String> = Vec::new();
    for (detail, count) in &drift.details {
        // One count for all is enough where there is but one.
        let count = if drift.details.len() > 1 { times(*count) } else { String::new() };
        if !detail.is_empty() {
            details.push(format!("{detail}{count}"));
        }
    }
    if !drift.shown.is_empty() {
        let shown: Vec<&str> = drift.shown.iter().map(String::as_str).collect();
        details.push(shown.join(", "));
    }
    let mut all = details.join("; ");
    all.push_str(&times(drift.count));
    all.trim_start_matches(", ").to_owned()
}

fn title(drift: &Drift) -> String {
    let at = if drift.at.is_empty() { "the answer itself" } else { &drift.at };
    let details = details(drift);
    let details = if details.is_empty() { String::new() } else { format!("  ({details})") };
    format!("{}: {at}{details}", drift.what.word())
}

fn sum(groups: &Groups) -> String {
    let answers: usize = groups.groups.iter().map(|group| group.answers).sum();
    let answers = if answers == 1 { "1 answer".to_owned() } else { format!("{answers} answers") };
    let drifts = match groups.count() {
        0 => "no drift".to_owned(),
        1 => "1 drift".to_owned(),
        many => format!("{many} drifts"),
    };
    match groups.strangers.len() {
        0 => format!("{answers}, {drifts}"),
        1 => format!("{answers}, {drifts}, 1 file that fits nothing"),
        many => format!("{answers}, {drifts}, {many} files that fit nothing"),
    }
}

/// For a terminal.
pub(crate) fn text(report: &Report<'_>) -> String {
    let mut out = format!("{}: {}\n", report.provider, report.spec.file);
    for group in &report.groups.groups {
        let _ = writeln!(out, "\n{}", head(group));
        for drift in &group.drifts {
            let edit = edit(report.spec, drift);
            let _ = writeln!(out, "  {}", title(drift));
            let _ = writeln!(out, "    {}: {}", edit.place, edit.words);
            for line in edit.yaml {
                let _ = writeln!(out, "      {line}");
            }
        }
        if group.drifts.is_empty() {
            let _ = writeln!(out, "  as described");
        }
    }
    for skipped in &report.groups.skipped {
        let _ = writeln!(out, "\npassed over, no such operation or status: {skipped}");
    }
    for stranger in &report.groups.strangers {
        let _ = writeln!(out, "\nnothing in common with any answer or callback: {stranger}\n  {STRANGER}");
    }
    let _ = writeln!(out, "\n{}", sum(report.groups));
    out
}

/// For a pull request.
pub(crate) fn markdown(report: &Report<'_>) -> String {
    let mut out = format!("# {}\n\n`{}`: {}\n", report.provider, report.spec.file, sum(report.groups));
    for group in report.groups.groups.iter().filter(|group| !group.drifts.is_empty()) {
        let _ = writeln!(out, "\n## {}\n", head(group).replace("\n  ", "; "));
        for drift in &group.drifts {
            let edit = edit(report.spec, drift);
            let _ = writeln!(out, "- **{}** `{}` {}", drift.what.word(), drift.at, details(drift));
            let _ = writeln!(out, "  {}: {}\n\n  ```yaml\n  {}\n  ```", edit.place, edit.words, edit.yaml.join("\n  "));
        }
    }
    for skipped in &report.groups.skipped {
        let _ = writeln!(out, "\nPassed over, no such operation or status: {skipped}");
    }
    for stranger in &report.groups.strangers {
        let _ = writeln!(out, "\nNothing in common with any answer or callback: {stranger}; {STRANGER}");
    }
    out
}

/// For programs.
pub(crate) fn json(report: &Report<'_>) -> String {
    let drift = |drift: &Drift| {
        let edit = edit(report.spec, drift);
        json!({
            "what": drift.what.word(),
            "pointer": drift.at,
            "count": drift.count,
            "seen": drift.details,
            "values": drift.shown.iter().collect::<Vec<_>>(),
            "schema": drift.schema,
            "place": { "pointer": format!("#{}", drift.place), "line": report.spec.line(&drift.place) },
            "suggestion": { "words": edit.words, "yaml": edit.yaml.join("\n") },
            "member": matches!(drift.what, What::UnknownMember | What::Missing).then_some(&drift.member),
        })
    };
    let groups = report.groups.groups.iter().map(|group| {
        json!({
            "answers_to": group.title,
            "same_schema": group.same,
            "fits_equally_well": group.equals,
            "files": group.files.iter().collect::<Vec<_>>(),
            "answers": group.answers,
            "drifts": group.drifts.iter().map(drift).collect::<Vec<_>>(),
        })
    });
    let whole = json!({
        "provider": report.provider,
        "file": report.spec.file,
        "groups": groups.collect::<Vec<Value>>(),
        "passed_over": report.groups.skipped,
        "nothing_in_common": report.groups.strangers,
    });
    format!("{whole:#}\n")
}
