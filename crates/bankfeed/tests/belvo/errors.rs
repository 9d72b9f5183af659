//! What went wrong is told apart.

use std::time::Duration;

use bankfeed::{
    AccountFilter, Accounts, Actor, Balances, ConnectionFilter, Connections, ErrorKind, Paging, RetryAdvice,
    TransactionFilter, Transactions,
};
use bankfeed_testing::{Server, json, json_status, run};

use crate::{BANK, Scene};

#[test]
fn a_rate_limit_says_when_to_come_back() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        scene.sandbox.fault("belvo list_accounts rate-limit retry-after=120 times=1".parse().unwrap());
        let mut list = scene.belvo.list_accounts(&link, Paging::default());
        let error = list.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::RateLimited, Some(429)));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
        assert!(list.next().await.unwrap().is_ok(), "the same page again");
    });
}

#[test]
fn removals_rest_for_a_minute() {
    run(async {
        let scene = Scene::new();
        let links =
            scene.belvo.list_connections(ConnectionFilter::all(), Paging::default()).collect_all().await.unwrap();
        for link in &links[..5] {
            scene.belvo.remove_connection(&link.id).await.unwrap();
        }
        let error = scene.belvo.remove_connection(&links[5].id).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert_eq!(error.advice(), RetryAdvice::After(Duration::from_secs(60)));
    });
}

