//! Keys, credentials and personal data, planted wherever they can be, show up nowhere.
//!
//! Only one test here sends anything: what others send meanwhile, without a log, could keep it from this one's.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fmt::Debug;

use support::{Log, Server, builder_with, differences, json, json_status, printed, read, reply, written};
use wealthreader_client::runtime::Lenient;
use wealthreader_client::types::*;
use wealthreader_client::{
    ApiFailure, CardsWebhookVerifier, ChallengeAnswer, Configure, Error, ErrorExt, OtpFields, UnsignedWidgetCallback,
};

/// What stands for everything that must not be seen.
const TEXT: &str = "PLANTED";

#[track_caller]
fn is_clean(printed: &str) {
    assert!(!printed.contains(TEXT), "shows what was planted: {printed}");
}

/// Reads a JSON text full of planted values and prints it. What was planted must be in the value to begin with.
#[track_caller]
fn check<T: for<'de> Lenient<'de> + serde::Serialize + Debug>(text: &str) {
    let text = text.replace("TEXT", &format!("\"{TEXT}\""));
    let value: T = read(&text);
    let found = differences(&text, &written(&value));
    assert!(found.is_empty(), "{found:?}");
    is_clean(&format!("{value:?} {value:#?}"));
}

#[test]
fn no_answer_shows_what_is_sensitive() {
    check::<FinancialData>(
        r#"{"success":false,"payload":null,"error":{"code":1,"message":TEXT,"contract_names":[TEXT]},
            "statistics":{"token":TEXT,"otpMethods":[{"otp_method":TEXT}],"contract_names":[TEXT]},"contract_names":[TEXT]}"#,
    );
    check::<UserInformation>(
        r#"{"ID":TEXT,"name":TEXT,"birth_date":"1980-01-01","birth_place":TEXT,"cell_phone":TEXT,"address":TEXT,"job":TEXT,
            "email":TEXT,"postal_code":TEXT}"#,
    );
    check::<Account>(
        r#"{"uuid":"1","code":TEXT,"owners":[{"ID":TEXT,"name":TEXT}],"transactions":[{"amount":1,"description":TEXT,
            "pdf_file":TEXT,"transfer_details":{"concept":TEXT,"sender_receiver":TEXT,"account_number":TEXT}}]}"#,
    );
    check::<Card>(r#"{"uuid":"1","code":TEXT,"linked_account":TEXT,"owner":{"ID":TEXT,"name":TEXT}}"#);
    check::<Loan>(r#"{"contract_number":TEXT,"linked_account":TEXT,"holders":[{"id":TEXT,"name":TEXT}]}"#);
    check::<Token>(r#"{"token":TEXT}"#);
    check::<UserStatus>(r#"{"success":true,"user_id":TEXT,"links":{"integra":TEXT}}"#);
    check::<CardsWebhook>(r#"{"webhook_secret":TEXT}"#);
    check::<CardTransactionEvent>(
        r#"{"event":"card_transaction.created","api_key":TEXT,"data":{"id":"1","amount":1,"email":TEXT,"merchant":TEXT,
            "description":TEXT,"card_last4":TEXT}}"#,
    );
}

/// A read in which everything that can be is planted.
fn planted() -> FinancialDataRequest {
    let challenge =
        failed(r#"{"success":false,"error":{"code":2010},"statistics":{"SESSION":"PLANTED"}}"#).challenge().unwrap();
    is_clean(&format!("{challenge:?}"));
    let fields = OtpFields::new("its_session", "its_code").unwrap();
    let request = FinancialDataRequest::new("bank")
        .token(TEXT)
        .otp_method(TEXT)
        .user(TEXT)
        .password(TEXT)
        .second_password(TEXT)
        .third_password(TEXT)
        .contract_name(TEXT);
    let answer = ChallengeAnswer::Code(TEXT.into());
    is_clean(&format!("{answer:?}"));
    challenge.resume(request, &fields, answer).unwrap()
}

fn failed(body: &str) -> ApiFailure {
    wealthreader_client::runtime::ApiError::in_success(body.as_bytes()).unwrap()
}

#[test]
fn no_request_shows_what_is_sensitive() {
    let read = planted();
    assert_eq!(written(&read).matches(TEXT).count(), 9);
    is_clean(&format!("{read:?} {read:#?}"));
    let requests: [&dyn Debug; 7] = [
        &TokenRevocation::new(TEXT),
        &TokenReassignment::new(TEXT, TEXT, TEXT),
        &UserQuery::new(TEXT),
        &UserRegistration::new(TEXT, UserService::Integra, TEXT),
        &IbanOwnershipQuery::new(TEXT, DocumentType::Nif, TEXT, TEXT),
        &BatchConnection::new("1", "bank").token(TEXT).user(TEXT).password(TEXT).contract_name(TEXT),
        &CardEnrollmentCreation::new(TEXT),
    ];
    for request in requests {
        is_clean(&format!("{request:?} {request:#?}"));
    }
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
    assert!(log.contains("read_financial_data") && log.contains("list_card_transactions"), "the log is empty: {log}");
    is_clean(&log);
}

async fn all_answers() {
    let failure = format!(
        r#"{{"success":false,"error":{{"code":2000,"message":"{TEXT}"}},"statistics":{{"SESSION":"1","token":"{TEXT}"}}}}"#
    );
    let answers = [
        json(failure.clone()),
        json_status(400, failure),
        json_status(401, format!(r#"{{"success":false,"message":"{TEXT}"}}"#)),
        reply(401, &[("x-planted", TEXT)], format!(r#""{TEXT}""#)),
        reply(500, &[], format!("<html>{TEXT}</html>")),
        reply(302, &[("location", &format!("https://example.com/{TEXT}"))], ""),
        json(format!(r#"{{"success":"{TEXT}"#)),
    ];
    let server = Server::playing([]).await;
    let (builder, _) = builder_with(&server, TEXT);
    is_clean(&format!("{builder:?}"));
    let client = builder.build().unwrap();
    is_clean(&format!("{client:?} {:?}", client.transport()));
    for answer in answers {
        server.queue(answer.clone());
        let call = client.read_financial_data(planted()).extra_header("x-more", TEXT).extra_query("more", TEXT);
        is_clean(&format!("{call:?}"));
        check_error(&call.send().await.unwrap_err());
        server.queue(answer);
        let call = client.list_card_transactions().email(TEXT).no_retry();
        is_clean(&format!("{call:?}"));
        check_error(&call.send().await.unwrap_err());
    }
    // It was there, wherever it was not seen.
    for request in server.requests() {
        let key = if request.method == "GET" { request.query_value("api_key") } else { request.form_value("api_key") };
        assert_eq!(key.as_deref(), Some(TEXT));
    }
}

fn check_error(error: &Error) {
    is_clean(&format!("{} {error:#?} {:?} {:?}", printed(error), error.api(), error.advice()));
}

#[test]
fn neither_callbacks_nor_verifiers_show_any() {
    is_clean(&format!("{:?}", CardsWebhookVerifier::new(TEXT).unwrap()));
    let body = format!(r#"{{"success":true,"payload":{{}},"statistics":{{"operation_id":"1","token":"{TEXT}"}}}}"#);
    let callback = UnsignedWidgetCallback::read(body.as_bytes()).unwrap();
    is_clean(&format!("{callback:?} {:?}", callback.clone().matching(|_| true).unwrap()));
    let unreadable = UnsignedWidgetCallback::read(format!(r#""{TEXT}""#).as_bytes()).unwrap_err();
    is_clean(&printed(&unreadable));
}

#[test]
fn failures_show_their_session_and_nothing_else() {
    let failure = failed(
        r#"{"success":false,"error":{"code":2017,"message":"PLANTED"},"statistics":{"SESSION":"3463754e","otpMethods":
            [{"otp_method":"PLANTED"}]},"contract_names":["PLANTED"]}"#,
    );
    let shown = format!("{failure:?} {failure:#?}");
    is_clean(&shown);
    assert!(shown.contains("3463754e") && shown.contains("2017"), "{shown}");
}
