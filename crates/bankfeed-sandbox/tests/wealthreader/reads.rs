//! Reads: what is asked for comes, and nothing else.

use std::time::Duration;

use super::{builder, cents, form, list, mocked, sandbox};

#[tokio::test]
async fn running_balances_end_at_the_balance_of_the_account() {
    let sandbox = sandbox().await;
    let read = mocked(&sandbox, "MOCKDATA", &[("date_from", "2000-01-01")]).await;
    assert_eq!(read["success"], true);
    for account in list(&read["payload"]["accounts"]) {
        let movements = list(&account["transactions"]);
        assert!(movements.len() > 5, "{}", account["name"]);
        assert_eq!(movements[movements.len() - 1]["balance"], account["balances"]["current"]);
        let mut twice = 0;
        for pair in movements.windows(2) {
            let (before, after) = (cents(&pair[0]["balance"]), cents(&pair[1]["balance"]));
            // A line that the bank sent twice moves no balance.
            let again = pair[0]["description"] == pair[1]["description"] && before == after;
            twice += usize::from(again);
            assert!(again || after == before + cents(&pair[1]["amount"]), "{pair:?}");
            assert!(pair[0]["operation_date"].as_str() <= pair[1]["operation_date"].as_str());
        }
        assert!(twice <= movements.len() / 20);
    }
}

#[tokio::test]
async fn without_a_date_only_yesterday_and_today_come() {
    let sandbox = builder().transactions(4_000).start().await.unwrap();
    let read = mocked(&sandbox, "MOCKDATA", &[("product_types", "accounts")]).await;
    let movements = list(&read["payload"]["accounts"][0]["transactions"]);
    assert!(!movements.is_empty());
    assert!(movements.iter().all(|movement| movement["operation_date"].as_str() >= Some("2026-03-01")));
    let all = mocked(&sandbox, "MOCKDATA", &[("product_types", "accounts"), ("force_historic_transactions", "true")]);
    let all = list(&all.await["payload"]["accounts"][0]["transactions"]).len();
    assert!(all > 3_900, "{all}");
}

#[tokio::test]
async fn pending_movements_are_booked_as_time_goes_by() {
    let sandbox = sandbox().await;
    let fields = [("product_types", "accounts,cards"), ("date_from", "2000-01-01")];
    let before = mocked(&sandbox, "MOCKDATA", &fields).await;
    let unsettled: Vec<_> = list(&before["payload"]["cards"][0]["transactions"])
        .iter()
        .filter(|movement| movement["settled"] == false)
        .map(|movement| movement["uuid"].clone())
        .collect();
    let count = list(&before["payload"]["accounts"][0]["transactions"]).len();
    sandbox.advance(Duration::from_secs(4 * 86_400));
    let after = mocked(&sandbox, "MOCKDATA", &fields).await;
    assert!(list(&after["payload"]["accounts"][0]["transactions"]).len() > count);
    let later = list(&after["payload"]["cards"][0]["transactions"]);
    assert!(unsettled.iter().all(|uuid| later.iter().any(|m| m["uuid"] == *uuid && m["settled"] == true)));
}

