//! Every list and every single record.

use bankfeed::*;

use crate::support::*;

#[test]
fn the_one_institution_is_known_without_a_request() {
    run(async {
        let sandbox = sandbox().await;
        let khipu = khipu(&sandbox, NUMBER);
        let all = khipu.institutions().unwrap().list_institutions(InstitutionFilter::all(), Paging::default());
        let all = all.collect_all().await.unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].id.as_str(), all[0].countries.as_slice()), ("santander.com.ar", &["AR".to_owned()][..]));
        assert_eq!(khipu.show_institution(&all[0].id).await.unwrap(), all[0]);
        for (country, count) in [("AR", 1), ("ar", 1), ("CL", 0)] {
            let filter = InstitutionFilter::all().country(country);
            let found = khipu.list_institutions(filter, Paging::default()).collect_all().await.unwrap();
            assert_eq!(found.len(), count, "{country}");
        }
        let error = khipu.show_institution(&"banco".into()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(sandbox.requests().is_empty());
    });
}

#[test]
fn connections_are_the_accounts_that_were_configured() {
    run(async {
        let sandbox = sandbox().await;
        let khipu = builder(&sandbox).account("02").account("01").account("03").build().unwrap();
        let list = |filter, paging| khipu.list_connections(filter, paging);
        let all = list(ConnectionFilter::all(), Paging::default()).collect_all().await.unwrap();
        let ids: Vec<_> = all.iter().map(|connection| connection.id.as_str()).collect();
        assert_eq!(ids, ["02", "01", "03"], "in the order they were added");
        assert!(all.iter().all(|connection| connection.institution == Some("santander.com.ar".into())));
        assert_eq!(khipu.show_connection(&"01".into()).await.unwrap(), all[1]);
        assert_eq!(khipu.show_connection(&"04".into()).await.unwrap_err().kind(), ErrorKind::NotFound);

        let here = ConnectionFilter::all().institution("santander.com.ar");
        assert_eq!(list(here, Paging::default()).collect_all().await.unwrap(), all);
        let elsewhere = ConnectionFilter::all().institution("banco");
        assert!(list(elsewhere, Paging::default()).collect_all().await.unwrap().is_empty());
        let of_someone = list(ConnectionFilter::all().party("alex"), Paging::default()).collect_all().await;
        assert_eq!(of_someone.unwrap_err().kind(), ErrorKind::Unsupported);

        for taken in 0..=3 {
            let mut first = list(ConnectionFilter::all(), Paging::default());
            for _ in 0..taken {
                first.next().await.unwrap().unwrap();
            }
            let rest = list(ConnectionFilter::all(), Paging::default().resume(first.resume_token()));
            assert_eq!(rest.collect_all().await.unwrap(), all[taken..], "after {taken}");
        }
        assert!(sandbox.requests().is_empty());
    });
}

#[test]
fn accounts_and_balances_are_of_one_request() {
    run(async {
        let sandbox = sandbox().await;
        let khipu = khipu(&sandbox, NUMBER);
        let accounts = khipu.list_accounts(&NUMBER.into(), Paging::default()).collect_all().await.unwrap();
        let mut list = khipu.list_balances(AccountFilter::of(NUMBER), Paging::default());
        let mut balances = Vec::new();
        while let Some(balance) = list.next().await {
            balances.push(balance.unwrap());
        }
        assert_eq!(sandbox.requests().len(), 1);
        assert!(list.losses().is_clean());
        assert_eq!(list.losses().records, 2);

        let currencies: Vec<_> = accounts.iter().map(|account| account.currency.unwrap().to_string()).collect();
        assert_eq!(currencies, ["ARS", "USD"]);
        for (account, balance) in accounts.iter().zip(&balances) {
            assert_ne!(account.id.as_str(), NUMBER);
            assert_eq!(account.connection, Some(NUMBER.into()));
            assert_eq!((account.kind.value, account.kind.word.as_deref()), (None, Some("ACY")));
            assert_eq!(account.key.strength, AccountKeyStrength::ProviderId);
            assert!(account.identifiers.is_empty(), "of two accounts nobody says whose the number is");
            assert_eq!((&balance.account, balance.currency), (&account.id, account.currency));
            assert!(balance.kind.is(&BalanceKind::Available));
            assert!(balance.amount.decimal() > Decimal::ZERO);
            assert_eq!(balance.as_of.unwrap().to_string(), "2026-03-02T06:00:00-0300");
            assert_eq!(balance.source, account.source);
        }
        let one = AccountFilter::of(NUMBER).account(&accounts[1].id);
        assert_eq!(khipu.list_balances(one, Paging::default()).collect_all().await.unwrap(), balances[1..]);
        let none = AccountFilter::of(NUMBER).account("another");
        assert!(khipu.list_balances(none, Paging::default()).collect_all().await.unwrap().is_empty());
        for error in [
            khipu.list_accounts(&"another".into(), Paging::default()).collect_all().await.unwrap_err(),
            khipu.list_balances(AccountFilter::of("another"), Paging::default()).collect_all().await.unwrap_err(),
        ] {
            assert_eq!((error.kind(), error.provider()), (ErrorKind::NotFound, Some(&ProviderId::KHIPU)));
        }
        assert_eq!(sandbox.requests().len(), 1);
    });
}

