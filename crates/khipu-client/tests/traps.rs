//! The traps of this API, each as it was found in the documentation or in the field.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use khipu_client::runtime as rt;
use khipu_client::types::*;
use khipu_client::{Auth, Client, Id};
use support::{OPERATION, Server, json, reply, request, request_with, sample};

fn read<T: for<'de> rt::Lenient<'de>>(text: &str) -> T {
    rt::de::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn written<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

fn envelope(members: &str) -> Envelope {
    read(&format!(r#"{{"OperationId":"{OPERATION}","Status":"OK"{members}}}"#))
}

#[test]
fn trap_01_offsets_may_have_no_colon() {
    for (sent, instant) in [
        ("2022-11-30T01:55:00-0300", "2022-11-30T04:55:00Z"),
        ("2022-11-30T01:55:00-03:00", "2022-11-30T04:55:00Z"),
        ("2022-11-30T01:55:00Z", "2022-11-30T01:55:00Z"),
    ] {
        let text = format!(r#"{{"DateTime":"{sent}"}}"#);
        let balance: Balance = read(&text);
        assert_eq!(balance.date_time.unwrap().timestamp().unwrap().to_string(), instant);
        assert_eq!(written(&balance), text, "written as it came");
    }
}

#[test]
fn trap_02_an_amount_is_a_list_an_object_or_null() {
    let one = r#"{"Amount":"15230.45","Currency":"ARS"}"#;
    for (sent, amounts) in [
        ("[]".to_owned(), 0),
        ("null".to_owned(), 0),
        (one.to_owned(), 1),
        (format!("[{one}]"), 1),
        (format!("[{one},{one}]"), 2),
        (r#"{"Value":1}"#.to_owned(), 1),
    ] {
        let text = format!(r#"{{"Amount":{sent}}}"#);
        let balance: Balance = read(&text);
        assert_eq!(balance.amounts().unwrap().len(), amounts, "{sent}");
        assert_eq!(written(&balance), text, "nothing is lost");
    }
    let text = r#"{"Amount":"15230.45"}"#;
    let balance: Balance = read(text);
    assert_eq!(balance.amounts().unwrap_err().path(), "/Amount", "no form that is described, and not none");
    assert_eq!(written(&balance), text, "nothing is lost");
    let balance: Balance = read(&format!(r#"{{"Amount":{one}}}"#));
    assert_eq!(balance.amounts().unwrap()[0].amount.unwrap().to_string(), "15230.45");
    assert_eq!(balance.amounts().unwrap()[0].currency.as_deref(), Some("ARS"));
}

#[test]
fn trap_03_data_is_null_an_object_or_an_empty_list() {
    for data in ["[1]", r#""none""#, r#"{"Balance":7}"#] {
        let error = envelope(&format!(r#","Data":{data}"#)).balances().unwrap_err();
        assert!(error.path().starts_with("/Data"), "{data}: {error}");
    }
    for (data, balances) in [
        ("null", 0),
        ("[]", 0),
        ("{}", 0),
        (r#"{"Balance":[]}"#, 0),
        (r#"{"Balance":[{"AccountId":"1"},{"AccountId":"2"}]}"#, 2),
        (r#"{"Transaction":[{"TransactionId":"1"}]}"#, 0),
    ] {
        let envelope = envelope(&format!(r#","Data":{data}"#));
        assert_eq!(envelope.balances().unwrap().len(), balances, "{data}");
        assert!(written(&envelope).ends_with(&format!(r#""Data":{data}}}"#)), "nothing is lost: {data}");
    }
}

#[test]
fn trap_04_names_keep_their_case_and_paths_their_words() {
    support::run(async {
        let server = Server::answering(|_| json(sample("response"))).await;
        let request = request().callback_url("https://app.example.com/x");
        support::client(&server).retrieve_santander_ar_current_day_balances(request).send().await.unwrap();
        let sent = server.request();
        assert_eq!(sent.target, "/v1/ar/banking/personal/santander.com.ar/pending/current-day/ACY/balances");
        assert_eq!(
            sent.text(),
            r#"{"RequestData":{"AccountNumber":"000011887755"},"CallbackUrl":"https://app.example.com/x"}"#
        );
    });
}

#[test]
fn trap_05_a_login_is_deprecated_and_yet_needed_with_an_api_key() {
    support::run(async {
        let server = Server::answering(|_| json(sample("response"))).await;
        let send = async |auth: Auth, request: DataRequest| {
            let client: Client = support::builder(&server, auth).0.build().unwrap();
            client.retrieve_santander_ar_current_day_balances(request).send().await.is_ok()
        };
        let login = || AccountCredential::link("the-link");
        assert!(!send(Auth::api_key("the-key"), request()).await);
        assert!(send(Auth::api_key("the-key"), request_with(login())).await);
        assert!(send(Auth::jwt("the-jwt"), request()).await);
        assert!(send(Auth::jwt("the-jwt"), request_with(login())).await);
        assert_eq!(server.requests().len(), 3);
    });
}

#[test]
fn trap_06_members_of_the_envelope_may_be_null_or_missing() {
    let nulls = r#","Data":null,"AdditionalInformation":null,"Error":null,"LifeSpan":null"#;
    let (null, missing) = (envelope(nulls), envelope(""));
    assert!(null.data.is_null() && null.additional_information.is_null());
    assert!(null.error.is_null() && null.life_span.is_null());
    assert!(missing.data.is_absent() && missing.error.is_absent());
    assert!(written(&null).ends_with(&format!("{nulls}}}")));
    assert_eq!(written(&missing), format!(r#"{{"OperationId":"{OPERATION}","Status":"OK"}}"#));
}

#[test]
fn trap_07_ok_without_data_is_a_success() {
    for data in ["null", "[]", "{}"] {
        let answer = support::outcome(json(format!(
            r#"{{"OperationId":"{OPERATION}","Status":"OK","Data":{data},"Error":null}}"#
        )));
        assert!(answer.unwrap().balances().unwrap().is_empty(), "{data}");
    }
}

#[test]
fn trap_08_logins_are_sent_as_text() {
    let login = AccountCredential::bank([("DocumentNumber", "012345678"), ("Username", "alex"), ("Password", "0042")]);
    let sent = written(&request_with(login));
    assert!(
        sent.contains(r#""AccountCredential":{"DocumentNumber":"012345678","Password":"0042","Username":"alex"}"#),
        "{sent}"
    );
}

#[test]
fn trap_09_the_account_type_is_a_word_of_the_path() {
    let operation = support::file("data/khipu.ops");
    let path = operation.trim().split_once(' ').unwrap().1;
    assert!(path.split('/').any(|word| word == "ACY") && !path.contains(['{', '?']), "{path}");
}

#[test]
fn trap_10_accounts_have_another_id_in_answers() {
    let envelope: Envelope = read(&sample("response"));
    let answered = envelope.balances().unwrap()[0].account_id.clone().unwrap();
    assert_eq!(answered, Id::from("AR-001-00900888777"));
    assert_ne!(answered, Id::from(request().request_data.account_number));
}

#[test]
fn trap_11_one_of_two_ways_is_sent_never_both() {
    support::run(async {
        let server = Server::answering(|_| json(sample("response"))).await;
        for auth in [Auth::jwt("the-jwt"), Auth::api_key("the-key")] {
            let client = support::builder(&server, auth).0.build().unwrap();
            let request = request_with(AccountCredential::link("the-link"));
            client.retrieve_santander_ar_current_day_balances(request).send().await.unwrap();
        }
        let both: Vec<_> = server
            .requests()
            .iter()
            .map(|request| ["authorization", "x-api-key"].map(|name| request.header(name).is_some()))
            .collect();
        assert_eq!(both, [[true, false], [false, true]]);
    });
}

#[test]
fn trap_12_an_accepted_request_is_answered_with_202_in_the_same_type() {
    let body =
        format!(r#"{{"OperationId":"{OPERATION}","Status":"OK","Data":null,"LifeSpan":"2022-11-30T05:10:00Z"}}"#);
    let answer: khipu_client::Response<Envelope> = support::outcome(reply(202, &[], body)).unwrap();
    assert_eq!((answer.status().as_u16(), answer.operation_id.as_ref()), (202, OPERATION));
}

#[test]
fn trap_13_the_version_of_the_document_is_not_that_of_the_path() {
    assert_eq!(Client::API_VERSION, "v1.0");
    assert_eq!(Client::BASE_URL, "https://api.khipu.com");
    assert!(support::PATH.starts_with("/v1/"));
}

#[test]
fn trap_14_values_that_are_not_published_are_kept() {
    let text = r#"{"CreditDebitIndicator":"Neither","Type":"ClosingBooked"}"#;
    let balance: Balance = read(text);
    assert!(matches!(balance.credit_debit_indicator, Some(CreditDebitIndicator::Unrecognized(_))));
    assert!(matches!(balance.type_, Some(BalanceType::Unrecognized(_))));
    assert_eq!(written(&balance), text);
    let balance: Balance = read(r#"{"CreditDebitIndicator":"Debit"}"#);
    assert_eq!(balance.credit_debit_indicator, Some(CreditDebitIndicator::Debit));
}
