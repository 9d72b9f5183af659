//! The two RSA keys of the sandbox: the client's, and Salt Edge's own.

use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey};

/// With it a client of the sandbox signs its requests.
pub(crate) const CLIENT_PRIVATE: &str = include_str!("client.pem");
/// What the sandbox checks the client's signatures against.
pub(crate) const CLIENT_PUBLIC: &str = include_str!("client.pub.pem");
/// With it the sandbox signs Salt Edge's callbacks.
const PROVIDER_PRIVATE: &str = include_str!("provider.pem");
/// What receivers of Salt Edge's callbacks check against.
pub(crate) const PROVIDER_PUBLIC: &str = include_str!("provider.pub.pem");

/// Whether a Base64 signature of the client's key fits a text. `None`: it is no Base64.
pub(crate) fn verify(signature: &str, text: &[u8]) -> Option<bool> {
    static KEY: OnceLock<Vec<u8>> = OnceLock::new();
    let signature = STANDARD.decode(signature).ok()?;
    // SubjectPublicKeyInfo of RSA 2048: a header of 24 bytes before the key itself.
    let key = KEY.get_or_init(|| der(CLIENT_PUBLIC).get(24..).unwrap_or_default().to_vec());
    Some(UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(text, &signature).is_ok())
}

/// The Base64 signature of the provider's key over a text.
pub(crate) fn sign(text: &[u8]) -> String {
    static KEY: OnceLock<Option<RsaKeyPair>> = OnceLock::new();
    let key = KEY.get_or_init(|| RsaKeyPair::from_pkcs8(&der(PROVIDER_PRIVATE)).ok());
    let Some(key) = key else { return String::new() };
    let mut signature = vec![0; key.public().modulus_len()];
    match key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature) {
        Ok(()) => STANDARD.encode(signature),
        Err(_) => String::new(),
    }
}

fn der(pem: &str) -> Vec<u8> {
    let lines = pem.lines().filter(|line| !line.starts_with("-----"));
    STANDARD.decode(lines.collect::<String>()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_pairs() {
        assert_eq!(der(PROVIDER_PUBLIC).len(), der(CLIENT_PUBLIC).len());
        let signature = STANDARD.decode(sign(b"text")).unwrap();
        let key = der(PROVIDER_PUBLIC);
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &key[24..]).verify(b"text", &signature).unwrap();
        assert_eq!(verify(&sign(b"text"), b"text"), Some(false), "another key");
        assert_eq!(verify("é", b"text"), None);
    }
}