#[test]
fn lists_go_on_anywhere_with_each_record_once() {
    run(async {
        let two = format!(
            r#"{{"Balance":[{},{},{}]}}"#,
            balance("1", "Credit", r#"[{"Amount":"1","Currency":"ARS"},{"Amount":"2","Currency":"USD"}]"#),
            r#"{"AccountId":7,"Amount":[]}"#,
            balance("2", "Debit", r#"{"Amount":"3","Currency":"ARS"}"#),
        );
        let body = envelope(&two);
        let server = Server::answering(move |_| json(&body)).await;
        let khipu = behind(&server);
        // Each record or error as text, so that both compare.
        let text = |record: Result<Balance, Error>| match record {
            Ok(balance) => format!("{} {} {:?}", balance.account.as_str(), balance.amount, balance.currency),
            Err(error) => format!("{error}"),
        };
        let read = async |paging: Paging, count: usize| {
            let mut list = khipu.list_balances(AccountFilter::of(NUMBER), paging);
            let mut texts = Vec::new();
            while texts.len() < count {
                let Some(record) = list.next().await else { break };
                texts.push(text(record));
            }
            (texts, list.resume_token())
        };
        let (all, end) = read(Paging::default(), usize::MAX).await;
        assert_eq!(all.len(), 4, "{all:?}");
        assert_eq!((all[0].as_str(), all[3].as_str()), ("1 1 Some(ARS)", "2 -3 Some(ARS)"));
        assert!(end.is_finished());
        for taken in 0..=4 {
            let (first, token) = read(Paging::default(), taken).await;
            // As an application stores it.
            let token: ResumeToken = token.to_string().parse().unwrap();
            let (rest, _) = read(Paging::default().resume(token), usize::MAX).await;
            assert_eq!([first, rest].concat(), all, "after {taken}");
        }
        let mut accounts = khipu.list_accounts(&NUMBER.into(), Paging::default());
        accounts.next().await.unwrap().unwrap();
        let rest = khipu.list_accounts(&NUMBER.into(), Paging::default().resume(accounts.resume_token()));
        assert_eq!(rest.collect_all().await.unwrap().len(), 2);
        let foreign = khipu.list_accounts(&NUMBER.into(), Paging::default().resume(end));
        assert_eq!(foreign.collect_all().await.unwrap_err().kind(), ErrorKind::ResumeRefused);
    });
}

#[test]
fn a_list_that_changed_meanwhile_is_not_gone_on_with() {
    run(async {
        let body = |amount: &str| {
            let amount = format!(r#"{{"Amount":"{amount}"}}"#);
            let (one, two) = (balance("1", "Credit", &amount), balance("2", "Credit", &amount));
            json(envelope(&format!(r#"{{"Balance":[{one},{two}]}}"#)))
        };
        let server = Server::playing([body("1"), body("2")]).await;
        let khipu = behind(&server);
        let mut list = khipu.list_balances(AccountFilter::of(NUMBER), Paging::default());
        list.next().await.unwrap().unwrap();
        khipu.refresh(&NUMBER.into(), RefreshOptions::new()).await.unwrap();
        let rest = khipu.list_balances(AccountFilter::of(NUMBER), Paging::default().resume(list.resume_token()));
        assert_eq!(rest.collect_all().await.unwrap_err().kind(), ErrorKind::ResumeRefused);
    });
}

#[test]
fn one_record_that_cannot_be_read_costs_no_other() {
    run(async {
        let records = [
            balance("1", "Credit", r#"{"Amount":"1.10","Currency":"ARS"}"#),
            r#"{"AccountId":"2","CreditDebitIndicator":"Credit","DateTime":"yesterday","Amount":{"Amount":"1"}}"#
                .into(),
            balance("3", "Credit", r#"{"Amount":"99999999999999999999999999999999"}"#),
            balance("", "Credit", r#"{"Amount":"1"}"#),
            balance("5", "Neither", r#"{"Amount":"1"}"#),
            balance("6", "Debit", r#"{"Amount":"0.10","Currency":"pesos"}"#),
        ];
        let body = envelope(&format!(r#"{{"Balance":[{}]}}"#, records.join(",")));
        let server = Server::answering(move |_| json(&body)).await;
        let khipu = behind(&server);
        let mut list = khipu.list_balances(AccountFilter::of(NUMBER), Paging::default().count_unmapped());
        let (mut good, mut places) = (Vec::new(), Vec::new());
        while let Some(record) = list.next().await {
            match record {
                Ok(balance) => good.push((balance.amount.to_string(), balance.currency)),
                Err(error) => {
                    assert!(error.is_bad_record() && error.record().is_some());
                    places.push(error.place().unwrap().to_owned());
                }
            }
        }
        assert_eq!(good, [("1.10".to_owned(), Some("ARS".parse().unwrap())), ("-0.10".to_owned(), None)]);
        assert_eq!(places, ["/DateTime", "/Amount/Amount", "/AccountId", "/CreditDebitIndicator"]);
        let losses = list.losses();
        assert_eq!((losses.records, losses.rejected.len()), (6, 4));
        assert_eq!(losses.unknown_values["Balance/CreditDebitIndicator"]["Neither"], 1);
        assert_eq!(losses.unknown_values["Balance/Amount/Currency"]["pesos"], 1);
        assert_eq!(losses.unmapped["Envelope/OperationId"], 1);
        let (accounts, errors) = khipu.list_accounts(&NUMBER.into(), Paging::default()).drain().await;
        let ids: Vec<_> = accounts.iter().map(|account| account.id.as_str()).collect();
        assert_eq!((ids, errors.len()), (vec!["1", "3", "5", "6"], 2));
    });
}

#[test]
fn an_account_of_two_currencies_has_neither() {
    run(async {
        let records = [
            balance("1", "Credit", r#"{"Amount":"1","Currency":"ARS"}"#),
            balance("1", "Credit", r#"{"Amount":"2","Currency":"USD"}"#),
        ];
        let body = envelope(&format!(r#"{{"Balance":[{}]}}"#, records.join(",")));
        let server = Server::answering(move |_| json(&body)).await;
        let accounts = behind(&server).list_accounts(&NUMBER.into(), Paging::default()).collect_all().await.unwrap();
        assert_eq!((accounts.len(), accounts[0].currency), (1, None));
        let number = AccountIdentifier::number("AccountNumber", NUMBER);
        assert_eq!(accounts[0].identifiers, [number], "one account: the number is its own");
    });
}

#[test]
fn the_overdrawn_account_is_negative_in_both_of_its_currencies() {
    run(async {
        let sandbox = sandbox().await;
        let list = khipu(&sandbox, OVERDRAWN).list_balances(AccountFilter::of(OVERDRAWN), Paging::default());
        let balances = list.collect_all().await.unwrap();
        assert!(balances.iter().any(|balance| balance.amount.decimal() < Decimal::ZERO));
    });
}

#[test]
fn what_it_can_do_is_what_it_says() {
    run(async {
        let sandbox = sandbox().await;
        let khipu = khipu(&sandbox, NUMBER);
        let can: Vec<_> = khipu.capabilities().iter().map(Capability::text).collect();
        let expected = [
            "list institutions",
            "show an institution",
            "list connections",
            "show a connection",
            "have the institution asked anew",
            "list accounts",
            "list balances",
        ];
        assert_eq!(can, expected);
        assert!(khipu.transactions().is_none() && khipu.holders().is_none());
        assert!(khipu.consents().is_none() && khipu.holdings().is_none());
        let unsupported = [
            khipu.start_session(SessionRequest::new()).await.unwrap_err(),
            khipu.remove_connection(&NUMBER.into()).await.unwrap_err(),
        ];
        assert!(unsupported.iter().all(|error| error.kind() == ErrorKind::Unsupported));
    });
}
