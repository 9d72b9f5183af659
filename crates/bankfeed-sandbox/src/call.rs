//! A request, as it came and as the specification reads it.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::{Map, Value};

use crate::playbook::Operation;
use crate::record::REDACTED;

/// Longer segments of a path are not shown.
const LONGEST_SHOWN: usize = 20;

/// A request as it came.
pub(crate) struct Received {
    pub(crate) method: Method,
    /// Path below the provider's root, such as `/api/v6/accounts`, still encoded.
    pub(crate) path: String,
    /// Without the question mark, still encoded.
    pub(crate) query: Option<String>,
    /// The complete address as the client wrote it: what signatures cover.
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    /// The path as it may be shown where no operation says what is in it: a long segment may be a token.
    pub(crate) fn shown_path(&self) -> String {
        let segments =
            self.path.split('/').map(|segment| if segment.len() > LONGEST_SHOWN { REDACTED } else { segment });
        segments.collect::<Vec<_>>().join("/")
    }

    /// A header as text; `None` when it is absent or no text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// A request that keeps the specification, with its values typed.
pub(crate) struct Call {
    pub(crate) operation: Arc<Operation>,
    /// Variable segments of the path, decoded.
    pub(crate) path: Vec<(String, String)>,
    /// Parameters of the query, as JSON of their type.
    pub(crate) query: Map<String, Value>,
    /// Header parameters of the operation, as JSON of their type, by their name in the specification.
    pub(crate) headers: Map<String, Value>,
    /// JSON body, or the members of a form; null without a body.
    pub(crate) body: Value,
    pub(crate) received: Received,
}

impl Call {
    /// The id of the operation.
    pub(crate) fn id(&self) -> &str {
        &self.operation.id
    }

    /// A variable segment of the path.
    pub(crate) fn segment(&self, name: &str) -> &str {
        self.path.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// A parameter of the query as text; `None` when it is absent or of another type.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.query.get(name)?.as_str()
    }

    /// A boolean parameter of the query; absent is false.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.query.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A whole number from the query.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.query.get(name)?.as_u64()
    }
}
