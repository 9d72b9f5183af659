//! What tells the alternatives of a union apart.

use serde_json::{Map, Value, json};

use super::super::change::Severity;
use super::super::kind::Kind;
use super::view::View;
use super::{Pair, Walk, from_to};
use crate::spec::{Spec, pointer};

impl<'a> Walk<'a> {
    pub(super) fn discriminator(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
        let (was, is) = (old.value("discriminator"), new.value("discriminator"));
        if was == is {
            return;
        }
        let name = |value: Option<&Value>| value.and_then(|value| value.get("propertyName")).cloned();
        let (from, to) = (self.texts(self.old, was, true), self.texts(self.new, is, false));
        let mut words = Vec::new();
        if name(was) != name(is) {
            words.push(format!("the member: {}", from_to(name(was).as_ref(), name(is).as_ref())));
        }
        for text in from.keys().chain(to.keys().filter(|text| !from.contains_key(*text))) {
            if from.get(text) != to.get(text) {
                words.push(format!("`{text}`: {}", from_to(from.get(text), to.get(text))));
            }
        }
        if !words.is_empty() {
            let wire = format!("what tells the alternatives apart: {}", words.join(", "));
            let values = (json!([name(was), from]), json!([name(is), to]));
            self.note(pair, Kind::DiscriminatorChanged, Severity::Careful, wire, values);
        }
        let others = |value: Option<&Value>| -> Value {
            let object = value.and_then(Value::as_object);
            let kept =
                object.into_iter().flatten().filter(|(key, _)| !["propertyName", "mapping"].contains(&key.as_str()));
            Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
        };
        let (a, b) = (others(was), others(is));
        for key in super::keys(&a, &b).into_iter().filter(|key| a.get(key) != b.get(key)) {
            let wire =
                format!("`{key}` of the discriminator: {}, and no rule knows it", from_to(a.get(key), b.get(key)));
            let inner = Pair { at: format!("{}/discriminator/{key}", pair.at), ..pair.clone() };
            let values = (a.get(key).cloned().unwrap_or_default(), b.get(key).cloned().unwrap_or_default());
            self.note(&inner, Kind::UnknownChanged, Severity::Unjudged, wire, values);
        }
    }

    /// The texts of a mapping with the schemas that they stand for, under their new names.
    fn texts(&self, spec: &'a Spec, discriminator: Option<&Value>, renamed: bool) -> Map<String, Value> {
        let mapping = discriminator.and_then(|value| value.get("mapping")).and_then(Value::as_object);
        let target = |to: &str| {
            let at = spec.follow(to).map_or_else(|| pointer::child("/components/schemas", to), |place| place.pointer);
            pointer::last(if renamed { self.now_at(&at) } else { &at })
        };
        let texts = mapping.into_iter().flatten();
        texts.filter_map(|(text, to)| Some((text.clone(), json!(target(to.as_str()?))))).collect()
    }
}
