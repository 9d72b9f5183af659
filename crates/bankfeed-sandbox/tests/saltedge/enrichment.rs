//! Buckets, lessons, merchants and reports.

use std::time::Duration;

use bankfeed_sandbox::{Provider, Sandbox};
use serde_json::{Value, json};

use crate::bench::{class, refused, start, start_with};
use crate::support;

const WEEK: Duration = Duration::from_secs(7 * 86_400);

#[tokio::test]
async fn buckets_take_what_is_new_and_tell_what_is_wrong() {
    let receiver = "http://127.0.0.1:9/hooks".parse().unwrap();
    let bench = start_with(Sandbox::builder().callbacks_to(Provider::SaltEdge, receiver)).await;
    let (customer, _) = bench.first().await;
    let bucket = json!({ "customer_id": customer, "bucket_id": "may" });
    assert_eq!(bench.post("/categorization/buckets", &bucket).await["customer_id"], json!(customer));
    let again = bench.send("POST", "/categorization/buckets", &bucket).await;
    assert_eq!(class(&again), refused(403, "DuplicatedRecord"));
    let accounts = json!({ "bucket_id": "may", "accounts": [
        { "id": "a", "country_code": "DE", "currency_code": "EUR" },
        { "id": "b", "country_code": "DE", "currency_code": "EUR", "nature": "card" },
        { "id": "a", "country_code": "DE", "currency_code": "EUR" },
        { "id": "c", "country_code": "Germany", "currency_code": "€" },
    ] });
    let taken = bench.post("/categorization/accounts", &accounts).await;
    assert_eq!((&taken["imported"], &taken["duplicates_ignored"]), (&json!(2), &json!(1)));
    assert_eq!(
        (&taken["failed"][0]["account_id"], taken["failed"][0]["error_messages"].as_array().unwrap().len()),
        (&json!("c"), 2)
    );
    let listed = bench.all("/categorization/accounts?bucket_id=may", 1).await;
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0]["customer_id"].to_string(), customer, "a number, with all its digits");

    let list = format!("/categorization/transactions?bucket_id=may&customer_id={customer}");
    assert_eq!(class(&bench.ask(&list).await), refused(400, "ActionNotAllowed"));
    let mut transactions = vec![
        json!({ "id": "1", "description": "Zoo 12", "amount": -5, "action": "learn", "category": "my animals" }),
        json!({ "id": "2", "description": "ZOO 13", "amount": -6.5 }),
        json!({ "id": "3", "description": "May salary", "amount": 2_310.75 }),
        json!({ "id": "4", "description": "Who knows", "amount": -1 }),
        json!({ "id": "5", "description": "", "amount": -1 }),
    ];
    let import =
        |transactions: &[Value]| json!({ "bucket_id": "may", "account_id": "a", "transactions": transactions });
    let taken = bench.post("/categorization/transactions", &import(&transactions)).await;
    assert_eq!((&taken["imported"], &taken["failed"][0]["transaction_id"]), (&json!(4), &json!("5")));
    let start = json!({ "categorization_type": "business", "categorization_vendor": "saltedge" });
    assert_eq!(bench.post("/categorization/buckets/may/categorize", &start).await["status"], "processing");
    assert_eq!(bench.get("/categorization/buckets/may").await["status"], "completed");
    let categories: Vec<Value> =
        bench.all(&list, 3).await.iter().map(|one| one.get("category").cloned().unwrap_or_default()).collect();
    assert_eq!(categories, [json!("my animals"), json!("my animals"), json!("sales"), Value::Null]);
    let rules = bench.get(&format!("/categorization/customer_rules?customer_id={customer}")).await;
    assert_eq!(rules, json!([{ "rule": "zoo", "category_name": "my animals" }]));
    bench.sandbox.settled().await;
    let told = bench.sandbox.callbacks();
    assert_eq!(
        told[0].body,
        json!({ "data": { "bucket_id": "may", "status": "completed" }, "meta": { "version": "6" } })
    );

    transactions.resize(1_001, json!({ "id": "6", "description": "More", "amount": 1 }));
    let many = bench.send("POST", "/categorization/transactions", &import(&transactions)).await;
    assert_eq!(class(&many), refused(403, "TooManyImportObjectsError"));
    assert_eq!(bench.delete("/categorization/accounts/a?bucket_id=may").await.expect(200)["data"]["deleted"], "true");
    bench.delete("/categorization/buckets/may").await.expect(200);
    assert_eq!(class(&bench.ask("/categorization/buckets/may").await), refused(404, "RecordNotFound"));
}

#[tokio::test]
async fn lessons_show_on_transactions_of_the_same_description() {
    let bench = start().await;
    let (customer, connection) = bench.first().await;
    let list = format!("/transactions?connection_id={connection}");
    let all = bench.all(&list, 1_000).await;
    let shop = |one: &Value| one["description"].as_str().unwrap().starts_with("Card payment CITY TRAM");
    let trips: Vec<&Value> = all.iter().filter(|one| shop(one)).collect();
    assert!(trips.len() > 3);
    let lesson =
        |id: &Value| json!({ "customer_id": customer, "transactions": [{ "id": id, "category_code": "parking" }] });
    let mut known = 0;
    for trip in &trips[..3] {
        assert_eq!(known, 0, "not before the third time");
        bench.post("/categories/learn", &lesson(&trip["id"])).await;
        let now = bench.all(&list, 1_000).await;
        known = now.iter().filter(|one| one["extra"]["customer_category_code"] == "parking").count();
    }
    assert_eq!(known, trips.len());
}

