//! What is said about a schema as a whole: null, limits, who reads it.

use serde_json::{Value, json};

use super::super::change::{Severity, Way};
use super::super::kind::Kind;
use super::view::View;
use super::{Pair, Walk, from_to, listed};

/// Limits that grow stricter as they rise, as they fall, or by being there.
const RISING: [&str; 5] = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const FALLING: [&str; 5] = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
const PRESENT: [&str; 3] = ["pattern", "uniqueItems", "multipleOf"];

impl<'a> Walk<'a> {
    /// Everything but what the schema is made of.
    pub(super) fn facts(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
        let sent = pair.way.is_some_and(Way::sent);
        if old.nullable != new.nullable {
            let (kind, wire) = if new.nullable {
                (Kind::BecameNullable, "may be null now")
            } else {
                (Kind::NoLongerNullable, "is never null now")
            };
            let severity = if sent && !new.nullable { Severity::Careful } else { Severity::Safe };
            self.note(pair, kind, severity, wire.to_owned(), (json!(old.nullable), json!(new.nullable)));
        }
        self.limits(pair, old, new);
        let default = if sent { Severity::Careful } else { Severity::Safe };
        let facts = [
            ("default", Kind::DefaultChanged, default),
            ("readOnly", Kind::AccessChanged, default),
            ("writeOnly", Kind::AccessChanged, default),
            ("title", Kind::TitleChanged, Severity::Docs),
            ("x-sensitive", Kind::SensitiveChanged, Severity::Careful),
            ("x-credential", Kind::CredentialChanged, Severity::Careful),
            ("x-status", Kind::StatusChanged, Severity::Safe),
        ];
        for (key, kind, severity) in facts {
            self.fact(pair, old, new, (key, kind, severity));
        }
        // A renamed schema or property may keep its name in Rust that way.
        if !(pair.a.pointer != pair.b.pointer && self.moved_name(pair)) {
            self.fact(pair, old, new, ("x-rust-name", Kind::RustNameChanged, Severity::Safe));
        }
        let deprecated = |view: &View<'a>| view.value("deprecated").and_then(Value::as_bool).unwrap_or(false);
        if deprecated(old) != deprecated(new) {
            let now = deprecated(new);
            let (kind, wire) =
                if now { (Kind::Deprecated, "deprecated") } else { (Kind::NoLongerDeprecated, "no longer deprecated") };
            self.note(pair, kind, Severity::Safe, wire.to_owned(), (json!(!now), json!(now)));
        }
        self.annotation(pair, old, new, "x-normalized", Kind::NormalizedChanged);
        self.annotation(pair, old, new, "x-record", Kind::RecordChanged);
    }

    fn fact(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>, rule: (&str, Kind, Severity)) {
        let (key, kind, severity) = rule;
        let (was, is) = (old.value(key), new.value(key));
        let nothing = |value: Option<&Value>| value.is_none_or(|value| *value == Value::Bool(false));
        if was == is || (nothing(was) && nothing(is)) {
            return;
        }
        let wire = format!("`{key}`: {}", from_to(was, is));
        self.note(pair, kind, severity, wire, (was.cloned().unwrap_or_default(), is.cloned().unwrap_or_default()));
    }

    /// A list of names; their order means nothing.
    fn annotation(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>, key: &str, kind: Kind) {
        let names = |view: &View<'a>| -> Vec<String> {
            let list = view.value(key).and_then(Value::as_array);
            let mut names: Vec<String> =
                list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
            names.sort();
            names
        };
        let (was, is) = (names(old), names(new));
        if was == is {
            return;
        }
        let only = |these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|name| !those.contains(name)).cloned().collect()
        };
        let (gone, come) = (only(&was, &is), only(&is, &was));
        let mut words = Vec::new();
        if !gone.is_empty() {
            words.push(format!("no longer {}", listed(&gone)));
        }
        if !come.is_empty() {
            words.push(format!("now {}", listed(&come)));
        }
        self.note(pair, kind, Severity::Careful, format!("`{key}`: {}", words.join(", ")), (json!(was), json!(is)));
    }

    fn limits(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
        for key in RISING.iter().chain(&FALLING).chain(&PRESENT) {
            let (was, is) = (old.value(key), new.value(key));
            if was == is {
                continue;
            }
            let number = |value: Option<&Value>| value.and_then(Value::as_f64);
            let tighter = match (was, is) {
                (None, _) => is != Some(&Value::Bool(false)),
                (_, None) => false,
                _ if RISING.contains(key) => number(is) > number(was) || *is.unwrap_or(&Value::Null) == true,
                _ if FALLING.contains(key) => number(is) < number(was) || *is.unwrap_or(&Value::Null) == true,
                // Nobody knows which of two patterns takes more.
                _ => is != Some(&Value::Bool(false)),
            };
            let kind = if tighter { Kind::LimitTightened } else { Kind::LimitLoosened };
            let careful = tighter && pair.way.is_some_and(Way::sent);
            let severity = if careful { Severity::Careful } else { Severity::Safe };
            let wire = format!("`{key}`: {}", from_to(was, is));
            let values = (json!({ *key: was }), json!({ *key: is }));
            self.note(pair, kind, severity, wire, values);
        }
    }
}
