//! Answers: by status.

use serde_json::{Value, json};

use super::super::change::{Severity, Way};
use super::super::kind::Kind;
use super::{Pair, Spot, Walk};
use crate::spec::{Place, Spec, pointer};

fn is_error(status: &str) -> bool {
    status.starts_with(['4', '5'])
}

/// Members by their names, references followed.
type Named<'a> = Vec<(&'a String, Place<'a>)>;

impl<'a> Walk<'a> {
    /// The members of an object of both documents; what stands beside their references is looked at here.
    fn named(&mut self, pair: &Pair<'a>, key: &str) -> (Named<'a>, Named<'a>) {
        if let Some(both) = pair.member(key) {
            for (name, a) in both.a.members() {
                if let Some(b) = both.b.get(name) {
                    self.beside(&Pair { a, b, at: pointer::child(&both.at, name), ..pair.clone() });
                }
            }
        }
        let of = |spec: &'a Spec, place: &Place<'a>| -> Named<'a> {
            let resolved = |(name, place): (&'a String, Place<'a>)| Some((name, spec.resolve(&place)?));
            place.get(key).iter().flat_map(Place::members).filter_map(resolved).collect()
        };
        (of(self.old, &pair.a), of(self.new, &pair.b))
    }

    /// All answers of an operation.
    pub(super) fn answers(&mut self, pair: &Pair<'a>) {
        let (old, new) = self.named(pair, "responses");
        let spot = |status: &str| Spot {
            at: pointer::child(&format!("{}/responses", pair.at), status),
            subject: format!("{} answer {status}", pair.subject),
            way: Some(Way::Response),
        };
        for (status, a) in &old {
            let Some((_, b)) = new.iter().find(|(other, _)| other == status) else {
                let (kind, severity) = if is_error(status) {
                    (Kind::ErrorStatusRemoved, Severity::Safe)
                } else {
                    (Kind::ResponseRemoved, Severity::Careful)
                };
                self.removed(spot(status), a, kind, severity, format!("answer {status} is no longer documented"));
                self.status_values(status, false);
                continue;
            };
            let Spot { at, subject, way } = spot(status);
            let shared = a.pointer == b.pointer && a.pointer.starts_with("/components/");
            let (at, subject) = if shared {
                (b.pointer.clone(), format!("response `{}`", pointer::last(&b.pointer)))
            } else {
                (at, subject)
            };
            self.response(&Pair { a: a.clone(), b: b.clone(), at, subject, way });
        }
        for (status, b) in new.iter().filter(|(status, _)| !old.iter().any(|(other, _)| other == status)) {
            let kind = if is_error(status) { Kind::ErrorStatusAdded } else { Kind::ResponseAdded };
            self.added(spot(status), b, kind, Severity::Safe, format!("answer {status} added"));
            self.status_values(status, true);
        }
    }

    /// Which status is the change; what it carries is told by its own.
    fn status_values(&mut self, status: &str, added: bool) {
        if let Some(last) = self.found.last_mut() {
            (last.before, last.after) = if added { (Value::Null, json!(status)) } else { (json!(status), Value::Null) };
        }
    }

    /// What an answer says.
    pub(super) fn response(&mut self, pair: &Pair<'a>) {
        if pair.a.value == pair.b.value || !self.first_time(pair) {
            return;
        }
        let pair = &Pair { way: Some(Way::Response), ..pair.clone() };
        let empty = |place: &Place<'a>| place.get("content").is_none_or(|content| content.members().next().is_none());
        match (empty(&pair.a), empty(&pair.b)) {
            (false, true) => {
                let wire = "carries nothing now".to_owned();
                self.note(pair, Kind::ResponseBecameEmpty, Severity::Careful, wire, (json!(false), json!(true)));
            }
            (true, false) => {
                let wire = "carries something now".to_owned();
                self.note(pair, Kind::ResponseGainedContent, Severity::Safe, wire, (json!(true), json!(false)));
            }
            _ => self.content(pair),
        }
        self.headers(pair);
        self.rest(pair, &["content", "headers", "$ref"]);
    }

    fn headers(&mut self, pair: &Pair<'a>) {
        let (old, new) = self.named(pair, "headers");
        let spot = |name: &str| Spot {
            at: pointer::child(&format!("{}/headers", pair.at), name),
            subject: format!("{} header {name}", pair.subject),
            way: Some(Way::Response),
        };
        for (name, a) in &old {
            match new.iter().find(|(other, _)| other == name) {
                Some((_, b)) => {
                    let Spot { at, subject, way } = spot(name);
                    self.header(&Pair { a: a.clone(), b: b.clone(), at, subject, way });
                }
                None => {
                    let wire = format!("header `{name}` is no longer sent");
                    self.removed(spot(name), a, Kind::HeaderRemoved, Severity::Careful, wire);
                }
            }
        }
        for (name, b) in new.iter().filter(|(name, _)| !old.iter().any(|(other, _)| other == name)) {
            self.added(spot(name), b, Kind::HeaderAdded, Severity::Safe, format!("header `{name}` is sent now"));
        }
    }
}
