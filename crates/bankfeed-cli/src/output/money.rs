//! Amounts as people read them.

use bankfeed::{Amount, Currency, Decimal};

/// An amount with at least as many decimals as its currency has. Zeros are added, nothing is rounded.
pub(crate) fn amount(amount: impl Into<Amount>, currency: Option<Currency>) -> String {
    let mut decimal = amount.into().decimal();
    let digits = currency.and_then(|currency| currency.exponent()).map_or(0, u32::from);
    if decimal.scale() < digits {
        decimal.rescale(digits);
    }
    decimal.to_string()
}

/// The code of a currency, or nothing.
pub(crate) fn code(currency: Option<Currency>) -> String {
    currency.map(|currency| currency.to_string()).unwrap_or_default()
}

/// Whether something is owed, or went.
pub(crate) fn is_negative(amount: Decimal) -> bool {
    amount.is_sign_negative() && !amount.is_zero()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_added_and_nothing_is_rounded() {
        let shown =
            |text: &str, code: &str| amount(text.parse::<Decimal>().unwrap(), Some(code.parse::<Currency>().unwrap()));
        assert_eq!(shown("4648.8", "EUR"), "4648.80");
        assert_eq!(shown("-3", "EUR"), "-3.00");
        assert_eq!(shown("0.12345", "EUR"), "0.12345");
        assert_eq!(shown("120", "JPY"), "120");
        assert_eq!(shown("1.5", "BHD"), "1.500");
        assert_eq!(shown("0.00000001", "BTC"), "0.00000001");
        assert_eq!(amount("7.5".parse::<Decimal>().unwrap(), None), "7.5");
    }
}