/// What each status and code becomes, on a list and where the institution is reached.
#[test]
fn codes_are_told_apart() {
    run(async {
        let body = |code: &str| format!(r#"[{{"code":"{code}","message":"About Ralph","request_id":"7"}}]"#);
        for (status, code, kind, advice, actor) in [
            (400, "login_error", ErrorKind::LoginFailed, RetryAdvice::AfterUser, Actor::EndUser),
            (400, "institution_down", ErrorKind::InstitutionUnavailable, RetryAdvice::Later, Actor::Institution),
            (400, "invalid_link", ErrorKind::ConnectionInactive, RetryAdvice::AfterUser, Actor::EndUser),
            (401, "authentication_failed", ErrorKind::Unauthorized, RetryAdvice::AfterOperator, Actor::Operator),
            (401, "consent_without_accounts", ErrorKind::ConsentMissing, RetryAdvice::AfterUser, Actor::EndUser),
            (403, "access_to_resource_denied", ErrorKind::Forbidden, RetryAdvice::AfterOperator, Actor::Operator),
            (404, "not_found", ErrorKind::NotFound, RetryAdvice::Never, Actor::Caller),
            (408, "request_timeout", ErrorKind::Timeout, RetryAdvice::LookFirst, Actor::Caller),
            (400, "brand_new", ErrorKind::InvalidRequest, RetryAdvice::Never, Actor::Caller),
        ] {
            let server = Server::answering(move |_| json_status(status, body(code))).await;
            let belvo = bankfeed::Belvo::builder("id", "password").base_url(&server.url).build().unwrap();
            let error = belvo.refresh_connection(&"1".into()).await.unwrap_err();
            let told = (error.kind(), error.advice(), error.actor(), error.code());
            assert_eq!(told, (kind, advice, actor, Some(code)));
            assert_eq!((error.operation(), error.status()), (Some("refresh_link"), Some(status)));
            assert!(!bankfeed_testing::printed(&error).contains("Ralph"));
        }
    });
}

#[test]
fn what_is_stored_may_be_read_again_after_a_timeout() {
    run(async {
        let server = Server::answering(|_| json_status(408, r#"[{"code":"request_timeout","message":"Late"}]"#)).await;
        let belvo = bankfeed::Belvo::builder("id", "password").base_url(&server.url).build().unwrap();
        let error = belvo.list_accounts(&"1".into(), Paging::default()).collect_all().await.unwrap_err();
        assert_eq!((error.kind(), error.advice()), (ErrorKind::Timeout, RetryAdvice::Later));
    });
}

#[test]
fn a_second_factor_is_a_challenge() {
    run(async {
        let clock = bankfeed_runtime::ManualClock::new("2026-03-02T09:00:00Z".parse().unwrap());
        let body = r#"[{"code":"token_required","message":"A token is needed","request_id":"7",
            "session":"2675b703b9d4451f8d4861a3eee54449","expiry":300,"link":"16f68516",
            "token_generation_data":{"instructions":"Use the app","type":"numeric","value":"99","expects_user_input":true}}]"#;
        let server = Server::answering(move |_| json_status(428, body)).await;
        let belvo = bankfeed::Belvo::builder("id", "password").base_url(&server.url).clock(clock).build().unwrap();
        let error = belvo.refresh_connection(&"16f68516".into()).await.unwrap_err();
        assert_eq!((error.kind(), error.advice()), (ErrorKind::SecondFactor, RetryAdvice::AfterUser));
        let challenge = error.challenge().unwrap();
        assert_eq!(challenge.session.as_ref().unwrap().expose(), "2675b703b9d4451f8d4861a3eee54449");
        assert_eq!(challenge.expires_at.unwrap().to_string(), "2026-03-02T09:05:00Z");
        assert_eq!(challenge.prompt.as_deref(), Some("Use the app"));
        assert!(!format!("{error:?} {challenge:?}").contains("2675b703"));
    });
}

#[test]
fn a_list_that_breaks_off_is_no_end() {
    run(async {
        let scene = Scene::new();
        let link = scene.link(BANK).await;
        let size = || Paging::default().page_size(20);
        let list = || scene.belvo.list_transactions(TransactionFilter::of(&link), size());
        let all = list().collect_all().await.unwrap();
        scene.sandbox.fault("belvo list_transactions status code=403 page=2".parse().unwrap());
        let (some, errors) = list().drain().await;
        assert!(some == all[..20] && errors.len() == 1, "what comes after the failure waits");
        assert_eq!(errors[0].kind(), ErrorKind::Forbidden);
        scene.sandbox.clear_faults();

        scene.sandbox.fault("belvo list_transactions foreign-next".parse().unwrap());
        let (some, errors) = list().drain().await;
        assert!(some == all[..20]);
        assert_eq!(errors[0].kind(), ErrorKind::UnexpectedAnswer);
        scene.sandbox.clear_faults();

        scene.sandbox.fault("belvo list_accounts html".parse().unwrap());
        let list = scene.belvo.list_balances(AccountFilter::of(&link), Paging::default());
        assert_eq!(list.collect_all().await.unwrap_err().kind(), ErrorKind::UnexpectedAnswer);
    });
}

#[test]
fn one_bad_record_costs_itself() {
    run(async {
        let records =
            r#"{"id":"1","amount":5,"status":"PROCESSED"},{"id":"2","amount":-5},{"id":"3"},{"id":"4","amount":7}"#;
        let page = format!(r#"{{"count":4,"next":null,"previous":null,"results":[{records}]}}"#);
        let server = Server::answering(move |_| json(page.clone())).await;
        let belvo =
            bankfeed::Belvo::builder("id", "password").base_url(&server.url).without_investments().build().unwrap();
        let mut list = belvo.list_transactions(TransactionFilter::of("link"), Paging::default());
        let mut seen = Vec::new();
        while let Some(record) = list.next().await {
            seen.push(
                record.map(|one| one.id.unwrap().as_str().to_owned()).map_err(|error| error.place().map(str::to_owned)),
            );
        }
        assert_eq!(seen[0].as_deref(), Ok("1"));
        assert_eq!(seen[1], Err(Some("/amount".to_owned())));
        assert!(seen[2].is_err());
        assert_eq!(seen[3].as_deref(), Ok("4"));
        let losses = list.losses();
        assert_eq!(losses.rejected["Transaction/amount"], 1);
        assert_eq!(losses.rejected.values().sum::<u64>(), 2, "the other lacks its amount");
    });
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let refused = |builder: bankfeed::BelvoBuilder| {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        error.to_string()
    };
    let builder = || bankfeed::Belvo::builder("id", "password");
    refused(bankfeed::Belvo::builder("", "password"));
    refused(bankfeed::Belvo::builder("id:password", "password"));
    refused(builder().base_url("nowhere"));
    refused(builder().base_url("http://example.com"));
    refused(builder().webhook_authorization(" "));
    refused(builder().widget("ACME", "", "https://a.example/logo", "https://a.example/terms"));
    refused(builder().consent_purpose("Without a widget"));
}
