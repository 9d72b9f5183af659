//! The model as an OpenAPI document that holds only what the generator handles well.
//!
//! Every property is required and not null, because whether it may be missing is decided in refining. Scalars of ours and
//! enums are named with `x-rust-type`. Unions stand as objects whose members are the arms. Constraints, defaults, examples
//! and errors are gone: patterns would refuse what providers really send, and defaults would invent what they
//! did not.
//!
//! Nothing in it bears a name of the specification. The generator changes names in its own way (`OwnerSelf_` becomes
//! `OwnerSelf`, and no one knows what becomes of `Straße`), so it sees numbers, which [`alias`] makes and refining reads.

//!
//! It is built as the generator's own types: by way of JSON it takes longer to read than to generate from.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, ArrayType, BooleanType, Components, Info, IntegerFormat, IntegerType, MediaType, ObjectType,
    OpenAPI, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle, ReferenceOr,
    RequestBody, Response, Responses, Schema, SchemaData, SchemaKind, StatusCode, StringFormat, StringType, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::json;

use crate::model::{Answer, Api, BodyForm, Kind, Location, Operation, Param, Shape};

/// The document for the generator.
pub(crate) fn to_openapi(api: &Api) -> OpenAPI {
    let paths = api.operations.iter().enumerate().map(|(index, operation)| {
        let name = alias::operation(index);
        (generator_path(&name, operation), ReferenceOr::Item(path_item(api, &name, operation)))
    });
    let schemas = api.types.values().enumerate().filter_map(|(index, definition)| {
        Some((alias::type_(index), ReferenceOr::Item(component(api, &definition.kind)?)))
    });
    OpenAPI {
        openapi: "3.0.3".to_owned(),
        // The version goes into a header that must be ASCII, and it is not ours to send.
        info: Info { title: api.title.clone(), version: "0".to_owned(), ..Info::default() },
        paths: openapiv3::Paths { paths: paths.collect(), ..openapiv3::Paths::default() },
        components: Some(Components { schemas: schemas.collect(), ..Components::default() }),
        ..OpenAPI::default()
    }
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

/// One operation; its method is written in refining too, and only one that may carry a body is needed here.
fn path_item(api: &Api, name: &str, operation: &Operation) -> PathItem {
    let content = match &operation.answer {
        Answer::Json(shape) | Answer::OptionalJson(shape) => media("application/json", schema(api, shape)),
        _ => IndexMap::new(),
    };
    let answer = ReferenceOr::Item(Response { content, ..Response::default() });
    let body = operation.body.as_ref().map(|body| match &body.form {
        BodyForm::Json { shape, .. } | BodyForm::Form { shape, .. } => media("application/json", schema(api, shape)),
        BodyForm::Multipart | BodyForm::Bytes { .. } => {
            let format = VariantOrUnknownOrEmpty::Item(StringFormat::Binary);
            let binary = typed(Type::String(StringType { format, ..StringType::default() }));
            media("application/octet-stream", ReferenceOr::Item(binary))
        }
    });
    let params = operation.params.iter().enumerate();
    let operation = openapiv3::Operation {
        operation_id: Some(name.to_owned()),
        parameters: params.map(|(index, param)| parameter(api, alias::param(index), param)).collect(),
        request_body: body
            .map(|content| ReferenceOr::Item(RequestBody { content, required: true, ..RequestBody::default() })),
        responses: Responses { responses: IndexMap::from([(StatusCode::Code(200), answer)]), ..Responses::default() },
        ..openapiv3::Operation::default()
    };
    PathItem { post: Some(operation), ..PathItem::default() }
}

fn media(kind: &str, schema: ReferenceOr<Schema>) -> IndexMap<String, MediaType> {
    IndexMap::from([(kind.to_owned(), MediaType { schema: Some(schema), ..MediaType::default() })])
}

fn parameter(api: &Api, name: String, param: &Param) -> ReferenceOr<Parameter> {
    let parameter_data = ParameterData {
        name,
        description: None,
        required: param.required,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(schema(api, &param.shape)),
        example: None,
        examples: IndexMap::new(),
        explode: None,
        extensions: IndexMap::new(),
    };
    ReferenceOr::Item(if param.location == Location::Path {
        Parameter::Path { parameter_data, style: PathStyle::Simple }
    } else {
        // Where it really travels is no matter to its type.
        let style = QueryStyle::Form;
        Parameter::Query { parameter_data, allow_reserved: false, style, allow_empty_value: None }
    })
}

/// What stands for a type; nothing for an enum, which to the types around it is only a name.
fn component(api: &Api, kind: &Kind) -> Option<Schema> {
    match kind {
        Kind::Object(object) => {
            let rest = object.rest.iter().map(|(_, shape)| schema(api, &Shape::Map(Box::new(shape.clone()))));
            Some(members(object.fields.iter().map(|field| schema(api, &field.shape)).chain(rest)))
        }
        Kind::Union(arms) => Some(members(arms.iter().map(|arm| schema(api, &arm.shape)))),
        Kind::Enum(_) => None,
    }
}

fn members(schemas: impl Iterator<Item = ReferenceOr<Schema>>) -> Schema {
    let members = schemas.enumerate().map(|(index, schema)| (alias::member(index), boxed(schema)));
    let properties: IndexMap<String, ReferenceOr<Box<Schema>>> = members.collect();
    let required = properties.keys().cloned().collect();
    typed(Type::Object(ObjectType { properties, required, ..ObjectType::default() }))
}

fn schema(api: &Api, shape: &Shape) -> ReferenceOr<Schema> {
    ReferenceOr::Item(match shape {
        Shape::Text => typed(Type::String(StringType::default())),
        Shape::Bool => typed(Type::Boolean(BooleanType::default())),
        Shape::Integer { unsigned } => {
            let format = if *unsigned {
                VariantOrUnknownOrEmpty::Unknown("uint64".to_owned())
            } else {
                VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64)
            };
            typed(Type::Integer(IntegerType { format, ..IntegerType::default() }))
        }
        Shape::Id => ours("Id"),
        Shape::Secret => ours("Secret"),
        Shape::BoolText => ours("BoolText"),
        Shape::Decimal { .. } => ours("Amount"),
        Shape::Date => ours("Date"),
        Shape::DateTime => ours("DateTime"),
        Shape::Time => ours("Time"),
        Shape::Json => ours("Json"),
        Shape::List(inner) => typed(Type::Array(ArrayType {
            items: Some(boxed(schema(api, inner))),
            min_items: None,
            max_items: None,
            unique_items: false,
        })),
        Shape::Map(inner) => typed(Type::Object(ObjectType {
            additional_properties: Some(AdditionalProperties::Schema(Box::new(schema(api, inner)))),
            ..ObjectType::default()
        })),
        Shape::Nullable(inner) => match schema(api, inner) {
            ReferenceOr::Item(mut schema) if schema.schema_data.extensions.is_empty() => {
                schema.schema_data.nullable = true;
                schema
            }
            // Beside a reference or a type of ours the generator does not see it.
            hidden => {
                let schema_data = SchemaData { nullable: true, ..SchemaData::default() };
                Schema { schema_data, schema_kind: SchemaKind::AllOf { all_of: vec![hidden] } }
            }
        },
        Shape::Named(name) => match api.types.get_full(name) {
            Some((index, _, definition)) if matches!(definition.kind, Kind::Enum(_)) => {
                named("types", &alias::type_(index))
            }
            Some((index, ..)) => {
                return ReferenceOr::ref_(&format!("#/components/schemas/{}", alias::type_(index)));
            }
            // A reference to nothing, which the generator tells.
            None => return ReferenceOr::ref_(&format!("#/components/schemas/{name}")),
        },
    })
}

/// A type of the runtime.
fn ours(name: &str) -> Schema {
    named("bankfeed_runtime", name)
}

/// A type that the generator has not to make.
fn named(module: &str, name: &str) -> Schema {
    let mut schema = typed(Type::String(StringType::default()));
    let path = format!("{module}::{name}");
    let value = json!({ "crate": module, "version": "*", "path": path });
    schema.schema_data.extensions.insert("x-rust-type".to_owned(), value);
    schema
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    }
}

fn typed(kind: Type) -> Schema {
    Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Type(kind) }
}
