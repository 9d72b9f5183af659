//! Consents: asked for, answered, taken back.

use crate::types::{Consent, ConsentCreation, ConsentStatus, Contact, Scope};
use crate::{Client, Error, runtime as rt};

pub fn ask(until: rt::Date) -> ConsentCreation {
    let contact = Contact::new("a@harbour.example").phone("1");
    ConsentCreation::new("hb-1", [Scope::Accounts, Scope::Holdings]).until(until).contact(contact).secret_answer("blue")
}

pub fn asked(body: ConsentCreation) -> (rt::Id, Vec<Scope>, Option<rt::Date>, Option<Contact>, Option<rt::Secret>) {
    (body.institution, body.scopes, body.until, body.contact, body.secret_answer)
}

pub fn scope(scope: &Scope) -> &'static str {
    match scope {
        Scope::Accounts => "accounts",
        Scope::Transactions => "transactions",
        Scope::Holdings => "holdings",
        _ => "another",
    }
}

pub fn contact(contact: Contact) -> (String, Option<String>) {
    (contact.email, contact.phone)
}

pub async fn create(client: &Client, body: ConsentCreation) -> Result<Consent, Error> {
    let key = String::from("k-1");
    Ok(client.create_consent(body).idempotency_key(&key).send().await?.into_inner().data)
}

pub fn read(consent: Consent) -> (rt::Id, Option<rt::Secret>, Option<rt::DateTime>) {
    (consent.id, consent.connect_url, consent.expires_at)
}

pub fn status(consent: &Consent) -> Option<bool> {
    match consent.status {
        Some(ConsentStatus::Granted) => Some(true),
        Some(ConsentStatus::Waiting | ConsentStatus::Refused) => Some(false),
        _ => None,
    }
}

pub async fn remove(client: &Client) -> Result<(), Error> {
    client.remove_consent("c-1", "u-1").send().await?;
    Ok(())
}
