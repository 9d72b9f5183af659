//! One value against one schema.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::found::{Deviation, What};
use super::infer;
use super::input::Recording;
use crate::facts::{Kind, Node, Plain, Reader, Rest};
use crate::lint::VALUE_FORMATS;
use crate::spec::pointer;

/// More of a value than this is cut off.
const SHOWN: usize = 80;

/// Judges values by the schemas of one document.
pub(super) struct Judge<'r, 'a> {
    reader: &'r Reader<'a>,
    values: bool,
    /// Names that are marked sensitive anywhere: what turns up under one of them is not shown, even where nobody knows it.
    sensitive: BTreeSet<&'a str>,
}

/// What became of a value.
#[derive(Default)]
struct Outcome<'v> {
    found: Vec<Deviation<'v>>,
    /// Members and values that are as described.
    known: usize,
    /// Members and values that are not: an unknown object counts with all that it holds.
    strange: usize,
}

/// Where the judge stands.
#[derive(Clone)]
struct Spot {
    /// In the answer.
    at: String,
    /// In the schemas: `Account.institution`.
    schema: String,
    /// Nobody may see the value.
    hidden: bool,
}

impl<'r, 'a> Judge<'r, 'a> {
    pub(super) fn new(reader: &'r Reader<'a>, values: bool) -> Self {
        let mut sensitive = BTreeSet::new();
        names(&reader.spec.root, &mut sensitive);
        Self { reader, values, sensitive }
    }

    /// Everything in which a recording leaves its schema.
    pub(super) fn all<'v>(&self, node: Node<'a>, recording: &'v Recording) -> Vec<Deviation<'v>> {
        recording.values.iter().flat_map(|value| self.root(&node, value).found).collect()
    }

    /// How much is as described, and how much is not.
    pub(super) fn counts(&self, node: &Node<'a>, recording: &Recording) -> (usize, usize) {
        let outcomes = recording.values.iter().map(|value| self.root(node, value));
        outcomes.fold((0, 0), |(known, strange), outcome| (known + outcome.known, strange + outcome.strange))
    }

    fn root<'v>(&self, node: &Node<'a>, value: &'v Value) -> Outcome<'v> {
        self.value(node, value, &Spot { at: String::new(), schema: "the answer".to_owned(), hidden: false })
    }

    fn value<'v>(&self, node: &Node<'a>, value: &'v Value, spot: &Spot) -> Outcome<'v> {
        let forms = self.reader.read(node);
        let spot = Spot {
            schema: self.reader.name(node).unwrap_or_else(|| spot.schema.clone()),
            hidden: spot.hidden || forms.iter().any(|form| form.sensitive),
            ..spot.clone()
        };
        if forms.is_empty() || (value.is_null() && forms.iter().any(|form| form.null || form.anything())) {
            return Outcome::default();
        }
        if value.is_null() {
            let place = node.place().map(|place| place.pointer.clone()).unwrap_or_default();
            let mut out = Outcome::default();
            out.put(deviation(What::Null, place, &spot, String::new(), String::new()));
            return out;
        }
        let outcomes = forms.iter().map(|form| self.form(form, value, &spot));
        // The first of equals, so that the order of the document decides.
        let best = outcomes.reduce(|best, next| {
            let better = (next.strange, best.known) < (best.strange, next.known);
            if better { next } else { best }
        });
        best.unwrap_or_default()
    }

    fn form<'v>(&self, form: &Plain<'a>, value: &'v Value, spot: &Spot) -> Outcome<'v> {
        let mut out = Outcome::default();
        if form.anything() {
            return out;
        }
        let spot = Spot { schema: form.component.clone().unwrap_or_else(|| spot.schema.clone()), ..spot.clone() };
        let place = form.place.pointer.clone();
        let kind = Kind::of(value);
        if !kind.is_some_and(|kind| form.allows(kind)) {
            let detail = infer::kind(value).to_owned();
            let found = deviation(What::Type, place, &spot, detail, String::new());
            out.put(Deviation { value: Some(value), ..found });
            return out;
        }
        match value {
            Value::Object(members) => self.members(form, members, &spot, &mut out),
            Value::Array(elements) => {
                let below =
                    Spot { at: format!("{}/*", spot.at), schema: format!("{}[]", spot.schema), hidden: spot.hidden };
                for element in form.items.iter().flat_map(|items| elements.iter().map(move |element| (items, element)))
                {
                    out.add(self.value(element.0, element.1, &below));
                }
            }
            scalar => self.scalar(form, scalar, &spot, &mut out),
        }
        out
    }

