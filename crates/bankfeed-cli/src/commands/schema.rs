//! `bankfeed schema`

use std::collections::BTreeSet;
use std::io::Write as _;

use serde_json::{Map, Value, json};

use crate::trouble::{Exit, Trouble};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only this record and what it is made of, such as transaction
    #[arg(long, value_name = "RECORD")]
    of: Option<String>,
}

pub(super) fn run(wanted: &Arguments) -> Result<Exit, Trouble> {
    let whole = bankfeed::json_schema();
    let schema = match &wanted.of {
        Some(name) => one(&whole, name)?,
        None => whole,
    };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(Exit::Done)
}

/// One record, with the definitions that it leads to and no others.
fn one(whole: &Value, wanted: &str) -> Result<Value, Trouble> {
    let nothing = Map::new();
    let all = whole["$defs"].as_object().unwrap_or(&nothing);
    // `balance-kind`, `balance_kind` and `BalanceKind` are the same.
    let plain = |name: &str| name.replace(['-', '_', ' '], "").to_lowercase();
    let Some(name) = all.keys().find(|name| plain(name) == plain(wanted)) else {
        // Records, not the words and numbers that they are made of.
        let is_record = |name: &str, schema: &Value| schema["type"] == "object" && !name.starts_with("Coded");
        let known = all.iter().filter(|(name, schema)| is_record(name, schema)).map(|(name, _)| name.as_str());
        let known: Vec<&str> = known.collect();
        return Err(Trouble::usage(
            format!("there is no record `{wanted}`"),
            format!("there are: {}", known.join(", ")),
        ));
    };
    let mut needed = BTreeSet::new();
    let mut ahead = vec![name.clone()];
    while let Some(name) = ahead.pop() {
        if needed.insert(name.clone()) {
            all.get(&name).into_iter().for_each(|definition| references(definition, &mut ahead));
        }
    }
    // In the order of the whole.
    let definitions = all.iter().filter(|(name, _)| needed.contains(*name));
    let definitions: Map<String, Value> = definitions.map(|(name, schema)| (name.clone(), schema.clone())).collect();
    Ok(json!({
        "$schema": whole["$schema"],
        "title": name,
        "$ref": format!("#/$defs/{name}"),
        "$defs": definitions,
    }))
}

/// The definitions that a schema points to.
fn references(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            let pointer = members.get("$ref").and_then(Value::as_str);
            found.extend(pointer.and_then(|pointer| pointer.strip_prefix("#/$defs/")).map(str::to_owned));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}
