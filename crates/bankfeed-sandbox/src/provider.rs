//! The providers that are played: the one list of them.

use std::fmt;
use std::str::FromStr;

macro_rules! providers {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Whom the sandbox plays.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Provider { $($(#[$doc])* $name,)* }

        impl Provider {
            /// All of them.
            pub const ALL: [Self; [$($text),*].len()] = [$(Self::$name),*];

            /// The name in URLs, rules and logs, such as `saltedge`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What `cargo xtask codegen` made of its specification: operations, schemas, examples.
            pub(crate) fn texts(self) -> [&'static str; 3] {
                match self {
                    $(Self::$name => [
                        include_str!(concat!("generated/", $text, "/operations.json")),
                        include_str!(concat!("generated/", $text, "/schemas.json")),
                        include_str!(concat!("generated/", $text, "/examples.json")),
                    ],)*
                }
            }
        }
    };
}

providers! {
    /// Salt Edge, Account Information API v6.
    SaltEdge = "saltedge",
    /// Belvo, aggregation, enrichment and payments in Brazil.
    Belvo = "belvo",
    /// Khipu, Open Data API.
    Khipu = "khipu",
    /// Wealth Reader.
    WealthReader = "wealthreader",
}

impl Provider {
    pub(crate) fn index(self) -> usize {
        self as usize
    }

    /// The name of the credential that travels in the query, where one does.
    pub(crate) fn key(self) -> Option<&'static str> {
        match self {
            Self::WealthReader => Some("api_key"),
            _ => None,
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No provider has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no provider: {names}", names = names())]
pub struct UnknownProvider(pub(crate) String);

/// Every name: `saltedge, belvo, khipu or wealthreader`.
fn names() -> String {
    let names = Provider::ALL.map(Provider::name).join(", ");
    names.rsplit_once(", ").map_or(names.clone(), |(others, last)| format!("{others} or {last}"))
}

impl FromStr for Provider {
    type Err = UnknownProvider;

    fn from_str(text: &str) -> Result<Self, UnknownProvider> {
        Self::ALL.into_iter().find(|provider| provider.name() == text).ok_or_else(|| UnknownProvider(text.to_owned()))
    }
}
