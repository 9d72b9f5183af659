//! Names of providers.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of a provider: one of ours, or of one that an application adds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ProviderId(Cow<'static, str>);

impl ProviderId {
    /// Salt Edge.
    pub const SALTEDGE: Self = Self::new("saltedge");
    /// Belvo.
    pub const BELVO: Self = Self::new("belvo");
    /// Khipu.
    pub const KHIPU: Self = Self::new("khipu");
    /// Wealth Reader.
    pub const WEALTHREADER: Self = Self::new("wealthreader");
    pub(crate) const NONE: Self = Self::new("");

    /// A provider by its name: small letters, by custom.
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
