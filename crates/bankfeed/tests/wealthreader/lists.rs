//! Every list, against the sandbox.

use std::collections::BTreeSet;

use bankfeed::*;
use bankfeed_sandbox::Sandbox;

use crate::support::*;

async fn sandbox() -> Sandbox {
    Sandbox::builder().transactions(40).people(3).check_answers().start().await.unwrap()
}

#[test]
fn institutions_come_in_one_answer() {
    run(async {
        let sandbox = sandbox().await;
        let provider = provider(&sandbox);
        let banks = provider.institutions().unwrap();
        let all = |filter| banks.list_institutions(filter, Paging::default()).collect_all();
        let tested = all(InstitutionFilter::all()).await.unwrap();
        let everything = all(InstitutionFilter::all().include_test()).await.unwrap();
        assert!(!tested.is_empty() && tested.len() <= everything.len());
        assert!(everything.iter().all(|bank| bank.name.is_some() && bank.countries.is_empty()));
        let of_country = all(InstitutionFilter::all().country("ES")).await.unwrap();
        assert_eq!(of_country, tested, "the provider does not tell countries");
        let shown = banks.show_institution(&everything[0].id).await.unwrap();
        assert_eq!(shown, everything[0]);
        assert_eq!(banks.show_institution(&"nobody".into()).await.unwrap_err().kind(), ErrorKind::NotFound);
        let count = resumes_anywhere(|paging| banks.list_institutions(InstitutionFilter::all(), paging)).await;
        assert_eq!(count, tested.len());
    });
}

#[test]
fn connections_are_tokens_with_their_banks() {
    run(async {
        let sandbox = sandbox().await;
        let provider = provider(&sandbox);
        let connections = provider.connections().unwrap();
        let all = connections.list_connections(ConnectionFilter::all(), Paging::default()).collect_all().await.unwrap();
        assert_eq!(all.len(), 3);
        let first = &all[0];
        let bank = first.institution.clone().unwrap();
        assert_eq!(first.id, WealthReader::connection_id(&bank, sandbox.wealthreader().token));
        assert!(first.created_at.is_some());

        // Its id reads, without any list.
        let accounts = provider.list_accounts(&first.id, Paging::default()).collect_all().await.unwrap();
        assert!(accounts.iter().all(|account| account.connection.as_ref() == Some(&first.id)));
        let shown = connections.show_connection(&first.id).await.unwrap();
        assert!(shown.status.unwrap().is(&ConnectionStatus::Active));

        let filter = ConnectionFilter::all().institution(bank.clone());
        let there = connections.list_connections(filter, Paging::default()).collect_all().await.unwrap();
        assert!(!there.is_empty() && there.iter().all(|connection| connection.institution.as_ref() == Some(&bank)));
        let by_user = connections.list_connections(ConnectionFilter::all().party("somebody"), Paging::default());
        assert_eq!(by_user.collect_all().await.unwrap_err().kind(), ErrorKind::Unsupported);
        resumes_anywhere(|paging| connections.list_connections(ConnectionFilter::all(), paging)).await;
        assert_eq!(connections.refresh_connection(&first.id).await.unwrap_err().kind(), ErrorKind::Unsupported);

        connections.remove_connection(&first.id).await.unwrap();
        let error = provider.list_accounts(&first.id, Paging::default()).collect_all().await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::ConsentMissing, Some("9999")));
        let left =
            connections.list_connections(ConnectionFilter::all(), Paging::default()).collect_all().await.unwrap();
        let gone = left.iter().find(|connection| connection.id == first.id);
        assert!(gone.is_none_or(|gone| gone.status.as_ref().is_some_and(|it| it.is(&ConnectionStatus::Disabled))));
        let stranger = connections.show_connection(&connection("no-such-token")).await.unwrap_err();
        assert_eq!(stranger.kind(), ErrorKind::NotFound);
    });
}

