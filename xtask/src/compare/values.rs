//! Two schemas that describe the same value, down to the last member.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::Comparison;
use super::arms;
use super::finding::{Group, Only, Seen};
use crate::facts::{Kind, Merged, Node, Plain};

/// Who sends the value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    Answer,
}

/// How keys name the value: `Account.credit_data.limits[]`.
#[derive(Clone)]
pub(super) struct Scope(String);

impl Scope {
    pub(super) fn new(name: String) -> Self {
        Self(name)
    }

    fn member(&self, name: &str) -> Self {
        Self(format!("{}.{name}", self.0))
    }

    fn elements(&self) -> Self {
        Self(format!("{}[]", self.0))
    }

    fn others(&self) -> Self {
        Self(format!("{}{{}}", self.0))
    }
}

/// One walk from an operation down.
pub(super) struct Walk<'s> {
    shows: &'s str,
    direction: Direction,
    /// Pairs of schemas that were compared on this walk, since some hold themselves.
    seen: HashSet<(String, String, String)>,
}

impl<'s> Walk<'s> {
    pub(super) fn new(shows: &'s str, direction: Direction) -> Self {
        Self { shows, direction, seen: HashSet::new() }
    }
}

/// The same value on both sides.
struct Pair<'n, 'a> {
    left: &'n Node<'a>,
    right: &'n Node<'a>,
}

impl Pair<'_, '_> {
    fn seen<'s>(&self, walk: &Walk<'s>) -> Seen<'s> {
        let at = |node: &Node<'_>| node.place().map(|place| place.pointer.clone());
        Seen { shows: walk.shows, here: at(self.left), there: at(self.right) }
    }
}

impl<'a> Comparison<'a> {
    /// Compares what two schemas say.
    pub(super) fn values(&mut self, left: &Node<'a>, right: &Node<'a>, scope: &Scope, mut walk: Walk<'_>) {
        self.pair(&Pair { left, right }, scope, &mut walk);
    }

    fn pair(&mut self, pair: &Pair<'_, 'a>, outer: &Scope, walk: &mut Walk<'_>) {
        let (ours, theirs) = (self.here.read(pair.left), self.there.read(pair.right));
        let (left, right) = (Merged::new(&ours), Merged::new(&theirs));
        let scope = self.scope(pair, &left, outer);
        if !walk.seen.insert((pair.left.key(), pair.right.key(), scope.0.clone())) {
            return;
        }
        if left.anything && right.anything {
            return;
        }
        let same_kinds = left.anything == right.anything && left.kinds == right.kinds;
        if !same_kinds {
            let subject = format!("{}: {} here, {} there", scope.0, left.words(), right.words());
            self.findings.put(Group::Type, Only::Both, &subject, "", pair.seen(walk));
        }
        if left.anything || right.anything {
            return;
        }
        // Null belongs to the place, not to the schema that it refers to.
        if left.null != right.null && !left.kinds.is_empty() && !right.kinds.is_empty() {
            let only = if left.null { Only::Here } else { Only::There };
            self.findings.put(Group::Null, only, &outer.0, "", pair.seen(walk));
        }
        self.texts(pair, (&left, &right), &scope, walk);
        self.enumerations(pair, (&left, &right), &scope, walk);
        if [&left, &right].iter().all(|side| side.kinds.contains(&Kind::Object)) {
            self.objects(pair, (&ours, &theirs), (&left, &right), &scope, walk);
        }
        if [&left, &right].iter().all(|side| side.kinds.contains(&Kind::Array)) {
            self.elements(pair, (&left, &right), &scope, walk);
        }
    }

    /// What names the value in keys: the component where there is one, so that it is told once.
    fn scope(&mut self, pair: &Pair<'_, 'a>, left: &Merged<'a>, outer: &Scope) -> Scope {
        let composite = left.kinds.contains(&Kind::Object) || left.kinds.contains(&Kind::Array);
        match (self.here.name(pair.left), self.there.name(pair.right)) {
            (Some(name), theirs) if composite || theirs.is_some() => Scope(self.partners.name(&name, theirs.as_ref())),
            (None, Some(name)) if composite => Scope(format!("there/{name}")),
            _ => outer.clone(),
        }
    }

    fn texts(
        &mut self,
        pair: &Pair<'_, 'a>,
        (left, right): (&Merged<'a>, &Merged<'a>),
        scope: &Scope,
        walk: &Walk<'_>,
    ) {
        let both = left.kinds.contains(&Kind::String) && right.kinds.contains(&Kind::String);
        if both && left.formats != right.formats {
            let words = |side: &Merged<'_>| side.formats.iter().copied().collect::<Vec<_>>().join(" or ");
            let subject = format!("{}: {} here, {} there", scope.0, words(left), words(right));
            self.findings.put(Group::Format, Only::Both, &subject, "", pair.seen(walk));
        }
    }

