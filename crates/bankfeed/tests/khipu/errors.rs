//! Failures are told apart, and each says what may help.

use std::time::Duration;

use bankfeed::*;

use crate::support::*;

async fn error_of(khipu: &Khipu, number: &str) -> Error {
    khipu.refresh(&number.into(), RefreshOptions::new()).await.unwrap_err()
}

const FOUR_HOURS: RetryAdvice = RetryAdvice::After(Duration::from_secs(4 * 3_600));

#[test]
fn the_sandboxs_failures_are_told_apart() {
    run(async {
        let sandbox = sandbox().await;
        for (number, kind, advice) in [
            ("000000000100", ErrorKind::LoginFailed, RetryAdvice::AfterUser),
            ("000000000110", ErrorKind::LoginFailed, FOUR_HOURS),
            ("000000000201", ErrorKind::InstitutionUnavailable, RetryAdvice::Now),
            ("000000000202", ErrorKind::InstitutionUnavailable, RetryAdvice::AfterNotice),
            ("000000000400", ErrorKind::InvalidRequest, RetryAdvice::Never),
            ("000000000700", ErrorKind::Timeout, RetryAdvice::LookFirst),
        ] {
            let error = error_of(&khipu(&sandbox, number), number).await;
            assert_eq!((error.kind(), error.advice()), (kind, advice), "{number} {error}");
            assert_eq!(error.provider(), Some(&ProviderId::KHIPU));
            assert!(error.code().is_some() && error.operation().is_some(), "{number}");
        }
        let list = khipu(&sandbox, "000000000302").list_balances(AccountFilter::of("000000000302"), Paging::default());
        assert_eq!(list.collect_all().await.unwrap_err().kind(), ErrorKind::NotContracted);
        let wrong = Khipu::builder().jwt("another").base_url(sandbox.khipu().url).account(NUMBER).build().unwrap();
        let error = error_of(&wrong, NUMBER).await;
        assert_eq!(
            (error.kind(), error.actor(), error.status()),
            (ErrorKind::Unauthorized, Actor::Operator, Some(401))
        );
    });
}

#[test]
fn rules_of_the_sandbox_are_told_apart() {
    run(async {
        for (fault, kind) in [
            ("status code=500 times=9", ErrorKind::ProviderFailed),
            ("status code=401 times=9", ErrorKind::Unauthorized),
            ("consent-expired times=9", ErrorKind::LoginFailed),
            ("html times=9", ErrorKind::UnexpectedAnswer),
            ("invalid-json times=9", ErrorKind::UnexpectedAnswer),
            ("cut times=9", ErrorKind::Network),
            ("truncated times=9", ErrorKind::Network),
        ] {
            let sandbox = sandbox().await;
            sandbox.fault(format!("khipu * {fault}").parse().unwrap());
            let error = error_of(&khipu(&sandbox, NUMBER), NUMBER).await;
            assert_eq!(error.kind(), kind, "{fault}: {error}");
            if kind == ErrorKind::Network {
                assert_eq!(error.advice(), RetryAdvice::LookFirst, "{fault}: the bank may have been asked");
            }
        }
    });
}

