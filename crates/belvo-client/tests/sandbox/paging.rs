//! Long lists.

use std::collections::HashSet;

use crate::{BANK, Scene, support};

#[test]
fn a_hundred_thousand_transactions_come_once_each() {
    support::run(async {
        let scene = Scene::new(|builder| builder.transactions(100_000));
        let link = scene.link(BANK).await;
        let accounts = scene.client.list_accounts().link(&link).type_("CONTA_DEPOSITO_A_VISTA").send().await.unwrap();
        let account = accounts.into_inner().results.remove(0);
        let mut stream = scene.client.list_transactions(&link).account(&account.id).page_size(1000).stream();
        let mut ids = HashSet::new();
        let mut days = Vec::new();
        while let Some(transaction) = stream.next().await {
            let transaction = transaction.unwrap();
            days.push(transaction.value_date.unwrap());
            assert!(ids.insert(transaction.id), "it came before");
        }
        assert_eq!(ids.len(), 100_000);
        assert!(days.is_sorted());
    });
}
