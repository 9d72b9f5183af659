//! Text on the wire as a value of its type.

use serde_json::{Number, Value};

use crate::playbook::{Holder, Parameter, Playbook, Shape};
use crate::refusal::Refusal;

/// A parameter's text as JSON, checked against its schema.
pub(super) fn typed(book: &Playbook, parameter: &Parameter, text: &str) -> Result<Value, Refusal> {
    let value = read(&parameter.shape, parameter.joined, text)
        .map_err(|problem| Refusal::invalid(place(parameter), problem))?;
    judge(book, parameter, value)
}

/// A value of a parameter against its schema.
pub(super) fn judge(book: &Playbook, parameter: &Parameter, value: Value) -> Result<Value, Refusal> {
    if let Some(schema) = &parameter.schema {
        let mismatch = |mismatch: crate::playbook::Mismatch| Refusal::invalid(place(parameter), mismatch.problem);
        book.schemas.check(schema, &value).map_err(mismatch)?;
    }
    Ok(value)
}

/// Where a parameter stands, in words.
pub(super) fn place(parameter: &Parameter) -> String {
    let holder = match parameter.holder {
        Holder::Path => "path parameter",
        Holder::Query => "query parameter",
        Holder::Header => "header",
    };
    format!("{holder} {}", parameter.name)
}

/// Text as a value of a shape.
pub(super) fn read(shape: &Shape, joined: bool, text: &str) -> Result<Value, &'static str> {
    match shape {
        Shape::Text => Ok(Value::String(text.to_owned())),
        Shape::Integer => {
            let whole = text.parse::<i64>().ok().filter(|_| !text.starts_with('+'));
            whole.map(Value::from).ok_or("is not a whole number")
        }
        Shape::Number => {
            let number = text.parse::<f64>().ok().and_then(Number::from_f64);
            number.map(Value::Number).ok_or("is not a number")
        }
        Shape::Boolean => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err("is neither true nor false"),
        },
        Shape::List(element) if joined => {
            text.split(',').map(|part| read(element, false, part)).collect::<Result<_, _>>().map(Value::Array)
        }
        Shape::List(element) => Ok(Value::Array(vec![read(element, false, text)?])),
        Shape::Object => serde_json::from_str(text).map_err(|_| "is not JSON"),
    }
}
