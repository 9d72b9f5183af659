//! What callbacks tell.

use bankfeed_runtime as rt;

use crate::generated::types::{AggregationCallback, PaymentsCallback};

/// A callback that carried the configured authorization.
///
/// Both families come to the same addresses; what names a link is about data, what names an object is about payments.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
// There is one at a time, and a box would be in the way of matching on what is in it.
#[allow(clippy::large_enum_variant)]
pub enum Callback {
    /// Something happened to a link or its data: read what the type names again.
    Aggregation(AggregationCallback),
    /// A payment, or something that belongs to one, changed.
    Payments(PaymentsCallback),
    /// Neither: the form of payments objects made under version 2 is not documented.
    Other(rt::Json),
}

impl Callback {
    /// Names this event, however often it is sent.
    pub fn idempotency_key(&self) -> Option<&rt::Id> {
        match self {
            Self::Aggregation(callback) => callback.webhook_id.as_ref(),
            Self::Payments(callback) => callback.webhook_id.as_ref(),
            Self::Other(_) => None,
        }
    }

    pub(super) fn read(body: &[u8]) -> Result<Self, rt::DecodeError> {
        let Shape { link_id, object_id } = rt::de::from_slice(body)?;
        match (link_id, object_id) {
            (Some(_), _) => rt::de::from_slice(body).map(Self::Aggregation),
            (None, Some(_)) => rt::de::from_slice(body).map(Self::Payments),
            (None, None) => rt::de::from_slice(body).map(Self::Other),
        }
    }
}

/// What tells the families apart.
struct Shape {
    link_id: Option<rt::Id>,
    object_id: Option<rt::Id>,
}
rt::object!(Shape { link_id: "link_id", object_id: "object_id" });

/// Whether two ids name the same request: answers spell them as 32 digits, callbacks with dashes between. Nothing is
/// the same as an empty one.
///
/// ```
/// assert!(belvo_client::same_request("4363b08b-51eb-4350-9c74-5df5ac92a7f6", "4363b08b51eb43509c745df5ac92a7f6"));
/// ```
pub fn same_request(left: &str, right: &str) -> bool {
    let digits = |text: &str| text.replace('-', "").to_ascii_lowercase();
    let left = digits(left);
    !left.is_empty() && left == digits(right)
}
