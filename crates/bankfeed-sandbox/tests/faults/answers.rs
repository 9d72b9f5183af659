//! What is answered, and what it is wrapped in.

use bankfeed_sandbox::Sandbox;
use serde_json::Value;

use crate::asking::{Asked, ask, differing};
use crate::support;

#[tokio::test]
async fn a_status_is_answered() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for asked in [Asked::Countries, Asked::Institutions] {
        for code in [401, 404, 429, 500, 503] {
            let reply = ask(&sandbox, asked, &format!("status code={code}")).await;
            assert_eq!((reply.status, reply.refused()), (code, ""), "{asked:?}");
            assert!(!reply.body.is_empty());
        }
    }
}

#[tokio::test]
async fn a_rate_limit_tells_when_to_come_again() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for asked in [Asked::Countries, Asked::Institutions] {
        let limited = ask(&sandbox, asked, "rate-limit retry-after=30").await;
        assert!(limited.status >= 400 && limited.refused().is_empty(), "{asked:?}: {limited:?}");
        assert_eq!(limited.header("retry-after"), "30", "{asked:?}");
        let silent = ask(&sandbox, asked, "rate-limit").await;
        assert_eq!((silent.status, silent.header("retry-after")), (limited.status, ""), "{asked:?}");
    }
}

#[tokio::test]
async fn a_rate_limit_under_another_status_tells_it_too() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let access = sandbox.wealthreader();
    let fields = [("api_key", access.api_key), ("code", "bancoficticio"), ("token", "MOCKDATA")];
    let url = format!("{}/entities/", access.url);
    for (fault, told) in [("rate-limit retry-after=7", "7"), ("rate-limit", "")] {
        let limited = support::form(&url, &[("x-sandbox-fault", fault)], &fields).await;
        assert_eq!((limited.status, limited.header("retry-after")), (200, told));
        assert_eq!(limited.json()["error"]["code"], 2);
    }
}

/// Not every operation has an answer for them; who asks is told.
#[tokio::test]
async fn what_the_user_has_to_do_is_answered_or_refused_with_the_reason() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for asked in [Asked::Countries, Asked::Customers, Asked::Institutions] {
        for fault in ["consent-expired", "second-factor"] {
            let reply = ask(&sandbox, asked, fault).await;
            assert!(reply.status >= 400, "{asked:?} {fault}");
            if !reply.refused().is_empty() {
                assert_eq!(reply.status, 400);
                assert!(reply.refused().contains("cannot be played: "), "{}", reply.refused());
                assert!(reply.refused().contains("has no such answer on list_"), "{}", reply.refused());
            }
        }
    }
}

#[tokio::test]
async fn a_page_comes_in_place_of_json() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for (fault, status) in [("html", 200), ("html code=502", 502)] {
        let reply = ask(&sandbox, Asked::Countries, fault).await;
        assert_eq!((reply.status, reply.header("content-type")), (status, "text/html; charset=utf-8"));
        assert!(reply.body.starts_with(b"<!DOCTYPE html>") && reply.refused().is_empty());
    }
}

#[tokio::test]
async fn the_media_type_is_another() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let plain = ask(&sandbox, Asked::Countries, "").await;
    assert_eq!(plain.header("content-type"), "application/json");
    for (fault, media) in [
        ("content-type", "text/plain"),
        ("content-type value=\"application/xml; charset=latin1\"", "application/xml; charset=latin1"),
        ("content-type value=", ""),
    ] {
        let reply = ask(&sandbox, Asked::Countries, fault).await;
        assert_eq!((reply.header("content-type"), &reply.body), (media, &plain.body), "{fault}");
    }
}

#[tokio::test]
async fn json_lacks_its_last_bracket() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let plain = ask(&sandbox, Asked::Countries, "").await;
    let reply = ask(&sandbox, Asked::Countries, "invalid-json").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    assert_eq!(reply.body, plain.body[..plain.body.len() - 1]);
    assert!(serde_json::from_slice::<Value>(&reply.body).is_err());
}

#[tokio::test]
async fn one_value_is_not_what_was_promised() {
    let sandbox = Sandbox::builder().check_answers().start().await.unwrap();
    for (asked, fault) in [
        (Asked::Institutions, "unknown-enum"),
        (Asked::Countries, "unknown-field"),
        (Asked::Rates, "number-as-text"),
        (Asked::Customers, "text-as-number"),
    ] {
        let plain = ask(&sandbox, asked, "").await.expect(200);
        let changed = ask(&sandbox, asked, fault).await.expect(200);
        let found = differing(&plain, &changed);
        let [(place, before, after)] = found.as_slice() else { panic!("{fault}: {found:?}") };
        let right = match fault {
            "unknown-enum" => before.is_string() && after.is_string(),
            "unknown-field" => before.is_null() && after.is_string(),
            "number-as-text" => before.is_number() && after.as_str() == Some(&before.to_string()),
            _ => after.is_number() && before.as_str() == Some(&after.to_string()),
        };
        assert!(right, "{fault} {place}: {before} -> {after}");
        if fault != "unknown-field" {
            let there = ask(&sandbox, asked, &format!("{fault} at={place}")).await.expect(200);
            assert_eq!(there, changed, "{fault} {place}");
        }
    }
}

#[tokio::test]
async fn what_may_be_absent_is_null() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let plain = ask(&sandbox, Asked::Institutions, "").await.expect(200);
    let changed = ask(&sandbox, Asked::Institutions, "nulls").await.expect(200);
    let found = differing(&plain, &changed);
    assert!(!found.is_empty() && found.iter().all(|(_, before, after)| !before.is_null() && after.is_null()));
    let place = &found[0].0;
    let one = ask(&sandbox, Asked::Institutions, &format!("nulls at={place}")).await.expect(200);
    assert_eq!(differing(&plain, &one), [found[0].clone()]);
}

#[tokio::test]
async fn a_place_that_is_not_there_is_told() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for (fault, problem) in [
        ("nulls at=/nowhere", "the answer has nothing at `/nowhere`"),
        ("number-as-text at=/data", "at `/data` is no number"),
        ("cut page=2", "list_countries gives no list that goes on from page to page"),
        ("foreign-next", "list_countries gives no list that goes on from page to page"),
    ] {
        let reply = ask(&sandbox, Asked::Countries, fault).await;
        assert_eq!(reply.status, 400);
        assert!(
            reply.refused().starts_with("header x-sandbox-fault: ") && reply.refused().contains(problem),
            "{reply:?}"
        );
    }
}
