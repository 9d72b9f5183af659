//! Pages of a list, and the choice of members.

use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::call::Call;
use crate::playbook::Playbook;
use crate::players::Scene;
use crate::refusal::Refusal;

const DEFAULT_PAGE: u64 = 100;
const LARGEST_PAGE: u64 = 1_000;

/// One page of a list of `total` records, with links to its neighbours. `at` makes the record of a position.
pub(super) fn page(
    call: &Call,
    scene: &Scene<'_>,
    total: u64,
    mut at: impl FnMut(u64) -> Value,
) -> Result<Answer, Refusal> {
    let size = call.number("page_size").unwrap_or(DEFAULT_PAGE);
    if !(1..=LARGEST_PAGE).contains(&size) {
        let problem = format!("a page has 1 to {LARGEST_PAGE} records");
        return Err(Refusal::invalid("query parameter page_size", problem));
    }
    let page = call.number("page").unwrap_or(1);
    let first = page.saturating_sub(1).saturating_mul(size);
    if page == 0 || (page > 1 && first >= total) {
        return Err(Refusal::code("not_found", "query parameter page", "the list has no such page"));
    }
    let after = first.saturating_add(size).min(total);
    let choice = Choice::of(call, scene.book);
    let results: Vec<Value> = (first..after).map(|position| choice.apply(at(position))).collect();
    let next = (after < total).then(|| neighbour(call, page + 1));
    let previous = (page > 1).then(|| neighbour(call, page - 1));
    let mut page = json!({ "count": total, "next": next, "previous": previous });
    // Moved in: inside the macro it would be copied.
    page["results"] = Value::Array(results);
    Ok(Answer::json(200, page))
}

/// The address of another page: the same query, with another `page`.
fn neighbour(call: &Call, page: u64) -> String {
    let base = call.received.url.split('?').next().unwrap_or_default();
    let mut query = form_urlencoded::Serializer::new(String::new());
    let given = form_urlencoded::parse(call.received.query.as_deref().unwrap_or_default().as_bytes());
    query.extend_pairs(given.filter(|(name, _)| name != "page"));
    query.append_pair("page", &page.to_string());
    format!("{base}?{}", query.finish())
}

/// Which members of a record the request wants. Those that the specification requires stay.
pub(super) struct Choice {
    fields: Option<Vec<String>>,
    omit: Vec<String>,
    required: Vec<String>,
}

impl Choice {
    /// The parameters `fields` and `omit` of a request.
    pub(super) fn of(call: &Call, book: &Playbook) -> Self {
        let names = |parameter: &str| match call.query.get(parameter) {
            Some(Value::Array(names)) => Some(names.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
            Some(Value::String(names)) => Some(names.split(',').map(str::to_owned).collect::<Vec<String>>()),
            _ => None,
        };
        let (fields, omit) = (names("fields"), names("omit").unwrap_or_default());
        let required = if fields.is_some() || !omit.is_empty() { required(call, book) } else { Vec::new() };
        Self { fields, omit, required }
    }

    /// A record with the members that are wanted.
    pub(super) fn apply(&self, record: Value) -> Value {
        if self.fields.is_none() && self.omit.is_empty() {
            return record;
        }
        let Value::Object(members) = record else { return record };
        let wanted = |name: &String| {
            let named = self.fields.as_ref().is_none_or(|fields| fields.contains(name)) && !self.omit.contains(name);
            named || self.required.contains(name)
        };
        Value::Object(members.into_iter().filter(|(name, _)| wanted(name)).collect::<Map<_, _>>())
    }
}

/// Members that every record of the answer has to have.
fn required(call: &Call, book: &Playbook) -> Vec<String> {
    let schema = call.operation.answer(call.operation.success()).and_then(|contents| contents.first()?.schema.as_ref());
    let Some(schema) = schema else { return Vec::new() };
    let mut arms = Vec::new();
    book.schemas.expand(book.schemas.get(schema), &mut arms);
    let mut inner = Vec::new();
    for arm in &arms {
        for element in [arm.pointer("/properties/results/items"), arm.get("items")].into_iter().flatten() {
            book.schemas.expand(element, &mut inner);
        }
    }
    let records = if inner.is_empty() { arms } else { inner };
    records
        .iter()
        .flat_map(|arm| arm["required"].as_array().into_iter().flatten())
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}
