//! Generated types: whether they are there, what they are called, what they are.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::change::Severity;
use super::{Aspect, Judge, Models, Origin, words};
use crate::model::{Arm, Kind, Shape, TypeDef, Variant};

/// A pointer of the old document as the new one has it.
fn now(models: &Models<'_>, old: &str) -> String {
    let mut around = old;
    loop {
        if let Some(moved) = models.moved.get(around) {
            return format!("{moved}{}", &old[around.len()..]);
        }
        match around.rfind('/') {
            Some(end) => around = &around[..end],
            None => return old.to_owned(),
        }
    }
}

/// The new name of every old type that is still there: by its place, then by its name.
pub(super) fn names(models: &Models<'_>) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let mut taken: HashSet<&str> = HashSet::new();
    let by_place: HashMap<&str, &str> =
        models.new.types.values().map(|b| (b.pointer.as_str(), b.name.as_str())).collect();
    for a in models.old.types.values() {
        if let Some(name) = by_place.get(now(models, &a.pointer).as_str()) {
            names.insert(a.name.clone(), (*name).to_owned());
            taken.insert(name);
        }
    }
    for a in models.old.types.values() {
        let free = models.new.types.contains_key(&a.name) && !taken.contains(a.name.as_str());
        if free && !names.contains_key(&a.name) {
            names.insert(a.name.clone(), a.name.clone());
        }
    }
    names
}

