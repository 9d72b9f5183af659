//! Lists over real connections: one bad record among a thousand, and one page ahead of its reader.
#![cfg(feature = "saltedge")]
#![allow(clippy::unwrap_used)]

use bankfeed::{ErrorKind, Paging, Provider, SaltEdge, TransactionFilter};
use bankfeed_testing::{Request, Server, json};

fn transaction(id: usize) -> String {
    let amount = if id == 417 { "[]".to_owned() } else { format!("-{id}.50") };
    format!(
        r#"{{"id":"{id}","account_id":"7","status":"posted","made_on":"2026-01-05","amount":{amount},"currency_code":"EUR","new":{id}}}"#
    )
}

/// Pages of so many transactions; the cursor is the first one's id.
fn pages(size: usize, total: usize) -> impl Fn(&Request) -> bankfeed_testing::Reply {
    move |request| {
        if request.query_value("pending").is_some() {
            return json(r#"{"data":[],"meta":{"next_id":null,"next_page":null}}"#);
        }
        let first = request.query_value("from_id").map_or(0, |id| id.parse().unwrap());
        let last = (first + size).min(total);
        let all: Vec<String> = (first..last).map(transaction).collect();
        let next = if last < total { format!("\"{last}\"") } else { "null".to_owned() };
        json(format!(r#"{{"data":[{}],"meta":{{"next_id":{next},"next_page":null}}}}"#, all.join(",")))
    }
}

fn provider(server: &Server) -> SaltEdge {
    SaltEdge::builder("app", "secret").base_url(&server.url).build().unwrap()
}

#[tokio::test]
async fn a_page_of_a_thousand_with_one_broken_record_gives_the_others_and_one_error() {
    let server = Server::answering(pages(1_000, 1_000)).await;
    let provider = provider(&server);
    let list = provider.transactions().unwrap().list_transactions(TransactionFilter::of("1"), Paging::default());
    let (records, errors) = list.drain().await;
    assert_eq!((records.len(), errors.len()), (999, 1));
    let error = &errors[0];
    assert_eq!((error.kind(), error.place()), (ErrorKind::BadRecord, Some("/data/417/amount")));
    assert_eq!(error.record().unwrap().get(), transaction(417));
    assert!(!format!("{error} {error:?}").contains("2026-01-05"));
    // The others know their own text, and the broken one is not taken for any of them.
    for record in &records {
        let id = record.id.as_ref().unwrap().as_str();
        assert_eq!(record.source.as_ref().unwrap().json().get(), transaction(id.parse().unwrap()));
    }
}

#[tokio::test]
async fn rejected_unknown_and_unmapped_are_counted_beside_the_data() {
    let server = Server::answering(pages(1_000, 1_000)).await;
    let provider = provider(&server);
    let paging = Paging::default().count_unmapped();
    let mut list = provider.transactions().unwrap().list_transactions(TransactionFilter::of("1"), paging);
    while list.next().await.is_some() {}
    let losses = list.losses();
    assert_eq!(losses.records, 999);
    assert_eq!(losses.rejected.into_iter().collect::<Vec<_>>(), [("Transaction/amount".to_owned(), 1)]);
    assert_eq!(losses.undeclared.into_iter().collect::<Vec<_>>(), [("Transaction/new".to_owned(), 999)]);
    assert!(losses.unmapped.is_empty());
}

#[tokio::test]
async fn the_next_page_is_asked_for_while_one_is_read_and_never_the_one_after() {
    let server = Server::answering(pages(10, 100)).await;
    let provider = provider(&server);
    let mut list = provider.transactions().unwrap().list_transactions(TransactionFilter::of("1"), Paging::default());
    for taken in 1..=100_usize {
        list.next().await.unwrap().unwrap();
        // What is under way has been asked for once its turn in the reactor came.
        tokio::task::yield_now().await;
        let asked = server.requests().len();
        let page = taken.div_ceil(10);
        assert!((page..=page + 1).contains(&asked), "{asked} requests at record {taken}");
    }
}
