//! Every method of every trait, against the sandbox.

use std::time::Duration;

use bankfeed::{
    AccountFilter, AccountKind, Accounts, BalanceKind, Balances, Capability, ConnectionFilter, ConnectionStatus,
    Connections, ConsentStatus, Consents, Direction, ErrorKind, Holders, Holdings, InstitutionFilter,
    InstitutionStatus, Institutions, Paging, Provider, ProviderId, SessionRequest, TransactionFilter,
    TransactionStatus, Transactions,
};
use bankfeed_testing::run;

use crate::{BANK, Scene};

#[test]
fn institutions_are_banks_and_go_by_name() {
    run(async {
        let scene = Scene::new();
        let all =
            scene.belvo.list_institutions(InstitutionFilter::all(), Paging::default()).collect_all().await.unwrap();
        assert_eq!(all.len(), 4, "tax and employment authorities hold no accounts");
        assert!(all.iter().all(|bank| bank.status.as_ref().unwrap().is(&InstitutionStatus::Available)
            == (bank.id.as_str() != "fechado_br_retail")
            || bank.countries == ["BR"]));
        let none = InstitutionFilter::all().country("MX");
        assert!(scene.belvo.list_institutions(none, Paging::default()).collect_all().await.unwrap().is_empty());

        let shown = scene.belvo.show_institution(&BANK.into()).await.unwrap();
        assert_eq!(Some(&shown), all.iter().find(|bank| bank.id.as_str() == BANK));
        assert_eq!(shown.source.unwrap().json().to_value()["name"], BANK);
        let error = scene.belvo.show_institution(&"nowhere".into()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    });
}

#[test]
fn links_are_listed_shown_refreshed_and_removed() {
    run(async {
        let scene = Scene::new();
        let all = scene.belvo.list_connections(ConnectionFilter::all(), Paging::default()).collect_all().await.unwrap();
        assert_eq!(all.len(), 12, "six for each of two people");
        let party = all[0].party.clone().unwrap();
        let of_one = ConnectionFilter::all().party(&party).institution(BANK);
        let of_one = scene.belvo.list_connections(of_one, Paging::default()).collect_all().await.unwrap();
        assert_eq!(of_one, all[..1]);
        assert!(all[0].status.as_ref().unwrap().is(&ConnectionStatus::Active));

        let id = &all[0].id;
        assert_eq!(scene.belvo.show_connection(id).await.unwrap(), all[0]);
        assert_eq!(&scene.belvo.refresh_connection(id).await.unwrap().id, id);
        let error = scene.belvo.refresh_connection(id).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::TooSoon, Some("link_refreshed")));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(600)));
        scene.sandbox.advance(Duration::from_secs(601));
        scene.belvo.refresh_connection(id).await.unwrap();

        scene.belvo.remove_connection(id).await.unwrap();
        assert_eq!(scene.belvo.show_connection(id).await.unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(scene.belvo.remove_connection(id).await.unwrap_err().kind(), ErrorKind::NotFound);
    });
}

#[test]
fn a_session_is_a_token_of_the_widget() {
    run(async {
        let clock = bankfeed_runtime::ManualClock::new("2026-03-02T09:00:00Z".parse().unwrap());
        let scene =
            Scene::with(|sandbox| sandbox, |belvo| belvo.consent_purpose("One view").consent_days(92).clock(clock));
        let request = || SessionRequest::new().return_to("acme://back");
        let error = scene.belvo.start_session(request()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "a bank in Brazil wants to know who consents");
        assert!(scene.sandbox.requests().is_empty());

        let user = scene.belvo.on_behalf_of("76109277673", "Ralph Bragg").and_for_company("01773247000103", "Wayne");
        let session = user.start_session(request()).await.unwrap();
        assert!(!session.widget_token.unwrap().expose().is_empty());
        assert_eq!(session.expires_at.unwrap().to_string(), "2026-03-02T09:10:00Z");
        let asked = &scene.sandbox.requests()[0];
        assert_eq!((asked.status, asked.refused.as_deref()), (200, None));
        let resources = ["OWNERS", "ACCOUNTS", "TRANSACTIONS", "INVESTMENTS", "INVESTMENT_TRANSACTIONS"];
        assert_eq!(asked.body["fetch_resources"], serde_json::json!(resources));
        assert_eq!(asked.body["widget"]["callback_urls"]["exit"], "acme://back");
        let who = asked.body["widget"]["consent"]["identification_info"].as_array().unwrap();
        assert_eq!(who.iter().map(|one| one["type"].as_str().unwrap()).collect::<Vec<_>>(), ["CPF", "CNPJ"]);
    });
}