#[tokio::test]
async fn merchants_are_found_by_the_ids_of_transactions() {
    let bench = start().await;
    let (_, connection) = bench.first().await;
    let all = bench.get(&format!("/transactions?connection_id={connection}")).await;
    let bought = all.as_array().unwrap().iter().find(|one| one["extra"].get("merchant_id").is_some()).unwrap();
    let found = bench.post("/merchants", &json!({ "merchant_ids": [bought["extra"]["merchant_id"], "0"] })).await;
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["names"][0]["value"], bought["extra"]["payee"]);
    let none = bench.send("POST", "/merchants", &json!({ "merchant_ids": ["0"] })).await;
    assert_eq!(class(&none), refused(404, "RecordNotFound"));
}

#[tokio::test]
async fn reports_add_up_what_the_accounts_show() {
    let bench = start().await;
    let (customer, connection) = bench.first().await;
    let order = json!({
        "customer_id": customer, "connection_ids": [connection], "currency_code": "EUR",
        "report_types": ["balance", "income", "expense", "savings"],
        "include_account_natures": ["account"], "from_date": "2025-12-01", "to_date": "2026-02-28",
    });
    let report = bench.post("/reports", &order).await;
    assert_eq!((&report["status"], &report["data"]), (&json!("initialized"), &json!({})));
    let id = report["id"].as_str().unwrap();
    let target = format!("/reports/{id}?customer_id={customer}");
    let shown = bench.get(&target).await;
    let summary = &shown["data"]["result"]["accounts_summary"];
    let account = &shown["data"]["result"]["accounts"][0];
    assert_eq!(shown["data"]["result"]["accounts"].as_array().unwrap().len(), 1);

    let number = account["id"].as_str().unwrap();
    let all = bench.all(&format!("/transactions?connection_id={connection}&account_id={number}"), 1_000).await;
    let within: Vec<&Value> =
        all.iter().filter(|one| ("2025-12-01"..="2026-02-28").contains(&one["made_on"].as_str().unwrap())).collect();
    assert_eq!(summary["transactions_count"], within.len());
    let cents = |value: &Value| (value.as_f64().unwrap() * 100.0).round();
    let own = |one: &&&Value| !one["description"].as_str().unwrap().contains("savings");
    let income: f64 = within.iter().filter(own).map(|one| cents(&one["amount"])).filter(|cents| *cents > 0.0).sum();
    let expense: f64 = within.iter().filter(own).map(|one| cents(&one["amount"])).filter(|cents| *cents < 0.0).sum();
    assert_eq!(cents(&summary["income"]["total"]), income);
    assert_eq!(cents(&summary["expense"]["total"]), expense);
    assert_eq!(cents(&summary["savings"]["total"]), income + expense);
    let last = within.last().unwrap();
    assert_eq!(account["balance"]["end_date_amount"], last["extra"]["account_balance_snapshot"]);
    assert!(account.get("expense_categories").is_none(), "what was not ordered is not there");

    let access = bench.sandbox.saltedge();
    let headers = [("app-id", access.app_id), ("secret", access.secret), ("accept", "application/pdf")];
    let pdf = support::get(&format!("{}{target}", bench.url), &headers).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (200, "application/pdf"));
    assert!(pdf.body.starts_with(b"%PDF-1.4") && pdf.body.ends_with(b"%%EOF\n"));

    assert_eq!(bench.get(&format!("/reports?customer_id={customer}")).await[0]["id"], id);
    bench.sandbox.advance(WEEK);
    assert_eq!(bench.get(&format!("/reports?customer_id={customer}")).await, json!([]));
    assert_eq!(class(&bench.ask(&target).await), refused(406, "ReportExpired"));
    bench.delete(&format!("/reports/{id}")).await.expect(200);
    assert_eq!(class(&bench.ask(&target).await), refused(404, "ReportNotFound"));
}

#[tokio::test]
async fn reports_come_in_another_currency() {
    let bench = start().await;
    let (customer, _) = bench.first().await;
    let order = |currency: &str| {
        json!({
            "customer_id": customer, "currency_code": currency, "report_types": ["balance"],
            "from_date": "2026-02-01", "to_date": "2026-02-28",
        })
    };
    let mut amounts = Vec::new();
    for currency in ["EUR", "USD"] {
        let id = bench.post("/reports", &order(currency)).await["id"].clone();
        let shown = bench.get(&format!("/reports/{}?customer_id={customer}", id.as_str().unwrap())).await;
        amounts.push(shown["data"]["result"]["accounts_summary"]["balance"]["end_date_amount"].as_f64().unwrap());
    }
    let rate = amounts[1] / amounts[0];
    assert!((1.0..1.2).contains(&rate), "{rate}");
    assert_eq!(class(&bench.send("POST", "/reports", &order("QQQ")).await), refused(400, "WrongRequestFormat"));
}
