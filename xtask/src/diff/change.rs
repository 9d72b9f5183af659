//! A change, as it is reported.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::kind::Kind;

/// How much a change concerns callers, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// People read it, programs do not.
    Docs,
    /// Everything goes on as before.
    Safe,
    /// It compiles, but behaves otherwise.
    Careful,
    /// No rule knows what it means.
    Unjudged,
    /// Callers stop compiling, or calls stop working.
    Breaking,
}

impl Severity {
    /// All of them, worst first.
    pub(crate) const ALL: [Severity; 5] =
        [Severity::Breaking, Severity::Unjudged, Severity::Careful, Severity::Safe, Severity::Docs];

    /// The word that reports use.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Severity::Docs => "docs",
            Severity::Safe => "safe",
            Severity::Careful => "careful",
            Severity::Unjudged => "unjudged",
            Severity::Breaking => "breaking",
        }
    }

    /// Whether a release needs a step or a reason for it.
    pub(crate) fn must_be_settled(self) -> bool {
        self >= Severity::Unjudged
    }
}

/// Which way the value goes that has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// No operation uses it.
    Unused,
    Request,
    Response,
    Both,
}

impl Way {
    /// Of two uses together.
    pub(crate) fn of(sent: bool, received: bool) -> Self {
        match (sent, received) {
            (true, true) => Way::Both,
            (true, false) => Way::Request,
            (false, true) => Way::Response,
            (false, false) => Way::Unused,
        }
    }

    /// Callers send it.
    pub(crate) fn sent(self) -> bool {
        matches!(self, Way::Request | Way::Both)
    }

    /// Callers receive it.
    pub(crate) fn received(self) -> bool {
        matches!(self, Way::Response | Way::Both)
    }

    /// The word that reports use.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Way::Unused => "unused",
            Way::Request => "request",
            Way::Response => "response",
            Way::Both => "both",
        }
    }
}

/// One change of a specification.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) kind: Kind,
    pub(crate) severity: Severity,
    /// JSON pointer of the place. Parameters and alternatives stand there by name, so that their order is no matter.
    pub(crate) place: String,
    /// The same for people: `list_transactions ?per_page`, `Transaction.amount`.
    pub(crate) subject: String,
    /// Which way the value goes, where that makes a difference.
    pub(crate) way: Option<Way>,
    /// What changed on the wire.
    pub(crate) wire: String,
    /// What that means for a caller of the client crate.
    pub(crate) rust: String,
    /// Fields of the normalized model that read it, before or after.
    pub(crate) normalized: Vec<String>,
    /// The same for the same change, whatever else is edited.
    pub(crate) fingerprint: String,
    /// Line in the new file, or in the old one where the place is gone.
    pub(crate) line: Option<usize>,
}

impl Change {
    /// As JSON, with the keys that readers rely on.
    pub(crate) fn json(&self) -> Value {
        json!({
            "kind": self.kind.word(),
            "severity": self.severity.word(),
            "place": self.place,
            "subject": self.subject,
            "direction": self.way.map(Way::word),
            "wire": self.wire,
            "rust": self.rust,
            "normalized": self.normalized,
            "fingerprint": self.fingerprint,
            "line": self.line,
        })
    }
}

/// Twelve hex digits that name a change. The order of members is no matter to them.
pub(crate) fn fingerprint(provider: &str, kind: Kind, place: &str, before: &Value, after: &Value) -> String {
    let mut text = String::new();
    for part in [provider, kind.word(), place] {
        text.push_str(part);
        text.push('\n');
    }
    for value in [before, after] {
        canonical(value, &mut text);
        text.push('\n');
    }
    let mut hex = format!("{:x}", Sha256::digest(text.as_bytes()));
    hex.truncate(12);
    hex
}

/// JSON with sorted members.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(object) => {
            let mut members: Vec<_> = object.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (key, value) in members {
                out.push_str(&Value::String(key.clone()).to_string());
                out.push(':');
                canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(list) => {
            out.push('[');
            for value in list {
                canonical(value, out);
                out.push(',');
            }
            out.push(']');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_tells_changes_apart_but_not_the_order_of_members() {
        let print = |place: &str, after: Value| fingerprint("bank", Kind::TypeChanged, place, &Value::Null, &after);
        let first = print("/a", json!({"type": "string", "format": "id"}));
        assert_eq!(first, print("/a", json!({"format": "id", "type": "string"})));
        assert_ne!(first, print("/b", json!({"type": "string", "format": "id"})));
        assert_ne!(first, print("/a", json!({"type": "string"})));
        assert_eq!(first.len(), 12);
    }

    #[test]
    fn severities_are_ordered() {
        assert!(Severity::ALL.windows(2).all(|pair| pair[0] > pair[1]));
    }
}
