//! The two ways of authorization, and what is refused before it is sent.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use khipu_client::types::{AccountCredential, DataRequest};
use khipu_client::{Advice, Auth, AuthError, Client, Configure, Error, ErrorExt, Secret};
use support::{Server, failure, json, reply, request, request_with, sample};

/// The error of a call that must not be sent.
fn unsent(auth: Auth, request: DataRequest) -> Error {
    support::run(async {
        let server = Server::answering(|_| json(sample("response"))).await;
        let client = support::builder(&server, auth).0.build().unwrap();
        let error = client.retrieve_santander_ar_current_day_balances(request).send().await.unwrap_err();
        assert!(error.is_auth(), "{error:?}");
        assert_eq!((error.attempts(), error.advice()), (0, Advice::Authorize));
        assert!(server.requests().is_empty());
        error
    })
}

#[test]
fn an_api_key_without_a_login_is_refused() {
    let error = unsent(Auth::api_key("the-key"), request());
    assert_eq!(
        error.to_string(),
        "retrieve_santander_ar_current_day_balances: the request cannot be authorized: with an API key RequestData needs \
         an AccountCredential: add one, or use a JWT"
    );
    let null = AccountCredential::Unrecognized("null".parse().unwrap());
    unsent(Auth::api_key("the-key"), request_with(null));
}

#[test]
fn a_jwt_is_asked_for_before_every_attempt() {
    support::run(async {
        let busy = reply(500, &[], failure("E201", "RETRY_IMMEDIATELY"));
        let server = Server::playing([busy, json(sample("response")), json(sample("response"))]).await;
        let count = Arc::new(AtomicU32::new(0));
        let source = count.clone();
        let auth = Auth::jwt_from(move || Ok(format!("jwt-{}", source.fetch_add(1, Ordering::SeqCst)).into()));
        let client = support::builder(&server, auth).0.build().unwrap();
        for _ in 0..2 {
            client.retrieve_santander_ar_current_day_balances(request()).send().await.unwrap();
        }
        let tokens: Vec<_> =
            server.requests().iter().map(|request| request.header("authorization").unwrap().to_owned()).collect();
        assert_eq!(tokens, ["Bearer jwt-0", "Bearer jwt-1", "Bearer jwt-2"]);
    });
}

#[test]
fn a_source_without_a_token_ends_the_call() {
    let error = unsent(Auth::jwt_from(|| Err(AuthError::new("the token server is down"))), request());
    assert!(error.to_string().ends_with("the request cannot be authorized: the token server is down"), "{error}");
    for (token, problem) in [("", "must not be empty"), ("Bearer abc", "without `Bearer`"), ("a\nb", "has a blank")] {
        let error = unsent(Auth::jwt_from(move || Ok(Secret::from(token))), request());
        assert!(error.to_string().contains(problem), "{error}");
    }
}

#[test]
fn a_second_way_cannot_be_added() {
    support::run(async {
        let server = Server::answering(|_| json(sample("response"))).await;
        for auth in [|| Auth::jwt("the-jwt"), || Auth::api_key("the-key")] {
            for header in ["X-Api-Key", "Authorization"] {
                let request = request_with(AccountCredential::link("the-link"));
                let client = support::builder(&server, auth()).0.build().unwrap();
                let call = client.retrieve_santander_ar_current_day_balances(request).extra_header(header, "more");
                let error = call.send().await.unwrap_err();
                assert!(error.is_auth(), "{error:?}");
            }
        }
        assert!(server.requests().is_empty());
    });
}

#[test]
fn what_cannot_authorize_is_refused_when_building() {
    let problem = |auth: Auth| Client::builder(auth).build().unwrap_err().to_string();
    assert_eq!(problem(Auth::api_key("")), "the API key must not be empty");
    assert_eq!(problem(Auth::jwt("")), "the JWT must not be empty");
    assert!(problem(Auth::jwt("Bearer abc")).contains("without `Bearer`"));
    let plain = Client::builder(Auth::jwt("the-jwt")).base_url("http://example.com").build().unwrap_err();
    assert!(plain.to_string().contains("plain http"), "{plain}");
}

#[test]
fn a_key_that_fits_into_no_header_is_refused_without_being_shown() {
    let error = unsent(Auth::api_key("line\nbreak"), request_with(AccountCredential::link("the-link")));
    assert!(!format!("{error} {error:?}").contains("break"), "{error}");
}

#[test]
fn a_redirect_gets_no_credentials() {
    support::run(async {
        let elsewhere = Server::answering(|_| json(sample("response"))).await;
        let location = format!("{}{}", elsewhere.url, support::PATH);
        for status in [301, 302, 307, 308] {
            let to = location.clone();
            let server = Server::answering(move |_| reply(status, &[("location", &to)], "")).await;
            for auth in [Auth::jwt("the-jwt"), Auth::api_key("the-key")] {
                let client = support::builder(&server, auth).0.build().unwrap();
                let request = request_with(AccountCredential::link("the-link"));
                let error = client.retrieve_santander_ar_current_day_balances(request).send().await.unwrap_err();
                assert!(error.is_redirect(), "{error:?}");
                assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (status, 1));
            }
        }
        assert!(elsewhere.requests().is_empty());
    });
}
