//! Annotations of GitHub Actions: commands of a workflow, one a line.

use super::super::change::Severity;
use super::Report;

/// One annotation for each change that is more than words.
pub(super) fn print(report: &Report) -> String {
    let mut out = String::new();
    for provider in &report.providers {
        if let Some(reason) = &provider.not_judged {
            let file = property(&provider.file);
            out.push_str(&format!("::warning file={file},title=not judged::{}\n", message(reason)));
        }
        for change in provider.changes.iter().filter(|change| change.severity != Severity::Docs) {
            let accepted = report.is_accepted(&provider.name, change);
            let command = match change.severity {
                _ if accepted => "notice",
                Severity::Breaking | Severity::Unjudged => "error",
                Severity::Careful => "warning",
                Severity::Safe | Severity::Docs => "notice",
            };
            let line = change.line.map(|line| format!(",line={line}")).unwrap_or_default();
            let title = format!("{}: {} ({})", change.severity.word(), change.subject, change.kind.word());
            let mut text = format!("{}\nin Rust: {}", change.wire, change.rust);
            if !change.normalized.is_empty() {
                text.push_str(&format!("\nnormalized: {}", change.normalized.join(", ")));
            }
            text.push_str(&format!("\n{}{}", change.fingerprint, if accepted { ", accepted" } else { "" }));
            let (file, title) = (property(&provider.file), property(&title));
            out.push_str(&format!("::{command} file={file}{line},title={title}::{}\n", message(&text)));
        }
    }
    if out.is_empty() {
        out.push_str("::notice title=specifications::no change but words\n");
    }
    out
}

/// The part after the second pair of colons.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which commas and colons would end.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_property_or_a_command() {
        assert_eq!(property("a: 100%, b\n"), "a%3A 100%25%2C b%0A");
        assert_eq!(message("a: b, c\r\n"), "a: b, c%0D%0A");
    }
}
