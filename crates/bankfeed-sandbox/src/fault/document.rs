//! Answers that are not what the specification promises.

use http::header::{CONTENT_TYPE, HeaderValue};
use serde_json::{Number, Value};

use super::before::reason;
use super::model::Fault;
use super::name::{Key, Name};
use super::paging::Paging;
use super::places::Place;
use crate::answer::{Answer, Body};
use crate::call::Call;
use crate::playbook::{Playbook, Schemas};

/// A value of no enumeration.
const UNKNOWN_VALUE: &str = "sandbox_unknown";
/// A number of no enumeration.
const UNKNOWN_NUMBER: i64 = 987_654_321;
/// A member of no schema.
const UNKNOWN_FIELD: &str = "sandbox_unknown_field";

/// Changes one place of an answer: the one that is told, or the first that fits.
pub(super) fn change(
    fault: &Fault,
    book: &Playbook,
    call: &Call,
    status: u16,
    document: &mut Value,
) -> Result<(), String> {
    let contents = call.operation.answer(status).unwrap_or_default();
    let content = contents.iter().find(|content| content.media == "application/json");
    let schema = content.and_then(|content| Some(book.schemas.get(content.schema.as_ref()?)));
    let items = Paging::of(&call.operation).map(|paging| paging.items(document).to_owned());
    mutate(fault, &book.schemas, schema, items.as_deref(), document)
}

/// [`change`], with what it needs of the specification.
fn mutate(
    fault: &Fault,
    schemas: &Schemas,
    schema: Option<&Value>,
    items: Option<&str>,
    document: &mut Value,
) -> Result<(), String> {
    let name = fault.name;
    let place = match fault.text(Key::At) {
        Some(pointer) => {
            let place = Place::root(schemas, schema, document).at(schemas, pointer);
            let place = place.ok_or_else(|| format!("the answer has nothing at `{pointer}`"))?;
            if !fits(name, &place) {
                return Err(format!("at `{pointer}` is {}", misfit(name)));
            }
            pointer.to_owned()
        }
        None => first(name, schemas, schema, items, document)
            .ok_or_else(|| format!("in the answer is {} anywhere", misfit(name)))?,
    };
    let members = match name {
        Name::Nulls if fault.text(Key::At).is_none() => Place::root(schemas, schema, document)
            .at(schemas, &place)
            .map(|place| dispensable(schemas, &place))
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    let Some(value) = document.pointer_mut(&place) else { return Ok(()) };
    match name {
        Name::UnknownEnum if value.is_number() => *value = Value::from(UNKNOWN_NUMBER),
        Name::UnknownEnum => *value = Value::from(UNKNOWN_VALUE),
        Name::UnknownField => value[UNKNOWN_FIELD] = Value::from(UNKNOWN_VALUE),
        Name::Nulls if fault.text(Key::At).is_some() => *value = Value::Null,
        Name::Nulls => members.iter().for_each(|member| value[member] = Value::Null),
        Name::NumberAsText => *value = Value::from(value.to_string()),
        Name::TextAsNumber => {
            if let Some(number) = value.as_str().and_then(number) {
                *value = Value::Number(number);
            }
        }
        _ => {}
    }
    Ok(())
}

/// The first place that fits, records of a list before what stands around them.
fn first(
    name: Name,
    schemas: &Schemas,
    schema: Option<&Value>,
    items: Option<&str>,
    document: &Value,
) -> Option<String> {
    let root = Place::root(schemas, schema, document);
    let search = |wanted: &dyn Fn(&Place<'_, '_>) -> bool| {
        let of_items = items.and_then(|items| {
            let inside = Place::root(schemas, schema, document).at(schemas, items)?.find(schemas, wanted)?;
            Some(format!("{items}{inside}"))
        });
        of_items.or_else(|| root.find(schemas, wanted))
    };
    match name {
        Name::Nulls => search(&|place| !dispensable(schemas, place).is_empty()),
        // Amounts before counts.
        Name::NumberAsText => {
            search(&|place| fits(name, place) && place.arms.iter().any(|arm| is_of_type(arm, "number")))
                .or_else(|| search(&|place| fits(name, place)))
        }
        _ => search(&|place| fits(name, place)),
    }
}

/// What a place is that a fault cannot change.
fn misfit(name: Name) -> &'static str {
    match name {
        Name::UnknownEnum => "no value of an enumeration",
        Name::UnknownField => "no object",
        Name::Nulls => "nothing that may be absent or null",
        Name::NumberAsText => "no number",
        _ => "no text that reads as a number",
    }
}

/// Whether a fault can change a place.
fn fits(name: Name, place: &Place<'_, '_>) -> bool {
    let value = place.value;
    match name {
        Name::UnknownEnum => {
            let same_kind = |known: &Value| known.is_string() == value.is_string() && !known.is_null();
            (value.is_string() || value.is_number())
                && place.arms.iter().any(|arm| arm["enum"].as_array().is_some_and(|known| known.iter().any(same_kind)))
        }
        Name::UnknownField => value.is_object(),
        Name::Nulls => true,
        Name::NumberAsText => value.is_number(),
        _ => value.as_str().is_some_and(|text| number(text).is_some()),
    }
}

