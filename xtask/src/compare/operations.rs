//! Operations, their parameters and bodies; callbacks.

use std::collections::{BTreeMap, BTreeSet};

use super::Comparison;
use super::answers::Content;
use super::finding::{Group, Only, Seen};
use super::match_up::tables;
use super::values::{Direction, Scope, Walk};
use crate::facts::{Callback, Kind, Merged, Node, Operation, Parameter, Reader, callbacks, operations};

impl<'a> Comparison<'a> {
    /// Everything below `paths`.
    pub(super) fn operations(&mut self) {
        let (here, there) = (self.here.spec, self.there.spec);
        let (ours, theirs) = (operations(here), operations(there));
        let (our_table, their_table) = tables((here, &ours), (there, &theirs));
        let mut met = BTreeSet::new();
        for operation in &ours {
            let Some((key, _)) = our_table.iter().find(|(_, known)| std::ptr::eq(**known, operation)) else { continue };
            match their_table.get(key) {
                Some(other) => {
                    met.insert(key.clone());
                    self.operation(operation, other);
                }
                None => self.lone(operation, Only::Here),
            }
        }
        for operation in &theirs {
            let key = their_table.iter().find(|(_, known)| std::ptr::eq(**known, operation)).map(|(key, _)| key);
            if key.is_some_and(|key| !met.contains(key)) {
                self.lone(operation, Only::There);
            }
        }
    }

    fn lone(&mut self, operation: &Operation<'a>, only: Only) {
        let title = operation.title();
        let place = Some(operation.place.pointer.clone());
        let (here, there) = if only == Only::Here { (place, None) } else { (None, place) };
        let note = operation.id.unwrap_or_default();
        self.findings.put(Group::Operation, only, &title, note, Seen { shows: &title, here, there });
    }

    fn operation(&mut self, ours: &Operation<'a>, theirs: &Operation<'a>) {
        let title = ours.title();
        let shows = ours.id.unwrap_or(&title).to_owned();
        if ours.path.ends_with('/') != theirs.path.ends_with('/') {
            let subject = format!("{title} here, {} there", theirs.path);
            self.findings.put(
                Group::Path,
                Only::Both,
                &subject,
                "",
                Seen {
                    shows: &shows,
                    here: Some(ours.place.pointer.clone()),
                    there: Some(theirs.place.pointer.clone()),
                },
            );
        }
        self.parameters(ours, theirs, &shows);
        self.body(ours, theirs, &title, &shows, Direction::Request);
        self.answers(ours, theirs, &title, &shows);
    }

    fn parameters(&mut self, ours: &Operation<'a>, theirs: &Operation<'a>, shows: &str) {
        let title = ours.title();
        let (our_names, mut their_names) = (by_name(ours), by_name(theirs));
        for (key, parameter) in our_names {
            let at = Some(parameter.place.pointer.clone());
            match their_names.remove(&key) {
                Some(other) => self.parameter(parameter, other, &title, shows),
                None => {
                    let subject = format!("{title} {} {}", parameter.location, parameter.name);
                    let seen = Seen { shows, here: at, there: Some(theirs.place.pointer.clone()) };
                    self.findings.put(Group::Parameter, Only::Here, &subject, "", seen);
                }
            }
        }
        for other in their_names.into_values() {
            let subject = format!("{title} {} {}", other.location, other.name);
            let note = if other.place.flag("required") { "required" } else { "" };
            let seen = Seen { shows, here: Some(ours.place.pointer.clone()), there: Some(other.place.pointer.clone()) };
            self.findings.put(Group::Parameter, Only::There, &subject, note, seen);
        }
    }

    fn parameter(&mut self, ours: &Parameter<'a>, theirs: &Parameter<'a>, title: &str, shows: &str) {
        // What operations share here is told once for all of them.
        let subject = match &ours.component {
            Some(component) => self.partners.name(&format!("parameter {component}"), theirs.component.as_ref()),
            None => format!("{title} {} {}", ours.location, ours.name),
        };
        let seen = || Seen { shows, here: Some(ours.place.pointer.clone()), there: Some(theirs.place.pointer.clone()) };
        if ours.location != "path" && ours.place.flag("required") != theirs.place.flag("required") {
            let only = if ours.place.flag("required") { Only::Here } else { Only::There };
            self.findings.put(Group::Required, only, &subject, "", seen());
        }
        let (our_style, their_style) = (style(ours), style(theirs));
        if our_style != their_style && has_parts(&self.here, ours) && has_parts(&self.there, theirs) {
            let subject = format!("{subject}: {our_style} here, {their_style} there");
            self.findings.put(Group::Style, Only::Both, &subject, "", seen());
        }
        if let (Some(left), Some(right)) = (schema(ours), schema(theirs)) {
            let walk = Walk::new(shows, Direction::Request);
            self.values(&left, &right, &Scope::new(subject), walk);
        }
    }

