//! The exact decimal in a number's text.

use rust_decimal::Decimal;

/// The most digits after the point a decimal holds.
const MAX_SCALE: i64 = 28;

/// Why a text is not an exact decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberError {
    /// Not a decimal number at all.
    NotANumber,
    /// More digits than fit.
    TooManyDigits,
}

/// Reads `-12.30`, `1e2` and their like without ever rounding.
pub(crate) fn parse_decimal(text: &str) -> Result<Decimal, NumberError> {
    match parse_plain(text.as_bytes()) {
        Some(decimal) => Ok(decimal),
        None => parse_any(text),
    }
}

/// Reads the amounts of everyday: up to 18 digits, a point, no exponent. Whatever else comes is left to `parse_any`.
#[inline]
pub(crate) fn parse_plain(text: &[u8]) -> Option<Decimal> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    // What an i64 holds without looking.
    if digits.len() > 18 {
        return None;
    }
    let mut value = 0i64;
    let mut point = None;
    for (at, byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            value = value * 10 + i64::from(digit);
        } else if *byte == b'.' && point.is_none() && at > 0 {
            point = Some(at);
        } else {
            return None;
        }
    }
    let scale = match point {
        Some(point) => digits.len() - point - 1,
        None if digits.is_empty() => return None,
        None => 0,
    };
    // At most 17 digits follow a point here.
    let scale = u32::try_from(scale).ok()?;
    let mantissa = value.unsigned_abs();
    // The halves of a 64-bit mantissa; truncation is the point.
    #[allow(clippy::cast_possible_truncation)]
    let (low, middle) = (mantissa as u32, (mantissa >> 32) as u32);
    Some(Decimal::from_parts(low, middle, 0, negative && mantissa != 0, scale))
}

fn parse_any(text: &str) -> Result<Decimal, NumberError> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let mut mantissa: u128 = 0;
    let mut seen = 0usize;
    let mut scale: Option<i64> = None;
    let mut exponent = 0i64;
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa
                    .checked_mul(10)
                    .and_then(|shifted| shifted.checked_add(u128::from(byte - b'0')))
                    .ok_or(NumberError::TooManyDigits)?;
                seen += 1;
                if let Some(scale) = &mut scale {
                    *scale += 1;
                }
            }
            b'.' if scale.is_none() => scale = Some(0),
            b'e' | b'E' => {
                exponent = parse_exponent(&digits[at + 1..])?;
                break;
            }
            _ => return Err(NumberError::NotANumber),
        }
    }
    if seen == 0 {
        return Err(NumberError::NotANumber);
    }
    let scale = scale.unwrap_or(0) - exponent;
    let (mantissa, scale) = fit(mantissa, scale)?;
    let mantissa = i128::try_from(mantissa).map_err(|_| NumberError::TooManyDigits)?;
    Decimal::try_from_i128_with_scale(if negative { -mantissa } else { mantissa }, scale)
        .map_err(|_| NumberError::TooManyDigits)
}

fn parse_exponent(digits: &[u8]) -> Result<i64, NumberError> {
    let (negative, digits) = match digits {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() {
        return Err(NumberError::NotANumber);
    }
    let mut value = 0i64;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return Err(NumberError::NotANumber);
        }
        // Far beyond any exponent that fits; saturating keeps a hostile one from overflowing.
        value = value.saturating_mul(10).saturating_add(i64::from(byte - b'0')).min(1_000_000);
    }
    Ok(if negative { -value } else { value })
}

/// Brings the scale into what a decimal holds, by moving zeros only.
fn fit(mut mantissa: u128, mut scale: i64) -> Result<(u128, u32), NumberError> {
    if mantissa == 0 {
        return Ok((0, u32::try_from(scale.clamp(0, MAX_SCALE)).unwrap_or(0)));
    }
    while scale < 0 {
        mantissa = mantissa.checked_mul(10).ok_or(NumberError::TooManyDigits)?;
        scale += 1;
    }
    while scale > MAX_SCALE {
        if !mantissa.is_multiple_of(10) {
            return Err(NumberError::TooManyDigits);
        }
        mantissa /= 10;
        scale -= 1;
    }
    // `scale` lies in 0..=28 here.
    Ok((mantissa, u32::try_from(scale).unwrap_or(0)))
}
