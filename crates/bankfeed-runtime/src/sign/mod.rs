//! Signatures: what requests are signed with and webhooks are checked by.

mod digest;
mod hmac;
mod pem;
mod random;
mod rsa;

pub use digest::{from_hex, hex, sha256};
pub use hmac::{constant_time_eq, hmac_sha256, verify_hmac_sha256};
pub use random::random_text;
pub use rsa::{KeyError, RsaSigner, RsaVerifier};
