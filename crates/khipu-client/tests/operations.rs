//! Every operation, sent over HTTP in both ways of authorization: method, path, headers and body are those that the
//! documentation prints.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use khipu_client::runtime as rt;
use khipu_client::types::{AccountCredential, DataRequest, OperationStatus};
use khipu_client::{Auth, Configure, Maybe};
use support::{OPERATION, PATH, Request, Server, json, reply, request, request_with, sample};

/// Sends a request to a server that answers with the sample, and gives what arrived there.
fn arrived(auth: Auth, request: DataRequest) -> Request {
    support::run(async {
        let server = Server::answering(|_| json(sample("response"))).await;
        let client = support::builder(&server, auth).0.build().unwrap();
        let answer = client.retrieve_santander_ar_current_day_balances(request).send().await.unwrap();
        assert_eq!(answer.operation_id, OPERATION);
        assert_eq!(answer.status(), 200);
        server.request()
    })
}

#[test]
fn all_operations_of_the_documentation_are_covered() {
    let listed = support::file("data/khipu.ops");
    let covered = arrived(Auth::jwt("the-jwt"), request());
    assert_eq!(listed.lines().collect::<Vec<_>>(), [format!("{} {}", covered.method, covered.target)]);
}

#[test]
fn with_a_jwt_the_sample_request_is_sent() {
    let sent = arrived(Auth::jwt("the-jwt"), request());
    assert_eq!((sent.method.as_str(), sent.target.as_str()), ("POST", PATH));
    assert_eq!(sent.header("authorization"), Some("Bearer the-jwt"));
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("accept"), Some("application/json"));
    for name in ["x-api-key", "cookie"] {
        assert_eq!(sent.header(name), None, "{name}");
    }
    assert_eq!(support::differences(&sample("request"), sent.text()), [""; 0]);
}

#[test]
fn with_an_api_key_the_login_goes_along() {
    let sent = arrived(Auth::api_key("the-key"), request_with(AccountCredential::link("the-link")));
    assert_eq!((sent.method.as_str(), sent.target.as_str()), ("POST", PATH));
    assert_eq!(sent.header("x-api-key"), Some("the-key"));
    assert_eq!(sent.header("authorization"), None);
    let body = r#"{"RequestData":{"AccountNumber":"000011887755","AccountCredential":{"AccountLink":"the-link"}}}"#;
    assert_eq!(sent.text(), body);
}

#[test]
fn a_jwt_may_go_with_a_login_too() {
    let sent = arrived(Auth::jwt("the-jwt"), request_with(AccountCredential::link("the-link")));
    assert_eq!((sent.header("authorization"), sent.header("x-api-key")), (Some("Bearer the-jwt"), None));
    assert!(sent.text().contains(r#""AccountLink":"the-link""#));
}

#[test]
fn with_a_callback_address_the_answer_is_202() {
    support::run(async {
        let accepted = format!(
            r#"{{"OperationId":"{OPERATION}","Status":"OK","Data":null,"AdditionalInformation":null,"Error":null,
                "LifeSpan":"2022-11-30T05:10:00.000Z"}}"#
        );
        let server = Server::playing([reply(202, &[("content-type", "application/json")], accepted)]).await;
        let request = request().callback_url("https://app.example.com/khipu/x");
        let call = support::client(&server).retrieve_santander_ar_current_day_balances(request);
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), 202);
        assert_eq!((answer.operation_id.as_ref(), &answer.status), (OPERATION, &OperationStatus::Ok));
        assert!(answer.data.is_null() && answer.balances().unwrap().is_empty());
        assert_eq!(answer.life_span, Maybe::Value("2022-11-30T05:10:00.000Z".to_owned()));
        let body = str::from_utf8(&server.request().body).unwrap().to_owned();
        assert!(body.ends_with(r#","CallbackUrl":"https://app.example.com/khipu/x"}"#), "{body}");
    });
}

/// Notes how long attempts may take.
#[derive(Clone, Default)]
struct Deadlines(Arc<Mutex<Vec<Duration>>>);

impl rt::Sleeper for Deadlines {
    fn sleep(&self, _: Duration) -> rt::BoxFuture<()> {
        Box::pin(std::future::ready(()))
    }

    fn deadline(&self, timeout: Duration) -> rt::BoxFuture<()> {
        self.0.lock().unwrap().push(timeout);
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_bank_has_five_minutes_unless_told_otherwise() {
    support::run(async {
        let server = Server::answering(|_| json(sample("response"))).await;
        let deadlines = Deadlines::default();
        let sleeper = deadlines.clone();
        let (builder, _) = support::builder(&server, Auth::jwt("the-jwt"));
        let client = builder.transport(|transport| transport.sleeper(sleeper)).build().unwrap();
        client.retrieve_santander_ar_current_day_balances(request()).send().await.unwrap();
        let patient = client.retrieve_santander_ar_current_day_balances(request()).timeout(Duration::from_secs(900));
        patient.send().await.unwrap();
        assert_eq!(*deadlines.0.lock().unwrap(), [Duration::from_secs(300), Duration::from_secs(900)]);
    });
}
