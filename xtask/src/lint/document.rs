//! A document taken apart by the grammar of OpenAPI 3.0: what stands where.
//!
//! Rules read this list instead of searching for keys by name, because names mean different things in different places:
//! `default` is a response, a property and a keyword; `x-request-id` is an extension, a header and a property.

use crate::diagnostic::Problems;
use crate::spec::{METHODS, Place, Spec};

/// What an object of the document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    Info,
    Tag,
    Operation,
    Parameter,
    Header,
    RequestBody,
    Response,
    MediaType,
    Schema,
    Example,
    SecurityScheme,
    /// An operation that the provider calls: under `x-webhooks` or `callbacks`.
    Callback,
    /// Anything else of the grammar: servers, links, path items, ...
    Other,
}

/// What a schema is to the object around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Not a schema.
    None,
    /// An entry of `components/schemas`.
    Component,
    Property,
    /// An element of a list or a value of a map.
    Element,
    /// One of `allOf`: it adds to the schema around it.
    Addition,
    /// One of `oneOf` or `anyOf`, or `not`: it stands for itself.
    Alternative,
    /// The schema of a body, a parameter or a header.
    Content,
}

/// An object of the document.
pub(super) struct Node<'a> {
    pub(super) place: Place<'a>,
    pub(super) kind: Kind,
    pub(super) role: Role,
}

impl<'a> Node<'a> {
    /// The text of `$ref`, where the object is only a reference to another.
    pub(super) fn reference(&self) -> Option<&'a str> {
        self.place.text("$ref")
    }
}

/// An operation under `paths`.
pub(super) struct Operation<'a> {
    pub(super) path: &'a str,
    /// The path item around it.
    pub(super) item: Place<'a>,
    pub(super) place: Place<'a>,
}

/// A document and its parts, in document order.
pub(super) struct Document<'a> {
    pub(super) spec: &'a Spec,
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) operations: Vec<Operation<'a>>,
}

impl<'a> Document<'a> {
    pub(super) fn new(spec: &'a Spec) -> Self {
        let mut walk = Walk { nodes: Vec::new() };
        walk.document(spec.root());
        Self { spec, nodes: walk.nodes, operations: operations(spec) }
    }

    /// The parts of one kind.
    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &Node<'a>> {
        self.nodes.iter().filter(move |node| node.kind == kind)
    }

    /// Notes a problem at a place.
    pub(super) fn tell(
        &self,
        problems: &mut Problems,
        at: &Place<'_>,
        problem: impl Into<String>,
        help: impl Into<String>,
    ) {
        problems.push(self.spec.problem(&at.pointer, problem, help));
    }
}

fn operations(spec: &Spec) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    let Some(paths) = spec.root().get("paths") else { return found };
    for (path, item) in paths.members().filter(|(path, _)| !path.starts_with("x-")) {
        let Some(item) = spec.resolve(&item) else { continue };
        for (method, place) in item.members() {
            if METHODS.contains(&method.as_str()) && place.value.is_object() {
                found.push(Operation { path, item: item.clone(), place });
            }
        }
    }
    found
}

impl<'a> Operation<'a> {
    /// Parameters with references followed, those of the path item first. An operation's own parameter takes the place of
    /// the path item's parameter of the same name and location.
    pub(super) fn parameters(&self, spec: &'a Spec) -> Vec<Place<'a>> {
        let same = |a: &Place<'_>, b: &Place<'_>| a.text("name") == b.text("name") && a.text("in") == b.text("in");
        let list = |around: &Place<'a>| -> Vec<Place<'a>> {
            let listed = around.get("parameters");
            listed.iter().flat_map(Place::elements).filter_map(|parameter| spec.resolve(&parameter)).collect()
        };
        let own = list(&self.place);
        let mut all = list(&self.item);
        all.retain(|outer| !own.iter().any(|inner| same(inner, outer)));
        all.extend(own);
        all
    }
}

struct Walk<'a> {
    nodes: Vec<Node<'a>>,
}

impl<'a> Walk<'a> {
    /// Notes an object; true when its members stand here rather than behind a reference.
    fn enter(&mut self, place: &Place<'a>, kind: Kind, role: Role) -> bool {
        let inside = place.value.is_object() && place.text("$ref").is_none();
        self.nodes.push(Node { place: place.clone(), kind, role });
        inside
    }