    fn scalar<'v>(&self, form: &Plain<'a>, value: &'v Value, spot: &Spot, out: &mut Outcome<'v>) {
        let place = form.place.pointer.clone();
        let deviation = |what| Deviation {
            shown: self.shown(value, spot.hidden),
            value: Some(value),
            ..deviation(what, place.clone(), spot, infer::size(value), String::new())
        };
        if form.values.as_ref().is_some_and(|values| !values.contains(&value)) {
            return out.put(deviation(What::UnknownValue));
        }
        let check = VALUE_FORMATS.iter().find(|(name, _)| Some(*name) == form.format);
        if let (Some((_, fits)), Value::String(text)) = (check, value)
            && !fits(text)
        {
            return out.put(deviation(What::Format));
        }
        out.known += 1;
    }

    fn members<'v>(&self, form: &Plain<'a>, members: &'v Map<String, Value>, spot: &Spot, out: &mut Outcome<'v>) {
        let place = &form.place.pointer;
        for (name, value) in members {
            let at = pointer::child(&spot.at, name);
            if let Some(node) = form.members.get(name.as_str()) {
                let schema = format!("{}.{name}", spot.schema);
                out.known += 1;
                out.add(self.value(node, value, &Spot { at, schema, hidden: spot.hidden }));
                continue;
            }
            match &form.rest {
                // Keys that nobody listed are data.
                Rest::Open(node) => {
                    let (at, schema) = (format!("{}/*", spot.at), format!("{}{{}}", spot.schema));
                    out.add(self.value(node, value, &Spot { at, schema, hidden: spot.hidden }));
                }
                Rest::Anything => {}
                Rest::Unsaid if form.members.is_empty() => {}
                Rest::Unsaid | Rest::Closed => {
                    let hidden = spot.hidden || self.sensitive.contains(name.as_str());
                    let below = Spot { at, ..spot.clone() };
                    let detail = infer::kind(value).to_owned();
                    let found = deviation(What::UnknownMember, place.clone(), &below, detail, name.clone());
                    out.put(Deviation { shown: self.shown(value, hidden), value: Some(value), ..found });
                }
            }
        }
        for name in form.required.iter().filter(|name| !members.contains_key(**name)) {
            let below = Spot { at: pointer::child(&spot.at, name), ..spot.clone() };
            out.put(deviation(What::Missing, place.clone(), &below, String::new(), (*name).to_owned()));
        }
    }

    /// A value as it may be shown: not unless asked for, no sensitive one ever, and nothing that holds others.
    fn shown(&self, value: &Value, hidden: bool) -> Option<String> {
        if !self.values || hidden || value.is_null() || value.is_object() || value.is_array() {
            return None;
        }
        let text = value.to_string();
        let cut: String = text.chars().take(SHOWN).collect();
        Some(if cut.len() < text.len() { format!("{cut}…") } else { text })
    }
}

impl<'v> Outcome<'v> {
    fn add(&mut self, other: Outcome<'v>) {
        self.found.extend(other.found);
        self.known += other.known;
        self.strange += other.strange;
    }

    fn put(&mut self, deviation: Deviation<'v>) {
        self.strange += deviation.value.map_or(1, size);
        self.found.push(deviation);
    }
}

/// The number of values in a value.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Object(members) => members.values().map(size).sum(),
        Value::Array(elements) => elements.iter().map(size).sum(),
        _ => 0,
    }
}

fn deviation<'v>(what: What, place: String, spot: &Spot, detail: String, member: String) -> Deviation<'v> {
    let (at, schema) = (spot.at.clone(), spot.schema.clone());
    Deviation { what, at, place, schema, detail, member, shown: None, value: None }
}

/// All names of properties and parameters that are marked sensitive.
fn names<'a>(value: &'a Value, into: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(members) => {
            if let Some(properties) = members.get("properties").and_then(Value::as_object) {
                let marked = properties.iter().filter(|(_, property)| property.get("x-sensitive").is_some());
                into.extend(marked.map(|(name, _)| name.as_str()));
            }
            members.values().for_each(|member| names(member, into));
        }
        Value::Array(elements) => elements.iter().for_each(|element| names(element, into)),
        _ => {}
    }
}
