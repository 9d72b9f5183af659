//! What real answers look like: values at the edge, things not yet known, and answers that are none.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use khipu_client::runtime as rt;
use khipu_client::types::{Balance, Envelope};
use khipu_client::{Advice, ErrorExt};
use support::{FLOOD, OPERATION, Reply, Server, client, error, json, printed, reply, request};

fn read(text: &str) -> Result<Envelope, rt::DecodeError> {
    rt::de::from_str(text)
}

fn with_amount(amount: &str) -> Balance {
    rt::de::from_str(&format!(r#"{{"Amount":{{"Amount":{amount},"Currency":"ARS"}}}}"#)).unwrap()
}

#[test]
fn amounts_come_out_digit_for_digit_as_text_and_as_number() {
    for (sent, shown) in [
        ("999999999999999.9999", "999999999999999.9999"),
        (r#""999999999999999.9999""#, "999999999999999.9999"),
        ("-0.10", "-0.10"),
        (r#""12.30""#, "12.30"),
        ("0.1234567890123456789012345678", "0.1234567890123456789012345678"),
    ] {
        let balance = with_amount(sent);
        assert_eq!(balance.amounts().unwrap()[0].amount.unwrap().to_string(), shown, "{sent}");
        let written = serde_json::to_string(&balance).unwrap();
        assert_eq!(written, format!(r#"{{"Amount":{{"Amount":{sent},"Currency":"ARS"}}}}"#));
    }
}

#[test]
fn an_amount_that_cannot_be_exact_is_kept_and_not_rounded() {
    for sent in ["9.2345678901234567890123456789", r#""12,30""#, r#""1.234.567,89""#] {
        let balance = with_amount(sent);
        let error = balance.amounts().unwrap_err();
        assert!(error.path().starts_with("/Amount"), "{sent}: {error}");
        assert!(!error.to_string().contains("234"), "{error}");
        let written = serde_json::to_string(&balance).unwrap();
        assert_eq!(written, format!(r#"{{"Amount":{{"Amount":{sent},"Currency":"ARS"}}}}"#));
    }
}

#[test]
fn unknown_members_do_no_harm() {
    let text =
        format!(r#"{{"Brand":{{"new":1}},"OperationId":"{OPERATION}","Status":"OK","Data":{{"Balance":null}}}}"#);
    let envelope = read(&text).unwrap();
    assert!(envelope.balances().unwrap().is_empty());
    let amount = r#"{"Amount":{"Amount":"1","Currency":"ARS","Scale":2.50}}"#;
    let balance: Balance = rt::de::from_str(amount).unwrap();
    assert_eq!(balance.amounts().unwrap()[0].unlisted["Scale"].get(), "2.50");
}

#[test]
fn an_envelope_needs_an_operation_and_a_status() {
    for (text, missing) in [(r#"{"Status":"OK"}"#, "OperationId"), (r#"{"OperationId":"1"}"#, "Status")] {
        let error = read(text).unwrap_err();
        assert!(error.reason().contains(missing), "{error}");
    }
    assert_eq!(read(r#"{"OperationId":17,"Status":"OK"}"#).unwrap().operation_id, "17");
}

#[test]
fn an_error_page_keeps_its_status_and_shows_nothing_of_itself() {
    let page = "<html>GATEWAY of Alex Sample</html>";
    let error = error(reply(502, &[("content-type", "text/html"), ("x-request-id", "r-1")], page));
    assert_eq!(error.status().unwrap(), 502);
    assert_eq!((error.request_id(), error.api()), (Some("r-1"), None));
    assert_eq!(error.raw().unwrap(), page);
    assert_eq!(error.advice(), Advice::Clarify);
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
fn an_answer_of_another_shape_names_the_place() {
    let error = error(json(r#"{"OperationId":"1","Status":"OK","Error":"Alex"}"#));
    assert!(error.is_decode());
    assert_eq!(error.path(), Some("/Error"));
    assert!(!printed(&error).contains("Alex"));
    let unreadable = support::error(json(r#"{"OperationId":"1","Status":"ERROR","Error":"Alex"}"#));
    assert!(unreadable.is_decode(), "a failure that cannot be read is no success");
}

#[test]
fn a_flood_is_not_swallowed() {
    support::run(async {
        let server = Server::answering(|_| Reply::Flood).await;
        let call = client(&server).retrieve_santander_ar_current_day_balances(request());
        let error = call.send().await.unwrap_err();
        assert!(error.is_too_large(), "{error:?}");
        assert_eq!(error.attempts(), 1);
        assert!(server.flooded() < FLOOD / 2, "{} bytes were read", server.flooded());
    });
}
