//! Files with recordings: one JSON value, one a line, or what a browser or proxy saves (HAR).

use std::path::Path;

use serde_json::Value;

use super::har;
use crate::diagnostic::{Diagnostic, Rejected};

/// Values that are judged by one schema.
pub(crate) struct Recording {
    /// The file, as messages name it.
    pub(crate) file: String,
    pub(crate) source: Source,
    pub(crate) values: Vec<Value>,
}

/// Where a value is from.
pub(crate) enum Source {
    /// A file that says nothing of it.
    File,
    /// An exchange that was recorded as a whole.
    Exchange {
        method: String,
        path: String,
        status: u16,
        /// Its place in the file.
        at: String,
    },
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Vec<Recording>, Rejected> {
    let file = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| {
        refuse(&file, None, format!("the file cannot be read: {error}"), "check the path and its permissions")
    })?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| refuse(&file, None, format!("the file is not UTF-8: {error}"), "save it as UTF-8"))?;
    let values = values(text, &file, "")?;
    match values.as_slice() {
        [] => Err(refuse(&file, None, "the file holds no JSON value".to_owned(), "record an answer first")),
        [only] if only.pointer("/log/entries").is_some_and(Value::is_array) => har::recordings(only, &file),
        _ => Ok(vec![Recording { file, source: Source::File, values }]),
    }
}

/// One value, or one after the other.
pub(super) fn values(text: &str, file: &str, pointer: &str) -> Result<Vec<Value>, Rejected> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let values: Result<Vec<Value>, serde_json::Error> =
        serde_json::Deserializer::from_str(text).into_iter::<Value>().collect();
    values.map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let inside = !pointer.is_empty();
        let problem = match inside {
            true => {
                format!("a recorded body is not valid JSON: {}, line {line}, column {column} of it", reason(&error))
            }
            false => format!("not valid JSON at line {line}, column {column}: {}", reason(&error)),
        };
        Rejected::one(Diagnostic {
            file: file.to_owned(),
            line: Some(line).filter(|_| !inside),
            pointer: pointer.to_owned(),
            operation: None,
            problem,
            help: "save one JSON value, one on each line, or a HAR file".to_owned(),
        })
    })
}

/// The words of the parser without the place, which is told apart.
fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split(" at line ").next().unwrap_or_default().to_owned()
}

/// A problem of a file.
pub(super) fn refuse(file: &str, pointer: Option<String>, problem: String, help: &str) -> Rejected {
    Rejected::one(Diagnostic {
        file: file.to_owned(),
        line: None,
        pointer: pointer.map(|pointer| format!("#{pointer}")).unwrap_or_default(),
        operation: None,
        problem,
        help: help.to_owned(),
    })
}
