//! Callbacks: what the provider posts to the addresses entered in its dashboard.

mod fingerprint;
mod payload;
mod verifier;

pub use bankfeed_runtime::webhook::CallbackError;
pub use fingerprint::SALTEDGE_KEY_SHA256;
pub use payload::{Callback, CallbackKind};
pub use verifier::CallbackVerifier;
