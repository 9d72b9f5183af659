//! Everything of a connection at once.

use bankfeed::{ErrorKind, Part, Provider as _, RefreshOptions, TransactionStatus};
use bankfeed_sandbox::Sandbox;

use super::{connections, operations, run, start};

#[test]
fn a_connection_of_one_page_each_takes_five_requests() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder().transactions(5)).await;
        let connection = connections(&saltedge).await.remove(0);
        operations(&sandbox);
        let snapshot = saltedge.refresh(&connection.id, RefreshOptions::new()).await.unwrap();
        let mut received = operations(&sandbox);
        received.sort();
        let lists = ["list_accounts", "list_consents", "list_transactions", "list_transactions", "show_connection"];
        assert_eq!(received, lists);
        assert_eq!(snapshot.errors().count(), 0);
        assert_eq!(snapshot.details.as_ref().unwrap().id, connection.id);
        assert!(snapshot.accounts.is_complete() && snapshot.balances.is_complete() && snapshot.holdings.is_complete());
        assert!(snapshot.consents.is_complete() && snapshot.holders.is_complete());
        assert!(snapshot.transactions.is_complete());
        assert_eq!(snapshot.accounts.records().len(), 11);
        assert_eq!(snapshot.holdings.records().len(), 2);
        assert_eq!(snapshot.holders.records().len(), 1);
        let pending = |one: &&bankfeed::Transaction| one.status.is(&TransactionStatus::Pending);
        assert!(snapshot.transactions.records().iter().filter(pending).count() > 0);
        assert!(snapshot.losses.is_clean());
        assert!(snapshot.losses.records > 20);
        assert!(snapshot.losses.unmapped.contains_key("Account/created_at"), "{:?}", snapshot.losses.unmapped);
        assert!(snapshot.losses.undeclared.is_empty());
        // The keys are those of the list.
        let listed = bankfeed::Accounts::list_accounts(&saltedge, &connection.id, bankfeed::Paging::default());
        let listed: Vec<_> = listed.collect_all().await.unwrap().into_iter().map(|account| account.key).collect();
        let keys: Vec<_> = snapshot.accounts.records().iter().map(|account| account.key.clone()).collect();
        assert_eq!(keys, listed);
    });
}

#[test]
fn only_the_days_that_are_asked_for_come() {
    run(async {
        let (_sandbox, saltedge) = start(Sandbox::builder()).await;
        let connection = connections(&saltedge).await.remove(0);
        let all = saltedge.refresh(&connection.id, RefreshOptions::new()).await.unwrap();
        let day = all.transactions.records()[30].transaction_date.unwrap().date();
        let options = RefreshOptions::new().since(day).until(day);
        let some = saltedge.refresh(&connection.id, options).await.unwrap();
        let days: Vec<_> = some.transactions.records().iter().map(|one| one.transaction_date.unwrap().date()).collect();
        assert!(!days.is_empty() && days.iter().all(|found| *found == day));
    });
}

#[test]
fn each_part_fails_by_itself() {
    run(async {
        for (operation, failing) in [
            ("list_accounts", ["accounts", "balances", "holdings"].as_slice()),
            ("list_consents", &["consents"]),
            ("list_transactions", &["transactions"]),
            ("show_connection", &["accounts", "balances", "holders", "holdings"]),
        ] {
            let rule = format!("saltedge {operation} consent-expired").parse().unwrap();
            let (sandbox, saltedge) = start(Sandbox::builder().transactions(50)).await;
            let connection = connections(&saltedge).await.remove(0);
            sandbox.fault(rule);
            let snapshot = saltedge.refresh(&connection.id, RefreshOptions::new()).await.unwrap();
            let mut failed = Vec::new();
            let mut note = |name, error: Option<&bankfeed::Error>| {
                if let Some(error) = error {
                    assert_eq!(error.kind(), ErrorKind::ConsentExpired, "{name}");
                    failed.push(name);
                }
            };
            note("accounts", snapshot.accounts.error());
            note("balances", snapshot.balances.error());
            note("consents", snapshot.consents.error());
            note("holders", snapshot.holders.error());
            note("holdings", snapshot.holdings.error());
            note("transactions", snapshot.transactions.error());
            assert_eq!(failed, failing, "{operation}");
            assert_eq!(snapshot.details.is_none(), operation == "show_connection");
        }
    });
}

#[test]
fn a_connection_that_is_not_there_is_one_error() {
    run(async {
        let (_sandbox, saltedge) = start(Sandbox::builder()).await;
        let error = saltedge.refresh(&"499".into(), RefreshOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.operation(), Some("show_connection"));
    });
}

#[test]
fn a_page_in_the_middle_that_fails_leaves_what_came_before_it() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder().transactions(5_000)).await;
        let connection = connections(&saltedge).await.remove(0);
        sandbox.fault("saltedge list_transactions consent-expired page=2".parse().unwrap());
        let snapshot = saltedge.refresh(&connection.id, RefreshOptions::new()).await.unwrap();
        let Part::Failed { records, error, .. } = &snapshot.transactions else { panic!("a page is missing") };
        assert_eq!(error.kind(), ErrorKind::ConsentExpired);
        assert!(records.iter().any(|one| one.status.is(&TransactionStatus::Booked)));
        assert!(records.iter().any(|one| one.status.is(&TransactionStatus::Pending)), "the other list is whole");
    });
}

#[test]
fn an_account_that_cannot_be_read_is_missing_in_each_of_its_parts() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder().transactions(50)).await;
        let connection = connections(&saltedge).await.remove(0);
        sandbox.fault("saltedge list_accounts nulls at=/data/0/balance".parse().unwrap());
        let snapshot = saltedge.refresh(&connection.id, RefreshOptions::new()).await.unwrap();
        assert_eq!(snapshot.accounts.records().len(), 10);
        let rejected = [snapshot.accounts.rejected(), snapshot.balances.rejected(), snapshot.holdings.rejected()];
        assert!(rejected.iter().all(|rejected| rejected.len() == 1 && rejected[0].is_bad_record()));
        assert_eq!(snapshot.accounts.rejected()[0].record().unwrap().to_value()["balance"], serde_json::Value::Null);
        assert!(!snapshot.accounts.is_complete());
        assert_eq!(snapshot.losses.rejected.values().sum::<u64>(), 1, "{:?}", snapshot.losses.rejected);
    });
}
