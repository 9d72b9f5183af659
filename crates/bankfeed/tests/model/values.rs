//! Money, currencies, signs.

use bankfeed::*;
use proptest::prelude::*;

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

#[test]
fn currencies_have_the_digits_of_iso_4217() {
    for (code, digits) in [
        ("EUR", Some(2)),
        ("ARS", Some(2)),
        ("JPY", Some(0)),
        ("CLP", Some(0)),
        ("BHD", Some(3)),
        ("KWD", Some(3)),
        ("CLF", Some(4)),
        ("XAU", None),
        ("BTC", None),
    ] {
        assert_eq!(currency(code).exponent(), digits, "{code}");
        assert_eq!(currency(code).is_iso(), code != "BTC", "{code}");
        assert_eq!(currency(&format!(" {} ", code.to_lowercase())).code(), code);
    }
    for text in ["", "EU", "EURO", "E R", "12A", "€", "ÄÖÜ"] {
        assert!(text.parse::<Currency>().is_err(), "{text}");
    }
}

/// Any exact amount.
fn amounts() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0u32..8).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn key() -> TransactionKey {
    TransactionKey::of_bank_reference("r")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn minor_units_are_exact_or_none(amount in amounts(), code in prop::sample::select(vec!["EUR", "JPY", "BHD", "XAU"])) {
        let money = Money::new(amount, currency(code));
        let Some(digits) = money.currency.exponent().map(u32::from) else {
            prop_assert_eq!(money.minor_units(), None);
            return Ok(());
        };
        match money.minor_units() {
            Some(units) => {
                let back = Decimal::from_i128_with_scale(units, digits);
                prop_assert_eq!(back, amount);
            }
            None => prop_assert!(amount.normalize().scale() > digits, "{amount} {code}"),
        }
    }

    #[test]
    fn money_adds_up_within_a_currency(one in amounts(), other in amounts()) {
        let (euros, more) = (Money::new(one, currency("EUR")), Money::new(other, currency("EUR")));
        prop_assert_eq!(euros.checked_add(more), more.checked_add(euros));
        if let Some(sum) = euros.checked_add(more) {
            prop_assert_eq!(sum.checked_add(Money::new(-other, currency("EUR"))), Some(euros));
        }
        prop_assert_eq!(euros.checked_add(Money::new(other, currency("USD"))), None);
    }

    #[test]
    fn a_signed_amount_comes_back_as_it_went_in(amount in amounts()) {
        let status = || Coded::implied(TransactionStatus::Booked);
        let mut transaction = Transaction::signed(key(), amount, status());
        prop_assert!(!transaction.amount.decimal().is_sign_negative());
        prop_assert_eq!(transaction.signed_amount(), Some(amount));
        prop_assert_eq!(transaction.direction.is_none(), amount.is_zero());
        prop_assert_eq!(transaction.direction, Direction::of(amount.into()));
        let mirrored = Transaction::signed(key(), -amount, status());
        prop_assert_eq!(mirrored.amount, transaction.amount);
        prop_assert_eq!(mirrored.signed_amount(), Some(-amount));
        prop_assert_eq!(transaction.signed_money(), None, "of what is not known");
        transaction.currency = Some(currency("EUR"));
        prop_assert_eq!(transaction.signed_money(), Some(Money::new(amount, currency("EUR"))));
        prop_assert_eq!(transaction.money(), Some(Money::new(amount.abs(), currency("EUR"))));

        let unsigned = Transaction::unsigned(key(), amount, status());
        prop_assert_eq!(unsigned.amount, transaction.amount);
        prop_assert_eq!(unsigned.direction, None);
        prop_assert_eq!(unsigned.signed_amount(), amount.is_zero().then_some(amount));
        prop_assert!(!Exchange::new(amount, None).amount.decimal().is_sign_negative());
    }
}

#[test]
fn digits_stay_as_they_were_sent() {
    for text in ["12.30", "0.00", "999999999999999.9999", "0.000000001"] {
        let transaction =
            Transaction::signed(key(), text.parse::<Amount>().unwrap(), Coded::implied(TransactionStatus::Booked));
        assert_eq!(transaction.amount.to_string(), text);
        let negative = Transaction::signed(
            key(),
            format!("-{text}").parse::<Amount>().unwrap(),
            Coded::implied(TransactionStatus::Booked),
        );
        assert_eq!(negative.amount.to_string(), text);
    }
    let yen = Money::new(12, currency("JPY"));
    assert_eq!((yen.minor_units(), Money::new(12, currency("BHD")).minor_units()), (Some(12), Some(12_000)));
    let cents = |text: &str| Money::new(text.parse::<Amount>().unwrap(), currency("EUR")).minor_units();
    assert_eq!((cents("-0.10"), cents("1.100"), cents("0.001")), (Some(-10), Some(110), None));
}

#[test]
fn what_is_owed_is_told_from_what_is_owned() {
    assert!(AccountKind::CreditCard.is_liability() && AccountKind::Mortgage.is_liability());
    assert!(!AccountKind::Current.is_liability() && !AccountKind::DebitCard.is_liability());
}
