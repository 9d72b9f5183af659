//! Reads one JSON scalar as the text it was sent in.
//!
//! Every scalar of this crate is read through here: a number keeps its digits, and no type has a visitor of its own.

use std::any::type_name;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::trail;

/// The name under which serde_json hands out the raw text of a value, in both directions.
///
/// It is what `serde_json::value::RawValue` itself uses. Should serde_json ever rename it, values fall back to the
/// buffered reading below, which refuses fractional numbers loudly, and the tests of this crate fail.
pub(crate) const RAW: &str = "$serde_json::private::RawValue";

/// One JSON value, as far as a scalar cares.
#[derive(Debug)]
pub(crate) enum Token<'a> {
    Null,
    Bool(bool),
    /// A number's own text.
    Number(Cow<'a, str>),
    /// A number that reached us only as a float; its digits are gone.
    Float(f64),
    Text(Cow<'a, str>),
    List,
    Object,
}

impl Token<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Token::Null => "null",
            Token::Bool(_) => "a boolean",
            Token::Number(_) | Token::Float(_) => "a number",
            Token::Text(_) => "a text",
            Token::List => "a list",
            Token::Object => "an object",
        }
    }
}

/// Why a token is not the value asked for.
pub(crate) enum Refusal {
    /// The kind of JSON value is wrong.
    Kind,
    /// The kind is right, the content is not; says what is wrong without quoting it.
    Content(&'static str),
}

/// A value that is read from one scalar.
pub(crate) trait Scalar: Sized {
    /// What it is, with an article: `an amount`.
    const EXPECTED: &'static str;
    /// Whether `""` stands for no value at all.
    const BLANK: bool = false;

    /// Reads the raw text of the usual case without more ado; `None` leaves it to [`from_token`](Self::from_token).
    #[inline]
    fn quick(raw: &str) -> Option<Self> {
        let _ = raw;
        None
    }

    fn from_token(token: Token<'_>) -> Result<Self, Refusal>;
}

/// What stands between the quotes of a JSON string that has no escapes.
#[inline]
pub(crate) fn plain_text(raw: &str) -> Option<&str> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.as_bytes().contains(&b'\\')).then_some(inner)
}

impl<T: Scalar> Scalar for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    #[inline]
    fn quick(raw: &str) -> Option<Self> {
        T::quick(raw).map(Some)
    }

    fn from_token(token: Token<'_>) -> Result<Self, Refusal> {
        match token {
            Token::Null => Ok(None),
            Token::Text(text) if T::BLANK && text.is_empty() => Ok(None),
            token => T::from_token(token).map(Some),
        }
    }
}

/// Reads a scalar from any self-describing deserializer.
pub(crate) fn read<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(RAW, TokenVisitor::<T>::new(type_name::<D>))
}

/// The error for a value of the wrong kind; recorded for the decode in progress.
#[cold]
pub(crate) fn wrong_kind<E: de::Error>(expected: &str, found: &str) -> E {
    refuse(&format!("expected {expected}, found {found}"))
}

/// An error whose text is free of values; recorded for the decode in progress.
#[cold]
pub(crate) fn refuse<E: de::Error>(reason: &str) -> E {
    trail::reason(reason);
    E::custom(reason)
}

fn parse(raw: &str) -> Result<Token<'_>, ()> {
    Ok(match raw.as_bytes() {
        [b'"', ..] => match plain_text(raw) {
            Some(text) => Token::Text(Cow::Borrowed(text)),
            None => Token::Text(Cow::Owned(serde_json::from_str(raw).map_err(|_| ())?)),
        },
        [b'n', ..] => Token::Null,
        [b't', ..] => Token::Bool(true),
        [b'f', ..] => Token::Bool(false),
        [b'[', ..] => Token::List,
        [b'{', ..] => Token::Object,
        [b'-' | b'0'..=b'9', ..] => Token::Number(Cow::Borrowed(raw)),
        _ => return Err(()),
    })
}

struct TokenVisitor<T> {
    /// The deserializer's type, asked only when its text may be a reprint.
    source: fn() -> &'static str,
    value: PhantomData<T>,
}

impl<T: Scalar> TokenVisitor<T> {
    fn new(source: fn() -> &'static str) -> Self {
        Self { source, value: PhantomData }
    }

    fn accept<E: de::Error>(token: Token<'_>) -> Result<T, E> {
        let kind = token.kind();
        T::from_token(token).map_err(|refusal| match refusal {
            Refusal::Kind => wrong_kind(T::EXPECTED, kind),
            Refusal::Content(reason) => refuse(reason),
        })
    }
}

impl<'de, T: Scalar> Visitor<'de> for TokenVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        if map.next_key_seed(RawKey)? == Some(true) {
            return map.next_value_seed(RawText(self));
        }
        Self::accept(Token::Object)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        Self::accept(Token::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<T, E> {
        Self::accept(Token::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        Self::accept(Token::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        Self::accept(Token::Number(Cow::Owned(value.to_string())))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        Self::accept(Token::Number(Cow::Owned(value.to_string())))
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<T, E> {
        Self::accept(Token::Number(Cow::Owned(value.to_string())))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<T, E> {
        Self::accept(Token::Number(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        Self::accept(Token::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        Self::accept(Token::Text(Cow::Borrowed(value)))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<T, E> {
        Self::accept(Token::Text(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<T, A::Error> {
        // Drained, so that the error is about the kind and not about what follows.
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Self::accept(Token::List)
    }
}

/// Whether a map's key is the one that announces raw text.
struct RawKey;

impl<'de> DeserializeSeed<'de> for RawKey {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for RawKey {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<bool, E> {
        Ok(key == RAW)
    }
}

/// The raw text itself, borrowed from the input or owned by it.
struct RawText<T>(TokenVisitor<T>);

impl<'de, T: Scalar> DeserializeSeed<'de> for RawText<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T: Scalar> Visitor<'_> for RawText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: de::Error>(self, raw: &str) -> Result<T, E> {
        if let Some(value) = T::quick(raw) {
            return Ok(value);
        }
        match parse(raw) {
            Ok(token) => TokenVisitor::<T>::accept(token),
            Err(()) => Err(wrong_kind(T::EXPECTED, "broken text")),
        }
    }

    fn visit_string<E: de::Error>(self, raw: String) -> Result<T, E> {
        // Owned text comes from a reader, which is exact, or from a `serde_json::Value`, which reprints a float it
        // has already rounded. Both look alike except for the deserializer's name.
        match parse(&raw) {
            Ok(Token::Number(text))
                if text.contains(['.', 'e', 'E']) && (self.0.source)().contains("serde_json::value::") =>
            {
                match text.parse() {
                    Ok(float) => TokenVisitor::<T>::accept(Token::Float(float)),
                    Err(_) => Err(wrong_kind(T::EXPECTED, "broken text")),
                }
            }
            Ok(token) => TokenVisitor::<T>::accept(token),
            Err(()) => Err(wrong_kind(T::EXPECTED, "broken text")),
        }
    }
}
