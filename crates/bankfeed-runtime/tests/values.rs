//! Values come out the way they went in.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, HashSet};

use bankfeed_runtime as rt;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rt::de::from_str;
use rt::{Amount, BoolText, Date, DateTime, Id, Json, Maybe, Time};
use serde::{Deserialize, Serialize};

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

#[test]
fn amounts_keep_their_digits_and_their_form() {
    for text in [
        "999999999999999.9999",
        "-0.10",
        "0",
        "1.00",
        "\"12.30\"",
        "79228162514264337593543950335",
        "0.0000000000000000000000000001",
    ] {
        let read: Amount = from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        assert_eq!(read.is_text(), text.starts_with('"'));
        assert_eq!(serde_json::from_slice::<Amount>(text.as_bytes()).unwrap(), read);
        assert_eq!(serde_json::from_reader::<_, Amount>(text.as_bytes()).unwrap(), read);
    }
    assert_eq!(serde_json::to_string(&from_str::<Amount>("1e2").unwrap()).unwrap(), "100");
    assert_eq!(from_str::<Amount>("1.5E-3").unwrap(), amount("0.0015"));
    assert_eq!(from_str::<Amount>("100e-30").unwrap().to_string(), "0.0000000000000000000000000001");
    assert_eq!(amount("+5"), 5.into());
}

#[test]
fn amounts_are_exact_or_refused() {
    for text in [
        "79228162514264337593543950336",
        "0.12345678901234567890123456789",
        "0.1234567890123456789012345678901234",
        "1e29",
        "1e999999999999",
        "1e-29",
        "\"NaN\"",
        "\"\"",
        "\" 1\"",
        "\"1,5\"",
        "\"1.2.3\"",
        "\"1e\"",
        "\"-\"",
        "\".\"",
        "\"0x1\"",
        "true",
        "null",
        "[1]",
        "{\"a\":1}",
    ] {
        let error = from_str::<Amount>(text).unwrap_err();
        assert!(error.path().is_empty() && !error.reason().is_empty(), "{text}");
        assert!(serde_json::from_slice::<Amount>(text.as_bytes()).is_err(), "{text}");
    }
    assert!("1e30".parse::<Amount>().unwrap_err().is_too_long());
    assert!(!"x".parse::<Amount>().unwrap_err().is_too_long());
}

#[test]
fn equality_looks_at_the_value_alone() {
    let all: HashSet<Amount> = [amount("1"), amount("1.00"), from_str("\"1.0\"").unwrap()].into();
    assert_eq!(all.len(), 1);
    assert!(amount("-2") < amount("1.5"));
    assert_eq!(amount("1.10").decimal().scale(), 2);
}

