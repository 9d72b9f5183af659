//! RSA signatures with SHA-256 and PKCS#1 v1.5 padding.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey};

use super::digest::{hex, sha256};
use super::pem;

/// Why a key could not be used. Says nothing of the key itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyError(&'static str);

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for KeyError {}

const NOT_PEM: KeyError = KeyError("not a PEM text: expected a block between BEGIN and END lines");

/// Signs with an RSA private key: SHA-256, PKCS#1 v1.5.
pub struct RsaSigner(RsaKeyPair);

impl RsaSigner {
    /// Takes a private key in PEM: `PRIVATE KEY` (PKCS#8) or `RSA PRIVATE KEY` (PKCS#1), 2048 to 4096 bits.
    ///
    /// # Errors
    /// When the text is not PEM, the key is encrypted, of another kind, or of a size not taken.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let pem = pem::read(text).ok_or(NOT_PEM)?;
        if pem.encrypted {
            return Err(KeyError("the private key is encrypted: decrypt it first (`openssl rsa -in key.pem`)"));
        }
        let pair = match pem.label {
            "PRIVATE KEY" => RsaKeyPair::from_pkcs8(&pem.der),
            "RSA PRIVATE KEY" => RsaKeyPair::from_der(&pem.der),
            "PUBLIC KEY" | "RSA PUBLIC KEY" => {
                return Err(KeyError("this is a public key: signing takes the private key"));
            }
            _ => return Err(KeyError("not an RSA private key: expected `PRIVATE KEY` or `RSA PRIVATE KEY`")),
        };
        pair.map(Self).map_err(|_| KeyError("not a valid RSA private key of 2048 to 4096 bits"))
    }

    /// The signature of a message, in base64 without line breaks.
    ///
    /// # Errors
    /// When the system gives no randomness, which the computation is blinded with.
    pub fn sign(&self, message: &[u8]) -> Result<String, KeyError> {
        let mut signature = vec![0; self.0.public().modulus_len()];
        self.0
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .map_err(|_| KeyError("signing failed: no randomness from the system"))?;
        Ok(STANDARD.encode(signature))
    }
}

impl fmt::Debug for RsaSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RsaSigner([redacted])")
    }
}

/// Checks signatures with an RSA public key: SHA-256, PKCS#1 v1.5.
#[derive(Clone)]
pub struct RsaVerifier {
    key: Vec<u8>,
    fingerprint: Option<String>,
}

impl RsaVerifier {
    /// Takes a public key in PEM: `PUBLIC KEY` (SubjectPublicKeyInfo) or `RSA PUBLIC KEY` (PKCS#1), 2048 to 8192 bits.
    ///
    /// # Errors
    /// When the text is not PEM or not an RSA public key.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let pem = pem::read(text).ok_or(NOT_PEM)?;
        match pem.label {
            "PUBLIC KEY" => {
                let key = pem::rsa_key_of_spki(&pem.der).ok_or(KeyError("not an RSA public key"))?.to_vec();
                Ok(Self { key, fingerprint: Some(hex(&sha256(&pem.der))) })
            }
            "RSA PUBLIC KEY" => Ok(Self { key: pem.der.to_vec(), fingerprint: None }),
            _ => Err(KeyError("not an RSA public key: expected `PUBLIC KEY` or `RSA PUBLIC KEY`")),
        }
    }

    /// The SHA-256 of the key's DER form (SubjectPublicKeyInfo), in hex: what providers publish to compare with.
    ///
    /// `None` for a key given as `RSA PUBLIC KEY`, which is another form.
    pub fn fingerprint(&self) -> Option<&str> {
        self.fingerprint.as_deref()
    }

    /// Whether the base64 text is the key's signature of the message. Anything unreadable is not.
    pub fn verify(&self, message: &[u8], signature: &str) -> bool {
        let Ok(signature) = STANDARD.decode(signature.trim()) else { return false };
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.key).verify(message, &signature).is_ok()
    }
}

impl fmt::Debug for RsaVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RsaVerifier(public key)")
    }
}
