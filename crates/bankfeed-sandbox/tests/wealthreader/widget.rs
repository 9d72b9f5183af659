//! The widget: a user signs in, the domain is told.

use bankfeed_sandbox::Sandbox;
use bankfeed_testing::{Server, reply};
use serde_json::Value;

use super::{form, list, mocked, sandbox, support};

async fn embedded(receiver: &Server, tokenize: &str) -> Sandbox {
    let sandbox = sandbox().await;
    let callback = format!("{}/widget", receiver.url);
    let fields = [
        ("method", "add"),
        ("domain", "https://app.example.com"),
        ("url_callback", callback.as_str()),
        ("tokenize", tokenize),
    ];
    assert_eq!(form(&sandbox, "/domains/", &fields).await.expect(200)["success"], true);
    assert_eq!(form(&sandbox, "/domains/", &fields).await.status, 400, "it is known");
    sandbox
}

async fn sign_in(sandbox: &Sandbox, fields: &[(&str, &str)]) -> String {
    let url = format!("{}/widget/", sandbox.wealthreader().url);
    let mut all = vec![("domain", "app.example.com"), ("operation_id", "op-1"), ("code", "cajaimaginaria")];
    all.extend_from_slice(fields);
    let page = support::form(&url, &[], &all).await;
    sandbox.settled().await;
    assert_eq!(page.status, 200, "{}", page.refused());
    String::from_utf8(page.body.to_vec()).unwrap()
}

#[tokio::test]
async fn who_signs_in_leaves_a_token() {
    let receiver = Server::answering(|_| reply(200, &[], r#"{"status":"ok"}"#)).await;
    let sandbox = embedded(&receiver, "1").await;
    let url = format!("{}/widget/?domain=app.example.com&operation_id=op-1", sandbox.wealthreader().url);
    let page = support::get(&url, &[]).await;
    assert!(String::from_utf8_lossy(&page.body).contains("name=\"password\""));

    assert!(sign_in(&sandbox, &[("user", "MOCKDATA"), ("password", "x")]).await.contains("flow completed"));
    let told: Value = serde_json::from_slice(&receiver.request().body).unwrap();
    let statistics = &told["statistics"];
    assert_eq!((&statistics["operation_id"], &statistics["code"]), (&"op-1".into(), &"cajaimaginaria".into()));
    let token = statistics["token"].as_str().unwrap();
    assert_eq!(list(&form(&sandbox, "/tokens/", &[]).await.expect(200)).len(), 4);
    let fields = [("code", "cajaimaginaria"), ("token", token)];
    let read = form(&sandbox, "/entities/", &fields).await.expect(200);
    assert_eq!(read["payload"]["user_information"], told["payload"]["user_information"]);
}

#[tokio::test]
async fn a_login_that_fails_is_told_to_nobody() {
    let receiver = Server::answering(|_| reply(200, &[], "")).await;
    let sandbox = embedded(&receiver, "1").await;
    assert!(sign_in(&sandbox, &[("user", "MOCKLOGINKO"), ("password", "x")]).await.contains("2000"));
    assert!(receiver.requests().is_empty() && sandbox.callbacks().is_empty());
}

#[tokio::test]
async fn a_one_time_code_is_asked_for_on_the_page() {
    let receiver = Server::answering(|_| reply(200, &[], "")).await;
    let sandbox = embedded(&receiver, "0").await;
    let user = [("user", "MOCKOTP"), ("password", "x")];
    let page = sign_in(&sandbox, &user).await;
    let session = page.split("name=\"session\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let page = sign_in(&sandbox, &[user[0], user[1], ("session", session), ("otp", "123456")]).await;
    assert!(page.contains("flow completed"));
    let told: Value = serde_json::from_slice(&receiver.request().body).unwrap();
    assert_eq!((&told["success"], told["statistics"].get("token")), (&true.into(), None));
}

#[tokio::test]
async fn whose_token_was_revoked_gets_another() {
    let receiver = Server::answering(|_| reply(200, &[], "")).await;
    let sandbox = embedded(&receiver, "1").await;
    let token = sandbox.wealthreader().token;
    let email =
        mocked(&sandbox, &token, &[]).await["payload"]["user_information"]["email"].as_str().unwrap().to_owned();
    form(&sandbox, "/tokens/revoke/", &[("token", &token)]).await.expect(200);
    let url = format!("{}/widget/", sandbox.wealthreader().url);
    let fields = [
        ("domain", "app.example.com"),
        ("operation_id", "op-2"),
        ("code", "bancoficticio"),
        ("user", email.as_str()),
        ("password", "sandbox"),
    ];
    assert_eq!(support::form(&url, &[], &fields).await.status, 200);
    sandbox.settled().await;
    let told: Value = serde_json::from_slice(&receiver.request().body).unwrap();
    let renewed = told["statistics"]["token"].as_str().unwrap();
    assert_ne!(renewed, token);
    assert_eq!(mocked(&sandbox, &token, &[]).await["error"]["code"], 9999);
    assert_eq!(mocked(&sandbox, renewed, &[]).await["success"], true);
}

#[tokio::test]
async fn the_redirect_flow_takes_only_what_fits() {
    let sandbox = sandbox().await;
    let url = sandbox.wealthreader().url;
    let fields = [
        ("method", "add"),
        ("domain", "app.example.com"),
        ("url_callback", "https://app.example.com/x"),
        ("tokenize", "0"),
        ("access_type", "oauth"),
    ];
    form(&sandbox, "/domains/", &fields).await.expect(200);
    // SHA-256 of "verifier".
    let challenge = "88c9eae68eb300b2971a2bec9e5a26ff4179fd661d6b7d861e4c6557b9aaee14";
    let flow = |redirect: &'static str, conf: &'static str| {
        let url = format!("{url}/oauth2/");
        async move {
            let fields = [
                ("response_type", "code"),
                ("redirect_uri", redirect),
                ("state", "s"),
                ("nonce", "n"),
                ("challenge_code", challenge),
                ("code_challenge_method", "S256"),
                ("wr_conf", conf),
                ("code", "bancoficticio"),
                ("user", "MOCKDATA"),
                ("password", "x"),
            ];
            support::form(&url, &[], &fields).await
        }
    };
    // {"operation_id":"op-1"}
    let conf = "7b226f7065726174696f6e5f6964223a226f702d31227d";
    assert_eq!(flow("https://other.example.com/back", conf).await.status, 400, "it was not added");
    assert_eq!(flow("https://app.example.com/back", "7b7d").await.status, 400, "no operation_id");
    let back = flow("https://app.example.com/back", conf).await;
    assert_eq!(back.status, 302);
    let location = back.header("location").to_owned();
    assert!(location.starts_with("https://app.example.com/back?nonce=n&state=s&code="), "{location}");
    let code = location.rsplit('=').next().unwrap();
    let exchange = [
        ("grant_type", "authorization_code"),
        ("redirect_uri", "https://app.example.com/back"),
        ("code", code),
        ("code_verifier", "another"),
    ];
    let refused = support::form(&format!("{url}/token/"), &[], &exchange).await.expect(400);
    assert_eq!(refused["error"]["message"], "The code_verifier does not fit the challenge_code.");
}
