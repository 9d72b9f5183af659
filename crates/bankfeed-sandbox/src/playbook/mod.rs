//! What a provider's specification asks of requests and promises of answers.
//!
//! Read from what `cargo xtask codegen` makes of `specs/NAME.yaml`, once in a process and only when a provider is first asked.

mod operation;
mod redact;
mod router;
mod schemas;

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value};

pub(crate) use operation::{Content, Holder, Operation, Parameter, Shape};
pub(crate) use redact::redact;
pub(crate) use router::{Route, Router};
pub(crate) use schemas::{Fragment, Mismatch, Schemas};

use crate::Provider;

/// A specification, ready to be played.
pub(crate) struct Playbook {
    /// The path below which the operations stand, such as `/api/v6`.
    pub(crate) base: String,
    /// The name of the credential that travels in the query, where one does.
    pub(crate) key: Option<&'static str>,
    /// Every operation, in the order of the specification.
    pub(crate) operations: Vec<Arc<Operation>>,
    /// Callbacks, by the name that the specification gives them: the schema of their body.
    pub(crate) callbacks: Vec<Callback>,
    /// HTTP status of each error class that has one.
    pub(crate) statuses: Map<String, Value>,
    pub(crate) router: Router,
    pub(crate) schemas: Schemas,
    examples: OnceLock<Map<String, Value>>,
    examples_text: &'static str,
}

/// A callback of the provider.
pub(crate) struct Callback {
    pub(crate) name: String,
    /// Schema of the JSON that it carries.
    pub(crate) schema: Option<Fragment>,
}

static PLAYBOOKS: [OnceLock<Playbook>; Provider::ALL.len()] = [const { OnceLock::new() }; Provider::ALL.len()];

impl Playbook {
    /// The playbook of a provider.
    pub(crate) fn of(provider: Provider) -> &'static Self {
        PLAYBOOKS[provider.index()].get_or_init(|| Self::read(provider))
    }

    fn read(provider: Provider) -> Self {
        let [operations, schemas, examples_text] = provider.texts();
        let mut book = json(operations);
        let schemas = Schemas::new(json(schemas));
        let operations: Vec<Arc<Operation>> = list(book["operations"].take())
            .into_iter()
            .map(|value| Arc::new(Operation::read(value, &schemas)))
            .collect();
        let callbacks = list(book["callbacks"].take()).iter().map(Callback::read).collect();
        let statuses = book["head"]["statuses"].as_object().cloned().unwrap_or_default();
        let base = book["head"]["base"].as_str().unwrap_or_default().to_owned();
        let router = Router::new(&operations);
        Self {
            base,
            key: provider.key(),
            operations,
            callbacks,
            statuses,
            router,
            schemas,
            examples: OnceLock::new(),
            examples_text,
        }
    }

    /// The operation of this id.
    pub(crate) fn operation(&self, id: &str) -> Option<&Arc<Operation>> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// The example that the specification gives for a component schema; null where there is none.
    pub(crate) fn example(&self, schema: &str) -> Value {
        self.examples
            .get_or_init(|| match json(self.examples_text) {
                Value::Object(examples) => examples,
                _ => Map::new(),
            })
            .get(schema)
            .cloned()
            .unwrap_or(Value::Null)
    }
}

impl Callback {
    fn read(value: &Value) -> Self {
        let schema = value.pointer("/body/content/application~1json/schema").and_then(Value::as_str);
        Self { name: value["name"].as_str().unwrap_or_default().to_owned(), schema: schema.map(Fragment::from) }
    }
}

/// What stands in this crate is JSON: a test reads all of it.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(list) => list,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_specification_is_read() {
        let counts = Provider::ALL.map(|provider| {
            let book = Playbook::of(provider);
            assert!(book.operations.iter().all(|operation| !operation.id.is_empty() && !operation.answers.is_empty()));
            (book.operations.len(), book.callbacks.len())
        });
        assert_eq!(counts[..4], [(40, 7), (148, 2), (1, 1), (20, 4)]);
    }

    #[test]
    fn examples_are_found_by_name() {
        assert!(Playbook::of(Provider::SaltEdge).example("Account").is_object());
        assert!(Playbook::of(Provider::SaltEdge).example("Nothing").is_null());
    }
}
