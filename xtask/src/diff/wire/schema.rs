//! Schemas: what a value is.

use serde_json::{Value, json};

use super::super::change::{Severity, Way};
use super::super::kind::Kind;
use super::view::{Class, STRUCTURE, View};
use super::{Pair, Spot, Walk, plain};
use crate::spec::{Place, pointer};

/// What the rules of this file and its neighbours look at; anything else is for people, or unknown.
pub(super) const KNOWN: [&str; 38] = [
    "type",
    "format",
    "enum",
    "items",
    "additionalProperties",
    "discriminator",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "title",
    "x-sensitive",
    "x-credential",
    "x-normalized",
    "x-record",
    "x-enum-names",
    "x-rust-name",
    "x-status",
    "allOf",
    "oneOf",
    "anyOf",
    "properties",
    "required",
    "nullable",
    "$ref",
];

impl<'a> Walk<'a> {
    /// All named schemas, and those that one side has alone.
    pub(super) fn schemas(&mut self) {
        let list = |spec: &'a crate::spec::Spec| -> Vec<(&'a String, Place<'a>)> {
            spec.at("/components/schemas").iter().flat_map(Place::members).collect()
        };
        for (name, a) in list(self.old) {
            let now = self.now_at(&a.pointer).to_owned();
            let Some(b) = self.new.at(&now) else {
                let way = self.uses_old.way(&a.pointer);
                let spot = Spot { at: a.pointer.clone(), subject: name.clone(), way: Some(way) };
                self.removed(spot, &a, Kind::SchemaRemoved, Severity::Safe, format!("schema `{name}` removed"));
                continue;
            };
            let pair = self.component(a, b);
            if now != pair.a.pointer {
                let wire = format!("schema `{name}` is called `{}` now", pair.subject);
                let values = (rust_named(name, &pair.a), rust_named(&pair.subject, &pair.b));
                self.note(&pair, Kind::SchemaRenamed, Severity::Safe, wire, values);
            }
            self.schema(&pair);
        }
        for (name, b) in list(self.new) {
            let known = self.old.root.pointer(&b.pointer).is_some();
            if !known && !self.moved.values().any(|to| *to == b.pointer) {
                let way = self.uses_new.way(&b.pointer);
                let spot = Spot { at: b.pointer.clone(), subject: name.clone(), way: Some(way) };
                self.added(spot, &b, Kind::SchemaAdded, Severity::Safe, format!("schema `{name}` added"));
            }
        }
    }

    /// A component of both documents.
    pub(super) fn component(&self, a: Place<'a>, b: Place<'a>) -> Pair<'a> {
        let (old, new) = (self.uses_old.way(&a.pointer), self.uses_new.way(&b.pointer));
        let way = Way::of(old.sent() || new.sent(), old.received() || new.received());
        let (at, subject) = (b.pointer.clone(), pointer::last(&b.pointer));
        Pair { a, b, at, subject, way: Some(way) }
    }

    /// One schema on both sides.
    pub(super) fn schema(&mut self, pair: &Pair<'a>) {
        if pair.a.value == pair.b.value || !self.first_time(pair) {
            return;
        }
        let (old, new) = (View::of(self.old, &pair.a), View::of(self.new, &pair.b));
        match (&old.reference, &new.reference) {
            (Some(from), Some(to)) => {
                if self.now_at(&from.pointer) != to.pointer && !self.same_meaning(from, to) {
                    let wire = format!("{} became {}", old.words(), new.words());
                    let values = (json!(pointer::last(&from.pointer)), json!(pointer::last(&to.pointer)));
                    self.note(pair, Kind::TypeChanged, Severity::Careful, wire, values);
                }
                self.facts(pair, &old, &new);
                self.beside_reference(pair, &old, &new);
                self.others(pair, &old, &new, true);
            }
            (None, None) => {
                self.facts(pair, &old, &new);
                self.made_of(pair, &old, &new);
                self.others(pair, &old, &new, true);
            }
            _ => self.mixed(pair, &old, &new),
        }
        if let (Some(a), Some(b)) = (&old.null, &new.null) {
            self.rest(&Pair { a: a.clone(), b: b.clone(), ..pair.clone() }, &["type", "nullable", "enum"]);
        }
    }

    /// Keys that mean nothing beside a reference, so that no rule can judge them.
    fn beside_reference(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
        for key in ["type", "format", "enum", "discriminator", "x-enum-names"] {
            if old.value(key) != new.value(key) {
                self.unknown(pair, key);
            }
        }
        let bare = |place: &Place<'a>| place.value.get("$ref").is_some();
        if bare(&pair.a) && bare(&pair.b) {
            for key in STRUCTURE.into_iter().filter(|key| pair.differs(key)) {
                self.unknown(pair, key);
            }
        }
        let sorted = |view: &View<'a>| {
            let mut names = view.required.clone();
            names.sort_unstable();
            names
        };
        if sorted(old) != sorted(new) {
            self.unknown(pair, "required");
        }
    }

    /// A named schema on one side, and a description of its own on the other.
    fn mixed(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
        let before = self.found.len();
        let (was, is) = (View::expanded(self.old, &pair.a), View::expanded(self.new, &pair.b));
        if was.class() == is.class() {
            self.facts(pair, &was, &is);
            self.made_of(pair, &was, &is);
        } else {
            // What is said of the named schema is said of another thing.
            let wire = format!("{} became {}", old.words(), new.words());
            let values = (json!(old.words()), json!(new.words()));
            self.note(pair, kind_changed(pair), Severity::Careful, wire, values);
            self.facts(
                pair,
                &View { nullable: was.nullable, ..bare(old) },
                &View { nullable: is.nullable, ..bare(new) },
            );
        }
        self.others(pair, &was, &is, self.found.len() == before);
    }

    fn made_of(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
        if self.class(pair, old, new) {
            self.members(pair, old, new);
            self.elements(pair, old, new);
            self.alternatives(pair, old, new);
            self.values(pair, old, new);
        }
    }

    /// Whether both sides are the same sort of thing, so that its parts can be compared.
    fn class(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) -> bool {
        let (was, is) = (old.class(), new.class());
        let side =
            |view: &View<'a>| json!({"type": view.text("type"), "format": view.text("format"), "is": view.words()});
        let values = (side(old), side(new));
        let wire = format!("{} became {}", old.words(), new.words());
        if was != is {
            self.note(pair, kind_changed(pair), Severity::Careful, wire, values);
            return false;
        }
        if old.value("type") != new.value("type") {
            self.note(pair, Kind::TypeChanged, Severity::Careful, wire, values);
            return is != Class::Scalar;
        }
        if old.value("format") != new.value("format") {
            let severity = if pair.way.is_some_and(Way::sent) { Severity::Careful } else { Severity::Safe };
            self.note(pair, Kind::FormatChanged, severity, wire, values);
        }
        true
    }

    /// What no rule looks at, and words for people where they are about the same thing.
    fn others(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>, words: bool) {
        let mut docs: Vec<&str> = Vec::new();
        let keys: Vec<&str> =
            old.keys.keys().chain(new.keys.keys().filter(|key| !old.keys.contains_key(*key))).copied().collect();
        for key in keys.into_iter().filter(|key| !KNOWN.contains(key) && old.value(key) != new.value(key)) {
            if super::DOCS.contains(&key) {
                docs.extend(words.then_some(key));
                continue;
            }
            let wire = format!(
                "`{key}`: {} before, {} now, and no rule knows it",
                super::json_kind(old.value(key)),
                super::json_kind(new.value(key))
            );
            let inner = Pair { at: pointer::child(&pair.at, key), ..pair.clone() };
            let values = (old.value(key).cloned().unwrap_or_default(), new.value(key).cloned().unwrap_or_default());
            self.note(&inner, Kind::UnknownChanged, Severity::Unjudged, wire, values);
        }
        if !docs.is_empty() {
            let side = |view: &View<'a>| {
                Value::Object(
                    docs.iter().filter_map(|key| Some(((*key).to_owned(), view.value(key)?.clone()))).collect(),
                )
            };
            let values = (side(old), side(new));
            self.note(pair, Kind::DocsChanged, Severity::Docs, format!("{} changed", docs.join(", ")), values);
        }
    }

    /// Whether two schemas say the same, apart from words for people.
    pub(super) fn same_meaning(&self, a: &Place<'a>, b: &Place<'a>) -> bool {
        plain(a.value) == plain(b.value)
    }
}

