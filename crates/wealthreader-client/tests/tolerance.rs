//! What real answers look like: values at the edge, things not yet known, and answers that are none.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::{FLOOD, Reply, Server, client, error, json, outcomes, printed, read, reply, request, written};
use wealthreader_client::types::*;
use wealthreader_client::{Advice, ErrorExt};

fn data(payload: &str) -> FinancialData {
    read(&format!(r#"{{"success":true,"payload":{payload}}}"#))
}

#[test]
fn every_group_may_be_missing_null_or_empty() {
    let empty = data("{}");
    assert_eq!(empty.financials().unwrap().unwrap().accounts, None);
    let text = r#"{"user_information":null,"accounts":null,"cards":[],"employment":null,"portfolios":[]}"#;
    let nulls = data(text);
    let financials = nulls.financials().unwrap().unwrap();
    assert!(financials.accounts.is_none() && financials.cards.as_ref().unwrap().is_empty());
    for none in ["null", "[]"] {
        assert_eq!(data(none).financials().unwrap(), None, "{none}");
    }
}

#[test]
fn what_is_not_known_yet_is_kept() {
    let text = r#"{"success":true,"payload":{"pensions":[{"uuid":"1","value":2.50}]}}"#;
    let data: FinancialData = read(text);
    let financials = data.financials().unwrap().unwrap();
    assert_eq!(financials.unlisted["pensions"].get(), r#"[{"uuid":"1","value":2.50}]"#);
    assert_eq!(written(&data), text);
    let card: Card = read(r#"{"uuid":"1","status":"melted"}"#);
    assert!(matches!(&card.status, Some(CardStatus::Unrecognized(value)) if value.as_str() == "melted"));
}

#[test]
fn what_cannot_be_read_says_where_and_is_not_taken_for_nothing() {
    let broken = data(r#"{"accounts":[{"uuid":"1","balances":{"current":"a lot of Alex"}}]}"#);
    let error = broken.financials().unwrap_err();
    assert_eq!(error.path(), "/payload/accounts/0/balances/current");
    assert!(!format!("{error} {error:?} {broken:?}").contains("Alex"), "{error}");
    let nameless = data(r#"{"accounts":[{"name":"x"}]}"#);
    assert!(nameless.financials().unwrap_err().reason().contains("uuid"));
    for odd in [r#"[{"accounts":[]}]"#, "7", r#""x""#] {
        assert!(data(odd).financials().is_err(), "{odd}");
    }
    let answer: FinancialDataAnswer = read(r#"{"success":"perhaps"}"#);
    assert_eq!(answer.data().unwrap_err().path(), "/success");
    let answer: FinancialDataAnswer = read(r#"[{"success":"perhaps"}]"#);
    assert_eq!(answer.data().unwrap_err().path(), "/0/success");
}

#[test]
fn a_byte_order_mark_and_blanks_do_no_harm() {
    let marked = "\u{feff} \n[{\"success\":true,\"payload\":{}}]";
    let failed = "\u{feff} \n[{\"success\":false,\"error\":{\"code\":3}}]";
    let mut outcomes = outcomes([json(marked), json(failed)]);
    assert_eq!(outcomes.remove(1).unwrap_err().error_code(), Some(3.into()));
    assert!(outcomes.remove(0).unwrap().data().unwrap().success);
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
fn a_page_in_place_of_json_is_a_decode_error_with_its_status() {
    let error = error(reply(200, &[("content-type", "text/html")], "<html>please log in, Alex</html>"));
    assert!(error.is_decode());
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (200, 1));
    assert!(!printed(&error).contains("Alex"));
}

#[test]
fn a_flood_is_not_swallowed() {
    support::run(async {
        let server = Server::answering(|_| Reply::Flood).await;
        let error = client(&server).read_financial_data(request()).send().await.unwrap_err();
        assert!(error.is_too_large(), "{error:?}");
        assert_eq!(error.attempts(), 1);
        assert!(server.flooded() < FLOOD / 2, "{} bytes were read", server.flooded());
    });
}
