//! Lists of several pages: the stream goes on, ends, and can be left and resumed.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::{Request, Server, client, json};
use wealthreader_client::types::TokenQuery;
use wealthreader_client::{Continuation, ErrorExt};

fn tokens(page: u64) -> String {
    let token = |at: u64| format!(r#"{{"token":"t{page}{at}","entity_code":"bbva"}}"#);
    format!("[{}]", [token(1), token(2)].join(","))
}

/// Two full pages and an empty one, each alone or in the common envelope.
async fn token_server(envelope: bool) -> Server {
    Server::answering(move |request: &Request| {
        let list = match request.form_value("page").as_deref() {
            None | Some("1") => tokens(1),
            Some("2") => tokens(2),
            Some(_) => "[]".to_owned(),
        };
        json(if envelope { format!(r#"{{"success":true,"payload":{list},"statistics":null}}"#) } else { list })
    })
    .await
}

#[test]
fn tokens_come_until_a_page_is_empty() {
    support::run(async {
        for envelope in [false, true] {
            let server = token_server(envelope).await;
            let mut stream = client(&server).list_tokens().stream();
            let mut found = Vec::new();
            while let Some(token) = stream.next().await {
                found.push(token.unwrap().token.expose().to_owned());
            }
            assert_eq!(found, ["t11", "t12", "t21", "t22"]);
            let sent: Vec<_> = server.requests().iter().map(|request| request.form_value("page")).collect();
            let last = sent.last().unwrap().as_deref();
            assert_eq!((sent.len(), last), (3, Some("3")));
            assert!(
                server.requests().iter().all(|request| request.form_value("api_key").as_deref() == Some("a1b2c3d4"))
            );
        }
    });
}

#[test]
fn tokens_go_on_where_they_were_left() {
    support::run(async {
        let server = token_server(false).await;
        let mut stream = client(&server).list_tokens().stream();
        for _ in 0..3 {
            stream.next().await.unwrap().unwrap();
        }
        let stored = serde_json::to_string(&stream.continuation()).unwrap();
        assert!(!stored.contains("a1b2c3d4") && !stored.contains("t21"), "{stored}");
        let restored: Continuation = serde_json::from_str(&stored).unwrap();
        let mut rest = client(&server).list_tokens().resume(&restored).stream();
        assert_eq!(rest.next().await.unwrap().unwrap().token.expose(), "t22");
        assert!(rest.next().await.is_none());
    });
}

#[test]
fn a_page_can_be_asked_for() {
    support::run(async {
        let server = token_server(false).await;
        let page = client(&server).list_tokens().body(TokenQuery::new().page(2)).send().await.unwrap();
        assert_eq!(page.tokens().unwrap()[0].token.expose(), "t21");
        assert_eq!(server.request().form_value("page").as_deref(), Some("2"));
    });
}

#[test]
fn a_failed_page_is_an_error_and_not_the_end() {
    support::run(async {
        let refused = json(r#"{"success":false,"message":"No"}"#);
        let server = Server::playing([json(tokens(1)), refused]).await;
        let mut stream = client(&server).list_tokens().stream();
        assert!(stream.next().await.unwrap().is_ok() && stream.next().await.unwrap().is_ok());
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!(error.api().unwrap().message(), Some("No"));
        assert!(error.error_code().is_none());
    });
}

#[test]
fn card_transactions_follow_their_cursor() {
    support::run(async {
        let server = Server::answering(|request: &Request| {
            let next = if request.query_value("since_id").is_none() { "8" } else { "null" };
            let id = if next == "8" { 7 } else { 9 };
            json(format!(
                r#"{{"success":true,"payload":{{"transactions":[{{"id":{id},"amount":-0.10}}],"next_since_id":{next}}}}}"#
            ))
        })
        .await;
        let mut stream = client(&server).list_card_transactions().limit(1).stream();
        let mut found = Vec::new();
        while let Some(transaction) = stream.next().await {
            let transaction = transaction.unwrap();
            found.push((transaction.id.as_str().to_owned(), transaction.amount.to_string()));
        }
        assert_eq!(found, [("7".to_owned(), "-0.10".to_owned()), ("9".to_owned(), "-0.10".to_owned())]);
        let sent: Vec<_> = server.requests().iter().map(|request| request.target.clone()).collect();
        assert_eq!(
            sent,
            [
                "/cards/transactions/?limit=1&api_key=a1b2c3d4",
                "/cards/transactions/?limit=1&since_id=8&api_key=a1b2c3d4"
            ]
        );
    });
}
