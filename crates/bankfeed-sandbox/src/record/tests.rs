//! Whatever is secret in any request of any operation does not show.

use std::collections::BTreeSet;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};

use super::*;
use crate::playbook::{Holder, Schemas};

/// In every value that must not show.
const SECRET: &str = "S3CR3T";
/// In every value that may.
const OPEN: &str = "visible";

/// A value for a schema, all of its members filled in; texts tell whether they may show. Undeclared members stand at the top, or
/// everywhere.
fn filled(schemas: &Schemas, schema: &Value, secret: bool, deep: bool, depth: usize) -> Value {
    let mut arms = Vec::new();
    schemas.expand(schema, &mut arms);
    let secret = secret || arms.iter().any(|arm| arm.get("x-sensitive").is_some());
    let members: Vec<_> = arms.iter().flat_map(|arm| arm["properties"].as_object().into_iter().flatten()).collect();
    if !members.is_empty() && depth < 8 {
        let filled =
            |(name, schema): (&String, &Value)| (name.clone(), filled(schemas, schema, secret, deep, depth + 1));
        let mut object: Map<String, Value> = members.into_iter().map(filled).collect();
        if deep || depth == 0 {
            object.insert("undeclared".to_owned(), json!([{ "at": SECRET }]));
        }
        return Value::Object(object);
    }
    if let Some(items) = arms.iter().find_map(|arm| arm.get("items")).filter(|_| depth < 8) {
        return json!([filled(schemas, items, secret, deep, depth + 1)]);
    }
    Value::from(if secret { SECRET } else { OPEN })
}

fn pairs(members: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    members.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), text(value))).collect()
}

fn encoded(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// A request with everything that an operation takes, and with things that it does not.
fn request(book: &Playbook, operation: &Operation) -> Received {
    let value = |parameter: &crate::playbook::Parameter| {
        let marked = parameter.schema.as_ref().is_some_and(|schema| {
            let mut arms = Vec::new();
            book.schemas.expand(book.schemas.get(schema), &mut arms);
            arms.iter().any(|arm| arm.get("x-sensitive").is_some())
        });
        if parameter.sensitive || marked { SECRET } else { OPEN }
    };
    let mut path = format!("{}{}", book.base, operation.path);
    for parameter in operation.parameters(Holder::Path) {
        path = path.replace(&format!("{{{}}}", parameter.name), value(parameter));
    }
    let query = operation.parameters(Holder::Query).map(|p| (p.name.clone(), value(p).to_owned()));
    let query: Vec<_> = query.chain([("undeclared".to_owned(), SECRET.to_owned())]).collect();
    let mut headers = HeaderMap::new();
    for parameter in operation.parameters(Holder::Header) {
        let name = HeaderName::try_from(&parameter.name).unwrap();
        headers.insert(name, HeaderValue::from_static(value(parameter)));
    }
    for name in ["authorization", "cookie", "x-api-key", "app-id", "secret", "signature", "x-undeclared"] {
        headers.insert(name, HeaderValue::from_static(SECRET));
    }
    headers.insert("user-agent", HeaderValue::from_static(OPEN));
    let content = operation.body.as_ref().and_then(|body| body.content.first());
    let body = match content {
        None => Bytes::from_static(b"{\"anything\":\"S3CR3T\"}"),
        Some(content) => {
            let schema = content.schema.as_ref().map_or(&Value::Null, |schema| book.schemas.get(schema));
            let form = content.media.ends_with("urlencoded");
            let value = filled(&book.schemas, schema, false, !form, 0);
            Bytes::from(if form { encoded(&pairs(&value)) } else { value.to_string() })
        }
    };
    let url = format!("http://127.0.0.1{path}");
    Received { method: operation.method.clone(), path, query: Some(encoded(&query)), url, headers, body }
}

#[test]
fn no_secret_of_any_operation_shows() {
    let (mut seen, mut shown) = (BTreeSet::new(), 0);
    for provider in Provider::ALL {
        let book = Playbook::of(provider);
        for operation in &book.operations {
            let received = request(book, operation);
            let printed = format!("{:?}", Recorded::of(provider, Some(operation), &received));
            assert!(!printed.contains(SECRET), "{provider} {}: {printed}", operation.id);
            assert!(printed.contains(&format!("{OPEN:?}")) && printed.contains(REDACTED), "{printed}");
            for (place, found) in [
                ("path", received.path.contains(SECRET)),
                ("body", String::from_utf8_lossy(&received.body).contains(SECRET) && operation.body.is_some()),
            ] {
                seen.extend(found.then_some(place));
            }
            shown += usize::from(operation.body.is_some() && printed.contains(&format!("String({OPEN:?})")));
        }
    }
    assert!(seen.contains("body"), "some of them had a secret to hide");
    assert!(shown > 20, "what is no secret is shown: {shown}");
}

#[test]
fn nothing_of_an_unreadable_body_shows() {
    for provider in Provider::ALL {
        let book = Playbook::of(provider);
        for operation in &book.operations {
            for body in
                ["{\"password\": \"S3CR3T\"", "S3CR3T", "\"S3CR3T\"", "[\"S3CR3T\"]", "a=S3CR3T&password=S3CR3T"]
            {
                let received = Received { body: Bytes::from_static(body.as_bytes()), ..request(book, operation) };
                let recorded = Recorded::of(provider, Some(operation), &received);
                assert!(!format!("{:?}", recorded.body).contains(SECRET), "{} {body}: {recorded:?}", operation.id);
            }
        }
    }
}

#[test]
fn a_request_for_no_operation_shows_names_alone() {
    let book = Playbook::of(Provider::Belvo);
    let received = request(book, book.operation("create_link").unwrap());
    let recorded = Recorded::of(Provider::Belvo, None, &received);
    let printed = format!("{recorded:?}");
    assert!(!printed.contains(SECRET), "{printed}");
    assert!(recorded.operation.is_empty() && recorded.body.is_null() && recorded.path == received.path);
    assert!(recorded.query.contains(&("undeclared".to_owned(), REDACTED.to_owned())));
}

#[test]
fn the_latest_requests_are_kept() {
    let record = Record::new(2);
    let book = Playbook::of(Provider::Belvo);
    for id in ["list_links", "list_accounts", "list_owners"] {
        let operation = book.operation(id).unwrap();
        record.add(Recorded::of(Provider::Belvo, Some(operation), &request(book, operation)));
    }
    let kept: Vec<String> = record.all().into_iter().map(|request| request.operation).collect();
    assert_eq!(kept, ["list_accounts", "list_owners"]);
    record.clear();
    assert!(record.all().is_empty() && record.keeps() && !Record::new(0).keeps());
}
