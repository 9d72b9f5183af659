//! `x-pagination`: how a list continues, as a way through the fields of its page.
//!
//! The generator knows one scheme only, and says nothing when a list does not follow it.

use serde_json::Value;

use super::Lowering;
use crate::model::{Answer, Body, BodyForm, Kind, Location, PageForms, Paging, PagingKind, Param, Shape, Step};
use crate::spec::{Place, pointer};

impl<'a> Lowering<'a> {
    pub(super) fn paging(
        &mut self,
        operation: &Place<'a>,
        answer: &Answer,
        params: &[Param],
        body: Option<&Body>,
    ) -> Option<Paging> {
        let place = operation.get("x-pagination")?;
        let text = |key: &str| place.value.get(key).and_then(Value::as_str);
        let ways = ["cursor", "next_link", "page", "offset"];
        if text("items").is_none_or(|items| !items.is_empty() && !items.starts_with('/'))
            || !ways.iter().any(|way| text(way).is_some())
        {
            // Others use the same word for something of their own; in curated documents the form has been checked.
            return None;
        }
        let Answer::Json(Shape::Named(page)) = answer else {
            let problem = "`x-pagination` stands on an operation whose success answer is not one JSON object";
            self.problems.push(self.spec.problem(
                &place.pointer,
                problem,
                "give the 200 answer an object schema that holds the items, or drop `x-pagination`",
            ));
            return None;
        };
        let forms = self.page_forms(page);
        let record = forms.as_ref().map_or(page, |forms| &forms.object.1).clone();
        let items = text("items").unwrap_or_default();
        let (items_path, shape) = self.walk(&place, &record, items)?;
        let Shape::List(_) = shape else {
            let problem = format!("`items: {items}` of `x-pagination` is not a list");
            self.problems.push(self.spec.problem(
                &place.pointer,
                problem,
                "point it to the array of records in the answer",
            ));
            return None;
        };
        let (kind, next) = if let (Some(param), Some(next)) = (text("cursor"), text("next")) {
            (PagingKind::Cursor { param: param.to_owned() }, Some(next))
        } else if let Some(next) = text("next_link") {
            (PagingKind::Link, Some(next))
        } else if let Some(param) = text("page") {
            (PagingKind::Page { param: param.to_owned() }, None)
        } else if let Some(param) = text("offset") {
            (PagingKind::Offset { param: param.to_owned() }, None)
        } else {
            return None;
        };
        let mut in_form = false;
        if let PagingKind::Cursor { param } | PagingKind::Page { param } | PagingKind::Offset { param } = &kind {
            in_form = self.in_form(body, param);
            if !in_form && !params.iter().any(|known| known.wire == *param && known.location == Location::Query) {
                let problem = format!(
                    "`x-pagination` continues through the query parameter `{param}`, which the operation does not have"
                );
                self.problems.push(self.spec.problem(
                    &place.pointer,
                    problem,
                    format!("declare `{param}` under `parameters` or in the form, or name the right one"),
                ));
            }
        }
        let next_path = match next {
            Some(next) => {
                let (path, shape) = self.walk(&place, &record, next)?;
                if !matches!(shape, Shape::Text | Shape::Id | Shape::Integer { .. }) {
                    let problem =
                        format!("`x-pagination` continues with `{next}`, which is neither text nor a whole number");
                    self.problems.push(self.spec.problem(
                        &place.pointer,
                        problem,
                        "point it to the cursor or link itself",
                    ));
                }
                path
            }
            None => Vec::new(),
        };
        Some(Paging { kind, items: items.to_owned(), page: page.clone(), items_path, next_path, in_form, forms })
    }

    /// The forms of a page that comes as an object or as the bare list.
    fn page_forms(&self, page: &str) -> Option<PageForms> {
        let Kind::Union(arms) = &self.types.get(page)?.kind else { return None };
        let object = arms.iter().find_map(|arm| match &arm.shape {
            Shape::Named(name) => Some((arm.rust.clone(), name.clone())),
            _ => None,
        })?;
        let list = arms.iter().find(|arm| matches!(arm.shape, Shape::List(_)))?;
        Some(PageForms { object, list: list.rust.clone() })
    }