#[test]
fn every_list_of_a_connection_is_made_of_one_read() {
    run(async {
        let sandbox = sandbox().await;
        let provider = provider(&sandbox);
        let id = connection("MOCKDATA");
        let holders = provider.list_holders(&id, Paging::default()).collect_all().await.unwrap();
        let accounts = provider.list_accounts(&id, Paging::default()).collect_all().await.unwrap();
        let balances = provider.list_balances(AccountFilter::of(&id), Paging::default()).collect_all().await.unwrap();
        let list = provider.list_transactions(TransactionFilter::of(&id), Paging::default());
        let transactions = list.collect_all().await.unwrap();
        let holdings = provider.list_holdings(AccountFilter::of(&id), Paging::default()).collect_all().await.unwrap();
        assert_eq!(reads(&sandbox), 1);

        let kinds: BTreeSet<_> = accounts.iter().filter_map(|account| account.kind.value).collect();
        for kind in [
            AccountKind::Current,
            AccountKind::CreditCard,
            AccountKind::Loan,
            AccountKind::Deposit,
            AccountKind::Investment,
            AccountKind::Lease,
            AccountKind::Insurance,
        ] {
            assert!(kinds.contains(&kind), "{kind:?} is missing in {kinds:?}");
        }
        let ids: BTreeSet<&AccountId> = accounts.iter().map(|account| &account.id).collect();
        assert_eq!(ids.len(), accounts.len());
        assert!(balances.iter().all(|balance| ids.contains(&balance.account)));
        assert!(holdings.iter().all(|holding| ids.contains(&holding.account) && holding.source.is_some()));
        assert!(transactions.iter().all(|transaction| ids.contains(transaction.account.as_ref().unwrap())));
        // What is owed is below zero, and what is not is not.
        for balance in balances.iter().filter(|balance| balance.kind.is(&BalanceKind::Booked)) {
            let account = accounts.iter().find(|account| account.id == balance.account).unwrap();
            let amount = balance.amount.decimal();
            if account.kind.value.is_some_and(AccountKind::is_liability) {
                assert!(amount <= Decimal::ZERO, "{:?}", account.kind);
            }
        }
        // Each is known by its key, within its account.
        let keys: BTreeSet<_> = transactions.iter().map(|it| (it.account.clone(), it.key.clone())).collect();
        assert_eq!(keys.len(), transactions.len());
        assert!(holders[0].names[0].len() > 3 && holders[0].birth_date.is_some());
        let documents: BTreeSet<_> = holders.iter().map(|party| party.id.clone()).collect();
        assert_eq!(documents.len(), holders.len(), "nobody twice");
    });
}

#[test]
fn filters_are_applied_to_what_is_held() {
    run(async {
        let sandbox = sandbox().await;
        let provider = provider(&sandbox);
        let id = connection("MOCKDATA");
        let accounts = provider.list_accounts(&id, Paging::default()).collect_all().await.unwrap();
        let current = accounts.iter().find(|account| account.kind.is(&AccountKind::Current)).unwrap();
        let of = |filter: TransactionFilter| provider.list_transactions(filter, Paging::default()).collect_all();
        let all = of(TransactionFilter::of(&id)).await.unwrap();
        let here = of(TransactionFilter::of(&id).account(&current.id)).await.unwrap();
        assert!(!here.is_empty() && here.len() < all.len());
        assert!(here.iter().all(|transaction| transaction.account.as_ref() == Some(&current.id)));
        let middle = here[here.len() / 2].transaction_date.unwrap().date();
        let day = Date::from(middle);
        let one = of(TransactionFilter::of(&id).account(&current.id).since(day).until(day)).await.unwrap();
        assert!(
            !one.is_empty() && one.iter().all(|it| it.transaction_date.or(it.booking_date).unwrap().date() == middle)
        );
        let future = of(TransactionFilter::of(&id).status(TransactionStatus::Future)).await.unwrap();
        assert!(!future.is_empty() && future.len() < all.len());
        let balances = provider.list_balances(AccountFilter::of(&id).account(&current.id), Paging::default());
        assert!(balances.collect_all().await.unwrap().iter().all(|balance| balance.account == current.id));
        let fund = accounts.iter().find(|account| account.kind.is(&AccountKind::Investment)).unwrap();
        let holdings = provider.list_holdings(AccountFilter::of(&id).account(&fund.id), Paging::default());
        assert!(!holdings.collect_all().await.unwrap().is_empty());
        assert_eq!(reads(&sandbox), 1);
    });
}

