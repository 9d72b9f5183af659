//! A fragment for the changelog, ready to paste.

use super::change::{Change, Severity};
use super::kind::Kind;
use super::semver::concerns_the_model;

/// The headings of Keep a Changelog that changes of a specification fall under, in its order.
const HEADINGS: [&str; 4] = ["Added", "Changed", "Deprecated", "Removed"];

fn heading(change: &Change) -> &'static str {
    let word = change.kind.word();
    match change.kind {
        Kind::Deprecated => "Deprecated",
        Kind::Consequence if change.rust.ends_with("is gone") => "Removed",
        Kind::Consequence if change.rust.starts_with("new ") => "Added",
        _ if word.ends_with("-removed") => "Removed",
        _ if word.ends_with("-added") => "Added",
        _ => "Changed",
    }
}

/// One line for each change that is more than words, by heading and by crate.
pub(crate) fn fragment(provider: &str, changes: &[Change]) -> String {
    let told: Vec<&Change> = changes.iter().filter(|change| change.severity > Severity::Docs).collect();
    let mut out = String::new();
    for heading_ in HEADINGS {
        let mut lines: Vec<String> = Vec::new();
        for change in told.iter().filter(|change| heading(change) == heading_) {
            push(&mut lines, format!("- `{provider}-client`: {}", client(change)));
        }
        for change in told.iter().filter(|change| heading(change) == heading_ && concerns_the_model(change)) {
            push(&mut lines, format!("- `bankfeed`: {}", facade(provider, change)));
        }
        if heading_ == "Changed" && told.iter().any(|change| change.severity == Severity::Breaking) {
            let module = provider.replace('-', "_");
            let line =
                format!("- `bankfeed`: `native::{module}` follows `{provider}-client`, which breaks its callers.");
            push(&mut lines, line);
        }
        if heading_ == "Changed" && !told.is_empty() {
            push(&mut lines, format!("- `bankfeed-sandbox`: plays {provider} as its specification is now."));
        }
        if !lines.is_empty() {
            let gap = if out.is_empty() { "" } else { "\n" };
            out.push_str(&format!("{gap}### {heading_}\n\n{}\n", lines.join("\n")));
        }
    }
    out
}

fn push(lines: &mut Vec<String>, line: String) {
    if !lines.contains(&line) {
        lines.push(line);
    }
}

fn client(change: &Change) -> String {
    let mark = if change.severity == Severity::Breaking { "**breaking:** " } else { "" };
    let silent = change.rust.starts_with("nothing") || change.rust == "not judged";
    let text = if silent { format!("`{}`: {}", change.subject, change.wire) } else { change.rust.clone() };
    format!("{mark}{text}.")
}

fn facade(provider: &str, change: &Change) -> String {
    let fields: Vec<String> = change.normalized.iter().map(|field| format!("`{field}`")).collect();
    let of = if fields.is_empty() { "records".to_owned() } else { fields.join(", ") };
    format!("{of} of {provider}: `{}` {}.", change.subject, change.wire.trim_end_matches(','))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::testing::{BANK, after};
    use crate::lint::testing::spec;

    #[test]
    fn lines_stand_under_their_headings_by_crate() {
        let new = after(&[
            ("        amount: { type: number, format: decimal, x-normalized: [transaction.amount] }\n", ""),
            ("enum: [slow, fast]", "enum: [slow, fast, instant]"),
            ("x-retry: safe", "x-retry: never"),
        ]);
        let changes = crate::diff::compare("bank", &spec(BANK), &spec(&new)).changes;
        let expected = "### Added\n\n\
            - `bank-client`: `Speed` gained the variant `Instant`: safe, because the enum is open.\n\n\
            ### Changed\n\n\
            - `bank-client`: `Client::list_movements` is never repeated after a failure now.\n\
            - `bankfeed`: `native::bank` follows `bank-client`, which breaks its callers.\n\
            - `bankfeed-sandbox`: plays bank as its specification is now.\n\n\
            ### Removed\n\n\
            - `bank-client`: **breaking:** field `amount` of `Movement` is gone.\n\
            - `bankfeed`: `transaction.amount` of bank: `Movement.amount` optional property `amount`, number (decimal), removed.\n";
        assert_eq!(fragment("bank", &changes), expected);
        assert_eq!(fragment("bank", &[]), "");
    }
}
