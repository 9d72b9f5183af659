//! The little of PEM and DER that RSA keys need.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// One PEM block: its label and its content.
pub(super) struct Pem<'a> {
    pub(super) label: &'a str,
    pub(super) der: Zeroizing<Vec<u8>>,
    pub(super) encrypted: bool,
}

/// Reads the first PEM block of a text.
pub(super) fn read(text: &str) -> Option<Pem<'_>> {
    let (_, after) = text.split_once("-----BEGIN ")?;
    let (label, after) = after.split_once("-----")?;
    let (body, after) = after.split_once("-----END ")?;
    if !after.starts_with(label) {
        return None;
    }
    // Headers such as `Proc-Type: 4,ENCRYPTED` come before the data and mark the old encrypted form.
    let encrypted = body.contains("ENCRYPTED") || label.contains("ENCRYPTED");
    let mut data = Zeroizing::new(String::with_capacity(body.len()));
    for line in body.lines().filter(|line| !line.contains(':')) {
        data.push_str(line.trim());
    }
    let der = if encrypted { Vec::new() } else { STANDARD.decode(data.as_bytes()).ok()? };
    Some(Pem { label, der: Zeroizing::new(der), encrypted })
}

/// The `RSAPublicKey` inside a `SubjectPublicKeyInfo`, if the key is an RSA one.
pub(super) fn rsa_key_of_spki(der: &[u8]) -> Option<&[u8]> {
    /// The identifier 1.2.840.113549.1.1.1, rsaEncryption, as DER writes it.
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    let (spki, rest) = element(0x30, der)?;
    if !rest.is_empty() {
        return None;
    }
    let (algorithm, rest) = element(0x30, spki)?;
    let (identifier, _) = element(0x06, algorithm)?;
    if identifier != RSA {
        return None;
    }
    let (bits, _) = element(0x03, rest)?;
    // The first byte of a bit string counts unused bits, of which a key has none.
    bits.strip_prefix(&[0])
}

/// The content of a DER element with this tag, and what follows it.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (first, rest) = der.split_first()?;
    if *first != tag {
        return None;
    }
    let (length, rest) = rest.split_first()?;
    let (length, rest) = match length {
        0..=0x7f => (usize::from(*length), rest),
        0x81 => {
            let (length, rest) = rest.split_first()?;
            (usize::from(*length), rest)
        }
        0x82 => {
            let (length, rest) = rest.split_first_chunk::<2>()?;
            (usize::from(u16::from_be_bytes(*length)), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}
