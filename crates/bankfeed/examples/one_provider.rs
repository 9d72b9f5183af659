//! One provider alone: accounts with all their balances.
//!
//! `cargo run -p bankfeed --no-default-features --features belvo --example one_provider`
//!
//! Only Belvo's client is built, and the code calls `Belvo` itself: what it has is known, so nothing is asked for first. It
//! is played by the sandbox, and needs neither credentials nor network.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::error::Error;

use bankfeed::{
    AccountFilter, Accounts as _, Balances as _, Belvo, ConnectionFilter, Connections as _, ErrorKind, Paging,
};
use bankfeed_sandbox::Sandbox;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::builder().people(1).transactions(24).start().await?;
    let access = sandbox.belvo();
    // With keys of Belvo's own: `Belvo::builder(id, password).sandbox().build()?`.
    let belvo = Belvo::builder(access.secret_id, access.secret_password).base_url(&access.url).build()?;
    print!("{}", accounts(&belvo).await?);
    Ok(())
}

/// A line for each account, and one for each of its balances.
pub(crate) async fn accounts(belvo: &Belvo) -> Result<String, bankfeed::Error> {
    let mut text = String::new();
    let mut connections = belvo.list_connections(ConnectionFilter::all(), Paging::default());
    while let Some(connection) = connections.next().await {
        let connection = connection?;
        let mut balances: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut list = belvo.list_balances(AccountFilter::of(&connection.id), Paging::default());
        while let Some(balance) = list.next().await {
            match balance {
                Ok(balance) => balances.entry(balance.account.clone()).or_default().push(balance),
                // One record that cannot be read does not cost the others.
                Err(error) if error.is_bad_record() => eprintln!("left out: {error}"),
                // A bank without this kind of data is no failure.
                Err(error) if error.kind() == ErrorKind::NotContracted => break,
                Err(error) => return Err(error),
            }
        }
        let mut list = belvo.list_accounts(&connection.id, Paging::default());
        while let Some(account) = list.next().await {
            let account = match account {
                Ok(account) => account,
                Err(error) if error.is_bad_record() => {
                    eprintln!("left out: {error}");
                    continue;
                }
                Err(error) => return Err(error),
            };
            let kind = account.kind.value.map_or_else(|| "Unknown".to_owned(), |kind| format!("{kind:?}"));
            let name = account.name.as_ref().map_or("", |name| name.as_str());
            text += format!("{kind:<12} {name}").trim_end();
            text += "\n";
            for balance in balances.remove(&account.id).unwrap_or_default() {
                let kind = balance.kind.value.map_or_else(|| "Unknown".to_owned(), |kind| format!("{kind:?}"));
                // No currency is made up: without one there is an amount, and no money.
                let amount = balance.money().map_or_else(|| balance.amount.to_string(), |money| money.to_string());
                text += &format!("    {kind:<22} {amount:>18}\n");
            }
        }
    }
    Ok(text)
}
