//! Every list of several pages, over two of them: the stream goes on, ends, and can be left and resumed.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use saltedge_client::runtime::{ItemStream, Lenient, Page};
use saltedge_client::{ApiFailure, Continuation, Id};
use serde_json::value::RawValue;
use support::{Request, Server, client, json, reply, sample};

/// The `data` of a sample, as text.
fn records(file: &str) -> (String, usize) {
    let text = sample(file);
    let page: std::collections::BTreeMap<String, &RawValue> = serde_json::from_str(&text).unwrap();
    let data = page["data"].get().to_owned();
    let records: Vec<&RawValue> = serde_json::from_str(&data).unwrap();
    let count = records.len();
    assert!(count > 0, "{file}");
    (data, count)
}

/// Two pages with the sample's records on each; the second one is the last, which lists say in two ways.
async fn two_pages(data: &str, last: &'static str) -> Server {
    let data = data.to_owned();
    Server::answering(move |request: &Request| match request.query_value("from_id").as_deref() {
        None => {
            json(format!(r#"{{"data":{data},"meta":{{"next_id":"77","next_page":"api/v6/x?per_page=5from_id=77"}}}}"#))
        }
        Some("77") => json(format!(r#"{{"data":{data}{last}}}"#)),
        Some(other) => reply(404, &[], format!("no page {other}")),
    })
    .await
}

async fn check<P: Page>(
    name: &str,
    file: &str,
    query: &str,
    open: impl Fn(&Server, Option<&Continuation>) -> ItemStream<P, ApiFailure>,
) where
    P::Item: for<'de> Lenient<'de>,
{
    let (data, count) = records(file);
    for last in ["", r#","meta":{"next_id":null,"next_page":null}"#, r#","meta":{}"#, r#","meta":null"#] {
        let server = two_pages(&data, last).await;
        let mut stream = open(&server, None);
        let mut items = 0;
        while let Some(item) = stream.next().await {
            item.unwrap_or_else(|error| panic!("{name}: {error}"));
            items += 1;
        }
        assert_eq!(items, 2 * count, "{name}");
        assert!(stream.continuation().is_finished(), "{name}");
        let queries: Vec<_> = server.requests().iter().map(|request| request.target.clone()).collect();
        assert_eq!(queries.len(), 2, "{name}");
        assert!(queries[0].ends_with(query), "{name}: {}", queries[0]);
        assert!(queries[1].ends_with(&format!("{query}&from_id=77")), "{name}: {}", queries[1]);
    }

    let server = two_pages(&data, "").await;
    let mut stream = open(&server, None);
    stream.next().await.unwrap().unwrap();
    let stored = serde_json::to_string(&stream.continuation()).unwrap();
    let rest = open(&server, Some(&serde_json::from_str(&stored).unwrap())).collect_all().await.unwrap();
    assert_eq!(rest.len(), 2 * count - 1, "{name}");
}

macro_rules! paged {
    ($($call:ident($($argument:expr),*) $(.$setter:ident($value:expr))*, $file:literal, $query:literal;)*) => { $(
        #[test]
        fn $call() {
            support::run(check(stringify!($call), $file, $query, |server, continuation| {
                let call = client(server).$call($($argument),*)$(.$setter($value))*.per_page(5);
                match continuation {
                    Some(continuation) => call.resume(continuation).stream(),
                    None => call.stream(),
                }
            }));
        }
    )* };
}

paged! {
    list_providers().country_code("XF"), "providers-list.response.json", "?country_code=XF&per_page=5";
    list_customers(), "customers-list.response.json", "?per_page=5";
    list_connections("1"), "connections-list.response.json", "?customer_id=1&per_page=5";
    list_consents().connection_id("1"), "consents-list.response.json", "?connection_id=1&per_page=5";
    list_accounts().customer_id("1"), "accounts-list.response.json", "?customer_id=1&per_page=5";
    list_transactions("1").pending(true), "transactions-list.response.json",
        "?connection_id=1&pending=true&per_page=5";
    list_bucket_accounts().bucket_id("1"), "categorization-accounts-list.response.json", "?bucket_id=1&per_page=5";
    list_bucket_transactions("1", "2"), "categorization-transactions-list.response.json",
        "?bucket_id=1&customer_id=2&per_page=5";
    list_customer_rules("1"), "categorization-customer-rules-list.response.json", "?customer_id=1&per_page=5";
    list_reports("1"), "reports-list.response.json", "?customer_id=1&per_page=5";
}

#[test]
fn one_bad_record_costs_one_item() {
    support::run(async {
        let transaction = |id: u32, amount: &str| {
            format!(
                r#"{{"id":"{id}","account_id":"9","status":"posted","made_on":"2024-01-03","amount":{amount},
                "currency_code":"EUR"}}"#
            )
        };
        let page = format!(
            r#"{{"data":[{},{},{}]}}"#,
            transaction(1, "1.10"),
            transaction(2, r#""NaN""#),
            transaction(3, "3.30")
        );
        let server = Server::answering(move |_| json(&page)).await;
        let mut stream = client(&server).list_transactions("1").stream();
        let mut ids = Vec::new();
        let mut paths = Vec::new();
        while let Some(item) = stream.next().await {
            match item {
                Ok(transaction) => ids.push(transaction.id),
                Err(error) => paths.push(error.path().unwrap().to_owned()),
            }
        }
        assert_eq!(ids, [Id::from(1), Id::from(3)]);
        assert_eq!(paths, ["/data/1/amount"]);
    });
}

#[test]
fn a_continuation_of_another_list_is_refused() {
    support::run(async {
        let (data, _) = records("transactions-list.response.json");
        let server = two_pages(&data, "").await;
        let mut stream = client(&server).list_transactions("1").stream();
        stream.next().await.unwrap().unwrap();
        let continuation = stream.continuation();
        let error =
            client(&server).list_transactions("2").resume(&continuation).stream().next().await.unwrap().unwrap_err();
        assert!(error.is_paging(), "{error}");
    });
}
