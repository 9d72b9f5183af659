//! What differs on the wire: two documents walked side by side by the grammar of OpenAPI.
//!
//! Every key of every object is looked at. One that no rule knows is reported as such, so that nothing stays silent.

mod body;
mod discriminator;
mod document;
mod operation;
pub(super) mod operations;
mod parameters;
mod renames;
mod responses;
mod schema;
mod schema_facts;
mod schema_parts;
pub(super) mod uses;
mod values;
pub(super) mod view;

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::change::{Severity, Way};
use super::kind::Kind;
use crate::spec::{Place, Spec, pointer};
use uses::Uses;

/// A difference of the documents, before it is known what it means for Rust.
pub(super) struct Finding {
    pub(super) kind: Kind,
    /// As far as the wire alone tells.
    pub(super) severity: Severity,
    /// See [`Change::place`](super::Change::place).
    pub(super) at: String,
    pub(super) subject: String,
    pub(super) way: Option<Way>,
    pub(super) wire: String,
    /// Where it really stands in the old document, and in the new one.
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    pub(super) before: Value,
    pub(super) after: Value,
}

/// The same thing in both documents.
#[derive(Clone)]
struct Pair<'a> {
    a: Place<'a>,
    b: Place<'a>,
    at: String,
    subject: String,
    way: Option<Way>,
}

/// Everything that differs, and which components have another name now.
pub(super) struct Differences {
    pub(super) found: Vec<Finding>,
    /// Pointers of components and operations, from the old one to the new one, where they differ.
    pub(super) moved: HashMap<String, String>,
}

/// Compares two documents.
pub(super) fn compare(old: &Spec, new: &Spec) -> Differences {
    let moved = renames::schemas(old, new);
    let (uses_old, uses_new) = (Uses::of(old), Uses::of(new));
    let mut walk = Walk { old, new, uses_old, uses_new, moved, found: Vec::new(), seen: HashSet::new() };
    walk.document();
    Differences { found: walk.found, moved: walk.moved }
}

struct Walk<'a> {
    old: &'a Spec,
    new: &'a Spec,
    uses_old: Uses,
    uses_new: Uses,
    moved: HashMap<String, String>,
    found: Vec<Finding>,
    seen: HashSet<(String, String)>,
}

/// Words for people: nothing that is sent or received changes with them.
const DOCS: [&str; 7] = ["description", "summary", "example", "examples", "x-source", "externalDocs", "title"];

impl<'a> Pair<'a> {
    /// A value of the object, on each side.
    fn both(&self, key: &str) -> (Option<&'a Value>, Option<&'a Value>) {
        (self.a.value.get(key), self.b.value.get(key))
    }

    fn differs(&self, key: &str) -> bool {
        let (a, b) = self.both(key);
        a != b
    }

    /// A flag that is false where it is absent: before, after; `None` where it is the same.
    fn flag(&self, key: &str) -> Option<(bool, bool)> {
        let (a, b) = (self.a.flag(key), self.b.flag(key));
        (a != b).then_some((a, b))
    }

    /// A member that stands on both sides.
    fn member(&self, key: &str) -> Option<Pair<'a>> {
        Some(Pair { a: self.a.get(key)?, b: self.b.get(key)?, at: pointer::child(&self.at, key), ..self.clone() })
    }
}

impl<'a> Walk<'a> {
    /// Notes a difference between the two sides of a pair.
    fn note(&mut self, pair: &Pair<'a>, kind: Kind, severity: Severity, wire: String, values: (Value, Value)) {
        self.found.push(Finding {
            kind,
            severity,
            at: pair.at.clone(),
            subject: pair.subject.clone(),
            way: pair.way,
            wire,
            old: Some(pair.a.pointer.clone()),
            new: Some(pair.b.pointer.clone()),
            before: values.0,
            after: values.1,
        });
    }

    /// Notes what stands in the new document only.
    fn added(&mut self, spot: Spot, place: &Place<'a>, kind: Kind, severity: Severity, wire: String) {
        let Spot { at, subject, way } = spot;
        let (new, after) = (Some(place.pointer.clone()), plain(place.value));
        self.found.push(Finding { kind, severity, at, subject, way, wire, old: None, new, before: Value::Null, after });
    }

    /// Notes what stands in the old document only.
    fn removed(&mut self, spot: Spot, place: &Place<'a>, kind: Kind, severity: Severity, wire: String) {
        let Spot { at, subject, way } = spot;
        let (old, before) = (Some(place.pointer.clone()), plain(place.value));
        self.found.push(Finding { kind, severity, at, subject, way, wire, old, new: None, before, after: Value::Null });
    }

    /// Looks at all keys of an object but those that were looked at: words for people, or unknown ones.
    fn rest(&mut self, pair: &Pair<'a>, known: &[&str]) {
        let mut docs = Vec::new();
        for key in keys(pair.a.value, pair.b.value) {
            if known.contains(&key) || !pair.differs(key) {
                continue;
            }
            if DOCS.contains(&key) {
                docs.push(key);
            } else {
                self.unknown(pair, key);
            }
        }
        if !docs.is_empty() {
            self.docs(pair, &docs);
        }
    }

