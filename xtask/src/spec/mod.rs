//! A specification as it stands in its file: value, places, references.

pub(crate) mod pointer;
mod yaml;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Rejected};

/// The HTTP methods that OpenAPI 3.0 knows, in the order in which they are generated.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A loaded specification. Every later step reads this one; nothing writes to it.
pub(crate) struct Spec {
    /// The file as messages name it.
    pub(crate) file: String,
    /// SHA-256 of the file's bytes, in hex.
    pub(crate) sha256: String,
    /// The document.
    pub(crate) root: Value,
    lines: Arc<BTreeMap<String, usize>>,
}

/// A value somewhere in the document, with its place.
#[derive(Clone)]
pub(crate) struct Place<'a> {
    /// Where the value stands (for a reference: where it points to).
    pub(crate) pointer: String,
    /// The value itself.
    pub(crate) value: &'a Value,
}

impl<'a> Place<'a> {
    /// A member of this object, when it is there and not null.
    pub(crate) fn get(&self, key: &str) -> Option<Place<'a>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Place { pointer: pointer::child(&self.pointer, key), value })
    }

    /// A text member.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    /// A boolean member; absent is false.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The members of this object in document order.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'a String, Place<'a>)> + use<'a> {
        let parent = self.pointer.clone();
        let members = self.value.as_object().into_iter().flatten();
        members.map(move |(key, value)| (key, Place { pointer: pointer::child(&parent, key), value }))
    }

    /// The elements of this array.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Place<'a>> + use<'a> {
        let parent = self.pointer.clone();
        let elements = self.value.as_array().into_iter().flatten().enumerate();
        elements.map(move |(index, value)| Place { pointer: format!("{parent}/{index}"), value })
    }
}

impl Spec {
    /// Reads a file: JSON by its name, otherwise YAML.
    pub(crate) fn load(path: &Path, shown: &str) -> Result<Self, Rejected> {
        let reject = |line, problem, help: &str| {
            let (file, pointer, help) = (shown.to_owned(), String::new(), help.to_owned());
            Rejected::one(Diagnostic { file, line, pointer, operation: None, problem, help })
        };
        let bytes = std::fs::read(path).map_err(|error| {
            reject(None, format!("the file cannot be read: {error}"), "check the path and its permissions")
        })?;
        let text = std::str::from_utf8(&bytes)
            .map_err(|error| reject(None, format!("the file is not UTF-8: {error}"), "save it as UTF-8"))?;
        Self::parse(text, shown, path.extension().is_some_and(|extension| extension == "json"))
    }

    /// Reads a text that has no file of its own.
    pub(crate) fn parse(text: &str, shown: &str, json: bool) -> Result<Self, Rejected> {
        let sha256 = format!("{:x}", Sha256::digest(text.as_bytes()));
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (root, lines) = if json {
            // JSON goes to a JSON parser: YAML ones refuse its surrogate escapes.
            let root = serde_json::from_str(text).map_err(|error| {
                let problem = format!("not valid JSON: {error}");
                syntax_error(
                    shown,
                    error.line(),
                    problem,
                    "mend the JSON; `python3 -m json.tool FILE` or an editor shows the spot",
                )
            })?;
            (root, BTreeMap::new())
        } else {
            let located = yaml::parse(text).map_err(|error| {
                let problem = format!("not valid YAML: {}", error.problem);
                syntax_error(
                    shown,
                    error.line,
                    problem,
                    "mend the YAML at that line; indentation and unquoted `: ` or ` #` are the usual causes",
                )
            })?;
            (located.value, located.lines)
        };
        Ok(Self { file: shown.to_owned(), sha256, root, lines: Arc::new(lines) })
    }

    /// The same file with another document in it.
    pub(crate) fn with_root(&self, root: Value) -> Self {
        Self { file: self.file.clone(), sha256: self.sha256.clone(), root, lines: Arc::clone(&self.lines) }
    }

    /// The whole document as a place.
    pub(crate) fn root(&self) -> Place<'_> {
        Place { pointer: String::new(), value: &self.root }
    }

    /// The place at a pointer.
    pub(crate) fn at(&self, pointer: &str) -> Option<Place<'_>> {
        Some(Place { pointer: pointer.to_owned(), value: self.root.pointer(pointer)? })
    }

    /// Where one reference (`#/components/schemas/Account`) points to; `None` outside this document or to nothing.
    pub(crate) fn follow(&self, reference: &str) -> Option<Place<'_>> {
        self.at(&decode(reference.strip_prefix('#')?))
    }

    /// Follows `$ref`, through several if need be. `None`: it points to nothing, outside, or in a circle.
    pub(crate) fn resolve<'a>(&'a self, place: &Place<'a>) -> Option<Place<'a>> {
        let mut place = place.clone();
        for _ in 0..32 {
            let Some(reference) = place.value.get("$ref").and_then(Value::as_str) else { return Some(place) };
            place = self.follow(reference)?;
        }
        None
    }

    /// The line of a place, or of the nearest place around it that has one.
    pub(crate) fn line(&self, pointer: &str) -> Option<usize> {
        let mut pointer = pointer;
        loop {
            if let Some(line) = self.lines.get(pointer) {
                return Some(*line);
            }
            pointer = &pointer[..pointer.rfind('/')?];
        }
    }

    /// A problem at a place; the operation around it is found from the pointer.
    pub(crate) fn problem(&self, pointer: &str, problem: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        Diagnostic {
            file: self.file.clone(),
            line: self.line(pointer),
            pointer: format!("#{pointer}"),
            operation: self.operation_around(pointer),
            problem: problem.into(),
            help: help.into(),
        }
    }

    fn operation_around(&self, at: &str) -> Option<String> {
        let members: Vec<String> = pointer::members(at).take(3).collect();
        let [section, path, method] = members.as_slice() else { return None };
        if section != "paths" || !METHODS.contains(&method.as_str()) {
            return None;
        }
        let operation = self.root.get("paths")?.get(path)?.get(method)?;
        let verb = method.to_uppercase();
        Some(match operation.get("operationId").and_then(Value::as_str) {
            Some(id) => format!("{id} ({verb} {path})"),
            None => format!("{verb} {path}"),
        })
    }
}

fn syntax_error(file: &str, line: usize, problem: String, help: &str) -> Rejected {
    let line = Some(line).filter(|line| *line > 0);
    Rejected::one(Diagnostic {
        file: file.to_owned(),
        line,
        pointer: String::new(),
        operation: None,
        problem,
        help: help.to_owned(),
    })
}

/// References are URI fragments: `%7B` stands for `{`.
fn decode(fragment: &str) -> String {
    if !fragment.contains('%') {
        return fragment.to_owned();
    }
    let mut out = Vec::with_capacity(fragment.len());
    let bytes = fragment.as_bytes();
    let mut index = 0;
    while index < bytes.len() {
        let escaped = (bytes[index] == b'%')
            .then(|| fragment.get(index + 1..index + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten();
        match escaped {
            Some(byte) => {
                out.push(byte);
                index += 3;
            }
            None => {
                out.push(bytes[index]);
                index += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
