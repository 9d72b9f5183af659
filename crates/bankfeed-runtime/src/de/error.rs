//! The error of a decode.

use std::fmt;

use super::trail::Trail;

/// JSON that is not what was asked for.
///
/// Says where (a JSON pointer such as `/data/3/amount`) and what was expected and found, never the value itself.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    reason: String,
    line: usize,
    column: usize,
}

impl DecodeError {
    /// An error with a reason of the caller's, about the document as a whole.
    ///
    /// The reason is printed: it must not quote the document.
    pub fn new(reason: impl Into<String>) -> Self {
        Self { path: String::new(), reason: reason.into(), line: 0, column: 0 }
    }

    pub(crate) fn from_json(error: &serde_json::Error, trail: Trail) -> Self {
        use serde_json::error::Category;
        let reason = match (error.classify(), trail.reason.as_ref()) {
            (Category::Eof, _) => "the document ends too early".to_owned(),
            (Category::Syntax, _) => "not valid JSON".to_owned(),
            (_, Some(reason)) => reason.clone(),
            (_, None) => "does not have the expected shape".to_owned(),
        };
        Self { path: trail.path(), reason, line: error.line(), column: error.column() }
    }

    /// The same error, found below `prefix`, a JSON pointer.
    #[must_use]
    pub fn below(mut self, prefix: &str) -> Self {
        self.path.insert_str(0, prefix);
        self
    }

    /// The place as a JSON pointer; empty for the document itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was expected, and which kind of value stood there.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() { "the document" } else { &self.path };
        write!(f, "{place}: {}", self.reason)?;
        if self.line > 0 {
            write!(f, " (line {}, column {})", self.line, self.column)?;
        }
        Ok(())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}
