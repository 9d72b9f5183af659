//! The places of a document that a part of the model can come from.

use std::collections::HashSet;

use crate::spec::{METHODS, Place, Spec, pointer};

/// Finds places in one document.
pub(in super::super) struct Sources<'a> {
    spec: &'a Spec,
}

impl<'a> Sources<'a> {
    /// Of a document.
    pub(in super::super) fn new(spec: &'a Spec) -> Self {
        Self { spec }
    }

    /// A schema and all that says what it is: references, elements, alternatives, parts; not its properties.
    pub(in super::super) fn closure(&self, at: &str) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(place) = self.spec.at(at) {
            self.extend(&place, &mut found);
        }
        found
    }

    fn extend(&self, place: &Place<'a>, found: &mut Vec<String>) {
        if found.contains(&place.pointer) {
            return;
        }
        found.push(place.pointer.clone());
        if place.value.get("$ref").is_some()
            && let Some(target) = self.spec.resolve(place)
        {
            self.extend(&target, found);
        }
        for key in ["items", "additionalProperties"] {
            if let Some(inner) = place.get(key).filter(|inner| inner.value.is_object()) {
                self.extend(&inner, found);
            }
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            for inner in place.get(key).iter().flat_map(Place::elements) {
                self.extend(&inner, found);
            }
        }
    }

    /// Where an object describes a member: itself, in a part, or in an alternative; with all that says what it is.
    pub(in super::super) fn member(&self, owner: &str, name: &str) -> Vec<String> {
        let mut found = Vec::new();
        let around = self.spec.at(owner).map(|_| self.closure(owner)).unwrap_or_default();
        for owner in around {
            let property = pointer::child(&format!("{owner}/properties"), name);
            if let Some(place) = self.spec.at(&property) {
                self.extend(&place, &mut found);
            }
        }
        found
    }

    /// The address of an operation in the document.
    pub(in super::super) fn operation(&self, method: &str, path: &str) -> String {
        let item = pointer::child("/paths", path);
        let item = self.spec.at(&item).and_then(|item| self.spec.resolve(&item)).map_or(item, |item| item.pointer);
        format!("{item}/{}", method.to_ascii_lowercase())
    }

    /// Where a tag is described.
    pub(in super::super) fn tag(&self, name: &str) -> Option<String> {
        let tags = self.spec.at("/tags");
        tags.iter().flat_map(Place::elements).find(|tag| tag.text("name") == Some(name)).map(|tag| tag.pointer)
    }

    /// The tags that a cargo feature carries.
    pub(in super::super) fn feature_tags(&self, feature: &str) -> Vec<String> {
        let tags = self.spec.at("/tags");
        let tags = tags.iter().flat_map(Place::elements);
        tags.filter(|tag| tag.text("x-tags-feature") == Some(feature)).map(|tag| tag.pointer).collect()
    }

    /// The alternatives of a union that lead to a type.
    pub(in super::super) fn arms(&self, union: &str, target: Option<&str>) -> Vec<String> {
        let Some(union) = self.spec.at(union) else { return Vec::new() };
        let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| union.get(key));
        let arms = lists.flat_map(|list| list.elements().collect::<Vec<_>>()).map(|arm| arm.pointer);
        arms.filter(|arm| target.is_none_or(|target| self.closure(arm).iter().any(|at| at == target))).collect()
    }

    /// A parameter of an operation, with all that says what it is.
    pub(in super::super) fn parameter(&self, operation: &str, within: &str, name: &str) -> Vec<String> {
        let item = operation.rsplit_once('/').map_or(operation, |(item, _)| item);
        let mut found = Vec::new();
        for owner in [item, operation] {
            let list = self.spec.at(owner).and_then(|owner| owner.get("parameters"));
            for place in list.iter().flat_map(Place::elements) {
                let Some(place) = self.spec.resolve(&place) else { continue };
                if place.text("in") == Some(within) && place.text("name") == Some(name) {
                    self.content(&place, &mut found);
                }
            }
        }
        found
    }

    /// The body of an operation, with all that says what it is.
    pub(in super::super) fn body(&self, operation: &str) -> Vec<String> {
        let mut found = vec![format!("{operation}/requestBody")];
        let body = self.spec.at(&found[0]).and_then(|body| self.spec.resolve(&body));
        let Some(body) = body else { return found };
        self.content(&body, &mut found);
        if let Some(envelope) = body.text("x-envelope") {
            for wrapper in found.clone() {
                found.extend(self.member(&wrapper, envelope));
            }
        }
        found
    }

    /// The successful answers of an operation, with all that says what they are.
    pub(in super::super) fn answer(&self, operation: &str) -> Vec<String> {
        let mut found = Vec::new();
        let responses = self.spec.at(&format!("{operation}/responses"));
        for (status, response) in responses.iter().flat_map(Place::members) {
            if status.starts_with('2') || status == "default" {
                found.push(response.pointer.clone());
                if let Some(response) = self.spec.resolve(&response) {
                    self.content(&response, &mut found);
                }
            }
        }
        found
    }

    /// Everything that says what errors are.
    pub(in super::super) fn errors(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        for (_, item) in self.spec.at("/paths").iter().flat_map(Place::members) {
            for (_, operation) in item.members().filter(|(key, _)| METHODS.contains(&key.as_str())) {
                for (status, response) in operation.get("responses").iter().flat_map(Place::members) {
                    let error = status.starts_with(['4', '5']);
                    let Some(response) = self.spec.resolve(&response).filter(|_| error) else { continue };
                    if seen.insert(response.pointer.clone()) {
                        self.content(&response, &mut found);
                    }
                }
            }
        }
        found
    }

    /// Something with `schema`, or with `content` that has some.
    fn content(&self, place: &Place<'a>, found: &mut Vec<String>) {
        found.push(place.pointer.clone());
        let media: Vec<Place<'a>> =
            place.get("content").iter().flat_map(Place::members).map(|(_, media)| media).collect();
        found.extend(media.iter().map(|media| media.pointer.clone()));
        for holder in media.iter().chain([place]) {
            if let Some(schema) = holder.get("schema") {
                self.extend(&schema, found);
            }
        }
    }
}
