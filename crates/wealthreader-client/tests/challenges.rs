//! Reads that wait for the user: what is asked, and the request that goes on.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::{Server, client, error, errors, failure, json, nothing, request};
use wealthreader_client::runtime::ApiError;
use wealthreader_client::types::ProductType;
use wealthreader_client::{
    Advice, ApiFailure, Challenge, ChallengeAnswer, ChallengeKind, ErrorCode, ErrorExt, OtpFields,
};

/// Names as a provider might tell them; the documents have none.
fn fields() -> OtpFields {
    OtpFields::new("its_session", "its_code").unwrap()
}

fn challenge(body: &str) -> Challenge {
    ApiFailure::in_success(body.as_bytes()).unwrap().challenge().unwrap()
}

fn methods() -> String {
    r#"{"success":false,"error":{"code":2017,"message":"x"},"statistics":{"SESSION":"3463754e3540884","otpMethods":[
        {"otp_method":"SMS *** 123","hint":"phone"},{"otp_method":"App"}]}}"#
        .to_owned()
}

#[test]
fn every_code_that_waits_for_the_user_says_for_what() {
    let mut waiting = Vec::new();
    for (code, error) in ErrorCode::known().zip(errors(ErrorCode::known().map(|code| json(failure(code.number()))))) {
        let challenge = error.challenge();
        assert_eq!(challenge.as_ref().map(Challenge::kind), ChallengeKind::for_code(code));
        // What can be resumed has a challenge; of the others only tokens that are to be confirmed.
        let about_token = challenge.as_ref().is_some_and(Challenge::is_about_token);
        assert_eq!(challenge.is_some(), error.advice() == Advice::Resume || about_token, "{code}");
        if let Some(challenge) = challenge {
            assert_eq!(challenge.session().unwrap().expose(), "3463754e3540884");
            waiting.push((code.number(), challenge.kind()));
        }
    }
    use ChallengeKind as Kind;
    let expected = [
        (2010, Kind::Code),
        (2011, Kind::Approval),
        (2012, Kind::Approval),
        (2013, Kind::CodeFromImage),
        (2014, Kind::ApprovalAfterImage),
        (2016, Kind::ApprovalOrCode),
        (2017, Kind::Method),
        (2018, Kind::Method),
        (2019, Kind::CodeIsAddress),
        (2020, Kind::Contract),
        (20101, Kind::Code),
        (20111, Kind::Approval),
        (20131, Kind::CodeFromImage),
        (20141, Kind::ApprovalAfterImage),
        (20161, Kind::ApprovalOrCode),
        (20171, Kind::Method),
        (20191, Kind::CodeIsAddress),
    ];
    assert_eq!(waiting, expected);
}

#[test]
fn a_one_time_code_goes_on_in_its_session() {
    support::run(async {
        let server = Server::playing([json(failure(2010)), json(nothing())]).await;
        let client = client(&server);
        let asked = request().product_types([ProductType::Accounts]);
        let error = client.read_financial_data(asked.clone()).send().await.unwrap_err();
        assert_eq!(error.advice(), Advice::Resume);
        let next = error.challenge().unwrap().resume(asked, &fields(), ChallengeAnswer::Code("123456".into())).unwrap();
        client.read_financial_data(next).send().await.unwrap();
        let sent = server.requests();
        // The same request, and two fields.
        let mut first = sent[0].form();
        first.extend([
            ("its_code".to_owned(), "123456".to_owned()),
            ("its_session".to_owned(), "3463754e3540884".to_owned()),
        ]);
        let mut second = sent[1].form();
        first.sort();
        second.sort();
        assert_eq!(second, first);
    });
}

#[test]
fn an_approval_needs_the_session_alone() {
    let next = challenge(&failure(2011)).resume(request(), &fields(), ChallengeAnswer::Approved).unwrap();
    let names: Vec<_> = next.unlisted.keys().map(String::as_str).collect();
    assert_eq!(names, ["its_session"]);
}

