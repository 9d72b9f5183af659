//! Personal data and credentials, planted wherever they can be, show up nowhere.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::error::Error as _;
use std::fmt::Debug;

use saltedge_client::runtime::{self as rt, Lenient};
use saltedge_client::types::*;
use saltedge_client::{CallbackKind, CallbackVerifier, Client, Configure, Json};
use support::{Log, Server, json, printed, reply, sample};

/// What stands for text, and for a day, where only a day fits.
const TEXT: &str = "PLANTED";
const DAY: &str = "1987-06-05";

#[track_caller]
fn is_clean(printed: &str) {
    assert!(!printed.contains(TEXT) && !printed.contains(DAY), "shows what was planted: {printed}");
}

/// Reads a JSON text full of planted values and prints it. What was planted must be in the value to begin with.
fn check<T: for<'de> Lenient<'de> + serde::Serialize + Debug>(open: &str, planted: &str) {
    let planted = planted.replace("TEXT", &format!("\"{TEXT}\"")).replace("DAY", &format!("\"{DAY}\""));
    let comma = if open.is_empty() { "" } else { "," };
    let text = format!("{{{open}{comma}{planted}}}");
    let value: T = rt::de::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let found = support::differences(&text, &serde_json::to_string(&value).unwrap());
    assert!(found.is_empty(), "{found:?}");
    is_clean(&format!("{value:?}"));
    is_clean(&format!("{value:#?}"));
}

