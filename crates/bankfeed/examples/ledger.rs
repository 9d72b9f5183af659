//! One ledger of four providers: `cargo run -p bankfeed --example ledger`.
//!
//! [`walk`] and everything below it knows no provider: it goes from institutions to transactions through what each one can
//! do. The four are played by the sandbox, so it needs neither credentials nor network.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::error::Error;

use bankfeed::{
    AccountFilter, AccountId, BalanceKind, Belvo, ConnectionFilter, InstitutionFilter, Khipu, Paging, Provider,
    SaltEdge, Transaction, TransactionFilter, TransactionStatus, WealthReader,
};
use bankfeed_sandbox::Sandbox;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::builder().people(1).transactions(24).start().await?;
    print!("{}", ledger(&providers(&sandbox)?).await?);
    Ok(())
}

/// Where the providers differ: credentials.
pub(crate) fn providers(sandbox: &Sandbox) -> Result<Vec<Box<dyn Provider>>, bankfeed::Error> {
    let (saltedge, belvo) = (sandbox.saltedge(), sandbox.belvo());
    let (khipu, wealthreader) = (sandbox.khipu(), sandbox.wealthreader());
    Ok(vec![
        Box::new(SaltEdge::builder(saltedge.app_id, saltedge.secret).base_url(&saltedge.url).build()?),
        Box::new(Belvo::builder(belvo.secret_id, belvo.secret_password).base_url(&belvo.url).build()?),
        Box::new(Khipu::builder().jwt(khipu.jwt).base_url(&khipu.url).account("000011887755").build()?),
        Box::new(WealthReader::builder(wealthreader.api_key).base_url(&wealthreader.url).build()?),
    ])
}

/// One table of all accounts of all providers.
pub(crate) async fn ledger(providers: &[Box<dyn Provider>]) -> Result<String, bankfeed::Error> {
    let mut rows = Vec::new();
    for provider in providers {
        rows.extend(walk(provider.as_ref()).await?);
    }
    Ok(table(&rows))
}

/// An account, its balance, and the latest of its transactions.
struct Row {
    institution: String,
    account: String,
    balance: String,
    transactions: usize,
    latest: Option<Transaction>,
}

/// All accounts that a provider gives, with what it knows of them.
async fn walk(provider: &dyn Provider) -> Result<Vec<Row>, bankfeed::Error> {
    let mut names = BTreeMap::new();
    if let Some(institutions) = provider.institutions() {
        let mut list = institutions.list_institutions(InstitutionFilter::all().include_test(), Paging::default());
        while let Some(institution) = list.next().await {
            let institution = institution?;
            names.insert(institution.id, institution.name);
        }
    }
    let (Some(connections), Some(accounts)) = (provider.connections(), provider.accounts()) else { return Ok(vec![]) };
    let mut rows = Vec::new();
    let mut list = connections.list_connections(ConnectionFilter::all(), Paging::default());
    while let Some(connection) = list.next().await {
        let connection = connection?;
        let name = connection.institution.as_ref().and_then(|id| names.get(id).cloned().flatten());
        let institution = format!("{}: {}", provider.id(), name.or(connection.institution_name).unwrap_or_default());

        let mut balances = BTreeMap::new();
        if let Some(list) = provider.balances() {
            let mut list = list.list_balances(AccountFilter::of(&connection.id), Paging::default());
            while let Some(balance) = list.next().await {
                let balance = balance?;
                let Some(money) = balance.money() else { continue };
                // What is available stands in for what is booked where a bank tells no more.
                if balance.kind.is(&BalanceKind::Booked) {
                    balances.insert(balance.account, money.to_string());
                } else if balance.kind.is(&BalanceKind::Available) {
                    balances.entry(balance.account).or_insert_with(|| format!("{money}*"));
                }
            }
        }
        let mut transactions: BTreeMap<AccountId, (usize, Transaction)> = BTreeMap::new();
        if let Some(list) = provider.transactions() {
            let mut list = list.list_transactions(TransactionFilter::of(&connection.id), Paging::default());
            while let Some(transaction) = list.next().await {
                let transaction = transaction?;
                let Some(account) = transaction.account.clone() else { continue };
                if !transaction.status.is(&TransactionStatus::Booked) {
                    continue;
                }
                let (count, latest) = transactions.entry(account).or_insert_with(|| (0, transaction.clone()));
                *count += 1;
                if when(&transaction) > when(latest) {
                    *latest = transaction;
                }
            }
        }
        let mut list = accounts.list_accounts(&connection.id, Paging::default());
        while let Some(account) = list.next().await {
            let account = account?;
            let (count, latest) =
                transactions.remove(&account.id).map_or((0, None), |(count, latest)| (count, Some(latest)));
            rows.push(Row {
                institution: institution.clone(),
                account: account.name.map_or_else(|| account.kind.word.unwrap_or_default(), |name| name.into_inner()),
                balance: balances.remove(&account.id).unwrap_or_default(),
                transactions: count,
                latest,
            });
        }
    }
    Ok(rows)
}

/// The day it was made, or else booked.
fn when(transaction: &Transaction) -> Option<bankfeed::DateTime> {
    transaction.transaction_date.or(transaction.booking_date)
}

fn table(rows: &[Row]) -> String {
    let mut text = line("institution", "account", "booked (* available)", "booked", "latest");
    for row in rows {
        let latest = row.latest.as_ref().map_or_else(String::new, |latest| {
            let date = when(latest).map(|date| date.date().to_string()).unwrap_or_default();
            let money = latest.signed_money().map(|money| money.to_string()).unwrap_or_default();
            format!(
                "{date} {money}  {}",
                latest.description.as_deref().and_then(|text| text.lines().next()).unwrap_or_default()
            )
        });
        text += &line(&row.institution, &row.account, &row.balance, &row.transactions.to_string(), &latest);
    }
    text
}

fn line(institution: &str, account: &str, balance: &str, entries: &str, latest: &str) -> String {
    let line = format!("{institution:<36} {account:<32} {balance:>20} {entries:>7}  {latest}");
    line.trim_end().to_owned() + "\n"
}
