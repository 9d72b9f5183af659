//! What a schema is: a scalar, a list, a map, or a type with a name.
//!
//! Rule: everything that needs a type of its own gets its name here. The generator derives names from titles and places,
//! and two of them that meet do not compile.

use serde_json::Value;

use super::{Lowering, text};
use crate::model::{Kind, Object, Shape, TypeDef, Variant};
use crate::names;
use crate::spec::{Place, pointer};

/// What is known about a schema that may be met again.
#[derive(Clone)]
pub(super) enum Known {
    /// Being worked on: meeting it again means that it contains itself.
    InProgress,
    Shape(Shape, bool),
}

impl<'a> Lowering<'a> {
    /// The shape of a schema, and whether null is one of its values. `hint` names it if it needs a name of its own.
    pub(super) fn shape(&mut self, place: &Place<'a>, hint: &str, home: &str) -> (Shape, bool) {
        let (shape, nullable) = if place.value.get("$ref").is_some() {
            let Some(target) = self.spec.resolve(place) else { return (Shape::Json, false) };
            match self.components.get(&target.pointer).cloned() {
                Some(name) => self.once(&target, &name, &name),
                None => {
                    let name = names::type_name(&pointer::last(&target.pointer));
                    self.once(&target, &name, &name)
                }
            }
        } else {
            self.once(place, hint, home)
        };
        let secret = matches!(shape, Shape::Text) && place.text("x-sensitive") == Some("secret");
        (if secret { Shape::Secret } else { shape }, nullable || place.flag("nullable"))
    }

    fn once(&mut self, place: &Place<'a>, hint: &str, home: &str) -> (Shape, bool) {
        match self.known.get(&place.pointer) {
            Some(Known::Shape(shape, nullable)) => return (shape.clone(), *nullable),
            // A list of itself has no Rust type without a name; as JSON nothing of it is lost.
            Some(Known::InProgress) => return (Shape::Json, false),
            None => {}
        }
        self.known.insert(place.pointer.clone(), Known::InProgress);
        let (shape, nullable) = self.look(place, hint, home);
        let nullable = nullable || place.flag("nullable");
        self.known.insert(place.pointer.clone(), Known::Shape(shape.clone(), nullable));
        (shape, nullable)
    }

    fn look(&mut self, place: &Place<'a>, hint: &str, home: &str) -> (Shape, bool) {
        let format = place.text("format").unwrap_or_default();
        match format {
            // The format decides alone: these come in several JSON types.
            "id" => return (Shape::Id, false),
            "text" => return (Shape::Text, false),
            _ => {}
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(arms) = place.get(key).filter(|arms| arms.value.as_array().is_some_and(|arms| !arms.is_empty()))
            {
                return self.union(place, &arms, hint, home);
            }
        }
        if let Some(values) = place.get("enum") {
            return self.enumeration(place, &values, hint, home);
        }
        if place.value.get("properties").and_then(Value::as_object).is_some_and(|members| !members.is_empty()) {
            let name = self.define(place, hint, home, Kind::Object(Object::default()));
            self.pending.push((name.clone(), place.pointer.clone()));
            return (Shape::Named(name), false);
        }
        let sensitive = place.text("x-sensitive");
        let shape = match (kind(place), format) {
            ("string", "decimal") => Shape::Decimal { text: true },
            ("string", "boolean") => Shape::BoolText,
            ("string", "date") => Shape::Date,
            ("string", "date-time" | "moment") => Shape::DateTime,
            ("string", "time") => Shape::Time,
            ("string", "password") => Shape::Secret,
            ("string", _) if sensitive == Some("secret") => Shape::Secret,
            ("string", _) => Shape::Text,
            ("boolean", _) => Shape::Bool,
            ("integer", format) => Shape::Integer { unsigned: format == "uint64" },
            // Every JSON number is decimal digits; reading it as anything else loses some.
            ("number", _) => Shape::Decimal { text: false },
            ("array", _) => match place.get("items") {
                Some(items) => {
                    let (shape, nullable) = self.shape(&items, &format!("{hint}Item"), home);
                    Shape::List(Box::new(if nullable { Shape::Nullable(Box::new(shape)) } else { shape }))
                }
                None => Shape::List(Box::new(Shape::Json)),
            },
            ("object", _) => match place.get("additionalProperties").filter(|values| values.value.is_object()) {
                Some(values) => {
                    let (shape, nullable) = self.shape(&values, &format!("{hint}Value"), home);
                    Shape::Map(Box::new(if nullable { Shape::Nullable(Box::new(shape)) } else { shape }))
                }
                None => Shape::Map(Box::new(Shape::Json)),
            },
            _ => Shape::Json,
        };
        (shape, false)
    }

