//! How the plain Rust scalars are read.

use super::scalar_lenient;
use super::token::{Refusal, Scalar, Token, plain_text};

impl Scalar for bool {
    const EXPECTED: &'static str = "a boolean";
    const BLANK: bool = true;

    fn from_token(token: Token<'_>) -> Result<Self, Refusal> {
        match token {
            Token::Bool(value) => Ok(value),
            Token::Text(text) if text == "true" => Ok(true),
            Token::Text(text) if text == "false" => Ok(false),
            Token::Text(_) => Err(Refusal::Content("expected a boolean, found a text other than `true` and `false`")),
            _ => Err(Refusal::Kind),
        }
    }
}

impl Scalar for String {
    const EXPECTED: &'static str = "a text";

    #[inline]
    fn quick(raw: &str) -> Option<Self> {
        plain_text(raw).map(str::to_owned)
    }

    fn from_token(token: Token<'_>) -> Result<Self, Refusal> {
        match token {
            Token::Text(text) | Token::Number(text) => Ok(text.into_owned()),
            Token::Bool(value) => Ok(value.to_string()),
            Token::Float(_) => Err(Refusal::Content(ROUNDED)),
            _ => Err(Refusal::Kind),
        }
    }
}

/// Said wherever digits are asked for and a float is all there is.
pub(crate) const ROUNDED: &str =
    "a fractional number was buffered as a float on its way here and has lost its digits; decode from the JSON text";

impl Scalar for f64 {
    const EXPECTED: &'static str = "a number";
    const BLANK: bool = true;

    fn from_token(token: Token<'_>) -> Result<Self, Refusal> {
        match token {
            Token::Float(value) => Ok(value),
            Token::Number(text) | Token::Text(text) => match text.parse::<f64>() {
                Ok(value) if value.is_finite() => Ok(value),
                Ok(_) => Err(Refusal::Content("a number beyond the range of its type")),
                Err(_) => Err(Refusal::Content("expected a number, found another text")),
            },
            _ => Err(Refusal::Kind),
        }
    }
}

/// The integer in a number's text; `12.0` and `1.2e1` are twelve.
fn integer(text: &str) -> Result<i128, Refusal> {
    if let Ok(value) = text.parse() {
        return Ok(value);
    }
    let decimal =
        crate::values::parse_decimal(text).map_err(|_| Refusal::Content("expected an integer, found another text"))?;
    if decimal.fract().is_zero() {
        let whole = decimal.trunc();
        // A truncated decimal has scale 0, so its mantissa is its value.
        return Ok(whole.mantissa());
    }
    Err(Refusal::Content("expected an integer, found a number with a fraction"))
}

macro_rules! integers {
    ($($type:ty),*) => { $(
        impl Scalar for $type {
            const EXPECTED: &'static str = "an integer";
            const BLANK: bool = true;

            fn from_token(token: Token<'_>) -> Result<Self, Refusal> {
                let text = match token {
                    Token::Number(text) | Token::Text(text) => text,
                    // A float is exact up to 2^53 and so is its text; beyond, its digits are not what was sent.
                    Token::Float(value) if value.abs() <= 9_007_199_254_740_992.0 => value.to_string().into(),
                    Token::Float(_) => return Err(Refusal::Content(ROUNDED)),
                    _ => return Err(Refusal::Kind),
                };
                if let Ok(value) = text.parse() {
                    return Ok(value);
                }
                Self::try_from(integer(&text)?).map_err(|_| Refusal::Content("a number beyond the range of its type"))
            }
        }
    )* };
}
integers!(i32, i64, u32, u64);

scalar_lenient!(bool, String, f64, i32, i64, u32, u64);
