//! Customers, and the holders that banks tell of.

use saltedge_client::types;

use super::text::{personal, personals, text};
use crate::normalize::Cx;
use crate::{Address, ConnectionId, Document, Error, Party, Personal};

/// A customer: the user of the application, of whom Salt Edge tells no more than the id.
pub(in crate::saltedge) fn customer(customer: types::Customer, cx: &Cx<'_>) -> Result<Party, Error> {
    if customer.customer_id.as_str().is_empty() {
        return Err(cx.misfit("/customer_id", "a customer without an id cannot be named"));
    }
    let mut party = Party::new();
    party.id = Some(customer.customer_id.into());
    party.source = Some(cx.source());
    Ok(party)
}

/// What the bank tells of whoever holds the accounts of a connection. It is not said to be the customer, so it has no id.
///
/// A document is told without its kind, but for the Brazilian one; four last digits of a number in the USA are no document.
pub(in crate::saltedge) fn holder(
    info: types::HolderInfo,
    connection: Option<&ConnectionId>,
    cx: &Cx<'_>,
) -> Result<Party, Error> {
    let mut party = Party::new();
    party.connection = connection.cloned();
    party.names = personals(info.names);
    party.emails = personals(info.emails);
    party.phones = personals(info.phone_numbers);
    party.addresses = info.addresses.into_iter().flatten().filter_map(address).collect();
    if let Some(extra) = info.extra {
        party.birth_date = extra.birth_date.map(Personal);
        let cpf = personal(extra.cpf).map(|number| Document::new("cpf".to_owned(), number.into_inner()));
        let other = personal(extra.document_number).map(|number| Document::new(None, number.into_inner()));
        party.documents = cpf.into_iter().chain(other).map(Personal).collect();
    }
    party.source = Some(cx.source());
    Ok(party)
}

fn address(address: types::HolderAddress) -> Option<Personal<Address>> {
    let mut known = Address::new();
    known.street = text(address.street.into_option());
    known.city = text(address.city.into_option());
    known.state = text(address.state.into_option());
    known.postal_code = text(address.post_code.into_option());
    known.country = text(address.country_code.into_option());
    (!known.is_empty()).then_some(Personal(known))
}
