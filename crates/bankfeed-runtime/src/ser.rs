//! Writing objects: what generated types use instead of a derive.
//!
//! serde's derive knows a field by its attributes; here its type says it: an `Option` that is `None` is left out with
//! [`Object::some`] and written as null with [`Object::put`], and [`Maybe`] distinguishes both.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;

use crate::Maybe;

pub use serde::{Serialize, Serializer};

/// A JSON object that is being written.
pub struct Object<S: Serializer> {
    map: S::SerializeMap,
}

impl<S: Serializer> Object<S> {
    /// Begins an object.
    ///
    /// # Errors
    ///
    /// The serializer's own.
    pub fn new(serializer: S) -> Result<Self, S::Error> {
        Ok(Self { map: serializer.serialize_map(None)? })
    }

    /// Writes a member, whatever its value.
    ///
    /// # Errors
    ///
    /// The serializer's own.
    pub fn put<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
        self.map.serialize_entry(name, value)
    }

    /// Writes a member that is left out when there is none.
    ///
    /// # Errors
    ///
    /// The serializer's own.
    pub fn some<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) -> Result<(), S::Error> {
        match value {
            Some(value) => self.map.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    /// Writes a member that may be absent, null or a value.
    ///
    /// # Errors
    ///
    /// The serializer's own.
    pub fn maybe<T: Serialize>(&mut self, name: &'static str, value: &Maybe<T>) -> Result<(), S::Error> {
        match value {
            Maybe::Absent => Ok(()),
            Maybe::Null => self.map.serialize_entry(name, &()),
            Maybe::Value(value) => self.map.serialize_entry(name, value),
        }
    }

    /// Writes the members of a catch-all map.
    ///
    /// # Errors
    ///
    /// The serializer's own.
    pub fn rest<T: Serialize>(&mut self, members: &BTreeMap<String, T>) -> Result<(), S::Error> {
        for (name, value) in members {
            self.map.serialize_entry(name, value)?;
        }
        Ok(())
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// The serializer's own.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.map.end()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    struct Sample;

    impl Serialize for Sample {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut out = Object::new(serializer)?;
            out.put("null", &None::<bool>)?;
            out.some("left out", &None::<bool>)?;
            out.some("there", &Some(1))?;
            out.maybe("absent", &Maybe::<bool>::Absent)?;
            out.maybe("said null", &Maybe::<bool>::Null)?;
            out.rest(&BTreeMap::from([("more".to_owned(), 2)]))?;
            out.end()
        }
    }

    #[test]
    fn null_and_absent_are_two_things() {
        let text = serde_json::to_string(&Sample).unwrap();
        assert_eq!(text, r#"{"null":null,"there":1,"said null":null,"more":2}"#);
    }
}