    fn enumerations(
        &mut self,
        pair: &Pair<'_, 'a>,
        (left, right): (&Merged<'a>, &Merged<'a>),
        scope: &Scope,
        walk: &Walk<'_>,
    ) {
        let lists = match (&left.values, &right.values) {
            (Some(ours), Some(theirs)) => [(ours, theirs, Only::Here), (theirs, ours, Only::There)],
            (None, None) => return,
            (ours, _) => {
                let only = if ours.is_some() { Only::Here } else { Only::There };
                let scalar =
                    |side: &Merged<'_>| side.kinds.iter().any(|kind| !matches!(kind, Kind::Object | Kind::Array));
                if scalar(left) && scalar(right) {
                    self.findings.put(Group::Values, only, &scope.0, &listed(left, right), pair.seen(walk));
                }
                return;
            }
        };
        for (values, others, only) in lists {
            for value in values.iter().filter(|value| !others.contains(value)) {
                let subject = format!("{} {value}", scope.0);
                self.findings.put(Group::Value, only, &subject, "", pair.seen(walk));
            }
        }
    }

    fn objects(
        &mut self,
        pair: &Pair<'_, 'a>,
        (ours, theirs): (&[Plain<'a>], &[Plain<'a>]),
        (left, right): (&Merged<'a>, &Merged<'a>),
        scope: &Scope,
        walk: &mut Walk<'_>,
    ) {
        let pairs = arms::pairs((&self.here, ours), (&self.there, theirs));
        if pairs.is_empty() {
            self.members(pair, (left, right), scope, walk);
        }
        for (ours, theirs) in pairs {
            let scope = match &ours.component {
                Some(name) => Scope(self.partners.name(name, theirs.component.as_ref())),
                None => scope.clone(),
            };
            let (left, right) = (Node::At(ours.place.clone()), Node::At(theirs.place.clone()));
            let merged = (&Merged::new(std::slice::from_ref(ours)), &Merged::new(std::slice::from_ref(theirs)));
            self.members(&Pair { left: &left, right: &right }, merged, &scope, walk);
        }
        match (&left.rest, &right.rest) {
            (Some(left), Some(right)) => self.pair(&Pair { left, right }, &scope.others(), walk),
            (None, None) => {}
            (ours, _) => {
                let only = if ours.is_some() { Only::Here } else { Only::There };
                self.findings.put(Group::Members, only, &scope.others().0, "", pair.seen(walk));
            }
        }
    }

    fn members(
        &mut self,
        pair: &Pair<'_, 'a>,
        (left, right): (&Merged<'a>, &Merged<'a>),
        scope: &Scope,
        walk: &mut Walk<'_>,
    ) {
        // An object of which one side names no member is one difference, not as many as the other names.
        if left.members.is_empty() != right.members.is_empty() {
            let only = if right.members.is_empty() { Only::Here } else { Only::There };
            let named = if only == Only::Here { left } else { right };
            let note = named.members.keys().copied().collect::<Vec<_>>().join(", ");
            return self.findings.put(Group::Members, only, &scope.0, &note, pair.seen(walk));
        }
        for (name, ours) in &left.members {
            let scope = scope.member(name);
            let Some(theirs) = right.members.get(name) else {
                let seen = Seen { here: ours.place().map(|place| place.pointer.clone()), ..pair.seen(walk) };
                let note = Merged::new(&self.here.read(ours)).words();
                self.findings.put(Group::Property, Only::Here, &scope.0, &note, seen);
                continue;
            };
            let below = Pair { left: ours, right: theirs };
            self.presence((left.required.contains(name), right.required.contains(name)), &below, &scope, walk);
            self.pair(&below, &scope, walk);
        }
        for (name, theirs) in right.members.iter().filter(|(name, _)| !left.members.contains_key(*name)) {
            let seen = Seen { there: theirs.place().map(|place| place.pointer.clone()), ..pair.seen(walk) };
            let mut note = Merged::new(&self.there.read(theirs)).words();
            if right.required.contains(name) {
                note.push_str(", required");
            }
            self.findings.put(Group::Property, Only::There, &scope.member(name).0, &note, seen);
        }
    }

    fn presence(&mut self, (left, right): (bool, bool), pair: &Pair<'_, 'a>, scope: &Scope, walk: &Walk<'_>) {
        if left == right {
            return;
        }
        let group = if walk.direction == Direction::Request { Group::Required } else { Group::Promised };
        let only = if left { Only::Here } else { Only::There };
        self.findings.put(group, only, &scope.0, "", pair.seen(walk));
    }

    fn elements(
        &mut self,
        pair: &Pair<'_, 'a>,
        (left, right): (&Merged<'a>, &Merged<'a>),
        scope: &Scope,
        walk: &mut Walk<'_>,
    ) {
        let scope = scope.elements();
        match (&left.items, &right.items) {
            (Some(left), Some(right)) => self.pair(&Pair { left, right }, &scope, walk),
            (None, None) => {}
            (ours, theirs) => {
                let words = |known: Option<String>| known.unwrap_or_else(|| "anything".to_owned());
                let ours = words(ours.as_ref().map(|node| Merged::new(&self.here.read(node)).words()));
                let theirs = words(theirs.as_ref().map(|node| Merged::new(&self.there.read(node)).words()));
                if ours != theirs {
                    let subject = format!("{}: {ours} here, {theirs} there", scope.0);
                    self.findings.put(Group::Type, Only::Both, &subject, "", pair.seen(walk));
                }
            }
        }
    }
}

/// The values of the side that lists them.
fn listed(left: &Merged<'_>, right: &Merged<'_>) -> String {
    let values: BTreeSet<String> =
        left.values.iter().chain(&right.values).flatten().map(|value: &&Value| value.to_string()).collect();
    values.into_iter().collect::<Vec<_>>().join(", ")
}
