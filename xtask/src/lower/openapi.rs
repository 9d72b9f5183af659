//! The model as an OpenAPI document that holds only what the generator handles well.
//!
//! Every property is required and not null, because whether it may be missing is decided in refining. Scalars of ours are
//! named with `x-rust-type`. Unions stand as objects whose members are the arms, enums as plain text. Constraints, defaults,
//! examples and errors are gone: patterns would refuse what providers really send, and defaults would invent what they
//! did not.
//!
//! Nothing in it bears a name of the specification. The generator changes names in its own way (`OwnerSelf_` becomes
//! `OwnerSelf`, and no one knows what becomes of `Straße`), so it sees numbers, which [`alias`] makes and refining reads.

use anyhow::Context as _;
use serde_json::{Map, Value, json};

use crate::model::{Answer, Api, BodyForm, Kind, Location, Operation, Param, Shape};

/// The document for the generator.
pub(crate) fn to_openapi(api: &Api) -> anyhow::Result<openapiv3::OpenAPI> {
    let mut paths = Map::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let name = alias::operation(index);
        let item = paths.entry(generator_path(&name, operation)).or_insert_with(|| json!({}));
        item[operation.method.to_lowercase()] = lowered_operation(api, &name, operation);
    }
    let schemas: Map<String, Value> = api
        .types
        .values()
        .enumerate()
        .map(|(index, definition)| (alias::type_(index), schema_of(api, &definition.kind)))
        .collect();
    let document = json!({
        "openapi": "3.0.3",
        // The version goes into a header that must be ASCII, and it is not ours to send.
        "info": { "title": api.title, "version": "0" },
        "paths": paths,
        "components": { "schemas": schemas },
    });
    serde_json::from_value(document)
        .context("the lowered document is not valid OpenAPI; this is a defect of the lowering")
}

/// What the generator calls things.
pub(crate) mod alias {
    /// The type at this place of [`Api::types`](crate::model::Api::types).
    pub(crate) fn type_(index: usize) -> String {
        format!("T{index}")
    }

    /// The field of an object or the arm of a union; the catch-all comes after the fields.
    pub(crate) fn member(index: usize) -> String {
        format!("m{index}")
    }

    /// The operation at this place of the API.
    pub(crate) fn operation(index: usize) -> String {
        format!("op{index}")
    }

    /// The parameter at this place of its operation.
    pub(crate) fn param(index: usize) -> String {
        format!("p{index}")
    }
}

/// The real path is written in refining; the generator only needs to find the path parameters in one of its own.
fn generator_path(name: &str, operation: &Operation) -> String {
    let params = operation.params.iter().enumerate().filter(|(_, param)| param.location == Location::Path);
    params.fold(format!("/{name}"), |path, (index, _)| format!("{path}/{{{}}}", alias::param(index)))
}

fn lowered_operation(api: &Api, name: &str, operation: &Operation) -> Value {
    let parameters: Vec<Value> = operation
        .params
        .iter()
        .enumerate()
        .map(|(index, param)| lowered_param(api, &alias::param(index), param))
        .collect();
    let answer = match &operation.answer {
        Answer::Json(shape) | Answer::OptionalJson(shape) => {
            json!({ "description": "", "content": { "application/json": { "schema": schema(api, shape) } } })
        }
        _ => json!({ "description": "" }),
    };
    let mut lowered = json!({ "operationId": name, "parameters": parameters, "responses": { "200": answer } });
    let content = match operation.body.as_ref().map(|body| &body.form) {
        Some(BodyForm::Json { shape, .. } | BodyForm::Form { shape }) => {
            Some(json!({ "application/json": { "schema": schema(api, shape) } }))
        }
        Some(BodyForm::Multipart | BodyForm::Bytes { .. }) => {
            Some(json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } }))
        }
        None => None,
    };
    if let Some(content) = content {
        lowered["requestBody"] = json!({ "required": true, "content": content });
    }
    lowered
}

fn lowered_param(api: &Api, name: &str, param: &Param) -> Value {
    let place = if param.location == Location::Path { "path" } else { "query" };
    json!({ "name": name, "in": place, "required": param.required, "schema": schema(api, &param.shape) })
}

fn schema_of(api: &Api, kind: &Kind) -> Value {
    match kind {
        Kind::Object(object) => {
            let rest = object.rest.iter().map(|(_, shape)| schema(api, &Shape::Map(Box::new(shape.clone()))));
            members(object.fields.iter().map(|field| schema(api, &field.shape)).chain(rest))
        }
        Kind::Union(arms) => members(arms.iter().map(|arm| schema(api, &arm.shape))),
        // Its values are refining's business; to the types around it, it is a name.
        Kind::Enum(_) => json!({ "type": "string" }),
    }
}

fn members(schemas: impl Iterator<Item = Value>) -> Value {
    let properties: Map<String, Value> =
        schemas.enumerate().map(|(index, schema)| (alias::member(index), schema)).collect();
    let required: Vec<&String> = properties.keys().collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn schema(api: &Api, shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Integer { unsigned: false } => json!({ "type": "integer", "format": "int64" }),
        Shape::Integer { unsigned: true } => json!({ "type": "integer", "format": "uint64" }),
        Shape::Id => ours("Id"),
        Shape::Secret => ours("Secret"),
        Shape::BoolText => ours("BoolText"),
        Shape::Decimal { .. } => ours("Amount"),
        Shape::Date => ours("Date"),
        Shape::DateTime => ours("DateTime"),
        Shape::Time => ours("Time"),
        Shape::Json => ours("Json"),
        Shape::List(inner) => json!({ "type": "array", "items": schema(api, inner) }),
        Shape::Map(inner) => json!({ "type": "object", "additionalProperties": schema(api, inner) }),
        Shape::Nullable(inner) => match &**inner {
            Shape::Named(_) => json!({ "nullable": true, "allOf": [schema(api, inner)] }),
            inner => {
                let mut schema = schema(api, inner);
                schema["nullable"] = json!(true);
                schema
            }
        },
        // A name that is not there gives a reference to nothing, which the generator tells.
        Shape::Named(name) => {
            json!({ "$ref": format!("#/components/schemas/{}", api.types.get_index_of(name).map_or_else(|| name.clone(), alias::type_)) })
        }
    }
}

/// A type of the runtime.
fn ours(name: &str) -> Value {
    let path = format!("bankfeed_runtime::{name}");
    json!({ "type": "string", "x-rust-type": { "crate": "bankfeed_runtime", "version": "*", "path": path } })
}
