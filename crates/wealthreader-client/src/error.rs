//! What the provider says when it refuses.

use bankfeed_runtime as rt;

use crate::generated::types::ErrorAnswer;

/// The body of a refusal.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiFailure(ErrorAnswer);

impl ApiFailure {
    /// The body as it came.
    pub fn answer(&self) -> &ErrorAnswer {
        &self.0
    }
}

impl rt::ApiError for ApiFailure {
    fn decode(_: u16, _: &rt::HeaderMap, body: &[u8]) -> Option<Self> {
        rt::de::from_slice(body).ok().map(Self)
    }
}
