//! Operations, and what stands around them: security, tags, refusals.

use serde_json::{Map, Value, json};

use super::Drafter;
use super::words;
use crate::names;
use crate::new_provider::auth::Auth;
use crate::spec::{METHODS, Place};

/// Methods that clients call.
const CALLED: &[&str] = &["get", "put", "post", "delete", "patch"];
/// Headers that HTTP itself is in charge of.
const OF_HTTP: &[&str] = &["accept", "authorization", "content-type"];

impl<'a> Drafter<'a> {
    pub(super) fn paths(&mut self) -> Map<String, Value> {
        let source = self.source;
        let mut paths = Map::new();
        for (path, item) in source.at("/paths").iter().flat_map(Place::members) {
            if path.starts_with("x-") {
                continue;
            }
            let item = source.resolve(&item).unwrap_or(item);
            let mut out = Map::new();
            for method in METHODS {
                let Some(operation) = item.get(method) else { continue };
                if !CALLED.contains(&method) {
                    self.leave(&operation.pointer, format!("{} is not called by clients", method.to_uppercase()));
                } else if let Some(drafted) = self.operation(path, method, &item, &operation) {
                    out.insert(method.to_owned(), drafted);
                }
            }
            if !out.is_empty() {
                paths.insert(path.clone(), Value::Object(out));
            }
        }
        paths
    }

