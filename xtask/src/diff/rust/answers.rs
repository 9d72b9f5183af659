//! What a call gives.

use super::super::change::Severity;
use super::{Aspect, Judge, Origin, words};
use crate::model::{Answer, Api, Case, Kind, Operation, Paging, Shape};

impl Judge<'_> {
    pub(super) fn answer(&mut self, origin: &Origin, a: &Operation, b: &Operation) {
        let old = origin.old.iter().flat_map(|at| self.before.answer(at)).collect();
        let new = origin.new.iter().flat_map(|at| self.after.answer(at)).collect();
        let origin =
            &Origin { at: format!("{}/responses", origin.at), subject: format!("{} answer", origin.subject), old, new };
        let request = &b.builder;
        let before = words::answer(&self.renamed_answer(&a.answer));
        let after = words::answer(&b.answer);
        match (&a.answer, &b.answer) {
            (Answer::ByStatus { cases: was, .. }, Answer::ByStatus { cases: is, name }) => {
                if before != after && a.rust == b.rust {
                    let text = format!("enum `{before}` is called `{after}` now");
                    self.tell(origin, Severity::Breaking, Aspect::Name, text);
                }
                self.cases(origin, name, was, is);
            }
            _ if before != after => {
                let text = format!("`{request}::send` gives `{after}` instead of `{before}`");
                self.tell(origin, Severity::Breaking, Aspect::Type, text);
            }
            (was, is) if self.renamed_answer(was) != *is => {
                let text =
                    format!("`{request}::send` gives the same and asks for another media type, or reads it otherwise");
                self.tell(origin, Severity::Careful, Aspect::Behaviour, text);
            }
            _ => {}
        }
        for (suffix, _) in a.alternates.iter().filter(|entry| !b.alternates.contains(entry)) {
            let text = format!("method `{request}::send_{suffix}` is gone");
            self.tell(origin, Severity::Breaking, Aspect::Existence, text);
        }
        for (suffix, kind) in b.alternates.iter().filter(|entry| !a.alternates.contains(entry)) {
            let text = format!("new method `{request}::send_{suffix}`, which asks for `{kind}`");
            self.tell(origin, Severity::Safe, Aspect::Existence, text);
        }
    }

    fn cases(&mut self, origin: &Origin, name: &str, was: &[Case], is: &[Case]) {
        let shown = |shape: Option<&Shape>| shape.map_or("nothing".to_owned(), words::stored);
        for a in was {
            match is.iter().find(|b| b.status == a.status) {
                None => {
                    let text = format!("variant `{name}::{}` is gone", a.rust);
                    self.tell(origin, Severity::Breaking, Aspect::Existence, text);
                }
                Some(b) => {
                    let before = a.shape.as_ref().map(|shape| self.renamed(shape));
                    let (before, after) = (shown(before.as_ref()), shown(b.shape.as_ref()));
                    if before != after {
                        let text = format!("variant `{name}::{}` holds `{after}` instead of `{before}`", b.rust);
                        self.tell(origin, Severity::Breaking, Aspect::Type, text);
                    }
                }
            }
        }
        for b in is.iter().filter(|b| !was.iter().any(|a| a.status == b.status)) {
            let text = format!("new variant `{name}::{}`; status {} was an error before", b.rust, b.status);
            self.tell(origin, Severity::Careful, Aspect::Existence, text);
        }
    }

    fn renamed_answer(&self, answer: &Answer) -> Answer {
        match answer {
            Answer::Json(shape) => Answer::Json(self.renamed(shape)),
            Answer::OptionalJson(shape) => Answer::OptionalJson(self.renamed(shape)),
            other => other.clone(),
        }
    }
}

/// What the stream of a list gives, one by one.
pub(super) fn item(api: &Api, paging: &Paging) -> Option<Shape> {
    let start = paging.forms.as_ref().map_or(&paging.page, |forms| &forms.object.1);
    let mut shape = Shape::Named(start.clone());
    for step in &paging.items_path {
        let Kind::Object(object) = &api.types.get(shape.named()?)?.kind else { return None };
        shape = object.fields.iter().find(|field| field.rust == step.rust)?.shape.clone();
    }
    if let Shape::List(inner) = shape { Some(*inner) } else { None }
}
