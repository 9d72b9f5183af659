//! Everything of a link at once.

use bankfeed::{
    AccountFilter, Accounts, Balances, Consents, ErrorKind, Holders, Holdings, Paging, Part, Provider, RefreshOptions,
    TransactionFilter, Transactions,
};
use bankfeed_testing::run;

use crate::{BANK, Scene};

#[test]
fn a_refresh_asks_for_each_list_once_and_has_what_the_lists_have() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        let snapshot = scene.belvo.refresh(&link, RefreshOptions::new()).await.unwrap();
        let each = [
            "list_accounts",
            "list_consents",
            "list_investment_transactions",
            "list_investments",
            "list_owners",
            "list_transactions",
            "show_link",
        ];
        assert_eq!(scene.asked(), each);
        assert_eq!(snapshot.errors().count(), 0);
        assert_eq!(snapshot.details.as_ref().unwrap().id, link);
        let (belvo, paging) = (&scene.belvo, Paging::default);
        let filter = || AccountFilter::of(&link);
        assert_eq!(snapshot.accounts.records(), belvo.list_accounts(&link, paging()).collect_all().await.unwrap());
        assert_eq!(snapshot.balances.records(), belvo.list_balances(filter(), paging()).collect_all().await.unwrap());
        assert_eq!(snapshot.holdings.records(), belvo.list_holdings(filter(), paging()).collect_all().await.unwrap());
        assert_eq!(snapshot.holders.records(), belvo.list_holders(&link, paging()).collect_all().await.unwrap());
        assert_eq!(snapshot.consents.records(), belvo.list_consents(&link, paging()).collect_all().await.unwrap());
        let moved = belvo.list_transactions(TransactionFilter::of(&link), paging()).collect_all().await.unwrap();
        assert_eq!(snapshot.transactions.records(), moved);
        let parts = 1
            + snapshot.holders.records().len()
            + snapshot.consents.records().len()
            + snapshot.accounts.records().len();
        let consents_of_other_links = 1;
        assert_eq!(snapshot.losses.records, u64::try_from(parts + moved.len() + consents_of_other_links).unwrap());
        assert!(snapshot.losses.rejected.is_empty() && !snapshot.losses.unmapped.is_empty());
        assert!(snapshot.losses.undeclared.is_empty(), "{:?}", snapshot.losses.undeclared);
    });
}

#[test]
fn days_limit_transactions_alone() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        let since = "2026-02-15".parse::<bankfeed::Date>().unwrap();
        let some = scene.belvo.refresh(&link, RefreshOptions::new().since(since)).await.unwrap();
        let all = scene.belvo.refresh(&link, RefreshOptions::new()).await.unwrap();
        assert!(some.transactions.records().len() < all.transactions.records().len());
        assert_eq!(some.accounts.records(), all.accounts.records());
    });
}

#[test]
fn a_part_that_fails_leaves_the_others() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        scene.sandbox.fault("belvo list_investments status code=403".parse().unwrap());
        scene.sandbox.fault("belvo list_owners status code=401".parse().unwrap());
        let snapshot = scene.belvo.refresh(&link, RefreshOptions::new()).await.unwrap();
        let kind = |error: Option<&bankfeed::Error>| error.map(bankfeed::Error::kind);
        assert_eq!(kind(snapshot.accounts.error()), Some(ErrorKind::Forbidden));
        assert!(!snapshot.accounts.records().is_empty(), "those that are no investments came");
        assert_eq!(kind(snapshot.balances.error()), Some(ErrorKind::Forbidden));
        assert_eq!(kind(snapshot.holdings.error()), Some(ErrorKind::Forbidden));
        assert_eq!(kind(snapshot.holders.error()), Some(ErrorKind::Unauthorized));
        assert_eq!(kind(snapshot.consents.error()), Some(ErrorKind::Unauthorized), "nobody knows whose");
        assert!(snapshot.transactions.is_complete());
        assert_eq!(snapshot.errors().count(), 5);
    });
}

#[test]
fn a_link_that_is_not_there_is_an_error_and_not_empty() {
    run(async {
        let scene = Scene::new();
        let gone = "00000000-0000-4000-8000-000000000000".into();
        let error = scene.belvo.refresh(&gone, RefreshOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        scene.sandbox.fault("belvo * status code=401".parse().unwrap());
        let link = "00000000-0000-4000-8000-000000000001".into();
        let error = scene.belvo.refresh(&link, RefreshOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unauthorized);
    });
}

#[test]
fn a_bad_record_is_missing_in_every_part_that_it_would_have_told() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        scene.sandbox.fault("belvo list_accounts nulls at=/results/0/id".parse().unwrap());
        let snapshot = scene.belvo.refresh(&link, RefreshOptions::new()).await.unwrap();
        let rejected = |part: usize| assert_eq!(part, 1);
        rejected(snapshot.accounts.rejected().len());
        rejected(snapshot.balances.rejected().len());
        assert!(matches!(snapshot.accounts, Part::Read { .. }));
        assert!(snapshot.accounts.rejected()[0].is_bad_record() && snapshot.balances.rejected()[0].is_bad_record());
        assert_eq!(snapshot.losses.rejected.values().sum::<u64>(), 1);
    });
}

#[test]
fn without_investments_a_refresh_has_no_holdings() {
    run(async {
        let scene = Scene::with(|sandbox| sandbox, |belvo| belvo.without_investments());
        let link = scene.link(BANK).await;
        let snapshot = scene.belvo.refresh(&link, RefreshOptions::new()).await.unwrap();
        assert!(matches!(snapshot.holdings, Part::NotOffered));
        assert!(snapshot.accounts.is_complete() && snapshot.transactions.is_complete());
        assert_eq!(scene.asked().len(), 5);
    });
}
