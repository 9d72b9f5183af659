//! Objects with named fields: the shape behind every generated struct.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::lenient::Lenient;
use super::list::{Seed, refuse_scalars};
use super::token::{refuse, wrong_kind};
use super::trail::{self, Step};

/// A struct whose fields are read by name. Implemented by [`object!`](crate::object).
pub trait Object<'de>: Sized {
    /// The wire names, in the order the spec lists them.
    const FIELDS: &'static [&'static str];
    /// Whether fields beyond [`FIELDS`](Self::FIELDS) are kept.
    const KEEPS_REST: bool;

    /// Reads the fields that come.
    ///
    /// # Errors
    /// When a field cannot be read or a required one is missing; the text names the field, never its value.
    fn read<A: MapAccess<'de>>(fields: &mut Fields<A>) -> Result<Self, A::Error>;
}

/// Reads an object from a deserializer.
///
/// # Errors
/// When the value is not an object, or as [`Object::read`].
pub fn object<'de, T: Object<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(&mut Fields { map, names: T::FIELDS, keeps_rest: T::KEEPS_REST, next: 0, current: 0, unknown: None })
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        Err(wrong_kind("an object", "null"))
    }

    fn visit_none<E: de::Error>(self) -> Result<T, E> {
        Err(wrong_kind("an object", "null"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<T, A::Error> {
        Err(wrong_kind("an object", "a list"))
    }

    refuse_scalars!("an object");
}

/// The fields of one object on their way in.
pub struct Fields<A> {
    map: A,
    names: &'static [&'static str],
    keeps_rest: bool,
    /// Where the next name is looked for first: providers write their fields in a steady order.
    next: usize,
    current: usize,
    unknown: Option<String>,
}

impl<'de, A: MapAccess<'de>> Fields<A> {
    /// The position in [`Object::FIELDS`] of the next field; one past the end for a field not listed.
    ///
    /// # Errors
    /// When the text is not JSON.
    #[inline]
    pub fn next_field(&mut self) -> Result<Option<usize>, A::Error> {
        let key = Name {
            names: self.names,
            next: self.next,
            unknown: if self.keeps_rest { Some(&mut self.unknown) } else { None },
        };
        let Some(index) = self.map.next_key_seed(key)? else { return Ok(None) };
        self.current = index;
        if index < self.names.len() {
            self.next = index + 1;
        }
        Ok(Some(index))
    }

    /// Leaves the value of the field unread.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>().map(drop)
    }

    fn value<T: Lenient<'de>>(&mut self) -> Result<T, A::Error> {
        self.map.next_value_seed(Seed(PhantomData))
    }

    fn name(&self) -> &'static str {
        self.names.get(self.current).copied().unwrap_or_default()
    }
}

/// The same failure with the field's name before it.
#[cold]
fn in_field<E: de::Error>(name: &'static str, error: &E) -> E {
    trail::step(Step::Field(name));
    E::custom(format_args!("{name}: {error}"))
}

/// Finds a name's position.
struct Name<'n> {
    names: &'static [&'static str],
    next: usize,
    unknown: Option<&'n mut Option<String>>,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<usize, E> {
        if self.names.get(self.next).is_some_and(|known| *known == name) {
            return Ok(self.next);
        }
        // Absent optional fields leave gaps, so the search goes on from the last hit and wraps.
        let (before, after) = self.names.split_at(self.next.min(self.names.len()));
        if let Some(found) = after.iter().position(|known| *known == name) {
            return Ok(before.len() + found);
        }
        if let Some(found) = before.iter().position(|known| *known == name) {
            return Ok(found);
        }
        if let Some(unknown) = self.unknown {
            *unknown = Some(name.to_owned());
        }
        Ok(self.names.len())
    }
}

/// A field's value while its object is being read. Sent twice, the later one counts.
#[derive(Debug)]
pub struct Slot<T>(Option<T>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Slot<T> {
    /// Nothing yet.
    pub fn new() -> Self {
        Self(None)
    }

    /// Reads the value of the current field.
    ///
    /// # Errors
    /// When the value cannot be read; names the field.
    #[inline]
    pub fn read<'de, A: MapAccess<'de>>(&mut self, fields: &mut Fields<A>) -> Result<(), A::Error>
    where
        T: Lenient<'de>,
    {
        match fields.value() {
            Ok(value) => {
                self.0 = Some(value);
                Ok(())
            }
            Err(error) => Err(in_field(fields.name(), &error)),
        }
    }

    /// The value, or what its type is without one.
    ///
    /// # Errors
    /// ``missing field `name` `` when the type has no natural emptiness.
    pub fn take<'de, E: de::Error>(self, name: &'static str) -> Result<T, E>
    where
        T: Lenient<'de>,
    {
        match self.0.or_else(T::missing) {
            Some(value) => Ok(value),
            None => Err(refuse(&format!("missing field `{name}`"))),
        }
    }
}

