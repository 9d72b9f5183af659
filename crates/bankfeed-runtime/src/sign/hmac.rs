//! HMAC-SHA256, and comparison that does not tell how far it got.

use ring::hmac;

/// The HMAC-SHA256 of a message, 32 bytes.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message);
    let mut bytes = [0; 32];
    bytes.copy_from_slice(tag.as_ref());
    bytes
}

/// Whether `tag` is the HMAC-SHA256 of the message, in constant time. `tag` is raw bytes: decode hex or base64 first.
pub fn verify_hmac_sha256(key: &[u8], message: &[u8], tag: &[u8]) -> bool {
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, key), message, tag).is_ok()
}

/// Whether two byte strings are equal, in a time that depends on their lengths alone.
pub fn constant_time_eq(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let difference = left.iter().zip(right).fold(0u8, |difference, (left, right)| difference | (left ^ right));
    // Keeps the compiler from ending the fold at the first difference.
    std::hint::black_box(difference) == 0
}
