//! Every kind of list and record, as the sandbox has them.

use std::collections::{BTreeMap, BTreeSet};

use bankfeed::native::saltedge::types;
use bankfeed::{
    AccountFilter, AccountKind, Accounts as _, BalanceKind, Balances as _, Capability, ConnectionFilter,
    Connections as _, ConsentStatus, Consents as _, Currency, Decimal, Holders as _, Holdings as _, InstitutionFilter,
    InstitutionStatus, Institutions as _, Paging, Provider as _, ProviderId, TransactionFilter, TransactionStatus,
    Transactions as _,
};
use bankfeed_sandbox::Sandbox;

use super::{connections, operations, run, start};

#[test]
fn institutions_are_listed_and_shown() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder()).await;
        let all = saltedge.list_institutions(InstitutionFilter::all().include_test(), Paging::default().page_size(10));
        let all = all.collect_all().await.unwrap();
        assert!(all.len() > 20);
        assert!(sandbox.requests().len() > 2, "ten at a time");
        let shown = saltedge.show_institution(&all[0].id).await.unwrap();
        assert_eq!(shown.name, all[0].name);
        assert_eq!(shown.source.unwrap().schema(), "Provider");
        assert_eq!(all[0].status.as_ref().unwrap().value, Some(InstitutionStatus::Available));
        let german = saltedge.list_institutions(InstitutionFilter::all().country("de"), Paging::default());
        let german = german.collect_all().await.unwrap();
        assert!(!german.is_empty() && german.iter().all(|bank| bank.countries == ["DE"]));
        let queries: Vec<_> = sandbox.requests().pop().unwrap().query;
        assert_eq!(queries, [("country_code".to_owned(), "DE".to_owned())], "test ones only when asked for");
    });
}

#[test]
fn connections_are_listed_for_one_customer_or_all() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder()).await;
        let all = connections(&saltedge).await;
        let parties: BTreeSet<_> = all.iter().map(|connection| connection.party.clone().unwrap()).collect();
        assert!(parties.len() > 1 && all.len() > parties.len());
        assert_eq!(operations(&sandbox).len(), 1 + parties.len(), "the customers, and the connections of each");

        let party = parties.into_iter().next().unwrap();
        let filter = ConnectionFilter::all().party(&party);
        let his = saltedge.list_connections(filter.clone(), Paging::default()).collect_all().await.unwrap();
        assert!(his.iter().all(|connection| connection.party.as_ref() == Some(&party)));
        let bank = his[0].institution.clone().unwrap();
        let there =
            saltedge.list_connections(filter.institution(&bank), Paging::default()).collect_all().await.unwrap();
        assert!(there.iter().all(|connection| connection.institution.as_ref() == Some(&bank)));
        assert!(!there.is_empty() && there.len() < his.len());

        let shown = saltedge.show_connection(&his[0].id).await.unwrap();
        assert_eq!(shown.id, his[0].id);
        assert!(shown.consent.is_some() && shown.next_refresh_at.is_some());
    });
}

#[test]
fn consents_are_listed_shown_and_withdrawn() {
    run(async {
        let (_sandbox, saltedge) = start(Sandbox::builder()).await;
        let connection = connections(&saltedge).await.remove(0);
        let consents = saltedge.list_consents(&connection.id, Paging::default()).collect_all().await.unwrap();
        let consent = consents.iter().find(|consent| Some(&consent.id) == connection.consent.as_ref()).unwrap();
        assert_eq!(&saltedge.show_consent(&connection.id, &consent.id).await.unwrap().scopes, &consent.scopes);
        let revoked = saltedge.revoke_consent(&connection.id, &consent.id).await.unwrap();
        assert!(revoked.status.unwrap().is(&ConsentStatus::Revoked));
        assert!(revoked.revoked_at.is_some());
    });
}

