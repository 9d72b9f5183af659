//! Schemas of a specification, and validators made of them when they are first needed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use super::Shape;

const BASE: &str = "urn:bankfeed:specification";

/// Where a schema stands, such as `#/definitions/Account`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Fragment(String);

impl From<&str> for Fragment {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Fragment {
    /// The fragment of a component schema.
    pub(crate) fn of(name: &str) -> Self {
        Self(format!("#/definitions/{name}"))
    }

    /// The name of the schema: of a component its own, of others a number.
    pub(crate) fn name(&self) -> &str {
        self.0.trim_start_matches("#/definitions/")
    }
}

/// All schemas of one specification.
pub(crate) struct Schemas {
    definitions: Value,
    registry: OnceLock<Option<Registry<'static>>>,
    validators: Mutex<HashMap<Fragment, Option<Arc<Validator>>>>,
}

/// Where a value breaks its schema, and how. Values are not told: they may be secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mismatch {
    /// JSON pointer into the value; empty for the value itself.
    pub(crate) pointer: String,
    pub(crate) problem: String,
}

impl Schemas {
    pub(super) fn new(definitions: Value) -> Self {
        Self { definitions, registry: OnceLock::new(), validators: Mutex::default() }
    }

    /// The schema itself, references not followed.
    pub(crate) fn get(&self, fragment: &Fragment) -> &Value {
        self.definitions.get(fragment.name()).unwrap_or(&Value::Null)
    }

    /// The schema that a reference points to, or the schema itself.
    pub(crate) fn resolve<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        for _ in 0..32 {
            let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { break };
            schema = self.get(&Fragment::from(reference));
        }
        schema
    }

    /// What text stands for under a schema.
    pub(crate) fn shape(&self, fragment: &Fragment) -> Shape {
        self.shape_of(self.get(fragment))
    }

    pub(crate) fn shape_of(&self, schema: &Value) -> Shape {
        let schema = self.resolve(schema);
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().find_map(|kind| kind.as_str().filter(|kind| *kind != "null")),
            kind => kind.as_str(),
        };
        match kind {
            Some("integer") => Shape::Integer,
            Some("number") => Shape::Number,
            Some("boolean") => Shape::Boolean,
            Some("array") => Shape::List(Box::new(self.shape_of(&schema["items"]))),
            Some("object") => Shape::Object,
            Some(_) => Shape::Text,
            None => match schema["allOf"].as_array().map(Vec::as_slice) {
                Some([single]) => self.shape_of(single),
                _ if schema.get("properties").is_some() => Shape::Object,
                _ => Shape::Text,
            },
        }
    }

    /// Whether a value keeps a schema: the first place where it does not.
    pub(crate) fn check(&self, fragment: &Fragment, value: &Value) -> Result<(), Mismatch> {
        let Some(validator) = self.validator(fragment) else { return Ok(()) };
        if validator.is_valid(value) {
            return Ok(());
        }
        match validator.iter_errors(value).next() {
            None => Ok(()),
            Some(error) => Err(mismatch(&error)),
        }
    }

    /// Every schema that could speak for a value: the schema behind a reference, parts and alternatives alike.
    pub(crate) fn expand<'a>(&'a self, schema: &'a Value, into: &mut Vec<&'a Value>) {
        let schema = self.resolve(schema);
        if into.iter().any(|known| std::ptr::eq(*known, schema)) {
            return;
        }
        into.push(schema);
        for key in ["allOf", "anyOf", "oneOf"] {
            for arm in schema[key].as_array().into_iter().flatten() {
                self.expand(arm, into);
            }
        }
    }

    fn validator(&self, fragment: &Fragment) -> Option<Arc<Validator>> {
        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = validators.get(fragment) {
            return known.clone();
        }
        let built = self.build(fragment).map(Arc::new);
        validators.insert(fragment.clone(), built.clone());
        built
    }

    fn build(&self, fragment: &Fragment) -> Option<Validator> {
        let registry = self.registry.get_or_init(|| {
            let document = json!({ "definitions": self.definitions });
            Registry::new().draft(Draft::Draft4).add(BASE, document).and_then(|registry| registry.prepare()).ok()
        });
        let mut options = jsonschema::options()
            .with_draft(Draft::Draft4)
            .with_registry(registry.as_ref()?)
            .should_validate_formats(true);
        for (name, fits) in super::super::check::FORMATS {
            options = options.with_format(*name, *fits);
        }
        options.build(&json!({ "$ref": format!("{BASE}{}", fragment.0) })).ok()
    }
}

/// In words that name no value.
fn mismatch(error: &jsonschema::ValidationError<'_>) -> Mismatch {
    Mismatch { pointer: error.instance_path().to_string(), problem: error.masked().to_string() }
}

#[cfg(test)]
mod tests {
    use crate::Provider;
    use crate::playbook::{Fragment, Playbook};

    /// A schema that gives no validator would let everything pass.
    #[test]
    fn every_schema_gives_a_validator() {
        for provider in Provider::ALL {
            let schemas = &Playbook::of(provider).schemas;
            let definitions = schemas.definitions.as_object().unwrap();
            assert!(!definitions.is_empty(), "{provider}");
            for name in definitions.keys() {
                assert!(schemas.build(&Fragment::of(name)).is_some(), "{provider} {name}");
            }
        }
    }

    #[test]
    fn what_breaks_a_schema_is_told_by_its_place() {
        let schemas = &Playbook::of(Provider::SaltEdge).schemas;
        let mut account = Playbook::of(Provider::SaltEdge).example("Account");
        assert_eq!(schemas.check(&Fragment::of("Account"), &account), Ok(()));
        account["balance"] = "much".into();
        let mismatch = schemas.check(&Fragment::of("Account"), &account).unwrap_err();
        assert_eq!(mismatch.pointer, "/balance");
        assert!(!mismatch.problem.contains("much"), "{}", mismatch.problem);
    }
}