#[test]
fn lists_are_left_and_resumed_after_every_record() {
    run(async {
        let sandbox = Sandbox::builder().transactions(8).start().await.unwrap();
        let provider = provider(&sandbox);
        let id = connection("MOCKDATA");
        assert!(resumes_anywhere(|paging| provider.list_accounts(&id, paging)).await > 5);
        assert!(resumes_anywhere(|paging| provider.list_holders(&id, paging)).await > 0);
        assert!(resumes_anywhere(|paging| provider.list_balances(AccountFilter::of(&id), paging)).await > 5);
        assert!(resumes_anywhere(|paging| provider.list_holdings(AccountFilter::of(&id), paging)).await > 1);
        let soon: Date = "2026-01-01".parse().unwrap();
        let then: Date = "2026-03-10".parse().unwrap();
        let few = TransactionFilter::of(&id).since(soon).until(then);
        let count = resumes_anywhere(|paging| provider.list_transactions(few.clone(), paging));
        assert!(count.await > 3);
        // All from one answer, and from a second one that reaches further back.
        assert_eq!(reads(&sandbox), 2);

        let mut list = provider.list_transactions(TransactionFilter::of(&id), Paging::default());
        list.next().await.unwrap().unwrap();
        let token = list.resume_token();
        let other = provider.list_transactions(TransactionFilter::of(&id).since(soon), Paging::default().resume(token));
        assert_eq!(other.collect_all().await.unwrap_err().kind(), ErrorKind::ResumeRefused);
    });
}

#[test]
fn payments_by_card_are_a_list_of_the_key() {
    run(async {
        let sandbox = Sandbox::builder().transactions(400).check_answers().start().await.unwrap();
        let provider = provider(&sandbox);
        let since: Date = "2026-02-20".parse().unwrap();
        let open = |paging: Paging| provider.list_card_payments(Some(since), None, paging.page_size(3));
        let payments = open(Paging::default()).collect_all().await.unwrap();
        assert!(payments.len() > 6, "{}", payments.len());
        assert!(payments.iter().all(|it| it.direction == Some(Direction::Debit) && it.account.is_none()));
        assert!(payments.iter().all(|it| it.status.is(&TransactionStatus::Information) && it.currency.is_none()));
        resumes_anywhere(open).await;
        assert_eq!(reads(&sandbox), 0);
    });
}

#[test]
fn what_it_can_do_is_what_it_says() {
    run(async {
        let sandbox = sandbox().await;
        let can = provider(&sandbox).capabilities();
        for capability in Capability::ALL {
            let missing = [
                Capability::RefreshConnection,
                Capability::ListConsents,
                Capability::ShowConsent,
                Capability::RevokeConsent,
            ];
            assert_eq!(can.has(*capability), !missing.contains(capability), "{capability}");
        }
        let bare = WealthReader::builder("a1b2c3d4").build().unwrap();
        assert!(!bare.capabilities().has(Capability::VerifyWebhooks) && bare.consents().is_none());
        for wrong in [
            WealthReader::builder("").build(),
            WealthReader::builder("k").base_url("nowhere").build(),
            WealthReader::builder("k").redirect_url("http://example.com").build(),
            WealthReader::builder("k").cards_webhook_secret("").build(),
            WealthReader::builder("k").products(["accounts,cards"]).build(),
        ] {
            assert_eq!(wrong.unwrap_err().kind(), ErrorKind::Configuration);
        }
    });
}