#[test]
fn a_holder_is_told_without_the_customers_id() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder()).await;
        let connection = connections(&saltedge).await.remove(0);
        operations(&sandbox);
        let holders = saltedge.list_holders(&connection.id, Paging::default()).collect_all().await.unwrap();
        assert_eq!(operations(&sandbox), ["show_connection"]);
        let [holder] = &holders[..] else { panic!("one holder expected") };
        assert!(holder.id.is_none() && !holder.names.is_empty() && !holder.emails.is_empty());
        assert_eq!(holder.connection.as_ref(), Some(&connection.id));
        let record: types::HolderInfo = holder.source.as_ref().unwrap().decode().unwrap();
        assert_eq!(record.names.unwrap()[0], *holder.names[0]);
    });
}

#[test]
fn accounts_of_all_kinds_come_with_balances_and_holdings() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder()).await;
        let connection = connections(&saltedge).await.remove(0);
        operations(&sandbox);
        let accounts = saltedge.list_accounts(&connection.id, Paging::default()).collect_all().await.unwrap();
        assert_eq!(operations(&sandbox), ["show_connection", "list_accounts"]);
        assert_eq!(accounts.len(), 11);
        let keys: BTreeSet<_> = accounts.iter().map(|account| account.key.clone()).collect();
        assert_eq!(keys.len(), 11, "each has a key of its own");
        assert!(accounts.iter().all(|account| account.source.as_ref().unwrap().schema() == "Account"));
        let of = |kind| accounts.iter().find(|account| account.kind.is(&kind)).unwrap();
        assert!(of(AccountKind::CreditCard).details.card_expiry.is_some());
        let loan = &of(AccountKind::Loan).details;
        assert!(loan.card_expiry.is_none() && loan.matures_on.is_some() && loan.next_payment_amount.is_some());

        let balances = saltedge.list_balances(AccountFilter::of(&connection.id), Paging::default());
        let balances = balances.collect_all().await.unwrap();
        assert_eq!(operations(&sandbox), ["list_accounts"]);
        for account in &accounts {
            let own = balances.iter().filter(|balance| balance.account == account.id);
            let booked: Vec<_> = own.filter(|balance| balance.kind.is(&BalanceKind::Booked)).collect();
            assert_eq!(booked.len(), 1);
            assert!(booked[0].as_of.is_some());
            let owed = booked[0].amount.decimal().is_sign_negative();
            if account.kind.value.is_some_and(AccountKind::is_liability) {
                assert!(owed, "{:?}", account.kind);
            }
        }

        let invested = of(AccountKind::Investment);
        let filter = AccountFilter::of(&connection.id);
        let holdings = saltedge.list_holdings(filter.clone(), Paging::default()).collect_all().await.unwrap();
        assert!(holdings.len() == 2 && holdings.iter().all(|holding| holding.account == invested.id));
        let value: Decimal = holdings.iter().filter_map(|holding| Some(holding.value?.decimal())).sum();
        let balance = balances.iter().find(|balance| balance.account == invested.id).unwrap();
        assert_eq!(value, balance.amount.decimal());
        let elsewhere = filter.account(&of(AccountKind::Loan).id);
        assert!(saltedge.list_holdings(elsewhere.clone(), Paging::default()).collect_all().await.unwrap().is_empty());
        let one = saltedge.list_balances(elsewhere, Paging::default()).collect_all().await.unwrap();
        assert!(!one.is_empty() && one.iter().all(|balance| balance.account == of(AccountKind::Loan).id));
    });
}

