//! For programs: everything, under keys that stay.

use serde_json::{Value, json};

use super::super::change::Change;
use super::super::semver::CrateVersion;
use super::Report;

/// The whole report.
pub(super) fn print(report: &Report) -> String {
    let providers: Vec<Value> = report
        .providers
        .iter()
        .map(|provider| {
            json!({
                "name": provider.name,
                "changes": provider.changes.iter().map(Change::json).collect::<Vec<_>>(),
                "not_judged": provider.not_judged,
                "versions": provider.versions.iter().map(version).collect::<Vec<_>>(),
                "changelog": provider.changelog,
            })
        })
        .collect();
    let accepted: Vec<Value> = report
        .accepted
        .iter()
        .map(|entry| {
            json!({
                "fingerprint": entry.fingerprint,
                "provider": entry.provider,
                "change": entry.change,
                "reason": entry.reason,
                "line": entry.line,
                "met": entry.met,
            })
        })
        .collect();
    format!("{:#}\n", json!({ "base": report.base, "providers": providers, "accepted": accepted }))
}

fn version(version: &CrateVersion) -> Value {
    json!({
        "crate": version.name,
        "from": version.from.as_ref().map(ToString::to_string),
        "to": version.to.as_ref().map(ToString::to_string),
        "needed": version.needed.word(),
        "least": version.least().as_ref().map(ToString::to_string),
        "enough": version.enough(),
    })
}
