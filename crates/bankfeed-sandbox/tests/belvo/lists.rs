//! Lists: pages, filters, members, and how their records hang together.

use std::collections::HashSet;

use serde_json::Value;

use crate::{BANK, Belvo, cents};

#[tokio::test]
async fn pages_lead_to_each_other() {
    let belvo = Belvo::new(|builder| builder).await;
    let link = belvo.link(BANK).await;
    let first = belvo.get(&format!("/api/transactions/?link={link}&page_size=50")).await.expect(200);
    let (mut page, mut pages, mut ids) = (first.clone(), 1, HashSet::new());
    loop {
        for record in page["results"].as_array().unwrap() {
            assert!(ids.insert(record["id"].as_str().unwrap().to_owned()), "it came before");
        }
        let Some(next) = page["next"].as_str() else { break };
        assert!(next.starts_with(&belvo.url) && next.contains(&format!("link={link}&page_size=50&page=")), "{next}");
        page = belvo.get(next.strip_prefix(&belvo.url).unwrap()).await.expect(200);
        pages += 1;
    }
    assert_eq!((ids.len() as u64, pages), (first["count"].as_u64().unwrap(), ids.len().div_ceil(50)));
    let back = page["previous"].as_str().unwrap().strip_prefix(&belvo.url).unwrap();
    assert!(back.ends_with(&format!("page={}", pages - 1)), "{back}");
    assert_eq!(first["previous"], Value::Null);
    let beyond = belvo.get(&format!("/api/transactions/?link={link}&page_size=50&page={}", pages + 1)).await;
    assert_eq!(beyond.expect(404)[0]["code"], "not_found");
    let large = belvo.get(&format!("/api/transactions/?link={link}&page_size=1001")).await;
    assert_eq!((large.status, &large.json()[0]["field"]), (400, &"page_size".into()));
}

#[tokio::test]
async fn balances_are_what_the_transactions_add_up_to() {
    let belvo = Belvo::new(|builder| builder).await;
    let link = belvo.link(BANK).await;
    let accounts = belvo.list(&format!("/api/accounts/?link={link}&type=CONTA_DEPOSITO_A_VISTA")).await;
    let account = accounts[0]["id"].as_str().unwrap();
    let path = format!("/api/transactions/?link={link}&account={account}&page_size=1000");
    let transactions = belvo.list(&path).await;
    assert_eq!(transactions.len(), 120);
    let mut balance = None;
    for transaction in &transactions {
        let amount = cents(&transaction["local_currency_amount"]);
        let moved = if transaction["type"] == "OUTFLOW" { -amount } else { amount };
        let after = cents(&transaction["balance"]);
        if let Some(before) = balance {
            // What the bank sent twice moved the balance once.
            assert!(after == before + moved || after == before, "{transaction}");
        }
        balance = Some(after);
        assert_eq!(transaction["account"], accounts[0]);
        let pending = transaction["status"] == "PENDING";
        assert_eq!(transaction["accounting_date"].is_null(), pending, "{transaction}");
    }
    let booked = transactions.iter().rev().find(|transaction| transaction["status"] == "PROCESSED").unwrap();
    assert_eq!(booked["balance"], accounts[0]["balance"]["current"]);
    assert_eq!(balance, Some(cents(&accounts[0]["balance"]["available"])));
}

