//! `bankfeed webhook verify`: one callback that was recorded.

use bankfeed_sandbox::{Provider, Sandbox, Url};
use bankfeed_testing::{Request, Server, reply};

use super::support::{Home, PLANTED, Run};

const BELVO: &str =
    r#"{"webhook_id":"w-1","webhook_type":"ACCOUNTS","webhook_code":"historical_update","link_id":"l-1"}"#;

fn belvo() -> Home {
    let home = Home::new().file("body.json", BELVO).file("changed.json", format!("{BELVO}\n"));
    home.with("BANKFEED_BELVO_SECRET_ID", "a")
        .with("BANKFEED_BELVO_SECRET_PASSWORD", PLANTED)
        .with("BANKFEED_BELVO_WEBHOOK_AUTHORIZATION", &format!("Bearer {PLANTED}"))
}

fn verify(home: &Home, arguments: &[&str]) -> Run {
    home.run(&[&["webhook", "verify"], arguments].concat())
}

#[test]
fn a_genuine_one_is_printed_as_an_event() {
    let home =
        belvo().file("head.txt", format!("POST /hooks HTTP/1.1\r\nAuthorization: Bearer {PLANTED}\r\nHost: h\r\n\r\n"));
    let arguments = ["webhook", "verify", "body.json", "-p", "belvo", "--headers", "head.txt", "--format", "table"];
    let run = home.run(&arguments);
    assert_eq!(run.code, Some(0));
    home.kept("webhook-verify", &run.transcript(&arguments));
    let json = verify(&home, &["body.json", "-p", "belvo", "--headers", "head.txt", "--format", "json"]);
    let event: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((&event["provider"], &event["kind"]["value"]), (&"belvo".into(), &"data_ready".into()));
    assert!(event["connection"].as_str().unwrap().starts_with('#'), "its id is not shown");
}

#[test]
fn others_are_refused_with_the_way_out() {
    let home = belvo();
    let arguments = ["webhook", "verify", "body.json", "-p", "belvo", "--header", "Authorization: Bearer other"];
    let run = home.run(&arguments);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    home.kept("webhook-verify-refused", &run.transcript(&arguments));
    assert_eq!(verify(&home, &["body.json", "-p", "belvo"]).code, Some(1), "no header at all");
}

#[test]
fn what_is_missing_is_told() {
    let home = Home::new().file("body.json", BELVO);
    for (arguments, code, told) in [
        (&["body.json"] as &[&str], 2, "name one provider with --provider"),
        (&["body.json", "-p", "belvo"], 3, "Belvo is not set up"),
        (&["nothing.json", "-p", "belvo", "--sandbox"], 2, "nothing.json cannot be read"),
        (&["body.json", "-p", "belvo", "--sandbox", "-H", "nonsense"], 2, "a header has no colon"),
        (&["body.json", "-p", "saltedge", "--sandbox", "--url", "https://example.com/hook"], 2, "name it with --kind"),
        (&["body.json", "-p", "belvo", "--sandbox", "--received-at", "noon"], 2, "2026-01-31T12:00:00Z"),
    ] {
        let run = verify(&home, arguments);
        assert_eq!(run.code, Some(code), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(told), "{arguments:?}: {}", run.stderr);
    }
}

/// A callback as Salt Edge sends it, with the address that it was sent to.
async fn signed() -> (Request, String) {
    let server = Server::answering(|_| reply(200, &[], "")).await;
    let sandbox = Sandbox::builder().people(1).transactions(10).start().await.unwrap();
    sandbox.send_callbacks_to(Provider::SaltEdge, Url::parse(&server.url).unwrap());
    sandbox.advance(std::time::Duration::from_secs(86_400));
    sandbox.settled().await;
    let requests = server.requests();
    let request = requests.into_iter().find(|request| request.path() == "/success").unwrap();
    let url = format!("{}{}", server.url, request.target);
    (request, url)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_holds_for_one_body_one_address_and_a_while() {
    let (request, url) = signed().await;
    let mut changed = request.body.clone();
    let last = changed.len() - 2;
    changed[last] ^= 1;
    let home = Home::new().file("body.json", &request.body).file("changed.json", changed);
    let signature = format!("Signature: {}", request.header("signature").unwrap());
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
    let sent_at = body["meta"]["time"].as_str().unwrap();
    let common = ["-p", "saltedge", "--sandbox", "--header", &signature];
    let run = |file: &str, url: &str, at: &str| {
        verify(&home, &[&[file], common.as_slice(), &["--url", url, "--received-at", at]].concat())
    };
    let genuine = run("body.json", &url, sent_at);
    assert_eq!((genuine.code, genuine.stderr.as_str()), (Some(0), ""));
    assert!(
        genuine.stdout.contains("\"data_ready\"")
            && !genuine.stdout.contains(body["data"]["connection_id"].as_str().unwrap())
    );
    for (refused, why) in [
        (run("changed.json", &url, sent_at), "another body"),
        (run("body.json", &url.replace("/success", "/hooks/success"), sent_at), "another address"),
        (run("body.json", &url, "2027-01-01T00:00:00Z"), "too late"),
    ] {
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(1), ""), "{why}");
    }
}
