//! Text that must not be seen.

use std::fmt;

use serde::ser::{Serialize, Serializer};
use zeroize::Zeroizing;

use crate::de::scalar;
use crate::de::token::{Refusal, Scalar, Token};
use crate::sign::constant_time_eq;

/// A secret text: zeroed when dropped, `[redacted]` in `Debug` and `Display`, compared in constant time.
///
/// It is written in full when serialized, because that is how it reaches the provider.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The secret itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Scalar for Secret {
    const EXPECTED: &'static str = "a text";

    fn from_token(token: Token<'_>) -> Result<Self, Refusal> {
        String::from_token(token).map(Self::from)
    }
}
scalar!(Secret);

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&Secret> for Secret {
    fn from(secret: &Secret) -> Self {
        secret.clone()
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        constant_time_eq(self.expose().as_bytes(), other.expose().as_bytes())
    }
}

impl Eq for Secret {}
