//! Enums that keep values this version does not know.

use std::fmt;

use serde::de::Deserializer;

use crate::de::token::{self, Refusal, Scalar, Token, plain_text};

/// The text of an enum value this version does not know.
///
/// Made only by reading one; see [`open_enum!`](crate::open_enum).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// The text as it was sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// An enum of texts that may grow on the provider's side.
pub trait OpenEnum: Sized {
    /// The variant for a text, if this version has one.
    fn known(text: &str) -> Option<Self>;

    /// The variant that keeps an unknown text.
    fn unknown(value: UnknownValue) -> Self;

    /// The text on the wire.
    fn as_str(&self) -> &str;

    /// Whether this version has no variant for the value.
    fn is_unknown(&self) -> bool {
        Self::known(self.as_str()).is_none()
    }
}

/// The variant for a text; a known text is always its known variant.
pub fn open_enum_from<T: OpenEnum>(text: &str) -> T {
    T::known(text).unwrap_or_else(|| T::unknown(UnknownValue(text.into())))
}

/// Reads an open enum; a number or boolean counts by its text.
///
/// # Errors
/// When the value is `null`, a list or an object.
pub fn open_enum_read<'de, T: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    token::read::<Open<T>, D>(deserializer).map(|open| open.0)
}

/// As [`open_enum_read`], for a value that may be `null`.
///
/// # Errors
/// When the value is a list or an object.
pub fn open_enum_read_option<'de, T: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    token::read::<Option<Open<T>>, D>(deserializer).map(|open| open.map(|open| open.0))
}

struct Open<T>(T);

impl<T: OpenEnum> Scalar for Open<T> {
    const EXPECTED: &'static str = "a text";

    #[inline]
    fn quick(raw: &str) -> Option<Self> {
        plain_text(raw).and_then(T::known).map(Self)
    }

    fn from_token(token: Token<'_>) -> Result<Self, Refusal> {
        match token {
            Token::Text(text) | Token::Number(text) => Ok(Self(open_enum_from(&text))),
            Token::Bool(value) => Ok(Self(open_enum_from(if value { "true" } else { "false" }))),
            Token::Float(value) => Ok(Self(open_enum_from(&value.to_string()))),
            Token::Null | Token::List | Token::Object => Err(Refusal::Kind),
        }
    }
}

/// Everything an [`OpenEnum`](crate::OpenEnum) can do by its text: reading and writing, `Display`, `FromStr`, `From`
/// text, comparison with text, use as a parameter.
#[macro_export]
macro_rules! open_enum {
    ($($type:ident),* $(,)?) => { $(
        impl<'de> $crate::de::Lenient<'de> for $type {
            fn lenient<D: $crate::de::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::de::open_enum_read(deserializer)
            }

            fn lenient_option<D: $crate::de::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<::core::option::Option<Self>, D::Error> {
                $crate::de::open_enum_read_option(deserializer)
            }
        }

        $crate::wire!($type);

        impl $crate::de::Serialize for $type {
            fn serialize<S: $crate::de::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::OpenEnum::as_str(self))
            }
        }

        impl $crate::ToParam for $type {
            fn to_param(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed($crate::OpenEnum::as_str(self))
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad($crate::OpenEnum::as_str(self))
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok($crate::de::open_enum_from(text))
            }
        }

        impl ::core::convert::From<&str> for $type {
            fn from(text: &str) -> Self {
                $crate::de::open_enum_from(text)
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            fn from(text: ::std::string::String) -> Self {
                $crate::de::open_enum_from(&text)
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                $crate::OpenEnum::as_str(self)
            }
        }

        impl ::core::cmp::PartialEq<str> for $type {
            fn eq(&self, other: &str) -> bool {
                $crate::OpenEnum::as_str(self) == other
            }
        }

        impl ::core::cmp::PartialEq<&str> for $type {
            fn eq(&self, other: &&str) -> bool {
                $crate::OpenEnum::as_str(self) == *other
            }
        }
    )* };
}
