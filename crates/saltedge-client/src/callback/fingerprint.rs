//! Telling public keys apart.

/// The SHA-256 of the public key that Salt Edge published for callbacks in June 2019, over its DER form
/// (SubjectPublicKeyInfo), in hex.
///
/// The key itself is published in the provider's example repository as `spectre_public.pem`. Whether it is still the
/// one in use cannot be told from the documents of version 6, so nothing here trusts it unasked.
pub const SALTEDGE_KEY_SHA256: &str = "84525000c5a5c62167281583c00fe6f65a93f6d50e53c4f4356fdfb183759fe1";
