//! Accounts in Brazil and what stands on them.

use belvo_client::types::*;

use crate::{BANK, Scene, collection, id, raw, results};

pub(crate) async fn all(scene: &Scene) {
    let link = scene.link(BANK).await;
    balances(scene, &link).await;
    transactions(scene, &link).await;
    bills(scene, &link).await;
    exchanges(scene, &link).await;
    investments(scene, &link).await;
    owners(scene, &link).await;
    accounts(scene, &link).await;
}

async fn accounts(scene: &Scene, link: &str) {
    let client = &scene.client;
    let fetched = client.retrieve_accounts(Retrieval::new(link)).send().await.unwrap();
    assert_eq!(fetched.status().as_u16(), 201);
    let checking = client.list_accounts().link(link).category(AccountCategory::CheckingAccount).send().await.unwrap();
    assert_eq!(results(&checking).len(), 2, "the current account and the wallet");
    let accounts = collection!(scene, client.list_accounts().link(link), show_account, remove_account);
    assert_eq!(raw(&fetched), serde_json::Value::Array(accounts.clone()));
    let left = results(&client.list_transactions(link).page_size(1000).send().await.unwrap());
    assert!(left.iter().all(|transaction| transaction["account"]["id"] != accounts[0]["id"]), "they went with it");
}

async fn balances(scene: &Scene, link: &str) {
    let client = &scene.client;
    let balances = results(&client.list_balances(link).send().await.unwrap());
    assert_eq!(raw(&client.show_balance(id(&balances[0])).send().await.unwrap()), balances[0]);
    let account = balances[0]["account_id"].as_str().unwrap();
    let one = client.retrieve_balances(BalanceRetrieval::new(link).account_id(account)).send().await.unwrap();
    assert_eq!(raw(&one), serde_json::json!([balances[0]]));
    let held = raw(&client.show_account(account).send().await.unwrap());
    assert_eq!(held["balance"]["available"], balances[0]["available"]);
    let unknown = client.retrieve_balances(BalanceRetrieval::new(link).account_id(link)).send().await;
    scene.refused(unknown, 400, &ErrorCode::DoesNotExist);
}

async fn transactions(scene: &Scene, link: &str) {
    let client = &scene.client;
    let (from, to) = (crate::support::date("2026-02-01"), crate::support::date("2026-02-28"));
    let retrieval = TransactionRetrieval::new(link, from, to);
    let february = raw(&client.retrieve_transactions(retrieval.clone().save_data(false)).send().await.unwrap());
    let listed = || client.list_transactions(link).value_date_range([from, to]).page_size(1000);
    let listed = collection!(scene, listed(), show_transaction, remove_transaction);
    assert_eq!(february, serde_json::Value::Array(listed));
    let accepted = client.retrieve_transactions(retrieval).request_mode(RequestMode::Async).send().await.unwrap();
    assert_eq!(accepted.status().as_u16(), 202);
    let turned = TransactionRetrieval::new(link, to, from);
    scene.refused(client.retrieve_transactions(turned).send().await, 400, &ErrorCode::InvalidPeriod);
}

async fn bills(scene: &Scene, link: &str) {
    let client = &scene.client;
    let bills = collection!(scene, client.list_bills(link), show_bill, remove_bill);
    let fetched = raw(&client.retrieve_bills(Retrieval::new(link)).send().await.unwrap());
    assert_eq!(fetched, serde_json::Value::Array(bills[1..].to_vec()));
}

async fn exchanges(scene: &Scene, link: &str) {
    let client = &scene.client;
    let exchanges = results(&client.list_exchanges(link).send().await.unwrap());
    let events = results(&client.list_exchange_history(id(&exchanges[0])).send().await.unwrap());
    assert!(!events.is_empty() && events.iter().all(|event| event["exchange_id"] == exchanges[0]["id"]), "{events:?}");
    let fetched = raw(&client.retrieve_exchanges(ExchangeRetrieval::new(link)).send().await.unwrap());
    assert_eq!(fetched, serde_json::Value::Array(exchanges));
    let exchanges = collection!(scene, client.list_exchanges(link), show_exchange, remove_exchange);
    scene.gone(client.list_exchange_history(id(&exchanges[0])).send().await);
}

async fn investments(scene: &Scene, link: &str) {
    let client = &scene.client;
    let from = crate::support::date("2025-12-01");
    let retrieval = InvestmentTransactionRetrieval::new(link).date_from(from);
    let fetched = raw(&client.retrieve_investment_transactions(retrieval).send().await.unwrap());
    let fetched = fetched.as_array().unwrap().clone();
    assert!(fetched.iter().all(|one| one["value_date"].as_str().unwrap() >= "2025-12-01"), "{fetched:?}");
    assert!(!fetched.is_empty());
    let all = || client.list_investment_transactions(link).page_size(1000);
    collection!(scene, all(), show_investment_transaction, remove_investment_transaction);
    let fetched = raw(&client.retrieve_investments(Retrieval::new(link)).send().await.unwrap());
    let investments = collection!(scene, client.list_investments(link), show_investment, remove_investment);
    assert_eq!(fetched, serde_json::Value::Array(investments));
}

async fn owners(scene: &Scene, link: &str) {
    let client = &scene.client;
    let fetched = raw(&client.retrieve_owners(Retrieval::new(link)).send().await.unwrap());
    let owners = collection!(scene, client.list_owners().link(link), show_owner, remove_owner);
    assert_eq!(fetched, serde_json::Value::Array(owners));
}
