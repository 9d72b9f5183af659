//! One kind of edit: what is edited, what the comparison has to say, and how that is proved.

/// An edit of the base document, with everything that is true of it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// Texts of the document and what takes their place. Each has to stand there exactly once.
    pub(crate) edits: &'static [(&'static str, &'static str)],
    /// Every change that has to be told, as `severity kind`; nothing else may be.
    pub(crate) changes: &'static [&'static str],
    /// Words that what is told about Rust has to hold.
    pub(crate) rust: &'static [&'static str],
    /// Words that what is told about the wire has to hold.
    pub(crate) wire: &'static [&'static str],
    /// The fields of the normalized model that are concerned.
    pub(crate) normalized: &'static [&'static str],
    pub(crate) proof: Proof,
}

/// What becomes of code that was written for the client of the base document.
#[derive(Clone, Copy)]
pub(crate) enum Proof {
    /// This caller stops compiling, with this error among others.
    Breaks { caller: &'static str, error: &'static str },
    /// Every caller compiles.
    Compiles,
    /// Every caller compiles, yet the edit breaks calls when they are made, for this reason.
    BreaksWhenCalled(&'static str),
}

/// A case about which nothing has to be said but its changes.
pub(crate) const fn case(
    name: &'static str,
    edits: &'static [(&'static str, &'static str)],
    changes: &'static [&'static str],
    proof: Proof,
) -> Case {
    Case { name, edits, changes, rust: &[], wire: &[], normalized: &[], proof }
}

/// A caller stops compiling.
pub(crate) const fn breaks(caller: &'static str, error: &'static str) -> Proof {
    Proof::Breaks { caller, error }
}

impl Case {
    pub(crate) const fn rust(mut self, words: &'static [&'static str]) -> Self {
        self.rust = words;
        self
    }

    pub(crate) const fn wire(mut self, words: &'static [&'static str]) -> Self {
        self.wire = words;
        self
    }

    pub(crate) const fn normalized(mut self, fields: &'static [&'static str]) -> Self {
        self.normalized = fields;
        self
    }

    /// The document after the edit.
    pub(crate) fn edited(&self, base: &str) -> Result<String, String> {
        let mut text = base.to_owned();
        for (from, to) in self.edits {
            let found = text.matches(from).count();
            if found != 1 {
                return Err(format!("{}: stands {found} times in the document, not once:\n{from}", self.name));
            }
            text = text.replace(from, to);
        }
        if text == base { Err(format!("{}: changes nothing", self.name)) } else { Ok(text) }
    }
}
