//! Answers in their many forms, and with records in them that cannot be read.

use bankfeed::*;
use serde_json::{Value, json as value};

use crate::support::*;

fn answer(payload: Value) -> String {
    value!({"success": true, "payload": payload, "statistics": {"SESSION": "s"}}).to_string()
}

async fn snapshot(body: String) -> Snapshot {
    let server = Server::playing([json(body)]).await;
    played(&server).refresh(&connection("T"), RefreshOptions::new()).await.unwrap()
}

fn faults<T>(part: &Part<T>) -> Vec<(ErrorKind, String)> {
    part.rejected().iter().map(|error| (error.kind(), error.place().unwrap_or_default().to_owned())).collect()
}

#[test]
fn a_bad_record_costs_itself_alone() {
    run(async {
        let payload = value!({
            "accounts": [
                {"uuid": "a1", "currency": "EUR", "code": "ES9121000418450200051332", "balances": {"current": 1},
                 "transactions": [
                    {"uuid": "t1", "amount": -1, "operation_date": "2026-01-01"},
                    {"uuid": "t2", "amount": "much"},
                    "no record",
                    {"uuid": "t3", "amount": 2},
                 ]},
                {"uuid": "a2", "owners": 7, "balances": {"current": 5}, "transactions": [{"uuid": "t4", "amount": 4}]},
                {"name": "without an id", "balances": {"current": 5}},
                {"uuid": "a3", "balances": {"current": {"amount": 3}}},
            ],
            "cards": {"uuid": "c1", "subtype": "credit", "balances": {"disposed": 20}},
            "loans": "none",
            "portfolios": [{"uuid": "p1", "composition": [{"shares": 1}, {"shares": "x"}, {}]}],
            "receipts": [{"issuer": "W"}, {"amount": 5, "account": "ES91 2100 0418 4502 0005 1332"}],
        });
        let read = snapshot(answer(payload)).await;
        let bad = ErrorKind::BadRecord;
        let accounts: Vec<_> = read.accounts.records().iter().map(|account| account.id.as_str()).collect();
        assert_eq!(accounts, ["a1", "c1", "p1"]);
        let place = |place: &str| (bad, place.to_owned());
        assert_eq!(
            faults(&read.accounts),
            [
                place("/payload/accounts/1/owners"),
                place("/payload/accounts/2"),
                place("/payload/accounts/3/balances/current"),
                place("/payload/loans"),
            ]
        );
        let moved: Vec<_> =
            read.transactions.records().iter().map(|it| (it.account.as_ref().unwrap().as_str(), it.amount)).collect();
        let amount = |text: &str| text.parse::<Amount>().unwrap();
        // The movements of an account that cannot be read are there, and a direct debit finds who pays it.
        assert_eq!(moved, [("a1", amount("1")), ("a1", amount("2")), ("a2", amount("4")), ("a1", amount("5"))]);
        assert_eq!(
            faults(&read.transactions),
            [
                place("/payload/accounts/0/transactions/1/amount"),
                place("/payload/accounts/0/transactions/2"),
                place("/payload/loans"),
                place("/amount"),
            ]
        );
        assert_eq!(read.transactions.rejected()[0].record().unwrap().get(), r#"{"uuid":"t2","amount":"much"}"#);
        assert_eq!(read.holdings.records().len(), 1);
        assert_eq!(faults(&read.holdings), [place("/payload/portfolios/0/composition/1/shares")]);
        let owed: Vec<_> = read.balances.records().iter().map(|it| (it.account.as_str(), it.amount)).collect();
        assert_eq!(owed, [("a1", amount("1")), ("c1", amount("-20"))]);
        assert_eq!(read.losses.rejected["AccountTransaction/amount"], 1);
        assert!(!format!("{read:?}").contains("much"));
    });
}

#[test]
fn older_and_newer_forms_say_the_same() {
    run(async {
        let card = |owner: Value| value!({"uuid": "c", "subtype": "credit", "owner": owner});
        let owner = value!({"ID": "1", "name": "A"});
        let portfolio = |held: Value| value!({"uuid": "p", "composition": held});
        let position = value!({"shares": 2, "ISIN": "ES00000123E5"});
        let old = value!({"cards": [card(owner.clone())], "portfolios": [portfolio(position.clone())]});
        let new = value!({"cards": [card(value!([owner]))], "portfolios": [portfolio(value!([position]))]});
        let (old, new) = (snapshot(answer(old)).await, snapshot(format!("\u{feff} [{}]", answer(new))).await);
        assert_eq!(old.accounts.records()[0].holders, new.accounts.records()[0].holders);
        assert_eq!(old.accounts.records()[0].holders.len(), 1);
        let held =
            |read: &Snapshot| (read.holdings.records()[0].identifiers.clone(), read.holdings.records()[0].quantity);
        assert_eq!(held(&old), held(&new));
        for nothing in [value!({}), value!([])] {
            let read = snapshot(answer(nothing)).await;
            assert!(read.accounts.is_complete() && read.accounts.records().is_empty());
        }
        // No payload is no answer: nothing to hold comes as an empty one, or as a code.
        for wrong in [value!("everything"), value!(null)] {
            let server = Server::playing([json(answer(wrong))]).await;
            let error = played(&server).refresh(&connection("T"), RefreshOptions::new()).await.unwrap_err();
            assert_eq!((error.kind(), error.place()), (ErrorKind::UnexpectedAnswer, Some("/payload")));
        }
    });
}

#[test]
fn equal_movements_without_an_id_are_two() {
    run(async {
        let coffee = value!({"amount": -1.8, "operation_date": "2026-01-05", "description": "CAFE"});
        let tea = value!({"amount": -1.8, "operation_date": "2026-01-05", "description": "TE"});
        let account = |id: &str, list: Value| value!({"uuid": id, "transactions": list});
        let both = value!([account("a", value!([coffee, tea, coffee])), account("b", value!([coffee]))]);
        let read = snapshot(answer(value!({"accounts": both}))).await;
        let keys: Vec<_> = read.transactions.records().iter().map(|it| it.key.value.clone()).collect();
        assert_eq!(keys.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
        assert!(keys[2].ends_with("-1") && keys[0].ends_with("-0") && keys[3].ends_with("-0"));
        let strength = read.transactions.records()[0].key.strength;
        assert_eq!(strength, TransactionKeyStrength::Content);
    });
}

#[test]
fn what_a_property_is_worth_is_the_latest_valuation() {
    run(async {
        let price = |date: Value, price: i64| value!({"date": date, "price": price});
        let property = |prices: Value| value!({"uuid": "h", "currency": "EUR", "historic_prices": prices});
        let kinds = |read: &Snapshot| -> Vec<BalanceKind> {
            read.balances.records().iter().filter_map(|balance| balance.kind.value).collect()
        };
        let dated =
            value!([price(value!("2024-01-01"), 3), price(value!("2025-01-01"), 2), price(value!("2023-01-01"), 1)]);
        let read = snapshot(answer(value!({"properties": [property(dated)]}))).await;
        use BalanceKind::{Booked, ClosingBooked};
        assert_eq!(kinds(&read), [ClosingBooked, Booked, ClosingBooked]);
        let alone = snapshot(answer(value!({"properties": [property(value!([price(value!(null), 3)]))]}))).await;
        assert_eq!(kinds(&alone), [Booked]);
        let undated = value!([price(value!(null), 3), price(value!(""), 4)]);
        let undated = snapshot(answer(value!({"properties": [property(undated)]}))).await;
        assert_eq!(kinds(&undated), [ClosingBooked, ClosingBooked]);
    });
}

#[test]
fn a_bank_that_cannot_be_read_leaves_the_others() {
    run(async {
        let banks = r#"[{"code": "a", "name": "A"}, {"name": "nameless"}, {"code": ["b"]}, {"code": "c"}]"#;
        for body in [banks.to_owned(), format!(r#"{{"success": true, "payload": {banks}}}"#)] {
            let server = Server::playing([json(body)]).await;
            let list = played(&server).list_institutions(InstitutionFilter::all(), Paging::default());
            let (banks, errors) = list.drain().await;
            assert_eq!(banks.iter().map(|bank| bank.id.as_str()).collect::<Vec<_>>(), ["a", "c"]);
            assert!(errors.len() == 2 && errors.iter().all(Error::is_bad_record));
        }
    });
}
