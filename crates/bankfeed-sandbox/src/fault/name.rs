//! The words of the grammar: faults, and the keys that each takes.

use std::ops::RangeInclusive;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Status,
    RateLimit,
    ConsentExpired,
    SecondFactor,
    Latency,
    Slow,
    Cut,
    Truncated,
    Html,
    ContentType,
    InvalidJson,
    Oversize,
    UnknownEnum,
    UnknownField,
    Nulls,
    NumberAsText,
    TextAsNumber,
    EmptyPage,
    RepeatedPage,
    LoopingCursor,
    ForeignNext,
    Duplicate,
}

/// What a fault can be told. In the order in which they are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Code,
    RetryAfter,
    Bytes,
    Ms,
    Value,
    At,
    Page,
    After,
    Times,
}

/// Keys that every fault takes.
const COMMON: [Key; 3] = [Key::Page, Key::After, Key::Times];

impl Name {
    pub(super) const ALL: [Self; 22] = [
        Self::Status,
        Self::RateLimit,
        Self::ConsentExpired,
        Self::SecondFactor,
        Self::Latency,
        Self::Slow,
        Self::Cut,
        Self::Truncated,
        Self::Html,
        Self::ContentType,
        Self::InvalidJson,
        Self::Oversize,
        Self::UnknownEnum,
        Self::UnknownField,
        Self::Nulls,
        Self::NumberAsText,
        Self::TextAsNumber,
        Self::EmptyPage,
        Self::RepeatedPage,
        Self::LoopingCursor,
        Self::ForeignNext,
        Self::Duplicate,
    ];

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::RateLimit => "rate-limit",
            Self::ConsentExpired => "consent-expired",
            Self::SecondFactor => "second-factor",
            Self::Latency => "latency",
            Self::Slow => "slow",
            Self::Cut => "cut",
            Self::Truncated => "truncated",
            Self::Html => "html",
            Self::ContentType => "content-type",
            Self::InvalidJson => "invalid-json",
            Self::Oversize => "oversize",
            Self::UnknownEnum => "unknown-enum",
            Self::UnknownField => "unknown-field",
            Self::Nulls => "nulls",
            Self::NumberAsText => "number-as-text",
            Self::TextAsNumber => "text-as-number",
            Self::EmptyPage => "empty-page",
            Self::RepeatedPage => "repeated-page",
            Self::LoopingCursor => "looping-cursor",
            Self::ForeignNext => "foreign-next",
            Self::Duplicate => "duplicate",
        }
    }

    /// Keys of its own.
    fn own(self) -> &'static [Key] {
        match self {
            Self::Status | Self::Html => &[Key::Code],
            Self::RateLimit => &[Key::RetryAfter],
            Self::Latency => &[Key::Ms],
            Self::Slow => &[Key::Bytes, Key::Ms],
            Self::ContentType => &[Key::Value],
            Self::Oversize => &[Key::Bytes],
            Self::UnknownEnum | Self::UnknownField | Self::Nulls | Self::NumberAsText | Self::TextAsNumber => {
                &[Key::At]
            }
            _ => &[],
        }
    }

    /// Every key that it takes.
    pub(super) fn keys(self) -> impl Iterator<Item = Key> + Clone {
        self.own().iter().copied().chain(COMMON)
    }

    /// Keys that have no default.
    pub(super) fn required(self) -> &'static [Key] {
        match self {
            Self::Status => &[Key::Code],
            Self::Latency => &[Key::Ms],
            Self::Slow => &[Key::Bytes, Key::Ms],
            Self::EmptyPage | Self::RepeatedPage => &[Key::Page],
            _ => &[],
        }
    }

    /// The numbers that a key takes; `None` for a key that takes text.
    pub(super) fn range(self, key: Key) -> Option<RangeInclusive<u64>> {
        Some(match key {
            Key::Code if self == Self::Status => 400..=599,
            Key::Code => 200..=599,
            Key::RetryAfter => 0..=31_536_000,
            Key::Bytes if self == Self::Slow => 1..=16 * 1024 * 1024,
            Key::Bytes => 1..=1 << 40,
            Key::Ms => 0..=600_000,
            Key::Page => 1..=1_000_000_000,
            Key::After => 0..=u64::MAX,
            Key::Times => 1..=u64::MAX,
            Key::Value | Key::At => return None,
        })
    }

    /// It concerns how a list continues.
    pub(super) fn is_of_pages(self) -> bool {
        self.moves_pages() || matches!(self, Self::LoopingCursor | Self::ForeignNext)
    }

    /// Pages after the one that it hits come one later.
    pub(super) fn moves_pages(self) -> bool {
        matches!(self, Self::EmptyPage | Self::RepeatedPage)
    }

    /// It changes one place of a JSON document.
    pub(super) fn is_of_documents(self) -> bool {
        self.own() == [Key::At]
    }
}

impl Key {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::RetryAfter => "retry-after",
            Self::Bytes => "bytes",
            Self::Ms => "ms",
            Self::Value => "value",
            Self::At => "at",
            Self::Page => "page",
            Self::After => "after",
            Self::Times => "times",
        }
    }
}
