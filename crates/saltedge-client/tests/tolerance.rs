//! What real answers look like: values at the edge, things not yet known, and answers that are none.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use saltedge_client::runtime as rt;
use saltedge_client::types::*;
use saltedge_client::{Advice, Amount, Error, ErrorExt};
use support::{FLOOD, Reply, Server, client, json, printed, reply};

fn transaction(member: &str, value: &str) -> String {
    let mut members = vec![
        ("id", r#""1""#),
        ("account_id", r#""2""#),
        ("status", r#""posted""#),
        ("made_on", r#""2024-01-03""#),
        ("amount", "1"),
        ("currency_code", r#""EUR""#),
    ];
    members.retain(|(name, _)| *name != member);
    members.push((member, value));
    let members: Vec<_> = members.into_iter().map(|(name, value)| format!(r#""{name}":{value}"#)).collect();
    format!(r#"{{"data":[{{{}}}]}}"#, members.join(","))
}

fn read(member: &str, value: &str) -> Result<Transaction, rt::DecodeError> {
    let page: TransactionPage = rt::de::from_str(&transaction(member, value))?;
    Ok(page.data.into_iter().next().unwrap())
}

#[test]
fn amounts_come_out_digit_for_digit() {
    for (sent, shown) in [
        ("999999999999999.9999", "999999999999999.9999"),
        ("-0.10", "-0.10"),
        (r#""12.30""#, "12.30"),
        ("1e2", "100"),
        ("0.1234567890123456789012345678", "0.1234567890123456789012345678"),
    ] {
        assert_eq!(read("amount", sent).unwrap().amount.to_string(), shown, "{sent}");
    }
}

#[test]
fn an_amount_that_cannot_be_exact_is_an_error_with_its_place() {
    for sent in [
        "9.2345678901234567890123456789",
        "0.12345678901234567890123456789",
        r#""NaN""#,
        "1e400",
        r#""12,30""#,
        "true",
        "[1]",
    ] {
        let error = read("amount", sent).unwrap_err();
        assert_eq!(error.path(), "/data/0/amount", "{sent}");
        assert!(!error.to_string().contains(sent), "{error}");
    }
    let extra = read("extra", r#"{"original_amount":"NaN"}"#).unwrap_err();
    assert_eq!(extra.path(), "/data/0/extra/original_amount");
}

#[test]
fn what_is_not_known_is_kept_or_left() {
    let status = read("status", r#""frozen""#).unwrap().status;
    assert!(matches!(&status, TransactionStatus::Unrecognized(value) if value.as_str() == "frozen"));
    assert_eq!(serde_json::to_string(&status).unwrap(), r#""frozen""#);
    assert!(read("brand_new", r#"{"a":[1,2]}"#).is_ok());
    let extra = read("extra", r#"{"brand_new":1.50}"#).unwrap().extra.unwrap();
    assert_eq!(extra.unlisted["brand_new"].get(), "1.50");
}

#[test]
fn null_absent_and_empty_are_no_trouble() {
    assert_eq!(read("extra", "null").unwrap().extra, None);
    assert_eq!(read("created_at", r#""""#).unwrap().created_at, None);
    assert_eq!(read("extra", r#"{"tags":null}"#).unwrap().extra.unwrap().tags, None);
    for empty in [r#"{"data":null}"#, r#"{"data":[]}"#, "{}"] {
        assert!(rt::de::from_str::<TransactionPage>(empty).unwrap().data.is_empty(), "{empty}");
    }
    let attempt: Attempt = rt::de::from_str(r#"{"exclude_accounts":null,"fetch_scopes":null}"#).unwrap();
    assert_eq!((attempt.exclude_accounts, attempt.fetch_scopes), (None, None));
}

#[test]
fn ids_may_be_numbers_and_dates_may_have_offsets() {
    assert_eq!(read("id", "12345678901234567890123").unwrap().id, "12345678901234567890123");
    let read = read("created_at", r#""2022-11-30T01:55:00-0300""#).unwrap();
    let instant = read.created_at.unwrap().timestamp().unwrap();
    assert_eq!(instant.to_string(), "2022-11-30T04:55:00Z");
    assert_eq!(read.amount, "1".parse::<Amount>().unwrap());
}

/// The error of a call that is answered so, never repeated.
fn error(answer: Reply) -> Error {
    support::run(async {
        use saltedge_client::Configure;
        let server = Server::answering(move |_| answer.clone()).await;
        client(&server).list_transactions("1").no_retry().send().await.unwrap_err()
    })
}

#[test]
fn an_error_page_keeps_its_status_and_shows_nothing_of_itself() {
    let page = "<html>GATEWAY of Alex Sample</html>";
    let error = error(reply(502, &[("content-type", "text/html"), ("x-request-id", "r-1")], page));
    assert_eq!(error.status().unwrap(), 502);
    assert_eq!((error.request_id(), error.api()), (Some("r-1"), None));
    assert_eq!(error.raw().unwrap(), page);
    assert_eq!(error.advice(), Advice::Wait);
    assert!(!printed(&error).contains("Alex"), "{}", printed(&error));
}

#[test]
fn an_empty_error_keeps_its_status() {
    let error = error(reply(500, &[], ""));
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!((error.api(), error.class(), error.code()), (None, None, None));
}

#[test]
fn a_page_in_place_of_json_is_a_decode_error_with_its_status() {
    let error = error(reply(200, &[("content-type", "text/html")], "<html>please log in, Alex</html>"));
    assert!(error.is_decode());
    assert_eq!(error.status().unwrap(), 200);
    assert!(!printed(&error).contains("Alex"));
}

#[test]
fn an_answer_of_another_shape_names_the_place() {
    let error = error(json(transaction("amount", r#""Alex""#)));
    assert!(error.is_decode());
    assert_eq!(error.path(), Some("/data/0/amount"));
    assert!(!printed(&error).contains("Alex"));
}

#[test]
fn a_cut_answer_is_told_from_a_broken_one() {
    let cut = Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"data\":[".to_vec());
    let error = error(cut);
    assert!(error.is_truncated(), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.advice(), Advice::Wait);
}

#[test]
fn a_flood_is_not_swallowed() {
    support::run(async {
        let server = Server::answering(|_| Reply::Flood).await;
        let error = client(&server).list_transactions("1").send().await.unwrap_err();
        assert!(error.is_too_large(), "{error:?}");
        assert_eq!(error.attempts(), 1);
        assert!(server.flooded() < FLOOD / 2, "{} bytes were read", server.flooded());
    });
    let announced = Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n".to_vec());
    assert!(error(announced).is_too_large());
}

#[test]
fn a_redirect_is_not_followed() {
    support::run(async {
        let elsewhere = Server::answering(|_| json(r#"{"data":[]}"#)).await;
        let location = format!("{}/api/v6/transactions", elsewhere.url);
        let server = Server::answering(move |_| reply(307, &[("location", &location)], "")).await;
        let error = client(&server).list_transactions("1").send().await.unwrap_err();
        assert!(error.is_redirect());
        assert_eq!(error.status().unwrap(), 307);
        assert!(elsewhere.requests().is_empty());
    });
}
