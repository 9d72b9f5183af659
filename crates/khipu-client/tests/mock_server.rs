//! What the client sends, judged by a mock server that was made from the specification by others.
//!
//! Start one on this machine, such as Prism, and name its address:
//! `KHIPU_BASE_URL=http://127.0.0.1:4010 cargo test -p khipu-client --test mock_server -- --ignored`
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use khipu_client::types::{AccountCredential, DataRequest};
use khipu_client::{Auth, CallbackToken, Client, Configure};
use support::{request, request_with};

fn client(auth: Auth) -> Client {
    let url =
        std::env::var("KHIPU_BASE_URL").unwrap_or_else(|_| panic!("KHIPU_BASE_URL is the address of a mock server"));
    Client::builder(auth).base_url(&url).build().unwrap()
}

#[test]
#[ignore = "needs a mock server at KHIPU_BASE_URL"]
fn a_mock_server_takes_every_form_of_request() {
    let callback = CallbackToken::random().unwrap().in_path("https://app.example.com/khipu").unwrap();
    let bank = AccountCredential::bank([("DocumentNumber", "012345678"), ("Password", "0042")]);
    let requests: [(Auth, DataRequest); 5] = [
        (Auth::jwt("the-jwt"), request()),
        (Auth::jwt("the-jwt"), request().callback_url(callback.clone())),
        (Auth::api_key("the-key"), request_with(AccountCredential::link("the-link"))),
        (Auth::api_key("the-key"), request_with(bank)),
        (Auth::api_key("the-key"), request_with(AccountCredential::link("the-link")).callback_url(callback)),
    ];
    support::run(async {
        for (auth, request) in requests {
            let call = client(auth).retrieve_santander_ar_current_day_balances(request);
            let answer = call.send().await.unwrap();
            assert_eq!(answer.balances().unwrap().len(), 1);
        }
        let call = client(Auth::jwt("the-jwt")).retrieve_santander_ar_current_day_balances(request());
        let accepted = call.extra_header("prefer", "code=202").send().await.unwrap();
        assert_eq!(accepted.status(), 202);
        let call = client(Auth::jwt("the-jwt")).retrieve_santander_ar_current_day_balances(request());
        let failed = call.extra_header("prefer", "example=failure").send().await.unwrap_err();
        assert_eq!((failed.status().unwrap().as_u16(), failed.code()), (200, Some("E201")));
    });
}
