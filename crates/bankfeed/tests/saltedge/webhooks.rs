//! Callbacks: from the sandbox with its key, and made here.

use std::time::Duration;

use bankfeed::native::saltedge::types;
use bankfeed::{
    Connections as _, Error, ErrorKind, Event, EventKind, InstitutionStatus, SaltEdge, SessionRequest, Timestamp,
    Webhooks as _,
};
use bankfeed_runtime::RsaSigner;
use bankfeed_sandbox::{Provider, Sandbox};
use bankfeed_testing::{Request, Server, json};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::sessions::decide;
use super::{SAMPLES, run, setup};

fn headers(request: &Request) -> HeaderMap {
    let pairs = request
        .headers
        .iter()
        .map(|(name, value)| (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap()));
    pairs.collect()
}

fn address(kind: &str) -> String {
    format!("https://app.example.com/hooks/{kind}")
}

/// Salt Edge with the key of the samples, and an address for each kind.
pub(crate) fn listening() -> SaltEdge {
    SaltEdge::builder("app", "secret")
        .callback_key_pem(&SAMPLES.text("signing/public.pem"))
        .success_callback(&address("success"))
        .fail_callback(&address("fail"))
        .notify_callback(&address("notify"))
        .destroy_callback(&address("destroy"))
        .provider_changes_callback(&address("provider_changes"))
        .categorization_callback(&address("categorization_finished"))
        .report_callback(&address("report"))
        .build()
        .unwrap()
}

/// A signature over a body that goes to the address of a kind.
pub(crate) fn signed(kind: &str, body: &[u8]) -> HeaderMap {
    let key = RsaSigner::from_pem(&SAMPLES.text("signing/key-pkcs8.pem")).unwrap();
    let message = [format!("{}|", address(kind)).as_bytes(), body].concat();
    let signature = key.sign(&message).unwrap();
    HeaderMap::from_iter([(HeaderName::from_static("signature"), HeaderValue::from_str(&signature).unwrap())])
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

#[test]
fn callbacks_of_the_sandbox_are_verified_and_read() {
    run(async {
        let receiver = Server::answering(|_| json("{}")).await;
        let sandbox = Sandbox::builder().start().await.unwrap();
        sandbox.send_callbacks_to(Provider::SaltEdge, format!("{}/hooks", receiver.url).parse().unwrap());
        let of = |kind: &str| format!("{}/hooks/{kind}", receiver.url);
        let saltedge = setup(&sandbox)
            .callback_key_pem(sandbox.saltedge().callback_key)
            .success_callback(&of("success"))
            .fail_callback(&of("fail"))
            .notify_callback(&of("notify"))
            .destroy_callback(&of("destroy"))
            .build()
            .unwrap();
        let party = super::connections(&saltedge).await.remove(0).party.unwrap();
        let session = |bank: &str| {
            let from: bankfeed::Date = "2025-06-01".parse().unwrap();
            SessionRequest::new().party(&party).institution(bank).data_from(from).return_to("https://shop.example.com/")
        };
        let opened = saltedge.start_session(session("fakebank_simple_xf")).await.unwrap();
        let location = decide(opened.address.unwrap().expose(), "consent");
        let (_, id) = location.split_once("connection_id=").unwrap();
        let opened = saltedge.start_session(session("fake_oauth_client_xf")).await.unwrap();
        decide(opened.address.unwrap().expose(), "fail");
        saltedge.remove_connection(&id.into()).await.unwrap();
        sandbox.settled().await;

        let now = Timestamp::try_from(sandbox.now()).unwrap();
        let mut kinds = Vec::new();
        for request in receiver.requests() {
            let event = saltedge.verify(&headers(&request), &request.body, now).unwrap();
            assert_eq!(event.party.as_ref(), Some(&party));
            assert!(event.connection.is_some() && event.sent_at.is_some());
            if event.kind.value == Some(EventKind::Failed) {
                let cause = event.error.clone().unwrap();
                assert_eq!((cause.kind, cause.code.as_deref()), (ErrorKind::LoginFailed, Some("InvalidCredentials")));
                let typed: types::FailCallback = event.source.as_ref().unwrap().decode().unwrap();
                assert_eq!(typed.data.connection_id.as_str(), event.connection.as_ref().unwrap().as_str());
            }
            kinds.push(event.kind.value.unwrap());
            let mut changed = request.body.clone();
            changed.push(b' ');
            let refused = saltedge.verify(&headers(&request), &changed, now).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::NotVerified);
        }
        for expected in [EventKind::Progress, EventKind::DataReady, EventKind::Failed, EventKind::ConnectionRemoved] {
            assert!(kinds.contains(&expected), "{expected:?}");
        }
    });
}

