//! Every operation of every specification is called with what the specification gives as examples, and answers as it promises.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bankfeed_sandbox::{Provider, Sandbox};
use serde_json::Value;
use support::Reply;

/// Operations that have nothing to answer with at the start of the sandbox, and what they say instead.
const NOTHING_YET: &[(&str, u16)] = &[];

#[tokio::test]
async fn saltedge() {
    walk(Provider::SaltEdge, include_str!("../src/generated/saltedge/operations.json")).await;
}

#[tokio::test]
async fn belvo() {
    walk(Provider::Belvo, include_str!("../src/generated/belvo/operations.json")).await;
}

#[tokio::test]
async fn khipu() {
    walk(Provider::Khipu, include_str!("../src/generated/khipu/operations.json")).await;
}

#[tokio::test]
async fn wealthreader() {
    walk(Provider::WealthReader, include_str!("../src/generated/wealthreader/operations.json")).await;
}

async fn walk(provider: Provider, text: &str) {
    let book: Value = serde_json::from_str(text).unwrap();
    let operations = book["operations"].as_array().unwrap();
    assert_eq!(operations.len(), Sandbox::operations(provider).len());
    let mut wrong = String::new();
    for operation in operations {
        // Each in a sandbox of its own, so that none takes away what another needs.
        let walker = Walker::new(provider, &book).await;
        let id = operation["id"].as_str().unwrap();
        let reply = walker.call(operation).await;
        let expected = NOTHING_YET.iter().find(|(known, _)| *known == id).map(|(_, status)| *status);
        let fine = match expected {
            Some(status) => reply.status == status,
            None => (200..300).contains(&reply.status) && reply.refused().is_empty(),
        };
        let broken = reply.header("x-sandbox-broken");
        if !fine || !broken.is_empty() {
            writeln!(
                wrong,
                "{id}: {} {broken} {} {}",
                reply.status,
                reply.refused(),
                String::from_utf8_lossy(&reply.body)
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

struct Walker<'a> {
    sandbox: Sandbox,
    root: String,
    headers: Vec<(String, String)>,
    operations: &'a [Value],
}

impl<'a> Walker<'a> {
    async fn new(provider: Provider, book: &'a Value) -> Self {
        let sandbox = Sandbox::builder().check_answers().start().await.unwrap();
        let root = format!("http://{}/{provider}{}", sandbox.address(), book["head"]["base"].as_str().unwrap());
        let headers = match provider {
            Provider::SaltEdge => vec![("app-id", sandbox.saltedge().app_id), ("secret", sandbox.saltedge().secret)],
            // `sandbox-secret-id:sandbox-secret-password`
            Provider::Belvo => {
                vec![("authorization", "Basic c2FuZGJveC1zZWNyZXQtaWQ6c2FuZGJveC1zZWNyZXQtcGFzc3dvcmQ=")]
            }
            Provider::Khipu => vec![("x-api-key", sandbox.khipu().api_key)],
            Provider::WealthReader => Vec::new(),
        };
        let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { sandbox, root, headers, operations: book["operations"].as_array().unwrap() }
    }

    /// Calls an operation with what it must have, taken from examples and from lists.
    async fn call(&self, operation: &Value) -> Reply {
        let mut url = format!("{}{}", self.root, self.path(operation["path"].as_str().unwrap()).await);
        let mut headers: Vec<(String, String)> = self.headers.clone();
        let mut query = form_urlencoded::Serializer::new(String::new());
        for parameter in operation["parameters"].as_array().unwrap() {
            let name = parameter["name"].as_str().unwrap();
            // A list that can be told by either of two ids needs one of them, although none is marked.
            let either = matches!(name, "connection_id" | "customer_id" | "bucket_id") && operation["method"] != "POST";
            if parameter["required"] != true && !(either && parameter["in"] == "query") {
                continue;
            }
            let value = match self.known(name).await {
                Some(value) => value,
                None => plain(&parameter["example"]),
            };
            match parameter["in"].as_str().unwrap() {
                "query" => {
                    query.append_pair(name, &value);
                }
                "header" => headers.push((name.to_lowercase(), value)),
                _ => {}
            }
        }
        let query = query.finish();
        if !query.is_empty() {
            url = format!("{url}?{query}");
        }
        let body = self.body(operation, &mut headers).await;
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        support::send(operation["method"].as_str().unwrap(), &url, &headers, body.as_bytes()).await
    }

    /// The body of the example, with ids that exist here.
    async fn body(&self, operation: &Value, headers: &mut Vec<(String, String)>) -> String {
        let Some(content) = operation["body"]["content"].as_object() else { return String::new() };
        let (media, content) = content.iter().next().unwrap();
        headers.push(("content-type".to_owned(), media.clone()));
        let mut example = content["example"].clone();
        self.exchange(&mut example).await;
        if media == "application/json" {
            return example.to_string();
        }
        let mut form = form_urlencoded::Serializer::new(String::new());
        for (name, value) in example.as_object().unwrap() {
            let joined = content["encoding"][name]["explode"] == false;
            match value {
                Value::Array(list) if joined => {
                    form.append_pair(name, &list.iter().map(plain).collect::<Vec<_>>().join(","));
                }
                Value::Array(list) => {
                    form.extend_pairs(list.iter().map(|element| (name, plain(element))));
                }
                value => {
                    form.append_pair(name, &plain(value));
                }
            }
        }
        form.finish()
    }

    /// Replaces ids and keys of the example by those that exist here.
    async fn exchange(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if let (Some(known), false) = (self.known(name).await, member.is_object() || member.is_array()) {
                        *member = Value::String(known);
                    } else {
                        Box::pin(self.exchange(member)).await;
                    }
                }
            }
            Value::Array(elements) => {
                for element in elements {
                    Box::pin(self.exchange(element)).await;
                }
            }
            _ => {}
        }
    }

    /// What this name stands for in this sandbox.
    async fn known(&self, name: &str) -> Option<String> {
        let list = match (name, self.operations[0]["id"].as_str().unwrap()) {
            ("customer_id", _) if self.root.contains("/saltedge/") => "list_customers",
            ("connection_id", _) => "list_connections",
            ("link", _) => "list_links",
            ("api_key" | "api_key_source", _) => return Some(self.sandbox.wealthreader().api_key.to_owned()),
            ("api_key_target", _) => return Some(self.sandbox.wealthreader().second_api_key.to_owned()),
            ("token", _) if self.root.contains("/wealthreader") => return Some(self.sandbox.wealthreader().token),
            _ => return None,
        };
        self.first(list, &["customer_id", "id"]).await
    }

    /// A member of the first record of a list.
    async fn first(&self, list: &str, names: &[&str]) -> Option<String> {
        let operation = self.operations.iter().find(|operation| operation["id"] == list)?;
        let reply = Box::pin(self.call(operation)).await;
        let answer = reply.json();
        let records = ["/data", "/results", ""].iter().find_map(|place| answer.pointer(place)?.as_array());
        let record = records?.first()?.as_object()?;
        let name =
            names.iter().find(|name| record.contains_key(**name) && (list == "list_customers" || **name == "id"))?;
        Some(plain(&record[*name]))
    }

    /// The path with ids from the list that stands above each.
    async fn path(&self, template: &str) -> String {
        let mut path = String::new();
        for (index, segment) in template.split('/').enumerate() {
            if index > 0 {
                path.push('/');
            }
            let Some(name) = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}')) else {
                path.push_str(segment);
                continue;
            };
            let above = template.split_once(segment).unwrap().0;
            path.push_str(&self.below(above, name).await);
        }
        path
    }

    async fn below(&self, above: &str, name: &str) -> String {
        let is_list = |operation: &&Value| {
            let path = operation["path"].as_str().unwrap();
            operation["method"] == "GET" && (path == above || path == above.trim_end_matches('/'))
        };
        if let Some(list) = self.operations.iter().find(is_list) {
            let id = list["id"].as_str().unwrap();
            let names: BTreeMap<&str, &[&str]> =
                BTreeMap::from([("list_customers", &["customer_id", "id"] as &[&str]), ("list_providers", &["id"])]);
            if id == "list_providers" {
                return self.code(list).await;
            }
            if let Some(found) = self.first(id, names.get(id).copied().unwrap_or(&["id"])).await {
                return found;
            }
        }
        let holder = self.operations.iter().flat_map(|operation| operation["parameters"].as_array().unwrap());
        let example =
            holder.filter(|parameter| parameter["name"] == name).find_map(|parameter| parameter.get("example"));
        example.map_or_else(|| panic!("nothing is known of {name} below {above}"), plain)
    }

    async fn code(&self, list: &Value) -> String {
        let answer = Box::pin(self.call(list)).await.json();
        plain(&answer["data"][0]["code"])
    }
}

/// A value as it stands in a path, a query or a form.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(","),
        Value::Object(_) => serde_json::to_string(value).unwrap(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
