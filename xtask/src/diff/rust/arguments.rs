//! What a method takes: positional arguments for what is required, setters for the rest.

use super::super::change::Severity;
use super::{Aspect, Judge, Origin, words};
use crate::model::{BodyForm, Kind, Location, Operation, Param, Shape};

impl Judge<'_> {
    pub(super) fn arguments(&mut self, origin: &Origin, a: &Operation, b: &Operation) {
        let mut left: Vec<&Param> = b.params.iter().collect();
        let mut gone = Vec::new();
        for was in &a.params {
            match left.iter().position(|is| is.wire == was.wire && is.location == was.location) {
                Some(index) => {
                    let is = left.remove(index);
                    self.param(&self.param_origin(origin, was, is), b, was, is);
                }
                None => gone.push(was),
            }
        }
        gone.retain(|was| {
            let moved = left.iter().position(|is| is.wire == was.wire);
            // One out, one in: the same under another name.
            let renamed = || {
                let here = |is: &&Param| is.location == was.location;
                let alike = |is: &&Param| here(is) && words::parameter(is) == words::parameter(was);
                let named = left.iter().position(|is| here(is) && is.rust == was.rust);
                named.or_else(|| left.iter().position(|is| left.len() == 1 && alike(is)))
            };
            let Some(index) = moved.or_else(renamed) else { return true };
            let is = left.remove(index);
            self.param(&self.param_origin(origin, was, is), b, was, is);
            false
        });
        for was in gone {
            let text = if was.required {
                format!("`Client::{}` takes one argument less: `{}` is gone", b.rust, was.rust)
            } else {
                format!("setter `{}::{}` is gone", b.builder, was.rust)
            };
            let sources = self.one_side(origin, Some(was), None);
            self.tell(&sources, Severity::Breaking, Aspect::Existence, text);
        }
        for is in left {
            let kind = words::parameter(is);
            let (severity, text) = if is.required {
                (Severity::Breaking, format!("`Client::{}` takes one more argument `{}: {kind}`", b.rust, is.rust))
            } else {
                (Severity::Safe, format!("new setter `{}::{}({kind})`", b.builder, is.rust))
            };
            let sources = self.one_side(origin, None, Some(is));
            self.tell(&sources, severity, Aspect::Existence, text);
        }
        self.argument_order(origin, a, b);
        self.body(origin, a, b);
    }

    fn param_origin(&self, origin: &Origin, was: &Param, is: &Param) -> Origin {
        self.one_side(origin, Some(was), Some(is))
    }

    fn one_side(&self, origin: &Origin, was: Option<&Param>, is: Option<&Param>) -> Origin {
        let places = |sources: &super::Sources<'_>, at: &[String], param: Option<&Param>| -> Vec<String> {
            let param = param.into_iter();
            param
                .flat_map(|param| at.iter().flat_map(|at| sources.parameter(at, param.location.word(), &param.wire)))
                .collect()
        };
        let wire = is.or(was).map(|param| format!("{}:{}", param.location.word(), param.wire)).unwrap_or_default();
        Origin {
            at: crate::spec::pointer::child(&format!("{}/parameters", origin.at), &wire),
            subject: format!("{} {}", origin.subject, is.or(was).map_or("", |param| &param.wire)),
            old: places(&self.before, &origin.old, was),
            new: places(&self.after, &origin.new, is),
        }
    }

    fn param(&mut self, origin: &Origin, operation: &Operation, was: &Param, is: &Param) {
        let (method, request) = (&operation.rust, &operation.builder);
        let before = words::parameter(&Param { shape: self.renamed(&was.shape), ..copy(was) });
        let after = words::parameter(is);
        match (was.required, is.required) {
            (false, true) => {
                let text =
                    format!("`Client::{method}` takes one more argument `{}: {after}`; its setter is gone", is.rust);
                self.tell(origin, Severity::Breaking, Aspect::Presence, text);
            }
            (true, false) => {
                let text =
                    format!("`Client::{method}` takes one argument less: `{}` is a setter of `{request}` now", is.rust);
                self.tell(origin, Severity::Breaking, Aspect::Presence, text);
            }
            _ => {}
        }
        let what = if is.required {
            format!("argument `{}` of `Client::{method}`", is.rust)
        } else {
            format!("setter `{request}::{}`", is.rust)
        };
        if was.rust != is.rust && was.required == is.required {
            let (severity, text) = if is.required {
                let text = format!(
                    "argument `{}` of `Client::{method}` is called `{}` now: nothing to callers",
                    was.rust, is.rust
                );
                (Severity::Safe, text)
            } else {
                (Severity::Breaking, format!("setter `{request}::{}` is called `{}` now", was.rust, is.rust))
            };
            self.tell(origin, severity, Aspect::Name, text);
        }
        if before != after {
            let text = format!("{what} takes `{after}` instead of `{before}`");
            // Whatever is taken for a date is taken for a time of that date.
            let wider = before == words::argument(&Shape::Date) && after == words::argument(&Shape::DateTime);
            let severity = if wider { Severity::Careful } else { Severity::Breaking };
            self.tell(origin, severity, Aspect::Type, text);
        } else if self.renamed(&was.shape) != is.shape || was.style != is.style {
            let text = format!("{what} takes the same and writes it otherwise");
            self.tell(origin, Severity::Careful, Aspect::Behaviour, text);
        }
        if was.wire != is.wire && was.location == is.location && is.location != Location::Path {
            let text = format!("{what} sends `{}` instead of `{}`", is.wire, was.wire);
            self.tell(origin, Severity::Careful, Aspect::Name, text);
        }
        if was.location != is.location {
            let text = format!("{what} travels in the {} now", is.location.word());
            self.tell(origin, Severity::Careful, Aspect::Behaviour, text);
        }
        if !is.required {
            self.deprecated(origin, was.deprecated, is.deprecated, &what);
        }
    }

    /// Arguments that are there before and after, in another order.
    fn argument_order(&mut self, origin: &Origin, a: &Operation, b: &Operation) {
        let required = |operation: &Operation| -> Vec<String> {
            let params = operation.params.iter().filter(|param| param.required);
            params.map(|param| param.wire.clone()).collect()
        };
        let (was, is) = (required(a), required(b));
        let common = |these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|name| those.contains(name)).cloned().collect()
        };
        if common(&was, &is) != common(&is, &was) {
            let arguments: Vec<&str> =
                b.params.iter().filter(|param| param.required).map(|param| param.rust.as_str()).collect();
            let text = format!("`Client::{}` takes its arguments in another order: {}", b.rust, arguments.join(", "));
            let at = format!("{}/parameters", origin.at);
            let origin = Origin { at, ..origin.clone() };
            self.tell(&origin, Severity::Breaking, Aspect::Order, text);
        }
    }

    fn body(&mut self, origin: &Origin, a: &Operation, b: &Operation) {
        let old = origin.old.iter().flat_map(|at| self.before.body(at)).collect();
        let new = origin.new.iter().flat_map(|at| self.after.body(at)).collect();
        let origin =
            &Origin { at: format!("{}/requestBody", origin.at), subject: format!("{} body", origin.subject), old, new };
        let is_union = |api: &crate::model::Api, name: &str| {
            api.types.get(name).is_some_and(|definition| matches!(definition.kind, Kind::Union(_)))
        };
        let method = &b.rust;
        let new_api = self.models.new;
        let after = |form: &BodyForm| words::body(form, |name| is_union(new_api, name));
        let (was, is) = match (&a.body, &b.body) {
            (None, None) => return,
            (None, Some(is)) => {
                let kind = after(&is.form);
                let (severity, text) = if is.required {
                    (Severity::Breaking, format!("`Client::{method}` takes one more argument `body: {kind}`"))
                } else {
                    (Severity::Safe, format!("new setter `{}::body({kind})`", b.builder))
                };
                return self.tell(origin, severity, Aspect::Existence, text);
            }
            (Some(was), None) => {
                let text = if was.required {
                    format!("`Client::{method}` takes one argument less: `body` is gone")
                } else {
                    format!("setter `{}::body` is gone", b.builder)
                };
                return self.tell(origin, Severity::Breaking, Aspect::Existence, text);
            }
            (Some(was), Some(is)) => (was, is),
        };
        match (was.required, is.required) {
            (false, true) => {
                let text = format!(
                    "`Client::{method}` takes one more argument `body: {}`; its setter is gone",
                    after(&is.form)
                );
                self.tell(origin, Severity::Breaking, Aspect::Presence, text);
            }
            (true, false) => {
                let text =
                    format!("`Client::{method}` takes one argument less: `body` is a setter of `{}` now", b.builder);
                self.tell(origin, Severity::Breaking, Aspect::Presence, text);
            }
            _ => {}
        }
        let old_form = self.renamed_form(&was.form);
        let before = words::body(&old_form, |name| {
            is_union(self.models.old, name)
                || self.names.iter().any(|(old, new)| new == name && is_union(self.models.old, old))
        });
        if before != after(&is.form) {
            let text = format!("`body` of `Client::{method}` is `{}` instead of `{before}`", after(&is.form));
            self.tell(origin, Severity::Breaking, Aspect::Type, text);
        } else if old_form != is.form {
            let text = format!("`body` of `Client::{method}` is the same and written otherwise: {}", written(&is.form));
            self.tell(origin, Severity::Careful, Aspect::Behaviour, text);
        }
    }

    fn renamed_form(&self, form: &BodyForm) -> BodyForm {
        match form {
            BodyForm::Json { shape, envelope } => {
                BodyForm::Json { shape: self.renamed(shape), envelope: envelope.clone() }
            }
            BodyForm::Form { shape, joined } => BodyForm::Form { shape: self.renamed(shape), joined: joined.clone() },
            other => other.clone(),
        }
    }
}

fn written(form: &BodyForm) -> String {
    match form {
        BodyForm::Json { envelope: Some(envelope), .. } => format!("as JSON within `{envelope}`"),
        BodyForm::Json { .. } => "as JSON".to_owned(),
        BodyForm::Form { joined, .. } if joined.is_empty() => "as a form".to_owned(),
        BodyForm::Form { .. } => "as a form with lists in one value".to_owned(),
        BodyForm::Multipart => "in parts".to_owned(),
        BodyForm::Bytes { content_type } => format!("as `{content_type}`"),
    }
}

/// The model's parameters are not meant to be cloned; this one is for looking at only.
fn copy(param: &Param) -> Param {
    Param {
        wire: param.wire.clone(),
        rust: param.rust.clone(),
        location: param.location,
        required: param.required,
        shape: param.shape.clone(),
        style: param.style,
        deprecated: param.deprecated,
        doc: String::new(),
    }
}
