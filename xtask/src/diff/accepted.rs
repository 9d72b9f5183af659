//! `specs/review/accepted.yaml`: changes that were looked at and found to be no matter, each with the reason.

use std::collections::HashMap;

use serde_json::Value;

use super::change::Change;
use crate::diagnostic::{Problems, Rejected};
use crate::spec::{Place, Spec};

/// Where the list stands; in a folder of its own, because every file beside the specifications is one.
pub(crate) const FILE: &str = "specs/review/accepted.yaml";

const KEYS: [&str; 4] = ["fingerprint", "provider", "change", "reason"];

/// One accepted change.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    pub(crate) fingerprint: String,
    pub(crate) provider: String,
    pub(crate) change: String,
    pub(crate) reason: String,
    pub(crate) line: Option<usize>,
    /// Whether the comparison has such a change.
    pub(crate) met: bool,
}

/// Reads the list; every mistake in it is told.
pub(crate) fn read(text: &str) -> Result<Vec<Accepted>, Rejected> {
    let spec = Spec::parse(text, FILE, false)?;
    let mut problems = Problems::default();
    let mut list: Vec<Accepted> = Vec::new();
    let mut known: HashMap<(String, String), Option<usize>> = HashMap::new();
    let root = spec.root();
    if !root.value.is_array() && !root.value.is_null() {
        let help = "write it as a list: `- { fingerprint: …, provider: …, change: …, reason: … }`";
        problems.push(spec.problem("", "the file is no list of accepted changes", help));
    }
    for place in root.elements() {
        let Some(entry) = entry(&spec, &place, &mut problems) else { continue };
        let key = (entry.provider.clone(), entry.fingerprint.clone());
        if let Some(first) = known.insert(key, entry.line) {
            let at = first.map(|line| format!(" (line {line})")).unwrap_or_default();
            let problem = format!("the change {} of {} is accepted twice", entry.fingerprint, entry.provider);
            problems.push(spec.problem(&place.pointer, problem, format!("keep one of the two{at}")));
        }
        list.push(entry);
    }
    problems.check()?;
    Ok(list)
}

fn entry(spec: &Spec, place: &Place<'_>, problems: &mut Problems) -> Option<Accepted> {
    let Some(object) = place.value.as_object() else {
        let help = "write `fingerprint`, `provider`, `change` and `reason`, as `cargo xtask diff --check` prints them";
        problems.push(spec.problem(&place.pointer, "an entry is no object", help));
        return None;
    };
    for key in object.keys().filter(|key| !KEYS.contains(&key.as_str())) {
        let at = crate::spec::pointer::child(&place.pointer, key);
        let help = format!("an entry has {}; drop it, or spell it as one of these", KEYS.join(", "));
        problems.push(spec.problem(&at, format!("an accepted change has no `{key}`"), help));
    }
    let mut text = |key: &str| -> Option<String> {
        let value = object.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        if value.is_none() {
            let help = match key {
                "reason" => "say why callers need not care; without a reason nobody can check it later",
                "fingerprint" => "quote it as `cargo xtask diff --check` prints it: digits alone would be a number",
                _ => "copy it from what `cargo xtask diff --check` prints",
            };
            let problem = format!("`{key}` of an accepted change is missing, empty or no text");
            problems.push(spec.problem(&place.pointer, problem, help));
        }
        value.map(str::to_owned)
    };
    let (fingerprint, provider, change, reason) =
        (text("fingerprint"), text("provider"), text("change"), text("reason"));
    let fingerprint = fingerprint?;
    if fingerprint.len() != 12 || !fingerprint.chars().all(|char| char.is_ascii_hexdigit()) {
        let problem = format!("`{fingerprint}` is no fingerprint");
        let help = "a fingerprint is twelve hex digits; copy it from `cargo xtask diff`";
        problems.push(spec.problem(&place.pointer, problem, help));
    }
    let line = spec.line(&place.pointer);
    Some(Accepted { fingerprint, provider: provider?, change: change?, reason: reason?, line, met: false })
}

/// The lines to paste for a change.
pub(crate) fn lines(provider: &str, change: &Change) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    format!(
        "- fingerprint: {}\n  provider: {provider}\n  change: {}\n  reason: ''\n",
        quoted(&change.fingerprint),
        quoted(&format!("{} {}: {}", change.kind.word(), change.subject, change.wire)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        match read(text) {
            Ok(list) => vec![format!("{} in order", list.len())],
            Err(rejected) => {
                let line = |line: Option<usize>| line.map(|line| line.to_string()).unwrap_or_default();
                rejected.0.iter().map(|found| format!("{}: {}", line(found.line), found.problem)).collect()
            }
        }
    }

    const GOOD: &str = "- { fingerprint: '0123456789ab', provider: bank, change: gone, reason: nobody called it }\n";

    #[test]
    fn a_list_in_order_is_read_and_an_empty_one_is_none() {
        assert_eq!(told(GOOD), ["1 in order"]);
        assert_eq!(told("# nothing yet\n"), ["0 in order"]);
        assert_eq!(told("[]\n"), ["0 in order"]);
    }

    #[test]
    fn mistakes_are_told_with_their_lines() {
        assert_eq!(told(&GOOD.repeat(2)), ["2: the change 0123456789ab of bank is accepted twice"]);
        assert_eq!(
            told(&GOOD.replace("nobody called it", "''")),
            ["1: `reason` of an accepted change is missing, empty or no text"]
        );
        assert_eq!(told(&GOOD.replace("change:", "what: x, change:")), ["1: an accepted change has no `what`"]);
        assert_eq!(
            told(&GOOD.replace("'0123456789ab'", "123")),
            ["1: `fingerprint` of an accepted change is missing, empty or no text"]
        );
        assert_eq!(told(&GOOD.replace("0123456789ab", "xyz")), ["1: `xyz` is no fingerprint"]);
        assert_eq!(told("reason: x\n"), ["1: the file is no list of accepted changes"]);
        assert_eq!(told("- text\n"), ["1: an entry is no object"]);
    }
}