#[test]
fn an_error_under_http_200_is_one_and_statuses_without_an_envelope_too() {
    run(async {
        for (answer, kind, advice) in [
            (json(failure("E000", "DO_NOT_RETRY")), ErrorKind::ProviderFailed, RetryAdvice::Never),
            (json(failure("X123", "DO_NOT_RETRY")), ErrorKind::Other, RetryAdvice::Never),
            (json(r#"{"OperationId":"1","Status":"ERROR"}"#), ErrorKind::Other, RetryAdvice::LookFirst),
            (
                json(r#"{"OperationId":"1","Status":"ERROR","FailureReason":"LIFESPAN_EXCEEDED"}"#),
                ErrorKind::Timeout,
                RetryAdvice::Later,
            ),
            (json_status(403, failure("X123", "DO_NOT_RETRY")), ErrorKind::Forbidden, RetryAdvice::Never),
            (
                reply(429, &[("retry-after", "7")], ""),
                ErrorKind::RateLimited,
                RetryAdvice::After(Duration::from_secs(7)),
            ),
            (reply(503, &[], "busy"), ErrorKind::ProviderFailed, RetryAdvice::Later),
            (reply(504, &[], "late"), ErrorKind::Timeout, RetryAdvice::LookFirst),
            (reply(502, &[], "gone"), ErrorKind::ProviderFailed, RetryAdvice::LookFirst),
        ] {
            let server = Server::answering(move |_| answer.clone()).await;
            let error = error_of(&behind(&server), NUMBER).await;
            assert_eq!((error.kind(), error.advice()), (kind, advice), "{error}");
            assert_eq!(server.requests().len(), 1);
        }
        let server = Server::answering(|_| bankfeed_testing::Reply::Silence).await;
        let khipu = Khipu::builder().jwt("a-jwt").base_url(&server.url).account(NUMBER);
        let khipu = khipu.timeout(Duration::from_millis(50)).build().unwrap();
        let error = error_of(&khipu, NUMBER).await;
        assert_eq!((error.kind(), error.advice()), (ErrorKind::Timeout, RetryAdvice::LookFirst));
    });
}

#[test]
fn settings_that_are_wrong_are_told_before_anything_is_sent() {
    let base = || Khipu::builder().base_url("http://127.0.0.1:1");
    let long = "1".repeat(21);
    for (builder, what) in [
        (base(), "neither key nor JWT"),
        (base().api_key("key").jwt("jwt"), "both"),
        (base().api_key(""), "an empty key"),
        (base().api_key("key").account(NUMBER), "a key without login"),
        (base().jwt("jwt").account(""), "an empty number"),
        (base().jwt("jwt").account(long), "a long number"),
        (base().jwt("jwt").account(NUMBER).account(NUMBER), "a number twice"),
        (base().api_key("key").account_with_link(NUMBER, ""), "an empty link"),
        (base().api_key("key").account_with_login(NUMBER, [("", ""); 0]), "an empty login"),
        (Khipu::builder().jwt("jwt").base_url("http://example.com"), "no https"),
        (base().jwt("jwt").callback_address("https://app.example.com"), "no token"),
        (base().jwt("jwt").callback_token("short"), "a token that can be guessed"),
        (base().jwt("jwt").callback_token(TOKEN).callback_signing_secret("").account(NUMBER), "an empty secret"),
        (
            base().jwt("jwt").callback_token(TOKEN).callback_address("http://app.example.com").account(NUMBER),
            "callbacks in the clear",
        ),
    ] {
        let error = builder.build().err().unwrap_or_else(|| panic!("{what}"));
        assert_eq!(error.kind(), ErrorKind::Configuration, "{what}");
    }
}

#[test]
fn both_ways_of_authorization_and_both_logins_work() {
    run(async {
        let sandbox = sandbox().await;
        let access = sandbox.khipu();
        let with_key = || Khipu::builder().api_key(access.api_key).base_url(&access.url);
        for khipu in [
            with_key().account_with_link(NUMBER, "the-link").build().unwrap(),
            with_key().account_with_login(NUMBER, [("Username", "sample"), ("Password", "0042")]).build().unwrap(),
            builder(&sandbox).account_with_link(NUMBER, "the-link").build().unwrap(),
        ] {
            let snapshot = khipu.refresh(&NUMBER.into(), RefreshOptions::new()).await.unwrap();
            assert_eq!(snapshot.balances.records().len(), 2);
        }
        let none = Khipu::builder().jwt_from(|| None).base_url(&access.url).account(NUMBER).build().unwrap();
        assert_eq!(error_of(&none, NUMBER).await.kind(), ErrorKind::Configuration);
        let requests = sandbox.requests();
        assert_eq!(requests.len(), 3);
        assert!(requests.iter().all(|request| request.refused.is_none()));
    });
}
