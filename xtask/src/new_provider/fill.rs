//! Templates with names filled in: `@NAME@`.

/// What stands for each name.
pub(super) struct Fill(Vec<(&'static str, String)>);

impl Fill {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn with(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.0.push((name, text.into()));
        self
    }

    /// The template with its names replaced.
    pub(super) fn text(&self, template: &str) -> String {
        self.0.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("@{name}@"), value))
    }
}
