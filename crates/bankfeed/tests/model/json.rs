//! JSON there and back.

use std::fmt::Debug;

use bankfeed::identity::reconcile;
use bankfeed::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::records;

/// A value is the same after it was written and read, and so is its text; from a text, a slice and a tree.
fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Value {
    let text = serde_json::to_string(value).unwrap();
    let read: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(&read, value, "{text}");
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    let tree = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree.clone()).unwrap(), value, "{tree}");
    tree
}

#[test]
fn every_record_is_the_same_after_it_was_written_and_read() {
    let records = [
        there_and_back(&records::institution()),
        there_and_back(&records::connection("c1")),
        there_and_back(&records::consent("c1")),
        there_and_back(&records::party("p1")),
        there_and_back(&records::account("a1")),
        there_and_back(&records::balance("a1")),
        there_and_back(&records::transaction("a1")),
        there_and_back(&records::holding("a1")),
        there_and_back(&records::event("c1")),
    ];
    for record in records {
        let members = record.as_object().unwrap();
        assert!(!members.contains_key("source"), "the provider's record is not part of ours: {record}");
        let unset: Vec<_> = members.iter().filter(|(_, value)| value.is_null()).map(|(name, _)| name).collect();
        assert!(unset.is_empty(), "not every field is set: {unset:?}");
    }
}

#[test]
fn records_of_which_little_is_known_are_too() {
    there_and_back(&Institution::new("a"));
    there_and_back(&Connection::new("a"));
    there_and_back(&Consent::new("a"));
    there_and_back(&Party::new());
    there_and_back(&Account::new("a", Coded::new(None, "x")));
    there_and_back(&Balance::new("a", Coded::implied(BalanceKind::Available), 0));
    there_and_back(&Holding::new("a"));
    there_and_back(&Event::new(ProviderId::KHIPU, Coded::new(None, "x"), "k"));
    let key = TransactionKey::of_bank_reference("r");
    there_and_back(&Transaction::unsigned(key, 1, Coded::implied(TransactionStatus::Booked)));
}

#[test]
fn amounts_are_texts_with_every_digit_and_dates_are_as_they_were_sent() {
    let account = there_and_back(&records::account("a1"));
    assert_eq!(account["details"]["original_principal"], "999999999999999.9999");
    assert_eq!(account["details"]["next_payment_amount"], "0.00000001");
    assert_eq!(there_and_back(&records::balance("a1"))["amount"], "-0.10");
    let connection = there_and_back(&records::connection("c1"));
    assert_eq!(connection["updated_at"], "2026-03-02 06:00:00.123-0300");
    assert_eq!(connection["next_refresh_at"], "2026-03-02T07:00+01");
    let money = Money::new("12.30".parse::<Amount>().unwrap(), "EUR".parse().unwrap());
    assert_eq!(there_and_back(&money), json!({ "amount": "12.30", "currency": "EUR" }));
    assert_eq!(money.to_string(), "12.30 EUR");
    assert!(serde_json::from_value::<Money>(json!({ "amount": 12.3, "currency": "EUR" })).is_err());
}

#[test]
fn every_word_of_every_enumeration_is() {
    macro_rules! words {
        ($($type:ident: $($variant:ident)*;)*) => { $({
            let all = [$($type::$variant),*];
            let mut words: Vec<Value> = all.iter().map(there_and_back).collect();
            assert!(words.iter().all(|word| word.as_str().is_some_and(|word| {
                word.bytes().all(|sign| sign.is_ascii_lowercase() || sign == b'_')
            })), "{words:?}");
            words.dedup();
            assert_eq!(words.len(), all.len());
            there_and_back(&Coded::new(all[0], "word"));
        })* };
    }
    words! {
        AccountKind: Current Savings Wallet DebitCard CreditCard Card Deposit CreditLine Loan Mortgage Lease Investment
            Pension Insurance Property Guarantee Receivable Bonus;
        AccountStatus: Active Inactive Closed;
        BalanceKind: Booked ClosingBooked OpeningBooked Available Blocked AutomaticallyInvested CreditUsed;
        ConnectionStatus: Active NeedsUser Inactive Disabled;
        ConsentStatus: Awaiting Active Expired Revoked Rejected;
        ConsentScope: Holders Accounts Transactions Cards Credit Investments Other;
        Direction: Credit Debit;
        EventKind: Progress DataReady Failed UserNeeded ConnectionCreated ConnectionRemoved ConsentEnded
            InstitutionChanged Payment Other;
        InstitutionStatus: Available Down Disabled;
        TransactionKind: Transfer CardPayment DirectDebit Cash Fee Interest Repayment Purchase Sale Tax Other;
        TransactionStatus: Booked Pending Future Information Rejected;
        Category: Income Transfer Groceries EatingOut Home Utilities Transport Travel Shopping Health Education
            Entertainment Insurance Credit Investment Taxes Fees Cash Gifts Business Other;
        Actor: Caller EndUser Operator Provider Institution;
        RetryAdvice: Never Now Later AfterUser AfterOperator AfterNotice LookFirst;
    }
    there_and_back(&Capability::ALL.iter().copied().collect::<Capabilities>());
    let one = [records::transaction("a1")];
    there_and_back(&reconcile(&one, &one));
}

#[test]
fn identifiers_are_checked_again_when_they_are_read() {
    for identifier in records::identifiers("1") {
        there_and_back(&identifier);
    }
    for (scheme, value) in [
        ("iban", "DE89370400440532013001"),
        ("bic", "DEUTDEF"),
        ("clabe", "032180000118359718"),
        ("cbu", "2850590940090418135202"),
        ("isin", "US0378331006"),
        ("masked_pan", "4111111111111111"),
        ("unknown", "1"),
    ] {
        let json = json!({ "scheme": scheme, "value": value });
        assert!(serde_json::from_value::<AccountIdentifier>(json).is_err(), "{scheme}");
    }
    assert!(serde_json::from_value::<Currency>(json!("euro")).is_err());
}
