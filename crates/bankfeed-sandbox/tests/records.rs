//! What is kept of requests, and what is not.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::panic)]

mod support;

use bankfeed_sandbox::{Provider, Sandbox};
use serde_json::json;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn credentials_and_personal_data_do_not_show() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let headers = [
        ("authorization", "Basic S3CR3T-basic"),
        ("secret", "S3CR3T-secret"),
        ("app-id", "S3CR3T-app"),
        ("x-api-key", "S3CR3T-key"),
        ("cookie", "session=S3CR3T-cookie"),
        ("signature", "S3CR3T-signature"),
        ("x-own", "S3CR3T-own"),
    ];
    let belvo = sandbox.belvo().url;
    let link = json!({
        "institution": "erebor_br_retail",
        "username": "S3CR3T-user",
        "password": "S3CR3T-password",
        "credentials": { "any": ["S3CR3T-any"] }
    });
    support::json("POST", &format!("{belvo}/api/links/?token=S3CR3T-token"), &headers, &link).await;
    support::json("POST", &format!("{belvo}/api/links/"), &headers, &json!(["S3CR3T-list"])).await;
    support::send("POST", &format!("{belvo}/api/links/"), &headers, b"{\"password\": \"S3CR3T-broken").await;
    support::get(&format!("{belvo}/api/owners/?email=S3CR3T-mail"), &headers).await;
    let wealthreader = sandbox.wealthreader().url;
    let fields = [("api_key", "S3CR3T-key"), ("user", "S3CR3T-user"), ("passwort", "S3CR3T-misspelt")];
    support::form(&format!("{wealthreader}/entities/"), &headers, &fields).await;
    support::send("POST", &format!("{wealthreader}/tokens/"), &[FORM], b"{\"api_key\": \"S3CR3T\"}").await;
    support::send("POST", &format!("{wealthreader}/tokens/"), &[FORM], b"S3CR3T").await;
    support::get(&format!("{wealthreader}/error-codes/?S3CR3T"), &headers).await;
    support::get(&format!("{belvo}/nowhere?secret=S3CR3T"), &headers).await;
    let requests = sandbox.requests();
    let printed = format!("{requests:?}");
    assert_eq!(requests.len(), 9, "{printed}");
    assert!(!printed.contains("S3CR3T"), "{printed}");
    assert!(printed.contains("erebor_br_retail") && printed.contains("[redacted]"), "{printed}");
}

#[tokio::test]
async fn what_is_no_secret_is_told() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let url = format!("{}/api/institutions/?page=3&page_size=5", sandbox.belvo().url);
    let reply = support::get(&url, &[("user-agent", "tester/1"), ("x-sandbox-fault", "plague")]).await;
    let request = sandbox.requests().pop().unwrap();
    assert_eq!((request.provider, request.operation.as_str()), (Provider::Belvo, "list_institutions"));
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/api/institutions/"));
    assert_eq!(request.query, [("page", "3"), ("page_size", "5")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    for header in [("user-agent", "tester/1"), ("x-sandbox-fault", "plague")] {
        assert!(request.headers.iter().any(|(name, value)| (name.as_str(), value.as_str()) == header), "{header:?}");
    }
    assert_eq!((request.status, request.refused.as_deref()), (reply.status, Some(reply.refused())));
    assert!(request.body.is_null());
}

#[tokio::test]
async fn requests_are_forgotten_when_they_are_to_be() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let nothing = Sandbox::builder().recorded(0).start().await.unwrap();
    for sandbox in [&sandbox, &nothing] {
        support::get(&format!("{}/nowhere", sandbox.khipu().url), &[]).await;
    }
    assert_eq!((sandbox.requests().len(), nothing.requests().len()), (1, 0));
    sandbox.forget_requests();
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn tokens_in_paths_of_user_pages_are_not_shown() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let token = "3774103452fd1aeb6f72ed4b1e5358a5a90a9966e0fbd31296f2667277d3d5bf";
    let root = format!("http://{}/saltedge", sandbox.address());
    let page = support::get(&format!("{root}/connect/{token}"), &[]).await;
    let unknown = support::get(&format!("{root}/api/v6/acounts/{token}"), &[]).await;
    assert_eq!(unknown.refused(), "path /api/v6/acounts/[redacted]: no operation has it");
    let shown = format!("{:?} {}", sandbox.requests(), page.refused());
    assert!(shown.contains("/connect/[redacted]") && !shown.contains(token), "{shown}");
}
