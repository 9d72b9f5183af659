//! Tolerant, exact decoding of JSON.
//!
//! Generated types are read through [`Lenient`]; [`from_slice`] and [`from_str`] are the entry points that say which
//! place of the document failed.

mod error;
mod lenient;
mod list;
mod object;
pub(crate) mod place;
mod scalars;
pub(crate) mod token;
pub(crate) mod trail;
mod union;

pub use crate::values::{open_enum_from, open_enum_read, open_enum_read_option};
pub use error::DecodeError;
pub use lenient::Lenient;
pub(crate) use lenient::{scalar, scalar_lenient};
pub use object::{Fields, Object, Rest, Slot, object};
pub use place::{place_of, places_of_items};
pub(crate) use scalars::ROUNDED;
pub use serde::de::{Deserialize, Deserializer, MapAccess};
pub use serde::ser::{Serialize, Serializer};
pub use union::{Arm, Kinds, union, union_by};

/// Reads a whole JSON document from bytes.
///
/// # Errors
/// When it is not JSON, not UTF-8, not the type asked for, or followed by something else.
pub fn from_slice<'de, T: Lenient<'de>>(bytes: &'de [u8]) -> Result<T, DecodeError> {
    // Some servers put a byte order mark before their JSON.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Checking UTF-8 once for the whole document is cheaper than per string.
    let text = std::str::from_utf8(bytes).map_err(|_| DecodeError::new("not UTF-8 text"))?;
    from_str(text)
}

/// Reads a whole JSON document from text.
///
/// # Errors
/// As [`from_slice`].
pub fn from_str<'de, T: Lenient<'de>>(text: &'de str) -> Result<T, DecodeError> {
    let (result, trail) = trail::follow(|| {
        let mut json = serde_json::Deserializer::from_str(text);
        let value = T::lenient(&mut json)?;
        json.end()?;
        Ok(value)
    });
    result.map_err(|error: serde_json::Error| {
        if trail.reason.is_none() {
            // No type complained, so the text itself is broken; a name put before the error has hidden how.
            if let Err(broken) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
                return DecodeError::from_json(&broken, trail);
            }
        }
        DecodeError::from_json(&error, trail)
    })
}
