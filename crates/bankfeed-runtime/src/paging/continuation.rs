//! Where a list was left.

use std::fmt;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::call::draft::{Draft, Payload};
use crate::call::encode_pairs;
use crate::sign::{hex, sha256};

/// Where a stream was left, to go on later: serialize it, and hand it to the same call's `resume`.
///
/// It belongs to the list it was taken from: same operation, same parameters. It holds the provider's position, a
/// fingerprint of the parameters (not the parameters), and how many items of the page were taken. A list read to its
/// end stays at its end.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Continuation {
    #[serde(rename = "v")]
    version: u32,
    operation: String,
    fingerprint: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<String>,
    #[serde(default)]
    pub(super) taken: u64,
    #[serde(default)]
    pub(super) finished: bool,
}

const VERSION: u32 = 1;

impl Continuation {
    pub(super) fn new(draft: &Draft, position: Option<String>, taken: u64, finished: bool) -> Self {
        Self {
            version: VERSION,
            operation: draft.operation.id.to_owned(),
            fingerprint: fingerprint(draft),
            position,
            taken,
            finished,
        }
    }

    /// Whether the list was read to its end.
    pub fn is_finished(&self) -> bool {
        self.finished
    }

    /// What keeps it from being used for this call, if anything does.
    pub(super) fn mismatch(&self, draft: &Draft) -> Option<&'static str> {
        if self.version != VERSION {
            return Some("the continuation is of another version");
        }
        if self.operation != draft.operation.id {
            return Some("the continuation belongs to another operation");
        }
        if self.fingerprint != fingerprint(draft) {
            return Some("the continuation belongs to a list with other parameters");
        }
        None
    }
}

impl fmt::Debug for Continuation {
    /// Leaves the position out: a link may carry what the request's query carried.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Continuation")
            .field("operation", &self.operation)
            .field("taken", &self.taken)
            .field("finished", &self.finished)
            .finish_non_exhaustive()
    }
}

/// SHA-256 over path, query and body without the position, in hex.
fn fingerprint(draft: &Draft) -> String {
    let param = draft.operation.paging.param();
    let lasting = |pairs: &[(String, String)]| {
        let lasting = pairs.iter().filter(|(name, _)| Some(name.as_str()) != param).cloned();
        encode_pairs(&lasting.collect::<Vec<_>>())
    };
    // A path that cannot be filled is reported when the call is sent.
    let mut text = format!("{}?{}", draft.filled_path().unwrap_or_default(), lasting(&draft.query)).into_bytes();
    let body = match &draft.payload {
        Payload::None => Bytes::new(),
        Payload::Form(pairs) => lasting(pairs).into(),
        Payload::Json(bytes) | Payload::Bytes { bytes, .. } => bytes.clone(),
    };
    if !body.is_empty() {
        text.push(b'\n');
        text.extend_from_slice(&body);
    }
    hex(&sha256(&text))
}
