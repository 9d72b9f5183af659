//! Personal data and credentials, planted wherever they can be, show up nowhere.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fmt::Debug;

use khipu_client::runtime::{self as rt, Lenient};
use khipu_client::types::*;
use khipu_client::{Auth, CallbackReader, CallbackToken, Client, Configure};
use support::{Log, Server, differences, json, printed, reply};

/// What stands for everything that must not be seen. Long enough for a callback token.
const TEXT: &str = "PLANTED-PLANTED-PLANTED";

#[track_caller]
fn is_clean(printed: &str) {
    assert!(!printed.contains("PLANTED"), "shows what was planted: {printed}");
}

/// Reads a JSON text full of planted values and prints it. What was planted must be in the value to begin with.
fn check<T: for<'de> Lenient<'de> + serde::Serialize + Debug>(text: &str) {
    let text = text.replace("TEXT", &format!("\"{TEXT}\""));
    let value: T = rt::de::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let found = differences(&text, &serde_json::to_string(&value).unwrap());
    assert!(found.is_empty(), "{found:?}");
    is_clean(&format!("{value:?}"));
    is_clean(&format!("{value:#?}"));
}

#[test]
fn no_answer_shows_what_is_sensitive() {
    check::<Envelope>(
        r#"{"OperationId":"1","Status":"ERROR","Data":{"Balance":[{"AccountId":TEXT}],"Brand":TEXT},
            "AdditionalInformation":TEXT,"Error":{"Description":TEXT},"Message":TEXT}"#,
    );
    check::<Balance>(r#"{"AccountId":TEXT,"Amount":{"Amount":"1","Brand":TEXT}}"#);
    check::<Balance>(r#"{"Amount":TEXT}"#);
}

/// A request in which everything that can be is planted, and how often.
fn planted(credential: AccountCredential) -> DataRequest {
    #[allow(deprecated)]
    let data = RequestData::new(TEXT).account_credential(credential);
    DataRequest::new(data).callback_url(TEXT)
}

fn credentials() -> [AccountCredential; 3] {
    let other = AccountCredential::Unrecognized(format!("\"{TEXT}\"").parse().unwrap());
    [AccountCredential::link(TEXT), AccountCredential::bank([("Password", TEXT)]), other]
}

#[test]
fn no_request_shows_what_is_sensitive() {
    for credential in credentials() {
        is_clean(&format!("{credential:?} {credential:#?}"));
        let request = planted(credential);
        assert_eq!(serde_json::to_string(&request).unwrap().matches(TEXT).count(), 3);
        is_clean(&format!("{request:?} {request:#?}"));
    }
    // Where they stand in a request, not even the names of their members are seen.
    let named = planted(AccountCredential::bank([(TEXT, "x")]));
    is_clean(&format!("{named:?} {named:#?}"));
}

/// Clients whose every credential is planted.
fn clients(server: &Server) -> [Client; 3] {
    [Auth::api_key(TEXT), Auth::jwt(TEXT), Auth::jwt_from(|| Ok(TEXT.into()))].map(|auth| {
        is_clean(&format!("{auth:?}"));
        let (builder, _) = support::builder(server, auth);
        is_clean(&format!("{builder:?}"));
        builder.build().unwrap()
    })
}

#[test]
fn neither_clients_nor_calls_errors_or_logs_show_any() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, || support::run(all_answers()));
    let log = log.text();
    assert!(log.contains("retrieve_santander_ar_current_day_balances"), "the log is empty: {log}");
    is_clean(&log);
}

async fn all_answers() {
    let error = |status: &str| {
        format!(
            r#"{{"OperationId":"1","Status":"{status}","Error":{{"Code":"E201","Type":"DO_NOT_RETRY",
                "Description":"{TEXT}"}},"AdditionalInformation":"{TEXT}","Message":"{TEXT}"}}"#
        )
    };
    for answer in [
        reply(400, &[("x-planted", TEXT)], error("OK")),
        reply(401, &[], format!(r#""{TEXT}""#)),
        reply(502, &[], format!("<html>{TEXT}</html>")),
        reply(302, &[("location", &format!("https://example.com/{TEXT}"))], ""),
        json(error("ERROR")),
        json(format!(r#"{{"OperationId":"1","Status":"OK","Error":"{TEXT}"}}"#)),
        json(format!(r#"{{"OperationId":{{"{TEXT}":1}}}}"#)),
        json(format!(r#"{{"OperationId":"{TEXT}"#)),
    ] {
        let server = Server::answering(move |_| answer.clone()).await;
        for client in clients(&server) {
            is_clean(&format!("{client:?} {:?}", client.transport()));
            let call = client.retrieve_santander_ar_current_day_balances(planted(AccountCredential::link(TEXT)));
            let call = call.extra_header("x-more", TEXT).extra_query("more", TEXT);
            is_clean(&format!("{call:?}"));
            let error = call.send().await.unwrap_err();
            is_clean(&format!("{} {error:#?} {:?}", printed(&error), error.api()));
        }
        // It was there, wherever it was not seen.
        let sent = server.requests();
        assert_eq!(sent.len(), 3);
        assert_eq!(sent[0].header("x-api-key"), Some(TEXT));
        assert!(sent[1..].iter().all(|request| request.header("authorization") == Some(&format!("Bearer {TEXT}"))));
    }
}

#[test]
fn neither_tokens_nor_readers_nor_their_errors_show_any() {
    let token = CallbackToken::restore(TEXT).unwrap();
    let url = token.in_path("https://app.example.com").unwrap();
    is_clean(&format!("{token:?} {url:?} {url}"));
    for base in [format!("http://{TEXT}.example.com"), format!("https://{TEXT}:{TEXT}@example.com"), TEXT.to_owned()] {
        is_clean(&token.in_path(&base).unwrap_err().to_string());
    }
    let reader = CallbackReader::new(token).signing_secret(TEXT).unwrap();
    is_clean(&format!("{reader:?}"));
    let headers = rt::HeaderMap::from_iter([("x-khipu-signature".parse().unwrap(), TEXT.parse().unwrap())]);
    for (token, headers) in [("x", &headers), (TEXT, &headers), (TEXT, &rt::HeaderMap::new())] {
        let error = reader.read(token, headers, TEXT.as_bytes()).unwrap_err();
        is_clean(&printed(&error));
    }
    let token = CallbackToken::restore(TEXT).unwrap();
    let unsigned = CallbackReader::new(token);
    let error = unsigned.read(TEXT, &rt::HeaderMap::new(), TEXT.as_bytes()).unwrap_err();
    is_clean(&printed(&error));
    let body = format!(r#"{{"OperationId":"1","Status":"OK","Message":"{TEXT}"}}"#);
    let received = unsigned.read(TEXT, &rt::HeaderMap::new(), body.as_bytes()).unwrap();
    is_clean(&format!("{received:?} {:?}", received.clone().matching(|_| true).unwrap()));
}
