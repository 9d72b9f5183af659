//! Alternatives that a member tells apart: its words become an enum in each of them, as the house writes it.
//!
//! Without, a plain object fits several alternatives, and no validator could say which one is meant.

use serde_json::{Map, Value, json};

use super::words;

/// Goes through all unions with a discriminator. Where an alternative has no such member, any of them may fit.
pub(super) fn tell_apart(schemas: &mut Map<String, Value>) {
    let unions: Vec<(String, Value)> = schemas
        .iter()
        .filter(|(_, schema)| schema.get("discriminator").is_some())
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    for (name, union) in unions {
        let property = union["discriminator"]["propertyName"].as_str().unwrap_or_default().to_owned();
        let arms: Vec<String> =
            union["oneOf"].as_array().into_iter().flatten().filter_map(|arm| component(&arm["$ref"])).collect();
        let plain =
            |arm: &String| schemas.get(arm).is_some_and(|schema| schema["properties"][&property]["type"] == "string");
        let ready = |arm: &String| {
            schemas.get(arm).is_some_and(|schema| schema["properties"][&property].get("allOf").is_some())
        };
        if !arms.iter().all(|arm| plain(arm) || ready(arm)) {
            if let Some(union) = schemas.get_mut(&name).and_then(Value::as_object_mut) {
                union.shift_remove("discriminator");
                if let Some(arms) = union.shift_remove("oneOf") {
                    union.insert("anyOf".to_owned(), arms);
                }
            }
            continue;
        }
        let plain: Vec<String> = arms.iter().filter(|arm| plain(arm)).cloned().collect();
        for arm in plain {
            let words = mapped(&union["discriminator"], &arm);
            let mut kind = format!("{arm}{}", words::type_name(&property));
            while schemas.contains_key(&kind) {
                kind.push_str("Word");
            }
            let source = schemas[&arm]["x-source"].clone();
            let description = format!("{}.", words::sentence(&kind));
            schemas.insert(
                kind.clone(),
                json!({ "type": "string", "description": description, "x-source": source, "enum": words }),
            );
            let described = schemas[&arm]["properties"][&property]["description"].clone();
            schemas[&arm]["properties"][&property] =
                json!({ "description": described, "allOf": [{ "$ref": format!("#/components/schemas/{kind}") }] });
            require(&mut schemas[&arm], &property);
        }
    }
    schemas.sort_keys();
}

/// The words that stand for an alternative: those of the mapping, else its name.
fn mapped(discriminator: &Value, arm: &str) -> Vec<String> {
    let mapping = discriminator["mapping"].as_object().into_iter().flatten();
    let words: Vec<String> =
        mapping.filter(|(_, target)| component(target).as_deref() == Some(arm)).map(|(word, _)| word.clone()).collect();
    if words.is_empty() { vec![arm.to_owned()] } else { words }
}

fn require(schema: &mut Value, property: &str) {
    match schema.get_mut("required").and_then(Value::as_array_mut) {
        Some(required) if required.iter().any(|name| name == property) => {}
        Some(required) => required.push(json!(property)),
        None => schema["required"] = json!([property]),
    }
}

fn component(reference: &Value) -> Option<String> {
    Some(reference.as_str()?.rsplit('/').next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(schemas: Value) -> Value {
        let mut schemas = schemas.as_object().cloned().unwrap_or_default();
        tell_apart(&mut schemas);
        Value::Object(schemas)
    }

    #[test]
    fn each_alternative_lists_its_words() {
        let arm = json!({"type": "object", "x-source": "s", "properties": {"kind": {"type": "string", "description": "Kind."}}});
        let told = told(json!({
            "A": arm, "B": arm,
            "U": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}],
                  "discriminator": {"propertyName": "kind", "mapping": {"a": "#/components/schemas/A", "b": "#/components/schemas/B"}}}
        }));
        assert_eq!(told["AKind"], json!({"type": "string", "description": "A kind.", "x-source": "s", "enum": ["a"]}));
        assert_eq!(told["B"]["required"], json!(["kind"]));
    }

    #[test]
    fn without_the_member_any_may_fit() {
        let told = told(json!({
            "A": {"type": "object"},
            "U": {"oneOf": [{"$ref": "#/components/schemas/A"}], "discriminator": {"propertyName": "kind"}}
        }));
        assert_eq!(told["U"], json!({"anyOf": [{"$ref": "#/components/schemas/A"}]}));
    }
}
