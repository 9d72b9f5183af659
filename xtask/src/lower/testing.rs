//! Small documents for the tests of the rules.

use serde_json::{Value, json};

use crate::model::{Api, Field, Kind, Operation, TypeDef};
use crate::spec::Spec;

/// What becomes of a document with these schemas and one operation.
pub(super) fn api(operation: Value, schemas: Value) -> Api {
    let mut operation = operation;
    operation["operationId"] = json!("act");
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "paths": { "/a/{id}": { "post": operation } },
        "components": { "schemas": schemas },
    });
    let spec = Spec::parse(&document.to_string(), "test.json", true).unwrap_or_else(|error| panic!("{error}"));
    super::lower(&spec).unwrap_or_else(|error| panic!("{error}"))
}

/// The operation alone, without any schemas.
pub(super) fn operation(operation: Value) -> Operation {
    api(operation, json!({})).operations.remove(0)
}

/// An API whose operation answers with the schema `A`.
pub(super) fn answering(schemas: Value) -> Api {
    api(json!({ "responses": { "200": json_of(json!({ "$ref": "#/components/schemas/A" })) } }), schemas)
}

/// A response or body with one JSON schema.
pub(super) fn json_of(schema: Value) -> Value {
    json!({ "description": "", "content": { "application/json": { "schema": schema } } })
}

/// The fields of an object.
pub(super) fn fields(definition: &TypeDef) -> &[Field] {
    if let Kind::Object(object) = &definition.kind {
        &object.fields
    } else {
        panic!("{} is no object", definition.name)
    }
}
