//! What the tool says when a specification cannot be used: where, what and how to go on.

use std::fmt;

/// One problem in a specification, told so that the reader can mend it without knowing the generator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Diagnostic {
    /// The file as the user named it.
    pub(crate) file: String,
    /// Line in that file (1-based), where it is known.
    pub(crate) line: Option<usize>,
    /// JSON pointer of the place, as a fragment (`#/paths/~1accounts/get`).
    pub(crate) pointer: String,
    /// `list_accounts (GET /accounts)`, when the place belongs to an operation.
    pub(crate) operation: Option<String>,
    /// What is wrong.
    pub(crate) problem: String,
    /// The way out.
    pub(crate) help: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.problem)?;
        write!(f, "  --> {}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.pointer.is_empty() {
            write!(f, "  {}", self.pointer)?;
        }
        writeln!(f)?;
        if let Some(operation) = &self.operation {
            writeln!(f, "  operation: {operation}")?;
        }
        writeln!(f, "  help: {}", self.help)
    }
}

/// Problems found so far. Work goes on after a problem wherever that makes sense, so that one run shows them all.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<Diagnostic>,
}

impl Problems {
    /// Notes a problem; the same one is kept once.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// Nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All problems, in the order in which they stand in the file.
    pub(crate) fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        self.found
    }

    /// `Ok` when nothing was found so far, otherwise everything that was.
    pub(crate) fn check(&mut self) -> Result<(), Rejected> {
        if self.is_empty() { Ok(()) } else { Err(Rejected(std::mem::take(self).into_sorted())) }
    }
}

/// A specification that cannot be used, with all the reasons.
#[derive(Debug)]
pub(crate) struct Rejected(pub(crate) Vec<Diagnostic>);

impl Rejected {
    /// A single reason.
    pub(crate) fn one(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Rejected {}