    /// The body of an operation or callback.
    pub(super) fn body(
        &mut self,
        ours: &Operation<'a>,
        theirs: &Operation<'a>,
        title: &str,
        shows: &str,
        direction: Direction,
    ) {
        let seen = |here: &str, there: &str| Seen { shows, here: Some(here.to_owned()), there: Some(there.to_owned()) };
        match (&ours.body, &theirs.body) {
            (None, None) => {}
            (Some(body), None) => {
                let seen = seen(&body.pointer, &theirs.place.pointer);
                self.findings.put(Group::Body, Only::Here, title, "", seen);
            }
            (None, Some(body)) => {
                let seen = seen(&ours.place.pointer, &body.pointer);
                self.findings.put(Group::Body, Only::There, title, "", seen);
            }
            (Some(left), Some(right)) => {
                if direction == Direction::Request && left.flag("required") != right.flag("required") {
                    let only = if left.flag("required") { Only::Here } else { Only::There };
                    let seen = seen(&left.pointer, &right.pointer);
                    self.findings.put(Group::Required, only, &format!("{title} body"), "", seen);
                }
                self.content(Content { left, right, subject: &format!("{title} body"), shows, direction });
            }
        }
    }

    /// What the provider sends by itself.
    pub(super) fn callbacks(&mut self) {
        let (ours, mut theirs) = (callbacks(self.here.spec), callbacks(self.there.spec));
        for callback in &ours {
            match theirs.iter().position(|other| same_name(callback, other)) {
                Some(index) => {
                    let other = theirs.remove(index);
                    let title = format!("callback {}", callback.name);
                    self.body(&callback.operation, &other.operation, &title, &title, Direction::Answer);
                }
                None => self.lone_callback(callback, Only::Here),
            }
        }
        for other in &theirs {
            self.lone_callback(other, Only::There);
        }
    }

    fn lone_callback(&mut self, callback: &Callback<'a>, only: Only) {
        let place = Some(callback.operation.place.pointer.clone());
        let (here, there) = if only == Only::Here { (place, None) } else { (None, place) };
        let shows = format!("callback {}", callback.name);
        self.findings.put(Group::Callback, only, &callback.name, "", Seen { shows: &shows, here, there });
    }
}

/// `createdAccount`, `created-account` and `created_account` are one name.
fn same_name(ours: &Callback<'_>, theirs: &Callback<'_>) -> bool {
    let plain = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    plain(&ours.name) == plain(&theirs.name)
}

/// Parameters by what makes them the same on both sides: those of the path by their position, headers in any case.
fn by_name<'o, 'a>(operation: &'o Operation<'a>) -> BTreeMap<(&'a str, usize, String), &'o Parameter<'a>> {
    let key = |parameter: &Parameter<'a>| match parameter.location {
        "path" => match operation.path.find(&format!("{{{}}}", parameter.name)) {
            // The position among the parameters, since names before it may have other lengths.
            Some(at) => (parameter.location, operation.path[..at].matches('{').count(), String::new()),
            None => (parameter.location, usize::MAX, parameter.name.to_owned()),
        },
        "header" => (parameter.location, 0, parameter.name.to_lowercase()),
        _ => (parameter.location, 0, parameter.name.to_owned()),
    };
    operation.parameters.iter().map(|parameter| (key(parameter), parameter)).collect()
}

fn schema<'a>(parameter: &Parameter<'a>) -> Option<Node<'a>> {
    let content = || parameter.place.get("content")?.members().next()?.1.get("schema");
    parameter.place.get("schema").or_else(content).map(Node::At)
}

/// The style only shows in what has several parts.
fn has_parts<'a>(reader: &Reader<'a>, parameter: &Parameter<'a>) -> bool {
    let forms = schema(parameter).map(|schema| reader.read(&schema));
    forms.is_some_and(|forms| Merged::new(&forms).kinds.iter().any(|kind| matches!(kind, Kind::Array | Kind::Object)))
}

/// How a list or an object is written, in words.
fn style(parameter: &Parameter<'_>) -> String {
    if parameter.place.get("content").is_some() {
        return "JSON text".to_owned();
    }
    let usual = if matches!(parameter.location, "query" | "cookie") { "form" } else { "simple" };
    let style = parameter.place.text("style").unwrap_or(usual);
    let explode = parameter.place.value.get("explode").and_then(serde_json::Value::as_bool).unwrap_or(style == "form");
    format!("{style}{}", if explode { ", a name each" } else { ", one value" })
}
