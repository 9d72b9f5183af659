//! The extensions and formats of curated specifications: the one table behind the checks and behind `specs/README.md`.

use serde_json::Value;

use super::document::Kind;

/// An extension key that curated specifications may use.
pub(super) struct Extension {
    pub(super) name: &'static str,
    /// The objects it may stand on.
    pub(super) on: &'static [Kind],
    /// What its value looks like, in words that complete "it takes …".
    pub(super) form: &'static str,
    /// Whether a value has that form. What it refers to is checked by a rule of its own.
    pub(super) fits: fn(&Value) -> bool,
}

/// Every extension, in the order of `specs/README.md`.
pub(super) const EXTENSIONS: &[Extension] = &[
    Extension {
        name: "x-sensitive",
        on: &[Kind::Schema, Kind::Parameter, Kind::Header, Kind::SecurityScheme],
        form: "`secret` or `personal`",
        fits: |value| matches!(value.as_str(), Some("secret" | "personal")),
    },
    Extension { name: "x-credential", on: &[Kind::Schema], form: "`true`", fits: |value| value == true },
    Extension {
        name: "x-pagination",
        on: &[Kind::Operation],
        form: "an object with `items` and one way to continue: `next` with `cursor`, `next_link`, `page` or `offset`",
        fits: Value::is_object,
    },
    Extension {
        name: "x-retry",
        on: &[Kind::Operation],
        form: "`safe`, `never` or the name of a rule in kebab-case",
        fits: |value| value.as_str().is_some_and(|text| kebab(text, '-')),
    },
    Extension {
        name: "x-timeout",
        on: &[Kind::Operation],
        form: "whole seconds such as `120s`",
        fits: |value| value.as_str().is_some_and(seconds),
    },
    Extension {
        name: "x-envelope",
        on: &[Kind::RequestBody],
        form: "the name of the wrapper's property, such as `data`",
        fits: |value| value.as_str().is_some_and(|text| !text.is_empty()),
    },
    Extension {
        name: "x-errors",
        on: &[Kind::Operation],
        form: "an object from status to a list of error codes, such as `{ '404': [ConnectionNotFound] }`",
        fits: |value| value.as_object().is_some_and(|statuses| statuses.values().all(texts)),
    },
    Extension {
        name: "x-normalized",
        on: &[Kind::Schema],
        form: "a list of fields of the normalized model, such as `[transaction.amount]`",
        fits: |value| {
            texts(value) && value.as_array().is_some_and(|fields| fields.iter().filter_map(Value::as_str).all(field))
        },
    },
    Extension {
        name: "x-record",
        on: &[Kind::Schema],
        form: "a list of subjects of the normalized model, such as `[account, balance]`",
        fits: |value| {
            texts(value)
                && value
                    .as_array()
                    .is_some_and(|names| names.iter().filter_map(Value::as_str).all(|name| kebab(name, '_')))
        },
    },
    Extension {
        name: "x-webhooks",
        on: &[Kind::Document],
        form: "an object from name to path item, each with the operation that the provider calls",
        fits: |value| value.as_object().is_some_and(|hooks| hooks.values().all(Value::is_object)),
    },
    Extension {
        name: "x-verification",
        on: &[Kind::Callback],
        form: "an object with `scheme` and what it needs, such as `{ scheme: rsa-sha256, header: Signature }`, or `{ scheme: none }`",
        fits: |value| value.get("scheme").and_then(Value::as_str).is_some_and(|scheme| kebab(scheme, '-')),
    },
    Extension {
        name: "x-source",
        on: &[Kind::Info, Kind::Operation, Kind::Callback, Kind::Schema, Kind::Parameter],
        form: "the document and part that the fact comes from, or `inferred: …`",
        fits: |value| value.as_str().is_some_and(|text| !text.trim().is_empty()),
    },
    Extension {
        name: "x-tags-feature",
        on: &[Kind::Tag],
        form: "the name of a cargo feature in kebab-case",
        fits: |value| value.as_str().is_some_and(|text| kebab(text, '-')),
    },
    Extension {
        name: "x-status",
        on: &[Kind::Schema],
        form: "an object from error code to HTTP status, or null where that is not known",
        fits: |value| {
            value.as_object().is_some_and(|codes| {
                codes.values().all(|status| {
                    status.is_null() || status.as_u64().is_some_and(|status| (100..600).contains(&status))
                })
            })
        },
    },
    Extension {
        name: "x-enum-names",
        on: &[Kind::Schema],
        form: "an object from wire value to variant name in PascalCase",
        fits: |value| {
            value.as_object().is_some_and(|names| {
                names.values().all(|name| {
                    name.as_str()
                        .is_some_and(|name| ident(name) && name.starts_with(|first: char| first.is_ascii_uppercase()))
                })
            })
        },
    },
    Extension {
        name: "x-rust-name",
        on: &[Kind::Schema, Kind::Parameter],
        form: "a Rust name: PascalCase for a type, snake_case for a field or parameter",
        fits: |value| value.as_str().is_some_and(ident),
    },
];

