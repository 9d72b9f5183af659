//! Card payments: invitations, lists, events.

use std::time::Duration;

use bankfeed_testing::{Request, Server, reply};
use ring::hmac;
use serde_json::{Value, json};

use super::{builder, get, list, post, sandbox};

const KEY: &str = "api_key=SANDBOX1";

fn genuine(secret: &str, request: &Request) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let header = request.header("x-wr-signature").unwrap().strip_prefix("sha256=").unwrap();
    let digits: String = hmac::sign(&key, &request.body).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    header == digits
}

#[tokio::test]
async fn an_invitation_is_confirmed_unless_it_expires_before() {
    let sandbox = sandbox().await;
    let invite = |email: &'static str, minutes: i64| {
        post(&sandbox, "/cards/enrollments/", json!({ "email": email, "ttl_minutes": minutes }))
    };
    let first = invite("employee@example.com", 20).await.expect(200)["payload"].take();
    assert_eq!((&first["status"], &first["confirmed_at"]), (&"pending".into(), &Value::Null));
    assert_eq!(invite("Employee@example.com", 5).await.expect(200)["payload"], first, "the same invitation");
    let hasty = invite("hasty@example.com", 4).await.expect(200)["payload"].take();
    sandbox.advance(Duration::from_secs(5 * 60));
    let show = |id: &Value| {
        let path = format!("/cards/enrollments/?{KEY}&enrollment_id={}", id.as_str().unwrap());
        let sandbox = &sandbox;
        async move { get(sandbox, &path).await }
    };
    let confirmed = show(&first["enrollment_id"]).await.expect(200)["payload"].take();
    assert_eq!((&confirmed["status"], &confirmed["confirmed_at"]), (&"active".into(), &"2026-03-02T09:05:00Z".into()));
    assert_eq!(show(&hasty["enrollment_id"]).await.expect(200)["payload"]["status"], "expired");
    assert_eq!(show(&json!("0000")).await.expect(404)["code"], "not_found");
    let again = invite("employee@example.com", 20).await.expect(200);
    assert_eq!(again["payload"]["enrollment_id"], first["enrollment_id"]);
    let renewed = invite("hasty@example.com", 20).await.expect(200);
    assert_ne!(renewed["payload"]["enrollment_id"], hasty["enrollment_id"]);
}

#[tokio::test]
async fn invitations_have_their_limits() {
    let sandbox = sandbox().await;
    for wrong in [json!({ "email": "nobody" }), json!({ "email": "a@example.com", "ttl_minutes": 61 }), json!({})] {
        assert_eq!(post(&sandbox, "/cards/enrollments/", wrong).await.expect(400)["code"], "invalid_email");
    }
    let url = format!("{}/cards/enrollments/", sandbox.wealthreader().url);
    let other = json!({ "api_key": "SANDBOX2", "email": "a@example.com" });
    assert_eq!(super::support::json("POST", &url, &[], &other).await.status, 200);
    let mine = || post(&sandbox, "/cards/enrollments/", json!({ "email": "a@example.com" }));
    assert_eq!(mine().await.expect(409)["code"], "email_linked_to_other_client");
    for _ in 0..59 {
        assert_eq!(mine().await.status, 409);
    }
    assert_eq!(mine().await.expect(429)["code"], "rate_limited");
    sandbox.advance(Duration::from_secs(60));
    assert_eq!(mine().await.status, 409);
}

