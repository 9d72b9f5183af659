//! A statement of every account of a connection, to the cent, without credentials and without a network.
//!
//! The bank is a few lines of JSON in this file. It stands where the HTTP client stands, so everything above it is what a
//! real program runs: two pages of a list, a pending payment, a status that the specification does not know, and an
//! amount that a float would round.

use saltedge_client::Client;
use saltedge_client::runtime::{BodyStream, BoxFuture, Bytes, HttpClient, HttpError};
use saltedge_client::types::{Account, Transaction};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder("app-id", "secret").transport(|transport| transport.http(Bank)).build()?;

    let mut accounts = client.list_accounts().connection_id("1").stream();
    while let Some(account) = accounts.next().await {
        let account = account?;
        heading(&account);
        for pending in [false, true] {
            let request = client.list_transactions("1").account_id(account.id.clone()).pending(pending);
            let mut transactions = request.stream();
            while let Some(transaction) = transactions.next().await {
                line(&transaction?);
            }
        }
        println!();
    }
    Ok(())
}

fn heading(account: &Account) {
    let title = format!("{} ({})", account.name, account.nature);
    println!("{title:<38} {:>22} {}  balance", account.balance.to_string(), account.currency_code);
}

fn line(transaction: &Transaction) {
    let amount = transaction.amount.to_string();
    println!(
        "{}  {:<26} {:>22} {}  {}",
        transaction.made_on,
        transaction.description.as_deref().unwrap_or_default(),
        amount,
        transaction.currency_code,
        transaction.status
    );
}

/// Answers as the provider does.
struct Bank;

impl HttpClient for Bank {
    fn execute(&self, request: http::Request<Bytes>) -> BoxFuture<Result<http::Response<BodyStream>, HttpError>> {
        let query = request.uri().query().unwrap_or_default();
        let body = match request.uri().path() {
            "/api/v6/accounts" => ACCOUNTS,
            _ if query.contains("pending=true") => PENDING,
            _ if query.contains("from_id=3") => SECOND_PAGE,
            _ => FIRST_PAGE,
        };
        Box::pin(async move { Ok(http::Response::new(BodyStream::full(body))) })
    }
}

const ACCOUNTS: &str = r#"{"data": [{"id": "10", "connection_id": "1", "name": "Everyday", "nature": "account",
    "balance": 1000000000000961.5499, "currency_code": "EUR", "extra": {}}], "meta": {"next_id": null}}"#;

const FIRST_PAGE: &str = r#"{"data": [
    {"id": "1", "account_id": "10", "made_on": "2026-03-02", "amount": 999999999999999.9999, "currency_code": "EUR",
     "description": "Sale of a small country", "status": "posted", "mode": "normal", "duplicated": false, "category": "income"},
    {"id": "2", "account_id": "10", "made_on": "2026-03-03", "amount": -38.45, "currency_code": "EUR",
     "description": "Groceries", "status": "posted", "mode": "normal", "duplicated": false, "category": "groceries"}
    ], "meta": {"next_id": "3", "next_page": "/api/v6/transactions?from_id=3"}}"#;

const SECOND_PAGE: &str = r#"{"data": [
    {"id": "3", "account_id": "10", "made_on": "2026-03-04", "amount": 1000.00, "currency_code": "EUR",
     "description": "Refund", "status": "settled", "mode": "normal", "duplicated": false, "category": "income"}
    ], "meta": {"next_id": null, "next_page": null}}"#;

const PENDING: &str = r#"{"data": [
    {"id": "4", "account_id": "10", "made_on": "2026-03-05", "amount": -0.10, "currency_code": "EUR",
     "description": "Parking", "status": "pending", "mode": "fee", "duplicated": false, "category": "car_and_transport"}
    ], "meta": {"next_id": null}}"#;
