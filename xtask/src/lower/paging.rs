//! `x-pagination`: how a list continues, as a way through the fields of its page.
//!
//! The generator knows one scheme only, and says nothing when a list does not follow it.

use serde_json::Value;

use super::Lowering;
use crate::model::{Answer, Kind, Location, Paging, PagingKind, Param, Shape, Step};
use crate::spec::{Place, pointer};

impl<'a> Lowering<'a> {
    pub(super) fn paging(&mut self, operation: &Place<'a>, answer: &Answer, params: &[Param]) -> Option<Paging> {
        let place = operation.get("x-pagination")?;
        let text = |key: &str| place.value.get(key).and_then(Value::as_str);
        let Answer::Json(Shape::Named(page)) = answer else {
            let problem = "`x-pagination` stands on an operation whose success answer is not one JSON object";
            self.problems.push(self.spec.problem(&place.pointer, problem, "give the 200 answer an object schema that holds the items, or drop `x-pagination`"));
            return None;
        };
        let items = text("items").unwrap_or_default();
        let (items_path, shape) = self.walk(&place, page, items)?;
        let Shape::List(item) = shape else {
            let problem = format!("`items: {items}` of `x-pagination` is not a list");
            self.problems.push(self.spec.problem(&place.pointer, problem, "point it to the array of records in the answer"));
            return None;
        };
        let (kind, next) = if let Some(param) = text("cursor") {
            (PagingKind::Cursor { param: param.to_owned() }, text("next"))
        } else if let Some(next) = text("next_link") {
            (PagingKind::Link, Some(next))
        } else if let Some(param) = text("page") {
            (PagingKind::Page { param: param.to_owned() }, None)
        } else if let Some(param) = text("offset") {
            (PagingKind::Offset { param: param.to_owned() }, None)
        } else {
            let problem = "`x-pagination` does not say how the list continues";
            self.problems.push(self.spec.problem(&place.pointer, problem, "add `cursor: PARAM` with `next: POINTER`, or `next_link: POINTER`, `page: PARAM` or `offset: PARAM`"));
            return None;
        };
        if let PagingKind::Cursor { param } | PagingKind::Page { param } | PagingKind::Offset { param } = &kind {
            if !params.iter().any(|known| known.wire == *param && known.location == Location::Query) {
                let problem = format!("`x-pagination` continues through the query parameter `{param}`, which the operation does not have");
                self.problems.push(self.spec.problem(&place.pointer, problem, format!("declare `{param}` under `parameters`, or name the right one")));
            }
        }
        let next_path = match next {
            Some(next) => self.walk(&place, page, next)?.0,
            None => Vec::new(),
        };
        Some(Paging { kind, items: items.to_owned(), page: page.clone(), items_path, next_path, item: *item })
    }

    /// Follows a JSON pointer through the fields of generated objects.
    fn walk(&mut self, place: &Place<'a>, page: &str, at: &str) -> Option<(Vec<Step>, Shape)> {
        let mut shape = Shape::Named(page.to_owned());
        let mut steps = Vec::new();
        for member in pointer::members(at) {
            let object = shape.named().and_then(|name| self.types.get(name)).map(|definition| &definition.kind);
            let field = match object {
                Some(Kind::Object(object)) => object.fields.iter().find(|field| field.wire == member),
                _ => None,
            };
            let Some(field) = field else {
                let problem = format!("`x-pagination` names `{at}`, but the answer has no `{member}` there");
                self.problems.push(self.spec.problem(&place.pointer, problem, "use a JSON pointer of declared properties, such as `/data` or `/meta/next_id`"));
                return None;
            };
            steps.push(Step { rust: field.rust.clone(), presence: field.presence });
            shape = field.shape.clone();
        }
        Some((steps, shape))
    }
}