    fn operation(&mut self, path: &str, method: &str, item: &Place<'a>, operation: &Place<'a>) -> Option<Value> {
        let own = operation.text("operationId").map(words::method_name).filter(|name| !name.is_empty());
        let id = own.unwrap_or_else(|| words::from_path(method, path));
        let mut id = names::unique(id, &mut self.ids);
        if syn::parse_str::<syn::Ident>(&id).is_err() {
            id = names::unique(format!("{id}_call"), &mut self.ids);
        }
        let type_name = words::type_name(&id);
        let segment = path.split('/').find(|segment| !segment.is_empty() && !segment.contains('{')).unwrap_or("api");
        let tag = operation.get("tags").and_then(|tags| Some(tags.elements().next()?.value.as_str()?.to_owned()));
        let tag = words::tag(tag.as_deref().unwrap_or(segment));
        let responses = self.responses(operation, &type_name)?;
        let mut out = json!({
            "operationId": id,
            "tags": [tag],
            "summary": format!("{}.", words::sentence(&id)),
            "description": "To be described: limits, order, side effects.",
            "x-source": self.source_of(&format!("{} {path}", method.to_uppercase())),
            "x-retry": if method == "get" { "safe" } else { "never" },
        });
        if !self.tags.contains(&tag) {
            self.tags.push(tag);
        }
        if operation.flag("deprecated") {
            out["deprecated"] = json!(true);
        }
        if operation.value.get("security").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            out["security"] = json!([]);
        }
        let parameters = self.parameters(path, item, operation, &type_name);
        if !parameters.is_empty() {
            out["parameters"] = Value::Array(parameters);
        }
        if let Some(body) = operation.get("requestBody").and_then(|body| self.body_of(&body, &type_name)) {
            out["requestBody"] = body;
        }
        out["responses"] = Value::Object(responses);
        for key in ["callbacks", "servers"] {
            if let Some(place) = operation.get(key) {
                self.leave(&place.pointer, format!("`{key}` of an operation are not described here"));
            }
        }
        Some(out)
    }

    fn parameters(&mut self, path: &str, item: &Place<'a>, operation: &Place<'a>, hint: &str) -> Vec<Value> {
        let source = self.source;
        let mut out: Vec<Value> = Vec::new();
        // Those of the operation take the place of those of the path.
        for place in [operation, item]
            .into_iter()
            .filter_map(|holder| holder.get("parameters"))
            .flat_map(|list| list.elements().collect::<Vec<_>>())
        {
            let Some(parameter) = source.resolve(&place) else {
                self.leave(&place.pointer, "a parameter that leads nowhere");
                continue;
            };
            let (Some(name), Some(at)) = (parameter.text("name"), parameter.text("in")) else { continue };
            let known = out.iter().any(|known| known["name"] == name && known["in"] == at);
            if known || at == "header" && OF_HTTP.contains(&name.to_ascii_lowercase().as_str()) {
                continue;
            }
            if at == "path" && !path.contains(&format!("{{{name}}}")) {
                self.leave(&parameter.pointer, format!("the path has no `{{{name}}}`"));
                continue;
            }
            let Some(schema) = parameter.get("schema") else {
                self.leave(&parameter.pointer, format!("`{name}` has no schema of its own"));
                continue;
            };
            out.push(self.parameter(&parameter, name, at, &schema, hint));
        }
        for name in path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            if !out.iter().any(|known| known["in"] == "path" && known["name"] == name) {
                self.leave(
                    &operation.pointer,
                    format!("`{{{name}}}` of the path is described nowhere: a text stands in its place"),
                );
                let description = format!("{}.", words::sentence(name));
                out.push(json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" }, "description": description, "example": "text" }));
            }
        }
        out
    }

    fn parameter(&mut self, parameter: &Place<'a>, name: &str, at: &str, schema: &Place<'a>, hint: &str) -> Value {
        let mut drafted = self.schema(schema, &format!("{hint}{}", words::type_name(name)));
        if let Some(members) = drafted.as_object_mut() {
            let plain = members.get("type").is_some_and(|kind| kind == "string") && !members.contains_key("format");
            if plain && words::is_id(name) {
                members.insert("format".to_owned(), json!("id"));
            }
            // Nobody sends null in a path or a query.
            members.shift_remove("nullable");
            if let Some(first) =
                members.get("oneOf").and_then(|arms| arms.get(0)).cloned().filter(|_| members.len() == 1)
            {
                drafted = first;
            }
        }
        let mut out = json!({ "name": name, "in": at });
        if at == "path" || parameter.flag("required") {
            out["required"] = json!(true);
        }
        out["schema"] = drafted;
        for key in ["style", "explode"] {
            if let Some(found) = parameter.get(key) {
                out[key] = found.value.clone();
            }
        }
        if parameter.flag("deprecated") {
            out["deprecated"] = json!(true);
        }
        if let Some(word) = words::sensitive(name).filter(|_| out["schema"]["type"] == "string") {
            out["x-sensitive"] = json!(word);
        }
        out["description"] = json!(format!("{}.", words::sentence(name)));
        out
    }

    fn body_of(&mut self, body: &Place<'a>, hint: &str) -> Option<Value> {
        let source = self.source;
        let body = source.resolve(body)?;
        let media: Vec<(String, Place<'a>)> =
            body.get("content").iter().flat_map(Place::members).map(|(kind, media)| (kind.clone(), media)).collect();
        let wanted = ["json", "x-www-form-urlencoded", "multipart/form-data", ""];
        let (kind, content) =
            wanted.iter().find_map(|part| media.iter().find(|(kind, _)| kind.contains(part)))?.clone();
        for (other, place) in media.iter().filter(|(other, _)| *other != kind) {
            self.leave(&place.pointer, format!("the body as `{other}`: it is sent as `{kind}`"));
        }
        let structured = kind.contains("json") || kind.contains("form");
        let schema = match content.get("schema") {
            Some(schema) if structured => self.component(&schema, &format!("{hint}Request")),
            _ if structured => json!({}),
            _ => json!({ "type": "string", "format": "binary" }),
        };
        let mut out = json!({ "description": "What is sent.", "content": { kind: { "schema": schema } } });
        if body.flag("required") {
            out["required"] = json!(true);
        }
        Some(out)
    }

    /// A schema that is a component, so that its example can be found.
    fn component(&mut self, place: &Place<'a>, hint: &str) -> Value {
        let source = self.source;
        let target = source.resolve(place).unwrap_or_else(|| place.clone());
        let name =
            if target.pointer == place.pointer { hint.to_owned() } else { crate::spec::pointer::last(&target.pointer) };
        self.named(&target, &name)
    }

    fn responses(&mut self, operation: &Place<'a>, hint: &str) -> Option<Map<String, Value>> {
        let source = self.source;
        let all: Vec<(String, Place<'a>)> = operation
            .get("responses")
            .iter()
            .flat_map(Place::members)
            .map(|(status, place)| (status.clone(), source.resolve(&place).unwrap_or(place)))
            .collect();
        let success = |status: &str| status.starts_with('2');
        let mut out = Map::new();
        let fallback = !all.iter().any(|(status, _)| success(status));
        for (status, response) in &all {
            if success(status) || fallback && status == "default" {
                let status =
                    if status.chars().all(|sign| sign.is_ascii_digit()) { status.clone() } else { "200".to_owned() };
                let answer = self.answer(response, hint);
                out.entry(status).or_insert(answer);
            }
        }
        if out.is_empty() {
            self.leave(&operation.pointer, "the operation documents no success, so that nothing can be made of it");
            return None;
        }
        for (status, response) in
            all.iter().filter(|(status, _)| status.starts_with(['4', '5']) || status == "default" && !fallback)
        {
            let status = if status == "default" { "4XX".to_owned() } else { status.to_uppercase() };
            let refusal = self.refusal(response, hint);
            out.entry(status).or_insert(refusal);
        }
        if !out.keys().any(|status| status.starts_with(['4', '5'])) {
            let refusal = self.refusal_of(None);
            out.insert("4XX".to_owned(), refusal);
        }
        Some(out)
    }

    fn answer(&mut self, response: &Place<'a>, hint: &str) -> Value {
        if let Some(links) = response.get("links") {
            self.leave(&links.pointer, "links between operations are not described here");
        }
        let media: Vec<(String, Place<'a>)> = response
            .get("content")
            .iter()
            .flat_map(Place::members)
            .map(|(kind, media)| (kind.clone(), media))
            .collect();
        let json = media
            .iter()
            .find(|(kind, _)| kind.contains("json"))
            .or_else(|| media.iter().find(|(kind, _)| kind == "*/*"));
        for (kind, place) in media.iter().filter(|(kind, _)| json.is_some_and(|(chosen, _)| chosen != kind)) {
            self.leave(&place.pointer, format!("the answer as `{kind}`"));
        }
        let mut out = json!({ "description": "Done." });
        match (json, media.first()) {
            (Some((_, content)), _) => {
                let schema = content.get("schema").map(|schema| self.component(&schema, &format!("{hint}Response")));
                out["content"] = match schema {
                    Some(schema) => json!({ "application/json": { "schema": schema } }),
                    None => json!({ "application/json": { "schema": {}, "example": {} } }),
                };
            }
            (None, Some((kind, _))) if kind.starts_with("text/") => {
                out["content"] = json!({ kind: { "schema": { "type": "string" } } });
            }
            (None, Some((kind, _))) => {
                out["content"] = json!({ kind: { "schema": { "type": "string", "format": "binary" } } })
            }
            (None, None) => {}
        }
        out
    }

    fn refusal(&mut self, response: &Place<'a>, hint: &str) -> Value {
        let json = response.get("content").iter().flat_map(Place::members).find(|(kind, _)| kind.contains("json"));
        let schema = json
            .and_then(|(_, media)| media.get("schema"))
            .map(|schema| self.component(&schema, &format!("{hint}Refusal")));
        self.refusal_of(schema)
    }

    /// A response of its own for each form.
    fn refusal_of(&mut self, schema: Option<Value>) -> Value {
        let index = self.errors.iter().position(|known| *known == schema).unwrap_or_else(|| {
            self.errors.push(schema);
            self.errors.len() - 1
        });
        json!({ "$ref": format!("#/components/responses/{}", refusal_name(index)) })
    }

    pub(super) fn refusals(&self) -> Map<String, Value> {
        let named = self.errors.iter().enumerate().map(|(index, schema)| {
            let mut out = json!({ "description": "Refused." });
            if let Some(schema) = schema {
                out["content"] = json!({ "application/json": { "schema": schema } });
            }
            (refusal_name(index), out)
        });
        named.collect()
    }

    /// The first requirement that can be kept, and its scheme.
    pub(super) fn security(&mut self) -> (Vec<Value>, Map<String, Value>) {
        let source = self.source;
        let paths = source.at("/paths");
        let operations = paths.iter().flat_map(Place::members).flat_map(|(_, item)| item.members().collect::<Vec<_>>());
        let own = operations.filter_map(|(_, operation)| operation.get("security"));
        let requirements: Vec<String> = source
            .at("/security")
            .into_iter()
            .chain(own)
            .flat_map(|list| list.elements().collect::<Vec<_>>())
            .flat_map(|requirement| requirement.members().map(|(name, _)| name.clone()).collect::<Vec<_>>())
            .collect();
        let schemes: Vec<(String, Place<'a>)> = source
            .at("/components/securitySchemes")
            .iter()
            .flat_map(Place::members)
            .map(|(name, place)| (name.clone(), source.resolve(&place).unwrap_or(place)))
            .collect();
        let chosen = requirements.iter().find_map(|wanted| {
            let (name, place) = schemes.iter().find(|(name, _)| name == wanted)?;
            Some((name.clone(), Auth::of_scheme(place)?))
        });
        let mut out = Map::new();
        for (name, place) in &schemes {
            if chosen.as_ref().is_none_or(|(chosen, _)| chosen != name) {
                self.leave(
                    &place.pointer,
                    "requests are authorized by one scheme, and this is another: add it in `src/builder.rs` of the client if it is needed",
                );
            } else if matches!(place.text("type"), Some("oauth2" | "openIdConnect")) {
                self.leave(&place.pointer, "how a token is asked for: the client takes one that is there");
            }
        }
        let Some((name, auth)) = chosen else { return (Vec::new(), out) };
        let mut scheme = match &auth {
            Auth::Basic => json!({ "type": "http", "scheme": "basic" }),
            Auth::Header(header) => json!({ "type": "apiKey", "in": "header", "name": header }),
            Auth::Query(key) => json!({ "type": "apiKey", "in": "query", "name": key }),
            Auth::Bearer | Auth::None => json!({ "type": "http", "scheme": "bearer" }),
        };
        scheme["description"] = json!("Credentials of the client.");
        scheme["x-sensitive"] = json!("secret");
        let name = words::type_name(&name);
        out.insert(name.clone(), scheme);
        (vec![json!({ name: [] })], out)
    }
}

fn refusal_name(index: usize) -> String {
    if index == 0 { "Error".to_owned() } else { format!("Error{}", index + 1) }
}