#[test]
fn amounts_in_buffers_are_exact_or_refused() {
    #[derive(Debug, Deserialize)]
    struct Inner {
        amount: Amount,
    }
    #[derive(Debug, Deserialize)]
    struct Flat {
        #[serde(flatten)]
        inner: Inner,
    }
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Amount(Amount),
    }
    assert_eq!(serde_json::from_str::<Flat>(r#"{"amount":12}"#).unwrap().inner.amount, 12.into());
    assert_eq!(serde_json::from_str::<Flat>(r#"{"amount":"0.10"}"#).unwrap().inner.amount.to_string(), "0.10");
    let error = serde_json::from_str::<Flat>(r#"{"amount":0.25}"#).unwrap_err().to_string();
    assert!(error.contains("has lost its digits") && !error.contains("0.25"), "{error}");
    let Either::Amount(read) = serde_json::from_str("-7").unwrap();
    assert_eq!(read, (-7).into());
    assert!(serde_json::from_str::<Either>("0.5").is_err());

    let value = serde_json::json!({"int": 12, "text": "0.10", "float": 0.5});
    let read = |name: &str| serde_json::from_value::<Amount>(value[name].clone()).map_err(|error| error.to_string());
    assert_eq!(read("int"), Ok(12.into()));
    assert_eq!(read("text"), Ok(amount("0.10")));
    assert!(read("float").unwrap_err().contains("has lost its digits"));
    assert!(Amount::deserialize(&value["float"]).is_err());
    let nested = serde_json::from_value::<BTreeMap<String, Amount>>(value);
    assert!(nested.unwrap_err().to_string().contains("has lost its digits"));
}

#[test]
fn amounts_are_written_as_text_where_the_contract_says_so() {
    #[derive(Serialize)]
    struct Texts {
        #[serde(serialize_with = "rt::amount::serialize_text")]
        one: Amount,
        #[serde(serialize_with = "rt::amount::serialize_text")]
        some: Option<Amount>,
        #[serde(serialize_with = "rt::amount::serialize_text")]
        maybe: Maybe<Amount>,
        #[serde(serialize_with = "rt::amount::serialize_text")]
        many: Vec<Amount>,
    }
    let texts = Texts { one: 1.into(), some: None, maybe: amount("0.10").into(), many: vec![2.into()] };
    assert_eq!(serde_json::to_string(&texts).unwrap(), r#"{"one":"1","some":null,"maybe":"0.10","many":["2"]}"#);
    assert_eq!(serde_json::to_string(&amount("2.50").as_text()).unwrap(), "\"2.50\"");
    assert_eq!(serde_json::to_value(amount("2")).unwrap(), serde_json::json!(2));
}

#[test]
fn ids_are_text_whatever_they_come_as() {
    for (text, id) in [
        ("\"499953244512979380\"", "499953244512979380"),
        ("499953244512979380", "499953244512979380"),
        ("1234567890123456789012", "1234567890123456789012"),
        ("1.170415646270294e18", "1.170415646270294e18"),
        (r#""a\u0062\"""#, "ab\""),
    ] {
        assert_eq!(from_str::<Id>(text).unwrap(), id);
    }
    assert_eq!(serde_json::to_string(&Id::from(7)).unwrap(), "\"7\"");
    assert!(from_str::<Id>("null").is_err() && from_str::<Id>("true").is_err());
    let map: BTreeMap<Id, u32> = serde_json::from_str(r#"{"7":1}"#).unwrap();
    assert_eq!(map.get("7"), Some(&1));
    let (a, b) = (Id::from("a"), Id::from(String::from("b")));
    let text = String::from(b.clone());
    assert!(a < b && a == "a" && b == text);
}

#[test]
fn dates_and_times_are_written_back_as_they_came() {
    for text in [
        "2022-11-30",
        "2022-11-30T01:55:00Z",
        "2022-11-30T01:55:00-0300",
        "2022-11-30 01:55:00.123456+03:00",
        "2022-11-30T01:55:00.000z",
        "2022-11-30t01:55",
        "2022-11-30T01:55:00+03",
        "2022-11-30T01:55:00.120",
        "2022-11-30T01:55:00-00:00",
        "0001-01-01T00:00:00.000000001Z",
    ] {
        assert_eq!(text.parse::<DateTime>().unwrap().to_string(), text);
        let json = format!("\"{text}\"");
        assert_eq!(serde_json::to_string(&from_str::<Date>(&json).unwrap()).unwrap(), json);
    }
    for text in ["18:04:00", "18:04", "18:04:00.5", "18:04:00Z", "18:04:00+0530"] {
        assert_eq!(text.parse::<Time>().unwrap().to_string(), text);
    }
}

#[test]
fn what_is_no_date_is_refused_without_being_quoted() {
    for text in [
        "",
        "2022-13-01",
        "2022-02-30",
        "30/11/2022",
        "20221130",
        "2022-11-30T",
        "2022-11-30T25:00:00",
        "2022-11-30T01",
        "2022-11-30T01:55:00.",
        "2022-11-30T01:55:00.1234567890",
        "2022-11-30T01:55:00+3",
        "2022-11-30T01:55:00+03:60",
        "2022-11-30T01:55:00 UTC",
        "2022-11-30Z",
        "+022-11-30",
    ] {
        assert!(text.parse::<DateTime>().is_err(), "{text}");
        let error = from_str::<Date>(&format!("\"{text}\"")).unwrap_err();
        assert_eq!(error.reason(), "expected a date, found a text that is none");
    }
    assert_eq!(from_str::<Date>("20221130").unwrap_err().reason(), "expected a date, found a number");
    assert!("24:00".parse::<Time>().is_err());
}

#[test]
fn nothing_is_invented_for_a_time() {
    let read = |text: &str| text.parse::<DateTime>().unwrap();
    assert_eq!(read("2022-11-30").time(), None);
    assert_eq!(read("2022-11-30").timestamp(), None);
    assert_eq!(read("2022-11-30T01:55:00").timestamp(), None);
    let instant = read("2022-11-30T01:55:00-0300").timestamp().unwrap();
    assert_eq!(instant.to_string(), "2022-11-30T04:55:00Z");
    assert_eq!(DateTime::from(instant).to_string(), "2022-11-30T04:55:00Z");
    assert_eq!(read("2022-11-30T01:55:00Z"), read("2022-11-30 01:55:00.000z"));
    assert!(read("2022-11-30") < read("2022-11-30T00:00"));
    assert_eq!(Date::from(read("2022-11-30T01:55:00Z")).date(), rt::jiff::civil::date(2022, 11, 30));
}

#[test]
fn what_providers_send_for_nothing_is_nothing() {
    assert_eq!(from_str::<Option<Date>>("\"\"").unwrap(), None);
    assert_eq!(from_str::<Option<Amount>>("\"\"").unwrap(), None);
    assert_eq!(from_str::<Option<i64>>("\"\"").unwrap(), None);
    assert_eq!(from_str::<Option<bool>>("null").unwrap(), None);
    assert_eq!(from_str::<Option<String>>("\"\"").unwrap(), Some(String::new()));
    assert_eq!(from_str::<Maybe<Date>>("\"\"").unwrap(), Maybe::Null);
    assert_eq!(from_str::<Maybe<Id>>("\"\"").unwrap(), Maybe::Value("".into()));
    assert!(from_str::<Vec<i64>>("null").unwrap().is_empty());
    assert!(from_str::<BTreeMap<String, i64>>("[]").unwrap().is_empty());
    assert!(from_str::<Date>("\"\"").is_err());
    assert!(from_str::<Vec<i64>>("{}").is_err());
}

#[test]
fn scalars_forgive_their_quotes_and_nothing_else() {
    assert!(from_str::<bool>("\"true\"").unwrap());
    assert!(from_str::<bool>("\"yes\"").is_err() && from_str::<bool>("1").is_err());
    assert_eq!(from_str::<i64>("12.0").unwrap(), 12);
    assert_eq!(from_str::<u32>("\"7\"").unwrap(), 7);
    assert_eq!(from_str::<u64>("1e3").unwrap(), 1000);
    assert_eq!(from_str::<i32>("2147483648").unwrap_err().reason(), "a number beyond the range of its type");
    assert!(from_str::<u32>("-1").is_err() && from_str::<i64>("12.5").is_err());
    assert_eq!(from_str::<String>("12.50").unwrap(), "12.50");
    assert_eq!(from_str::<String>("true").unwrap(), "true");
    assert!((from_str::<f64>("\"1.5\"").unwrap() - 1.5).abs() < f64::EPSILON);
    assert!(from_str::<f64>("\"inf\"").is_err());
    assert_eq!(serde_json::to_string(&from_str::<BoolText>("true").unwrap()).unwrap(), "\"true\"");
    let error = from_str::<Vec<i64>>("[1, \"s3cret\"]").unwrap_err();
    assert_eq!(error.to_string(), "/1: expected an integer, found another text (line 1, column 13)");
    assert_eq!(from_str::<i64>("1 2").unwrap_err().reason(), "not valid JSON");
}

#[test]
fn json_is_kept_as_text_and_compared_by_meaning() {
    let json = |text: &str| text.parse::<Json>().unwrap();
    assert_eq!(serde_json::to_string(&json(r#"{"b": 1.10}"#)).unwrap(), r#"{"b": 1.10}"#);
    assert_eq!(json(r#"{"a":[1, "x"],"b":null}"#), json(r#"{ "b": null, "a": [1,"\u0078"] }"#));
    assert_ne!(json("1.0"), json("1.00"));
    assert_ne!(json(r#"{"a":1}"#), json(r#"{"a":1,"b":2}"#));
    assert_eq!(json("[1.5]").decode::<Vec<Amount>>().unwrap(), [amount("1.5")]);
    assert_eq!(Json::from(serde_json::json!({"a": 1})).to_value(), serde_json::json!({"a": 1}));
    assert_eq!(Json::from_serialize(&amount("0.10")).unwrap().get(), "0.10");
    assert_eq!(json("[1]").decode::<Vec<Date>>().unwrap_err().path(), "/0");
}

#[test]
fn maybe_tells_null_from_nothing() {
    let value: Maybe<String> = String::from("x").into();
    assert_eq!((value.as_deref(), value.is_value()), (Some("x"), true));
    assert!(Maybe::<i64>::from(None).is_null() && Maybe::<i64>::default().is_absent());
    assert_eq!(value.into_option().as_deref(), Some("x"));
    assert_eq!(serde_json::to_string(&Maybe::<i64>::Null).unwrap(), "null");
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_decimal_goes_through_unchanged(mantissa in -79_228_162_514_264_337_593_543_950_335_i128..=79_228_162_514_264_337_593_543_950_335, scale in 0u32..=28) {
        let decimal = rt::Decimal::try_from_i128_with_scale(mantissa, scale).unwrap();
        let text = serde_json::to_string(&Amount::new(decimal)).unwrap();
        prop_assert_eq!(&text, &decimal.to_string());
        let read: Amount = from_str(&text).unwrap();
        prop_assert_eq!(read.decimal(), decimal);
        prop_assert_eq!(read.to_string(), text);
    }

    #[test]
    fn digits_are_kept_or_refused(text in "-?(0|[1-9][0-9]{0,34})(\\.[0-9]{1,34})?") {
        match text.parse::<Amount>() {
            Ok(read) if read.decimal().is_zero() => {}
            // Zeros beyond the 28th place are the only digits that may go: the value stays what it was.
            Ok(read) => {
                let beyond = text.split_once('.').map_or(0, |(_, decimals)| decimals.len().saturating_sub(28));
                prop_assert_eq!(read.to_string() + &"0".repeat(beyond), text);
            }
            Err(error) => prop_assert!(error.is_too_long()),
        }
    }

    #[test]
    fn any_date_time_goes_through_unchanged(
        text in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?)?",
    ) {
        let read: DateTime = text.parse().unwrap();
        prop_assert_eq!(read.to_string(), text);
        prop_assert_eq!(read.timestamp().is_some(), read.offset().is_some());
    }

    #[test]
    fn decoding_never_panics(text in "\\PC{0,40}") {
        let _ = from_str::<Amount>(&text);
        let _ = from_str::<Json>(&text);
        let _ = text.parse::<DateTime>();
        let _ = text.parse::<Time>();
        let _ = text.parse::<Amount>();
    }
}