impl Judge<'_> {
    /// A shape of the old model under the names of the new one.
    pub(super) fn renamed(&self, shape: &Shape) -> Shape {
        match shape {
            Shape::Named(name) => Shape::Named(self.names.get(name).unwrap_or(name).clone()),
            Shape::List(inner) => Shape::List(Box::new(self.renamed(inner))),
            Shape::Map(inner) => Shape::Map(Box::new(self.renamed(inner))),
            Shape::Nullable(inner) => Shape::Nullable(Box::new(self.renamed(inner))),
            other => other.clone(),
        }
    }

    pub(super) fn types(&mut self) {
        let (old, new) = (&self.models.old.types, &self.models.new.types);
        for a in old.values() {
            let at = now(self.models, &a.pointer);
            let found = self.names.get(&a.name).and_then(|name| new.get(name));
            let (after, subject) = found.map_or((&at, &a.name), |b| (&b.pointer, &b.name));
            let origin = Origin {
                at: after.clone(),
                subject: subject.clone(),
                old: self.before.closure(&a.pointer),
                new: self.after.closure(after),
            };
            match found {
                Some(b) => self.definition(&origin, a, b),
                None => {
                    let text = format!("type `{}` is gone", a.name);
                    self.tell(&origin, Severity::Breaking, Aspect::Reach, text);
                }
            }
        }
        let known: HashSet<String> = self.names.values().cloned().collect();
        for b in new.values().filter(|b| !known.contains(&b.name)) {
            let origin = Origin {
                at: b.pointer.clone(),
                subject: b.name.clone(),
                old: self.before.closure(&b.pointer),
                new: self.after.closure(&b.pointer),
            };
            self.tell(&origin, Severity::Safe, Aspect::Reach, format!("new type `{}`", b.name));
        }
    }

    fn definition(&mut self, origin: &Origin, a: &TypeDef, b: &TypeDef) {
        let name = &b.name;
        if a.name != *name {
            let text = format!("type `{}` is called `{name}` now", a.name);
            self.tell(origin, Severity::Breaking, Aspect::Name, text);
        }
        if a.home != b.home && a.name == *name {
            let text = format!("`{name}` stands in another file; its name is the same");
            self.tell(origin, Severity::Safe, Aspect::Name, text);
        }
        self.deprecated(origin, a.deprecated, b.deprecated, &format!("type `{name}`"));
        self.features(origin, name, &a.features, &b.features);
        self.ways(origin, a, b);
        match (&a.kind, &b.kind) {
            (Kind::Object(was), Kind::Object(is)) => self.object(origin, (a, was), (b, is)),
            (Kind::Enum(was), Kind::Enum(is)) => self.variants(origin, name, was, is),
            (Kind::Union(was), Kind::Union(is)) => self.arms(origin, name, was, is),
            _ => {
                let text = format!(
                    "`{name}` is {} {} instead of {} {}",
                    article(b),
                    words::sort(b),
                    article(a),
                    words::sort(a)
                );
                self.tell(origin, Severity::Breaking, Aspect::Type, text);
            }
        }
    }

    fn features(&mut self, origin: &Origin, name: &str, was: &BTreeSet<String>, is: &BTreeSet<String>) {
        if was == is {
            return;
        }
        let listed = is.iter().map(|feature| format!("`{feature}`")).collect::<Vec<_>>().join(" or ");
        if is.is_empty() {
            let text = format!("type `{name}` needs no cargo feature any more");
            self.tell(origin, Severity::Safe, Aspect::Feature, text);
        } else if !was.is_empty() && was.is_subset(is) {
            let text = format!("type `{name}` is there with the cargo feature {listed}");
            self.tell(origin, Severity::Safe, Aspect::Feature, text);
        } else {
            let text = format!("type `{name}` needs the cargo feature {listed} now");
            self.tell(origin, Severity::Breaking, Aspect::Feature, text);
        }
    }

    /// Who needs the type decides what it can do.
    fn ways(&mut self, origin: &Origin, a: &TypeDef, b: &TypeDef) {
        let name = &b.name;
        let made = match &b.kind {
            Kind::Object(_) => "constructor `new` and setters",
            Kind::Enum(_) => return,
            Kind::Union(_) => "conversions from its forms",
        };
        match (a.in_request, b.in_request) {
            (true, false) => {
                let text = format!("`{name}` is not sent any more: its {made} are gone");
                self.tell(origin, Severity::Breaking, Aspect::Reach, text);
            }
            (false, true) => {
                let text = format!("`{name}` is sent as well: it has {made} now");
                self.tell(origin, Severity::Safe, Aspect::Reach, text);
            }
            _ => {}
        }
        match (a.in_response, b.in_response) {
            (true, false) => {
                let text = format!("`{name}` is not received any more: it cannot be read from JSON");
                self.tell(origin, Severity::Breaking, Aspect::Reach, text);
            }
            (false, true) => {
                let text = format!("`{name}` is received as well: it can be read from JSON");
                self.tell(origin, Severity::Safe, Aspect::Reach, text);
            }
            _ => {}
        }
    }

    fn variants(&mut self, origin: &Origin, name: &str, was: &[Variant], is: &[Variant]) {
        for a in was {
            match is.iter().find(|b| b.wire == a.wire) {
                None => match is.iter().find(|b| b.rust == a.rust) {
                    // The name in Rust stays, so that callers compile and mean another text.
                    Some(b) => {
                        let text = format!(
                            "variant `{name}::{}` stands for `{}` now, and `{}` is unrecognized",
                            b.rust, b.wire, a.wire
                        );
                        self.value(origin, Severity::Careful, Aspect::Existence, &a.wire, text);
                    }
                    None => {
                        let text = format!("variant `{name}::{}` is gone", a.rust);
                        self.value(origin, Severity::Breaking, Aspect::Existence, &a.wire, text);
                    }
                },
                Some(b) if a.rust != b.rust => {
                    let text = format!("variant `{name}::{}` is called `{name}::{}` now", a.rust, b.rust);
                    self.value(origin, Severity::Breaking, Aspect::Name, &a.wire, text);
                }
                Some(_) => {}
            }
        }
        for b in is.iter().filter(|b| !was.iter().any(|a| a.wire == b.wire)) {
            let known = was.iter().any(|a| a.rust == b.rust);
            let text = if known {
                format!("no new variant: `{name}::{}` stands for it", b.rust)
            } else {
                format!("`{name}` gained the variant `{}`: safe, because the enum is open", b.rust)
            };
            self.value(origin, Severity::Safe, Aspect::Existence, &b.wire, text);
        }
        let order = |these: &[Variant], those: &[Variant]| -> Vec<String> {
            these.iter().map(|a| a.wire.clone()).filter(|wire| those.iter().any(|b| b.wire == *wire)).collect()
        };
        if order(was, is) != order(is, was) {
            let text = format!("variants of `{name}` compare in another order");
            self.tell(origin, Severity::Careful, Aspect::Order, text);
        }
    }

    /// An effect of one value; other values of the enum have nothing to do with it.
    fn value(&mut self, origin: &Origin, severity: Severity, aspect: Aspect, wire: &str, text: String) {
        let at = crate::spec::pointer::child(&format!("{}/enum", origin.at), wire);
        self.tell(&Origin { at, ..origin.clone() }, severity, aspect, text);
    }

    fn arms(&mut self, origin: &Origin, name: &str, was: &[Arm], is: &[Arm]) {
        let same = |judge: &Self, a: &Arm, b: &Arm| judge.renamed(&a.shape) == b.shape;
        for a in was {
            match is.iter().find(|b| same(self, a, b)) {
                None => {
                    let text = format!("form `{name}::{}` is gone", a.rust);
                    let target = a.shape.named().and_then(|name| self.models.old.types.get(name));
                    let places =
                        origin.old.first().map(|union| self.before.arms(union, target.map(|t| t.pointer.as_str())));
                    let origin = Origin { old: places.unwrap_or_default(), new: Vec::new(), ..origin.clone() };
                    self.tell(&origin, Severity::Breaking, Aspect::Existence, text);
                }
                Some(b) => {
                    if a.rust != b.rust {
                        let text = format!("form `{name}::{}` is called `{name}::{}` now", a.rust, b.rust);
                        self.tell(origin, Severity::Breaking, Aspect::Name, text);
                    }
                    if a.tag != b.tag {
                        let text = format!("`{name}::{}` is told from the other forms otherwise", b.rust);
                        self.tell(origin, Severity::Careful, Aspect::Behaviour, text);
                    }
                }
            }
        }
        let come: Vec<&Arm> = is.iter().filter(|b| !was.iter().any(|a| same(self, a, b))).collect();
        for b in come {
            let text = format!(
                "`{name}` gained the form `{}({})`: safe, because the enum is open",
                b.rust,
                words::stored(&b.shape)
            );
            let target = b.shape.named().and_then(|name| self.models.new.types.get(name));
            let places = origin.new.first().map(|union| self.after.arms(union, target.map(|t| t.pointer.as_str())));
            let origin = Origin { old: Vec::new(), new: places.unwrap_or_default(), ..origin.clone() };
            self.tell(&origin, Severity::Safe, Aspect::Existence, text);
        }
        let old: Vec<Shape> =
            was.iter().map(|a| self.renamed(&a.shape)).filter(|a| is.iter().any(|b| b.shape == *a)).collect();
        let new: Vec<Shape> = is.iter().map(|b| b.shape.clone()).filter(|b| old.contains(b)).collect();
        if old != new {
            let text = format!("forms of `{name}` are tried in another order");
            self.tell(origin, Severity::Careful, Aspect::Order, text);
        }
    }
}

fn article(definition: &TypeDef) -> &'static str {
    if matches!(definition.kind, Kind::Object(_)) { "a" } else { "an" }
}
