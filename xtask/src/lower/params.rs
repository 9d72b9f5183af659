//! Rule: parameters of every style become typed arguments and setters.
//!
//! The generator refuses cookies, pipes, deep objects and `content`, ignores `explode: false`, and does not compile when two
//! parameters meet in one Rust name. How a value is written is therefore ours; the generator sees its type only.

use std::collections::HashSet;

use super::{Lowering, text};
use crate::model::{Location, Param, Shape, Style};
use crate::names;
use crate::spec::Place;

/// Methods that every request type has besides the setters of its parameters.
const TAKEN_SETTERS: &[&str] = &["send", "stream", "resume", "call", "call_mut"];

impl<'a> Lowering<'a> {
    pub(super) fn params(&mut self, operation: &Place<'a>, item: &Place<'a>, builder: &str) -> Vec<Param> {
        // A parameter of the operation replaces the path item's of the same name and place.
        let mut found: Vec<(Place<'a>, Location)> = Vec::new();
        for owner in [item, operation] {
            for place in owner.get("parameters").iter().flat_map(Place::elements) {
                let Some(place) = self.spec.resolve(&place) else { continue };
                let location = match place.text("in") {
                    Some("path") => Location::Path,
                    Some("query") => Location::Query,
                    Some("header") => Location::Header,
                    Some("cookie") => Location::Cookie,
                    _ => continue,
                };
                let same =
                    |other: &(Place<'a>, Location)| other.0.text("name") == place.text("name") && other.1 == location;
                match found.iter().position(same) {
                    Some(index) => found[index] = (place, location),
                    None => found.push((place, location)),
                }
            }
        }
        let mut params: Vec<Param> = Vec::new();
        for (place, location) in &found {
            let Some(param) = self.param(place, *location, builder) else { continue };
            match params.iter().find(|other| other.rust == param.rust && other.location == param.location) {
                Some(twin) => self.refuse_twin(place, &param, &twin.wire),
                None => params.push(param),
            }
        }
        params
    }

    /// Two parameters of one place that would be one method: numbering them would hide which is which.
    fn refuse_twin(&mut self, place: &Place<'a>, param: &Param, twin: &str) {
        let (wire, rust) = (&param.wire, &param.rust);
        let problem =
            format!("the {} parameters `{twin}` and `{wire}` would both be `{rust}` in Rust", param.location.word());
        let help =
            format!("give one of them another name in Rust: `x-rust-name: {rust}_2` (the name on the wire stays)");
        self.problems.push(self.spec.problem(&place.pointer, problem, help));
    }

    fn param(&mut self, place: &Place<'a>, location: Location, builder: &str) -> Option<Param> {
        let wire = place.text("name")?;
        // These belong to the transport: it sets them from the body and the wanted answer.
        if location == Location::Header
            && ["accept", "content-type", "authorization"].contains(&wire.to_ascii_lowercase().as_str())
        {
            return None;
        }
        let hint = format!("{builder}{}", names::type_name(wire));
        let content = place.get("content");
        let media = content.iter().flat_map(|content| content.members()).next();
        let (schema, as_json) = match (place.get("schema"), media) {
            (Some(schema), _) => (Some(schema), false),
            (None, Some((_, media))) => (media.get("schema"), true),
            (None, None) => (None, false),
        };
        let shape = schema.as_ref().map_or(Shape::Text, |schema| self.shape(schema, &hint, &hint).0);
        let (shape, style) = if as_json { (shape, Style::Json) } else { self.written(place, location, shape) };
        Some(Param {
            wire: wire.to_owned(),
            rust: names::chosen(place.text("x-rust-name")).unwrap_or_else(|| names::field_name(wire)),
            location,
            required: place.flag("required") || location == Location::Path,
            shape,
            style,
            deprecated: place.flag("deprecated"),
            doc: text::doc(place.text("description").unwrap_or_default()),
        })
    }

    /// How a value of this shape is written, and the shape that callers give.
    fn written(&self, place: &Place<'a>, location: Location, shape: Shape) -> (Shape, Style) {
        let style = style(place, location == Location::Query || location == Location::Cookie);
        let scalar = |shape: &Shape| match shape {
            Shape::Named(name) => {
                self.types.get(name).is_some_and(|definition| matches!(definition.kind, crate::model::Kind::Enum(_)))
            }
            Shape::List(_) | Shape::Map(_) | Shape::Json | Shape::Nullable(_) => false,
            _ => true,
        };
        let object = |shape: &Shape| match shape {
            Shape::Named(name) => {
                self.types.get(name).is_some_and(|definition| matches!(definition.kind, crate::model::Kind::Object(_)))
            }
            Shape::Map(_) => true,
            _ => false,
        };
        let listed = matches!(location, Location::Query | Location::Header);
        let shape = match shape {
            // A list of anything but scalars has no agreed spelling: the caller writes the elements.
            Shape::List(inner) if listed && !scalar(&inner) => Shape::List(Box::new(Shape::Text)),
            shape if (listed && matches!(shape, Shape::List(_))) || scalar(&shape) => shape,
            shape if object(&shape) && location == Location::Query => shape,
            // Likewise a union, or a list or an object where none is usual.
            _ => Shape::Text,
        };
        (shape, style)
    }
}

/// The style of a parameter or of a form's field; `form` repeats the name where it may, unless `explode` is false.
pub(super) fn style(place: &Place<'_>, may_repeat: bool) -> Style {
    let explode = place.value.get("explode").and_then(serde_json::Value::as_bool);
    match place.text("style") {
        Some("deepObject") => Style::DeepObject,
        Some("pipeDelimited") => Style::Pipe,
        Some("spaceDelimited") => Style::Space,
        _ if may_repeat && explode != Some(false) => Style::Repeat,
        _ => Style::Comma,
    }
}

/// Two parameters of one name: the later one gets its place as suffix.
pub(super) fn rename_twins(params: &mut [Param], has_body: bool, alternates: &[(String, String)]) {
    let mut taken: HashSet<String> = TAKEN_SETTERS.iter().map(|name| (*name).to_owned()).collect();
    taken.extend(alternates.iter().map(|(suffix, _)| format!("send_{suffix}")));
    if has_body {
        taken.insert("body".to_owned());
    }
    for param in params {
        if !taken.insert(param.rust.clone()) {
            param.rust =
                names::unique(format!("{}_{}", param.rust.trim_end_matches('_'), param.location.word()), &mut taken);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::operation;
    use super::*;

    fn params(params: Value) -> Vec<Param> {
        operation(json!({ "parameters": params, "responses": {} })).params
    }

    #[test]
    fn styles_are_how_values_are_written() {
        let list = json!({"type": "array", "items": {"type": "string"}});
        let style = |extra: Value| {
            let mut param = json!({"name": "a", "in": "query", "schema": list});
            param.as_object_mut().unwrap_or_else(|| panic!()).extend(extra.as_object().cloned().unwrap_or_default());
            params(json!([param])).remove(0).style
        };
        assert_eq!(style(json!({})), Style::Repeat);
        assert_eq!(style(json!({"explode": false})), Style::Comma);
        assert_eq!(style(json!({"in": "header"})), Style::Comma);
        assert_eq!(style(json!({"style": "pipeDelimited"})), Style::Pipe);
        assert_eq!(style(json!({"style": "spaceDelimited"})), Style::Space);
        assert_eq!(style(json!({"style": "deepObject"})), Style::DeepObject);
    }

    #[test]
    fn what_has_no_agreed_spelling_is_written_by_the_caller() {
        let shape =
            |place: &str, schema: Value| params(json!([{"name": "a", "in": place, "schema": schema}])).remove(0).shape;
        let lists = json!({"type": "array", "items": {"type": "array", "items": {"type": "string"}}});
        assert_eq!(shape("query", lists.clone()), Shape::List(Box::new(Shape::Text)));
        assert_eq!(shape("cookie", lists), Shape::Text);
        assert_eq!(shape("header", json!({"type": "object"})), Shape::Text);
        assert_eq!(shape("query", json!({"oneOf": [{"type": "boolean"}, {"type": "integer"}]})), Shape::Text);
    }

    #[test]
    fn twins_get_their_place_as_suffix_and_transport_headers_are_left_out() {
        let found = params(json!([
            {"name": "id", "in": "path", "required": true, "schema": {}}, {"name": "id", "in": "query", "schema": {}},
            {"name": "send", "in": "query", "schema": {}}, {"name": "call", "in": "header", "schema": {}}, {"name": "Accept", "in": "header", "schema": {}}
        ]));
        assert_eq!(
            found.iter().map(|param| param.rust.as_str()).collect::<Vec<_>>(),
            ["id", "id_query", "send_query", "call_header"]
        );
    }
}
