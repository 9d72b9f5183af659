//! Lines put into files that are there: beside their like, so that what stands around may change.

use anyhow::{Context as _, bail};

/// A text that is edited, with its file for messages.
pub(super) struct Text {
    pub(super) file: String,
    pub(super) lines: Vec<String>,
}

impl Text {
    pub(super) fn new(file: &str, text: &str) -> Self {
        Self { file: file.to_owned(), lines: text.lines().map(str::to_owned).collect() }
    }

    pub(super) fn into_string(self) -> String {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }

    /// Above the first line of a kind, and above the attributes and comments that belong to it.
    pub(super) fn above(&mut self, what: &str, is: impl Fn(&str) -> bool, new: &str) -> anyhow::Result<()> {
        let mut at = self.lines.iter().position(|line| is(line)).with_context(|| self.missing(what))?;
        while at > 0 && belongs_below(&self.lines[at - 1]) {
            at -= 1;
        }
        self.insert(at, new);
        Ok(())
    }

    /// Below the last line of a kind.
    pub(super) fn below_last(&mut self, what: &str, is: impl Fn(&str) -> bool, new: &str) -> anyhow::Result<()> {
        let at = self.lines.iter().rposition(|line| is(line)).with_context(|| self.missing(what))?;
        self.insert(at + 1, new);
        Ok(())
    }

    /// Among lines of a kind that stand in order.
    pub(super) fn sorted(&mut self, what: &str, is: impl Fn(&str) -> bool, new: &str) -> anyhow::Result<()> {
        let peers: Vec<usize> = (0..self.lines.len()).filter(|at| is(&self.lines[*at])).collect();
        let last = peers.last().with_context(|| self.missing(what))?;
        let at = peers.iter().find(|at| self.lines[**at].as_str() > new).copied().unwrap_or(last + 1);
        self.insert(at, new);
        Ok(())
    }

    /// Changes the one line of a kind.
    pub(super) fn change(
        &mut self,
        what: &str,
        is: impl Fn(&str) -> bool,
        how: impl Fn(&str) -> Option<String>,
    ) -> anyhow::Result<()> {
        let found: Vec<usize> = (0..self.lines.len()).filter(|at| is(&self.lines[*at])).collect();
        let [at] = found.as_slice() else { bail!(self.missing(what)) };
        self.lines[*at] = how(&self.lines[*at]).with_context(|| self.missing(what))?;
        Ok(())
    }

    fn insert(&mut self, at: usize, new: &str) {
        self.lines.splice(at..at, new.lines().map(str::to_owned));
    }

    fn missing(&self, what: &str) -> String {
        format!(
            "{} has no place for the new provider: {what} was looked for; put it back, or mend `xtask/src/new_provider/places.rs`",
            self.file
        )
    }
}

/// Attributes and comments stand above what they are about.
fn belongs_below(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("#[") || line.starts_with("///")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, edit: impl FnOnce(&mut Text) -> anyhow::Result<()>) -> String {
        let mut text = Text::new("a.rs", text);
        edit(&mut text).unwrap_or_else(|error| panic!("{error}"));
        text.into_string()
    }

    #[test]
    fn lines_are_put_beside_their_like() {
        let above =
            edited("a\n#[cfg(b)]\nmod b;\n", |text| text.above("a mod", |line| line.starts_with("mod "), "mod n;"));
        assert_eq!(above, "a\nmod n;\n#[cfg(b)]\nmod b;\n");
        let below = edited("x = 1\nx = 2\ny\n", |text| text.below_last("an x", |line| line.starts_with("x"), "x = 3"));
        assert_eq!(below, "x = 1\nx = 2\nx = 3\ny\n");
        for (new, wanted) in [("| a", "| a\n| b\n| d\n"), ("| c", "| b\n| c\n| d\n"), ("| e", "| b\n| d\n| e\n")] {
            assert_eq!(edited("| b\n| d\n", |text| text.sorted("a row", |line| line.starts_with('|'), new)), wanted);
        }
        let changed = edited("a\nb\n", |text| text.change("a b", |line| line == "b", |line| Some(format!("{line}!"))));
        assert_eq!(changed, "a\nb!\n");
    }

    #[test]
    fn a_place_that_is_gone_is_told() {
        let mut text = Text::new("a.rs", "x\n");
        let error = text.above("a line with `mod`", |line| line.contains("mod"), "mod n;").unwrap_err();
        assert!(
            error.to_string().starts_with("a.rs has no place for the new provider: a line with `mod` was looked for")
        );
    }
}