/// The formats that mean something here, those of the project first.
pub(super) const FORMATS: &[&str] = &[
    "decimal",
    "id",
    "text",
    "boolean",
    "date",
    "date-time",
    "moment",
    "time",
    "binary",
    "byte",
    "password",
    "int32",
    "int64",
    "uint32",
    "uint64",
    "uuid",
    "uri",
    "url",
    "email",
    "ipv4",
    "ipv6",
    "hostname",
];

/// The candidate spelled most like a word, if it is near enough to be meant.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 2).clamp(1, 3);
    let near = candidates.into_iter().map(|candidate| (distance(word, candidate), candidate));
    near.filter(|(distance, _)| *distance > 0 && *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The number of characters to insert, remove or replace between two words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

fn kebab(text: &str, separator: char) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && !text.ends_with(separator)
        && text.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == separator)
}

fn seconds(text: &str) -> bool {
    text.strip_suffix('s').and_then(|digits| digits.parse::<u64>().ok()).is_some_and(|seconds| seconds > 0)
}

fn texts(value: &Value) -> bool {
    value.as_array().is_some_and(|list| {
        !list.is_empty() && list.iter().all(|entry| entry.as_str().is_some_and(|text| !text.is_empty()))
    })
}

/// `transaction.amount`
fn field(text: &str) -> bool {
    text.contains('.') && text.split('.').all(|part| kebab(part, '_'))
}

fn ident(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    /// Every `x-…` that opens a span of code in a Markdown text.
    fn mentioned(markdown: &str) -> BTreeSet<&str> {
        let spans = markdown.split('`').skip(1).step_by(2).filter(|span| span.starts_with("x-"));
        spans
            .map(|span| span.split(|char: char| !(char.is_ascii_alphanumeric() || char == '-')).next().unwrap_or(span))
            .collect()
    }

    #[test]
    fn the_readme_of_the_specifications_documents_exactly_these() {
        let table: BTreeSet<&str> = EXTENSIONS.iter().map(|extension| extension.name).collect();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/README.md");
        let readme = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(mentioned(&readme), table);
    }

    #[test]
    fn forms_are_told_apart() {
        let fits = |name: &str, value: Value| {
            EXTENSIONS.iter().find(|extension| extension.name == name).is_some_and(|extension| (extension.fits)(&value))
        };
        for (name, right, wrong) in [
            ("x-sensitive", json!("secret"), json!(true)),
            ("x-credential", json!(true), json!("api_key")),
            ("x-retry", json!("belvo-backoff"), json!("Safe")),
            ("x-timeout", json!("120s"), json!("0s")),
            ("x-timeout", json!("30s"), json!(30)),
            ("x-errors", json!({"404": ["NotFound"]}), json!({"404": "NotFound"})),
            ("x-normalized", json!(["transaction.amount"]), json!(["amount"])),
            ("x-record", json!(["account", "balance"]), json!("account")),
            ("x-webhooks", json!({"success": {}}), json!(["success"])),
            ("x-verification", json!({"scheme": "rsa-sha256"}), json!("rsa-sha256")),
            ("x-source", json!("inferred: samples"), json!(" ")),
            ("x-status", json!({"NotFound": 404, "Other": null}), json!({"NotFound": "404"})),
            ("x-enum-names", json!({"a": "LowerA"}), json!({"a": "lower"})),
            ("x-rust-name", json!("kind"), json!("3kind")),
            ("x-tags-feature", json!("open-finance"), json!("OpenFinance")),
        ] {
            assert!(fits(name, right.clone()), "{name}: {right}");
            assert!(!fits(name, wrong.clone()), "{name}: {wrong}");
        }
    }

    #[test]
    fn near_spellings_are_found_and_far_ones_are_not() {
        assert_eq!(nearest("x-retries", ["x-retry", "x-errors"]), Some("x-retry"));
        assert_eq!(nearest("x-logo", ["x-retry", "x-errors"]), None);
        assert_eq!(distance("cat", "cut"), 1);
        assert_eq!(distance("", "año"), 3);
    }
}
