//! Comparing JSON by meaning, numbers by their text.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Where two JSON texts differ, one line each: the place, what stands left, what stands right.
pub fn differences(left: &str, right: &str) -> Vec<String> {
    let mut found = Vec::new();
    compare("", raw(left), raw(right), &mut found);
    found
}

fn raw(text: &str) -> &RawValue {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("not JSON ({error}): {text}"))
}

fn compare(path: &str, left: &RawValue, right: &RawValue, found: &mut Vec<String>) {
    let (left, right) = (left.get(), right.get());
    match (left.as_bytes()[0], right.as_bytes()[0]) {
        (b'{', b'{') => {
            let left: BTreeMap<String, &RawValue> = serde_json::from_str(left).unwrap();
            let mut right: BTreeMap<String, &RawValue> = serde_json::from_str(right).unwrap();
            for (key, left) in left {
                match right.remove(&key) {
                    Some(right) => compare(&format!("{path}/{key}"), left, right, found),
                    None => found.push(format!("{path}/{key}: {} -> nothing", left.get())),
                }
            }
            found.extend(right.into_iter().map(|(key, right)| format!("{path}/{key}: nothing -> {}", right.get())));
        }
        (b'[', b'[') => {
            let left: Vec<&RawValue> = serde_json::from_str(left).unwrap();
            let right: Vec<&RawValue> = serde_json::from_str(right).unwrap();
            if left.len() != right.len() {
                found.push(format!("{path}: {} items -> {} items", left.len(), right.len()));
            }
            for (index, (left, right)) in left.into_iter().zip(right).enumerate() {
                compare(&format!("{path}/{index}"), left, right, found);
            }
        }
        (b'"', b'"') if text(left) == text(right) => {}
        _ if left == right => {}
        _ => found.push(format!("{path}: {left} -> {right}")),
    }
}

fn text(json: &str) -> String {
    serde_json::from_str(json).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_meaning_counts() {
        assert_eq!(
            differences(r#"{"a":[1,{"b":"é"}],"c":null}"#, "{ \"c\": null, \"a\": [1, {\"b\":\"\\u00e9\"}] }"),
            [""; 0]
        );
    }

    #[test]
    fn each_place_is_a_line() {
        let found = differences(r#"{"a":1.0,"b":[1,2],"c":null,"d":"x"}"#, r#"{"a":1.00,"b":[1],"d":["x"],"e":0}"#);
        assert_eq!(
            found,
            [
                "/a: 1.0 -> 1.00",
                "/b: 2 items -> 1 items",
                "/c: null -> nothing",
                r#"/d: "x" -> ["x"]"#,
                "/e: nothing -> 0",
            ]
        );
    }

    #[test]
    #[should_panic(expected = "not JSON")]
    fn what_is_no_json_is_told() {
        differences("{}", "{");
    }
}
