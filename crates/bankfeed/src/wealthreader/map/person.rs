//! Who logged in, and who owns products.

use wealthreader_client::types;

use super::common::text;
use crate::Party;
use crate::model::{Address, Document, PartyId, Personal};
use crate::normalize::Cx;

/// The person who logged in.
pub(crate) fn user(record: types::UserInformation, cx: &Cx<'_>) -> Option<Party> {
    let mut party = identified(record.id, record.name);
    party.emails = text(record.email).map(Personal).into_iter().collect();
    party.phones = text(record.cell_phone).map(Personal).into_iter().collect();
    party.birth_date = record.birth_date.map(Personal);
    let mut address = Address::new();
    address.street = text(record.address);
    address.city = text(record.city);
    address.postal_code = text(record.postal_code);
    address.country = text(record.country);
    if !address.is_empty() {
        party.addresses = vec![Personal(address)];
    }
    told(party, cx)
}

/// Somebody who owns a product or acts for its owner.
pub(crate) fn owner(record: types::Owner, cx: &Cx<'_>) -> Option<Party> {
    told(identified(record.id.into_option(), record.name), cx)
}

/// Somebody who owes a loan.
pub(crate) fn loan_holder(record: types::LoanHolder, cx: &Cx<'_>) -> Option<Party> {
    told(identified(record.id, record.name), cx)
}

/// The document is what a person is known by here: the provider has no other id.
fn identified(document: Option<String>, name: Option<String>) -> Party {
    let document = text(document);
    let mut party = Party::new();
    party.id = document.as_deref().map(PartyId::from);
    party.documents = document.map(|number| Personal(Document::new(None, number))).into_iter().collect();
    party.names = text(name).map(Personal).into_iter().collect();
    party
}

/// `None` for a record in which nobody stands.
fn told(mut party: Party, cx: &Cx<'_>) -> Option<Party> {
    if party == Party::new() {
        return None;
    }
    party.source = Some(cx.source());
    Some(party)
}
