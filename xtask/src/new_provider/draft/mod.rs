//! A draft of a curated specification, made from somebody else's document.
//!
//! Facts carry over: paths, names, types, limits. Sentences do not: what the house rules want in words is written from names, for a
//! person to replace. What cannot be carried over is listed with its place.

mod document;
mod examples;
mod operations;
mod scalars;
mod schemas;
mod settle;
mod told_apart;
mod words;
mod yaml;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde_json::{Map, Value, json};

use super::Names;
use crate::spec::{Place, Spec};

/// Something that is in the document and not in the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    /// Where it stands in the document, as a fragment.
    pub(crate) pointer: String,
    pub(crate) reason: String,
}

/// The text of the draft, and what is missing from it.
pub(super) fn draft(path: &Path, names: &Names, file: &str) -> anyhow::Result<(String, Vec<Left>)> {
    let source = document::load(path)?;
    let mut drafter = Drafter::new(&source);
    let mut root = drafter.root(names);
    drafter.rest_of_document();
    drafter.schemas_in_waiting();
    told_apart::tell_apart(&mut drafter.made);
    let schemas = examples::filled_in(std::mem::take(&mut drafter.made));
    examples::of_parameters(&mut root["paths"], &schemas);
    root["components"]["schemas"] = Value::Object(schemas);
    let origins = std::mem::take(&mut drafter.origins);
    let mut left = drafter.left;
    let text = settle::settle(root, file, &origins, &mut left)?;
    left.dedup();
    Ok((text, left))
}

/// Works through a document.
struct Drafter<'a> {
    source: &'a Spec,
    version: String,
    /// The component that each schema became, by its place in the document.
    names: BTreeMap<String, String>,
    taken: HashSet<String>,
    waiting: Vec<(Place<'a>, String)>,
    made: Map<String, Value>,
    /// The place of each component in the document.
    origins: BTreeMap<String, String>,
    ids: HashSet<String>,
    tags: Vec<String>,
    /// Forms of refusals, each once.
    errors: Vec<Option<Value>>,
    left: Vec<Left>,
}

impl<'a> Drafter<'a> {
    fn new(source: &'a Spec) -> Self {
        let version = source.at("/info/version").and_then(|version| version.value.as_str()).unwrap_or_default();
        let version: String = version.chars().filter(char::is_ascii_graphic).take(40).collect();
        Self {
            source,
            version: if version.is_empty() { "0".to_owned() } else { version },
            names: BTreeMap::new(),
            taken: HashSet::new(),
            waiting: Vec::new(),
            made: Map::new(),
            origins: BTreeMap::new(),
            ids: HashSet::new(),
            tags: Vec::new(),
            errors: Vec::new(),
            left: Vec::new(),
        }
    }

    fn leave(&mut self, pointer: &str, reason: impl Into<String>) {
        let left = Left { pointer: format!("#{pointer}"), reason: reason.into() };
        if !self.left.contains(&left) {
            self.left.push(left);
        }
    }

    /// Where a fact comes from, as `x-source` says it.
    fn source_of(&self, what: &str) -> String {
        format!("document {}, {what}", self.version)
    }

    fn root(&mut self, names: &Names) -> Value {
        let paths = self.paths();
        let tags: Vec<Value> = self
            .tags
            .iter()
            .map(|tag| json!({ "name": tag, "description": format!("{}.", words::sentence(tag)) }))
            .collect();
        let mut root = json!({
            "openapi": "3.0.3",
            "info": {
                "title": format!("{} API", names.title),
                "version": self.version,
                "description": "A draft from the provider's document, to be curated: names, types and limits are its own, texts and examples are made up.",
                "contact": { "name": names.title, "url": "https://www.example.com/" },
                "license": { "name": "MIT OR Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0" },
                "x-source": self.source_of("info"),
            },
            "servers": [{ "url": self.server(), "description": "To be checked against the document." }],
        });
        let (security, schemes) = self.security();
        if !security.is_empty() {
            root["security"] = Value::Array(security);
        }
        root["tags"] = Value::Array(tags);
        root["paths"] = Value::Object(paths);
        root["components"] = json!({});
        if !schemes.is_empty() {
            root["components"]["securitySchemes"] = Value::Object(schemes);
        }
        root["components"]["responses"] = Value::Object(self.refusals());
        root
    }

    fn server(&mut self) -> String {
        let source = self.source;
        let found = source.at("/servers/0/url").and_then(|url| url.value.as_str());
        let absolute = found
            .filter(|url| (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(['{', ' ']));
        match absolute {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => {
                self.leave(
                    "/servers",
                    "no absolute address without variables comes first: https://api.example.com stands in its place",
                );
                "https://api.example.com".to_owned()
            }
        }
    }

    /// What the draft has no place for.
    fn rest_of_document(&mut self) {
        let source = self.source;
        for (name, hook) in source.at("/webhooks").iter().flat_map(Place::members) {
            self.leave(
                &hook.pointer,
                format!("`{name}` is a callback: describe it below `x-webhooks`, with `x-verification`"),
            );
        }
        for (key, place) in source.root().members().filter(|(key, _)| key.starts_with("x-")) {
            self.leave(&place.pointer, format!("`{key}` is not in the vocabulary of specs/README.md"));
        }
    }
}
