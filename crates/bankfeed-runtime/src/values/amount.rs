//! Exact decimal amounts.

use std::any::type_name;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::number::{NumberError, parse_decimal, parse_plain};
use crate::Maybe;
use crate::de::token::{RAW, Refusal, Scalar, Token};
use crate::de::{ROUNDED, scalar};

/// An exact decimal: money, a rate, a quantity.
///
/// Read from the digits that were sent, as a JSON number or as a JSON string, and written back the same way with the
/// same digits (`-0.10` stays `-0.10`; `1e2` is written `100`). A number with more digits than a [`Decimal`] holds
/// (28 to 29 significant ones, at most 28 after the point) is an error, never a rounding.
///
/// Equality, order and hash look at the value alone: `1.0` equals `1.00`, sent as text or as number.
///
/// ```
/// # use bankfeed_runtime::Amount;
/// let balance: Amount = serde_json::from_str("999999999999999.9999")?;
/// assert_eq!(balance.to_string(), "999999999999999.9999");
/// assert_eq!(serde_json::to_string(&balance)?, "999999999999999.9999");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Amount {
    value: Decimal,
    text: bool,
}

impl Amount {
    /// An amount that is written as a JSON number.
    pub const fn new(value: Decimal) -> Self {
        Self { value, text: false }
    }

    /// The same amount, written as a JSON string.
    #[must_use]
    pub const fn as_text(self) -> Self {
        Self { text: true, ..self }
    }

    /// The value.
    pub const fn decimal(self) -> Decimal {
        self.value
    }

    /// Whether it came, and is written, as a JSON string.
    pub const fn is_text(self) -> bool {
        self.text
    }

    fn parse(text: &str) -> Result<Decimal, AmountError> {
        parse_decimal(text).map_err(AmountError)
    }
}

/// Why a text is not an [`Amount`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountError(NumberError);

impl AmountError {
    /// Whether it is a number, but one with more digits than fit.
    pub const fn is_too_long(self) -> bool {
        matches!(self.0, NumberError::TooManyDigits)
    }

    const fn text(self) -> &'static str {
        match self.0 {
            NumberError::NotANumber => "expected an amount, found a text that is no decimal number",
            NumberError::TooManyDigits => "an amount with more digits than an exact decimal holds",
        }
    }
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl std::error::Error for AmountError {}

impl Scalar for Amount {
    const EXPECTED: &'static str = "an amount";
    const BLANK: bool = true;

    #[inline]
    fn quick(raw: &str) -> Option<Self> {
        parse_plain(raw.as_bytes()).map(Self::new)
    }

    fn from_token(token: Token<'_>) -> Result<Self, Refusal> {
        let (text, is_text) = match &token {
            Token::Number(text) => (text, false),
            Token::Text(text) => (text, true),
            Token::Float(_) => return Err(Refusal::Content(ROUNDED)),
            _ => return Err(Refusal::Kind),
        };
        match Self::parse(text) {
            Ok(value) => Ok(Self { value, text: is_text }),
            Err(error) => Err(Refusal::Content(error.text())),
        }
    }
}
scalar!(Amount);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Only serde_json knows how to write a number from its digits; elsewhere text is the exact form.
        if self.text || !type_name::<S>().contains("serde_json::") {
            return serialize_text(self, serializer);
        }
        let mut raw = serializer.serialize_struct(RAW, 1)?;
        raw.serialize_field(RAW, &Digits(self.value))?;
        raw.end()
    }
}

/// The digits as the raw-text protocol of serde_json wants them: one string.
struct Digits(Decimal);

impl Serialize for Digits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_string())
    }
}

/// What [`serialize_text`] takes: amounts, and the containers fields hold them in.
pub trait AmountText {
    /// Writes every amount as a JSON string.
    ///
    /// # Errors
    /// Those of the serializer.
    fn serialize_text<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Writes amounts as JSON strings, whichever way they came: for fields whose contract is `type: string`.
///
/// For `#[serde(serialize_with = "...")]` on `Amount`, `Option`, `Maybe` and `Vec` of it.
///
/// # Errors
/// Those of the serializer.
pub fn serialize_text<T: AmountText + ?Sized, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.serialize_text(serializer)
}

impl AmountText for Amount {
    fn serialize_text<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.value)
    }
}

impl AmountText for Option<Amount> {
    fn serialize_text<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.map(Amount::as_text).serialize(serializer)
    }
}

impl AmountText for Maybe<Amount> {
    fn serialize_text<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().copied().map(Amount::as_text).serialize(serializer)
    }
}

impl AmountText for Vec<Amount> {
    fn serialize_text<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|amount| amount.as_text()))
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        Self::parse(text).map(Self::new)
    }
}

impl TryFrom<&str> for Amount {
    type Error = AmountError;

    fn try_from(text: &str) -> Result<Self, AmountError> {
        text.parse()
    }
}

impl From<Decimal> for Amount {
    fn from(value: Decimal) -> Self {
        Self::new(value)
    }
}

impl From<Amount> for Decimal {
    fn from(amount: Amount) -> Self {
        amount.value
    }
}

macro_rules! from_integers {
    ($($type:ty),*) => { $(
        impl From<$type> for Amount {
            fn from(value: $type) -> Self {
                Self::new(Decimal::from(value))
            }
        }
    )* };
}
from_integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.value, f)
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Amount({})", self.value)
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Amount {}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl Hash for Amount {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}