#[test]
fn no_answer_or_callback_shows_what_is_sensitive() {
    const BANK: &str = r#""payee":TEXT,"payee_information":TEXT,"payer":TEXT,"payer_information":TEXT"#;
    const FIELDS: &str = r#""custom_fields":{"PLANTED":TEXT}"#;
    const CALLBACK: &str = r#""connection_id":"1","customer_id":"2""#;
    check::<Customer>(r#""customer_id":"1""#, r#""identifier":TEXT"#);
    check::<Connection>(
        r#""id":"1","customer_id":"2","provider_code":"p","status":"active""#,
        r#""customer_identifier":TEXT,"last_attempt":{"custom_fields":{"PLANTED":TEXT},"user_agent":TEXT,
           "remote_ip":TEXT},"holder_info":{"names":[TEXT],"emails":[TEXT],"phone_numbers":[TEXT],
           "addresses":[{"city":TEXT,"state":TEXT,"street":TEXT,"country_code":TEXT,"post_code":TEXT}],
           "extra":{"ssn":TEXT,"cpf":TEXT,"birth_date":DAY,"document_number":TEXT}}"#,
    );
    check::<HolderAddress>("", r#""city":TEXT,"state":TEXT,"street":TEXT,"country_code":TEXT,"post_code":TEXT"#);
    check::<ConnectSession>("", r#""connect_url":TEXT"#);
    check::<Account>(
        r#""id":"1","connection_id":"2","nature":"card","balance":1,"currency_code":"EUR""#,
        r#""name":TEXT,"extra":{"account_name":TEXT,"account_number":TEXT,"bban":TEXT,"cards":[TEXT],
           "client_name":TEXT,"holder_name":TEXT,"iban":TEXT,"masked_pan":TEXT,"provider_account_id":TEXT,
           "financial_consultant":TEXT,"life_assured_name":TEXT,"something_new":{"deep":[TEXT]}}"#,
    );
    check::<PolicyComponent>("", r#""assured_name":TEXT"#);
    check::<Transaction>(
        r#""id":"1","account_id":"2","status":"posted","made_on":"2024-01-03","amount":1,"currency_code":"EUR""#,
        &format!(
            r#""description":TEXT,"extra":{{"account_number":TEXT,"additional":TEXT,"information":TEXT,{BANK},
               "transfer_account_name":TEXT,"something_new":TEXT}}"#
        ),
    );
    check::<BucketAccount>(r#""bucket_id":"1","account_id":"2""#, r#""holder_name":TEXT,"extra":{"key":TEXT}"#);
    check::<BucketTransaction>(r#""transaction_id":"1","amount":1"#, &format!(r#""description":TEXT,{BANK}"#));
    check::<CustomerRule>("", r#""rule":TEXT"#);
    check::<Report>(r#""id":"1","status":"success""#, r#""customer_identifier":TEXT"#);
    check::<ReportAccount>("", r#""name":TEXT"#);
    check::<ReportConnectionAccount>("", r#""name":TEXT"#);
    check::<RegularStream>("", r#""description":TEXT"#);
    check::<StreamMerchant>("", r#""name":TEXT,"email":TEXT,"phone":TEXT,"address":TEXT"#);
    check::<ConnectionProgress>(CALLBACK, FIELDS);
    check::<ConnectionFailure>(CALLBACK, FIELDS);
    check::<DestroyedConnection>(CALLBACK, FIELDS);
    check::<ErrorResponse>("", r#""request":{"PLANTED":TEXT}"#);
}

/// Prints a request in which as many values are planted as `count` says.
fn check_request(request: &(impl serde::Serialize + Debug), count: usize) {
    let written = serde_json::to_string(request).unwrap();
    assert_eq!(written.matches(TEXT).count() + written.matches(DAY).count(), count, "{written}");
    is_clean(&format!("{request:?}"));
    is_clean(&format!("{request:#?}"));
}

#[test]
fn no_request_shows_what_is_sensitive() {
    let fields =
        || std::collections::BTreeMap::from([(TEXT.to_owned(), format!("\"{TEXT}\"").parse::<Json>().unwrap())]);
    let kyc = CustomerKyc::new()
        .citizenship_code(TEXT)
        .date_of_birth(support::date(DAY))
        .full_name(TEXT)
        .gender(TEXT)
        .legal_name(TEXT)
        .place_of_birth(TEXT)
        .registered_office_code(TEXT)
        .registered_office_address(TEXT)
        .registration_number(TEXT)
        .residence_address(TEXT);
    check_request(&CustomerCreation::new().email(TEXT).identifier(TEXT).kyc(kyc), 12);
    let connect = ConnectRequest::new(ConsentRequest::new([ConsentScope::Accounts]))
        .customer_identifier(TEXT)
        .attempt(ConnectAttempt::new().custom_fields(fields()));
    check_request(&connect, 3);
    check_request(&ReconnectAttempt::new([FetchScope::Accounts]).custom_fields(fields()), 2);
    check_request(&RefreshAttempt::new([FetchScope::Accounts]).custom_fields(fields()), 2);
    check_request(&BackgroundRefreshAttempt::new([FetchScope::Accounts]).custom_fields(fields()), 2);
    let account = ImportedAccount::new("1", "XF", "EUR").holder_name(TEXT);
    check_request(&account.extra([("key".to_owned(), fields()[TEXT].clone())]), 2);
    let transaction =
        ImportedTransaction::new("1", TEXT, 1).payee(TEXT).payee_information(TEXT).payer(TEXT).payer_information(TEXT);
    check_request(&transaction, 5);
}

/// A client whose every credential is planted.
fn client(server: &Server) -> Client {
    let clock = rt::ManualClock::new(support::noon());
    let builder = Client::builder(TEXT, TEXT)
        .base_url(&format!("{}/api/v6", server.url))
        .signing_key_pem(&sample("signing/key-pkcs8.pem"))
        .transport(|transport| transport.clock(clock.clone()).sleeper(rt::ManualSleeper::new(clock)));
    is_clean(&format!("{builder:?}"));
    builder.build().unwrap()
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
    tracing::subscriber::with_default(subscriber, || {
        support::run(async {
            let refusal = format!(
                r#"{{"error":{{"class":"WrongRequestFormat","message":"{TEXT}"}},"request":{{"id":"{TEXT}"}}}}"#
            );
            for answer in [
                reply(400, &[("x-planted", TEXT)], refusal),
                reply(400, &[], format!(r#""{TEXT}""#)),
                reply(502, &[], format!("<html>{TEXT}</html>")),
                reply(302, &[("location", &format!("https://example.com/{TEXT}"))], ""),
                json(format!(r#"{{"data":"{TEXT}"}}"#)),
                json(format!(r#"{{"data":{{"customer_id":{{"{TEXT}":1}}}}}}"#)),
                json(format!(r#"{{"data":{{"customer_id":"{TEXT}"#)),
            ] {
                let server = Server::answering(move |_| answer.clone()).await;
                let client = client(&server);
                is_clean(&format!("{client:?} {:?}", client.transport()));
                let body = CustomerCreation::new().email(TEXT).identifier(TEXT);
                let call = client.create_customer(body).extra_header("x-more", TEXT).extra_query("more", TEXT);
                is_clean(&format!("{call:?}"));
                let error = call.send().await.unwrap_err();
                is_clean(&format!("{} {:?}", printed(&error), error.api()));
                let call = client.show_customer(TEXT);
                is_clean(&format!("{call:?}"));
                assert!(call.no_retry().send().await.is_err());
                let mut stream = client.list_transactions(TEXT).account_id(TEXT).stream();
                let _ = stream.next().await;
                is_clean(&format!("{stream:?} {:?}", stream.continuation()));
            }
            let server = Server::answering(|_| json(sample("customers-show.response.json"))).await;
            let response = client(&server).show_customer(TEXT).send().await.unwrap();
            is_clean(&format!("{response:?}"));
            assert_eq!(server.request().header("secret"), Some(TEXT));
        });
    });
    let log = log.text();
    assert!(log.contains("create_customer"), "the log is empty: {log}");
    is_clean(&log);
}

#[test]
fn neither_verifiers_nor_their_errors_show_any() {
    let verifier =
        CallbackVerifier::new(&sample("signing/public.pem"), &format!("https://user:{TEXT}@example.com/")).unwrap();
    is_clean(&format!("{verifier:?}"));
    let headers = rt::HeaderMap::from_iter([("signature".parse().unwrap(), TEXT.parse().unwrap())]);
    let body = format!(r#"{{"data":{{"connection_id":"{TEXT}"}}}}"#);
    let error = verifier.verify(CallbackKind::Success, &headers, body.as_bytes()).unwrap_err();
    assert!(error.source().is_some());
    is_clean(&printed(&error));
    let unreadable = rt::de::from_str::<SuccessCallback>(&body).unwrap_err();
    is_clean(&format!("{unreadable} {unreadable:?}"));
}