#[test]
fn accounts_come_with_investments_after_them() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        let accounts = scene.belvo.list_accounts(&link, Paging::default()).collect_all().await.unwrap();
        assert_eq!(scene.asked(), ["list_accounts", "list_investments"]);
        let kinds = |kind: AccountKind| accounts.iter().filter(|account| account.kind.is(&kind)).count();
        assert_eq!((kinds(AccountKind::Current), kinds(AccountKind::CreditCard)), (2, 1));
        assert!(kinds(AccountKind::Loan) >= 2, "{accounts:?}");
        assert_eq!(
            accounts.iter().filter(|account| account.source.as_ref().unwrap().schema() == "Investment").count(),
            4
        );
        assert!(accounts.iter().all(|account| account.connection.as_ref() == Some(&link)));
        let card = accounts.iter().find(|account| account.kind.is(&AccountKind::CreditCard)).unwrap();
        assert!(card.details.credit_limit.is_some() && card.details.minimum_payment.is_some());
        let loan = accounts.iter().find(|account| account.kind.is(&AccountKind::Loan)).unwrap();
        assert!(
            loan.details.original_principal.is_some() && loan.details.matures_on.is_some() && loan.opened_on.is_some()
        );
    });
}

#[test]
fn balances_of_all_accounts_or_one_and_debts_negative() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        let accounts = scene.belvo.list_accounts(&link, Paging::default()).collect_all().await.unwrap();
        let balances = scene.belvo.list_balances(AccountFilter::of(&link), Paging::default());
        let balances = balances.collect_all().await.unwrap();
        let liabilities = |account: &&bankfeed::Account| account.kind.value.is_some_and(AccountKind::is_liability);
        for account in accounts.iter().filter(liabilities) {
            let booked =
                balances.iter().find(|balance| balance.account == account.id && balance.kind.is(&BalanceKind::Booked));
            let record = account.source.as_ref().unwrap().json().to_value();
            let owed = booked.unwrap().amount.decimal()
                + record["balance"]["current"].to_string().parse::<bankfeed::Decimal>().unwrap();
            assert!(owed.is_zero(), "{:?}", account.id);
        }
        for account in &accounts {
            let filter = AccountFilter::of(&link).account(&account.id);
            let one = scene.belvo.list_balances(filter, Paging::default()).collect_all().await.unwrap();
            let of_it: Vec<_> = balances.iter().filter(|balance| balance.account == account.id).cloned().collect();
            assert_eq!(one, of_it);
        }
        let holdings =
            scene.belvo.list_holdings(AccountFilter::of(&link), Paging::default()).collect_all().await.unwrap();
        assert_eq!(holdings.len(), 4);
        for holding in &holdings {
            let worth = balances
                .iter()
                .find(|balance| balance.account == holding.account && balance.kind.is(&BalanceKind::Booked));
            assert_eq!(worth.map(|worth| worth.amount), holding.value);
            assert!(holding.quantity.is_some() && holding.price.is_some() && holding.name.is_some());
        }
        let filter = AccountFilter::of(&link).account(&holdings[1].account);
        assert_eq!(scene.belvo.list_holdings(filter, Paging::default()).collect_all().await.unwrap(), holdings[1..2]);
    });
}

