//! Today's balance of an account at Banco Santander Argentina.
//!
//! Reads from the environment KHIPU_ACCOUNT, the number of the account, and either KHIPU_JWT or KHIPU_API_KEY with
//! KHIPU_ACCOUNT_LINK, the login that API keys need. KHIPU_BASE_URL names another server, such as a mock of this one.

use std::env::{self, VarError};

use khipu_client::types::{AccountCredential, DataRequest, RequestData};
use khipu_client::{Auth, Client, ErrorExt};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let account = RequestData::new(env::var("KHIPU_ACCOUNT")?);
    let (auth, account) = match env::var("KHIPU_JWT") {
        Ok(jwt) => (Auth::jwt(jwt), account),
        Err(_) => (Auth::api_key(env::var("KHIPU_API_KEY")?), with_login(account)?),
    };
    let mut builder = Client::builder(auth);
    if let Ok(url) = env::var("KHIPU_BASE_URL") {
        builder = builder.base_url(&url);
    }
    let client = builder.build()?;

    let answer = match client.retrieve_santander_ar_current_day_balances(DataRequest::new(account)).send().await {
        Ok(answer) => answer,
        Err(error) => {
            eprintln!("advice: {:?}", error.advice());
            return Err(error.into());
        }
    };
    println!("operation {}: {} balances", answer.operation_id, answer.balances()?.len());
    for balance in answer.balances()? {
        for amount in balance.amounts()? {
            let side = balance.credit_debit_indicator.as_ref().map(AsRef::as_ref).unwrap_or("?");
            let figure = amount.amount.map(|amount| amount.to_string()).unwrap_or_default();
            println!("{side:<6} {figure:>20} {}", amount.currency.as_deref().unwrap_or_default());
        }
    }
    Ok(())
}

/// API keys need a login, which the provider calls deprecated.
#[allow(deprecated)]
fn with_login(account: RequestData) -> Result<RequestData, VarError> {
    Ok(account.account_credential(AccountCredential::link(env::var("KHIPU_ACCOUNT_LINK")?)))
}
