//! Lists that do not go on as they should.

use bankfeed_sandbox::Sandbox;
use serde_json::Value;

use crate::asking::{Asked, ask, get};
use crate::support;

async fn sandbox(rules: &[&str]) -> Sandbox {
    let mut builder = Sandbox::builder();
    for rule in rules {
        builder = builder.fault(rule.parse().unwrap());
    }
    builder.start().await.unwrap()
}

async fn institutions(sandbox: &Sandbox, query: &str) -> Value {
    get(sandbox, &format!("{}?page_size=1&{query}", Asked::Institutions.url(sandbox)), "").await.expect(200)
}

#[tokio::test]
async fn an_empty_page_has_one_after_it() {
    let sandbox = sandbox(&["belvo list_institutions empty-page page=2"]).await;
    let first = institutions(&sandbox, "page=1").await;
    let second = institutions(&sandbox, "page=2").await;
    let third = institutions(&sandbox, "page=3").await;
    assert_ne!(first["results"].as_array().unwrap().len(), 0);
    assert_eq!((&second["results"], &second["count"]), (&Value::Array(Vec::new()), &first["count"]));
    let here = format!("{}?page_size=1&page=", Asked::Institutions.url(&sandbox));
    assert_eq!(second["next"], format!("{here}3"));
    assert_eq!(third["previous"], format!("{here}2"));
    assert_ne!(third["results"].as_array().unwrap().len(), 0);
    sandbox.clear_faults();
    assert_eq!(institutions(&sandbox, "page=2").await["results"], third["results"], "no record is lost");
}

#[tokio::test]
async fn a_repeated_page_is_followed_by_itself() {
    let sandbox = sandbox(&["belvo list_institutions repeated-page page=1"]).await;
    let first = institutions(&sandbox, "page=1").await;
    let second = institutions(&sandbox, "page=2").await;
    assert_ne!(first["results"].as_array().unwrap().len(), 0);
    assert_eq!(first["results"], second["results"]);
}

#[tokio::test]
async fn a_list_with_cursors_leads_through_a_cursor_that_nobody_else_knows() {
    for (fault, counts) in [("empty-page", [0, 1]), ("repeated-page", [1, 1])] {
        let sandbox = sandbox(&[&format!("saltedge list_customers {fault} page=1")]).await;
        let url = format!("{}?per_page=1", Asked::Customers.url(&sandbox));
        let first = get(&sandbox, &url, "").await.expect(200);
        let next = first["meta"]["next_id"].as_str().unwrap();
        let second = get(&sandbox, &format!("{url}&from_id={next}"), "").await.expect(200);
        let read = [&first, &second].map(|page| page["data"].as_array().unwrap().len().min(1));
        assert_eq!(read, counts, "{fault}");
        sandbox.clear_faults();
        assert_eq!(get(&sandbox, &url, "").await.expect(200)["data"], second["data"], "{fault}");
    }
}

#[tokio::test]
async fn a_cursor_leads_back() {
    let sandbox = sandbox(&["* * looping-cursor"]).await;
    let first = ask(&sandbox, Asked::Customers, "").await.expect(200);
    let next = first["meta"]["next_id"].as_str().unwrap();
    let url = format!("{}?from_id={next}", Asked::Customers.url(&sandbox));
    let second = get(&sandbox, &url, "").await.expect(200);
    assert_eq!((&second["data"], &second["meta"]["next_id"]), (&first["data"], &first["meta"]["next_id"]));
    assert_eq!(institutions(&sandbox, "page=1").await["next"].as_str().unwrap(), {
        format!("{}?page_size=1&page=1", Asked::Institutions.url(&sandbox))
    });
}

#[tokio::test]
async fn a_link_leads_to_another_host() {
    let sandbox = sandbox(&[]).await;
    let reply = ask(&sandbox, Asked::Institutions, "foreign-next").await.expect(200);
    assert_eq!(reply["next"], "http://elsewhere.invalid/belvo/api/institutions/?page=2");
    let reply = ask(&sandbox, Asked::Customers, "foreign-next").await;
    assert_eq!(reply.status, 400);
    assert!(reply.refused().ends_with("its list goes on by cursors, it has no links"), "{}", reply.refused());
}

#[tokio::test]
async fn a_record_stands_twice() {
    let sandbox = sandbox(&[]).await;
    for (asked, member) in [(Asked::Institutions, "results"), (Asked::Customers, "data"), (Asked::Countries, "data")] {
        let plain = ask(&sandbox, asked, "").await.expect(200);
        let twice = ask(&sandbox, asked, "duplicate").await.expect(200);
        let mut expected = plain[member].as_array().unwrap().clone();
        expected.insert(1, expected[0].clone());
        assert_eq!(twice[member], Value::Array(expected), "{asked:?}");
    }
}

/// Ids of each page of a list that is read to its end.
async fn walk(sandbox: &Sandbox, url: &str) -> Vec<Vec<String>> {
    let (mut pages, mut at) = (Vec::new(), url.to_owned());
    while pages.len() < 50 {
        let page = get(sandbox, &at, "").await.expect(200);
        let records = page.get("results").or(page.get("data")).unwrap().as_array().unwrap();
        pages.push(records.iter().map(|record| record["id"].to_string()).collect());
        at = match (page["next"].as_str(), page["meta"]["next_id"].as_str()) {
            (Some(link), _) => link.to_owned(),
            (_, Some(cursor)) => format!("{url}&from_id={cursor}"),
            _ => return pages,
        };
    }
    panic!("the list has no end")
}

#[tokio::test]
async fn lists_read_to_their_end_have_every_record() {
    let sandbox = sandbox(&[]).await;
    for (url, operation) in [
        (format!("{}?page_size=2", Asked::Institutions.url(&sandbox)), "list_institutions"),
        (format!("{}?per_page=1", Asked::Customers.url(&sandbox)), "list_customers"),
    ] {
        let whole = walk(&sandbox, &url).await;
        assert!(whole.len() > 2, "{url}: {whole:?}");
        for page in 1..=whole.len() {
            for (fault, put_in) in [("empty-page", Vec::new()), ("repeated-page", whole[page - 1].clone())] {
                sandbox.fault(format!("* {operation} {fault} page={page} times=1").parse().unwrap());
                let mut expected = whole.clone();
                expected.insert(page - 1, put_in);
                assert_eq!(walk(&sandbox, &url).await, expected, "{operation} {fault} {page}");
                assert_eq!(walk(&sandbox, &url).await, whole, "{operation} {fault} {page}, when it has ended");
                sandbox.clear_faults();
            }
        }
    }
}

#[tokio::test]
async fn a_transaction_comes_twice_where_they_stand_in_their_account() {
    let sandbox = sandbox(&["wealthreader read_financial_data duplicate"]).await;
    let access = sandbox.wealthreader();
    let fields = [
        ("api_key", access.api_key),
        ("code", "bancoficticio"),
        ("token", "MOCKDATA"),
        ("date_from", "2026-01-01"),
        ("product_types", "accounts"),
    ];
    let answer = support::form(&format!("{}/entities/", access.url), &[], &fields).await.expect(200);
    let account = &answer["payload"]["accounts"][0];
    assert!(account["transactions"][0].is_object());
    assert_eq!(account["transactions"][0], account["transactions"][1]);
    assert_ne!(account["transactions"][1], account["transactions"][2]);
}
