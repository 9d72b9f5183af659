//! Lists go on wherever they were left.

use std::fmt::Debug;

use bankfeed::{
    AccountFilter, Accounts, Balances, ConnectionFilter, Connections, Consents, ErrorKind, Holders, Holdings,
    InstitutionFilter, Institutions, Paging, Records, ResumeToken, TransactionFilter, Transactions,
};
use bankfeed_testing::run;

use crate::{BANK, Scene};

/// Leaves a list after every record, and expects the others and no other once it is taken up again.
async fn goes_on_anywhere<T: PartialEq + Debug>(open: impl Fn(Paging) -> Records<T>) -> usize {
    let paging = || Paging::default().page_size(3);
    let all = open(paging()).collect_all().await.unwrap();
    for left in 0..=all.len() {
        let mut list = open(paging());
        for expected in &all[..left] {
            assert_eq!(&list.next().await.unwrap().unwrap(), expected);
        }
        let token: ResumeToken = list.resume_token().to_string().parse().unwrap();
        let rest = open(paging().resume(token)).collect_all().await.unwrap();
        assert_eq!(rest, all[left..], "left after {left}");
    }
    all.len()
}

#[test]
fn every_list_goes_on_where_it_was_left() {
    run(async {
        let scene = Scene::with(|sandbox| sandbox.transactions(8).days(20).recorded(100_000), |belvo| belvo);
        let link = scene.link(BANK).await;
        let belvo = &scene.belvo;
        let filter = || AccountFilter::of(&link);
        let accounts = goes_on_anywhere(|paging| belvo.list_accounts(&link, paging)).await;
        let balances = goes_on_anywhere(|paging| belvo.list_balances(filter(), paging)).await;
        assert!(accounts > 8 && balances > accounts, "{accounts} {balances}");
        assert_eq!(goes_on_anywhere(|paging| belvo.list_holdings(filter(), paging)).await, 4);
        let day = "2026-02-20".parse::<bankfeed::Date>().unwrap();
        let moved = || TransactionFilter::of(&link).since(day);
        let all = goes_on_anywhere(|paging| belvo.list_transactions(moved(), paging)).await;
        assert!(all > 6, "{all}");
        assert!(goes_on_anywhere(|paging| belvo.list_holders(&link, paging)).await > 0);
        assert!(goes_on_anywhere(|paging| belvo.list_consents(&link, paging)).await > 0);
        assert_eq!(goes_on_anywhere(|paging| belvo.list_connections(ConnectionFilter::all(), paging)).await, 12);
        assert_eq!(goes_on_anywhere(|paging| belvo.list_institutions(InstitutionFilter::all(), paging)).await, 4);
    });
}

#[test]
fn a_token_is_good_for_its_own_list_alone() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        let mut list = scene.belvo.list_accounts(&link, Paging::default());
        list.next().await.unwrap().unwrap();
        let token = list.resume_token();
        let refused = |error: bankfeed::Error| assert_eq!(error.kind(), ErrorKind::ResumeRefused, "{error}");
        let resumed = || Paging::default().resume(token.clone());
        refused(scene.belvo.list_accounts(&"another".into(), resumed()).collect_all().await.unwrap_err());
        refused(scene.belvo.list_balances(AccountFilter::of(&link), resumed()).collect_all().await.unwrap_err());
        refused(scene.belvo.list_accounts(&link, resumed().page_size(7)).collect_all().await.unwrap_err());
        let broken = token.to_string().replace("\"operation\"", "\"operations\"");
        assert_ne!(broken, token.to_string());
        let broken = Paging::default().resume(broken.parse().unwrap());
        refused(scene.belvo.list_accounts(&link, broken).collect_all().await.unwrap_err());
    });
}

#[test]
fn pages_are_of_the_size_that_was_asked_for_within_the_limits() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        for (asked, sent) in [(None, None), (Some(0), Some("1")), (Some(7), Some("7")), (Some(5000), Some("1000"))] {
            let mut paging = Paging::default().without_prefetch();
            paging.page_size = asked;
            scene.sandbox.forget_requests();
            scene.belvo.list_accounts(&link, paging).next().await.unwrap().unwrap();
            let requests = scene.sandbox.requests();
            let size = requests[0].query.iter().find(|(name, _)| name == "page_size").map(|(_, value)| value.as_str());
            assert_eq!(size, sent);
        }
    });
}
