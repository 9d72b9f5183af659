//! Amounts as text.

/// Text such as `1234.12` in whole cents: digits, then at most two more behind a point.
pub(super) fn cents(text: &str) -> Option<i64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, "00"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(rest) || rest.len() > 2 {
        return None;
    }
    let rest: i64 = format!("{rest:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(rest)
}

/// Any decimal in millionths, so that a filter may be finer than cents; what is too large to be read is larger than all amounts.
pub(super) fn millionths(text: &str) -> i128 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let rest: String = rest.chars().chain(std::iter::repeat('0')).take(6).collect();
    let read = whole.parse::<i64>().ok().zip(rest.parse::<i64>().ok());
    read.map_or(i128::MAX, |(whole, rest)| sign * (i128::from(whole) * 1_000_000 + i128::from(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_at_most_two_decimals() {
        for (text, read) in
            [("1234.12", Some(123_412)), ("5", Some(500)), ("0.5", Some(50)), ("10000.05", Some(1_000_005))]
        {
            assert_eq!(cents(text), read, "{text}");
        }
        for text in ["", "1.234", "-1", "1e3", "1.", ".5", "99999999999999999999"] {
            assert_eq!(cents(text), None, "{text}");
        }
    }

    #[test]
    fn filters_compare_exactly() {
        assert!(millionths("10.5") == millionths("10.50") && millionths("10.505") > millionths("10.50"));
        assert!(millionths("-1") < millionths("0.00") && millionths("1e21") > millionths("999999999.99"));
    }
}
