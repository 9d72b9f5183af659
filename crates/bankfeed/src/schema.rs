//! The model as JSON Schema, for other languages.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::error::Cause;
use crate::identity::Reconciliation;
use crate::model;
use crate::provider::Capabilities;

/// The model's JSON as JSON Schema, draft 2020-12: one document, with every record and what it is made of in `$defs`.
///
/// Amounts are strings, digit for digit; dates are strings as precise as they were sent. What a later version adds are
/// members and words of enumerations, so let your reader pass over those that it does not know.
///
/// ```
/// let schema = bankfeed::json_schema();
/// assert_eq!(schema["$defs"]["Money"]["properties"]["amount"]["$ref"], "#/$defs/Amount");
/// ```
pub fn json_schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut add = Add(&mut generator);
    add.record::<model::Institution>();
    add.record::<model::Connection>();
    add.record::<model::Consent>();
    add.record::<model::Party>();
    add.record::<model::Account>();
    add.record::<model::Balance>();
    add.record::<model::Transaction>();
    add.record::<model::Holding>();
    add.record::<model::Event>();
    add.record::<model::Money>();
    add.record::<Cause>();
    add.record::<Capabilities>();
    add.record::<Reconciliation>();
    let mut definitions = Value::Object(generator.take_definitions(true));
    describe(&mut definitions);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "bankfeed",
        "description": "The records of bankfeed's normalized model. Each is one of $defs.",
        "$defs": definitions,
    })
}

/// Makes descriptions of what was written for rustdoc: links become their text, and lines a paragraph each.
fn describe(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(text)) = members.get_mut("description") {
                *text = plain(text);
            }
            members.values_mut().for_each(describe);
        }
        Value::Array(items) => items.iter_mut().for_each(describe),
        _ => {}
    }
}

fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        plain.push_str(before);
        let shown = link.split_once(']').and_then(|(shown, after)| {
            let after = match after.strip_prefix('(') {
                Some(target) => target.split_once(')')?.1,
                None => after,
            };
            Some((shown, after))
        });
        match shown {
            Some((shown, after)) => {
                plain.push_str(shown);
                rest = after;
            }
            None => {
                plain.push('[');
                rest = link;
            }
        }
    }
    plain.push_str(rest);
    let paragraphs = plain.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

struct Add<'g>(&'g mut SchemaGenerator);

impl Add<'_> {
    /// Puts a type and all it is made of among the definitions.
    fn record<T: JsonSchema>(&mut self) {
        // What refers to it is of no use here; that it is defined is what counts.
        let _ = self.0.subschema_for::<T>();
    }
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $pattern:literal, $description:literal) => {
        $(#[$doc])*
        pub(crate) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn schema_id() -> Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern, "description": $description })
            }
        }
    };
}

text!(
    /// How an amount looks in the model's JSON.
    Amount,
    r"^-?[0-9]+(\.[0-9]+)?$",
    "An exact decimal number, digit for digit as it was sent."
);
text!(
    /// How a date looks.
    Date,
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?)?$",
    "A date; where the provider sent a time of day with it, that stands behind it."
);
text!(
    /// How a date with a time of day looks.
    DateTime,
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?)?$",
    "A date, or a date and time, as precise as it was sent: time and offset may be missing, and the offset its colon."
);
