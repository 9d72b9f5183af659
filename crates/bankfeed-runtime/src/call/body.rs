//! A response body before it is decoded.

use std::fmt;

use bytes::Bytes;

use crate::de::{DecodeError, Lenient};

/// The body of a successful answer, for operations that answer in more than one shape.
#[derive(Clone)]
pub struct Body {
    bytes: Bytes,
    content_type: Option<String>,
}

impl Body {
    pub(crate) fn new(bytes: Bytes, content_type: Option<String>) -> Self {
        Self { bytes, content_type }
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    /// When it is not JSON or not of this type.
    pub fn json<T: for<'de> Lenient<'de>>(&self) -> Result<T, DecodeError> {
        crate::de::from_slice(&self.bytes)
    }

    /// The body as text.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        String::from_utf8(self.bytes.to_vec()).map_err(|_| DecodeError::new("not UTF-8 text"))
    }

    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The media type the provider named, without parameters and in lower case.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes)", self.bytes.len())
    }
}

/// The successful answers of an operation that has several, told apart by status.
pub trait ByStatus: Sized {
    /// Reads the answer of a 2xx status; `None` for one this operation does not have.
    fn decode(status: u16, body: &Body) -> Option<Result<Self, DecodeError>>;
}
