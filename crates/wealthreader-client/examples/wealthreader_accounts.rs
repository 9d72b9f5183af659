//! What a user holds at a bank: accounts and their last movements.
//!
//! Reads from the environment WEALTHREADER_API_KEY, WEALTHREADER_ENTITY, the bank's code such as caixabank, and
//! WEALTHREADER_TOKEN, the user's token; MOCKDATA gives test data. WEALTHREADER_BASE_URL names another server, such as
//! a mock of this one. Every run is a billed read.

use std::env;

use wealthreader_client::types::{FinancialDataRequest, ProductType};
use wealthreader_client::{Client, ErrorExt};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder(env::var("WEALTHREADER_API_KEY")?);
    if let Ok(url) = env::var("WEALTHREADER_BASE_URL") {
        builder = builder.base_url(&url);
    }
    let client = builder.build()?;

    let request = FinancialDataRequest::new(env::var("WEALTHREADER_ENTITY")?)
        .token(env::var("WEALTHREADER_TOKEN")?)
        .product_types([ProductType::Accounts]);
    let answer = match client.read_financial_data(request).send().await {
        Ok(answer) => answer,
        Err(error) if error.is_not_contracted() => {
            println!("no accounts");
            return Ok(());
        }
        Err(error) => {
            eprintln!("advice: {:?}, session {:?}", error.advice(), error.session());
            if let Some(challenge) = error.challenge() {
                eprintln!("the user has to act: {:?}", challenge.kind());
            }
            return Err(error.into());
        }
    };
    let data = answer.data()?;
    for warning in data.warnings() {
        eprintln!("warning {:?}: {:?}", warning.code, warning.priority());
    }
    let financials = data.financials()?;
    for account in financials.iter().flat_map(|financials| financials.accounts.iter().flatten()) {
        let currency = account.currency.as_deref().unwrap_or("?");
        let current = account.balances.as_ref().and_then(|balances| balances.current);
        let current = current.map(|amount| amount.to_string()).unwrap_or_default();
        println!("{} {current} {currency}", account.name.as_deref().unwrap_or("?"));
        for transaction in account.transactions.iter().flatten() {
            let date = transaction.value_date.as_ref().map(ToString::to_string).unwrap_or_default();
            println!("  {date:<10} {:>14} {currency}", transaction.amount.to_string());
        }
    }
    Ok(())
}
