//! Tokens, domains, users, and whose account it is.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{builder, form, list, mocked, sandbox, support};

#[tokio::test]
async fn tokens_come_in_pages_of_five_hundred() {
    let sandbox = builder().people(1_203).start().await.unwrap();
    let mut all = BTreeSet::new();
    let mut pages = Vec::new();
    for page in 1..=4 {
        let tokens = form(&sandbox, "/tokens/", &[("page", &page.to_string())]).await.expect(200);
        pages.push(list(&tokens).len());
        all.extend(list(&tokens).iter().map(|token| token["token"].as_str().unwrap().to_owned()));
    }
    assert_eq!((pages, all.len()), (vec![500, 500, 203, 0], 1_203));
    assert!(all.contains(&sandbox.wealthreader().token));
    assert_eq!(form(&sandbox, "/tokens/", &[("page", "0")]).await.status, 400);
}

#[tokio::test]
async fn a_read_is_counted_on_its_token() {
    let sandbox = sandbox().await;
    let token = sandbox.wealthreader().token;
    let session = mocked(&sandbox, &token, &[]).await["statistics"]["SESSION"].clone();
    let listed = form(&sandbox, "/tokens/", &[]).await.expect(200);
    let own = list(&listed).iter().find(|listed| listed["token"] == token.as_str()).unwrap();
    assert_eq!((&own["times_accesed"], &own["latest_session"]), (&3.into(), &session));
    assert_eq!(own["accesed_at"], "2026-03-02T09:00:00Z");
}

#[tokio::test]
async fn a_revoked_token_reads_no_more() {
    let sandbox = sandbox().await;
    let token = sandbox.wealthreader().token;
    assert_eq!(form(&sandbox, "/tokens/revoke/", &[("token", &token)]).await.expect(200)["success"], true);
    assert_eq!(mocked(&sandbox, &token, &[]).await["error"]["code"], 9999);
    assert_eq!(list(&form(&sandbox, "/tokens/", &[]).await.expect(200)).len(), 2);
    let again = form(&sandbox, "/tokens/revoke/", &[("token", &token)]).await;
    assert_eq!((again.refused(), again.status), ("form field token: was revoked before", 400));
}

#[tokio::test]
async fn a_reassigned_token_is_the_other_keys() {
    let sandbox = sandbox().await;
    let access = sandbox.wealthreader();
    let reassign = |source: &'static str, target: &'static str| {
        let url = format!("{}/tokens/reasign/", access.url);
        let token = access.token.clone();
        async move {
            let fields = [("api_key_source", source), ("api_key_target", target), ("token", &token)];
            support::form(&url, &[], &fields).await
        }
    };
    assert_eq!(reassign("WRONG111", access.second_api_key).await.status, 401);
    assert_eq!(reassign(access.second_api_key, access.api_key).await.status, 400, "it is not theirs");
    assert_eq!(reassign(access.api_key, access.second_api_key).await.expect(200)["success"], true);
    let fields = [("code", "bancoficticio"), ("token", access.token.as_str())];
    let first = form(&sandbox, "/entities/", &fields).await;
    assert_eq!(first.refused(), "field token: is no token of this key");
    let fields = [("api_key", access.second_api_key), fields[0], fields[1]];
    let second = support::form(&format!("{}/entities/", access.url), &[], &fields).await.expect(200);
    assert_eq!(second["success"], true);
    let listed = support::form(&format!("{}/tokens/", access.url), &[], &[("api_key", access.second_api_key)]).await;
    assert_eq!(listed.expect(200)[0]["token"], access.token.as_str());
}

#[tokio::test]
async fn ownership_is_that_of_the_accounts() {
    let sandbox = sandbox().await;
    let read = mocked(&sandbox, "MOCKDATA", &[]).await;
    let person = &read["payload"]["user_information"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (iban, id, name) = (text(&read["payload"]["accounts"][0]["code"]), text(&person["ID"]), text(&person["name"]));
    let verify = |iban: String, id: String, name: String| {
        let sandbox = &sandbox;
        async move {
            let fields = [("iban", &*iban), ("document_type", "NIF"), ("document_number", &id), ("holder_name", &name)];
            form(sandbox, "/verify/iban-ownership/", &fields).await
        }
    };
    assert_eq!(verify(iban.clone(), id.clone(), name.clone()).await.expect(200)["result"]["code"], 1);
    for (iban, id, name) in [
        (iban.clone(), "00000000T".to_owned(), name.clone()),
        (iban.clone(), id.clone(), "OTRA PERSONA".to_owned()),
        ("ES9121000418450200051332".to_owned(), id.clone(), name.clone()),
    ] {
        assert_eq!(verify(iban, id, name).await.expect(200)["result"]["code"], 2);
    }
    let wrong = iban.replacen("ES", "FR", 1);
    assert_eq!(verify(wrong, id, name).await.expect(400)["error"]["code"], 2);
}

#[tokio::test]
async fn users_are_registered_until_they_are_removed() {
    let sandbox = sandbox().await;
    let user = ("user_id", "u-1");
    let check = || async { form(&sandbox, "/user/check/", &[user]).await.expect(200) };
    assert_eq!(check().await["registered"], false);
    for service in ["integra", "easy-transfer"] {
        let fields = [user, ("service", service), ("email", "u@example.com")];
        assert_eq!(form(&sandbox, "/user/register/", &fields).await.expect(200)["success"], true);
        assert_eq!(form(&sandbox, "/user/register/", &fields).await.expect(400)["success"], false);
    }
    let both = check().await;
    assert_eq!(both["links"].as_object().unwrap().len(), 2);
    assert_eq!(form(&sandbox, "/user/revoke/", &[user, ("service", "integra")]).await.status, 200);
    assert!(check().await["links"].get("integra").is_none());
    assert_eq!(form(&sandbox, "/user/revoke/", &[user, ("service", "all")]).await.status, 200);
    assert_eq!(check().await["registered"], false);
    assert_eq!(form(&sandbox, "/user/revoke/", &[user, ("service", "all")]).await.status, 400);
}
