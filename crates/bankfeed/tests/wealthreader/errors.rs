//! Failures, told apart.

use std::time::Duration;

use bankfeed::*;
use bankfeed_sandbox::Sandbox;

use crate::support::*;

#[test]
fn failures_are_told_apart() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = provider(&sandbox);
        let five_minutes = RetryAdvice::After(Duration::from_secs(300));
        let a_day = RetryAdvice::After(DAY);
        for (token, kind, advice) in [
            ("MOCKLOGINKO", ErrorKind::LoginFailed, RetryAdvice::AfterUser),
            ("MOCK2001", ErrorKind::UserLocked, RetryAdvice::AfterUser),
            ("MOCK2002", ErrorKind::UserAction, RetryAdvice::AfterUser),
            ("MOCKOTP", ErrorKind::SecondFactor, RetryAdvice::AfterUser),
            ("MOCK20101", ErrorKind::ConsentExpired, RetryAdvice::AfterUser),
            ("MOCK2005", ErrorKind::TooSoon, five_minutes),
            ("MOCK3000", ErrorKind::InstitutionUnavailable, RetryAdvice::Later),
            ("MOCK3002", ErrorKind::InstitutionUnavailable, a_day),
            ("MOCK9999", ErrorKind::ConsentMissing, RetryAdvice::AfterUser),
            ("MOCK1", ErrorKind::ProviderFailed, RetryAdvice::LookFirst),
        ] {
            let error = provider.refresh(&connection(token), RefreshOptions::new()).await.unwrap_err();
            assert_eq!((error.kind(), error.advice()), (kind, advice), "{token}");
            assert_eq!((error.status(), error.provider()), (Some(200), Some(&ProviderId::WEALTHREADER)), "{token}");
        }
        sandbox.fault("wealthreader list_tokens rate-limit retry-after=7 times=9".parse().unwrap());
        // One attempt: the client would wait as long as it is told.
        let access = sandbox.wealthreader();
        let client = native::wealthreader::Client::builder(access.api_key).base_url(&access.url);
        let once = WealthReader::from_client(client.transport(|transport| transport.max_attempts(1)).build().unwrap());
        let error = once.show_connection(&connection("T")).await.unwrap_err();
        assert_eq!((error.kind(), error.retry_after()), (ErrorKind::RateLimited, Some(Duration::from_secs(7))));
        let stranger = WealthReader::builder("wrong").base_url(sandbox.wealthreader().url).build().unwrap();
        let error = stranger.refresh(&connection("MOCKDATA"), RefreshOptions::new()).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Unauthorized | ErrorKind::InvalidRequest), "{error}");
    });
}

#[test]
fn what_waits_for_the_user_has_a_challenge() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = provider(&sandbox);
        for token in ["MOCKOTP", "MOCK2011", "MOCK2013", "MOCK2017", "MOCK2019", "MOCK2030", "MOCK2050", "MOCK20171"] {
            for _ in 0..2 {
                // The second one is told without a call.
                let list = provider.list_accounts(&connection(token), Paging::default());
                let error = list.collect_all().await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::SecondFactor, "{token}");
                let challenge = error.challenge().unwrap();
                assert!(challenge.session.is_some() && challenge.prompt.is_some(), "{token}");
                assert!(!format!("{error:?}{challenge:?}").contains(challenge.session.as_ref().unwrap().expose()));
            }
        }
        assert_eq!(reads(&sandbox), 8);
        let error = provider.refresh(&connection("MOCK2020"), RefreshOptions::new()).await.unwrap_err();
        assert_eq!((error.kind(), error.challenge().is_some()), (ErrorKind::UserAction, true));
        let error = provider.refresh(&connection("MOCKLOGINKO"), RefreshOptions::new()).await.unwrap_err();
        assert!(error.challenge().is_none());
    });
}

#[test]
fn an_id_that_is_none_is_refused_before_anything_is_sent() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = provider(&sandbox);
        for id in ["token", "bank:", ":token"] {
            let error = provider.list_accounts(&id.into(), Paging::default()).collect_all().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{id}");
            let error = provider.refresh(&id.into(), RefreshOptions::new()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{id}");
        }
        assert_eq!(sandbox.requests().len(), 0);
    });
}
