//! What the sandbox plays a provider from: the specification without its prose, its schemas as JSON Schema.
//!
//! The sandbox packages on its own, so the specification has to stand in its folder; and it starts in milliseconds, which
//! reading YAML alone would take. One line for each operation and schema, so that a change reads as it does in the specification.

use serde_json::{Map, Value, json};

use crate::json_schema::Definitions;
use crate::output::Files;
use crate::spec::{METHODS, Place, Spec};

/// The files of `src/generated/NAME` in the sandbox.
pub(crate) fn files(spec: &Spec) -> Files {
    let mut book = Book { spec, definitions: Definitions::new(spec) };
    let operations = book.operations();
    let callbacks = book.callbacks();
    let schemas = spec.at("/components/schemas").map(|schemas| schemas.members().collect::<Vec<_>>());
    let schemas = schemas.unwrap_or_default();
    for (_, schema) in &schemas {
        book.definitions.add(schema);
    }
    let examples =
        schemas.iter().filter_map(|(name, schema)| Some(((*name).clone(), schema.get("example")?.value.clone())));
    let statuses = schemas.iter().find_map(|(_, schema)| Some(schema.get("x-status")?.value.clone()));
    let examples: Map<String, Value> = examples.collect();
    let definitions = book.definitions.document()["definitions"].take();
    let head = json!({
        "source": { "file": spec.file, "sha256": spec.sha256 },
        "base": base_path(spec),
        "statuses": statuses.unwrap_or_else(|| json!({})),
    });
    let operations = format!(
        "{{\n\"head\": {head},\n\"operations\": [\n{}\n],\n\"callbacks\": [\n{}\n]\n}}\n",
        lines(operations),
        lines(callbacks)
    );
    Files::from([
        ("operations.json".to_owned(), operations),
        ("schemas.json".to_owned(), members(definitions.as_object().cloned().unwrap_or_default())),
        ("examples.json".to_owned(), members(examples)),
    ])
}

/// The path below which the operations stand: that of the first server.
fn base_path(spec: &Spec) -> String {
    let url = spec.at("/servers/0/url").and_then(|url| url.value.as_str()).unwrap_or_default();
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    if path.is_empty() { String::new() } else { format!("/{}", path.trim_end_matches('/')) }
}

fn lines(values: Vec<Value>) -> String {
    values.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n")
}

fn members(members: Map<String, Value>) -> String {
    let lines: Vec<String> = members.iter().map(|(name, value)| format!("{}: {value}", json!(name))).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

struct Book<'a> {
    spec: &'a Spec,
    definitions: Definitions<'a>,
}