    fn enumeration(&mut self, place: &Place<'a>, values: &Place<'a>, hint: &str, home: &str) -> (Shape, bool) {
        let list = values.value.as_array().map(Vec::as_slice).unwrap_or_default();
        let nullable = list.iter().any(Value::is_null);
        let textual =
            place.text("type") == Some("string") || list.iter().all(|value| value.is_string() || value.is_null());
        if !textual || list.iter().all(Value::is_null) {
            // Numbers and booleans are open by themselves: their type holds every value there may be.
            let shape = match list.first() {
                Some(Value::Bool(_)) => Shape::Bool,
                Some(Value::Number(number)) if !number.is_f64() => Shape::Integer { unsigned: false },
                Some(Value::Number(_)) => Shape::Decimal { text: false },
                _ => Shape::Json,
            };
            return (shape, nullable);
        }
        let mut wires: Vec<String> = Vec::new();
        for value in list.iter().filter(|value| !value.is_null()) {
            let wire = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if !wires.contains(&wire) {
                wires.push(wire);
            }
        }
        self.refuse_case_twins(values, &wires);
        let chosen = place.get("x-enum-names");
        let mut taken = std::collections::HashSet::from(["Unrecognized".to_owned()]);
        let variants = wires.into_iter().map(|wire| {
            let name = names::chosen(chosen.as_ref().and_then(|names| names.text(&wire)))
                .unwrap_or_else(|| names::variant_name(&wire));
            Variant { rust: names::unique(name, &mut taken), wire }
        });
        let kind = Kind::Enum(variants.collect());
        (Shape::Named(self.define(place, hint, home, kind)), nullable)
    }

    /// Two values that differ by case alone would be one Rust name, and numbering them would hide which is which.
    fn refuse_case_twins(&mut self, values: &Place<'a>, wires: &[String]) {
        let chosen = self.spec.at(&format!("{}/x-enum-names", values.pointer.trim_end_matches("/enum")));
        for (index, wire) in wires.iter().enumerate() {
            let twin = wires[..index].iter().find(|other| other.to_lowercase() == wire.to_lowercase());
            let named = chosen.as_ref().is_some_and(|names| names.text(wire).is_some());
            if let (Some(twin), false) = (twin, named) {
                let problem = format!(
                    "the enum values `{twin}` and `{wire}` differ by case only, so they would be the same Rust variant"
                );
                let help = format!(
                    "name one of them beside `enum`: `x-enum-names: {{ {wire}: {}Other }}`, or drop the one that the provider does not send",
                    names::variant_name(wire)
                );
                self.problems.push(self.spec.problem(&values.pointer, problem, help));
            }
        }
    }

    /// Gives a type its name and its place among the types.
    pub(super) fn define(&mut self, place: &Place<'a>, hint: &str, home: &str, kind: Kind) -> String {
        let name = match self.components.get(&place.pointer) {
            Some(name) => name.clone(),
            None => names::unique(
                names::chosen(place.text("x-rust-name")).unwrap_or_else(|| hint.to_owned()),
                &mut self.taken,
            ),
        };
        let home = if self.components.contains_key(&place.pointer) { name.clone() } else { home.to_owned() };
        let definition = TypeDef {
            name: name.clone(),
            pointer: place.pointer.clone(),
            home,
            doc: text::doc(place.text("description").unwrap_or_default()),
            deprecated: place.flag("deprecated"),
            kind,
            in_request: false,
            in_response: false,
            features: Default::default(),
        };
        self.types.insert(name.clone(), definition);
        name
    }
}

/// The JSON type of a schema, guessed from its keywords where `type` is missing.
fn kind<'a>(place: &Place<'a>) -> &'a str {
    match place.text("type") {
        Some(kind) => kind,
        None if place.value.get("items").is_some() => "array",
        None if place.value.get("additionalProperties").is_some_and(Value::is_object) => "object",
        None if ["date", "date-time", "uuid", "password"].contains(&place.text("format").unwrap_or_default()) => {
            "string"
        }
        None if place.text("format") == Some("decimal") => "number",
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{answering, fields};
    use super::*;

    fn shape(schema: Value) -> Shape {
        let api = answering(
            json!({ "A": { "properties": { "a": schema } }, "Tree": { "type": "array", "items": { "$ref": "#/components/schemas/Tree" } } }),
        );
        fields(&api.types["A"])[0].shape.clone()
    }

    #[test]
    fn numbers_are_exact_whatever_stands_beside_them() {
        for schema in [
            json!({"type": "number"}),
            json!({"type": "number", "format": "float", "minimum": 0}),
            json!({"format": "decimal"}),
        ] {
            assert_eq!(shape(schema), Shape::Decimal { text: false });
        }
        assert_eq!(shape(json!({"type": "string", "format": "decimal"})), Shape::Decimal { text: true });
    }

    #[test]
    fn what_says_nothing_is_any_json() {
        assert_eq!(shape(json!({})), Shape::Json);
        assert_eq!(shape(json!({"type": "array"})), Shape::List(Box::new(Shape::Json)));
        assert_eq!(shape(json!({"type": "object"})), Shape::Map(Box::new(Shape::Json)));
        assert_eq!(shape(json!({"$ref": "#/components/schemas/Tree"})), Shape::List(Box::new(Shape::Json)));
    }

    #[test]
    fn enums_of_other_things_than_text_are_those_things() {
        assert_eq!(shape(json!({"enum": [1, 2]})), Shape::Integer { unsigned: false });
        assert_eq!(shape(json!({"enum": [true]})), Shape::Bool);
        assert_eq!(
            shape(json!({"type": "array", "items": {"type": "string", "nullable": true}})),
            Shape::List(Box::new(Shape::Nullable(Box::new(Shape::Text))))
        );
    }
}
