//! The stored accounts of every link with their balances and latest transactions.
//!
//! ```text
//! BELVO_SECRET_ID=… BELVO_SECRET_PASSWORD=… cargo run -p belvo-client --example belvo_accounts
//! ```
//!
//! It reads the sandbox unless `BELVO_BASE_URL` says otherwise, and only what is stored: no institution is asked.

use belvo_client::types::{Account, Transaction};
use belvo_client::{Client, Environment, ErrorExt};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (id, password) = (std::env::var("BELVO_SECRET_ID")?, std::env::var("BELVO_SECRET_PASSWORD")?);
    let base_url = std::env::var("BELVO_BASE_URL").unwrap_or_else(|_| Environment::Sandbox.base_url().to_owned());
    let client = Client::builder(Environment::Sandbox, id, password).base_url(&base_url).build()?;

    let mut links = client.list_links().stream();
    while let Some(link) = links.next().await {
        let link = link.inspect_err(|error| eprintln!("what may help: {:?}", error.advice()))?;
        let mut accounts = client.list_accounts().link(&link.id).stream();
        while let Some(account) = accounts.next().await {
            let account = account?;
            heading(&account);
            let page = client.list_transactions(&link.id).account(&account.id).page_size(10).send().await?;
            page.results.iter().for_each(line);
        }
    }
    Ok(())
}

fn heading(account: &Account) {
    let name = account.name.as_deref().unwrap_or("unnamed");
    let balance = account.balance.as_ref().and_then(|balance| balance.current.as_ref());
    let balance = balance.map_or_else(|| "unknown".to_owned(), ToString::to_string);
    println!("{name:<40} {balance:>20} {}", account.currency.as_deref().unwrap_or_default());
}

fn line(transaction: &Transaction) {
    let day = transaction.value_date.as_ref().map_or_else(String::new, ToString::to_string);
    let text = transaction.description.as_deref().unwrap_or_default();
    println!("  {day:<10} {text:<40} {:>17}", transaction.amount.to_string());
}
