//! Callbacks: ordered, sent by the sandbox, proven by their address, read.

use std::time::Duration;

use bankfeed::*;
use bankfeed_sandbox::Sandbox;
use http::HeaderMap;

use crate::support::*;

const NOW: &str = "2026-03-02T09:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

async fn receiver() -> Server {
    Server::answering(|_| reply(200, &[], "")).await
}

fn with_callbacks(sandbox: &Sandbox, server: &Server, numbers: &[&str]) -> Khipu {
    let builder = builder(sandbox).callback_address(format!("{}/khipu", server.url)).callback_token(TOKEN);
    numbers.iter().fold(builder, |builder, number| builder.account(*number)).build().unwrap()
}

/// What the receiver got last.
fn last(khipu: &Khipu, server: &Server) -> Result<Event, Error> {
    let request = server.requests().pop().unwrap();
    khipu.verify_at(&request.target, &HeaderMap::new(), &request.body, now())
}

#[test]
fn what_is_ordered_comes_by_callback_and_is_read_as_a_refresh_is() {
    run(async {
        let (sandbox, server) = (sandbox().await, receiver().await);
        let khipu = with_callbacks(&sandbox, &server, &[NUMBER, "000000000201", "000000000302", "000000000999"]);
        let connection = khipu.refresh_connection(&NUMBER.into()).await.unwrap();
        let receipt: bankfeed::native::khipu::types::Envelope = connection.source.unwrap().decode().unwrap();
        sandbox.settled().await;
        let event = last(&khipu, &server).unwrap();
        assert!(event.kind.is(&EventKind::DataReady));
        assert_eq!(event.kind.word.as_deref(), Some("OK"));
        assert_eq!(event.connection, Some(NUMBER.into()));
        assert_eq!(event.institution, Some("santander.com.ar".into()));
        assert_eq!(event.idempotency_key, format!("{}:OK", receipt.operation_id));
        assert_eq!((event.sent_at, &event.error), (None, &None));
        let typed: bankfeed::native::khipu::types::Envelope = event.source.as_ref().unwrap().decode().unwrap();
        assert_eq!(typed.operation_id, receipt.operation_id);

        let told = khipu.data_of(&event, RefreshOptions::new()).unwrap();
        let read = khipu.refresh(&NUMBER.into(), RefreshOptions::new()).await.unwrap();
        let parts = |snapshot: &Snapshot| {
            let accounts = serde_json::to_value(snapshot.accounts.records()).unwrap();
            (accounts, serde_json::to_value(snapshot.balances.records()).unwrap())
        };
        assert_eq!(parts(&told), parts(&read));
        assert_eq!(told.balances.records().len(), 2);

        khipu.refresh_connection(&"000000000201".into()).await.unwrap();
        sandbox.settled().await;
        let failed = last(&khipu, &server).unwrap();
        assert!(failed.kind.is(&EventKind::Failed));
        let cause = failed.error.clone().unwrap();
        assert_eq!((cause.kind, cause.code.as_deref()), (ErrorKind::InstitutionUnavailable, Some("E201")));
        let error = khipu.data_of(&failed, RefreshOptions::new()).unwrap_err();
        assert_eq!(error.cause(), &cause);

        khipu.refresh_connection(&"000000000302".into()).await.unwrap();
        sandbox.settled().await;
        let nothing = khipu.data_of(&last(&khipu, &server).unwrap(), RefreshOptions::new()).unwrap();
        assert!(nothing.balances.is_complete() && nothing.balances.records().is_empty());

        khipu.refresh_connection(&"000000000999".into()).await.unwrap();
        sandbox.advance(Duration::from_secs(4 * 3_600));
        sandbox.settled().await;
        let expired = last(&khipu, &server).unwrap();
        assert_eq!(expired.error.unwrap().code.as_deref(), Some("LIFESPAN_EXCEEDED"));
        assert_eq!(expired.connection, Some("000000000999".into()));
    });
}

#[test]
fn every_connection_has_an_address_of_its_own_the_same_in_every_process() {
    let build = |token: &str| {
        let builder = Khipu::builder().jwt("a-jwt").account("01").account("02");
        builder.callback_address("https://app.example.com/khipu?tenant=7").callback_token(token).build().unwrap()
    };
    let (khipu, again, other) = (build(TOKEN), build(TOKEN), build("another-callback-token-of-this-length"));
    let address = |khipu: &Khipu, id: &str| khipu.callback_address(&id.into()).unwrap().unwrap();
    assert_eq!(address(&khipu, "01"), address(&again, "01"));
    assert_ne!(address(&khipu, "01"), address(&khipu, "02"));
    assert_ne!(address(&khipu, "01"), address(&other, "01"));
    let text = address(&khipu, "01").expose().to_owned();
    assert!(text.starts_with("https://app.example.com/khipu/") && text.ends_with("?tenant=7"), "{text}");
    assert!(!text.contains(TOKEN) && text.len() < 255);
    assert_eq!(khipu.callback_address(&"03".into()).unwrap_err().kind(), ErrorKind::NotFound);
    let target = text.strip_prefix("https://app.example.com").unwrap();
    let body = envelope("null");
    let event = again.verify_at(target, &HeaderMap::new(), body.as_bytes(), now()).unwrap();
    assert_eq!(event.connection, Some("01".into()));
    let error = other.verify_at(target, &HeaderMap::new(), body.as_bytes(), now()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotVerified);
}