/// Members that are not null, and could be absent or null.
fn dispensable(schemas: &Schemas, place: &Place<'_, '_>) -> Vec<String> {
    let required = |name: &str| {
        let mut lists = place.arms.iter().filter_map(|arm| arm["required"].as_array());
        lists.any(|list| list.iter().any(|known| known == name))
    };
    let nullable = |name: &str| {
        let mut arms = Vec::new();
        for schema in place.member(name) {
            schemas.expand(schema, &mut arms);
        }
        arms.iter().any(|arm| is_of_type(arm, "null"))
    };
    let members = place.value.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    members
        .filter(|(name, _)| !place.member(name).is_empty() && (!required(name) || nullable(name)))
        .map(|(name, _)| name.clone())
        .collect()
}

fn is_of_type(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(|known| known == kind),
        known => known == kind,
    }
}

/// The number that a text is in JSON; digits that no number holds exactly are none.
fn number(text: &str) -> Option<Number> {
    let number: Number = serde_json::from_str(text).ok()?;
    let exact = number.is_i64() || number.is_u64() || text.contains('.');
    (exact && !text.starts_with(char::is_whitespace) && !text.ends_with(char::is_whitespace)).then_some(number)
}

/// Changes what an answer is wrapped in; the problem when it has nothing to be changed.
pub(super) fn dress(fault: &Fault, mut answer: Answer) -> (Answer, Result<(), String>) {
    let empty = || Err("answered without a body".to_owned());
    match fault.name {
        Name::Truncated | Name::Oversize | Name::InvalidJson | Name::ContentType
            if matches!(answer.body, Body::Empty) =>
        {
            return (answer, empty());
        }
        Name::Html => {
            if let Some(code) = fault.told(Key::Code).and_then(|code| u16::try_from(code).ok()) {
                answer.status = code;
            }
            answer.body = Body::Bytes(page(answer.status).into());
            media(&mut answer, "text/html; charset=utf-8");
        }
        Name::ContentType => media(&mut answer, fault.text(Key::Value).unwrap_or("text/plain")),
        Name::InvalidJson => {
            answer = answer.gathered();
            let Body::Json(value) = &answer.body else { return (answer, Err("answered without JSON".to_owned())) };
            let mut text = value.to_string();
            match text.pop() {
                Some('}' | ']') => {}
                _ => text.insert(0, '{'),
            }
            answer.body = Body::Bytes(text.into());
        }
        _ => {}
    }
    (answer, Ok(()))
}

/// As gateways show their failures.
fn page(status: u16) -> String {
    let title = format!("{status} {}", reason(status));
    format!("<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n")
}

