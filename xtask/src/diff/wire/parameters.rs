//! Parameters: by place and name, wherever they are described.

use serde_json::{Value, json};

use super::super::change::{Severity, Way};
use super::super::kind::Kind;
use super::operations::{Call, places};
use super::schema::rust_named;
use super::view::View;
use super::{Pair, Spot, Walk, plain};
use crate::names;
use crate::spec::{Place, Spec, pointer};

/// `query`, `per_page`, and where it is described.
type Named<'a> = (&'a str, &'a str, Place<'a>);

/// The parameters of an operation; its own replace those of the path item.
fn parameters<'a>(spec: &'a Spec, call: &Call<'a>) -> Vec<Named<'a>> {
    let mut found: Vec<Named<'a>> = Vec::new();
    for owner in [&call.item, &call.place] {
        for place in owner.get("parameters").iter().flat_map(Place::elements) {
            let Some(place) = spec.resolve(&place) else { continue };
            let (Some(within), Some(name)) = (place.text("in"), place.text("name")) else { continue };
            match found.iter_mut().find(|(w, n, _)| (*w, *n) == (within, name)) {
                Some(outer) => outer.2 = place,
                None => found.push((within, name, place)),
            }
        }
    }
    found
}

/// How people name a parameter.
fn shown(within: &str, name: &str) -> String {
    match within {
        "query" => format!("?{name}"),
        "path" => format!("{{{name}}}"),
        other => format!("{other} {name}"),
    }
}

fn needed(place: &Place<'_>) -> bool {
    place.flag("required") || place.text("in") == Some("path")
}

