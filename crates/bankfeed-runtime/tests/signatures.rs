//! Signatures against OpenSSL's, and the checks around callbacks. See `data/README.md`.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use bankfeed_runtime as rt;
use rt::{AgeWindow, RsaSigner, RsaVerifier, WebhookError};

const MESSAGE: &[u8] = include_bytes!("data/message.txt");
const SIGNATURE: &str = include_str!("data/message.sig");
const PRIVATE: [&str; 2] = [include_str!("data/test-only-rsa-pkcs1.pem"), include_str!("data/test-only-rsa-pkcs8.pem")];
const PUBLIC: [&str; 2] =
    [include_str!("data/test-only-rsa-public.pem"), include_str!("data/test-only-rsa-public-pkcs1.pem")];

#[test]
fn signatures_are_those_of_openssl() {
    for key in PRIVATE {
        let signer = RsaSigner::from_pem(key).unwrap();
        assert_eq!(signer.sign(MESSAGE).unwrap(), SIGNATURE);
        assert_eq!(format!("{signer:?}"), "RsaSigner([redacted])");
        // Windows line ends and text around the block are common in configuration.
        let signer = RsaSigner::from_pem(&format!("# key\r\n{}", key.replace('\n', "\r\n"))).unwrap();
        assert_eq!(signer.sign(MESSAGE).unwrap(), SIGNATURE);
    }
}

#[test]
fn verification_takes_the_signature_and_nothing_else() {
    for key in PUBLIC {
        let verifier = RsaVerifier::from_pem(key).unwrap();
        assert!(verifier.verify(MESSAGE, SIGNATURE));
        assert!(verifier.verify(MESSAGE, &format!("{SIGNATURE}\n")));
        assert!(!verifier.verify(b"another", SIGNATURE));
        for wrong in ["", "AAAA", "not base64!", &SIGNATURE.replacen(&SIGNATURE[..1], "_", 1), &SIGNATURE[4..]] {
            assert!(!verifier.verify(MESSAGE, wrong));
        }
    }
}

#[test]
fn a_public_key_has_the_fingerprint_that_openssl_gives_it() {
    // openssl pkey -pubin -in test-only-rsa-public.pem -outform DER | sha256sum
    let expected = "35f9deb4fa2b7a19691ef144d3aa5a2d7c190c8d60ae9735c0212aca25722be1";
    assert_eq!(RsaVerifier::from_pem(PUBLIC[0]).unwrap().fingerprint(), Some(expected));
    assert_eq!(RsaVerifier::from_pem(PUBLIC[1]).unwrap().fingerprint(), None);
}

#[test]
fn unusable_keys_are_told_apart() {
    let refused = |key: &str| RsaSigner::from_pem(key).unwrap_err().to_string();
    assert!(refused("").starts_with("not a PEM text"));
    assert!(refused(&PRIVATE[0].replace("-----END", "-----")).starts_with("not a PEM text"));
    assert!(refused(include_str!("data/test-only-rsa-encrypted.pem")).contains("is encrypted"));
    let old_style = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    assert!(refused(old_style).contains("is encrypted"));
    assert!(refused(PUBLIC[0]).contains("this is a public key"));
    assert!(
        refused("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----")
            .contains("not an RSA private key")
    );
    assert!(
        refused("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----").contains("not a valid RSA private key")
    );

    let refused = |key: &str| RsaVerifier::from_pem(key).unwrap_err().to_string();
    assert_eq!(refused(include_str!("data/test-only-ec-public.pem")), "not an RSA public key");
    assert!(refused(PRIVATE[0]).starts_with("not an RSA public key"));
}

#[test]
fn hmac_is_that_of_openssl() {
    let hex: String = rt::hmac_sha256(b"test-key", MESSAGE).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, include_str!("data/message.hmac"));
    let tag = rt::hmac_sha256(b"test-key", MESSAGE);
    assert!(rt::verify_hmac_sha256(b"test-key", MESSAGE, &tag));
    assert!(!rt::verify_hmac_sha256(b"test-kez", MESSAGE, &tag));
    assert!(!rt::verify_hmac_sha256(b"test-key", MESSAGE, &tag[..31]));
    assert!(!rt::verify_hmac_sha256(b"test-key", MESSAGE, b""));
}

#[test]
fn constant_time_equality_is_equality() {
    for (left, right) in [("", ""), ("a", "a"), ("a", "b"), ("a", "aa"), ("abc", "abd")] {
        assert_eq!(rt::constant_time_eq(left.as_bytes(), right.as_bytes()), left == right);
    }
}

#[test]
fn the_age_window_has_two_ends() {
    let now: rt::jiff::Timestamp = "2026-01-01T12:00:00Z".parse().unwrap();
    let window = AgeWindow { max_age: Duration::from_secs(300), max_future_skew: Duration::from_secs(60) };
    let check = |text: &str| window.check(text.parse().unwrap(), now);
    assert_eq!(check("2026-01-01T11:55:00Z"), Ok(()));
    assert_eq!(check("2026-01-01T11:54:59Z"), Err(WebhookError::TooOld));
    assert_eq!(check("2026-01-01T12:01:00Z"), Ok(()));
    assert_eq!(check("2026-01-01T12:01:01Z"), Err(WebhookError::FromTheFuture));
}

#[test]
fn a_callback_header_must_be_there_once() {
    let mut headers = rt::HeaderMap::new();
    assert_eq!(rt::webhook::header(&headers, "signature"), Err(WebhookError::MissingHeader("signature")));
    headers.append("signature", rt::HeaderValue::from_static("x"));
    assert_eq!(rt::webhook::header(&headers, "signature"), Ok("x"));
    headers.append("signature", rt::HeaderValue::from_static("y"));
    assert!(matches!(rt::webhook::header(&headers, "signature"), Err(WebhookError::Malformed(_))));
}
