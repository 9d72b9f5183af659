//! Why `--check` refuses, and both ways out.

use std::fmt::Write as _;

use super::super::accepted;
use super::Report;

impl Report {
    /// What to tell when changes are left that have neither a version step nor a reason.
    pub(crate) fn refusal(&self) -> Option<String> {
        let unsettled = self.unsettled();
        if unsettled.is_empty() {
            return None;
        }
        let count = unsettled.len();
        let changes = if count == 1 { "change is" } else { "changes are" };
        let mut out =
            format!("\nerror: {count} breaking or unjudged {changes} neither accepted nor met by a version step\n");
        let mut steps: Vec<String> = Vec::new();
        for (provider, change) in &unsettled {
            // Writing to a string does not fail.
            let line = change.line.map(|line| format!(":{line}")).unwrap_or_default();
            let _ = writeln!(out, "  --> {}{line}  {}: {}", provider.file, change.subject, change.wire);
            let Some(gate) = provider.gate(change) else { continue };
            let step = match (&gate.from, gate.least()) {
                (Some(from), Some(least)) => format!("`{}` from {from} to {least} or later", gate.name),
                _ => format!("`{}` by a {} step", gate.name, gate.needed.word()),
            };
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        let _ = writeln!(
            out,
            "  help: step {} in its `Cargo.toml` (or in the workspace's, where it takes the version from there)",
            steps.join(" and ")
        );
        let _ = writeln!(out, "  help: or accept them, each with its reason, in {}:\n", accepted::FILE);
        for (provider, change) in &unsettled {
            out.push_str(&accepted::lines(&provider.name, change));
        }
        Some(out)
    }
}
