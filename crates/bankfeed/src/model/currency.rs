//! Currencies.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// A currency by its code of three letters, as in ISO 4217.
///
/// Codes that ISO 4217 does not know (`BTC`, say) are kept, since providers send them; [`is_iso`](Self::is_iso) tells.
///
/// ```
/// use bankfeed::Currency;
///
/// let yen: Currency = "JPY".parse()?;
/// assert_eq!(yen.exponent(), Some(0));
/// assert!("euro".parse::<Currency>().is_err());
/// # Ok::<(), bankfeed::CurrencyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Currency(#[schemars(with = "String", regex(pattern = "^[A-Z]{3}$"))] Code);

/// Three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Code([u8; 3]);

/// A text that is not three letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrencyError;

impl Currency {
    /// The code, in capital letters.
    pub fn code(&self) -> &str {
        // Made of ASCII letters alone.
        std::str::from_utf8(&self.0.0).unwrap_or_default()
    }

    /// How many digits its amounts have after the point in ISO 4217: 2 for EUR, 0 for JPY, 3 for BHD. `None` for a
    /// code that is not in it, or that has no minor unit (`XAU`).
    pub fn exponent(&self) -> Option<u8> {
        iso_currency::Currency::from_code(self.code())?.exponent().and_then(|digits| u8::try_from(digits).ok())
    }

    /// Whether ISO 4217 has it.
    pub fn is_iso(&self) -> bool {
        iso_currency::Currency::from_code(self.code()).is_some()
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;

    /// Takes three letters of either case, with space around them.
    fn from_str(text: &str) -> Result<Self, CurrencyError> {
        let bytes: [u8; 3] = text.trim().as_bytes().try_into().map_err(|_| CurrencyError)?;
        if !bytes.iter().all(u8::is_ascii_alphabetic) {
            return Err(CurrencyError);
        }
        Ok(Self(Code(bytes.map(|byte| byte.to_ascii_uppercase()))))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(std::str::from_utf8(&self.0).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for CurrencyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a currency code of three letters")
    }
}

impl std::error::Error for CurrencyError {}