impl<'a> Book<'a> {
    fn operations(&mut self) -> Vec<Value> {
        let Some(paths) = self.spec.at("/paths") else { return Vec::new() };
        let mut operations = Vec::new();
        for (path, item) in paths.members() {
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    operations.push(self.operation(path, method, &item, &operation));
                }
            }
        }
        operations
    }

    fn operation(&mut self, path: &str, method: &str, item: &Place<'a>, operation: &Place<'a>) -> Value {
        let mut out = Map::new();
        out.insert("id".to_owned(), json!(operation.text("operationId")));
        out.insert("method".to_owned(), json!(method.to_uppercase()));
        out.insert("path".to_owned(), json!(path));
        let open = operation.value.get("security").and_then(Value::as_array).is_some_and(Vec::is_empty);
        out.insert("open".to_owned(), json!(open));
        let parameters = [item, operation].into_iter().filter_map(|holder| holder.get("parameters"));
        let parameters: Vec<Place<'a>> = parameters.flat_map(|list| list.elements().collect::<Vec<_>>()).collect();
        let parameters: Vec<Value> = parameters.iter().filter_map(|place| self.parameter(place)).collect();
        out.insert("parameters".to_owned(), Value::Array(parameters));
        if let Some(body) = operation.get("requestBody").and_then(|body| self.spec.resolve(&body)) {
            let mut value = self.content(&body);
            self.add_examples(&body, &mut value);
            value.insert("required".to_owned(), json!(body.flag("required")));
            out.insert("body".to_owned(), Value::Object(value));
        }
        out.insert("answers".to_owned(), Value::Object(self.answers(operation)));
        for (key, name) in [("pagination", "x-pagination"), ("errors", "x-errors")] {
            if let Some(found) = operation.get(name) {
                out.insert(key.to_owned(), found.value.clone());
            }
        }
        Value::Object(out)
    }

    fn parameter(&mut self, place: &Place<'a>) -> Option<Value> {
        let parameter = self.spec.resolve(place)?;
        let mut out = Map::new();
        for key in ["name", "in", "required", "style", "explode", "x-sensitive", "example"] {
            if let Some(found) = parameter.get(key) {
                out.insert(key.to_owned(), found.value.clone());
            }
        }
        if let Some(schema) = parameter.get("schema") {
            out.insert("schema".to_owned(), json!(self.schema(&schema)));
        }
        Some(Value::Object(out))
    }

    fn answers(&mut self, operation: &Place<'a>) -> Map<String, Value> {
        let Some(responses) = operation.get("responses") else { return Map::new() };
        let responses: Vec<_> = responses.members().collect();
        let mut answers = Map::new();
        for (status, response) in responses {
            if let Some(response) = self.spec.resolve(&response) {
                answers.insert(status.clone(), Value::Object(self.content(&response)));
            }
        }
        answers
    }

    /// `{ "content": { media type: { schema, encoding } } }` of a request body or an answer.
    fn content(&mut self, holder: &Place<'a>) -> Map<String, Value> {
        let mut content = Map::new();
        for (media, value) in
            holder.get("content").map(|content| content.members().collect::<Vec<_>>()).unwrap_or_default()
        {
            let mut out = Map::new();
            if let Some(schema) = value.get("schema") {
                out.insert("schema".to_owned(), json!(self.schema(&schema)));
            }
            if let Some(encoding) = value.get("encoding") {
                out.insert("encoding".to_owned(), encoding.value.clone());
            }
            content.insert(media.clone(), Value::Object(out));
        }
        Map::from_iter([("content".to_owned(), Value::Object(content))])
    }

    /// Takes a schema in, under its own name where it has one.
    fn schema(&mut self, schema: &Place<'a>) -> String {
        let resolved = self.spec.resolve(schema);
        self.definitions.add(resolved.as_ref().unwrap_or(schema))
    }

    /// What can be sent: answers are made, so that theirs are not needed.
    fn add_examples(&self, holder: &Place<'a>, value: &mut Map<String, Value>) {
        for (media, described) in holder.get("content").iter().flat_map(Place::members) {
            if let Some(example) = self.example(&described) {
                value["content"][media]["example"] = example;
            }
        }
    }

    /// The example of a media type, or the first of several, or that of its schema.
    fn example(&self, media: &Place<'a>) -> Option<Value> {
        if let Some(example) = media.get("example") {
            return Some(example.value.clone());
        }
        let found = match media.get("examples") {
            Some(examples) => self.spec.resolve(&examples.members().next()?.1)?.get("value")?,
            None => self.spec.resolve(&media.get("schema")?)?.get("example")?,
        };
        Some(found.value.clone())
    }

    fn callbacks(&mut self) -> Vec<Value> {
        let hooks: Vec<_> = self.spec.at("/x-webhooks").map(|hooks| hooks.members().collect()).unwrap_or_default();
        let mut callbacks = Vec::new();
        for (name, item) in hooks {
            let Some(operation) = item.get("post") else { continue };
            let body = operation.get("requestBody").and_then(|body| self.spec.resolve(&body));
            let body = body.map(|body| self.content(&body)).unwrap_or_default();
            let verification = operation.get("x-verification").map(|found| found.value.clone());
            callbacks.push(json!({ "name": name, "verification": verification, "body": body }));
        }
        callbacks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::testing::spec;

    #[test]
    fn an_operation_keeps_what_is_played_and_loses_its_prose() {
        let files = files(&spec(
            "servers: [{url: 'https://example.com/api/v6'}]\n\
             paths:\n  /a/{id}:\n    parameters: [{$ref: '#/components/parameters/Id'}]\n    get:\n      operationId: show_a\n      \
             summary: Prose.\n      security: []\n      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}, examples: {x: {value: 7}}}}}\n      \
             responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/A'}, example: 7}}}}\n\
             components:\n  parameters: {Id: {name: id, in: path, required: true, schema: {type: string}, x-sensitive: personal}}\n  \
             schemas: {A: {type: integer, nullable: true, description: Prose., example: 7}}\n",
        ));
        assert_eq!(
            files["schemas.json"],
            "{\n\"-0\": {\"type\":\"string\"},\n\"A\": {\"type\":[\"integer\",\"null\"]}\n}\n"
        );
        assert_eq!(files["examples.json"], "{\n\"A\": 7\n}\n");
        let operations: Value =
            serde_json::from_str(&files["operations.json"]).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(operations["head"]["base"], "/api/v6");
        assert_eq!(
            operations["operations"],
            json!([{
                "id": "show_a", "method": "GET", "path": "/a/{id}", "open": true,
                "parameters": [{ "name": "id", "in": "path", "required": true, "x-sensitive": "personal", "schema": "#/definitions/-0" }],
                "body": { "content": { "application/json": { "schema": "#/definitions/A", "example": 7 } }, "required": false },
                "answers": { "200": { "content": { "application/json": { "schema": "#/definitions/A" } } } },
            }])
        );
    }
}
