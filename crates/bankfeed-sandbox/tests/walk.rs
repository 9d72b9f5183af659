//! Every operation of every specification is called with what the specification gives as examples, and answers as it promises.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bankfeed_sandbox::{Provider, Sandbox};
use serde_json::Value;
use support::Reply;

/// Operations that need something which an earlier request made, or a state that the first record is not in. They refuse the example
/// for that reason; with what they need they are called in the tests of the clients.
fn need_more(provider: Provider) -> &'static [&'static str] {
    match provider {
        // Buckets, reports, transactions and merchants by ids that lists give; a day within the consent.
        Provider::SaltEdge => &[
            "refresh_connection",
            "update_transactions",
            "show_bucket",
            "remove_bucket",
            "start_categorization",
            "list_bucket_accounts",
            "import_bucket_accounts",
            "remove_bucket_account",
            "list_bucket_transactions",
            "import_bucket_transactions",
            "show_merchants",
            "learn_categories",
            "show_report",
            "remove_report",
        ],
        // Sessions that wait for a second factor, payments in a certain state, banks and accounts by their names here.
        Provider::Belvo => &[
            "create_link",
            "show_consent",
            "retrieve_balances",
            "resume_link",
            "resume_accounts",
            "resume_transactions",
            "resume_owners",
            "resume_incomes",
            "resume_recurring_expenses",
            "resume_risk_insights",
            "resume_invoices",
            "create_bank_account",
            "create_payment_intent",
            "cancel_payment_intent",
            "cancel_payment_intent_charge",
            "retry_payment_authorization_charge",
            "complete_enrollment",
        ],
        // Batches and users that were made before, an IBAN whose check digits are right.
        Provider::WealthReader => &[
            "verify_iban_ownership",
            "unregister_user",
            "show_batch_statistics",
            "show_batch_result",
            "show_card_enrollment",
        ],
        _ => &[],
    }
}

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
        let mut walker = Walker::new(provider, &book).await;
        let id = operation["id"].as_str().unwrap();
        let mut reply = walker.call(operation).await;
        // The first record of a list may be of another kind, or in a state that does not fit: another one may do.
        while (400..500).contains(&reply.status) && walker.record < RECORDS && !need_more(provider).contains(&id) {
            walker.record += 1;
            reply = walker.call(operation).await;
        }
        let answered = (200..300).contains(&reply.status) && reply.refused().is_empty();
        let refused = (400..500).contains(&reply.status) && !reply.refused().is_empty();
        let broken = reply.header("x-sandbox-broken");
        let fine = if need_more(provider).contains(&id) { refused } else { answered };
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

/// `Bearer` and the token of `Sandbox::khipu`.
const BEARER: &str = "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJzYW5kYm94In0.c2FuZGJveA";

/// Records of a list that are tried.
const RECORDS: usize = 12;

struct Walker<'a> {
    sandbox: Sandbox,
    /// Which record of a list gives its id; the last one where there are fewer.
    record: usize,
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
            Provider::Khipu => vec![("authorization", BEARER)],
            _ => Vec::new(),
        };
        let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { sandbox, record: 0, root, headers, operations: book["operations"].as_array().unwrap() }
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
            let known = if parameter["in"] == "query" { self.known(name).await } else { None };
            let value = match known {
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
        // A key in the query is no parameter of the operation, but its security.
        if self.root.contains("/wealthreader") && operation["method"] == "GET" && operation["open"] == false {
            query.append_pair("api_key", self.sandbox.wealthreader().api_key);
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
            ("customer", _) => "list_customers",
            ("institution", _) => "list_payment_institutions",
            ("beneficiary_bank_account", _) => "list_bank_accounts",
            ("api_key" | "api_key_source", _) => return Some(self.sandbox.wealthreader().api_key.to_owned()),
            ("api_key_target", _) => return Some(self.sandbox.wealthreader().second_api_key.to_owned()),
            ("password", "list_institutions") => return Some(self.sandbox.belvo().secret_password.to_owned()),
            ("id", "list_institutions") => return Some(self.sandbox.belvo().secret_id.to_owned()),
            ("code", _) if self.root.contains("/wealthreader") => return Some("bancoficticio".to_owned()),
            ("token", _) if self.root.contains("/wealthreader") => return Some(self.sandbox.wealthreader().token),
            _ => return None,
        };
        self.of(list, &["customer_id", "id"]).await
    }

    /// A member of a record of a list.
    async fn of(&self, list: &str, names: &[&str]) -> Option<String> {
        let operation = self.operations.iter().find(|operation| operation["id"] == list)?;
        let reply = Box::pin(self.call(operation)).await;
        let answer = reply.json();
        let records = ["/data", "/results", ""].iter().find_map(|place| answer.pointer(place)?.as_array());
        let records = records?;
        let record = records.get(self.record).or(records.last())?.as_object()?;
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
            if let Some(found) = self.of(id, names.get(id).copied().unwrap_or(&["id"])).await {
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
