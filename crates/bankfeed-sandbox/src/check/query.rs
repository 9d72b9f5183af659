//! The query: every parameter declared, once, with a value of its type.

use serde_json::{Map, Value};

use super::{names, values};
use crate::playbook::{Holder, Operation, Playbook, Shape};
use crate::refusal::Refusal;

pub(super) fn read(book: &Playbook, operation: &Operation, query: Option<&str>) -> Result<Map<String, Value>, Refusal> {
    let mut read = Map::new();
    let query = query.unwrap_or_default();
    for (name, text) in form_urlencoded::parse(query.as_bytes()) {
        // A key that travels in the query is no parameter; the provider has judged it before.
        if !operation.open && operation.body.is_none() && Some(&*name) == book.key {
            continue;
        }
        let Some(parameter) = operation.parameters(Holder::Query).find(|parameter| parameter.name == name) else {
            let declared = operation.parameters(Holder::Query).map(|parameter| parameter.name.as_str());
            let shown = names::shown(&name, &text).unwrap_or("without a readable name");
            return Err(Refusal::invalid(format!("query parameter {shown}"), names::undeclared(&name, declared)));
        };
        // Repeated names are how lists travel that are not joined by commas.
        let repeatable = matches!(parameter.shape, Shape::List(_)) && !parameter.joined;
        match (read.get_mut(&*name), repeatable) {
            (Some(_), false) => return Err(Refusal::invalid(values::place(parameter), "stands there twice")),
            (Some(Value::Array(list)), true) => {
                if let Shape::List(element) = &parameter.shape {
                    let element = values::read(element, false, &text);
                    list.push(element.map_err(|problem| Refusal::invalid(values::place(parameter), problem))?);
                }
            }
            _ => {
                read.insert(name.into_owned(), values::typed(book, parameter, &text)?);
            }
        }
    }
    for parameter in operation.parameters(Holder::Query) {
        if parameter.required && !read.contains_key(&parameter.name) {
            return Err(Refusal::missing(values::place(parameter), "is required"));
        }
    }
    Ok(read)
}