fn body(time: Option<&str>) -> Vec<u8> {
    let meta = time.map_or(String::new(), |time| format!(r#","time":"{time}""#));
    format!(r#"{{"data":{{"connection_id":"1","customer_id":"2","stage":"finish"}},"meta":{{"version":"6"{meta}}}}}"#)
        .into_bytes()
}

fn verify(kind: &str, body: &[u8], now: &str) -> Result<Event, Error> {
    listening().verify(&signed(kind, body), body, at(now))
}

#[test]
fn the_address_that_was_signed_tells_the_kind() {
    let body = body(Some("2024-01-01T00:00:00Z"));
    let kind = |name: &str| verify(name, &body, "2024-01-01T00:00:10Z").unwrap().kind;
    assert_eq!(kind("success").value, Some(EventKind::DataReady));
    assert_eq!(kind("notify").value, Some(EventKind::Progress));
    assert_eq!(kind("success").word.as_deref(), Some("finish"));
    assert_eq!(kind("destroy").value, Some(EventKind::ConnectionRemoved));
    let elsewhere = verify("elsewhere", &body, "2024-01-01T00:00:10Z").unwrap_err();
    assert_eq!(elsewhere.kind(), ErrorKind::NotVerified);
}

#[test]
fn a_callback_says_how_old_it_is_or_nothing_of_the_kind() {
    let timed = body(Some("2024-01-01T00:00:00Z"));
    let kind = |body: &[u8], now| {
        verify("success", body, now).map_err(|error| error.kind()).map(|event| event.sent_at.is_some())
    };
    assert_eq!(kind(&timed, "2024-01-01T00:04:59Z"), Ok(true));
    assert_eq!(kind(&timed, "2024-01-01T00:05:01Z"), Err(ErrorKind::NotVerified));
    assert_eq!(kind(&timed, "2023-12-31T23:58:00Z"), Err(ErrorKind::NotVerified));
    assert_eq!(kind(&body(None), "2031-01-01T00:00:00Z"), Ok(false));
    let local = body(Some("2024-01-01T00:00:00"));
    assert_eq!(kind(&local, "2024-01-01T00:00:10Z"), Err(ErrorKind::NotVerified), "a time without offset has no age");
    let patient = SaltEdge::builder("app", "secret")
        .callback_key_pem(&SAMPLES.text("signing/public.pem"))
        .success_callback(&address("success"))
        .callback_max_age(Duration::from_secs(86_400))
        .build()
        .unwrap();
    patient.verify(&signed("success", &timed), &timed, at("2024-01-01T20:00:00Z")).unwrap();
}

#[test]
fn nothing_that_is_not_proven_passes() {
    let body = body(Some("2024-01-01T00:00:00Z"));
    let now = at("2024-01-01T00:00:10Z");
    let good = signed("success", &body);
    let mut twice = good.clone();
    twice.append("signature", good["signature"].clone());
    let mut garbage = good.clone();
    garbage.insert("signature", HeaderValue::from_static("AAAA"));
    for (what, headers) in [("none", HeaderMap::new()), ("two", twice), ("garbage", garbage)] {
        let error = listening().verify(&headers, &body, now).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotVerified, "{what}");
    }
    let no_key = SaltEdge::builder("app", "secret").build().unwrap();
    assert_eq!(no_key.verify(&good, &body, now).unwrap_err().kind(), ErrorKind::Configuration);
    let unreadable = br#"{"data":[]}"#;
    let error = listening().verify(&signed("success", unreadable), unreadable, now).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
}

#[test]
fn a_repetition_is_known_by_its_key() {
    let one = body(Some("2024-01-01T00:00:00Z"));
    let other = body(Some("2024-01-01T00:00:01Z"));
    let key = |body: &[u8]| verify("success", body, "2024-01-01T00:00:10Z").unwrap().idempotency_key;
    assert_eq!(key(&one), key(&one));
    assert_ne!(key(&one), key(&other));
    assert_eq!(key(&one).len(), 32);
}

#[test]
fn an_institution_that_falls_ill_is_an_event() {
    let body = SAMPLES.text("callback-provider-changes.json");
    let event = verify("provider_changes", body.as_bytes(), "2023-09-21T09:49:20Z").unwrap();
    assert_eq!(event.kind.value, Some(EventKind::InstitutionChanged));
    assert!(event.institution_status.unwrap().is(&InstitutionStatus::Down));
    assert_eq!(event.institution.unwrap().as_str(), "fake_client_xf");
}
