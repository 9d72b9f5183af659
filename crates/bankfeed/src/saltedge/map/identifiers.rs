//! What an account is known by at its bank.

use super::text::text;
use crate::{AccountIdentifier, Id, Personal};

/// What an account's record has of the kind.
pub(super) struct Identifiers {
    pub(super) iban: Option<String>,
    pub(super) swift: Option<String>,
    pub(super) sort_code: Option<String>,
    pub(super) account_number: Option<String>,
    pub(super) bban: Option<String>,
    pub(super) provider_account_id: Option<Id>,
    pub(super) masked_pan: Option<String>,
    pub(super) cards: Option<Vec<String>>,
}

/// The identifiers, each once. A text is only called what its own form proves; any other is a number under Salt Edge's name for it.
pub(super) fn of(known: Identifiers) -> Vec<AccountIdentifier> {
    let mut identifiers = Vec::new();
    let mut put = |identifier: AccountIdentifier| {
        if !identifiers.contains(&identifier) {
            identifiers.push(identifier);
        }
    };
    text(known.iban).iter().for_each(|iban| put(AccountIdentifier::iban("iban", iban)));
    text(known.swift).iter().for_each(|swift| put(AccountIdentifier::bic("swift", swift)));
    let number = text(known.account_number);
    text(known.sort_code).iter().for_each(|code| put(sort_code(code, number.as_deref())));
    // Some banks write the IBAN here.
    number.iter().for_each(|number| put(AccountIdentifier::iban("account_number", number)));
    text(known.bban).iter().for_each(|bban| put(AccountIdentifier::number("bban", bban)));
    let own = known.provider_account_id.filter(|id| !id.as_str().trim().is_empty());
    own.iter().for_each(|id| put(AccountIdentifier::number("provider_account_id", id.as_str())));
    text(known.masked_pan).iter().for_each(|pan| put(AccountIdentifier::masked_pan("masked_pan", pan)));
    for card in known.cards.into_iter().flatten().filter_map(|card| text(Some(card))) {
        put(AccountIdentifier::masked_pan("cards", &card));
    }
    identifiers
}

/// Salt Edge writes routing numbers of several countries into one field. Three pairs of digits with hyphens are the British and Irish
/// way; six digits in a row may be Australian.
fn sort_code(code: &str, number: Option<&str>) -> AccountIdentifier {
    let code = code.trim();
    let pairs: Vec<&str> = code.split('-').collect();
    let formed = pairs.iter().all(|pair| pair.len() == 2 && pair.bytes().all(|digit| digit.is_ascii_digit()));
    if pairs.len() == 3 && formed {
        let number = number.map(|number| Personal(number.to_owned()));
        return AccountIdentifier::SortCode { sort_code: pairs.concat(), number };
    }
    AccountIdentifier::number("sort_code", code)
}