#[test]
fn a_method_is_sent_back_as_it_came() {
    let challenge = challenge(&methods());
    let offered: Vec<_> = challenge.methods().iter().map(|method| method.otp_method.as_deref().unwrap()).collect();
    assert_eq!(offered, ["SMS *** 123", "App"]);
    let next = challenge.resume(request(), &fields(), ChallengeAnswer::Method("SMS *** 123".into())).unwrap();
    assert_eq!(next.otp_method.as_deref(), Some("SMS *** 123"));
    assert_eq!(next.unlisted["its_session"].expose(), "3463754e3540884");
    let other = challenge.resume(request(), &fields(), ChallengeAnswer::Method("sms *** 123".into())).unwrap_err();
    assert_eq!(other.to_string(), "the chosen method is none of those that were offered");
}

#[test]
fn steps_follow_each_other() {
    let chosen = challenge(&methods()).resume(request(), &fields(), ChallengeAnswer::Method("App".into())).unwrap();
    let other_session = failure(2010).replace("3463754e3540884", "77");
    let next = challenge(&other_session).resume(chosen, &fields(), ChallengeAnswer::Code("1".into())).unwrap();
    assert_eq!((next.unlisted["its_session"].expose(), next.otp_method.as_deref()), ("77", Some("App")));
}

#[test]
fn contracts_are_found_wherever_they_stand() {
    let names = r#"["ACME, S.L.","ACME Sons"]"#;
    for body in [
        format!(r#"{{"success":false,"error":{{"code":2020}},"contract_names":{names}}}"#),
        format!(r#"{{"success":false,"error":{{"code":2020,"contract_names":{names}}}}}"#),
        format!(r#"{{"success":false,"error":{{"code":2020}},"statistics":{{"contract_names":{names}}}}}"#),
    ] {
        let challenge = challenge(&body);
        assert_eq!(challenge.contracts(), ["ACME, S.L.", "ACME Sons"], "{body}");
        let answer = ChallengeAnswer::Contract("ACME, S.L.".into());
        let next = challenge.resume(request(), &fields(), answer).unwrap();
        assert_eq!((next.contract_name.as_deref(), next.unlisted.len()), (Some("ACME, S.L."), 0));
    }
    // Their form is not documented: what is no list of texts is kept as it is.
    let other = challenge(r#"{"success":false,"error":{"code":2020},"contract_names":{"1":"ACME"}}"#);
    assert_eq!(other.contracts(), [""; 0]);
    assert_eq!(other.contract_names().unwrap().get(), r#"{"1":"ACME"}"#);
}

#[test]
fn without_a_session_nothing_goes_on() {
    let lost = challenge(r#"{"success":false,"error":{"code":2010}}"#);
    for answer in [ChallengeAnswer::Code("1".into()), ChallengeAnswer::Approved, ChallengeAnswer::Method("App".into())]
    {
        let problem = lost.resume(request(), &fields(), answer).unwrap_err();
        assert_eq!(problem.to_string(), "the failed read named no session to go on in");
    }
}

#[test]
fn names_that_cannot_be_meant_are_refused() {
    for (session, code) in [("", "a"), ("a", ""), ("a", "a")] {
        assert!(OtpFields::new(session, code).is_err());
    }
    for (session, code) in [("code", "a"), ("a", "token"), ("api_key", "a"), ("a", "api_key")] {
        let fields = OtpFields::new(session, code).unwrap();
        let problem = challenge(&failure(2010)).resume(request(), &fields, ChallengeAnswer::Approved).unwrap_err();
        assert!(problem.to_string().ends_with("is a field of the request already"), "{problem}");
    }
}

#[test]
fn what_the_user_cannot_help_is_no_challenge() {
    for code in [1, 2000, 2003, 2005, 2015, 2030, 2050, 2070, 9999, 4711] {
        assert!(error(json(failure(code))).challenge().is_none(), "{code}");
    }
    assert!(error(json(r#"{"success":false,"message":"x"}"#)).challenge().is_none());
    assert_eq!(error(json(failure(2015))).advice(), Advice::StartOver);
    assert_eq!(error(json(failure(2070))).advice(), Advice::Redirect);
}
