//! A schema as it is meant: references with words of their own, parts that add up and unions with null, each in one form.

use indexmap::IndexMap;
use serde_json::Value;

use crate::spec::{Place, Spec, pointer};

/// How deep parts may stand in parts.
const DEPTH: usize = 16;

/// Keys that describe what a value is made of.
pub(in super::super) const STRUCTURE: [&str; 7] =
    ["properties", "required", "items", "additionalProperties", "allOf", "oneOf", "anyOf"];

/// One schema.
#[derive(Default)]
pub(in super::super) struct View<'a> {
    /// The schema that it is, apart from words of its own.
    pub(in super::super) reference: Option<Place<'a>>,
    pub(in super::super) nullable: bool,
    /// Its members, whichever of its own parts they stand in.
    pub(in super::super) members: IndexMap<&'a str, Place<'a>>,
    /// Members that come with the schemas it is made of.
    pub(in super::super) inherited: IndexMap<&'a str, Place<'a>>,
    pub(in super::super) required: Vec<&'a str>,
    pub(in super::super) inherited_required: Vec<&'a str>,
    /// The schemas that it is made of.
    pub(in super::super) parts: Vec<Place<'a>>,
    /// Whether one alternative holds, or any number of them.
    pub(in super::super) any_of: bool,
    /// The alternative that is null and nothing else.
    pub(in super::super) null: Option<Place<'a>>,
    /// Its alternatives but null.
    pub(in super::super) arms: Vec<Place<'a>>,
    /// Everything else by key.
    pub(in super::super) keys: IndexMap<&'a str, Place<'a>>,
}

/// What sort of thing a schema is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Class {
    Any,
    Scalar,
    Enum,
    Union,
    List,
    Object,
}

impl<'a> View<'a> {
    /// Of the schema at a place; a reference stays one.
    pub(in super::super) fn of(spec: &'a Spec, place: &Place<'a>) -> Self {
        let mut view = View::default();
        view.fill(spec, place, 0);
        view.settle(spec);
        let parts = view.parts.clone();
        for part in &parts {
            view.inherit(spec, part, 0);
        }
        view
    }

    /// The same with a reference replaced by what it points to.
    pub(in super::super) fn expanded(spec: &'a Spec, place: &Place<'a>) -> Self {
        let mut view = View::of(spec, place);
        for _ in 0..DEPTH {
            let Some(target) = view.reference.take() else { break };
            let inner = View::of(spec, &target);
            view.absorb(inner);
        }
        view
    }

