//! For a terminal: worst first, then what the release needs.

use std::fmt::Write as _;

use super::super::change::{Change, Severity};
use super::{Provider, Report, verdict};

/// The whole report.
pub(super) fn print(report: &Report) -> String {
    let mut out = format!("compared with {}\n", report.base);
    for provider in &report.providers {
        // Writing to a string does not fail.
        let _ = writeln!(out, "\n{}: {}", provider.name, provider.count());
        if let Some(reason) = &provider.not_judged {
            let _ = writeln!(out, "  what it means for Rust is not judged: {reason}");
        }
        for severity in Severity::ALL {
            let changes: Vec<&Change> = provider.of(severity).collect();
            if !changes.is_empty() {
                let _ = writeln!(out, "\n  {} ({})", severity.word(), changes.len());
                for change in changes {
                    out.push_str(&one(report, provider, change));
                }
            }
        }
    }
    for entry in report.stale() {
        let line = entry.line.map(|line| format!(":{line}")).unwrap_or_default();
        let _ = writeln!(
            out,
            "\nnote: {}{line} accepts {} of {} ({}), which is not among these changes",
            super::super::accepted::FILE,
            entry.fingerprint,
            entry.provider,
            entry.change
        );
    }
    if !report.is_empty() {
        out.push_str(&versions(report));
        out.push_str(&changelog(report));
    }
    out
}

fn one(report: &Report, provider: &Provider, change: &Change) -> String {
    let place = change.line.map_or_else(String::new, |line| format!("  {}:{line}", provider.file));
    let head = format!("    {}  {}{place}  {}\n", change.subject, change.kind.word(), change.fingerprint);
    if change.severity == Severity::Docs {
        return format!("    {}  {}{place}\n", change.subject, change.wire);
    }
    let mut out = head;
    let _ = writeln!(out, "      wire        {}", change.wire);
    let _ = writeln!(out, "      rust        {}", change.rust);
    if !change.normalized.is_empty() {
        let _ = writeln!(out, "      normalized  {}", change.normalized.join(", "));
    }
    if report.is_accepted(&provider.name, change) {
        let reason = report.accepted.iter().find(|entry| entry.fingerprint == change.fingerprint);
        let _ = writeln!(out, "      accepted    {}", reason.map_or("", |entry| &entry.reason));
    }
    out
}

fn versions(report: &Report) -> String {
    let versions = report.versions();
    let width = versions.iter().map(|version| version.name.len()).max().unwrap_or(0);
    let mut out = "\nversions\n".to_owned();
    for version in &versions {
        let _ = writeln!(out, "  {:width$}  {:5}  {}", version.name, version.needed.word(), verdict(version));
    }
    out
}

fn changelog(report: &Report) -> String {
    let mut out = String::new();
    for provider in report.providers.iter().filter(|provider| !provider.changelog.is_empty()) {
        let _ = write!(out, "\nchangelog, {}\n\n", provider.name);
        for line in provider.changelog.lines() {
            let _ = writeln!(out, "{}", if line.is_empty() { String::new() } else { format!("  {line}") });
        }
    }
    out
}
