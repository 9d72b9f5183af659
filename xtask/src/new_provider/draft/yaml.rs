//! A document as YAML that people like to edit: flow style for short things, block style for the rest.

use anyhow::ensure;
use serde_json::Value;

use crate::spec::Spec;

/// Lines end before this column where they can.
const WIDTH: usize = 120;
/// So deep nothing is short: sections, paths, operations, components.
const BLOCK: usize = 2;

const HEAD: &str = "# Drafted by `cargo xtask new-provider`, to be curated: ../specs/README.md says how.\n";

/// The text, which is read back to be sure that it says the same.
pub(super) fn text(root: &Value) -> anyhow::Result<String> {
    let mut out = HEAD.to_owned();
    block(root, 0, &mut out);
    let back = Spec::parse(&out, "the draft", false)?;
    ensure!(
        back.root == *root,
        "the draft does not read as it was written; please report the document that it was made from"
    );
    Ok(out)
}

/// A container in block style, each line indented.
fn block(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                entry(&format!("{indent}{}:", key_text(key)), member, depth, out);
            }
        }
        Value::Array(items) => {
            for item in items {
                let flow = flow(item);
                if indent.len() + 2 + flow.len() <= WIDTH || !is_container(item) {
                    out.push_str(&format!("{indent}- {flow}\n"));
                    continue;
                }
                // The first member stands on the line of the dash.
                let mut inner = String::new();
                block(item, depth + 1, &mut inner);
                out.push_str(&format!("{indent}- {}", inner.trim_start()));
            }
        }
        scalar => out.push_str(&format!("{indent}{}\n", flow(scalar))),
    }
}

fn entry(start: &str, value: &Value, depth: usize, out: &mut String) {
    let flow = flow(value);
    let short = depth >= BLOCK && start.len() + 1 + flow.len() <= WIDTH;
    let empty = flow == "{}" || flow == "[]";
    if !is_container(value) || empty || short {
        out.push_str(&format!("{start} {flow}\n"));
    } else {
        out.push_str(&format!("{start}\n"));
        block(value, depth + 1, out);
    }
}

fn is_container(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

fn flow(value: &Value) -> String {
    match value {
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(key, value)| format!("{}: {}", scalar_text(key), flow(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::String(text) => scalar_text(text),
        other => other.to_string(),
    }
}

/// A key in block style, where the braces of a path need no quotes.
fn key_text(key: &str) -> String {
    let path = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '/' | '_' | '-' | '.' | '{' | '}');
    if key.starts_with('/') && key.chars().all(path) { key.to_owned() } else { scalar_text(key) }
}

/// A text, in quotes where YAML would read something else.
fn scalar_text(text: &str) -> String {
    const WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let version = text.split('.').count() == 3 && text.bytes().all(|sign| sign.is_ascii_digit() || sign == b'.');
    let plain = (text.starts_with(|first: char| first.is_ascii_alphabetic()) || text == "$ref" || version)
        && !text.ends_with(' ')
        && text.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, ' ' | '_' | '-' | '.' | '/' | '$'))
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    if plain {
        text.to_owned()
    } else if text.chars().any(char::is_control) {
        Value::String(text.to_owned()).to_string()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_reads_the_same() {
        let root = json!({
            "openapi": "3.0.3",
            "paths": {"/a": {"get": {"tags": ["no", "it's", "a: b", "#", "", " x", "1", "~", "line\nbreak", "año"], "n": -0.5, "e": {}, "l": []}}},
            "deep": {"er": {"list": [{"a": "x".repeat(70), "b": ["y".repeat(70)]}, [["z".repeat(130)]]]}},
        });
        let text = text(&root).unwrap_or_else(|error| panic!("{error}"));
        assert!(text.contains("openapi: 3.0.3\n"), "{text}");
        assert!(text.contains("tags: ['no', 'it''s', 'a: b'"), "{text}");
    }
}