    /// The value of a key.
    pub(in super::super) fn value(&self, key: &str) -> Option<&'a Value> {
        self.keys.get(key).map(|place| place.value)
    }

    /// The text of a key.
    pub(in super::super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value(key)?.as_str()
    }

    /// A member, own or inherited.
    pub(in super::super) fn member(&self, name: &str) -> Option<&Place<'a>> {
        self.members.get(name).or_else(|| self.inherited.get(name))
    }

    /// Whether a member has to be there.
    pub(in super::super) fn requires(&self, name: &str) -> bool {
        self.required.contains(&name) || self.inherited_required.contains(&name)
    }

    /// The values of an enum but null; numbers as they are written.
    pub(in super::super) fn values(&self) -> Vec<String> {
        let list = self.value("enum").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        list.iter().filter(|value| !value.is_null()).map(text).collect()
    }

    /// What sort of thing it is.
    pub(in super::super) fn class(&self) -> Class {
        let kind = self.text("type").unwrap_or_default();
        if !self.arms.is_empty() {
            Class::Union
        } else if self.keys.contains_key("enum") {
            Class::Enum
        } else if !self.members.is_empty()
            || !self.parts.is_empty()
            || kind == "object"
            || self.keys.contains_key("additionalProperties")
        {
            Class::Object
        } else if kind == "array" || self.keys.contains_key("items") {
            Class::List
        } else if kind.is_empty() && !self.keys.contains_key("format") {
            Class::Any
        } else {
            Class::Scalar
        }
    }

    /// A few words for it.
    pub(in super::super) fn words(&self) -> String {
        if let Some(target) = &self.reference {
            return format!("`{}`", pointer::last(&target.pointer));
        }
        let kind = self.text("type").unwrap_or("any");
        match self.class() {
            Class::Any => "any JSON".to_owned(),
            Class::Scalar => match self.text("format") {
                Some(format) => format!("{kind} ({format})"),
                None => kind.to_owned(),
            },
            Class::Enum => "an enum".to_owned(),
            Class::Union => "a union".to_owned(),
            Class::List => "a list".to_owned(),
            Class::Object if self.members.is_empty() && self.parts.is_empty() => "a map".to_owned(),
            Class::Object => "an object".to_owned(),
        }
    }

    fn fill(&mut self, spec: &'a Spec, place: &Place<'a>, depth: usize) {
        let reference = place.value.get("$ref").is_some();
        if reference {
            self.reference = spec.resolve(place);
        }
        // Beside a reference stand words of its own; what would describe a value is told apart from them.
        let structural = |key: &str| STRUCTURE.contains(&key);
        for (key, member) in place.members().filter(|(key, _)| !(reference && (structural(key) || *key == "$ref"))) {
            match key.as_str() {
                "allOf" => {
                    for part in member.elements() {
                        if part.value.get("$ref").is_some() {
                            self.parts.extend(spec.resolve(&part));
                            let words = part.members().filter(|(key, _)| *key != "$ref" && !structural(key));
                            self.keys.extend(words.map(|(key, word)| (key.as_str(), word)));
                        } else if depth < DEPTH {
                            self.fill(spec, &part, depth + 1);
                        }
                    }
                }
                "properties" => self.members.extend(member.members().map(|(name, place)| (name.as_str(), place))),
                "required" => self.required.extend(texts(&member)),
                "nullable" => self.nullable |= member.value == true,
                "oneOf" | "anyOf" => {
                    self.any_of = key == "anyOf";
                    for arm in member.elements() {
                        if only_null(&arm) {
                            self.nullable = true;
                            self.null = Some(arm);
                        } else {
                            self.arms.push(arm);
                        }
                    }
                }
                "enum" => {
                    self.nullable |= member.value.as_array().is_some_and(|list| list.contains(&Value::Null));
                    self.keys.insert("enum", member);
                }
                other => {
                    self.keys.insert(other, member);
                }
            }
        }
    }

    /// One part alone, or one alternative alone, is what it says.
    fn settle(&mut self, spec: &'a Spec) {
        let narrower = ["items", "enum", "additionalProperties"];
        let more = !self.members.is_empty() || narrower.iter().any(|key| self.keys.contains_key(key));
        if more || self.reference.is_some() {
            return;
        }
        match (self.parts.as_slice(), self.arms.as_slice()) {
            ([only], []) => {
                self.reference = Some(only.clone());
                self.parts.clear();
                self.keys.shift_remove("type");
            }
            ([], [only]) => {
                let only = only.clone();
                self.arms.clear();
                self.absorb(View::of(spec, &only));
            }
            _ => {}
        }
    }

    /// Becomes what another one is; its own words win.
    fn absorb(&mut self, inner: View<'a>) {
        for (key, place) in inner.keys {
            self.keys.entry(key).or_insert(place);
        }
        self.required.extend(inner.required);
        self.nullable |= inner.nullable;
        self.reference = inner.reference;
        self.members = inner.members;
        self.inherited = inner.inherited;
        self.inherited_required = inner.inherited_required;
        self.parts = inner.parts;
        self.arms = inner.arms;
        self.null = inner.null.or(self.null.take());
        self.any_of = inner.any_of;
    }

    fn inherit(&mut self, spec: &'a Spec, part: &Place<'a>, depth: usize) {
        if depth >= DEPTH {
            return;
        }
        let Some(part) = spec.resolve(part) else { return };
        for (name, place) in part.get("properties").iter().flat_map(Place::members) {
            self.inherited.insert(name, place);
        }
        self.inherited_required.extend(part.get("required").iter().flat_map(texts));
        for inner in part.get("allOf").iter().flat_map(Place::elements) {
            self.inherit(spec, &inner, depth + 1);
        }
    }
}

fn texts<'a>(place: &Place<'a>) -> Vec<&'a str> {
    place.elements().filter_map(|text| text.value.as_str()).collect()
}

/// An alternative that is null and nothing else.
fn only_null(arm: &Place<'_>) -> bool {
    let listed = arm.value.get("enum").and_then(Value::as_array);
    arm.text("type") == Some("null")
        || listed.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}
