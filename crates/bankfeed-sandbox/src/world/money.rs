//! Amounts: whole cents inside, decimal digits on the wire.

use serde_json::{Number, Value};

/// An amount of cents as text with two decimals, such as `-20.35`.
pub(crate) fn decimal(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

/// An amount of cents as a JSON number. Up to fifteen digits a double prints exactly the digits that it was made from.
pub(crate) fn number(cents: i64) -> Value {
    // Cents of any believable amount fit into the 53 bits of a double, and the division rounds to the nearest one.
    #[expect(clippy::cast_precision_loss, reason = "amounts stay far below 2^53 cents")]
    let value = cents as f64 / 100.0;
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept() {
        for (cents, text, json) in [
            (-2035, "-20.35", "-20.35"),
            (5, "0.05", "0.05"),
            (-10, "-0.10", "-0.1"),
            (99_999_999_999_999, "999999999999.99", "999999999999.99"),
        ] {
            assert_eq!(decimal(cents), text);
            assert_eq!(number(cents).to_string(), json);
        }
    }
}
