//! Rust types as callers write them.

use crate::model::{Answer, BodyForm, Field, Kind, Param, Presence, Shape, Style, TypeDef};

/// The type of a stored value.
pub(super) fn stored(shape: &Shape) -> String {
    match shape {
        Shape::Text => "String".to_owned(),
        Shape::Id => "Id".to_owned(),
        Shape::Secret => "Secret".to_owned(),
        Shape::Bool => "bool".to_owned(),
        Shape::BoolText => "BoolText".to_owned(),
        Shape::Integer { unsigned: false } => "i64".to_owned(),
        Shape::Integer { unsigned: true } => "u64".to_owned(),
        Shape::Decimal { .. } => "Amount".to_owned(),
        Shape::Date => "Date".to_owned(),
        Shape::DateTime => "DateTime".to_owned(),
        Shape::Time => "Time".to_owned(),
        Shape::Json => "Json".to_owned(),
        Shape::List(inner) => format!("Vec<{}>", stored(inner)),
        Shape::Map(inner) => format!("BTreeMap<String, {}>", stored(inner)),
        Shape::Nullable(inner) => format!("Option<{}>", stored(inner)),
        Shape::Named(name) => name.clone(),
    }
}

/// The type of a field with its presence.
pub(super) fn field(presence: Presence, shape: &Shape) -> String {
    let bare = stored(shape);
    match presence {
        Presence::Required => bare,
        Presence::RequiredNullable | Presence::Optional => format!("Option<{bare}>"),
        Presence::OptionalNullable => format!("Maybe<{bare}>"),
    }
}

/// The type under which a constructor or setter takes a value.
pub(super) fn argument(shape: &Shape) -> String {
    match shape {
        Shape::Bool | Shape::Integer { .. } => stored(shape),
        Shape::List(inner) => format!("impl IntoIterator<Item = impl Into<{}>>", stored(inner)),
        _ => format!("impl Into<{}>", stored(shape)),
    }
}

/// The argument of `new` for a required member.
pub(super) fn constructor_argument(field: &Field) -> String {
    match field.presence {
        Presence::RequiredNullable => format!("Option<{}>", stored(&field.shape)),
        _ => argument(&field.shape),
    }
}

/// The type under which a method or setter takes a parameter.
pub(super) fn parameter(param: &Param) -> String {
    let by_reference = matches!(param.style, Style::Json | Style::DeepObject) || matches!(param.shape, Shape::Map(_));
    if by_reference { format!("&{}", stored(&param.shape)) } else { argument(&param.shape) }
}

/// The type under which a method or setter takes the body.
pub(super) fn body(form: &BodyForm, definition: impl Fn(&str) -> bool) -> String {
    match form {
        BodyForm::Json { shape, .. } | BodyForm::Form { shape, .. } => match shape {
            Shape::Named(name) if definition(name) => format!("impl Into<{name}>"),
            other => stored(other),
        },
        BodyForm::Multipart => "Multipart".to_owned(),
        BodyForm::Bytes { .. } => "impl Into<Bytes>".to_owned(),
    }
}

/// What `send` gives.
pub(super) fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Json(shape) => stored(shape),
        // A value that may be null is no further `Option`.
        Answer::OptionalJson(Shape::Nullable(shape)) => format!("Option<{}>", stored(shape)),
        Answer::OptionalJson(shape) => format!("Option<{}>", stored(shape)),
        Answer::Empty => "()".to_owned(),
        Answer::Text(_) => "String".to_owned(),
        Answer::Bytes(_) => "Bytes".to_owned(),
        Answer::ByStatus { name, .. } => name.clone(),
    }
}

/// `struct`, `enum` or `union`.
pub(super) fn sort(definition: &TypeDef) -> &'static str {
    match definition.kind {
        Kind::Object(_) => "struct",
        Kind::Enum(_) => "enum of values",
        Kind::Union(_) => "enum of forms",
    }
}
