//! Rule: one media type per request body.
//!
//! The generator panics on two, on `encoding`, and refuses multipart and vendor types. JSON is taken where there is a
//! choice, then forms; anything else travels as the bytes the caller gives.

use super::{Lowering, answers, params, text};
use crate::model::{Body, BodyForm, Kind, Presence, Shape, Style};
use crate::spec::Place;

impl<'a> Lowering<'a> {
    pub(super) fn body(&mut self, operation: &Place<'a>, builder: &str) -> Option<Body> {
        let place = self.spec.resolve(&operation.get("requestBody")?)?;
        let content = place.get("content")?;
        let media: Vec<(String, Place<'a>)> = content.members().map(|(kind, media)| (kind.clone(), media)).collect();
        let base = |kind: &str| kind.split(';').next().unwrap_or(kind).trim().to_ascii_lowercase();
        let find = |wanted: &dyn Fn(&str) -> bool| media.iter().find(|(kind, _)| wanted(&base(kind)));
        let hint = format!("{builder}Body");
        let form = if let Some((_, media)) = find(&answers::is_json) {
            let envelope = place.text("x-envelope");
            let schema = media.get("schema");
            let schema = match (schema, envelope) {
                (Some(schema), Some(envelope)) => {
                    let wrapper = self.spec.resolve(&schema)?;
                    wrapper.get("properties").and_then(|members| members.get(envelope))
                }
                (schema, _) => schema,
            };
            let shape = schema.map_or(Shape::Json, |schema| self.shape(&schema, &hint, &hint).0);
            BodyForm::Json { shape, envelope: envelope.map(str::to_owned) }
        } else if let Some((_, media)) = find(&|kind| kind == "application/x-www-form-urlencoded") {
            let shape = media.get("schema").map_or(Shape::Json, |schema| self.shape(&schema, &hint, &hint).0);
            BodyForm::Form { shape, joined: self.joined_lists(media) }
        } else if find(&|kind| kind == "multipart/form-data").is_some() {
            BodyForm::Multipart
        } else {
            let content_type = media.first().map_or("application/octet-stream", |(kind, _)| kind.as_str());
            let content_type = if content_type.contains('*') { "application/octet-stream" } else { content_type };
            BodyForm::Bytes { content_type: content_type.to_owned() }
        };
        // A form of which the client fills in all that is required need not be given.
        self.finish_objects();
        let required = match &form {
            BodyForm::Form { shape, .. } => place.flag("required") && !self.may_be_empty(shape),
            _ => place.flag("required"),
        };
        Some(Body { required, doc: text::doc(place.text("description").unwrap_or_default()), form })
    }

    /// Whether the shape is an object of which nothing has to be given.
    fn may_be_empty(&self, shape: &Shape) -> bool {
        let definition = if let Shape::Named(name) = shape { self.types.get(name) } else { None };
        match definition.map(|definition| &definition.kind) {
            Some(Kind::Object(object)) => object
                .fields
                .iter()
                .all(|field| matches!(field.presence, Presence::Optional | Presence::OptionalNullable)),
            _ => false,
        }
    }

    /// Lists of a form that travel as one value, as its `encoding` says.
    fn joined_lists(&mut self, media: &Place<'a>) -> Vec<(String, Style)> {
        let mut joined = Vec::new();
        let schema = media.get("schema").and_then(|schema| self.spec.resolve(&schema));
        let members = schema.and_then(|schema| schema.get("properties"));
        for (name, encoding) in media.get("encoding").iter().flat_map(|encoding| encoding.members()) {
            let member = members.as_ref().and_then(|members| self.spec.resolve(&members.get(name)?));
            if member.is_none_or(|member| member.text("type") != Some("array")) {
                // Objects travel as JSON, and everything else is a text already.
                continue;
            }
            if encoding.text("contentType").is_some_and(answers::is_json) {
                let problem = format!("the list `{name}` is to travel as JSON text in a form, which only objects do");
                let help = "use `style` and `explode` for it, or describe the field as a string that the caller writes";
                self.problems.push(self.spec.problem(&encoding.pointer, problem, help));
            }
            let style = params::style(&encoding, true);
            if style != Style::Repeat {
                joined.push((name.clone(), style));
            }
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{api, fields, operation};
    use super::*;

    fn form(content: Value) -> BodyForm {
        let operation = operation(json!({"requestBody": {"content": content}, "responses": {}}));
        operation.body.map(|body| body.form).unwrap_or_else(|| panic!("no body"))
    }

    #[test]
    fn json_comes_before_forms_and_forms_before_bytes() {
        let text = json!({"schema": {"type": "string"}});
        assert_eq!(
            form(json!({"application/x-www-form-urlencoded": text, "application/hal+json; v=1": text})),
            BodyForm::Json { shape: Shape::Text, envelope: None }
        );
        assert_eq!(
            form(json!({"multipart/form-data": text, "application/x-www-form-urlencoded": text})),
            BodyForm::Form { shape: Shape::Text, joined: Vec::new() }
        );
        assert_eq!(form(json!({"text/csv": {}, "multipart/form-data": text})), BodyForm::Multipart);
        assert_eq!(form(json!({"text/csv": {}})), BodyForm::Bytes { content_type: "text/csv".to_owned() });
        assert_eq!(form(json!({"*/*": {}})), BodyForm::Bytes { content_type: "application/octet-stream".to_owned() });
    }

    #[test]
    fn a_form_need_not_be_given_where_the_client_fills_in_what_is_required() {
        let body = |kind: &str, required: Value| {
            let key = json!({"type": "string", "x-sensitive": "secret", "x-credential": true});
            let schema = json!({"required": required, "properties": {"api_key": key, "page": {"type": "integer"}}});
            let body = json!({"required": true, "content": {kind: {"schema": schema}}});
            operation(json!({"requestBody": body, "responses": {}})).body.unwrap_or_else(|| panic!("no body"))
        };
        let form = "application/x-www-form-urlencoded";
        assert!(!body(form, json!(["api_key"])).required);
        assert!(body(form, json!(["api_key", "page"])).required);
        // Without a body the client would not know that it is to be JSON.
        assert!(body("application/json", json!(["api_key"])).required);
    }

    #[test]
    fn credentials_are_no_members_of_what_callers_give() {
        let key = json!({"type": "string", "x-credential": true});
        let schema = json!({"required": ["api_key", "a"], "properties": {"api_key": key, "a": {"type": "string"}}});
        let body = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}});
        let api = api(json!({"requestBody": body, "responses": {}}), json!({ "A": schema }));
        assert_eq!(fields(&api.types["A"]).iter().map(|field| field.wire.as_str()).collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn encoding_joins_the_lists_of_a_form() {
        let list = json!({"type": "array", "items": {"type": "string"}});
        let schema =
            json!({"properties": {"a": list, "b": list, "c": list, "d": {"type": "string"}, "e": {"type": "object"}}});
        let encoding = json!({
            "a": {"style": "form", "explode": false}, "b": {"style": "pipeDelimited"}, "c": {"style": "form"},
            "d": {"explode": false}, "e": {"contentType": "application/json"}, "f": {"explode": false}
        });
        let BodyForm::Form { joined, .. } =
            form(json!({"application/x-www-form-urlencoded": {"schema": schema, "encoding": encoding}}))
        else {
            panic!("no form")
        };
        assert_eq!(joined, [("a".to_owned(), Style::Comma), ("b".to_owned(), Style::Pipe)]);
    }
}
