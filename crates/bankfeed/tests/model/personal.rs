//! Nothing personal shows in `Debug`.

use std::fmt::Debug;

use bankfeed::*;

use crate::records;

const PLANTED: &str = "PLANTED-NAME-4711";

/// Shows nothing of what was planted, which is there to begin with.
#[track_caller]
fn is_clean<T: Debug + serde::Serialize>(value: &T) {
    let written = serde_json::to_string(value).unwrap();
    assert!(written.contains(PLANTED), "nothing was planted: {written}");
    for printed in [format!("{value:?}"), format!("{value:#?}")] {
        // What is valid cannot be planted, so it is looked for as it is.
        for text in [PLANTED, "DE8937", "0321800", "28505909", "411111", "1990-05-17"] {
            assert!(!printed.contains(text), "{text} shows: {printed}");
        }
    }
}

#[test]
fn no_record_shows_what_is_personal() {
    is_clean(&records::connection(PLANTED));
    is_clean(&records::consent(PLANTED));
    is_clean(&records::party(PLANTED));
    is_clean(&records::account(PLANTED));
    is_clean(&records::balance(PLANTED));
    is_clean(&records::transaction(PLANTED));
    is_clean(&records::holding(PLANTED));
    is_clean(&records::event(PLANTED));
}

#[test]
fn nor_does_any_part_of_one_taken_by_itself() {
    let party = records::party(PLANTED);
    is_clean(&*party.addresses[0]);
    is_clean(&*party.documents[0]);
    let account = records::account(PLANTED);
    is_clean(&account.holders[0]);
    is_clean(&account.identifiers);
    is_clean(&account.id);
    let transaction = records::transaction(PLANTED);
    is_clean(&transaction.counterparty);
    is_clean(&transaction.references[0]);
    is_clean(&Personal(PLANTED));
    is_clean(&ConnectionId::from(PLANTED));
    is_clean(&PartyId::from(PLANTED));
}

#[test]
fn what_hides_an_id_tells_it_from_others() {
    let shown = |id: &str| format!("{:?}", AccountId::from(id));
    assert_eq!(shown("1"), shown("1"));
    assert_ne!(shown("1"), shown("2"));
    let key = AccountKey::of_provider_id(&PLANTED.into());
    assert!(!key.to_string().contains(PLANTED) && !format!("{key:?}").contains(PLANTED));
}