/// The fields of an object that are not listed, kept by name.
#[derive(Debug)]
pub struct Rest<T>(BTreeMap<String, T>);

impl<T> Default for Rest<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Rest<T> {
    /// Nothing yet.
    pub fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Reads the current field, which is not a listed one.
    ///
    /// # Errors
    /// When the value cannot be read; names the field.
    pub fn read<'de, A: MapAccess<'de>>(&mut self, fields: &mut Fields<A>) -> Result<(), A::Error>
    where
        T: Lenient<'de>,
    {
        let name = fields.unknown.take().unwrap_or_default();
        match fields.value() {
            Ok(value) => {
                self.0.insert(name, value);
                Ok(())
            }
            Err(error) => {
                trail::step(Step::Key(name));
                Err(error)
            }
        }
    }

    /// The fields read.
    pub fn into_map(self) -> BTreeMap<String, T> {
        self.0
    }
}

/// Reading for a struct whose fields are listed with their wire names; the last may catch all others.
///
/// Gives [`Object`](crate::de::Object), [`Lenient`](crate::de::Lenient), [`serde::Deserialize`] and
/// [`Redact`](crate::Redact). What happens to a field that is missing or `null` follows from its type: `Option` is
/// `None`, `Vec` and map are empty, [`Maybe`](crate::Maybe) tells them apart, anything else is an error.
///
/// ```
/// # use std::collections::BTreeMap;
/// # use bankfeed_runtime as rt;
/// pub struct Transaction {
///     pub id: rt::Id,
///     pub r#type: Option<String>,
///     pub rest: BTreeMap<String, rt::Json>,
/// }
/// rt::object!(Transaction { id: "id", r#type: "type", ..rest });
///
/// let read: Transaction = rt::de::from_str(r#"{"id": 7, "mode": "fee"}"#)?;
/// assert_eq!(read.id, "7");
/// assert_eq!(read.rest["mode"].get(), "\"fee\"");
/// # Ok::<(), rt::DecodeError>(())
/// ```
#[macro_export]
macro_rules! object {
    ($type:ident { $($field:ident : $wire:literal),* $(,)? }) => {
        $crate::object!(@ $type [$($field $wire)*] [] false);
    };
    ($type:ident { $($field:ident : $wire:literal,)* ..$rest:ident $(,)? }) => {
        $crate::object!(@ $type [$($field $wire)*] [$rest] true);
    };
    (@ $type:ident [$($field:ident $wire:literal)*] [$($rest:ident)?] $keeps:literal) => {
        impl<'de> $crate::de::Object<'de> for $type {
            const FIELDS: &'static [&'static str] = &[$($wire),*];
            const KEEPS_REST: bool = $keeps;

            fn read<A: $crate::de::MapAccess<'de>>(fields: &mut $crate::de::Fields<A>) -> ::core::result::Result<Self, A::Error> {
                #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
                enum At { $($field,)* }
                $(let mut $field = $crate::de::Slot::new();)*
                $(let mut $rest = $crate::de::Rest::new();)?
                while let ::core::option::Option::Some(at) = fields.next_field()? {
                    match at {
                        $(at if at == At::$field as usize => $field.read(fields)?,)*
                        _ => $crate::object!(@other fields $($rest)?),
                    }
                }
                ::core::result::Result::Ok(Self { $($field: $field.take($wire)?,)* $($rest: $rest.into_map(),)? })
            }
        }

        impl<'de> $crate::de::Lenient<'de> for $type {
            fn lenient<D: $crate::de::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::de::object(deserializer)
            }
        }

        $crate::wire!($type);
    };
    (@other $fields:ident) => { $fields.skip()? };
    (@other $fields:ident $rest:ident) => { $rest.read($fields)? };
}

/// [`serde::Deserialize`] through [`Lenient`](crate::de::Lenient), and [`Redact`](crate::Redact).
#[macro_export]
macro_rules! wire {
    ($($type:ident),* $(,)?) => { $(
        impl<'de> $crate::de::Deserialize<'de> for $type {
            fn deserialize<D: $crate::de::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                <Self as $crate::de::Lenient<'de>>::lenient(deserializer)
            }
        }

        impl $crate::Redact for $type {}
    )* };
}