impl<'a> Walk<'a> {
    /// The parameters of one operation.
    pub(super) fn call_parameters(&mut self, pair: &Pair<'a>, a: &Call<'a>, b: &Call<'a>) {
        self.beside_references(pair);
        let (mut old, mut new) = (parameters(self.old, a), parameters(self.new, b));
        self.order(pair, &old, &new);
        old.retain(|(within, name, a)| {
            let Some(index) = new.iter().position(|(w, n, _)| (w, n) == (within, name)) else { return true };
            let (_, _, b) = new.remove(index);
            self.both(pair, within, name, a, &b);
            false
        });
        // The same name in another place, then one out and one in.
        old.retain(|(within, name, a)| {
            let Some(index) = new.iter().position(|(_, other, _)| other == name) else { return true };
            let (now, _, b) = new.remove(index);
            let inner = self.at_parameter(pair, within, name, a, &b);
            let wire = format!("{within} parameter `{name}` is a {now} parameter now");
            self.note(&inner, Kind::ParameterMoved, Severity::Careful, wire, (json!(within), json!(now)));
            self.parameter(&inner);
            false
        });
        let alone = old.len() == 1 && new.len() == 1;
        let (names_old, names_new): (Vec<&str>, Vec<&str>) = (places(a.path).collect(), places(b.path).collect());
        old.retain(|(from, was, a)| {
            let same = |(to, is, b): &Named<'a>| {
                let at = |names: &[&str], name: &str| names.iter().position(|known| *known == name);
                let position =
                    *from == "path" && at(&names_old, was).is_some() && at(&names_old, was) == at(&names_new, is);
                let rust = rust_name(was, a) == rust_name(is, b);
                from == to && (position || rust || (alone && same_apart_from_name(a, b)))
            };
            let Some(index) = new.iter().position(same) else { return true };
            let (_, is, b) = new.remove(index);
            let inner = self.at_parameter(pair, from, was, a, &b);
            let wire = format!("{from} parameter `{was}` is called `{is}` now");
            // In a path only the place counts.
            let severity = if *from == "path" { Severity::Safe } else { Severity::Careful };
            let values = (rust_named(was, a), rust_named(is, &inner.b));
            self.note(&inner, Kind::ParameterRenamed, severity, wire, values);
            self.parameter(&inner);
            false
        });
        for (within, name, a) in &old {
            let wire = format!("{} parameter `{name}` removed", words(within, a));
            let severity = if needed(a) { Severity::Careful } else { Severity::Safe };
            self.removed(spot(pair, within, name), a, Kind::ParameterRemoved, severity, wire);
        }
        for (within, name, b) in &new {
            let schema = b.get("schema").map(|schema| format!(" ({})", View::of(self.new, &schema).words()));
            let wire = format!("{} parameter `{name}`{} added", words(within, b), schema.unwrap_or_default());
            let severity = if needed(b) { Severity::Careful } else { Severity::Safe };
            self.added(spot(pair, within, name), b, Kind::ParameterAdded, severity, wire);
        }
    }

    /// What stands beside references to shared parameters.
    fn beside_references(&mut self, pair: &Pair<'a>) {
        let Some(list) = pair.member("parameters") else { return };
        for a in list.a.elements() {
            let Some(reference) = a.text("$ref") else { continue };
            if let Some(b) = list.b.elements().find(|b| b.text("$ref") == Some(reference)) {
                self.beside(&Pair { a, b, at: pointer::child(&list.at, reference), ..pair.clone() });
            }
        }
    }

    fn both(&mut self, pair: &Pair<'a>, within: &str, name: &str, a: &Place<'a>, b: &Place<'a>) {
        let inner = self.at_parameter(pair, within, name, a, b);
        self.parameter(&inner);
    }

    /// A parameter that several operations share is looked at once, where it stands.
    fn at_parameter(&self, pair: &Pair<'a>, within: &str, name: &str, a: &Place<'a>, b: &Place<'a>) -> Pair<'a> {
        let way = Some(Way::Request);
        let Spot { at, subject, .. } = spot(pair, within, name);
        let (a, b) = (a.clone(), b.clone());
        if a.pointer == b.pointer && a.pointer.starts_with("/components/") {
            let subject = format!("parameter `{}`", pointer::last(&b.pointer));
            return Pair { at: b.pointer.clone(), a, b, subject, way };
        }
        Pair { a, b, at, subject, way }
    }

    /// The order of the ones that have to be given, which is the order of arguments.
    fn order(&mut self, pair: &Pair<'a>, old: &[Named<'a>], new: &[Named<'a>]) {
        let order = |these: &[Named<'a>], those: &[Named<'a>]| -> Vec<String> {
            let in_both = |entry: &&Named<'a>| {
                needed(&entry.2)
                    && those.iter().any(|other| (other.0, other.1) == (entry.0, entry.1) && needed(&other.2))
            };
            these.iter().filter(in_both).map(|(within, name, _)| shown(within, name)).collect()
        };
        let (was, is) = (order(old, new), order(new, old));
        if was != is {
            let inner = Pair { at: format!("{}/parameters", pair.at), way: Some(Way::Request), ..pair.clone() };
            let wire = format!("required parameters stand in another order: {}", is.join(", "));
            self.note(&inner, Kind::ParameterOrderChanged, Severity::Safe, wire, (json!(was), json!(is)));
        }
    }

    /// Whether something sent must be there.
    pub(super) fn requiredness(&mut self, pair: &Pair<'a>) {
        if let Some((_, now)) = pair.flag("required") {
            let (kind, severity, wire) = if now {
                (Kind::BecameRequired, Severity::Careful, "optional before, required now")
            } else {
                (Kind::BecameOptional, Severity::Safe, "required before, optional now")
            };
            self.note(pair, kind, severity, wire.to_owned(), (json!(!now), json!(now)));
        }
    }

    /// What one parameter says.
    pub(super) fn parameter(&mut self, pair: &Pair<'a>) {
        if pair.a.value == pair.b.value || !self.first_time(pair) {
            return;
        }
        let pair = &Pair { way: Some(Way::Request), ..pair.clone() };
        self.requiredness(pair);
        for key in ["style", "explode", "allowReserved", "allowEmptyValue"] {
            self.text_key(pair, key, Kind::StyleChanged, Severity::Careful);
        }
        self.text_key(pair, "x-sensitive", Kind::SensitiveChanged, Severity::Careful);
        self.deprecation(pair);
        if pair.a.text("name") == pair.b.text("name") {
            // Another name has been told together with that in Rust.
            self.text_key(pair, "x-rust-name", Kind::RustNameChanged, Severity::Safe);
        }
        self.schema_member(pair);
        self.content(pair);
        let known = [
            "name",
            "in",
            "required",
            "deprecated",
            "style",
            "explode",
            "allowReserved",
            "allowEmptyValue",
            "x-sensitive",
            "x-rust-name",
            "schema",
            "content",
        ];
        self.rest(pair, &known);
    }

    /// A header of an answer.
    pub(super) fn header(&mut self, pair: &Pair<'a>) {
        let inner = Pair { way: Some(Way::Response), ..pair.clone() };
        if inner.a.value == inner.b.value || !self.first_time(&inner) {
            return;
        }
        if let Some((_, now)) = inner.flag("required") {
            let (kind, wire) = if now {
                (Kind::BecameRequired, "always sent now")
            } else {
                (Kind::BecameOptional, "may be missing now")
            };
            self.note(&inner, kind, Severity::Safe, wire.to_owned(), (json!(!now), json!(now)));
        }
        self.text_key(&inner, "style", Kind::StyleChanged, Severity::Safe);
        self.text_key(&inner, "explode", Kind::StyleChanged, Severity::Safe);
        self.text_key(&inner, "x-sensitive", Kind::SensitiveChanged, Severity::Safe);
        self.common(&inner);
        self.schema_member(&inner);
        self.content(&inner);
        self.rest(
            &inner,
            &["required", "deprecated", "style", "explode", "x-sensitive", "x-rust-name", "schema", "content"],
        );
    }

    /// The `schema` of a parameter, a header or a media type.
    pub(super) fn schema_member(&mut self, pair: &Pair<'a>) {
        match (pair.a.get("schema"), pair.b.get("schema")) {
            (Some(a), Some(b)) => {
                // Its name says enough, and a pointer to the parameter is what stays.
                let inner = Pair { a, b, ..pair.clone() };
                self.schema(&inner);
            }
            (None, None) => {}
            (a, b) => {
                let side = |place: Option<Place<'a>>| place.map_or(Value::Null, |place| plain(place.value));
                let wire = if b.is_some() { "its value is described now" } else { "its value is no longer described" };
                let values = (side(a), side(b));
                self.note(pair, Kind::TypeChanged, Severity::Careful, wire.to_owned(), values);
            }
        }
    }
}

