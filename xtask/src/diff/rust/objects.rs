//! Fields, constructors and setters of structs.

use std::collections::HashSet;

use super::super::change::Severity;
use super::{Aspect, Judge, Origin, words};
use crate::model::{Field, Object, Presence, TypeDef};
use crate::names;

/// Whether `new` takes it.
fn given(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::RequiredNullable)
}

impl Judge<'_> {
    pub(super) fn object(&mut self, origin: &Origin, old: (&TypeDef, &Object), new: (&TypeDef, &Object)) {
        let ((a, was), (b, is)) = (old, new);
        let name = &b.name;
        let mut left: Vec<&Field> = is.fields.iter().collect();
        let mut gone = Vec::new();
        for before in &was.fields {
            match left.iter().position(|after| after.wire == before.wire) {
                Some(index) => {
                    let after = left.remove(index);
                    self.field(&self.field_origin(origin, a, b, &after.wire), (a, before), (b, after));
                }
                None => gone.push(before),
            }
        }
        let alone = gone.len() == 1;
        gone.retain(|before| {
            // The same name in Rust, or one out and one in: the same under another name.
            let named = left.iter().position(|after| after.rust == before.rust);
            let shape = self.renamed(&before.shape);
            let kind = words::field(before.presence, &shape);
            let alike = |after: &&Field| kind == words::field(after.presence, &after.shape);
            let renamed = named.or_else(|| left.iter().position(|after| left.len() == 1 && alone && alike(after)));
            let Some(index) = renamed else { return true };
            let after = left.remove(index);
            let origin = self.two_names(origin, a, b, before, after);
            let text =
                format!("field `{}` of `{name}` travels as `{}` instead of `{}`", after.rust, after.wire, before.wire);
            self.tell(&origin, Severity::Careful, Aspect::Name, text);
            self.field(&origin, (a, before), (b, after));
            false
        });
        for before in gone {
            let argument = given(before) && a.in_request && b.in_request;
            let text = if argument {
                format!("field `{}` is gone, and `{name}::new` takes one argument less", before.rust)
            } else {
                format!("field `{}` of `{name}` is gone", before.rust)
            };
            let origin = self.field_origin(origin, a, b, &before.wire);
            self.tell(&origin, Severity::Breaking, Aspect::Existence, text);
        }
        for after in left {
            let origin = self.field_origin(origin, a, b, &after.wire);
            let kind = words::field(after.presence, &after.shape);
            let argument = given(after) && a.in_request && b.in_request;
            let (severity, text) = if argument {
                let argument = words::constructor_argument(after);
                (Severity::Breaking, format!("`{name}::new` takes one more argument `{}: {argument}`", after.rust))
            } else if after.presence == Presence::Required && b.in_response {
                let text =
                    format!("new field `{}: {kind}` of `{name}`; decoding fails where it is missing", after.rust);
                (Severity::Careful, text)
            } else {
                (Severity::Safe, format!("new field `{}: {kind}` of `{name}`", after.rust))
            };
            self.tell(&origin, severity, Aspect::Existence, text);
        }
        if a.in_request && b.in_request {
            self.setters(origin, (a, was), (b, is));
        }
        self.field_order(origin, name, a.in_request && b.in_request, was, is);
        self.unlisted(origin, name, was, is);
    }

    fn two_names(&self, origin: &Origin, a: &TypeDef, b: &TypeDef, before: &Field, after: &Field) -> Origin {
        let (old, new) = (self.before.member(&a.pointer, &before.wire), self.after.member(&b.pointer, &after.wire));
        Origin { old, new, ..self.field_origin(origin, a, b, &before.wire) }
    }

    fn field_origin(&self, origin: &Origin, a: &TypeDef, b: &TypeDef, wire: &str) -> Origin {
        let (mut old, mut new) = (self.before.member(&a.pointer, wire), self.after.member(&b.pointer, wire));
        if old.is_empty() && new.is_empty() {
            // The type is put together from places further away.
            (old, new) = (origin.old.clone(), origin.new.clone());
        }
        let at = crate::spec::pointer::child(&format!("{}/properties", origin.at), wire);
        Origin { at, subject: format!("{}.{wire}", origin.subject), old, new }
    }

    fn field(&mut self, origin: &Origin, old: (&TypeDef, &Field), new: (&TypeDef, &Field)) {
        let ((a, was), (b, is)) = (old, new);
        let (name, field) = (&b.name, &is.rust);
        if was.rust != is.rust {
            let text = format!("field `{}` of `{name}` is called `{field}` now", was.rust);
            self.tell(origin, Severity::Breaking, Aspect::Name, text);
        }
        let shape = self.renamed(&was.shape);
        let (before, after) = (words::field(was.presence, &shape), words::field(is.presence, &is.shape));
        let retyped = words::stored(&shape) != words::stored(&is.shape);
        if retyped {
            let text = format!("field `{field}` of `{name}` became `{after}`, it was `{before}`");
            self.tell(origin, Severity::Breaking, Aspect::Type, text);
        } else if shape != is.shape {
            let text = format!("field `{field}` of `{name}` is the same and travels otherwise");
            self.tell(origin, Severity::Careful, Aspect::Behaviour, text);
        }
        if was.presence != is.presence {
            self.presence(origin, (a, was), (b, is), (&before, &after));
        }
        if was.sensitive != is.sensitive {
            let text = if is.sensitive {
                format!("field `{field}` of `{name}` is hidden in `Debug` and logs now")
            } else {
                format!("field `{field}` of `{name}` is shown in `Debug` and logs now")
            };
            self.tell(origin, Severity::Careful, Aspect::Hidden, text);
        }
        self.deprecated(origin, was.deprecated, is.deprecated, &format!("field `{field}` of `{name}`"));
    }

    fn presence(&mut self, origin: &Origin, old: (&TypeDef, &Field), new: (&TypeDef, &Field), kinds: (&str, &str)) {
        let ((a, was), (b, is), (before, after)) = (old, new, kinds);
        let (name, field) = (&b.name, &is.rust);
        let sent = a.in_request && b.in_request;
        let mut texts = Vec::new();
        let mut severity = Severity::Safe;
        let bare = |presence| words::field(presence, &is.shape);
        if bare(was.presence) != bare(is.presence) {
            severity = Severity::Breaking;
            texts.push(format!("field `{field}` of `{name}` became `{after}`, it was `{before}`"));
        }
        match (given(was), given(is)) {
            (false, true) if sent => {
                severity = Severity::Breaking;
                let argument = words::constructor_argument(is);
                texts.push(format!(
                    "`{name}::new` takes one more argument `{field}: {argument}`, and its setter is gone"
                ));
            }
            (true, false) if sent => {
                severity = Severity::Breaking;
                texts.push(format!("`{name}::new` takes one argument less: `{field}` is a setter now"));
            }
            _ => {}
        }
        if sent && given(was) && given(is) && words::constructor_argument(was) != words::constructor_argument(is) {
            severity = Severity::Breaking;
            texts.push(format!("argument `{field}` of `{name}::new` is `{}` now", words::constructor_argument(is)));
        }
        if is.presence == Presence::Required && b.in_response {
            severity = severity.max(Severity::Careful);
            texts.push("decoding fails where it is missing or null".to_owned());
        }
        if texts.is_empty() {
            texts.push(format!("field `{field}` of `{name}` keeps its type `{after}`"));
        }
        self.tell(origin, severity, Aspect::Presence, texts.join("; "));
    }

    /// The order of the arguments of `new`, which is the order of the required members.
    fn field_order(&mut self, origin: &Origin, name: &str, sent: bool, was: &Object, is: &Object) {
        let order = |these: &Object, those: &Object| -> Vec<String> {
            let known = |wire: &str| those.fields.iter().any(|field| given(field) && field.wire == wire);
            these
                .fields
                .iter()
                .filter(|field| given(field) && known(&field.wire))
                .map(|field| field.wire.clone())
                .collect()
        };
        if sent && order(was, is) != order(is, was) {
            let arguments: Vec<&str> =
                is.fields.iter().filter(|field| given(field)).map(|field| field.rust.as_str()).collect();
            let text = format!("`{name}::new` takes its arguments in another order: {}", arguments.join(", "));
            self.tell(origin, Severity::Breaking, Aspect::Order, text);
        }
    }

    /// The catch-all for members that are not listed.
    fn unlisted(&mut self, origin: &Origin, name: &str, was: &Object, is: &Object) {
        match (&was.rest, &is.rest) {
            (None, Some((field, shape))) => {
                let text = format!("new field `{field}: BTreeMap<String, {}>` of `{name}`", words::stored(shape));
                self.tell(origin, Severity::Safe, Aspect::Type, text);
            }
            (Some((field, _)), None) => {
                let text = format!("field `{field}` of `{name}` is gone");
                self.tell(origin, Severity::Breaking, Aspect::Type, text);
            }
            (Some((from, before)), Some((to, after))) => {
                if from != to {
                    let text = format!("field `{from}` of `{name}` is called `{to}` now");
                    self.tell(origin, Severity::Breaking, Aspect::Name, text);
                }
                let (before, after) = (words::stored(&self.renamed(before)), words::stored(after));
                if before != after {
                    let text = format!("field `{to}` of `{name}` holds `{after}` instead of `{before}`");
                    self.tell(origin, Severity::Breaking, Aspect::Type, text);
                }
            }
            (None, None) => {}
        }
    }

    /// Setters whose names make way for another member's.
    fn setters(&mut self, origin: &Origin, old: (&TypeDef, &Object), new: (&TypeDef, &Object)) {
        let ((a, was), (b, is)) = (old, new);
        let (before, after) = (setter_names(was), setter_names(is));
        for (wire, names) in &before {
            let Some((_, now)) = after.iter().find(|(other, _)| other == wire) else { continue };
            for (from, to) in names.iter().zip(now).filter(|(from, to)| from != to) {
                // A renamed field has told so.
                let renamed = |object: &Object| {
                    object.fields.iter().find(|field| field.wire == *wire).map(|field| field.rust.clone())
                };
                if renamed(was) != renamed(is) {
                    continue;
                }
                let text = format!("setter `{}::{from}` is called `{to}` now", b.name);
                let taker = is.fields.iter().find(|field| field.rust == *from);
                let origin = match taker {
                    Some(taker) => self.field_origin(origin, a, b, &taker.wire),
                    None => self.field_origin(origin, a, b, wire),
                };
                self.tell(&origin, Severity::Breaking, Aspect::Existence, text);
            }
        }
    }
}

/// The setters of each member, named as they are generated: the value's, and that for null.
fn setter_names(object: &Object) -> Vec<(String, Vec<String>)> {
    let mut taken: HashSet<String> = object.fields.iter().map(|field| field.rust.clone()).collect();
    let mut all = Vec::new();
    for field in object.fields.iter().filter(|field| !given(field)) {
        let mut own = vec![match field.rust.as_str() {
            "new" => names::unique("set_new".to_owned(), &mut taken),
            name => name.to_owned(),
        }];
        if field.presence == Presence::OptionalNullable {
            own.push(names::unique(format!("null_{}", field.rust.trim_end_matches('_')), &mut taken));
        }
        all.push((field.wire.clone(), own));
    }
    all
}
