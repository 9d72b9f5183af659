//! Callbacks: those of the sandbox are taken, and everything else is not.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bankfeed::native::belvo::types;
use bankfeed::{Connections, ErrorKind, Event, EventKind, Webhooks};
use bankfeed_sandbox::{Provider, Url};
use bankfeed_testing::{Request, Server, json, run};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::{BANK, Scene};

const AUTHORIZATION: &str = "Basic YmVsdm86czNjcmV0";

fn received_at() -> bankfeed::Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

fn headers(request: &Request) -> HeaderMap {
    let pairs = request.headers.iter().map(|(name, value)| {
        (HeaderName::try_from(name.as_str()).unwrap(), HeaderValue::try_from(value.as_str()).unwrap())
    });
    pairs.collect()
}

fn authorized(value: &str) -> HeaderMap {
    HeaderMap::from_iter([(http::header::AUTHORIZATION, HeaderValue::try_from(value).unwrap())])
}

fn belvo() -> bankfeed::Belvo {
    bankfeed::Belvo::builder("id", "password").webhook_authorization(AUTHORIZATION).build().unwrap()
}

fn read(body: &str) -> Event {
    belvo().verify(&authorized(AUTHORIZATION), body.as_bytes(), received_at()).unwrap()
}

#[test]
fn callbacks_of_the_sandbox_become_events() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        let arrived: Arc<Mutex<Vec<Request>>> = Arc::default();
        let noted = arrived.clone();
        let receiver = Server::answering(move |request| {
            noted.lock().unwrap().push(request.clone());
            json("{}")
        })
        .await;
        scene.sandbox.send_callbacks_to(Provider::Belvo, Url::parse(&receiver.url).unwrap());
        let party = scene.belvo.refresh_connection(&link).await.unwrap().party;
        scene.sandbox.advance(Duration::from_secs(400 * 86_400));
        scene.sandbox.settled().await;

        let requests = arrived.lock().unwrap().clone();
        let events: Vec<Event> = requests
            .iter()
            .map(|request| scene.belvo.verify(&headers(request), &request.body, received_at()).unwrap())
            .collect();
        let kinds = |kind: EventKind| events.iter().filter(|event| event.kind.is(&kind)).collect::<Vec<_>>();
        assert!(events.iter().all(|event| event.kind.value.is_some()), "{events:?}");
        let ready = kinds(EventKind::DataReady);
        assert!(
            ready.iter().any(|event| event.connection.as_ref() == Some(&link) && event.party == party),
            "{ready:?}"
        );
        assert!(!kinds(EventKind::UserNeeded).is_empty() && !kinds(EventKind::ConsentEnded).is_empty());
        let ended = kinds(EventKind::ConsentEnded)[0];
        assert!(ended.institution.as_ref().unwrap().as_str().starts_with("of"));
        let payload: types::AggregationCallback = ended.source.as_ref().unwrap().decode().unwrap();
        assert_eq!(payload.webhook_code, "openfinance_consent_expired");
        let mut keys: Vec<&str> = events.iter().map(|event| event.idempotency_key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), events.len(), "each has a key of its own");

        let (request, mut changed) = (&requests[0], headers(&requests[0]));
        changed.insert(http::header::AUTHORIZATION, HeaderValue::from_static("Basic c29tZW9uZTplbHNl"));
        let error = scene.belvo.verify(&changed, &request.body, received_at()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotVerified);
    });
}

#[test]
fn nothing_is_taken_without_the_header() {
    let body = br#"{"webhook_id":"1","webhook_type":"LINK","webhook_code":"token_required","link_id":"2"}"#;
    let kind =
        |belvo: &bankfeed::Belvo, headers: &HeaderMap| belvo.verify(headers, body, received_at()).unwrap_err().kind();
    assert_eq!(kind(&belvo(), &HeaderMap::new()), ErrorKind::NotVerified);
    let mut twice = authorized(AUTHORIZATION);
    twice.append(http::header::AUTHORIZATION, HeaderValue::from_static(AUTHORIZATION));
    assert_eq!(kind(&belvo(), &twice), ErrorKind::NotVerified);
    assert_eq!(kind(&belvo(), &authorized("Basic YmVsdm86czNjcmV")), ErrorKind::NotVerified);
    let keyless = bankfeed::Belvo::builder("id", "password").build().unwrap();
    assert_eq!(kind(&keyless, &authorized(AUTHORIZATION)), ErrorKind::Configuration);
    let error = belvo().verify(&authorized(AUTHORIZATION), b"no json", received_at()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
}

#[test]
fn a_link_in_trouble_says_why() {
    let event = read(
        r#"{"webhook_id":"1","webhook_type":"LINK","webhook_code":"invalid_credentials","link_id":"2","external_id":null,
        "data":{"error_code":"login_error","error_message":"Ralph must act","status":400}}"#,
    );
    assert!(event.kind.is(&EventKind::UserNeeded));
    let cause = event.error.as_ref().unwrap();
    assert_eq!((cause.kind, cause.code.as_deref()), (ErrorKind::LoginFailed, Some("login_error")));
    assert_eq!((event.party.as_ref(), event.idempotency_key.as_str()), (None, "1"));
    assert!(!format!("{event:?}").contains("Ralph"));
}

#[test]
fn payments_are_events_too() {
    let event = read(
        r#"{"webhook_id":"3b9a","webhook_type":"CHARGES","webhook_code":"STATUS_UPDATE","object_id":"d2e4",
        "external_id":null,"data":{"status":"FAILED","failure_code":"consent_expired"}}"#,
    );
    assert!(event.kind.is(&EventKind::Payment));
    assert_eq!(event.kind.word.as_deref(), Some("CHARGES.STATUS_UPDATE"));
    assert_eq!(event.error.as_ref().unwrap().code.as_deref(), Some("consent_expired"));
    assert_eq!((event.connection.as_ref(), event.source.as_ref().unwrap().schema()), (None, "PaymentsCallback"));
}

#[test]
fn what_has_no_id_is_known_by_its_text() {
    let body = r#"{"webhook_type":"PAYMENT_AUTHORIZATIONS","status":"AUTHORIZED"}"#;
    let (once, again) = (read(body), read(body));
    assert!(once.kind.is(&EventKind::Other));
    assert_eq!(once.idempotency_key, again.idempotency_key);
    assert_ne!(once.idempotency_key, read(&body.replace("AUTHORIZED\"", "REVOKED\"")).idempotency_key);
}
