//! What an account is known by outside its provider.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::checks;
use super::ids::fingerprint;
use super::personal::Personal;

/// What an account is known by outside its provider.
///
/// Where a standard says how to tell a right one from a wrong one, only right ones are of its kind; the others are kept
/// as [`Number`](Self::Number), so nothing is lost and nothing passes for more than it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "scheme", rename_all = "snake_case")]
#[non_exhaustive]
pub enum AccountIdentifier {
    /// International Bank Account Number, ISO 13616, its check digits right.
    Iban {
        /// Without spaces, in capital letters.
        value: Iban,
    },
    /// Business Identifier Code of the bank, ISO 9362, of 8 or 11 characters.
    Bic {
        /// In capital letters.
        value: Bic,
    },
    /// Mexican account number of 18 digits, its check digit right.
    Clabe {
        /// The digits.
        value: Clabe,
    },
    /// Argentine account number of 22 digits, its check digits right.
    Cbu {
        /// The digits.
        value: Cbu,
    },
    /// British or Irish sort code and account number.
    SortCode {
        /// Six digits.
        sort_code: String,
        /// The account number in that branch.
        number: Option<Personal<String>>,
    },
    /// Brazilian account in an agency.
    Brazilian {
        /// The bank, by its number with the central bank (`compe_code`) or register (`ispb`).
        bank: Option<String>,
        /// The branch, four digits.
        agency: Option<String>,
        /// The account, without its check digit.
        account: Personal<String>,
        /// The check digit, a digit or `X`.
        check_digit: Option<Personal<String>>,
    },
    /// A card number of which most digits are hidden.
    MaskedPan {
        /// As it was sent.
        value: MaskedPan,
    },
    /// A security, ISO 6166, its check digit right.
    Isin {
        /// In capital letters.
        value: Isin,
    },
    /// A number or text of no known standard.
    Number {
        /// What the provider calls it, such as `account_number`.
        name: String,
        /// As it was sent.
        value: Personal<String>,
    },
}

impl AccountIdentifier {
    /// An IBAN, or a number called `name` if it is none.
    pub fn iban(name: &str, text: &str) -> Self {
        Iban::parse(text).map_or_else(|| Self::number(name, text), |value| Self::Iban { value })
    }

    /// A BIC, or a text called `name` if it is none.
    pub fn bic(name: &str, text: &str) -> Self {
        Bic::parse(text).map_or_else(|| Self::number(name, text), |value| Self::Bic { value })
    }

    /// An ISIN, or a text called `name` if it is none.
    pub fn isin(name: &str, text: &str) -> Self {
        Isin::parse(text).map_or_else(|| Self::number(name, text), |value| Self::Isin { value })
    }

    /// A masked card number, or a number called `name` if it does not hide enough of itself to be one.
    pub fn masked_pan(name: &str, text: &str) -> Self {
        MaskedPan::parse(text).map_or_else(|| Self::number(name, text), |value| Self::MaskedPan { value })
    }

    /// What an account number is by its own form: IBAN, CLABE, CBU, masked card number, or a number called `name`.
    pub fn recognize(name: &str, text: &str) -> Self {
        None.or_else(|| Iban::parse(text).map(|value| Self::Iban { value }))
            .or_else(|| Clabe::parse(text).map(|value| Self::Clabe { value }))
            .or_else(|| Cbu::parse(text).map(|value| Self::Cbu { value }))
            .or_else(|| MaskedPan::parse(text).map(|value| Self::MaskedPan { value }))
            .unwrap_or_else(|| Self::number(name, text))
    }

    /// A number or text of no known standard.
    pub fn number(name: &str, text: &str) -> Self {
        Self::Number { name: name.to_owned(), value: Personal(text.to_owned()) }
    }

    /// Whether it names this account and no other, at any bank: what identity can rest on.
    pub fn is_global(&self) -> bool {
        matches!(self, Self::Iban { .. } | Self::Clabe { .. } | Self::Cbu { .. })
    }
}

macro_rules! checked {
    ($(#[$doc:meta])* $name:ident, $check:path, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// One that passes its standard's check; spaces do not count.
            pub fn parse(text: &str) -> Option<Self> {
                $check(text).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "#{}", fingerprint(&self.0))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom($expected))
            }
        }
    };
}

checked!(
    /// An IBAN with the right length for its country and right check digits. Personal: `Debug` shows a fingerprint.
    Iban,
    checks::iban,
    "expected an IBAN with right check digits"
);
checked!(
    /// A BIC of 8 or 11 characters.
    Bic,
    checks::bic,
    "expected a BIC of 8 or 11 characters"
);
checked!(
    /// A CLABE with a right check digit. Personal: `Debug` shows a fingerprint.
    Clabe,
    checks::clabe,
    "expected a CLABE of 18 digits with a right check digit"
);
checked!(
    /// A CBU with right check digits. Personal: `Debug` shows a fingerprint.
    Cbu,
    checks::cbu,
    "expected a CBU of 22 digits with right check digits"
);
checked!(
    /// A card number that shows at most its first six, or eight, and last four digits. Personal: `Debug` shows a
    /// fingerprint.
    MaskedPan,
    checks::masked_pan,
    "expected a card number with most of its digits hidden"
);
checked!(
    /// An ISIN with a right check digit.
    Isin,
    checks::isin,
    "expected an ISIN with a right check digit"
);