fn media(answer: &mut Answer, value: &str) {
    answer.headers.retain(|(name, _)| *name != CONTENT_TYPE);
    if let (Ok(header), false) = (HeaderValue::from_str(value), value.is_empty()) {
        answer.headers.push((CONTENT_TYPE, header));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Provider;

    /// A document changed by a fault, or why it cannot be.
    fn changed(fault: &str, schema: &Value, items: Option<&str>, document: Value) -> Result<Value, String> {
        let mut document = document;
        let book = Playbook::of(Provider::Belvo);
        mutate(&fault.parse().unwrap(), &book.schemas, Some(schema), items, &mut document).map(|()| document)
    }

    fn page() -> (Value, Value) {
        let record = json!({
            "type": "object",
            "required": ["id", "kind", "amount"],
            "properties": {
                "id": { "type": "string" },
                "kind": { "oneOf": [{ "type": "string", "enum": ["a", "b"] }, { "type": ["string", "null"], "enum": [null] }] },
                "code": { "type": "integer", "enum": [1, 2] },
                "amount": { "type": "number" },
                "rank": { "type": "integer" },
                "note": { "type": ["string", "null"] },
                "labels": { "type": "object", "additionalProperties": { "type": "string", "enum": ["x"] } }
            }
        });
        let schema = json!({
            "type": "object",
            "required": ["items"],
            "properties": { "count": { "type": "integer" }, "items": { "type": "array", "items": record } }
        });
        let record = json!({
            "id": "18446744073709551615", "kind": "a", "code": 1, "amount": 12.5, "rank": 3, "note": "n", "labels": { "y/z": "x" }
        });
        (schema, json!({ "count": 1, "items": [record] }))
    }

    #[test]
    fn one_place_is_changed() {
        let (schema, document) = page();
        let unknown = json!(UNKNOWN_VALUE);
        for (fault, pointer, value) in [
            ("unknown-enum", "/items/0/kind", unknown.clone()),
            ("unknown-enum at=/items/0/code", "/items/0/code", json!(UNKNOWN_NUMBER)),
            ("unknown-enum at=/items/0/labels/y~1z", "/items/0/labels/y~1z", unknown.clone()),
            ("nulls at=/items/0/id", "/items/0/id", Value::Null),
            ("number-as-text", "/items/0/amount", json!("12.5")),
            ("number-as-text at=/count", "/count", json!("1")),
            ("text-as-number", "/items/0/id", json!(18_446_744_073_709_551_615_u64)),
        ] {
            let mut expected = document.clone();
            *expected.pointer_mut(pointer).unwrap() = value;
            assert_ne!(expected, document);
            assert_eq!(changed(fault, &schema, Some("/items"), document.clone()), Ok(expected), "{fault}");
        }
    }

    #[test]
    fn members_are_added_and_emptied() {
        let (schema, document) = page();
        for (fault, object) in [("unknown-field", "/items/0"), ("unknown-field at=\"\"", "")] {
            let mut expected = document.clone();
            expected.pointer_mut(object).unwrap()[UNKNOWN_FIELD] = json!(UNKNOWN_VALUE);
            assert_eq!(changed(fault, &schema, Some("/items"), document.clone()), Ok(expected), "{fault}");
        }
        let mut expected = document.clone();
        for member in ["kind", "code", "rank", "note", "labels"] {
            expected["items"][0][member] = Value::Null;
        }
        assert_eq!(changed("nulls", &schema, Some("/items"), document.clone()), Ok(expected));
    }

    #[test]
    fn places_around_the_records_come_after_them() {
        let (schema, _) = page();
        let document = json!({ "count": 0, "items": [] });
        let changed = |fault| changed(fault, &schema, Some("/items"), document.clone());
        assert_eq!(changed("number-as-text"), Ok(json!({ "count": "0", "items": [] })));
        assert_eq!(changed("nulls"), Ok(json!({ "count": null, "items": [] })));
        assert_eq!(changed("unknown-enum"), Err("in the answer is no value of an enumeration anywhere".to_owned()));
    }

    #[test]
    fn places_that_do_not_fit_are_told() {
        let (schema, document) = page();
        let problem = |fault| changed(fault, &schema, None, document.clone()).unwrap_err();
        assert_eq!(problem("unknown-enum at=/items/0/id"), "at `/items/0/id` is no value of an enumeration");
        assert_eq!(problem("unknown-field at=/count"), "at `/count` is no object");
        assert_eq!(problem("number-as-text at=/items/0/id"), "at `/items/0/id` is no number");
        assert_eq!(problem("text-as-number at=/items/0/kind"), "at `/items/0/kind` is no text that reads as a number");
        assert_eq!(problem("nulls at=/items/1"), "the answer has nothing at `/items/1`");
    }

    #[test]
    fn only_texts_that_a_number_holds_become_one() {
        for text in ["12", "-12.50", "0.1", "499953317544200664"] {
            assert!(number(text).is_some(), "{text}");
        }
        for text in ["007", "1e3", "99999999999999999999", "", "12 ", "2026-03-02", "true"] {
            assert!(number(text).is_none(), "{text}");
        }
    }

    #[test]
    fn examples_of_all_answers_can_be_changed() {
        let mut tried = 0;
        for provider in Provider::ALL {
            let book = Playbook::of(provider);
            for operation in &book.operations {
                let contents = operation.answer(operation.success()).unwrap_or_default();
                let Some(content) = contents.iter().find(|content| content.media == "application/json") else {
                    continue;
                };
                let Some(schema) = &content.schema else { continue };
                let example = book.example(schema.name());
                if !(example.is_object() || example.as_array().is_some_and(|list| !list.is_empty())) {
                    continue;
                }
                tried += 1;
                let mut document = example.clone();
                let fault = "unknown-field".parse().unwrap();
                mutate(&fault, &book.schemas, Some(book.schemas.get(schema)), None, &mut document).unwrap();
                assert_ne!(document, example, "{provider} {}", operation.id);
            }
        }
        assert!(tried > 60, "only {tried} have an example");
    }

    #[test]
    fn what_an_answer_is_wrapped_in_changes() {
        let dressed = |fault: &str, answer| dress(&fault.parse().unwrap(), answer);
        let plain = || Answer::json(200, json!({ "a": [1] }));
        let (answer, _) = dressed("html code=502", plain());
        assert_eq!((answer.status, answer.headers[0].1.to_str().unwrap()), (502, "text/html; charset=utf-8"));
        let (answer, _) = dressed("content-type value=\"\"", plain());
        assert!(answer.headers.is_empty());
        for (value, broken) in [(json!({ "a": [1] }), "{\"a\":[1]"), (json!([]), "["), (json!(12), "{1")] {
            let (answer, told) = dressed("invalid-json", Answer::json(200, value));
            let Body::Bytes(bytes) = answer.body else { panic!("it is no JSON any more") };
            assert_eq!((&*bytes, told), (broken.as_bytes(), Ok(())));
            assert!(serde_json::from_slice::<Value>(&bytes).is_err());
        }
        for fault in ["truncated", "oversize", "invalid-json", "content-type"] {
            assert!(dressed(fault, Answer::empty(204)).1.is_err(), "{fault}");
        }
    }
}
