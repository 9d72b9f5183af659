//! An example for each component, made from its schema.

use serde_json::{Map, Value, json};

use super::scalars;

/// Longer lists than this are no example.
const MOST_ITEMS: u64 = 20;

/// The components, each with an example.
pub(super) fn filled_in(mut schemas: Map<String, Value>) -> Map<String, Value> {
    let made: Vec<(String, Option<Value>)> = schemas
        .iter()
        .map(|(name, schema)| (name.clone(), example(&schemas, schema, &mut vec![name.clone()])))
        .collect();
    for (name, example) in made {
        let schema = schemas.get_mut(&name).and_then(Value::as_object_mut);
        if let (Some(schema), Some(example)) = (schema, example) {
            schema.insert("example".to_owned(), example);
        }
    }
    schemas
}

/// Gives each parameter of an operation an example.
pub(super) fn of_parameters(paths: &mut Value, schemas: &Map<String, Value>) {
    let items = paths.as_object_mut().into_iter().flat_map(Map::values_mut);
    let operations = items.filter_map(Value::as_object_mut).flat_map(Map::values_mut);
    let lists = operations.filter_map(|operation| operation.get_mut("parameters")?.as_array_mut());
    for parameter in lists.flatten() {
        if let Some(value) = example(schemas, &parameter["schema"], &mut Vec::new()) {
            parameter["example"] = value;
        }
    }
}

/// A value of a schema; `None` when it would hold itself.
fn example(schemas: &Map<String, Value>, schema: &Value, inside: &mut Vec<String>) -> Option<Value> {
    let Some(members) = schema.as_object() else { return Some(json!({})) };
    if let Some(name) = members.get("$ref").and_then(Value::as_str).and_then(|reference| reference.rsplit('/').next()) {
        if inside.iter().any(|around| around == name) {
            return None;
        }
        inside.push(name.to_owned());
        let value = schemas.get(name).and_then(|schema| example(schemas, schema, inside));
        inside.pop();
        return value;
    }
    if let Some(word) = members.get("enum").and_then(Value::as_array).and_then(|words| words.first()) {
        return Some(word.clone());
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(arms) = members.get(key).and_then(Value::as_array) {
            let mut value = arms.iter().find_map(|arm| example(schemas, arm, inside))?;
            say_which(&mut value, members, arms);
            return Some(value);
        }
    }
    if let Some(parts) = members.get("allOf").and_then(Value::as_array) {
        let values: Option<Vec<Value>> = parts.iter().map(|part| example(schemas, part, inside)).collect();
        return Some(values?.into_iter().reduce(united).unwrap_or_else(|| json!({})));
    }
    match members.get("type").and_then(Value::as_str) {
        Some("array") => {
            let wanted = members.get("minItems").and_then(Value::as_u64).unwrap_or(1).clamp(1, MOST_ITEMS);
            let wanted = members.get("maxItems").and_then(Value::as_u64).map_or(wanted, |most| wanted.min(most));
            let item = example(schemas, &members["items"], inside);
            Some(Value::Array(item.into_iter().flat_map(|item| (0..wanted).map(move |_| item.clone())).collect()))
        }
        Some("object") => object(schemas, members, inside),
        Some(_) => Some(scalars::made(members)),
        None => Some(json!({})),
    }
}

fn object(schemas: &Map<String, Value>, members: &Map<String, Value>, inside: &mut Vec<String>) -> Option<Value> {
    let required: Vec<&str> =
        members.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let mut out = Map::new();
    for (name, property) in members.get("properties").and_then(Value::as_object).into_iter().flatten() {
        match example(schemas, property, inside) {
            Some(value) => {
                out.insert(name.clone(), value);
            }
            None if required.contains(&name.as_str()) => return None,
            None => {}
        }
    }
    Some(Value::Object(out))
}

fn united(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) => {
            one.extend(other);
            Value::Object(one)
        }
        (one, _) => one,
    }
}

/// Writes the word of a discriminator that stands for the first alternative.
fn say_which(value: &mut Value, members: &Map<String, Value>, arms: &[Value]) {
    let Some(told) = members.get("discriminator") else { return };
    let (Some(property), Some(first)) =
        (told["propertyName"].as_str(), arms.first().and_then(|arm| arm["$ref"].as_str()))
    else {
        return;
    };
    let mapped = told["mapping"].as_object().into_iter().flatten().find(|(_, target)| target.as_str() == Some(first));
    let word = mapped.map_or_else(|| first.rsplit('/').next().unwrap_or_default(), |(word, _)| word.as_str());
    if value.get(property).is_some_and(Value::is_string) {
        value[property] = json!(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(schemas: Value) -> Value {
        Value::Object(filled_in(schemas.as_object().cloned().unwrap_or_default()))
    }

    #[test]
    fn what_refers_to_itself_ends() {
        let reference = json!({ "$ref": "#/components/schemas/Node" });
        let made = filled(
            json!({"Node": {"type": "object", "properties": {"id": {"type": "integer"}, "next": reference, "all": {"type": "array", "items": reference}}}}),
        );
        assert_eq!(made["Node"]["example"], json!({"id": 1, "all": []}));
    }

    #[test]
    fn parts_unite_and_null_is_not_chosen() {
        let made = filled(json!({
            "A": {"type": "object", "properties": {"a": {"type": "string", "enum": ["x", "y"]}}},
            "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object", "properties": {"b": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "string", "nullable": true, "enum": [null]}]}}}]}
        }));
        assert_eq!(made["B"]["example"], json!({"a": "x", "b": {"a": "x"}}));
    }
}