/// What a parameter is called in Rust.
fn rust_name(wire: &str, place: &Place<'_>) -> String {
    names::chosen(place.text("x-rust-name")).unwrap_or_else(|| names::field_name(wire))
}

fn words(within: &str, place: &Place<'_>) -> String {
    format!("{} {within}", if needed(place) { "required" } else { "optional" })
}

fn spot(pair: &Pair<'_>, within: &str, name: &str) -> Spot {
    Spot {
        at: pointer::child(&format!("{}/parameters", pair.at), &format!("{within}:{name}")),
        subject: format!("{} {}", pair.subject, shown(within, name)),
        way: Some(Way::Request),
    }
}

fn same_apart_from_name(a: &Place<'_>, b: &Place<'_>) -> bool {
    let nameless = |place: &Place<'_>| {
        let mut value = plain(place.value);
        if let Value::Object(object) = &mut value {
            object.shift_remove("name");
        }
        value
    };
    nameless(a) == nameless(b)
}

#[cfg(test)]
mod tests {
    use crate::diff::testing::edited;

    #[test]
    fn parameters_come_go_and_are_renamed() {
        assert_eq!(
            edited(&[(
                "- { $ref: '#/components/parameters/FromId' }",
                "- { $ref: '#/components/parameters/FromId' }\n        - { name: kind, in: query, schema: { type: string } }"
            )]),
            ["safe parameter-added | list_movements ?kind | new setter `ListMovements::kind(impl Into<String>)`"]
        );
        assert_eq!(
            edited(&[(
                "{ name: region, in: query, required: true, schema",
                "{ name: area, in: query, required: true, schema"
            )]),
            [
                "careful parameter-renamed | list_movements ?region | argument `area` of `Client::list_movements` sends `area` instead of `region`; argument `region` of `Client::list_movements` is called `area` now: nothing to callers"
            ]
        );
        assert_eq!(
            edited(&[("{id}/movements", "{account}/movements"), ("{ name: id, in: path", "{ name: account, in: path")]),
            [
                "safe parameter-renamed | list_movements {id} | argument `id` of `Client::list_movements` is called `account` now: nothing to callers"
            ]
        );
    }

    #[test]
    fn a_shared_parameter_is_told_once() {
        assert_eq!(
            edited(&[(
                "in: query, schema: { type: string } }\n  responses",
                "in: query, schema: { type: integer } }\n  responses"
            )]),
            [
                "breaking type-changed | parameter `FromId` | setter `ListMovements::from_id` takes `i64` instead of `impl Into<String>`"
            ]
        );
        assert_eq!(
            edited(&[(
                "{ name: region, in: query, required: true",
                "{ name: region, in: query, x-new: 1, required: true"
            )]),
            ["unjudged unknown-changed | list_movements ?region | not judged"]
        );
    }

    #[test]
    fn the_order_of_arguments_counts() {
        let id = "        - { name: id, in: path, required: true, schema: { type: string, format: id } }\n";
        let region = "        - { name: region, in: query, required: true, schema: { type: string } }\n";
        assert_eq!(
            edited(&[(&format!("{id}{region}"), &format!("{region}{id}"))]),
            [
                "breaking parameter-order-changed | list_movements | `Client::list_movements` takes its arguments in another order: region, id"
            ]
        );
    }
}