#[test]
fn what_is_not_proven_is_refused() {
    let khipu = Khipu::builder().jwt("a-jwt").account(NUMBER).callback_token(TOKEN);
    let khipu = khipu.callback_address("https://app.example.com/khipu").build().unwrap();
    let address = khipu.callback_address(&NUMBER.into()).unwrap().unwrap();
    let target = address.expose().strip_prefix("https://app.example.com").unwrap();
    let body = envelope("null");
    let kind = |khipu: &Khipu, target: &str, body: &str| {
        khipu.verify_at(target, &HeaderMap::new(), body.as_bytes(), now()).map_err(|error| error.kind())
    };
    let token = target.rsplit('/').next().unwrap();
    assert!(kind(&khipu, target, &body).is_ok());
    assert!(kind(&khipu, &format!("/elsewhere?token={token}"), &body).is_ok());
    let wrong = format!("{}0", &target[..target.len() - 1]);
    let wrong = if wrong == target { format!("{}1", &target[..target.len() - 1]) } else { wrong };
    let longer = format!("{target}0");
    let shorter = &target[..target.len() - 1];
    for refused in ["", "/", "/khipu", "/khipu/", "/khipu?token=", TOKEN, &wrong, &longer, shorter] {
        assert_eq!(kind(&khipu, refused, &body).unwrap_err(), ErrorKind::NotVerified, "{refused}");
    }
    for unreadable in ["", "{}", "[]", "<html>", r#"{"OperationId":"","Status":"OK"}"#] {
        assert_eq!(kind(&khipu, target, unreadable).unwrap_err(), ErrorKind::UnexpectedAnswer, "{unreadable}");
    }
    let without = Khipu::builder().jwt("a-jwt").account(NUMBER).build().unwrap();
    assert_eq!(kind(&without, target, &body).unwrap_err(), ErrorKind::Configuration);
    let error = khipu.webhooks().unwrap().verify(&HeaderMap::new(), body.as_bytes(), now()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("verify_at"), "{error}");
    assert!(!khipu.capabilities().has(Capability::VerifyWebhooks));
}

#[test]
fn a_signature_that_is_asked_for_must_be_there_right_and_young() {
    let secret = "the secret of the collecting account";
    let khipu = Khipu::builder().jwt("a-jwt").account(NUMBER).callback_token(TOKEN).callback_signing_secret(secret);
    let khipu = khipu.callback_address("https://app.example.com/khipu").build().unwrap();
    let address = khipu.callback_address(&NUMBER.into()).unwrap().unwrap();
    let target = address.expose().strip_prefix("https://app.example.com").unwrap();
    let body = envelope("null");
    let signed = |sent: Timestamp| {
        let time = sent.as_millisecond().to_string();
        let mac = bankfeed_runtime::hmac_sha256(secret.as_bytes(), format!("{time}.{body}").as_bytes());
        let mut headers = HeaderMap::new();
        headers.insert("x-khipu-signature", format!("t={time},s={}", base64(&mac)).parse().unwrap());
        headers
    };
    let kind = |headers: &HeaderMap, body: &str| {
        khipu.verify_at(target, headers, body.as_bytes(), now()).map_err(|error| error.kind())
    };
    assert!(kind(&signed(now()), &body).is_ok());
    assert_eq!(kind(&HeaderMap::new(), &body).unwrap_err(), ErrorKind::NotVerified);
    assert_eq!(kind(&signed(now()), &body.replace("null", "[]")).unwrap_err(), ErrorKind::NotVerified);
    let old: Timestamp = "2026-03-02T08:54:59Z".parse().unwrap();
    assert_eq!(kind(&signed(old), &body).unwrap_err(), ErrorKind::NotVerified);
    let ahead: Timestamp = "2026-03-02T09:01:01Z".parse().unwrap();
    assert_eq!(kind(&signed(ahead), &body).unwrap_err(), ErrorKind::NotVerified);
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let sign = SIGNS[usize::try_from(group >> (18 - 6 * place) & 63).unwrap()];
            text.push(if place <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    text
}

#[test]
fn new_tokens_are_long_and_no_two_are_equal() {
    let (one, two) = (Khipu::new_callback_token().unwrap(), Khipu::new_callback_token().unwrap());
    assert_ne!(one, two);
    assert!(Khipu::builder().jwt("a-jwt").callback_token(one).build().is_ok());
}

#[test]
fn events_of_others_have_no_data_here() {
    let khipu = Khipu::builder().jwt("a-jwt").account(NUMBER).callback_token(TOKEN).build().unwrap();
    let event = Event::new(ProviderId::KHIPU, Coded::implied(EventKind::DataReady), "1");
    assert_eq!(khipu.data_of(&event, RefreshOptions::new()).unwrap_err().kind(), ErrorKind::InvalidRequest);
}
