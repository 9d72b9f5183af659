//! Request bodies, and the media types of bodies and answers.

use serde_json::json;

use super::super::change::{Severity, Way};
use super::super::kind::Kind;
use super::{Pair, Spot, Walk, plain};
use crate::spec::{Place, Spec, pointer};

impl<'a> Walk<'a> {
    /// The body of an operation or a callback.
    pub(super) fn body(&mut self, pair: &Pair<'a>) {
        let resolve = |spec: &'a Spec, place: &Place<'a>| place.get("requestBody").and_then(|body| spec.resolve(&body));
        // What a callback carries is received.
        let way = Some(pair.way.unwrap_or(Way::Request));
        let at = format!("{}/requestBody", pair.at);
        let subject = format!("{} body", pair.subject);
        if let Some(references) = pair.member("requestBody") {
            self.beside(&references);
        }
        match (resolve(self.old, &pair.a), resolve(self.new, &pair.b)) {
            (Some(a), Some(b)) => {
                let shared = a.pointer == b.pointer && a.pointer.starts_with("/components/");
                let (at, subject) = if shared {
                    (b.pointer.clone(), format!("request body `{}`", pointer::last(&b.pointer)))
                } else {
                    (at, subject)
                };
                self.request_body(&Pair { a, b, at, subject, way });
            }
            (Some(a), None) => {
                let spot = Spot { at, subject, way };
                self.removed(spot, &a, Kind::BodyRemoved, Severity::Careful, "the body is gone".to_owned());
            }
            (None, Some(b)) => {
                let needed = b.flag("required");
                let wire = format!("{} body added", if needed { "required" } else { "optional" });
                let severity = if needed { Severity::Careful } else { Severity::Safe };
                self.added(Spot { at, subject, way }, &b, Kind::BodyAdded, severity, wire);
            }
            (None, None) => {}
        }
    }

    /// What a request body says.
    pub(super) fn request_body(&mut self, pair: &Pair<'a>) {
        if pair.a.value == pair.b.value || !self.first_time(pair) {
            return;
        }
        self.requiredness(pair);
        self.text_key(pair, "x-envelope", Kind::EnvelopeChanged, Severity::Careful);
        let (was, is) = (pair.a.text("x-envelope"), pair.b.text("x-envelope"));
        if was == is {
            self.content(pair);
        } else {
            self.content_within(pair, was, is);
        }
        self.rest(pair, &["required", "x-envelope", "content", "$ref"]);
    }

    /// Another envelope: what is inside is compared, not the wrappers.
    fn content_within(&mut self, pair: &Pair<'a>, was: Option<&str>, is: Option<&str>) {
        let inside = |spec: &'a Spec, place: &Place<'a>, kind: &str, envelope: Option<&str>| {
            let schema = spec.resolve(&place.get("content")?.get(kind)?.get("schema")?)?;
            match envelope {
                Some(name) => schema.get("properties")?.get(name),
                None => place.get("content")?.get(kind)?.get("schema"),
            }
        };
        let kinds: Vec<String> =
            pair.a.get("content").iter().flat_map(Place::members).map(|(kind, _)| kind.clone()).collect();
        for kind in kinds {
            let (a, b) = (inside(self.old, &pair.a, &kind, was), inside(self.new, &pair.b, &kind, is));
            match (a, b) {
                (Some(a), Some(b)) => self.schema(&Pair { a, b, ..pair.clone() }),
                _ => return self.content(pair),
            }
        }
    }

    /// The media types of something, and what each carries.
    pub(super) fn content(&mut self, pair: &Pair<'a>) {
        let (a, b) = (pair.a.get("content"), pair.b.get("content"));
        let at = |kind: &str| pointer::child(&format!("{}/content", pair.at), kind);
        for (kind, a) in a.iter().flat_map(Place::members) {
            let Some(b) = b.as_ref().and_then(|content| content.get(kind)) else {
                let spot = Spot { at: at(kind), subject: pair.subject.clone(), way: pair.way };
                let wire = format!("media type `{kind}` removed");
                self.removed(spot, &a, Kind::MediaTypeRemoved, Severity::Careful, wire);
                continue;
            };
            self.media(&Pair { a, b, at: at(kind), ..pair.clone() });
        }
        for (kind, b) in b.iter().flat_map(Place::members) {
            if a.as_ref().is_none_or(|content| content.value.get(kind).is_none()) {
                let spot = Spot { at: at(kind), subject: pair.subject.clone(), way: pair.way };
                let wire = format!("media type `{kind}` added");
                self.added(spot, &b, Kind::MediaTypeAdded, Severity::Safe, wire);
            }
        }
    }

    fn media(&mut self, pair: &Pair<'a>) {
        if pair.a.value == pair.b.value {
            return;
        }
        self.schema_member(pair);
        let (was, is) = pair.both("encoding");
        if was != is {
            let empty = json!({});
            let (a, b) = (was.unwrap_or(&empty), is.unwrap_or(&empty));
            for name in super::keys(a, b).into_iter().filter(|name| a.get(name) != b.get(name)) {
                let inner = Pair { at: pointer::child(&format!("{}/encoding", pair.at), name), ..pair.clone() };
                let wire = format!("how `{name}` is written: {}", super::from_to(a.get(name), b.get(name)));
                let values = (a.get(name).map(plain).unwrap_or_default(), b.get(name).map(plain).unwrap_or_default());
                self.note(&inner, Kind::EncodingChanged, Severity::Careful, wire, values);
            }
        }
        self.rest(pair, &["schema", "encoding"]);
    }
}

#[cfg(test)]
mod tests {
    use crate::diff::testing::edited;

    #[test]
    fn another_envelope_is_one_change() {
        let told = edited(&[
            ("x-envelope: data", "x-envelope: order"),
            ("required: [data], properties: { data: { $ref", "required: [order], properties: { order: { $ref"),
        ]);
        assert_eq!(
            told,
            [
                "careful envelope-changed | create_order body | `body` of `Client::create_order` is the same and written otherwise: as JSON within `order`"
            ]
        );
    }

    #[test]
    fn a_body_that_need_not_be_given_is_a_setter() {
        assert_eq!(
            edited(&[("        required: true\n        x-envelope", "        x-envelope")]),
            [
                "breaking became-optional | create_order body | `Client::create_order` takes one argument less: `body` is a setter of `CreateOrder` now"
            ]
        );
    }
}
