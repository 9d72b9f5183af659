//! The reading trait, and the wrappers every type gets for free.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};

use crate::Maybe;

/// A type that is read the way real providers write.
///
/// Differs from [`serde::Deserialize`] in what it forgives: a number where text stands, text where a number stands,
/// `null` or `""` for nothing, unknown fields. It never forgives a value it cannot represent exactly.
pub trait Lenient<'de>: Sized {
    /// Reads one value.
    ///
    /// # Errors
    /// When the value cannot be read as this type. The text names what was expected and found, never the value.
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Reads one value that may be `null` (or `""`, where that is no value of this type).
    ///
    /// # Errors
    /// As [`lenient`](Self::lenient).
    fn lenient_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_option(OptionVisitor(PhantomData))
    }

    /// The value of a field that was not sent; `None` when the field is required.
    fn missing() -> Option<Self> {
        None
    }
}

struct OptionVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient<'de>> Visitor<'de> for OptionVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::lenient(deserializer).map(Some)
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Option<T> {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient_option(deserializer)
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Maybe<T> {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient_option(deserializer).map(Maybe::from)
    }

    fn missing() -> Option<Self> {
        Some(Maybe::Absent)
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Box<T> {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient(deserializer).map(Box::new)
    }

    fn lenient_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(T::lenient_option(deserializer)?.map(Box::new))
    }

    fn missing() -> Option<Self> {
        T::missing().map(Box::new)
    }
}

/// Gives a type of this crate `Lenient` and `Deserialize` from its `Scalar`.
macro_rules! scalar {
    ($($type:ty),* $(,)?) => { $(
        $crate::de::scalar_lenient!($type);

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::de::token::read(deserializer)
            }
        }
    )* };
}
pub(crate) use scalar;

/// As `scalar!`, for types whose `Deserialize` is not ours to give.
macro_rules! scalar_lenient {
    ($($type:ty),* $(,)?) => { $(
        impl<'de> $crate::de::Lenient<'de> for $type {
            fn lenient<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::de::token::read(deserializer)
            }

            fn lenient_option<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                $crate::de::token::read(deserializer)
            }
        }
    )* };
}
pub(crate) use scalar_lenient;
