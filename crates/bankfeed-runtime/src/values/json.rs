//! Free-form JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::Deserializer;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::de::token::wrong_kind;
use crate::de::{DecodeError, Lenient};

/// A piece of JSON kept as its own text, digits and all.
///
/// Equality goes by meaning: the order of keys and the space between tokens do not count, the text of a number does.
/// `Debug` and `Display` show kind and size only, because content may be personal.
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// The text.
    pub fn get(&self) -> &str {
        self.0.get()
    }

    /// The parsed text. Numbers pass through [`serde_json::Number`], which may round them.
    pub fn to_value(&self) -> Value {
        // The text was valid JSON when it came in; what serde_json cannot hold (a number beyond f64) becomes null.
        serde_json::from_str(self.get()).unwrap_or(Value::Null)
    }

    /// Reads the text as a type.
    ///
    /// # Errors
    /// When it is not of that type.
    pub fn decode<T: for<'de> Lenient<'de>>(&self) -> Result<T, DecodeError> {
        crate::de::from_str(self.get())
    }

    /// Why it cannot be read as one of two forms, the first an object and the second a list: for values that were kept
    /// because they are none of what is described.
    pub fn why_neither<O, L>(&self) -> DecodeError
    where
        O: for<'de> Lenient<'de>,
        L: for<'de> Lenient<'de>,
    {
        let error = if self.get().starts_with('[') { self.decode::<L>().err() } else { self.decode::<O>().err() };
        error.unwrap_or_else(|| DecodeError::new("expected another form"))
    }

    /// Keeps a parsed value.
    pub fn from_value(value: &Value) -> Self {
        Self::from_text(value.to_string())
    }

    /// Writes any value as JSON and keeps the text.
    ///
    /// # Errors
    /// Those of the value's own serialization.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::value::to_raw_value(value).map(Self)
    }

    /// Keeps text that is known to be JSON.
    fn from_text(text: String) -> Self {
        RawValue::from_string(text).map(Self).unwrap_or_default()
    }

    fn kind(&self) -> &'static str {
        match self.get().as_bytes().first() {
            Some(b'{') => "object",
            Some(b'[') => "list",
            Some(b'"') => "text",
            Some(b't' | b'f') => "boolean",
            Some(b'n') => "null",
            _ => "number",
        }
    }
}

impl Default for Json {
    /// `null`.
    fn default() -> Self {
        Self(RawValue::NULL.to_owned())
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self::from_value(&value)
    }
}

impl std::str::FromStr for Json {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        crate::de::from_str(text)
    }
}

impl<'de> Lenient<'de> for Json {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::Deserialize;
        Box::<RawValue>::deserialize(deserializer).map(Self)
    }
}

impl<'de> serde::Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Inside serde's own buffers (untagged, flattened) the text is gone; saying so beats a puzzling message.
        use std::any::type_name;
        if type_name::<D>().contains("Content") {
            return Err(wrong_kind("JSON text", "a value already taken apart; decode through a union instead"));
        }
        Self::lenient(deserializer)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if std::any::type_name::<S>().contains("serde_json::") {
            return self.0.serialize(serializer);
        }
        let value: Value = serde_json::from_str(self.get()).map_err(|_| S::Error::custom("not valid JSON"))?;
        value.serialize(serializer)
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get() || same(&self.0, &other.0)
    }
}

impl Eq for Json {}

fn same(left: &RawValue, right: &RawValue) -> bool {
    let (left, right) = (left.get(), right.get());
    match (left.as_bytes().first(), right.as_bytes().first()) {
        (Some(b'{'), Some(b'{')) => {
            let parse = serde_json::from_str::<BTreeMap<String, &RawValue>>;
            match (parse(left), parse(right)) {
                (Ok(left), Ok(right)) => {
                    left.len() == right.len() && left.iter().zip(&right).all(|((a, x), (b, y))| a == b && same(x, y))
                }
                _ => false,
            }
        }
        (Some(b'['), Some(b'[')) => {
            let parse = serde_json::from_str::<Vec<&RawValue>>;
            match (parse(left), parse(right)) {
                (Ok(left), Ok(right)) => left.len() == right.len() && left.iter().zip(&right).all(|(x, y)| same(x, y)),
                _ => false,
            }
        }
        (Some(b'"'), Some(b'"')) => {
            let parse = serde_json::from_str::<String>;
            matches!((parse(left), parse(right)), (Ok(left), Ok(right)) if left == right)
        }
        _ => left == right,
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({}, {} bytes)", self.kind(), self.get().len())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
