//! Objects with known members.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::{Lowering, text};
use crate::model::{Field, Kind, Object, Presence, Shape};
use crate::names;
use crate::spec::{Place, pointer};

impl<'a> Lowering<'a> {
    /// Gives every named object its fields; that may name further ones.
    pub(super) fn finish_objects(&mut self) {
        while let Some((name, at)) = self.pending.pop() {
            let Some(place) = self.spec.at(&at) else { continue };
            let home = self.types.get(&name).map_or_else(|| name.clone(), |definition| definition.home.clone());
            let object = self.object(&place, &name, &home);
            if let Some(definition) = self.types.get_mut(&name) {
                definition.kind = Kind::Object(object);
            }
        }
    }

    fn object(&mut self, place: &Place<'a>, owner: &str, home: &str) -> Object {
        let required: HashSet<&str> = place
            .value
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut fields: Vec<Field> = Vec::new();
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let members = place.get("properties");
        // Credentials are the client's business: it puts them in when the request is sent.
        let given = |(_, member): &(&String, Place<'a>)| !member.flag("x-credential");
        for (wire, member) in members.iter().flat_map(|members| members.members()).filter(given) {
            let rust = names::chosen(member.text("x-rust-name")).unwrap_or_else(|| names::field_name(wire));
            if let Some(twin) = taken.insert(rust.clone(), wire.clone()) {
                let problem = format!("the properties `{twin}` and `{wire}` would both be the Rust field `{rust}`");
                let help = format!(
                    "give one of them another name in Rust: `x-rust-name: {rust}_2` in `{wire}` (the name on the wire stays)"
                );
                self.problems.push(self.spec.problem(&member.pointer, problem, help));
                continue;
            }
            fields.push(self.field(&member, wire, rust, required.contains(wire.as_str()), owner, home));
        }
        let rest = place.get("additionalProperties").and_then(|values| match values.value {
            Value::Bool(true) => Some(Shape::Json),
            Value::Object(_) => {
                let (shape, nullable) = self.shape(&values, &format!("{owner}Unlisted"), home);
                Some(if nullable { Shape::Nullable(Box::new(shape)) } else { shape })
            }
            _ => None,
        });
        let mut names: HashSet<String> = fields.iter().map(|field| field.rust.clone()).collect();
        Object { fields, rest: rest.map(|shape| (names::unique("unlisted".to_owned(), &mut names), shape)) }
    }

    fn field(&mut self, place: &Place<'a>, wire: &str, rust: String, required: bool, owner: &str, home: &str) -> Field {
        let (shape, nullable) = self.shape(place, &format!("{owner}{}", names::type_name(wire)), home);
        let target = self.spec.resolve(place);
        let about = |key: &str| place.text(key).or_else(|| target.as_ref().and_then(|target| target.text(key)));
        let normalized = place.get("x-normalized");
        Field {
            presence: match (required, nullable) {
                (true, false) => Presence::Required,
                (true, true) => Presence::RequiredNullable,
                (false, false) => Presence::Optional,
                (false, true) => Presence::OptionalNullable,
            },
            sensitive: about("x-sensitive").is_some() || shape == Shape::Secret,
            deprecated: place.flag("deprecated"),
            doc: text::doc(place.text("description").unwrap_or_default()),
            normalized: normalized
                .iter()
                .flat_map(Place::elements)
                .filter_map(|name| name.value.as_str().map(str::to_owned))
                .collect(),
            wire: wire.to_owned(),
            rust,
            shape,
        }
    }

    /// What documented error bodies are, each form once, in the order of the document.
    pub(super) fn error_bodies(&mut self) -> Vec<Shape> {
        let mut found = Vec::new();
        let Some(paths) = self.spec.at("/paths") else { return found };
        for (_, path) in paths.members() {
            for (_, operation) in path.members().filter(|(method, _)| crate::spec::METHODS.contains(&method.as_str())) {
                let responses = operation.get("responses");
                for (status, response) in responses.iter().flat_map(|responses| responses.members()) {
                    if !(status.starts_with('4') || status.starts_with('5')) {
                        continue;
                    }
                    let content = self.spec.resolve(&response).and_then(|response| response.get("content"));
                    for (_, media) in content
                        .iter()
                        .flat_map(|content| content.members())
                        .filter(|(kind, _)| super::answers::is_json(kind))
                    {
                        if let Some(schema) = media.get("schema") {
                            let hint = names::type_name(&pointer::last(&schema.pointer));
                            let (shape, _) = self.shape(&schema, &format!("Error{hint}"), "ErrorResponse");
                            if !found.contains(&shape) {
                                found.push(shape);
                            }
                        }
                    }
                }
            }
        }
        found
    }
}
