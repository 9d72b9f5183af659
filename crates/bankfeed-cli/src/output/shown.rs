//! How single values are shown.

use std::fmt::Debug;

use bankfeed::{DateTime, ProviderId};
use serde_json::{Map, Value};

use super::Show;
use crate::trouble::Trouble;

/// What stands for an id that gives access: a fingerprint. Arguments take it, too.
pub(crate) fn handle(id: &impl Debug) -> String {
    format!("{id:?}")
}

/// The day of a moment.
pub(crate) fn when(moment: Option<DateTime>) -> String {
    moment.map(|moment| moment.date().to_string()).unwrap_or_default()
}

/// A record as JSON, with its provider first.
pub(super) fn line<T: Show>(provider: &ProviderId, record: &T) -> Result<Value, Trouble> {
    let value = serde_json::to_value(record).map_err(std::io::Error::from)?;
    let mut line = Map::new();
    line.insert("provider".to_owned(), provider.as_str().into());
    if let Value::Object(members) = value {
        for (name, value) in members {
            let hidden = T::HIDDEN.contains(&name.as_str());
            let value = match value {
                Value::String(text) if hidden => handle(&bankfeed::ConnectionId::from(text)).into(),
                other => other,
            };
            line.insert(name, value);
        }
    }
    Ok(Value::Object(line))
}
