//! Identifiers that standards define: examples that standards and their registries print are right, and no digit of them can
//! change unnoticed.

use bankfeed::*;
use proptest::prelude::*;

const IBANS: [&str; 6] = [
    "GB29NWBK60161331926819",
    "DE89370400440532013000",
    "ES9121000418450200051332",
    "BR1800360305000010009795493C1",
    "FR1420041010050500013M02606",
    "NO9386011117947",
];
const CLABES: [&str; 2] = ["032180000118359719", "002010077777777771"];
const CBUS: [&str; 1] = ["2850590940090418135201"];
const ISINS: [&str; 4] = ["US0378331005", "GB0002634946", "AU0000XVGZA3", "US38259P5089"];

#[test]
fn right_ones_are_taken_in_any_spelling() {
    for text in IBANS {
        let spaced = text.as_bytes().chunks(4).map(|four| str::from_utf8(four).unwrap()).collect::<Vec<_>>().join(" ");
        assert_eq!(Iban::parse(&spaced.to_lowercase()).unwrap().as_str(), text);
        assert!(matches!(AccountIdentifier::recognize("n", text), AccountIdentifier::Iban { .. }));
    }
    for text in CLABES {
        assert_eq!(Clabe::parse(text).unwrap().as_str(), text);
        assert!(matches!(AccountIdentifier::recognize("n", text), AccountIdentifier::Clabe { .. }));
    }
    for text in CBUS {
        assert_eq!(Cbu::parse(text).unwrap().as_str(), text);
        assert!(matches!(AccountIdentifier::recognize("n", text), AccountIdentifier::Cbu { .. }));
    }
    for text in ISINS {
        assert_eq!(Isin::parse(&text.to_lowercase()).unwrap().as_str(), text);
    }
    for text in ["DEUTDEFF", "DEUTDEFF500", "NEDSZAJJXXX", "deutdeff"] {
        assert_eq!(Bic::parse(text).unwrap().as_str(), text.to_uppercase());
    }
    for text in ["411111******1111", "XXXX-XXXX-XXXX-1234", "****1234", "4111 11•• •••• 1111"] {
        assert!(MaskedPan::parse(text).is_some(), "{text}");
        assert!(matches!(AccountIdentifier::masked_pan("n", text), AccountIdentifier::MaskedPan { .. }));
    }
}

#[test]
fn wrong_ones_are_kept_as_numbers() {
    let kept = |identifier: AccountIdentifier, text: &str| {
        assert_eq!(identifier, AccountIdentifier::number("n", text));
        assert!(!identifier.is_global());
    };
    for text in ["", "DE", "DE8937040044053201300", "XX89370400440532013000", "DE89 3704 0044 0532 0130 0Ö"] {
        kept(AccountIdentifier::iban("n", text), text);
    }
    for text in ["DEUTDEF", "DEUTDEFF5", "DEUT12FF", "DEUTDEFF50Ö"] {
        kept(AccountIdentifier::bic("n", text), text);
    }
    for text in ["US037833100", "US03783310055", "0378331005US", "US037833100X"] {
        kept(AccountIdentifier::isin("n", text), text);
    }
    for text in ["4111111111111111", "41111111111*1111", "411111111******1", "****", "411111******1111****1111****"] {
        kept(AccountIdentifier::masked_pan("n", text), text);
    }
    for text in ["0000000000000000000000", "000011887755", "AR-001-00900888777"] {
        kept(AccountIdentifier::recognize("n", text), text);
    }
    assert!(AccountIdentifier::iban("n", IBANS[0]).is_global());
    assert!(!AccountIdentifier::isin("n", ISINS[0]).is_global());
}

/// A text with another digit at one of its digits.
fn changed(text: &str, place: prop::sample::Index, by: u8) -> String {
    let digits: Vec<usize> =
        text.bytes().enumerate().filter(|(_, sign)| sign.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = digits[place.index(digits.len())];
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_wrong_digit_is_noticed(
        iban in prop::sample::select(IBANS.to_vec()),
        clabe in prop::sample::select(CLABES.to_vec()),
        cbu in prop::sample::select(CBUS.to_vec()),
        isin in prop::sample::select(ISINS.to_vec()),
        place: prop::sample::Index,
        by in 1u8..10,
    ) {
        prop_assert_eq!(Iban::parse(&changed(iban, place, by)), None);
        prop_assert_eq!(Clabe::parse(&changed(clabe, place, by)), None);
        prop_assert_eq!(Cbu::parse(&changed(cbu, place, by)), None);
        prop_assert_eq!(Isin::parse(&changed(isin, place, by)), None);
    }

    #[test]
    fn no_text_makes_them_fail(text in "\\PC{0,40}") {
        for identifier in [
            AccountIdentifier::recognize("n", &text),
            AccountIdentifier::bic("n", &text),
            AccountIdentifier::isin("n", &text),
        ] {
            let json = serde_json::to_string(&identifier).unwrap();
            prop_assert_eq!(serde_json::from_str::<AccountIdentifier>(&json).unwrap(), identifier);
        }
    }
}

#[test]
fn an_account_is_known_by_the_strongest_number_it_has() {
    let id = AccountId::from("7");
    let iban = [AccountIdentifier::iban("n", IBANS[1])];
    let other_id = AccountId::from("8");
    let of = |id, identifiers: &[_], number| AccountKey::of(id, identifiers, Some(&"bank".into()), number);
    assert_eq!(of(&id, &iban, Some("1")), of(&other_id, &iban, None), "the same account under a new consent");
    assert_eq!(of(&id, &iban, None).strength, AccountKeyStrength::GlobalNumber);
    assert_eq!(of(&id, &[], Some("1")), of(&other_id, &[], Some("1")));
    assert_ne!(of(&id, &[], Some("1")), AccountKey::of(&id, &[], Some(&"another".into()), Some("1")));
    assert_eq!(of(&id, &[], None), AccountKey::of_provider_id(&id));
    assert_ne!(of(&id, &[], None), of(&other_id, &[], None));
}
