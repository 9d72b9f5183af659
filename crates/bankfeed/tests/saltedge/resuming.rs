//! Lists that are left after any record and taken up again give the rest, each record once.

use bankfeed::{
    AccountFilter, Accounts as _, Balances as _, ConnectionFilter, Connections as _, Consents as _, ErrorKind,
    Holders as _, Holdings as _, InstitutionFilter, Institutions as _, Paging, Records, ResumeToken, TransactionFilter,
    Transactions as _,
};
use bankfeed_sandbox::Sandbox;
use serde::Serialize;

use super::{connections, run, start};

/// Leaves a list after each number of records, stores where it was left as text, and takes it up there.
async fn everywhere<T: Serialize>(name: &str, list: impl Fn(Paging) -> Records<T>) -> usize {
    let json = |record: &T| serde_json::to_string(record).unwrap();
    let all: Vec<String> = list(Paging::default()).collect_all().await.unwrap().iter().map(json).collect();
    for taken in 0..=all.len() {
        for size in [1, 3] {
            let mut first = list(Paging::default().page_size(size));
            for expected in &all[..taken] {
                assert_eq!(&json(&first.next().await.unwrap().unwrap()), expected, "{name}");
            }
            let token: ResumeToken = first.resume_token().to_string().parse().unwrap();
            let rest = list(Paging::default().page_size(size).resume(token)).collect_all().await.unwrap();
            let rest: Vec<String> = rest.iter().map(json).collect();
            assert_eq!(rest, all[taken..], "{name}: {taken} taken, {size} a page");
        }
    }
    all.len()
}

#[test]
fn every_list_goes_on_where_it_was_left() {
    run(async {
        let (_sandbox, saltedge) = start(Sandbox::builder().people(2).transactions(60)).await;
        let connection = connections(&saltedge).await.remove(0).id;
        let of = || AccountFilter::of(&connection);
        let all = everywhere("connections", |paging| saltedge.list_connections(ConnectionFilter::all(), paging)).await;
        assert!(all > 3);
        let simple = InstitutionFilter::all().country("GB").include_test();
        everywhere("institutions", |paging| saltedge.list_institutions(simple.clone(), paging)).await;
        everywhere("consents", |paging| saltedge.list_consents(&connection, paging)).await;
        everywhere("holders", |paging| saltedge.list_holders(&connection, paging)).await;
        assert_eq!(everywhere("accounts", |paging| saltedge.list_accounts(&connection, paging)).await, 11);
        assert!(everywhere("balances", |paging| saltedge.list_balances(of(), paging)).await > 11, "several an account");
        assert_eq!(everywhere("holdings", |paging| saltedge.list_holdings(of(), paging)).await, 2);
        // Few, but booked and pending ones.
        let account = saltedge.list_accounts(&connection, Paging::default()).next().await.unwrap().unwrap().id;
        let filter = || TransactionFilter::of(&connection).account(&account);
        let all = saltedge.list_transactions(filter(), Paging::default()).collect_all().await.unwrap();
        let day = bankfeed::Date::from(all[all.len().saturating_sub(8)].transaction_date.unwrap().date());
        let since = || filter().since(day);
        assert!(everywhere("transactions", |paging| saltedge.list_transactions(since(), paging)).await >= 2);
    });
}

#[test]
fn a_token_is_refused_by_any_other_list() {
    run(async {
        let (_sandbox, saltedge) = start(Sandbox::builder()).await;
        let both = connections(&saltedge).await;
        let token = saltedge.list_accounts(&both[0].id, Paging::default()).resume_token();
        let kind = |error: Option<Result<bankfeed::Account, bankfeed::Error>>| error.unwrap().unwrap_err().kind();
        let refused = [
            saltedge.list_accounts(&both[1].id, Paging::default().resume(token.clone())).next().await,
            saltedge.list_accounts(&both[0].id, Paging::default().page_size(7).resume(token.clone())).next().await,
        ];
        for refused in refused {
            assert_eq!(kind(refused), ErrorKind::ResumeRefused);
        }
        let text = token.to_string().replace("\"page\":null", "\"page\":{\"v\":\"nonsense\"}");
        assert_ne!(text, token.to_string());
        let nonsense = Paging::default().resume(text.parse().unwrap());
        assert_eq!(kind(saltedge.list_accounts(&both[0].id, nonsense).next().await), ErrorKind::ResumeRefused);
    });
}

/// The list stands at a customer's id, not at a number of customers.
#[test]
fn a_list_of_all_connections_survives_a_customer_that_goes() {
    run(async {
        let (_sandbox, saltedge) = start(Sandbox::builder()).await;
        let all = connections(&saltedge).await;
        let first = all[0].party.clone();
        let of_first = all.iter().filter(|connection| connection.party == first).count();
        let mut list = saltedge.list_connections(ConnectionFilter::all(), Paging::default());
        for _ in 0..=of_first {
            list.next().await.unwrap().unwrap();
        }
        let token = list.resume_token();
        saltedge.client().remove_customer(first.unwrap().as_str()).send().await.unwrap();
        let rest = saltedge.list_connections(ConnectionFilter::all(), Paging::default().resume(token));
        let rest: Vec<_> = rest.collect_all().await.unwrap().into_iter().map(|connection| connection.id).collect();
        let expected: Vec<_> = all[of_first + 1..].iter().map(|connection| connection.id.clone()).collect();
        assert_eq!(rest, expected);
    });
}
