//! Every operation, once, with all that it can be given.

use std::collections::BTreeMap;

use wealthreader_client::types::*;
use wealthreader_client::{Client, Date, Error};

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn full_read() -> FinancialDataRequest {
    let product = RequiredProduct::new().only_balances(true).add_pdf_from_uuids(["d0c2"]).date_from(date("2024-02-01"));
    let required = RequiredProducts::new()
        .accounts(BTreeMap::from([("8076".to_owned(), product)]))
        .cards(BTreeMap::from([("aefd".to_owned(), RequiredProduct::new())]));
    super::request()
        .product_types([ProductType::Accounts, ProductType::Cards])
        .only_balances(false)
        .fetch_transaction_details(true)
        .date_from(date("2024-01-01"))
        .date_to(date("2030-12-31"))
        .required_products_schema(required)
        .add_pdf_from_uuids(["d0c2", "78ce"])
}

pub fn domain() -> DomainCreation {
    let new = DomainCreation::new(
        DomainMethod::Add,
        "https://app.example.com",
        "https://app.example.com/wealthreader?a=b c",
        Tokenize::Yes,
    );
    new.access_type(AccessType::Oauth)
}

pub fn iban() -> IbanOwnershipQuery {
    IbanOwnershipQuery::new("ES4914651234561234567890", DocumentType::Nif, "12345678Z", "LUIS GARCÍA & Co")
}

pub fn batch() -> BatchCreation {
    let connection = BatchConnection::new("cred_001", "santander").token("FRJ0mHlaqZwLzu").only_balances(false);
    BatchCreation::new([connection]).notification_url("https://app.example.com/batch")
}

/// One call of an operation: by which name it goes, and what it comes to.
pub type Outcome = (&'static str, Result<(), Error>);

/// Sends every operation, in the order of the specification.
pub async fn all(client: &Client) -> Vec<Outcome> {
    macro_rules! send {
        ($($name:literal: $call:expr;)*) => { vec![$(($name, $call.send().await.map(|_| ()))),*] };
    }
    send! {
        "read_financial_data": client.read_financial_data(full_read());
        "list_entities": client.list_entities().show_only_tested(1);
        "list_category_types": client.list_category_types().lang(Language::En);
        "list_tokens": client.list_tokens().body(TokenQuery::new().page(2));
        "revoke_token": client.revoke_token(TokenRevocation::new("FRJ0mHla"));
        "reassign_token": client.reassign_token(TokenReassignment::new("from-key", "to-key", "FRJ0mHla"));
        "add_domain": client.add_domain(domain());
        "list_error_codes": client.list_error_codes().lang(Language::En);
        "list_warning_codes": client.list_warning_codes().lang(Language::Es);
        "verify_iban_ownership": client.verify_iban_ownership(iban());
        "register_user": client.register_user(UserRegistration::new("12345", UserService::Integra, "user@example.com"));
        "check_user": client.check_user(UserQuery::new("12345"));
        "unregister_user": client.unregister_user(UserRemoval::new("12345", RemovalService::All));
        "load_batch": client.load_batch(batch());
        "show_batch_statistics": client.show_batch_statistics(BatchQuery::new("batch_1"));
        "show_batch_result": client.show_batch_result(BatchResultQuery::new("batch_1", "cred_001"));
        "set_cards_webhook": client.set_cards_webhook(
            CardsWebhookChange::new().webhook_url("https://example.com/cards").rotate_secret(true)
        );
        "create_card_enrollment": client.create_card_enrollment(
            CardEnrollmentCreation::new("employee@example.com").ttl_minutes(20)
        );
        "show_card_enrollment": client.show_card_enrollment("0f3a9c7b");
        "list_card_transactions": client
            .list_card_transactions()
            .date_from(date("2026-07-01"))
            .date_to(date("2026-07-11"))
            .email("employee@example.com")
            .since_id(216)
            .limit(500);
    }
}
