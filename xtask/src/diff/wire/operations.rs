//! Operations: by method and path, then by id.

use serde_json::{Value, json};

use super::super::change::Severity;
use super::super::kind::Kind;
use super::{Pair, Spot, Walk};
use crate::spec::{METHODS, Place, Spec, pointer};

/// An operation of one document.
#[derive(Clone)]
pub(super) struct Call<'a> {
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    pub(super) item: Place<'a>,
    pub(super) place: Place<'a>,
}

impl Call<'_> {
    fn id(&self) -> Option<&str> {
        self.place.text("operationId")
    }

    /// `GET /accounts`
    fn address(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    fn name(&self) -> String {
        self.id().map_or_else(|| self.address(), str::to_owned)
    }
}

/// All operations of a document, in its order.
fn calls(spec: &Spec) -> Vec<Call<'_>> {
    let paths = spec.at("/paths");
    let mut calls = Vec::new();
    for (path, item) in paths.iter().flat_map(Place::members) {
        let Some(item) = spec.resolve(&item) else { continue };
        for (method, place) in item.members().filter(|(key, _)| METHODS.contains(&key.as_str())) {
            calls.push(Call { path, method, item: item.clone(), place });
        }
    }
    calls
}

/// `/accounts/{id}` without its names.
pub(in super::super) fn template(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// The names in a path, in their order.
pub(super) fn places(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0))
}

impl<'a> Walk<'a> {
    pub(super) fn operations(&mut self) {
        self.path_items();
        let (old, new) = (calls(self.old), calls(self.new));
        let mut left: Vec<Call<'a>> = new.clone();
        let mut gone = Vec::new();
        let mut pairs = Vec::new();
        for a in old {
            match left.iter().position(|b| (b.path, b.method) == (a.path, a.method)) {
                Some(index) => pairs.push((a, left.remove(index))),
                None => gone.push(a),
            }
        }
        // The names of path parameters are no part of the address.
        gone.retain(|a| match left.iter().position(|b| (a.method, template(a.path)) == (b.method, template(b.path))) {
            Some(index) => {
                pairs.push((a.clone(), left.remove(index)));
                false
            }
            None => true,
        });
        for a in gone {
            match left.iter().position(|b| a.id().is_some() && b.id() == a.id()) {
                Some(index) => pairs.push((a, left.remove(index))),
                None => {
                    let spot = Spot { at: a.place.pointer.clone(), subject: a.name(), way: None };
                    let wire = format!("{} removed", a.address());
                    self.removed(spot, &a.place, Kind::OperationRemoved, Severity::Careful, wire);
                }
            }
        }
        for (a, b) in pairs {
            self.call(&a, &b);
        }
        for b in left {
            let spot = Spot { at: b.place.pointer.clone(), subject: b.name(), way: None };
            let wire = format!("{} added", b.address());
            self.added(spot, &b.place, Kind::OperationAdded, Severity::Safe, wire);
        }
    }

    /// What stands beside the operations of a path.
    fn path_items(&mut self) {
        let empty = json!({});
        let paths = |spec: &'a Spec| spec.root.get("paths");
        let (a, b) = (paths(self.old), paths(self.new));
        for path in
            super::keys(a.unwrap_or(&empty), b.unwrap_or(&empty)).into_iter().map(str::to_owned).collect::<Vec<_>>()
        {
            let at = pointer::child("/paths", &path);
            let resolved = |spec: &'a Spec| spec.at(&at).and_then(|item| spec.resolve(&item));
            let (Some(a), Some(b)) = (resolved(self.old), resolved(self.new)) else {
                self.lone_item(&path);
                continue;
            };
            if !a.value.is_object() || !b.value.is_object() {
                self.lone_item(&path);
                continue;
            }
            let pair = Pair { a, b, at, subject: path, way: None };
            let known: Vec<&str> = METHODS.iter().copied().chain(["parameters", "servers"]).collect();
            if pair.differs("servers") {
                self.text_key(&pair, "servers", Kind::ServersChanged, Severity::Careful);
            }
            self.rest(&pair, &known);
        }
    }

    /// A path, or an extension among the paths, that has no operations to tell of it.
    fn lone_item(&mut self, path: &str) {
        let calls =
            |item: Option<&Value>| METHODS.iter().any(|method| item.and_then(|item| item.get(method)).is_some());
        let root =
            Pair { a: self.old.root(), b: self.new.root(), at: String::new(), subject: "paths".to_owned(), way: None };
        let paths = Pair { at: "/paths".to_owned(), ..self.inside(&root, "paths") };
        let (a, b) = paths.both(path);
        if a != b && !calls(a) && !calls(b) {
            self.unknown(&paths, path);
        }
    }

    fn call(&mut self, a: &Call<'a>, b: &Call<'a>) {
        let pair =
            Pair { a: a.place.clone(), b: b.place.clone(), at: b.place.pointer.clone(), subject: b.name(), way: None };
        if a.place.pointer != b.place.pointer {
            self.moved.insert(a.place.pointer.clone(), b.place.pointer.clone());
        }
        if (a.method, template(a.path)) != (b.method, template(b.path)) {
            let wire = format!("{} moved to {}", a.address(), b.address());
            self.note(&pair, Kind::OperationMoved, Severity::Careful, wire, (json!(a.address()), json!(b.address())));
        }
        self.text_key(&pair, "operationId", Kind::OperationRenamed, Severity::Safe);
        self.call_parameters(&pair, a, b);
        self.operation(&pair);
    }
}
