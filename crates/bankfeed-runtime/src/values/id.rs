//! Identifiers.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use serde::ser::{Serialize, Serializer};

use crate::de::token::{Refusal, Scalar, Token, plain_text};
use crate::de::{ROUNDED, scalar};

/// An identifier, which is text whatever JSON type it comes in.
///
/// A JSON string is taken as it is, a JSON number by its own text, however many digits it has. Written as a string.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Box<str>);

impl Id {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Scalar for Id {
    const EXPECTED: &'static str = "an id";

    #[inline]
    fn quick(raw: &str) -> Option<Self> {
        plain_text(raw).map(Self::from)
    }

    fn from_token(token: Token<'_>) -> Result<Self, Refusal> {
        match token {
            Token::Text(text) | Token::Number(text) => Ok(Self(text.into())),
            Token::Float(_) => Err(Refusal::Content(ROUNDED)),
            _ => Err(Refusal::Kind),
        }
    }
}
scalar!(Id);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Deref for Id {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Id {
    fn from(text: &String) -> Self {
        Self(text.as_str().into())
    }
}

impl From<&Id> for Id {
    fn from(id: &Id) -> Self {
        id.clone()
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0.into()
    }
}

macro_rules! from_integers {
    ($($type:ty),*) => { $(
        impl From<$type> for Id {
            fn from(number: $type) -> Self {
                Self(number.to_string().into())
            }
        }
    )* };
}
from_integers!(i32, i64, u32, u64);

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl PartialEq<String> for Id {
    fn eq(&self, other: &String) -> bool {
        &*self.0 == other.as_str()
    }
}
