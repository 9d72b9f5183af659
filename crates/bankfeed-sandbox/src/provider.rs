//! The four providers.

use std::fmt;
use std::str::FromStr;

/// Whom the sandbox plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Provider {
    /// Salt Edge, Account Information API v6.
    SaltEdge,
    /// Belvo, aggregation, enrichment and payments in Brazil.
    Belvo,
    /// Khipu, Open Data API.
    Khipu,
    /// Wealth Reader.
    WealthReader,
}

impl Provider {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::SaltEdge, Self::Belvo, Self::Khipu, Self::WealthReader];

    /// The name in URLs, rules and logs, such as `saltedge`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SaltEdge => "saltedge",
            Self::Belvo => "belvo",
            Self::Khipu => "khipu",
            Self::WealthReader => "wealthreader",
        }
    }

    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No provider has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no provider: saltedge, belvo, khipu or wealthreader")]
pub struct UnknownProvider(pub(crate) String);

impl FromStr for Provider {
    type Err = UnknownProvider;

    fn from_str(text: &str) -> Result<Self, UnknownProvider> {
        Self::ALL.into_iter().find(|provider| provider.name() == text).ok_or_else(|| UnknownProvider(text.to_owned()))
    }
}