    /// What stands beside two references to something else than a schema.
    fn beside(&mut self, pair: &Pair<'a>) {
        let reference = |place: &Place<'a>| place.value.get("$ref").is_some();
        if reference(&pair.a) && reference(&pair.b) {
            self.rest(pair, &["$ref"]);
        }
    }

    fn docs(&mut self, pair: &Pair<'a>, keys: &[&str]) {
        let side = |value: &Value| {
            let kept = keys.iter().filter_map(|key| Some(((*key).to_owned(), value.get(key)?.clone())));
            Value::Object(kept.collect())
        };
        let values = (side(pair.a.value), side(pair.b.value));
        let wire = format!("{} changed", keys.join(", "));
        self.note(pair, Kind::DocsChanged, Severity::Docs, wire, values);
    }

    fn unknown(&mut self, pair: &Pair<'a>, key: &str) {
        let (a, b) = pair.both(key);
        let wire = format!("`{key}`: {} before, {} now, and no rule knows it", json_kind(a), json_kind(b));
        let values = (a.cloned().unwrap_or_default(), b.cloned().unwrap_or_default());
        let pair = Pair { at: pointer::child(&pair.at, key), ..pair.clone() };
        self.note(&pair, Kind::UnknownChanged, Severity::Unjudged, wire, values);
    }

    /// `deprecated` and `x-rust-name`, which mean the same wherever they stand.
    fn common(&mut self, pair: &Pair<'a>) {
        self.deprecation(pair);
        self.text_key(pair, "x-rust-name", Kind::RustNameChanged, Severity::Safe);
    }

    fn deprecation(&mut self, pair: &Pair<'a>) {
        if let Some((_, now)) = pair.flag("deprecated") {
            let (kind, wire) =
                if now { (Kind::Deprecated, "deprecated") } else { (Kind::NoLongerDeprecated, "no longer deprecated") };
            self.note(pair, kind, Severity::Safe, wire.to_owned(), (json!(!now), json!(now)));
        }
    }

    /// A key whose values can be shown side by side.
    fn text_key(&mut self, pair: &Pair<'a>, key: &str, kind: Kind, severity: Severity) -> bool {
        let (a, b) = pair.both(key);
        if a == b {
            return false;
        }
        let wire = format!("`{key}`: {}", from_to(a, b));
        self.note(pair, kind, severity, wire, (a.cloned().unwrap_or_default(), b.cloned().unwrap_or_default()));
        true
    }

    /// Whether a pair is met for the first time.
    fn first_time(&mut self, pair: &Pair<'a>) -> bool {
        self.seen.insert((pair.a.pointer.clone(), pair.b.pointer.clone()))
    }

    /// Whether a pair is one thing under two names, which has been said.
    fn moved_name(&self, pair: &Pair<'a>) -> bool {
        let (from, to) = (pointer::last(&pair.a.pointer), pointer::last(&pair.b.pointer));
        let owned = ["/properties", "/components/schemas"].iter().any(|owner| {
            let parent = |at: &str| at.rfind('/').is_some_and(|end| at[..end].ends_with(owner));
            parent(&pair.a.pointer) && parent(&pair.b.pointer)
        });
        owned && from != to
    }

    /// Where the new document has what the old one has at a pointer.
    fn now_at<'s>(&'s self, old: &'s str) -> &'s str {
        self.moved.get(old).map_or(old, String::as_str)
    }
}

/// Where something is that one document has alone.
struct Spot {
    at: String,
    subject: String,
    way: Option<Way>,
}

/// The keys of two objects, each once: in the order of the first, then the rest of the second.
fn keys<'v>(a: &'v Value, b: &'v Value) -> Vec<&'v str> {
    let of = |value: &'v Value| value.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    let mut all: Vec<&str> = of(a).collect();
    let known: HashSet<&str> = all.iter().copied().collect();
    all.extend(of(b).filter(|key| !known.contains(key)));
    all
}

/// A value without the words for people.
fn plain(value: &Value) -> Value {
    fn walk(value: &Value, names: bool) -> Value {
        match value {
            Value::Object(object) => {
                let kept = object.iter().filter(|(key, _)| names || !DOCS.contains(&key.as_str()));
                let member = |(key, value): (&String, &Value)| {
                    (key.clone(), walk(value, !names && matches!(key.as_str(), "properties" | "schemas" | "headers")))
                };
                Value::Object(kept.map(member).collect())
            }
            Value::Array(list) => Value::Array(list.iter().map(|value| walk(value, false)).collect()),
            scalar => scalar.clone(),
        }
    }
    walk(value, false)
}

fn json_kind(value: Option<&Value>) -> &'static str {
    match value {
        None => "absent",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "a boolean",
        Some(Value::Number(_)) => "a number",
        Some(Value::String(_)) => "a text",
        Some(Value::Array(_)) => "a list",
        Some(Value::Object(_)) => "an object",
    }
}

/// `x` before, `y` now.
fn from_to(a: Option<&Value>, b: Option<&Value>) -> String {
    let shown = |value: Option<&Value>| match value {
        None | Some(Value::Null) => "nothing".to_owned(),
        Some(Value::String(text)) => format!("`{text}`"),
        Some(other) => format!("`{other}`"),
    };
    format!("{} became {}", shown(a), shown(b))
}

/// `a, b and c` in code.
fn listed<T: AsRef<str>>(names: &[T]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
