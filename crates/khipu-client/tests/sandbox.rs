//! The client against the sandbox: every operation over HTTP, answers checked against the specification.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::time::Duration;

use bankfeed_sandbox::{Provider, Sandbox};
use khipu_client::runtime as rt;
use khipu_client::types::{AccountCredential, CreditDebitIndicator, DataRequest, Envelope, FailureReason, RequestData};
use khipu_client::{Auth, Callback, CallbackReader, CallbackToken, Client, ErrorExt, ErrorGroup, Id};
use support::{Server, noon, reply, request, request_with, run};

async fn sandbox() -> Sandbox {
    Sandbox::builder().check_answers().start().await.unwrap()
}

fn client(sandbox: &Sandbox, auth: Auth) -> Client {
    let clock = rt::ManualClock::new(noon());
    let sleeper = rt::ManualSleeper::new(clock.clone());
    let builder = Client::builder(auth).base_url(&sandbox.khipu().url);
    builder.transport(|transport| transport.clock(clock).sleeper(sleeper).jitter(|| 0.0)).build().unwrap()
}

fn with_jwt(sandbox: &Sandbox) -> Client {
    client(sandbox, Auth::jwt(sandbox.khipu().jwt))
}

fn account(number: &str) -> DataRequest {
    DataRequest::new(RequestData::new(number))
}

#[test]
fn every_operation_is_answered_in_both_ways_of_authorization() {
    run(async {
        let sandbox = sandbox().await;
        let jwt = with_jwt(&sandbox).retrieve_santander_ar_current_day_balances(request()).send().await.unwrap();
        let credentials = [
            AccountCredential::link("the-link"),
            AccountCredential::bank([("DocumentNumber", "012345678"), ("Username", "sample"), ("Password", "0042")]),
        ];
        for credential in credentials {
            let client = client(&sandbox, Auth::api_key(sandbox.khipu().api_key));
            let call = client.retrieve_santander_ar_current_day_balances(request_with(credential));
            let answer = call.send().await.unwrap();
            assert_eq!(answer.data, jwt.data);
        }
        let balances = jwt.balances().unwrap();
        assert_eq!(balances.len(), 2);
        for balance in balances {
            assert_eq!(balance.credit_debit_indicator, Some(CreditDebitIndicator::Credit));
            assert!(balance.amounts().unwrap()[0].amount.unwrap().decimal() > rt::Decimal::ZERO);
            let at = balance.date_time.as_ref().unwrap();
            assert!(at.to_string().starts_with("2026-03-02T06:00:00"), "{at}");
        }
        let requests = sandbox.requests();
        for operation in Sandbox::operations(Provider::Khipu) {
            assert!(requests.iter().any(|request| request.operation == operation), "{operation}");
        }
        assert!(requests.iter().all(|request| request.refused.is_none()), "{requests:?}");
    });
}

#[test]
fn a_wrong_key_and_a_missing_login_are_refused() {
    run(async {
        let sandbox = sandbox().await;
        let wrong = client(&sandbox, Auth::jwt("another-jwt"));
        let error = wrong.retrieve_santander_ar_current_day_balances(request()).send().await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.group()), (401, Some(ErrorGroup::Token)));
        let refused = sandbox.requests().pop().unwrap().refused.unwrap();
        assert!(refused.starts_with("header authorization"), "{refused}");
    });
}

#[test]
fn failures_are_told_apart() {
    run(async {
        let sandbox = sandbox().await;
        for (number, group) in [
            ("000000000100", ErrorGroup::BankLogin),
            ("000000000302", ErrorGroup::NoData),
            ("000000000400", ErrorGroup::UserInput),
        ] {
            let call = with_jwt(&sandbox).retrieve_santander_ar_current_day_balances(account(number));
            let error = call.send().await.unwrap_err();
            assert_eq!(error.group(), Some(group), "{number}");
            assert!(error.operation_id().is_some());
        }
        for number in ["000000000300", "000000000301"] {
            let call = with_jwt(&sandbox).retrieve_santander_ar_current_day_balances(account(number));
            assert!(call.send().await.unwrap().balances().unwrap().is_empty(), "{number}");
        }
    });
}

/// What the receiver got last, read by the client's own reader.
fn heard(reader: &CallbackReader, server: &Server, token: &CallbackToken, issued: &Id) -> Callback {
    let request = server.requests().pop().unwrap();
    assert_eq!(request.target, format!("/khipu/{}", token.expose()));
    let received = reader.read(token.expose(), &rt::HeaderMap::new(), &request.body).unwrap();
    received.matching(|id| id == issued).unwrap()
}

#[test]
fn callbacks_are_read_by_the_clients_reader() {
    run(async {
        let sandbox = sandbox().await;
        let server = Server::answering(|_| reply(200, &[], "")).await;
        let token = CallbackToken::random().unwrap();
        let reader = CallbackReader::new(token.clone());
        // Real ones are https, which `in_path` insists on.
        let url = format!("{}/khipu/{}", server.url, token.expose());
        let client = with_jwt(&sandbox);
        let ask = async |number: &str| -> rt::Response<Envelope> {
            let later = account(number).callback_url(url.as_str());
            client.retrieve_santander_ar_current_day_balances(later).send().await.unwrap()
        };
        let taken = ask("000011887755").await;
        assert_eq!(taken.status(), 202);
        sandbox.settled().await;
        let Callback::Completed(envelope) = heard(&reader, &server, &token, &taken.operation_id) else { panic!() };
        assert_eq!(envelope.balances().unwrap().len(), 2);

        let taken = ask("000000000201").await;
        sandbox.settled().await;
        let Callback::Failed(failure) = heard(&reader, &server, &token, &taken.operation_id) else { panic!() };
        assert_eq!(failure.code(), Some("E201"));

        let taken = ask("000000000999").await;
        sandbox.advance(Duration::from_secs(4 * 3_600));
        sandbox.settled().await;
        let Callback::Failed(failure) = heard(&reader, &server, &token, &taken.operation_id) else { panic!() };
        assert_eq!(failure.reason(), Some(&FailureReason::LifespanExceeded));
        assert!(sandbox.callbacks().iter().all(|callback| callback.outcome == Ok(200)));
    });
}