#[tokio::test]
async fn filters_leave_what_fits() {
    let belvo = Belvo::new(|builder| builder).await;
    let link = belvo.link(BANK).await;
    let all = belvo.list(&format!("/api/transactions/?link={link}&page_size=1000")).await;
    let bill = all.iter().find_map(|one| one["credit_card_data"]["bill_name"].as_str()).unwrap();
    let by = |name: &str, test: &dyn Fn(&Value) -> bool| (name.to_owned(), all.iter().filter(|one| test(one)).count());
    let day = |one: &Value| one["value_date"].as_str().unwrap().to_owned();
    for (filter, expected) in [
        by("value_date__range=2026-01-01,2026-01-31", &|one| {
            ("2026-01-01".to_owned()..="2026-01-31".to_owned()).contains(&day(one))
        }),
        by("value_date__gt=2026-01-31&value_date__lt=2026-02-10", &|one| {
            *day(one) > *"2026-01-31" && *day(one) < *"2026-02-10"
        }),
        by(&format!("value_date={}", day(&all[50])), &|one| day(one) == day(&all[50])),
        by("type=INFLOW", &|one| one["type"] == "INFLOW"),
        by("status__in=PENDING", &|one| one["status"] == "PENDING"),
        by("amount__gte=500", &|one| cents(&one["amount"]) >= 50_000),
        by("currency__in=USD,EUR", &|one| one["currency"] == "USD"),
        by("account__balance__current__lt=30000", &|one| cents(&one["account"]["balance"]["current"]) < 3_000_000),
        by(&format!("credit_card_data__bill_name__in={bill}"), &|one| one["credit_card_data"]["bill_name"] == bill),
        by("account_type=CARTAO_CREDITO", &|one| one["account"]["type"] == "CARTAO_CREDITO"),
    ] {
        let found = belvo.list(&format!("/api/transactions/?link={link}&page_size=1000&{filter}")).await;
        assert_eq!(found.len(), expected, "{filter}");
        assert!(expected > 0 && expected < all.len(), "{filter} is no test: {expected} of {}", all.len());
    }
}

#[tokio::test]
async fn only_the_members_that_are_wanted_come() {
    let belvo = Belvo::new(|builder| builder).await;
    let owners = belvo.list("/api/owners/?fields=display_name,email").await;
    let names = |record: &Value| record.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&owners[0]), ["id", "display_name", "email"], "what is required stays");
    let id = owners[0]["id"].as_str().unwrap();
    let owner = belvo.get(&format!("/api/owners/{id}/?omit=addresses,emails")).await.expect(200);
    assert!(owner.get("addresses").is_none() && owner.get("emails").is_none() && owner.get("email").is_some());
}

#[tokio::test]
async fn bills_and_their_transactions_name_each_other() {
    let belvo = Belvo::new(|builder| builder).await;
    let link = belvo.link(BANK).await;
    let bills = belvo.list(&format!("/api/bills/?link={link}")).await;
    let card = bills[0]["account"]["id"].as_str().unwrap();
    let bought = belvo.list(&format!("/api/transactions/?link={link}&account={card}&page_size=1000")).await;
    let closed = bought.iter().filter_map(|one| one["credit_card_data"]["credit_card_bill"]["id"].as_str());
    let closed: HashSet<&str> = closed.collect();
    assert!(closed.len() > 6, "{closed:?}");
    for id in &closed {
        assert!(bills.iter().any(|bill| bill["id"] == *id), "{id}");
    }
    let march = bought.iter().filter(|one| one["value_date"].as_str().unwrap() >= "2026-03-01");
    assert!(march.into_iter().all(|one| one["credit_card_data"]["credit_card_bill"]["id"].is_null()));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let answers = async |seed| {
        let belvo = Belvo::new(|builder| builder.seed(seed)).await;
        let mut bytes = Vec::new();
        for path in ["/api/links/", "/api/accounts/", "/api/invoices/", "/api/risk-insights/", "/api/cl/debt-reports/"]
        {
            let reply = belvo.get(path).await;
            assert_eq!(reply.status, 200, "{path}");
            let text = String::from_utf8(reply.body.to_vec()).unwrap();
            bytes.push(text.replace(&belvo.url, ""));
        }
        bytes
    };
    let first = answers(1).await;
    assert_eq!(first, answers(1).await);
    assert!(first.iter().zip(answers(2).await).all(|(first, other)| *first != other));
}

#[tokio::test]
async fn a_page_of_a_million_transactions_is_found_at_once() {
    let belvo = Belvo::new(|builder| builder.transactions(1_000_000)).await;
    let link = belvo.link(BANK).await;
    let path = format!("/api/transactions/?link={link}&page_size=2");
    let first = belvo.get(&path).await.expect(200);
    let count = first["count"].as_u64().unwrap();
    assert!(count > 1_000_000, "{count}");
    let last = belvo.get(&format!("{path}&page={}", count.div_ceil(2))).await.expect(200);
    let shown = last["results"][0].clone();
    let id = shown["id"].as_str().unwrap();
    assert_eq!(belvo.get(&format!("/api/transactions/{id}/")).await.expect(200), shown);
    let day = belvo.get(&format!("{path}&value_date=2026-02-01")).await.expect(200);
    assert!(day["count"].as_u64().unwrap() > 2_000 && day["results"][0]["value_date"] == "2026-02-01");
}
