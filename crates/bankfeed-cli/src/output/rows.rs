//! Columns and cells of tables.

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) title: &'static str,
    pub(crate) align: Align,
    /// How narrow it may become; `None` where its texts are never cut.
    pub(crate) least: Option<usize>,
    /// Whether it is left out where there is little room: the highest number first, 0 never.
    pub(crate) spare: u8,
}

/// Where in its column a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// What colour a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    /// Money that came, or what is well.
    Good,
    /// Money that went.
    Bad,
    /// What is not settled.
    Waiting,
    /// What matters less.
    Faint,
    /// What stands above others.
    Title,
}

/// A text with its colour.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) tone: Tone,
}

/// How narrow a column of texts becomes at most.
const LEAST: usize = 12;

impl Column {
    /// A column of texts.
    pub(crate) const fn text(title: &'static str) -> Self {
        Self { title, align: Align::Left, least: None, spare: 0 }
    }

    /// A column of texts that may be cut.
    pub(crate) const fn prose(title: &'static str) -> Self {
        Self { title, align: Align::Left, least: Some(LEAST), spare: 0 }
    }

    /// A column of numbers.
    pub(crate) const fn number(title: &'static str) -> Self {
        Self { title, align: Align::Right, least: None, spare: 0 }
    }

    /// The same, never cut to less than this.
    pub(crate) const fn least(self, columns: usize) -> Self {
        Self { least: Some(columns), ..self }
    }

    /// The same, left out where there is little room: the highest number first.
    pub(crate) const fn spare(self, rank: u8) -> Self {
        Self { spare: rank, ..self }
    }
}

impl Cell {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Plain }
    }

    pub(crate) fn faint(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Faint }
    }

    pub(crate) fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    /// What may be missing; nothing is shown as nothing.
    pub(crate) fn maybe(text: Option<impl Into<String>>) -> Self {
        Self::plain(text.map(Into::into).unwrap_or_default())
    }
}
