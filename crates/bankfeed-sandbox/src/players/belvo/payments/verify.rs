//! What a schema does not say about the members of a body.

use serde_json::Value;
use url::Url;

use super::amount;
use crate::refusal::Refusal;

/// The value cannot be taken.
pub(super) fn invalid(place: impl Into<String>, problem: impl Into<String>) -> Refusal {
    Refusal::code("invalid", place, problem)
}

/// Something is missing that the rest of the body makes necessary.
pub(super) fn required(place: impl Into<String>, problem: impl Into<String>) -> Refusal {
    Refusal::code("required", place, problem)
}

/// The body names a record that is not there.
pub(super) fn unknown(place: impl Into<String>, record: &str) -> Refusal {
    Refusal::code("does_not_exist", place, format!("names no {record}"))
}

/// The path names a record that is not there.
pub(super) fn not_found(parameter: &str, record: &str) -> Refusal {
    Refusal::code("not_found", format!("path parameter {parameter}"), format!("names no {record}"))
}

/// A member as text.
pub(super) fn text<'a>(holder: &'a Value, member: &str) -> Option<&'a str> {
    holder.get(member)?.as_str()
}

/// A member as text of its own.
pub(super) fn owned(holder: &Value, member: &str) -> Option<String> {
    text(holder, member).map(str::to_owned)
}

/// Eleven digits make a person, fourteen a company.
pub(super) fn identifier(holder: &Value, member: &str, place: &str) -> Result<String, Refusal> {
    let place = format!("{place}/{member}");
    let found = text(holder, member).ok_or_else(|| required(place.clone(), "is required"))?;
    if found.bytes().all(|byte| byte.is_ascii_digit()) && matches!(found.len(), 11 | 14) {
        return Ok(found.to_owned());
    }
    Err(invalid(place, "is neither a CPF of 11 digits nor a CNPJ of 14"))
}

/// The CPF of a person, where one was sent.
pub(super) fn cpf(holder: &Value, member: &str, place: &str) -> Result<Option<String>, Refusal> {
    match text(holder, member) {
        None => Ok(None),
        Some(cpf) if is_cpf(cpf) => Ok(Some(cpf.to_owned())),
        Some(_) => Err(invalid(format!("{place}/{member}"), "is no CPF of 11 digits")),
    }
}

/// Whether a text could be the CPF of a person.
pub(super) fn is_cpf(text: &str) -> bool {
    text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name that says something.
pub(super) fn name(holder: &Value, member: &str, place: &str) -> Result<String, Refusal> {
    let place = format!("{place}/{member}");
    match text(holder, member) {
        None => Err(required(place, "is required")),
        Some(name) if name.trim().is_empty() => Err(Refusal::code("blank", place, "is blank")),
        Some(name) => Ok(name.to_owned()),
    }
}

/// The client application's own id.
pub(super) fn external_id(holder: &Value, place: &str) -> Result<Option<String>, Refusal> {
    match text(holder, "external_id") {
        None => Ok(None),
        Some(id) if is_uuid(id) => Ok(Some(id.to_owned())),
        Some(_) => Err(invalid(format!("{place}/external_id"), "is no UUID")),
    }
}

/// Whether a text is a UUID.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Values of the client application: an empty object where none came.
pub(super) fn metadata(holder: &Value, place: &str) -> Result<Value, Refusal> {
    let place = format!("{place}/metadata");
    let members = match holder.get("metadata") {
        None => return Ok(Value::Object(serde_json::Map::new())),
        Some(Value::Object(members)) => members,
        Some(_) => return Err(invalid(place, "is no object")),
    };
    if members.len() > 50 {
        return Err(invalid(place, "has more than 50 members"));
    }
    for (name, value) in members {
        if name.chars().count() > 50 {
            return Err(invalid(place, "has a name of more than 50 characters"));
        }
        match value {
            Value::Object(_) => return Err(invalid(place, "holds an object")),
            Value::String(text) if text.len() > 500 || !text.is_ascii() => {
                return Err(invalid(place, "holds a text that is not ASCII or longer than 500 characters"));
            }
            _ => {}
        }
    }
    Ok(Value::Object(members.clone()))
}

/// An address that a browser or a telephone can open.
pub(super) fn address(holder: &Value, member: &str, place: &str) -> Result<String, Refusal> {
    let place = format!("{place}/{member}");
    let found = text(holder, member).ok_or_else(|| required(place.clone(), "is required"))?;
    match Url::parse(found) {
        Ok(_) => Ok(found.to_owned()),
        Err(_) => Err(invalid(place, "is no absolute address")),
    }
}

/// What is paid, in cents: text in one place of the API, a number in another.
pub(super) fn amount(value: &Value, place: &str) -> Result<i64, Refusal> {
    let text = match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    match amount::cents(&text) {
        Some(cents) if cents > 0 => Ok(cents),
        Some(_) => Err(invalid(place, "is nothing to pay")),
        None => Err(invalid(place, "is no amount with at most two decimals")),
    }
}

/// What may be shown of a document: the digits in the middle.
pub(super) fn masked(document: &str) -> String {
    let part = |from: usize, to: usize| document.get(from..to).unwrap_or("***");
    if document.len() == 11 {
        format!("***.{}.{}-**", part(3, 6), part(6, 9))
    } else {
        format!("**.{}.{}/****-**", part(2, 5), part(5, 8))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn documents_are_partly_hidden() {
        assert_eq!(masked("12345678901"), "***.456.789-**");
        assert_eq!(masked("12345678000195"), "**.345.678/****-**");
    }

    #[test]
    fn amounts_come_as_text_and_as_numbers() {
        assert_eq!(amount(&json!(10_000.05), "here"), Ok(1_000_005));
        assert_eq!(amount(&json!("7"), "here"), Ok(700));
        for wrong in [json!("0.00"), json!(-5), json!("1,5"), json!(0.001)] {
            assert!(amount(&wrong, "here").is_err(), "{wrong}");
        }
    }

    #[test]
    fn metadata_holds_no_objects() {
        assert!(metadata(&json!({ "metadata": { "a": "b", "n": 1 } }), "body").is_ok());
        assert!(metadata(&json!({ "metadata": { "a": {} } }), "body").is_err());
        assert!(metadata(&json!({ "metadata": { "a": "ç" } }), "body").is_err());
    }
}
