//! Methods of the client.

use super::super::change::Severity;
use super::super::wire::operations::template;
use super::{Aspect, Judge, Origin, words};
use crate::model::{Operation, Paging, PagingKind, Retry};

impl Judge<'_> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (&self.models.old.operations, &self.models.new.operations);
        let mut left: Vec<&Operation> = new.iter().collect();
        for a in old {
            let was = self.before.operation(&a.method, &a.path);
            let now = self.models.moved.get(&was).unwrap_or(&was).clone();
            let origin =
                Origin { at: was.clone(), subject: a.id.clone(), old: vec![was.clone()], new: vec![now.clone()] };
            let same = |b: &&Operation| self.after.operation(&b.method, &b.path) == now;
            match left.iter().position(same) {
                Some(index) => {
                    let b = left.remove(index);
                    let origin = Origin { at: now, subject: b.id.clone(), ..origin };
                    self.operation(&origin, a, b);
                }
                None => {
                    let text = format!("method `Client::{}` is gone", a.rust);
                    self.tell(&origin, Severity::Breaking, Aspect::Existence, text);
                }
            }
        }
        for b in left {
            let now = self.after.operation(&b.method, &b.path);
            let origin = Origin { at: now.clone(), subject: b.id.clone(), old: Vec::new(), new: vec![now] };
            let gate = b.feature.as_ref().map(|feature| format!(" (feature `{feature}`)")).unwrap_or_default();
            let text = format!("new method `Client::{}`{gate}", b.rust);
            self.tell(&origin, Severity::Safe, Aspect::Existence, text);
        }
    }

    fn operation(&mut self, origin: &Origin, a: &Operation, b: &Operation) {
        if a.rust != b.rust {
            let text = format!(
                "method `Client::{}` is called `Client::{}` now, and its request `{}`",
                a.rust, b.rust, b.builder
            );
            self.tell(origin, Severity::Breaking, Aspect::Name, text);
        } else if a.builder != b.builder {
            let text = format!("request type `{}` is called `{}` now", a.builder, b.builder);
            self.tell(origin, Severity::Breaking, Aspect::Name, text);
        } else if a.id != b.id {
            let text = "nothing but the name of the operation in logs".to_owned();
            self.tell(origin, Severity::Safe, Aspect::Name, text);
        }
        if (&a.method, template(&a.path)) != (&b.method, template(&b.path)) {
            let text = format!("`Client::{}` calls `{} {}` now", b.rust, b.method, b.path);
            self.tell(origin, Severity::Careful, Aspect::Address, text);
        }
        self.place_of(origin, a, b);
        self.deprecated(origin, a.deprecated, b.deprecated, &format!("method `Client::{}`", b.rust));
        self.arguments(origin, a, b);
        self.answer(origin, a, b);
        self.behaviour(origin, a, b);
        self.paging(origin, a, b);
    }

    /// The file and the cargo feature.
    fn place_of(&mut self, origin: &Origin, a: &Operation, b: &Operation) {
        // Which feature a tag stands for is said at the tag.
        let tagged = if a.group == b.group {
            Origin { old: Vec::new(), new: Vec::new(), ..origin.clone() }
                .and(self.before.tag(&a.group), self.after.tag(&b.group))
        } else {
            origin.clone()
        };
        if a.group != b.group {
            let text = format!("`Client::{}` stands in another file; its name is the same", b.rust);
            self.tell(origin, Severity::Safe, Aspect::Feature, text);
        }
        match (&a.feature, &b.feature) {
            (a, b) if a == b => {}
            (_, Some(feature)) => {
                let text = format!("method `Client::{}` needs the cargo feature `{feature}` now", b.rust);
                self.tell(&tagged, Severity::Breaking, Aspect::Feature, text);
            }
            (_, None) => {
                let text = format!("method `Client::{}` needs no cargo feature any more", b.rust);
                self.tell(&tagged, Severity::Safe, Aspect::Feature, text);
            }
        }
    }

    fn behaviour(&mut self, origin: &Origin, a: &Operation, b: &Operation) {
        let method = format!("`Client::{}`", b.rust);
        if a.retry != b.retry {
            let text = match &b.retry {
                Retry::Never => format!("{method} is never repeated after a failure now"),
                Retry::Safe => format!("{method} is repeated after failures now"),
                Retry::Rule(rule) => format!("{method} is repeated by the rule `{rule}` now"),
            };
            self.tell(origin, Severity::Careful, Aspect::Retry, text);
        }
        if a.timeout_secs != b.timeout_secs {
            let text = match b.timeout_secs {
                Some(seconds) => format!("{method} waits {seconds} s for an answer now"),
                None => format!("{method} waits as long as all others now"),
            };
            self.tell(origin, Severity::Careful, Aspect::Timeout, text);
        }
        if a.public != b.public {
            let text = if b.public {
                format!("{method} sends no credentials any more")
            } else {
                format!("{method} sends credentials now: a client without them is refused")
            };
            let security = ["/security".to_owned()];
            let origin = origin.clone().and(security.clone(), security);
            self.tell(&origin, Severity::Careful, Aspect::Access, text);
        }
        if a.errors != b.errors {
            let text = format!("nothing but the error table in the documentation of {method}");
            self.tell(origin, Severity::Safe, Aspect::Errors, text);
        }
    }

    fn paging(&mut self, origin: &Origin, a: &Operation, b: &Operation) {
        let request = &b.builder;
        let (was, is) = match (&a.paging, &b.paging) {
            (None, None) => return,
            (None, Some(_)) => {
                let text = format!("new methods `{request}::stream` and `{request}::resume`");
                return self.tell(origin, Severity::Safe, Aspect::Paging, text);
            }
            (Some(_), None) => {
                let text = format!("methods `{request}::stream` and `{request}::resume` are gone");
                return self.tell(origin, Severity::Breaking, Aspect::Paging, text);
            }
            (Some(was), Some(is)) => (was, is),
        };
        let sources = origin.clone().and(
            origin.old.iter().flat_map(|at| self.before.answer(at)),
            origin.new.iter().flat_map(|at| self.after.answer(at)),
        );
        let item = |api: &crate::model::Api, paging: &Paging| super::answers::item(api, paging);
        let before = item(self.models.old, was).map(|shape| words::stored(&self.renamed(&shape)));
        let after = item(self.models.new, is).map(|shape| words::stored(&shape));
        if before != after
            && let (Some(before), Some(after)) = (before, after)
        {
            let text = format!("`{request}::stream` gives `{after}` instead of `{before}`");
            self.tell(&sources, Severity::Breaking, Aspect::Paging, text);
        }
        if continues(was) != continues(is) {
            let text = format!(
                "`{request}::stream` continues {}, {} before; where earlier streams stopped is not understood any more",
                continues(is),
                continues(was)
            );
            self.tell(origin, Severity::Careful, Aspect::Paging, text);
        }
        let steps = |paging: &Paging| -> Vec<String> {
            let steps = paging.items_path.iter().chain(&paging.next_path).map(|step| step.rust.clone());
            steps.chain([paging.items.clone()]).collect()
        };
        if steps(was) != steps(is) && continues(was) == continues(is) {
            let text = format!("`{request}::stream` finds its records, or the next page, elsewhere in the answer");
            self.tell(&sources, Severity::Careful, Aspect::Paging, text);
        }
    }
}

fn continues(paging: &Paging) -> String {
    let way = match &paging.kind {
        PagingKind::Cursor { param } => format!("by the cursor `{param}`"),
        PagingKind::Link => "by the link to the next page".to_owned(),
        PagingKind::Page { param } => format!("by the page number `{param}`"),
        PagingKind::Offset { param } => format!("by the offset `{param}`"),
    };
    if paging.in_form { format!("{way} in the form") } else { way }
}
