//! Which components are sent and which are received.

use std::collections::HashSet;

use serde_json::Value;

use super::super::change::Way;
use crate::spec::{METHODS, Spec};

/// The components that operations and callbacks reach, by pointer.
pub(in super::super) struct Uses {
    sent: HashSet<String>,
    received: HashSet<String>,
}

impl Uses {
    /// Of a whole document.
    pub(in super::super) fn of(spec: &Spec) -> Self {
        let mut uses = Uses { sent: HashSet::new(), received: HashSet::new() };
        for (_, item) in spec.root().get("paths").iter().flat_map(|paths| paths.members()) {
            let Some(item) = spec.resolve(&item) else { continue };
            reach(spec, item.value.get("parameters"), &mut uses.sent);
            for (_, operation) in item.members().filter(|(key, _)| METHODS.contains(&key.as_str())) {
                for key in ["parameters", "requestBody"] {
                    reach(spec, operation.value.get(key), &mut uses.sent);
                }
                reach(spec, operation.value.get("responses"), &mut uses.received);
            }
        }
        reach(spec, spec.root.get("x-webhooks"), &mut uses.received);
        uses
    }

    /// How the component around a place is used.
    pub(in super::super) fn way(&self, at: &str) -> Way {
        let component = component(at);
        Way::of(self.sent.contains(component), self.received.contains(component))
    }
}

/// `/components/schemas/Name` of any pointer below it.
fn component(at: &str) -> &str {
    let mut slashes = at.match_indices('/').map(|(index, _)| index);
    slashes.nth(3).map_or(at, |end| &at[..end])
}

/// Collects every component that a value refers to, through any number of others.
pub(in crate::diff) fn reach(spec: &Spec, from: Option<&Value>, found: &mut HashSet<String>) {
    let mut open: Vec<&Value> = from.into_iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                if let Some(target) = object.get("$ref").and_then(Value::as_str).and_then(|to| spec.follow(to))
                    && found.insert(target.pointer.clone())
                {
                    open.push(target.value);
                }
                // In the order of the document is no matter here: the result is a set.
                open.extend(object.iter().filter(|(key, _)| *key != "example" && *key != "examples").map(|(_, v)| v));
            }
            Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::testing::spec;

    #[test]
    fn components_are_reached_through_others() {
        let spec = spec(
            "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/P'}], responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}}}}\n\
             components: {parameters: {P: {schema: {$ref: '#/components/schemas/A'}}}, schemas: {A: {type: string}, B: {properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/B'}}}, C: {}}}",
        );
        let uses = Uses::of(&spec);
        let ways = ["A", "B", "C"].map(|name| uses.way(&format!("/components/schemas/{name}/properties/x")));
        assert_eq!(ways, [Way::Both, Way::Response, Way::Unused]);
    }
}
