//! Everything of a connection at once.

use bankfeed::*;
use bankfeed_sandbox::Sandbox;

use crate::support::*;

#[test]
fn one_call_brings_everything_that_lists_bring() {
    run(async {
        let sandbox = Sandbox::builder().transactions(30).check_answers().start().await.unwrap();
        let provider = provider(&sandbox);
        let id = connection("MOCKDATA");
        let snapshot = provider.refresh(&id, RefreshOptions::new()).await.unwrap();
        assert_eq!(sandbox.requests().len(), 1);
        assert_eq!(snapshot.errors().count(), 0);
        assert!(matches!(snapshot.consents, Part::NotOffered));
        let details = snapshot.details.unwrap();
        assert_eq!((details.id, details.institution), (id.clone(), Some(BANK.into())));
        assert!(snapshot.losses.is_clean(), "{:?}", snapshot.losses);
        assert!(snapshot.losses.unmapped.contains_key("FinancialData/payload/files/*/content"));
        assert!(snapshot.losses.undeclared.is_empty(), "{:?}", snapshot.losses.undeclared);

        let accounts = provider.list_accounts(&id, Paging::default()).collect_all().await.unwrap();
        assert_eq!(snapshot.accounts.records(), accounts);
        let balances = provider.list_balances(AccountFilter::of(&id), Paging::default()).collect_all().await.unwrap();
        assert_eq!(snapshot.balances.records(), balances);
        let list = provider.list_transactions(TransactionFilter::of(&id), Paging::default());
        assert_eq!(snapshot.transactions.records(), list.collect_all().await.unwrap());
        let holdings = provider.list_holdings(AccountFilter::of(&id), Paging::default()).collect_all().await.unwrap();
        assert_eq!(snapshot.holdings.records(), holdings);
        let holders = provider.list_holders(&id, Paging::default()).collect_all().await.unwrap();
        assert_eq!(snapshot.holders.records(), holders);
        assert_eq!(sandbox.requests().len(), 1);
        // Each record of the provider counts once, however many lists are made of it.
        let positions = snapshot.holdings.records().len();
        let movements = snapshot.transactions.records().len();
        assert!(snapshot.losses.records >= u64::try_from(accounts.len() + positions + movements).unwrap());
    });
}

#[test]
fn a_day_limits_movements() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = provider(&sandbox);
        let id = connection("MOCKDATA");
        let day: Date = "2026-02-20".parse().unwrap();
        let snapshot = provider.refresh(&id, RefreshOptions::new().since(day)).await.unwrap();
        let on = |it: &Transaction| it.transaction_date.or(it.booking_date).map(|on| on.date());
        assert!(snapshot.transactions.records().iter().all(|it| on(it).is_none_or(|on| on >= day.date())));
        assert_eq!(sandbox.requests()[0].body["date_from"], "2026-02-20");
    });
}

#[test]
fn a_user_without_products_has_complete_and_empty_parts() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = provider(&sandbox);
        let id = connection("MOCK2003");
        let snapshot = provider.refresh(&id, RefreshOptions::new()).await.unwrap();
        assert!(snapshot.accounts.is_complete() && snapshot.accounts.records().is_empty());
        assert!(snapshot.transactions.is_complete() && snapshot.holders.is_complete());
        assert!(provider.list_accounts(&id, Paging::default()).collect_all().await.unwrap().is_empty());
        assert_eq!(reads(&sandbox), 1);
    });
}

#[test]
fn what_is_known_to_be_missing_is_told() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = provider(&sandbox);
        let id = connection("MOCKWARNING1051");
        let snapshot = provider.refresh(&id, RefreshOptions::new()).await.unwrap();
        let errors: Vec<_> = snapshot.errors().map(|error| (error.kind(), error.code())).collect();
        assert_eq!(errors, [(ErrorKind::Incomplete, Some("1051")); 5]);
        assert!(!snapshot.accounts.records().is_empty());
        let (accounts, errors) = provider.list_accounts(&id, Paging::default()).drain().await;
        assert_eq!(accounts.len(), snapshot.accounts.records().len());
        assert_eq!(errors.len(), 1);

        // For information only.
        let note = provider.refresh(&connection("MOCKWARNING1060"), RefreshOptions::new()).await.unwrap();
        assert_eq!(note.errors().count(), 0);
    });
}

#[test]
fn without_an_answer_there_is_no_snapshot() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = provider(&sandbox);
        for (fault, kind, advice) in [
            ("cut", ErrorKind::Network, RetryAdvice::LookFirst),
            ("truncated", ErrorKind::Network, RetryAdvice::LookFirst),
            ("html", ErrorKind::UnexpectedAnswer, RetryAdvice::LookFirst),
            ("invalid-json", ErrorKind::UnexpectedAnswer, RetryAdvice::LookFirst),
            ("status code=500", ErrorKind::ProviderFailed, RetryAdvice::LookFirst),
        ] {
            sandbox.fault(format!("wealthreader read_financial_data {fault} times=1").parse().unwrap());
            let error = provider.refresh(&connection("MOCKDATA"), RefreshOptions::new()).await.unwrap_err();
            assert_eq!((error.kind(), error.advice()), (kind, advice), "{fault}: {error}");
            assert_eq!(error.operation(), Some("read_financial_data"));
            sandbox.clear_faults();
        }
        assert_eq!(reads(&sandbox), 5, "none is repeated");
    });
}