    /// Whether the body is a form with this field.
    fn in_form(&self, body: Option<&Body>, name: &str) -> bool {
        let Some(BodyForm::Form { shape: Shape::Named(form), .. }) = body.map(|body| &body.form) else { return false };
        match self.types.get(form).map(|definition| &definition.kind) {
            Some(Kind::Object(object)) => object.fields.iter().any(|field| field.wire == name),
            _ => false,
        }
    }

    /// Follows a JSON pointer through the fields of generated objects.
    fn walk(&mut self, place: &Place<'a>, page: &str, at: &str) -> Option<(Vec<Step>, Shape)> {
        let mut shape = Shape::Named(page.to_owned());
        let mut steps = Vec::new();
        for member in pointer::members(at) {
            let definition = if let Shape::Named(name) = &shape { self.types.get(name) } else { None };
            let field = match definition.map(|definition| &definition.kind) {
                Some(Kind::Object(object)) => object.fields.iter().find(|field| field.wire == member),
                _ => None,
            };
            let Some(field) = field else {
                let problem = format!("`x-pagination` names `{at}`, but the answer has no `{member}` there");
                self.problems.push(self.spec.problem(
                    &place.pointer,
                    problem,
                    "use a JSON pointer of declared properties, such as `/data` or `/meta/next_id`",
                ));
                return None;
            };
            steps.push(Step { rust: field.rust.clone(), presence: field.presence });
            shape = field.shape.clone();
        }
        Some((steps, shape))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{json_of, operation};
    use super::*;
    use crate::model::Presence;

    fn paging(rule: Value) -> Option<Paging> {
        let page = json!({"type": "object", "required": ["meta"], "properties": {
            "data": {"type": "array", "items": {"type": "string"}},
            "meta": {"type": "object", "properties": {"next_id": {"type": "string"}}}
        }});
        let after = json!([{"name": "after", "in": "query", "schema": {"type": "string"}}]);
        operation(json!({"x-pagination": rule, "parameters": after, "responses": {"200": json_of(page)}})).paging
    }

    #[test]
    fn pointers_become_ways_through_fields() {
        let Some(found) = paging(json!({"items": "/data", "next": "/meta/next_id", "cursor": "after"})) else {
            panic!()
        };
        let way = |steps: &[Step]| steps.iter().map(|step| (step.rust.clone(), step.presence)).collect::<Vec<_>>();
        assert_eq!(way(&found.items_path), [("data".to_owned(), Presence::Optional)]);
        assert_eq!(
            way(&found.next_path),
            [("meta".to_owned(), Presence::Required), ("next_id".to_owned(), Presence::Optional)]
        );
        assert!(matches!(found.kind, PagingKind::Cursor { param } if param == "after"));
    }

    #[test]
    fn what_others_mean_by_the_word_is_no_concern_of_ours() {
        assert!(paging(json!({"limitParam": "limit", "resultsPath": "data"})).is_none());
        assert!(paging(json!({"items": "data", "page": "page"})).is_none());
        assert!(paging(json!({"items": "/data", "cursor": "after"})).is_none());
        assert!(paging(json!(true)).is_none());
    }

    #[test]
    fn a_page_may_be_the_bare_list_and_its_number_a_field_of_the_form() {
        let list = json!({"type": "array", "items": {"type": "string"}});
        let around = json!({"type": "object", "properties": {"payload": list}});
        let form = json!({"properties": {"page": {"type": "integer"}}});
        let body = json!({"content": {"application/x-www-form-urlencoded": {"schema": form}}});
        let found = operation(json!({
            "x-pagination": {"items": "/payload", "page": "page"}, "requestBody": body,
            "responses": {"200": json_of(json!({"oneOf": [list, around]}))}
        }));
        let Some(Paging { in_form: true, forms: Some(forms), items_path, .. }) = found.paging else { panic!() };
        assert_eq!((forms.list.as_str(), forms.object.0 == forms.object.1), ("List", true));
        assert_eq!(items_path.iter().map(|step| step.rust.as_str()).collect::<Vec<_>>(), ["payload"]);
    }
}