#[tokio::test]
async fn payments_go_on_behind_a_cursor() {
    let sandbox = builder().transactions(20_000).start().await.unwrap();
    let window = format!("{KEY}&date_from=2026-02-05&date_to=2026-03-02");
    let whole = get(&sandbox, &format!("/cards/transactions/?{window}&limit=1000")).await.expect(200);
    let ids: Vec<i64> =
        list(&whole["payload"]["transactions"]).iter().map(|payment| payment["id"].as_i64().unwrap()).collect();
    assert!(ids.len() > 300 && ids.is_sorted_by(|a, b| a < b), "{}", ids.len());
    let (mut paged, mut since) = (Vec::new(), 0);
    loop {
        let page = format!("/cards/transactions/?{window}&limit=100&since_id={since}");
        let page = get(&sandbox, &page).await.expect(200);
        paged.extend(list(&page["payload"]["transactions"]).iter().map(|payment| payment["id"].as_i64().unwrap()));
        match page["payload"]["next_since_id"].as_i64() {
            Some(next) => since = next,
            None => break,
        }
    }
    assert!(whole["payload"]["next_since_id"].is_number() && paged.len() > ids.len());
    assert_eq!(paged[..ids.len()], ids);
    let email = whole["payload"]["transactions"][0]["email"].as_str().unwrap();
    let own = get(&sandbox, &format!("/cards/transactions/?{window}&email={email}&limit=1000")).await.expect(200);
    let own = list(&own["payload"]["transactions"]);
    assert!(!own.is_empty() && own.len() < paged.len() && own.iter().all(|payment| payment["email"] == email));
    let recent = get(&sandbox, &format!("/cards/transactions/?{KEY}")).await.expect(200);
    let recent = list(&recent["payload"]["transactions"]);
    assert!(!recent.is_empty());
    assert!(recent.iter().all(|payment| payment["operation_date"].as_str() >= Some("2026-02-27")));
    let wrong = get(&sandbox, &format!("/cards/transactions/?{KEY}&date_from=2026-03-03")).await;
    assert_eq!(wrong.expect(400)["code"], "invalid_date_from");
    let wrong = get(&sandbox, &format!("/cards/transactions/?{KEY}&date_from=soon")).await;
    assert_eq!(wrong.expect(400)["code"], "invalid_date_from");
}

#[tokio::test]
async fn events_are_signed_and_told_as_the_clock_moves() {
    let sandbox = sandbox().await;
    let receiver = Server::answering(|_| reply(200, &[], "")).await;
    let set = |body: Value| async { post(&sandbox, "/cards/webhook/", body).await.expect(200)["payload"].take() };
    let first = set(json!({ "webhook_url": format!("{}/cards", receiver.url) })).await;
    let secret = first["webhook_secret"].as_str().unwrap().to_owned();
    assert_eq!(secret, sandbox.wealthreader().cards_secret);
    assert_eq!(set(json!({})).await["webhook_secret"], Value::Null, "told once");
    post(&sandbox, "/cards/enrollments/", json!({ "email": "employee@example.com" })).await.expect(200);
    sandbox.advance(Duration::from_secs(10 * 86_400));
    sandbox.settled().await;
    let requests = receiver.requests();
    assert!(requests.iter().all(|request| genuine(&secret, request)));
    let bodies: Vec<Value> = requests.iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect();
    assert_eq!(bodies[0]["event"], "card_enrollment.confirmed");
    assert_eq!(bodies[0]["data"]["email"], "employee@example.com");
    let told: Vec<&Value> = bodies[1..].iter().map(|body| &body["data"]).collect();
    assert!(told.len() > 3 && told.iter().any(|payment| payment["email"] == "employee@example.com"));
    let window = format!("{KEY}&date_from=2026-03-02&date_to=2026-03-12");
    let listed = get(&sandbox, &format!("/cards/transactions/?{window}")).await.expect(200);
    let listed = list(&listed["payload"]["transactions"]);
    let after: Vec<&Value> =
        listed.iter().filter(|payment| payment["received_at"].as_str() > Some("2026-03-02T09:00:00Z")).collect();
    assert_eq!(told, after, "what is told is what is listed");
    for (request, body) in requests.iter().zip(&bodies) {
        assert_eq!(request.header("x-wr-event"), body["event"].as_str());
        assert_eq!(request.header("x-wr-delivery"), body["delivery_id"].as_str());
    }

    let rotated = set(json!({ "rotate_secret": true })).await["webhook_secret"].as_str().unwrap().to_owned();
    assert!(rotated != secret && rotated.len() == 64);
    sandbox.advance(Duration::from_secs(10 * 86_400));
    sandbox.settled().await;
    let more = receiver.requests();
    assert!(more.len() > requests.len());
    assert!(more[requests.len()..].iter().all(|request| genuine(&rotated, request)));
    assert_eq!(set(json!({ "webhook_url": null })).await["active"], false);
    sandbox.advance(Duration::from_secs(10 * 86_400));
    sandbox.settled().await;
    assert_eq!(receiver.requests().len(), more.len());
    let wrong = post(&sandbox, "/cards/webhook/", json!({ "webhook_url": "nowhere" })).await;
    assert_eq!(wrong.expect(400)["code"], "invalid_webhook_url");
}
