//! What the rules or the generator refuse of a draft is taken out, a schema or an operation at a time, and listed.

use std::collections::BTreeMap;

use anyhow::bail;
use serde_json::{Value, json};

use super::{Left, yaml};
use crate::diagnostic::Rejected;
use crate::pipeline::{self, Origin};
use crate::spec::{METHODS, Spec, pointer};

/// Each round takes something out, so that a draft of this many troubles is none.
const ROUNDS: usize = 200;

/// The text of a draft that keeps every rule.
pub(super) fn settle(
    mut root: Value,
    file: &str,
    origins: &BTreeMap<String, String>,
    left: &mut Vec<Left>,
) -> anyhow::Result<String> {
    for _ in 0..ROUNDS {
        let text = yaml::text(&root)?;
        let spec = Spec::parse(&text, file, false)?;
        let outcome = pipeline::check_spec(&spec, Origin::House).map_err(anyhow::Error::from);
        let error = match outcome.and_then(|()| pipeline::code(&spec).map(|_| ())) {
            Ok(()) => return Ok(text),
            Err(error) => error,
        };
        let Rejected(found) = error.downcast::<Rejected>()?;
        let mut changed = false;
        // What is wrong by itself before what only holds it.
        let (inner, own): (Vec<_>, Vec<_>) = found.iter().partition(|problem| problem.problem.contains("schema at `"));
        for problem in own.into_iter().chain(inner) {
            let at = problem.pointer.trim_start_matches('#');
            if let Some((origin, what)) = take_out(&mut root, at, origins) {
                left.push(Left { pointer: format!("#{origin}"), reason: format!("{what}: {}", problem.problem) });
                changed = true;
                // Others may have been about the same.
                break;
            }
        }
        if !changed {
            return Err(Rejected(found).into());
        }
    }
    bail!("the document has more than {ROUNDS} things that cannot be carried over: draft from a part of it")
}

/// Takes out what a problem is about: where that was in the document, and what stands there now.
fn take_out(root: &mut Value, at: &str, origins: &BTreeMap<String, String>) -> Option<(String, &'static str)> {
    let members: Vec<String> = pointer::members(at).take(3).collect();
    let [first, second, third] = members.as_slice() else { return None };
    if first == "components" && second == "schemas" {
        let schema = root.get_mut("components")?.get_mut("schemas")?.get_mut(third)?;
        // Any value already: nothing more can be taken from it.
        if schema.as_object()?.keys().all(|key| matches!(key.as_str(), "description" | "x-source" | "example")) {
            return None;
        }
        *schema = json!({ "description": schema["description"], "x-source": schema["x-source"], "example": {} });
        return Some((origins.get(third).cloned().unwrap_or_default(), "any value stands in its place"));
    }
    if first == "paths" && METHODS.contains(&third.as_str()) {
        let paths = root.get_mut("paths")?.as_object_mut()?;
        let item = paths.get_mut(second)?.as_object_mut()?;
        item.shift_remove(third)?;
        if item.is_empty() {
            paths.shift_remove(second);
        }
        let origin = pointer::child(&pointer::child("/paths", second), third);
        return Some((origin, "the operation is left out"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_become_any_value_and_operations_go() {
        let mut root = json!({
            "paths": {"/a": {"get": {}, "put": {}}},
            "components": {"schemas": {"A": {"type": "object", "description": "d", "x-source": "s"}}}
        });
        let origins = BTreeMap::from([("A".to_owned(), "/components/schemas/a".to_owned())]);
        let mut take = |at: &str| take_out(&mut root, at, &origins).map(|(origin, _)| origin);
        assert_eq!(take("/components/schemas/A/properties/x").as_deref(), Some("/components/schemas/a"));
        assert_eq!(take("/components/schemas/A"), None);
        assert_eq!(take("/paths/~1a/get/responses").as_deref(), Some("/paths/~1a/get"));
        assert_eq!(take("/paths/~1a/put").as_deref(), Some("/paths/~1a/put"));
        assert_eq!(take("/info"), None);
        assert_eq!(root["paths"], json!({}));
        assert_eq!(root["components"]["schemas"]["A"], json!({"description": "d", "x-source": "s", "example": {}}));
    }
}
