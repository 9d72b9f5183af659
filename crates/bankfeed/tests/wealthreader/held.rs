//! What is billed, and what is not.

use std::time::Duration;

use bankfeed::*;
use bankfeed_sandbox::Sandbox;

use crate::support::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn nothing_is_read_before_the_first_record_is_asked_for() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = provider(&sandbox);
        let id = connection("MOCKDATA");
        let mut list = provider.list_accounts(&id, Paging::default());
        let token = list.resume_token();
        assert_eq!(reads(&sandbox), 0);
        list.next().await.unwrap().unwrap();
        assert_eq!(reads(&sandbox), 1);
        let again = provider.list_accounts(&id, Paging::default().resume(token)).collect_all().await.unwrap();
        assert!(!again.is_empty());
        assert_eq!(reads(&sandbox), 1);
    });
}

#[test]
fn an_answer_serves_until_it_is_old_forgotten_or_too_short() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let clock = clock_of(&sandbox);
        let provider = builder(&sandbox).clock(clock.clone()).hold_for(Duration::from_secs(60)).build().unwrap();
        let id = connection("MOCKDATA");
        let accounts = || provider.list_accounts(&id, Paging::default()).collect_all();
        let since = |first: &str| {
            let filter = TransactionFilter::of(&id).since(day(first));
            provider.list_transactions(filter, Paging::default()).collect_all()
        };
        since("2026-02-01").await.unwrap();
        accounts().await.unwrap();
        since("2026-02-10").await.unwrap();
        assert_eq!(reads(&sandbox), 1);
        // An earlier first day is not in it.
        since("2026-01-01").await.unwrap();
        assert_eq!(reads(&sandbox), 2);
        // Installments to come, up to a day.
        let filter = TransactionFilter::of(&id).since(day("2026-02-01")).until(day("2027-01-01"));
        provider.list_transactions(filter, Paging::default()).collect_all().await.unwrap();
        assert_eq!(reads(&sandbox), 3);
        clock.advance(Duration::from_secs(61));
        accounts().await.unwrap();
        assert_eq!(reads(&sandbox), 4);
        provider.forget(&id);
        accounts().await.unwrap();
        assert_eq!(reads(&sandbox), 5);
        provider.refresh(&id, RefreshOptions::new()).await.unwrap();
        provider.refresh(&id, RefreshOptions::new()).await.unwrap();
        since("2000-01-01").await.unwrap();
        assert_eq!(reads(&sandbox), 7);
        // Another bank or token is another connection.
        provider.list_accounts(&connection("MOCKWARNING1060"), Paging::default()).collect_all().await.unwrap();
        assert_eq!(reads(&sandbox), 8);
    });
}

#[test]
fn the_day_asked_for_lies_before_today() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = provider(&sandbox);
        let id = connection("MOCKDATA");
        let filter = TransactionFilter::of(&id).since(day("2026-03-02"));
        let today = provider.list_transactions(filter, Paging::default()).collect_all().await.unwrap();
        let late = |it: &Transaction| {
            it.transaction_date.or(it.booking_date).is_none_or(|on| on.date() >= day("2026-03-02").date())
        };
        assert!(today.iter().all(late));
        let sent = &sandbox.requests()[0];
        assert_eq!((sent.refused.as_ref(), sent.body["date_from"].as_str()), (None, Some("2026-02-28")));
        assert_eq!(sent.body.get("product_types"), None);
    });
}

#[test]
fn only_so_many_connections_are_held() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = builder(&sandbox).hold_at_most(1).products(["accounts"]).build().unwrap();
        let (one, two) = (connection("MOCKDATA"), connection("MOCKWARNING1060"));
        for id in [&one, &one, &two, &one] {
            let accounts = provider.list_accounts(id, Paging::default()).collect_all().await.unwrap();
            assert!(accounts.iter().all(|account| account.kind.word.as_deref() != Some("credit")), "only accounts");
        }
        assert_eq!(reads(&sandbox), 3);
    });
}

#[test]
fn lists_asked_for_at_the_same_time_share_one_read() {
    run(async {
        let sandbox = Sandbox::builder().fault("wealthreader read_financial_data latency ms=200".parse().unwrap());
        let sandbox = sandbox.start().await.unwrap();
        let provider = builder(&sandbox).hold_for(Duration::ZERO).build().unwrap();
        let id = connection("MOCKDATA");
        let (accounts, balances, holders) = tokio::join!(
            provider.list_accounts(&id, Paging::default()).collect_all(),
            provider.list_balances(AccountFilter::of(&id), Paging::default()).collect_all(),
            provider.list_holders(&id, Paging::default()).collect_all(),
        );
        assert!(!accounts.unwrap().is_empty() && !balances.unwrap().is_empty() && !holders.unwrap().is_empty());
        assert_eq!(reads(&sandbox), 1);
        provider.list_accounts(&id, Paging::default()).collect_all().await.unwrap();
        assert_eq!(reads(&sandbox), 2, "nothing is held");
    });
}

#[test]
fn a_wrong_password_is_tried_once_however_many_lists_ask() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let clock = clock_of(&sandbox);
        let provider = builder(&sandbox).clock(clock.clone()).build().unwrap();
        let id = connection("MOCKLOGINKO");
        let accounts = || provider.list_accounts(&id, Paging::default()).collect_all();
        let (first, second) = tokio::join!(accounts(), accounts());
        for error in [first.unwrap_err(), second.unwrap_err(), accounts().await.unwrap_err()] {
            assert_eq!((error.kind(), error.advice()), (ErrorKind::LoginFailed, RetryAdvice::AfterUser));
            let (read, held) = (error.operation().is_some(), error.to_string().contains("last read failed"));
            assert!(read != held, "{error}");
        }
        assert_eq!(reads(&sandbox), 1);
        assert_eq!(provider.refresh(&id, RefreshOptions::new()).await.unwrap_err().kind(), ErrorKind::LoginFailed);
        assert_eq!(reads(&sandbox), 2);
        provider.forget(&id);
        accounts().await.unwrap_err();
        assert_eq!(reads(&sandbox), 3);

        // What passes by itself is asked again.
        let busy = connection("MOCK3000");
        for _ in 0..2 {
            let error = provider.list_accounts(&busy, Paging::default()).collect_all().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InstitutionUnavailable);
        }
        assert_eq!(reads(&sandbox), 5);
    });
}

#[test]
fn a_failed_refresh_leaves_what_is_held() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = provider(&sandbox);
        let id = connection("MOCKDATA");
        provider.refresh(&id, RefreshOptions::new()).await.unwrap();
        sandbox.fault("wealthreader read_financial_data status code=503 times=1".parse().unwrap());
        let error = provider.refresh(&id, RefreshOptions::new()).await.unwrap_err();
        assert_eq!((error.kind(), error.advice()), (ErrorKind::ProviderFailed, RetryAdvice::LookFirst));
        assert!(!provider.list_accounts(&id, Paging::default()).collect_all().await.unwrap().is_empty());
        assert_eq!(reads(&sandbox), 2);
    });
}
