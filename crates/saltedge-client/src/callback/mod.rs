//! Callbacks: what the provider posts to the addresses entered in its dashboard.

mod error;
mod fingerprint;
mod payload;
mod verifier;

pub use error::CallbackError;
pub use fingerprint::SALTEDGE_KEY_SHA256;
pub use payload::{Callback, CallbackKind};
pub use verifier::CallbackVerifier;
