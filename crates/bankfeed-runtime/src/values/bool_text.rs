//! Booleans that are text by contract.

use std::fmt;

use serde::ser::{Serialize, Serializer};

use crate::de::scalar;
use crate::de::token::{Refusal, Scalar, Token};

/// A boolean that the provider writes as text: reads `true` and `"true"`, writes `"true"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BoolText(
    /// The boolean itself.
    pub bool,
);

impl Scalar for BoolText {
    const EXPECTED: &'static str = "a boolean";
    const BLANK: bool = true;

    fn from_token(token: Token<'_>) -> Result<Self, Refusal> {
        bool::from_token(token).map(Self)
    }
}
scalar!(BoolText);

impl Serialize for BoolText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if self.0 { "true" } else { "false" })
    }
}

impl fmt::Display for BoolText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl From<bool> for BoolText {
    fn from(value: bool) -> Self {
        Self(value)
    }
}

impl From<BoolText> for bool {
    fn from(value: BoolText) -> Self {
        value.0
    }
}