/// A name with the one in Rust, where that is another.
pub(super) fn rust_named(name: &str, place: &Place<'_>) -> Value {
    json!([name, place.text("x-rust-name")])
}

/// A named schema of another sort, or a value of another type.
fn kind_changed(pair: &Pair<'_>) -> Kind {
    let named = pair.at.starts_with("/components/schemas/") && pair.at.matches('/').count() == 3;
    if named { Kind::SchemaKindChanged } else { Kind::TypeChanged }
}

/// What a schema that only refers to another says by itself.
fn bare<'a>(view: &View<'a>) -> View<'a> {
    let own = ["deprecated", "readOnly", "writeOnly", "x-sensitive", "x-credential", "x-normalized", "x-rust-name"];
    let kept = view.keys.iter().filter(|(key, _)| own.contains(key));
    View { keys: kept.map(|(key, place)| (*key, place.clone())).collect(), ..View::default() }
}

#[cfg(test)]
mod tests {
    use crate::diff::testing::{after, edited, told};

    #[test]
    fn a_reference_and_the_same_in_its_place_are_one() {
        let speed = "speed: { $ref: '#/components/schemas/Speed' }";
        let with = |member: &str| after(&[(speed, member), ("    Speed:", "    Text: { type: string }\n    Speed:")]);
        let (named, inline) = (with("text: { $ref: '#/components/schemas/Text' }"), with("text: { type: string }"));
        assert_eq!(told(&named, &inline), Vec::<String>::new());
        assert_eq!(told(&inline, &named), Vec::<String>::new());
    }

    #[test]
    fn other_types_break_and_limits_do_not() {
        assert_eq!(
            edited(&[(
                "amount: { type: number, format: decimal, x-normalized",
                "amount: { type: string, format: decimal, x-normalized"
            )]),
            ["careful type-changed | Movement.amount | field `amount` of `Movement` is the same and travels otherwise"]
        );
        assert_eq!(
            edited(&[("maxLength: 20", "maxLength: 10")]),
            ["careful limit-tightened | Order.note | nothing: the client does not check it"]
        );
        assert_eq!(
            edited(&[("maxLength: 20", "maxLength: 30")]),
            ["safe limit-loosened | Order.note | nothing: the client does not check it"]
        );
    }

    #[test]
    fn a_renamed_schema_is_one_change() {
        assert_eq!(
            edited(&[
                (
                    "party: { x-normalized: [transaction.counterparty], oneOf: [{ $ref: '#/components/schemas/Person' }",
                    "party: { x-normalized: [transaction.counterparty], oneOf: [{ $ref: '#/components/schemas/Human' }"
                ),
                ("    Person:", "    Human:")
            ]),
            [
                "breaking schema-renamed | Human | form `MovementParty::Person` is called `MovementParty::Human` now; type `Person` is called `Human` now"
            ]
        );
    }
}
