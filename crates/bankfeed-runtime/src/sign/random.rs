//! Text that cannot be guessed.

use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use crate::transport::ConfigError;
use crate::values::Secret;

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// Six bits name a sign of the alphabet; the two numbers beyond it are thrown away, so that all signs are equally likely.
const SIX_BITS: u8 = 0x3f;

/// A random text of letters and digits, of almost six bits a sign: 22 signs hold 128 bits, 43 hold 256.
///
/// # Errors
/// When the operating system has no random numbers.
pub fn random_text(length: usize) -> Result<Secret, ConfigError> {
    let system = SystemRandom::new();
    let mut text = Zeroizing::new(String::with_capacity(length));
    let mut bytes = Zeroizing::new([0; 64]);
    while text.len() < length {
        system.fill(&mut *bytes).map_err(|_| ConfigError::new("the operating system has no random numbers"))?;
        let missing = length - text.len();
        let signs = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte & SIX_BITS)));
        text.extend(signs.take(missing).map(|sign| char::from(*sign)));
    }
    Ok(Secret::from(text.as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn texts_have_their_length_and_alphabet_and_differ() {
        for length in [0, 1, 41, 43, 200] {
            let text = random_text(length).unwrap();
            assert_eq!(text.expose().len(), length);
            assert!(text.expose().bytes().all(|sign| sign.is_ascii_alphanumeric()));
        }
        let texts: HashSet<String> = (0..100).map(|_| random_text(22).unwrap().expose().to_owned()).collect();
        assert_eq!(texts.len(), 100);
    }

    #[test]
    fn every_sign_occurs() {
        let text = random_text(10_000).unwrap();
        let signs: HashSet<u8> = text.expose().bytes().collect();
        assert_eq!(signs.len(), ALPHABET.len());
    }
}