    fn member(&mut self, around: &Place<'a>, key: &str, visit: fn(&mut Self, Place<'a>)) {
        if let Some(place) = around.get(key) {
            visit(self, place);
        }
    }

    /// A map from names to objects of one kind. Its keys are names, whatever they look like.
    fn named(&mut self, around: &Place<'a>, key: &str, visit: fn(&mut Self, Place<'a>)) {
        for (_, place) in around.get(key).iter().flat_map(Place::members) {
            visit(self, place);
        }
    }

    fn listed(&mut self, around: &Place<'a>, key: &str, visit: fn(&mut Self, Place<'a>)) {
        for place in around.get(key).iter().flat_map(Place::elements) {
            visit(self, place);
        }
    }

    /// A map that may hold extensions beside its entries: `paths`, `responses`, a callback.
    fn extensible(&mut self, place: Place<'a>, visit: fn(&mut Self, Place<'a>)) {
        if self.enter(&place, Kind::Other, Role::None) {
            for (_, entry) in place.members().filter(|(key, _)| !key.starts_with("x-")) {
                visit(self, entry);
            }
        }
    }

    fn document(&mut self, place: Place<'a>) {
        if !self.enter(&place, Kind::Document, Role::None) {
            return;
        }
        self.member(&place, "info", Self::info);
        self.listed(&place, "servers", Self::other);
        self.listed(&place, "tags", Self::tag);
        self.member(&place, "externalDocs", Self::other);
        self.member(&place, "paths", |walk, paths| walk.extensible(paths, Self::path_item));
        self.member(&place, "components", Self::components);
        self.named(&place, "x-webhooks", Self::callback_item);
    }

    fn info(&mut self, place: Place<'a>) {
        if self.enter(&place, Kind::Info, Role::None) {
            self.member(&place, "contact", Self::other);
            self.member(&place, "license", Self::other);
        }
    }

    fn tag(&mut self, place: Place<'a>) {
        if self.enter(&place, Kind::Tag, Role::None) {
            self.member(&place, "externalDocs", Self::other);
        }
    }

    fn other(&mut self, place: Place<'a>) {
        self.enter(&place, Kind::Other, Role::None);
    }

    fn components(&mut self, place: Place<'a>) {
        if !self.enter(&place, Kind::Other, Role::None) {
            return;
        }
        self.named(&place, "schemas", |walk, schema| walk.schema(schema, Role::Component));
        self.named(&place, "responses", Self::response);
        self.named(&place, "parameters", Self::parameter);
        self.named(&place, "examples", Self::example);
        self.named(&place, "requestBodies", Self::request_body);
        self.named(&place, "headers", Self::header);
        self.named(&place, "securitySchemes", Self::security_scheme);
        self.named(&place, "links", Self::other);
        self.named(&place, "callbacks", Self::callback);
    }

    fn path_item(&mut self, place: Place<'a>) {
        self.item(place, Kind::Operation);
    }

    fn callback_item(&mut self, place: Place<'a>) {
        self.item(place, Kind::Callback);
    }

    fn item(&mut self, place: Place<'a>, kind: Kind) {
        if !self.enter(&place, Kind::Other, Role::None) {
            return;
        }
        self.listed(&place, "servers", Self::other);
        self.listed(&place, "parameters", Self::parameter);
        for (_, operation) in place.members().filter(|(key, _)| METHODS.contains(&key.as_str())) {
            self.operation(operation, kind);
        }
    }

    fn operation(&mut self, place: Place<'a>, kind: Kind) {
        if !self.enter(&place, kind, Role::None) {
            return;
        }
        self.member(&place, "externalDocs", Self::other);
        self.listed(&place, "servers", Self::other);
        self.listed(&place, "parameters", Self::parameter);
        self.member(&place, "requestBody", Self::request_body);
        self.member(&place, "responses", |walk, responses| walk.extensible(responses, Self::response));
        self.named(&place, "callbacks", Self::callback);
    }

    fn callback(&mut self, place: Place<'a>) {
        self.extensible(place, Self::callback_item);
    }

    fn parameter(&mut self, place: Place<'a>) {
        self.parameter_or_header(place, Kind::Parameter);
    }

    fn header(&mut self, place: Place<'a>) {
        self.parameter_or_header(place, Kind::Header);
    }

    fn parameter_or_header(&mut self, place: Place<'a>, kind: Kind) {
        if self.enter(&place, kind, Role::None) {
            self.member(&place, "schema", Self::content_schema);
            self.named(&place, "content", Self::media_type);
            self.named(&place, "examples", Self::example);
        }
    }

    fn request_body(&mut self, place: Place<'a>) {
        if self.enter(&place, Kind::RequestBody, Role::None) {
            self.named(&place, "content", Self::media_type);
        }
    }

    fn response(&mut self, place: Place<'a>) {
        if self.enter(&place, Kind::Response, Role::None) {
            self.named(&place, "headers", Self::header);
            self.named(&place, "content", Self::media_type);
            self.named(&place, "links", Self::other);
        }
    }

    fn media_type(&mut self, place: Place<'a>) {
        if self.enter(&place, Kind::MediaType, Role::None) {
            self.member(&place, "schema", Self::content_schema);
            self.named(&place, "examples", Self::example);
            self.named(&place, "encoding", Self::encoding);
        }
    }

    fn encoding(&mut self, place: Place<'a>) {
        if self.enter(&place, Kind::Other, Role::None) {
            self.named(&place, "headers", Self::header);
        }
    }

    fn example(&mut self, place: Place<'a>) {
        self.enter(&place, Kind::Example, Role::None);
    }

    fn security_scheme(&mut self, place: Place<'a>) {
        if self.enter(&place, Kind::SecurityScheme, Role::None) {
            self.member(&place, "flows", Self::other);
        }
    }

    fn content_schema(&mut self, place: Place<'a>) {
        self.schema(place, Role::Content);
    }

    fn schema(&mut self, place: Place<'a>, role: Role) {
        if !self.enter(&place, Kind::Schema, role) {
            return;
        }
        self.named(&place, "properties", |walk, schema| walk.schema(schema, Role::Property));
        for key in ["items", "additionalProperties"] {
            // `additionalProperties` may be a plain yes or no.
            if let Some(element) = place.get(key).filter(|element| !element.value.is_boolean()) {
                self.schema(element, Role::Element);
            }
        }
        self.listed(&place, "allOf", |walk, schema| walk.schema(schema, Role::Addition));
        for key in ["oneOf", "anyOf"] {
            self.listed(&place, key, |walk, schema| walk.schema(schema, Role::Alternative));
        }
        self.member(&place, "not", |walk, schema| walk.schema(schema, Role::Alternative));
        self.member(&place, "externalDocs", Self::other);
        self.member(&place, "discriminator", Self::other);
        self.member(&place, "xml", Self::other);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::spec;
    use super::*;

    #[test]
    fn names_are_not_taken_for_keywords() {
        let spec = spec(
            "paths: {/a: {get: {responses: {default: {$ref: '#/components/responses/Error'}}}}}\n\
             components: {schemas: {default: {properties: {example: {$ref: '#/x'}, enum: {type: string}}, example: {$ref: no}}}}\n",
        );
        let document = Document::new(&spec);
        let references: Vec<&str> = document.nodes.iter().filter_map(Node::reference).collect();
        assert_eq!(references, ["#/components/responses/Error", "#/x"]);
        assert_eq!(document.of(Kind::Schema).count(), 3);
    }

    #[test]
    fn an_operations_own_parameter_replaces_the_path_items() {
        let spec = spec(
            "paths:\n  /a:\n    parameters: [{name: id, in: path, description: outer}, {name: id, in: query}]\n    \
             get: {parameters: [{$ref: '#/components/parameters/Id'}]}\n\
             components: {parameters: {Id: {name: id, in: path, description: own}}}\n",
        );
        let document = Document::new(&spec);
        let parameters = document.operations[0].parameters(&spec);
        let shown: Vec<_> =
            parameters.iter().map(|parameter| (parameter.text("in"), parameter.text("description"))).collect();
        assert_eq!(shown, [(Some("query"), None), (Some("path"), Some("own"))]);
    }
}
