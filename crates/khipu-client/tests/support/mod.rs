//! What several tests need: samples, a recording server, clients of it.
// Every test crate uses its own part of this.
#![allow(dead_code, unreachable_pub, unused_imports)]

use khipu_client::runtime as rt;
use khipu_client::types::{AccountCredential, DataRequest, RequestData};
use khipu_client::{Auth, Client, ClientBuilder, Error};

pub use bankfeed_testing::{
    FLOOD, Folder, Log, Reply, Request, Server, differences, json, outline, printed, reply, run,
};

const TESTS: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"));

pub const PATH: &str = "/v1/ar/banking/personal/santander.com.ar/pending/current-day/ACY/balances";
pub const OPERATION: &str = "6baf6c19-e485-463b-ae24-a821b025c8a4";

/// A file below `tests`.
pub fn file(name: &str) -> String {
    TESTS.text(name)
}

pub fn sample(name: &str) -> String {
    file(&format!("samples/santander-ar-pending-current-day-balances.{name}.json"))
}

pub fn noon() -> rt::jiff::Timestamp {
    "2026-01-01T12:00:00Z".parse().unwrap()
}

/// What the documentation's sample asks for.
pub fn request() -> DataRequest {
    DataRequest::new(RequestData::new("000011887755"))
}

/// The same with a login, as API keys need it.
#[allow(deprecated)]
pub fn request_with(credential: AccountCredential) -> DataRequest {
    DataRequest::new(RequestData::new("000011887755").account_credential(credential))
}

/// An envelope of status ERROR.
pub fn failure(code: &str, error_type: &str) -> String {
    format!(
        r#"{{"OperationId":"{OPERATION}","Status":"ERROR","Data":null,"AdditionalInformation":null,
            "Error":{{"Code":"{code}","Type":"{error_type}","Description":"Alex was here"}},"LifeSpan":null}}"#
    )
}

/// A builder for the server, on a clock that stands at noon until a pause moves it, and the sleeper that notes them.
pub fn builder(server: &Server, auth: Auth) -> (ClientBuilder, rt::ManualSleeper) {
    let clock = rt::ManualClock::new(noon());
    let sleeper = rt::ManualSleeper::new(clock.clone());
    let waits = sleeper.clone();
    let builder = Client::builder(auth)
        .base_url(&server.url)
        .transport(|transport| transport.clock(clock).sleeper(waits).jitter(|| 0.0));
    (builder, sleeper)
}

pub fn client(server: &Server) -> Client {
    builder(server, Auth::jwt("the-jwt")).0.build().unwrap()
}

/// What a call gives that is answered so, however often it asks.
pub fn outcome(answer: Reply) -> Result<khipu_client::Response<khipu_client::types::Envelope>, Error> {
    run(async {
        let server = Server::answering(move |_| answer.clone()).await;
        client(&server).retrieve_santander_ar_current_day_balances(request()).send().await
    })
}

/// The error of a call that is answered so.
pub fn error(answer: Reply) -> Error {
    outcome(answer).unwrap_err()
}
