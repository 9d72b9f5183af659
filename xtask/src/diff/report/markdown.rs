//! For a comment on a pull request.

use std::fmt::Write as _;

use super::super::change::{Change, Severity};
use super::{Provider, Report, verdict};

/// The whole report.
pub(super) fn print(report: &Report) -> String {
    let mut out = format!("## Specifications compared with {}\n", cell(&report.base));
    for provider in &report.providers {
        // Writing to a string does not fail.
        let _ = write!(out, "\n### {}: {}\n", provider.name, provider.count());
        if let Some(reason) = &provider.not_judged {
            let _ = write!(out, "\nWhat it means for Rust is **not judged**: {}\n", cell(reason));
        }
        for severity in Severity::ALL.into_iter().filter(|severity| *severity != Severity::Docs) {
            out.push_str(&table(report, provider, severity));
        }
        out.push_str(&docs(provider));
    }
    let stale: Vec<String> = report
        .stale()
        .map(|entry| format!("- `{}` of {}: {}\n", entry.fingerprint, entry.provider, cell(&entry.change)))
        .collect();
    if !stale.is_empty() {
        let _ = write!(out, "\nAccepted, but not among these changes:\n\n{}", stale.concat());
    }
    if !report.is_empty() {
        out.push_str("\n### Versions\n\n| crate | step | version |\n|---|---|---|\n");
        for version in report.versions() {
            let _ = writeln!(out, "| `{}` | {} | {} |", version.name, version.needed.word(), verdict(&version));
        }
        for provider in report.providers.iter().filter(|provider| !provider.changelog.is_empty()) {
            let fence = fence(&provider.changelog);
            let _ = write!(
                out,
                "\n<details><summary>Changelog, {}</summary>\n\n{fence}markdown\n{}{fence}\n\n</details>\n",
                provider.name, provider.changelog
            );
        }
    }
    out
}

fn table(report: &Report, provider: &Provider, severity: Severity) -> String {
    let changes: Vec<&Change> = provider.of(severity).collect();
    if changes.is_empty() {
        return String::new();
    }
    let mut out =
        format!("\n**{}**\n\n| what | on the wire | in Rust | normalized |\n|---|---|---|---|\n", severity.word());
    for change in changes {
        let accepted = if report.is_accepted(&provider.name, change) { "<br>accepted" } else { "" };
        let line = change.line.map(|line| format!(", line {line}")).unwrap_or_default();
        let _ = writeln!(
            out,
            "| {}<br>{}{line}<br>`{}`{accepted} | {} | {} | {} |",
            cell(&change.subject),
            change.kind.word(),
            change.fingerprint,
            cell(&change.wire),
            cell(&change.rust),
            cell(&change.normalized.join(", "))
        );
    }
    out
}

fn docs(provider: &Provider) -> String {
    let changes: Vec<&Change> = provider.of(Severity::Docs).collect();
    if changes.is_empty() {
        return String::new();
    }
    let mut out = format!("\n<details><summary>docs ({})</summary>\n\n", changes.len());
    for change in changes {
        let _ = writeln!(out, "- {}: {}", cell(&change.subject), cell(&change.wire));
    }
    out.push_str("\n</details>\n");
    out
}

/// Text for a cell: nothing in it ends the cell or becomes markup; spans of code stay.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for char in text.chars() {
        match char {
            '`' => {
                code = !code;
                out.push(char);
            }
            // A bar ends the cell even within code.
            '|' => out.push_str("\\|"),
            '\n' | '\r' => out.push(' '),
            '<' if !code => out.push_str("&lt;"),
            '>' if !code => out.push_str("&gt;"),
            '&' if !code => out.push_str("&amp;"),
            '*' | '_' | '[' | ']' | '\\' if !code => {
                out.push('\\');
                out.push(char);
            }
            other => out.push(other),
        }
    }
    // An odd one would swallow the rest of the row.
    if code {
        out = out.replace('`', "\\`");
    }
    out
}

/// A fence that the text does not contain.
fn fence(text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    fence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_is_markup() {
        assert_eq!(cell("`Vec<Id>` | a_b <x>"), "`Vec<Id>` \\| a\\_b &lt;x&gt;");
        assert_eq!(cell("odd ` one"), "odd \\` one");
        assert_eq!(fence("a ``` b"), "````");
    }
}