#[tokio::test]
async fn only_what_is_asked_for_comes() {
    let sandbox = sandbox().await;
    let read = mocked(&sandbox, "MOCKDATA", &[("product_types", "loans,deposits")]).await;
    let names: Vec<&String> = read["payload"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["user_information", "loans", "deposits"]);
    let read = mocked(&sandbox, "MOCKDATA", &[("only_balances", "true"), ("date_from", "2020-01-01")]).await;
    for product in ["accounts", "cards"] {
        for one in list(&read["payload"][product]) {
            assert!(list(&one["transactions"]).is_empty() && one["balances"]["available"].is_number());
        }
    }
    let first = &read["payload"]["accounts"][0];
    let required = format!(r#"{{"ACCOUNTS":{{"{}":{{"date_from":"2026-01-01"}}}}}}"#, first["uuid"].as_str().unwrap());
    let read = mocked(&sandbox, "MOCKDATA", &[("required_products_schema", &required)]).await;
    let accounts = list(&read["payload"]["accounts"]);
    assert_eq!((accounts.len(), &accounts[0]["uuid"]), (1, &first["uuid"]));
    assert!(!list(&accounts[0]["transactions"]).is_empty());
    assert!(list(&read["payload"]["cards"]).is_empty() && read["payload"].get("loans").is_none());
}

#[tokio::test]
async fn documents_come_with_the_movements_that_are_named() {
    let sandbox = sandbox().await;
    let fields = [("product_types", "accounts"), ("date_from", "2026-01-01")];
    let read = mocked(&sandbox, "MOCKDATA", &fields).await;
    let uuid = read["payload"]["accounts"][0]["transactions"][3]["uuid"].as_str().unwrap().to_owned();
    assert_eq!(uuid.len(), 40);
    let read = mocked(&sandbox, "MOCKDATA", &[fields[0], fields[1], ("add_pdf_from_uuids", &uuid)]).await;
    let with: Vec<_> = list(&read["payload"]["accounts"][0]["transactions"])
        .iter()
        .filter(|movement| movement.get("pdf_file").is_some())
        .collect();
    assert_eq!((with.len(), with[0]["uuid"].as_str()), (1, Some(uuid.as_str())));
    // `%PDF` in Base64.
    assert!(with[0]["pdf_file"].as_str().unwrap().starts_with("JVBERi"));
    let other = format!("{}0", &uuid[..39]);
    let read = mocked(&sandbox, "MOCKDATA", &[fields[0], fields[1], ("add_pdf_from_uuids", &other)]).await;
    assert_eq!((&read["success"], &read["error"]["code"]), (&false.into(), &2.into()));
}

#[tokio::test]
async fn dates_lie_on_their_side_of_today() {
    let sandbox = sandbox().await;
    for (field, wrong) in [("date_from", "2026-03-02"), ("date_to", "2026-03-02")] {
        let read = mocked(&sandbox, "MOCKDATA", &[(field, wrong)]).await;
        assert_eq!(read["error"]["code"], 2, "{field}");
    }
    let read = mocked(&sandbox, "MOCKDATA", &[("product_types", "loans"), ("date_to", "2026-06-15")]).await;
    let rows = list(&read["payload"]["loans"][0]["amortization_pending"]);
    assert_eq!(
        rows.iter().map(|row| row["date"].as_str().unwrap()).collect::<Vec<_>>(),
        ["2026-04-01", "2026-05-01", "2026-06-01"]
    );
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let (first, again) = (sandbox().await, sandbox().await);
    let other = builder().seed(2).start().await.unwrap();
    let read = |sandbox| async move {
        let fields = [("code", "bancoficticio"), ("token", "MOCKDATA"), ("date_from", "2025-06-01")];
        form(sandbox, "/entities/", &fields).await.body
    };
    assert_eq!(read(&first).await, read(&again).await);
    assert_ne!(read(&first).await, read(&other).await);
}

#[tokio::test]
async fn people_have_tokens_of_their_own() {
    let sandbox = sandbox().await;
    let token = sandbox.wealthreader().token;
    let read = mocked(&sandbox, &token, &[]).await;
    assert_eq!((&read["success"], &read["statistics"]["token"]), (&true.into(), &token.as_str().into()));
    let person = &read["payload"]["user_information"];
    let fields = [("code", "bancoficticio"), ("user", person["email"].as_str().unwrap()), ("password", "sandbox")];
    let by_user = form(&sandbox, "/entities/", &fields).await.expect(200);
    assert_eq!(&by_user["payload"]["user_information"], person);
    let wrong = form(&sandbox, "/entities/", &[fields[0], fields[1], ("password", "guess")]).await.expect(200);
    assert_eq!(wrong["error"]["code"], 2000);
    let elsewhere = form(&sandbox, "/entities/", &[("code", "cajaimaginaria"), ("token", &token)]).await;
    assert!(elsewhere.refused().starts_with("field code"), "{}", elsewhere.refused());
    assert_eq!(elsewhere.expect(200)["error"]["code"], 2);
}
