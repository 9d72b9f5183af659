//! Operations: one method of the client each.

use std::collections::{HashMap, HashSet};

use super::{Lowering, text};
use crate::model::{Answer, Operation, Retry};
use crate::names;
use crate::spec::{METHODS, Place};

/// Methods that every generated client has besides its operations.
const TAKEN_METHODS: &[&str] =
    &["new", "builder", "from_transport", "transport", "call", "clone", "fmt", "into", "from"];

impl<'a> Lowering<'a> {
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let features: HashMap<String, String> =
            self.features().into_iter().map(|(tag, feature, _)| (tag, feature)).collect();
        let mut methods: HashSet<String> = TAKEN_METHODS.iter().map(|name| (*name).to_owned()).collect();
        let mut builders = HashSet::new();
        let mut operations = Vec::new();
        let paths = self.spec.at("/paths");
        for (path, item) in paths.iter().flat_map(|paths| paths.members()) {
            let Some(item) = self.spec.resolve(&item) else { continue };
            // In the order of the document, like everything else.
            for (method, place) in item.members().filter(|(method, _)| METHODS.contains(&method.as_str())) {
                let Some(id) = place.text("operationId") else { continue };
                let rust = names::unique(
                    names::chosen(place.text("x-rust-name")).unwrap_or_else(|| names::method_name(id)),
                    &mut methods,
                );
                let builder = names::unique(names::type_name(&rust), &mut builders);
                operations.push(self.operation(&place, &item, (id, path, method), rust, builder, &features));
            }
        }
        // Enums over statuses stand beside the requests: `PayAnswer` may be one as well.
        for operation in &mut operations {
            if let Answer::ByStatus { name, .. } = &mut operation.answer {
                *name = names::unique(std::mem::take(name), &mut builders);
            }
        }
        operations
    }

    fn operation(
        &mut self,
        place: &Place<'a>,
        item: &Place<'a>,
        (id, path, method): (&str, &str, &str),
        rust: String,
        builder: String,
        features: &HashMap<String, String>,
    ) -> Operation {
        let tag = place.value.pointer("/tags/0").and_then(serde_json::Value::as_str);
        let mut params = self.params(place, item, &builder);
        let body = self.body(place, &builder);
        let (answer, alternates) = self.answer(place, &builder);
        // Pages are described by field, so their fields have to be known by now.
        self.finish_objects();
        let paging = self.paging(place, &answer, &params, body.as_ref());
        super::params::rename_twins(&mut params, body.is_some(), &alternates);
        let errors = place.get("x-errors");
        Operation {
            id: id.to_owned(),
            rust,
            builder,
            method: method.to_uppercase(),
            path: path.to_owned(),
            group: tag.unwrap_or("untagged").to_owned(),
            feature: tag.and_then(|tag| features.get(tag)).cloned(),
            summary: text::doc(place.text("summary").unwrap_or_default()),
            doc: text::doc(place.text("description").unwrap_or_default()),
            deprecated: place.flag("deprecated"),
            params,
            body,
            answer,
            alternates,
            public: self.public(place),
            retry: match place.text("x-retry") {
                Some("safe") => Retry::Safe,
                Some("never") => Retry::Never,
                Some(rule) => Retry::Rule(rule.to_owned()),
                // Without a word, only what HTTP itself calls safe is repeated.
                None if matches!(method, "get" | "head" | "options") => Retry::Safe,
                None => Retry::Never,
            },
            timeout_secs: place
                .text("x-timeout")
                .and_then(|text| text.strip_suffix('s'))
                .and_then(|seconds| seconds.parse().ok()),
            paging,
            errors: errors
                .iter()
                .flat_map(|errors| errors.members())
                .map(|(status, codes)| {
                    (
                        status.clone(),
                        codes.elements().filter_map(|code| code.value.as_str().map(str::to_owned)).collect(),
                    )
                })
                .collect(),
        }
    }
    /// Whether an operation asks for no credentials, by its own word or by that of the whole document.
    fn public(&self, operation: &Place<'a>) -> bool {
        let security = operation.get("security").or_else(|| self.spec.root().get("security"));
        // Without any word nobody knows, and credentials that are not needed do less harm than those that are missing.
        security.is_some_and(|security| security.value.as_array().is_some_and(Vec::is_empty))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::spec::Spec;

    fn public(everywhere: Value, here: Value) -> bool {
        let operation = json!({"operationId": "act", "responses": {}, "security": here});
        let document = json!({"security": everywhere, "paths": {"/a": {"get": operation}}}).to_string();
        let spec = Spec::parse(&document, "test.json", true).unwrap_or_else(|error| panic!("{error}"));
        let api = super::super::lower(&spec).unwrap_or_else(|error| panic!("{error}"));
        api.operations[0].public
    }

    #[test]
    fn public_is_what_says_so() {
        let (key, either) = (json!([{"Key": []}]), json!([{"Key": []}, {"Token": []}]));
        assert!(public(key.clone(), json!([])) && public(json!([]), Value::Null));
        assert!(!public(json!([]), key.clone()) && !public(key, either) && !public(Value::Null, Value::Null));
    }
}
