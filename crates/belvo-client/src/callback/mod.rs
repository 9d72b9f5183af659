//! Callbacks: what the provider posts to the addresses entered in its dashboard.

mod payload;
mod verifier;

pub use bankfeed_runtime::webhook::CallbackError;
pub use payload::{Callback, same_request};
pub use verifier::CallbackVerifier;
