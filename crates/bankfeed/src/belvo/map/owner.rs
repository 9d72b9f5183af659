//! Owners: whoever stands behind a link.

use belvo_client::types;

use super::text::{id, joined, personal, text};
use crate::Personal;
use crate::model::{Address, Document, Party};
use crate::normalize::Cx;

/// An owner, a person or a company. Lists that the record has both whole and as one main value give each value once.
pub(crate) fn owner(record: types::Owner, cx: &Cx<'_>) -> Party {
    let mut party = Party::new();
    party.id = Some(record.id.into());
    party.connection = id(record.link).map(Into::into);
    let company = [record.company_name, record.trade_name.into_option()];
    let person = [record.display_name.into_option(), record.social_name.into_option()];
    party.names = each_once(person.into_iter().chain(company));
    let more = record.emails.unwrap_or_default().into_iter().map(|email| email.email);
    party.emails = each_once([record.email.into_option()].into_iter().chain(more));
    let more = record.phone_numbers.unwrap_or_default().into_iter().map(phone);
    party.phones = each_once([record.phone_number.into_option()].into_iter().chain(more));
    let whole = text(record.address.into_option()).map(|street| Address { street: Some(street), ..Address::new() });
    let more = record.addresses.unwrap_or_default().into_iter().map(address);
    party.addresses = whole.into_iter().chain(more).filter(|address| !address.is_empty()).map(Personal).collect();
    party.birth_date = record.birth_date.map(Personal);
    let main = record.document_id.into_option().and_then(|document| {
        let number = text(document.document_number.into_option())?;
        Some(Document::new(text(document.document_type.into_option()), number))
    });
    let additional = record.additional_documents.unwrap_or_default();
    let nationalities = record.nationalities.into_option().unwrap_or_default();
    let national = nationalities.into_iter().flat_map(|nationality| nationality.documents.unwrap_or_default());
    let more = additional.into_iter().chain(national).filter_map(document);
    for document in main.into_iter().chain(more) {
        if !party.documents.iter().any(|known| **known == document) {
            party.documents.push(Personal(document));
        }
    }
    party.source = Some(cx.source());
    party
}

fn each_once(values: impl Iterator<Item = Option<String>>) -> Vec<Personal<String>> {
    let mut kept: Vec<Personal<String>> = Vec::new();
    for value in values.filter_map(personal) {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

/// Country, area and number with spaces between, as far as they were sent.
fn phone(phone: types::OwnerPhone) -> Option<String> {
    let number = text(phone.number)?;
    let before = [phone.country_code, phone.area_code].map(|code| text(code.into_option()));
    let mut parts: Vec<String> = before.into_iter().flatten().collect();
    parts.push(number);
    Some(parts.join(" "))
}

fn address(address: types::OwnerAddress) -> Address {
    let street = joined([text(address.address), text(address.additional_info.into_option())], ", ");
    Address {
        street,
        city: text(address.town),
        state: text(address.state.into_option()),
        postal_code: text(address.postcode),
        country: text(address.country_code.into_option()).or_else(|| text(address.country_name)),
    }
}

fn document(document: types::OwnerDocument) -> Option<Document> {
    let kind = document.type_.into_option().map(|kind| kind.as_ref().to_owned());
    Some(Document::new(kind, text(document.number)?))
}
