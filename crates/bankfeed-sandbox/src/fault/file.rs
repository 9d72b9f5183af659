//! Rules from a file.

use std::path::{Path, PathBuf};

use super::grammar::{FaultError, statements};
use super::rule::Rule;

/// Why a file of rules is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FaultsError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line is no rule.
    #[error("{}:{line}: {source}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line; the first is 1.
        line: usize,
        /// What is wrong there.
        source: FaultError,
    },
}

/// The rules of a file: one on each line, `#` before remarks.
pub(crate) fn read_file(path: &Path) -> Result<Vec<Rule>, FaultsError> {
    let text = std::fs::read_to_string(path).map_err(|source| FaultsError::Read { path: path.to_owned(), source })?;
    read(&text, path)
}

/// The rules of a text, with the name that errors give it.
pub(crate) fn read(text: &str, path: &Path) -> Result<Vec<Rule>, FaultsError> {
    let mut rules = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let blank = statements(line).is_ok_and(|statements| statements.is_empty());
        if !blank {
            let told = |source| FaultsError::Line { path: path.to_owned(), line: index + 1, source };
            rules.push(line.parse().map_err(told)?);
        }
    }
    Ok(rules)
}
