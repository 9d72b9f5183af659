//! Errors under a success status, for those who know no types.

use super::ApiError;

/// An error that the provider reports under a success status.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refusal {
    /// Whether it may pass by itself.
    pub(crate) passing: bool,
}

/// What the transport asks of every answer under a success status: whether it is a refusal in truth.
pub(crate) fn refusal<E: ApiError>(body: &[u8]) -> Option<Refusal> {
    E::in_success(body).map(|api| Refusal { passing: api.is_passing() })
}