#[test]
fn transactions_can_be_asked_for_by_account_day_and_status() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        let list = |filter: TransactionFilter| scene.belvo.list_transactions(filter, Paging::default().page_size(1000));
        let all = list(TransactionFilter::of(&link)).collect_all().await.unwrap();
        assert_eq!(scene.asked(), ["list_investment_transactions", "list_transactions"]);
        assert!(
            all.iter().all(|one| one.direction.is_some()
                && one.account.is_some()
                && !one.amount.decimal().is_sign_negative())
        );
        assert!(all.iter().any(|one| one.direction == Some(Direction::Debit)));
        assert!(all.iter().any(|one| one.original_amount.is_some()), "some were made abroad");

        for status in [TransactionStatus::Booked, TransactionStatus::Pending] {
            let some = list(TransactionFilter::of(&link).status(status)).collect_all().await.unwrap();
            let expected: Vec<_> = all.iter().filter(|one| one.status.is(&status)).cloned().collect();
            assert!(!some.is_empty());
            assert_eq!(some, expected);
        }
        scene.sandbox.forget_requests();
        let none = list(TransactionFilter::of(&link).status(TransactionStatus::Rejected));
        assert!(none.collect_all().await.unwrap().is_empty());
        assert!(scene.sandbox.requests().is_empty(), "Belvo has none, so it is not asked");

        let account = all[0].account.clone().unwrap();
        let some = list(TransactionFilter::of(&link).account(&account)).collect_all().await.unwrap();
        assert_eq!(some, all.iter().filter(|one| one.account.as_ref() == Some(&account)).cloned().collect::<Vec<_>>());

        let day = |text: &str| text.parse::<bankfeed::Date>().unwrap();
        let (since, until) = (day("2026-01-10"), day("2026-02-10"));
        let some = list(TransactionFilter::of(&link).since(since).until(until)).collect_all().await.unwrap();
        let within = |one: &&bankfeed::Transaction| {
            let record = one.source.as_ref().unwrap().json().to_value();
            ("2026-01-10"..="2026-02-10").contains(&record["value_date"].as_str().unwrap())
        };
        assert!(!some.is_empty());
        assert_eq!(some, all.iter().filter(within).cloned().collect::<Vec<_>>());
    });
}

#[test]
fn owners_and_their_consents() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        let owners = scene.belvo.list_holders(&link, Paging::default()).collect_all().await.unwrap();
        assert!(!owners[0].names.is_empty() && !owners[0].documents.is_empty());
        scene.sandbox.forget_requests();
        let consents = scene.belvo.list_consents(&link, Paging::default()).collect_all().await.unwrap();
        assert_eq!(scene.asked(), ["list_consents", "list_owners"]);
        assert_eq!(consents.len(), 1, "those of other links of the same user are left out");
        assert!(consents[0].status.as_ref().unwrap().is(&ConsentStatus::Active));
        assert_eq!(scene.belvo.show_consent(&link, &consents[0].id).await.unwrap(), consents[0]);
        let other = scene.link("ofbancoficticio_br_retail").await;
        assert_eq!(scene.belvo.show_consent(&other, &consents[0].id).await.unwrap_err().kind(), ErrorKind::NotFound);
        let revoked = scene.belvo.revoke_consent(&link, &consents[0].id).await;
        assert_eq!(revoked.unwrap_err().kind(), ErrorKind::Unsupported);
        let error = scene.belvo.list_consents(&"nobody".into(), Paging::default()).collect_all().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported);
    });
}

#[test]
fn capabilities_are_those_of_the_set_up() {
    let full = Scene::new();
    let all: Vec<Capability> = full.belvo.capabilities().iter().collect();
    assert_eq!(all.len(), Capability::ALL.len() - 1);
    assert!(!full.belvo.capabilities().has(Capability::RevokeConsent));
    assert_eq!(full.belvo.id(), ProviderId::BELVO);

    let plain = bankfeed::Belvo::builder("id", "password").without_investments().build().unwrap();
    for capability in [Capability::StartSession, Capability::VerifyWebhooks, Capability::ListHoldings] {
        assert!(!plain.capabilities().has(capability), "{capability:?}");
    }
    assert!(plain.holdings().is_none());
    let native = bankfeed::Belvo::from_client(plain.client().clone());
    assert!(!native.capabilities().has(Capability::StartSession) && native.holdings().is_some());
}

#[test]
fn without_investments_nobody_asks_for_them() {
    run(async {
        let scene = Scene::with(|sandbox| sandbox, |belvo| belvo.without_investments());
        let link = scene.link(BANK).await;
        scene.belvo.list_accounts(&link, Paging::default()).collect_all().await.unwrap();
        scene.belvo.list_transactions(TransactionFilter::of(&link), Paging::default()).collect_all().await.unwrap();
        assert!(
            scene
                .belvo
                .list_holdings(AccountFilter::of(&link), Paging::default())
                .collect_all()
                .await
                .unwrap()
                .is_empty()
        );
        let asked = scene.asked();
        assert!(asked.iter().all(|operation| !operation.contains("investment")), "{asked:?}");
    });
}
