//! The model as an OpenAPI document that holds only what the generator handles well.
//!
//! Every property is required and not null, because whether it may be missing is decided in refining. Scalars of ours are
//! named with `x-rust-type`. Unions stand as objects whose members are the arms. Constraints, defaults, examples and
//! errors are gone: patterns would refuse what providers really send, and defaults would invent what they did not.

use anyhow::Context as _;
use serde_json::{Map, Value, json};

use crate::model::{Answer, Api, BodyForm, Kind, Location, Operation, Param, Shape};

/// The document for the generator.
pub(crate) fn to_openapi(api: &Api) -> anyhow::Result<openapiv3::OpenAPI> {
    let mut paths = Map::new();
    for operation in &api.operations {
        let item = paths.entry(generator_path(operation)).or_insert_with(|| json!({}));
        item[operation.method.to_lowercase()] = lowered_operation(operation);
    }
    let schemas: Map<String, Value> = api.types.values().map(|definition| (definition.name.clone(), schema_of(&definition.kind))).collect();
    let document = json!({
        "openapi": "3.0.3",
        // The version goes into a header that must be ASCII, and it is not ours to send.
        "info": { "title": api.title, "version": "0" },
        "paths": paths,
        "components": { "schemas": schemas },
    });
    serde_json::from_value(document).context("the lowered document is not valid OpenAPI; this is a defect of the lowering")
}

/// The real path is written in refining; the generator only needs to find the path parameters in one of its own.
fn generator_path(operation: &Operation) -> String {
    let params = operation.params.iter().filter(|param| param.location == Location::Path);
    params.fold(format!("/{}", operation.rust), |path, param| format!("{path}/{{{}}}", param.rust))
}

fn lowered_operation(operation: &Operation) -> Value {
    let parameters: Vec<Value> = operation.params.iter().map(lowered_param).collect();
    let answer = match &operation.answer {
        Answer::Json(shape) | Answer::OptionalJson(shape) => json!({ "description": "", "content": { "application/json": { "schema": schema(shape) } } }),
        _ => json!({ "description": "" }),
    };
    let mut lowered = json!({ "operationId": operation.rust, "parameters": parameters, "responses": { "200": answer } });
    let content = match operation.body.as_ref().map(|body| &body.form) {
        Some(BodyForm::Json { shape, .. } | BodyForm::Form { shape }) => Some(json!({ "application/json": { "schema": schema(shape) } })),
        Some(BodyForm::Multipart | BodyForm::Bytes { .. }) => Some(json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } })),
        None => None,
    };
    if let Some(content) = content {
        lowered["requestBody"] = json!({ "required": true, "content": content });
    }
    lowered
}

fn lowered_param(param: &Param) -> Value {
    let place = if param.location == Location::Path { "path" } else { "query" };
    json!({ "name": param.rust, "in": place, "required": param.required, "schema": schema(&param.shape) })
}

fn schema_of(kind: &Kind) -> Value {
    match kind {
        Kind::Object(object) => {
            let rest = object.rest.iter().map(|(name, shape)| (name.clone(), schema(&Shape::Map(Box::new(shape.clone())))));
            members(object.fields.iter().map(|field| (field.rust.clone(), schema(&field.shape))).chain(rest))
        }
        Kind::Union(arms) => members(arms.iter().map(|arm| (crate::names::field_name(&arm.rust), schema(&arm.shape)))),
        Kind::Enum(variants) => json!({ "type": "string", "enum": variants.iter().map(|variant| variant.rust.clone()).collect::<Vec<_>>() }),
    }
}

fn members(members: impl Iterator<Item = (String, Value)>) -> Value {
    let properties: Map<String, Value> = members.collect();
    let required: Vec<&String> = properties.keys().collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn schema(shape: &Shape) -> Value {
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
        Shape::List(inner) => json!({ "type": "array", "items": schema(inner) }),
        Shape::Map(inner) => json!({ "type": "object", "additionalProperties": schema(inner) }),
        Shape::Nullable(inner) => match &**inner {
            Shape::Named(_) => json!({ "nullable": true, "allOf": [schema(inner)] }),
            inner => {
                let mut schema = schema(inner);
                schema["nullable"] = json!(true);
                schema
            }
        },
        Shape::Named(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
    }
}

/// A type of the runtime.
fn ours(name: &str) -> Value {
    let path = format!("bankfeed_runtime::{name}");
    json!({ "type": "string", "x-rust-type": { "crate": "bankfeed_runtime", "version": "*", "path": path } })
}
