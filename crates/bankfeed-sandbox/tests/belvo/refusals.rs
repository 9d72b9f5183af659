//! What Belvo turns down, in its own words.

use serde_json::json;

use crate::{BANK, Belvo, support};

#[tokio::test]
async fn wrong_keys_are_refused() {
    let belvo = Belvo::new(|builder| builder).await;
    let url = format!("{}/api/accounts/", belvo.url);
    for headers in [&[][..], &[("authorization", "Basic d3Jvbmc6d3Jvbmc=")], &[("authorization", "Bearer x")]] {
        let reply = support::get(&url, headers).await;
        let error = reply.json();
        assert_eq!((reply.status, &error[0]["code"]), (401, &"authentication_failed".into()));
        assert_eq!(error[0]["request_id"].as_str().unwrap().len(), 32);
        assert!(reply.refused().contains("Basic pair"), "{}", reply.refused());
    }
}

#[tokio::test]
async fn mistakes_are_named_with_their_field() {
    let belvo = Belvo::new(|builder| builder).await;
    let link = belvo.link(BANK).await;
    for (path, body, code, field) in [
        ("/api/accounts/", json!({}), "required", "link"),
        ("/api/accounts/", json!({ "link": link, "tokn": "1" }), "invalid", "tokn"),
        ("/api/accounts/", json!({ "link": "30cb4806-6e00-48a4-91c9-ca55968576c8" }), "does_not_exist", "link"),
        ("/api/transactions/", json!({ "link": link, "date_from": "2026-01-01" }), "required", "date_to"),
    ] {
        let error = belvo.send("POST", path, body).await.expect(400);
        assert_eq!((&error[0]["code"], &error[0]["field"]), (&code.into(), &field.into()), "{path}");
    }
    let error = belvo.get("/api/transactions/").await.expect(400);
    assert_eq!((&error[0]["code"], &error[0]["field"]), (&"required".into(), &"link".into()));
    assert_eq!(belvo.get("/api/nowhere/").await.expect(404)[0]["code"], "not_found");
    let method = belvo.send("PUT", "/api/accounts/", json!({})).await;
    assert_eq!((method.status, method.header("allow")), (405, "GET, POST, PATCH"));
}

#[tokio::test]
async fn ids_of_one_kind_are_not_those_of_another() {
    let belvo = Belvo::new(|builder| builder).await;
    let link = belvo.link(BANK).await;
    let account = belvo.list(&format!("/api/accounts/?link={link}")).await[0]["id"].as_str().unwrap().to_owned();
    for path in ["/api/owners/", "/api/transactions/", "/api/links/", "/api/invoices/"] {
        assert_eq!(belvo.get(&format!("{path}{account}/")).await.expect(404)[0]["code"], "not_found", "{path}");
    }
}

#[tokio::test]
async fn five_transactions_are_removed_in_a_minute_and_no_more() {
    let belvo = Belvo::new(|builder| builder).await;
    let link = belvo.link(BANK).await;
    let page = belvo.get(&format!("/api/transactions/?link={link}&page_size=7")).await.expect(200);
    let paths: Vec<String> = page["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("/api/transactions/{}/", one["id"].as_str().unwrap()))
        .collect();
    for path in &paths[..5] {
        assert_eq!(belvo.delete(path).await.status, 204);
    }
    let refused = belvo.delete(&paths[5]).await;
    assert_eq!(refused.status, 429);
    assert!(refused.json()[0].get("code").is_none() && refused.header("retry-after").is_empty());
    belvo.sandbox.advance(std::time::Duration::from_secs(60));
    assert_eq!(belvo.delete(&paths[5]).await.status, 204);
    assert_eq!(belvo.delete(&paths[5]).await.status, 404);
    let left = belvo.get(&format!("/api/transactions/?link={link}&page_size=1")).await.expect(200);
    assert_eq!(left["results"][0]["id"], page["results"][6]["id"]);
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_its_session_ends() {
    let belvo = Belvo::new(|builder| builder).await;
    let creation = json!({ "institution": "erebor_br_retail", "username": "second-factor" });
    let asked = belvo.send("POST", "/api/links/", creation).await.expect(428);
    let answer = |token: &str| json!({ "session": asked[0]["session"], "link": asked[0]["link"], "token": token });
    assert_eq!(asked[0]["code"], "token_required");
    let elsewhere = belvo.send("PATCH", "/api/accounts/", answer("1234")).await.expect(400);
    assert_eq!(elsewhere[0]["code"], "unconfirmed_link");
    let wrong = belvo.send("PATCH", "/api/links/", answer("0000")).await.expect(400);
    assert_eq!((&wrong[0]["code"], &wrong[0]["field"]), (&"invalid".into(), &"token".into()));
    belvo.sandbox.advance(std::time::Duration::from_secs(9_600));
    let late = belvo.send("PATCH", "/api/links/", answer("1234")).await.expect(400);
    assert_eq!(late[0]["code"], "session_expired");
}