#[test]
fn transactions_come_booked_then_pending_and_by_every_filter() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder()).await;
        let connection = connections(&saltedge).await.remove(0);
        let list = |filter| saltedge.list_transactions(filter, Paging::default()).collect_all();
        let filter = || TransactionFilter::of(&connection.id);
        let all = list(filter()).await.unwrap();
        let first_pending = all.iter().position(|one| one.status.is(&TransactionStatus::Pending)).unwrap();
        assert!(first_pending > 0);
        assert!(all[..first_pending].iter().all(|one| one.status.is(&TransactionStatus::Booked)));
        assert!(all[first_pending..].iter().all(|one| one.status.is(&TransactionStatus::Pending)));
        assert!(all.iter().all(|one| one.currency == Some("EUR".parse::<Currency>().unwrap())));

        operations(&sandbox);
        let pending = list(filter().status(TransactionStatus::Pending)).await.unwrap();
        assert_eq!(pending.len(), all.len() - first_pending);
        assert_eq!(operations(&sandbox).len(), 1);
        assert!(list(filter().status(TransactionStatus::Future)).await.unwrap().is_empty());
        assert_eq!(operations(&sandbox).len(), 0, "there are no such");

        let account = all[0].account.clone().unwrap();
        let of_one = list(filter().account(&account)).await.unwrap();
        let expected = all.iter().filter(|one| one.account.as_ref() == Some(&account)).count();
        assert_eq!(of_one.len(), expected);

        let day = all[first_pending / 2].transaction_date.unwrap();
        let day = bankfeed::Date::from(day.date());
        let on_it = list(filter().since(day).until(day)).await.unwrap();
        let expected = all.iter().filter(|one| one.transaction_date.unwrap().date() == day.date()).count();
        assert!(expected > 0);
        assert_eq!(on_it.len(), expected);
    });
}

/// In the sandbox's world what Salt Edge calls a snapshot is the balance after the transaction: amounts have to add up to it.
#[test]
fn amounts_directions_and_balances_agree() {
    run(async {
        let (_sandbox, saltedge) = start(Sandbox::builder().transactions(3_000)).await;
        let connection = connections(&saltedge).await.remove(0);
        let filter = TransactionFilter::of(&connection.id).status(TransactionStatus::Booked);
        let all = saltedge.list_transactions(filter, Paging::default()).collect_all().await.unwrap();
        let mut running: BTreeMap<String, Decimal> = BTreeMap::new();
        let mut checked = 0;
        for transaction in &all {
            let record: types::Transaction = transaction.source.as_ref().unwrap().decode().unwrap();
            let signed = transaction.signed_amount().unwrap();
            assert_eq!(signed, record.amount.decimal());
            assert!(!transaction.amount.decimal().is_sign_negative());
            let extra = record.extra.unwrap();
            let after = extra.account_balance_snapshot.unwrap().decimal();
            let account = transaction.account.clone().unwrap();
            if let Some(before) = running.insert(account.as_str().to_owned(), after)
                && extra.possible_duplicate != Some(true)
            {
                assert_eq!(before + signed, after);
                checked += 1;
            }
        }
        assert!(checked > 100, "{checked}");
        let balances = saltedge.list_balances(AccountFilter::of(&connection.id), Paging::default());
        for balance in balances.collect_all().await.unwrap() {
            let last = running.get(balance.account.as_str()).filter(|_| balance.kind.is(&BalanceKind::Booked));
            assert!(last.is_none_or(|last| *last == balance.amount.decimal()), "{balance:?}");
        }
    });
}

#[test]
fn all_it_can_do_is_what_it_says() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder()).await;
        assert_eq!(saltedge.id(), ProviderId::SALTEDGE);
        let missing = |saltedge: &bankfeed::SaltEdge| -> Vec<Capability> {
            let can = saltedge.capabilities();
            Capability::ALL.iter().copied().filter(|capability| !can.has(*capability)).collect()
        };
        assert_eq!(missing(&saltedge), [Capability::VerifyWebhooks], "no key for callbacks is set up");
        let with_key = super::setup(&sandbox)
            .callback_key_pem(sandbox.saltedge().callback_key)
            .success_callback("https://app.example.com/success")
            .build()
            .unwrap();
        assert_eq!(missing(&with_key), []);
        let provider: &dyn bankfeed::Provider = &with_key;
        assert!(provider.institutions().is_some() && provider.connections().is_some() && provider.consents().is_some());
        assert!(provider.holders().is_some() && provider.accounts().is_some() && provider.balances().is_some());
        assert!(provider.transactions().is_some() && provider.holdings().is_some() && provider.webhooks().is_some());
    });
}
