//! Errors, told apart: what happened, what may help, who has to act.

use std::time::Duration;

use bankfeed::{
    Accounts as _, Actor, Balances as _, ConnectionFilter, Connections as _, Error, ErrorKind, Paging, RetryAdvice,
    SaltEdge, TransactionFilter, Transactions as _,
};
use bankfeed_sandbox::Sandbox;
use bankfeed_testing::{Server, json_status};

use super::{connections, first_error, run, setup, start};

async fn listing_accounts_with(fault: &str) -> Error {
    let (sandbox, saltedge) = start(Sandbox::builder()).await;
    let connection = connections(&saltedge).await.remove(0);
    sandbox.fault(format!("saltedge list_accounts {fault}").parse().unwrap());
    first_error(saltedge.list_accounts(&connection.id, Paging::default())).await
}

#[test]
fn each_trouble_has_its_kind() {
    run(async {
        for (fault, kind, advice, actor) in [
            ("rate-limit", ErrorKind::RateLimited, RetryAdvice::Later, Actor::Caller),
            (
                "rate-limit retry-after=30",
                ErrorKind::RateLimited,
                RetryAdvice::After(Duration::from_secs(30)),
                Actor::Caller,
            ),
            ("consent-expired", ErrorKind::ConsentExpired, RetryAdvice::AfterUser, Actor::EndUser),
            ("status code=404", ErrorKind::NotFound, RetryAdvice::Never, Actor::Caller),
            ("status code=500", ErrorKind::ProviderFailed, RetryAdvice::Later, Actor::Provider),
            ("status code=503", ErrorKind::InstitutionUnavailable, RetryAdvice::Later, Actor::Institution),
            ("html", ErrorKind::UnexpectedAnswer, RetryAdvice::Never, Actor::Provider),
            ("html code=502", ErrorKind::ProviderFailed, RetryAdvice::Later, Actor::Provider),
            ("invalid-json", ErrorKind::UnexpectedAnswer, RetryAdvice::Never, Actor::Provider),
            ("cut", ErrorKind::Network, RetryAdvice::Later, Actor::Caller),
            ("truncated", ErrorKind::Network, RetryAdvice::Later, Actor::Caller),
        ] {
            let error = listing_accounts_with(fault).await;
            assert_eq!((error.kind(), error.advice(), error.actor()), (kind, advice, actor), "{fault}: {error:?}");
            assert_eq!(error.operation(), Some("list_accounts"));
            assert_eq!(error.provider().unwrap().as_str(), "saltedge");
        }
        let limited = listing_accounts_with("rate-limit").await;
        assert_eq!((limited.status(), limited.code()), (Some(406), Some("RateLimitExceeded")));
    });
}

#[test]
fn a_list_asks_again_for_a_page_that_failed_in_passing() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder()).await;
        let connection = connections(&saltedge).await.remove(0);
        sandbox.fault("saltedge list_accounts cut times=1".parse().unwrap());
        sandbox.fault("saltedge show_connection cut times=1".parse().unwrap());
        let (accounts, errors) = saltedge.list_accounts(&connection.id, Paging::default()).drain().await;
        assert_eq!(accounts.len(), 11);
        assert_eq!(
            errors.iter().map(Error::operation).collect::<Vec<_>>(),
            [Some("show_connection"), Some("list_accounts")]
        );

        sandbox.fault("saltedge show_connection cut".parse().unwrap());
        let (accounts, errors) = saltedge.list_accounts(&connection.id, Paging::default()).drain().await;
        assert_eq!((accounts.len(), errors.len()), (0, 3), "three times and no more");
    });
}

#[test]
fn a_list_that_failed_is_not_followed_by_the_next_one() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder()).await;
        let connection = connections(&saltedge).await.remove(0);
        sandbox.fault("saltedge list_transactions consent-expired times=1".parse().unwrap());
        let mut list = saltedge.list_transactions(TransactionFilter::of(&connection.id), Paging::default());
        assert_eq!(list.next().await.unwrap().unwrap_err().kind(), ErrorKind::ConsentExpired);
        assert!(list.next().await.is_none(), "pending ones alone would look like all there is");
        assert!(!list.resume_token().is_finished());

        sandbox.fault("saltedge list_connections status code=404 times=1".parse().unwrap());
        let (found, errors) = saltedge.list_connections(ConnectionFilter::all(), Paging::default()).drain().await;
        assert_eq!((found.len(), errors.len()), (0, 1));
        sandbox.fault("saltedge list_customers status code=404 times=1".parse().unwrap());
        let (found, errors) = saltedge.list_connections(ConnectionFilter::all(), Paging::default()).drain().await;
        assert_eq!((found.len(), errors.len()), (0, 1));
    });
}

#[test]
fn wrong_keys_are_the_operators_business() {
    run(async {
        let sandbox = Sandbox::builder().require_signatures().start().await.unwrap();
        let access = sandbox.saltedge();
        let list = |saltedge: SaltEdge| async move {
            first_error(saltedge.list_connections(ConnectionFilter::all(), Paging::default())).await
        };
        let wrong = SaltEdge::builder(access.app_id, "wrong").base_url(&access.url).build().unwrap();
        let unsigned = setup(&sandbox).build().unwrap();
        for error in [list(wrong).await, list(unsigned).await] {
            assert_eq!((error.kind(), error.actor()), (ErrorKind::Unauthorized, Actor::Operator), "{error:?}");
        }
        let signed = setup(&sandbox).signing_key_pem(access.private_key).build().unwrap();
        assert!(!connections(&signed).await.is_empty());
    });
}

#[test]
fn a_record_that_cannot_be_read_is_one_error_among_the_others() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder()).await;
        let connection = connections(&saltedge).await.remove(0);
        sandbox.fault("saltedge list_accounts nulls at=/data/3/balance times=1".parse().unwrap());
        let filter = bankfeed::AccountFilter::of(&connection.id);
        let (balances, errors) = saltedge.list_balances(filter, Paging::default()).drain().await;
        assert!(balances.len() > 10);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].is_bad_record() && errors[0].record().is_some());

        sandbox.fault("saltedge list_accounts unknown-enum at=/data/0/nature times=1".parse().unwrap());
        let mut list = saltedge.list_accounts(&connection.id, Paging::default());
        let account = list.next().await.unwrap().unwrap();
        assert!(account.kind.value.is_none() && account.kind.word.is_some());
        assert!(list.losses().unknown_values.contains_key("Account/nature"));
        assert_eq!(list.drain().await.0.len(), 10);
    });
}

#[test]
fn classes_that_are_not_known_keep_their_name() {
    run(async {
        let body = r#"{"error":{"class":"BankOnTheMoon","message":"Anna's account"}}"#;
        for (status, kind) in [(406, ErrorKind::InvalidRequest), (503, ErrorKind::ProviderFailed)] {
            let server = Server::answering(move |_| json_status(status, body)).await;
            let saltedge = SaltEdge::builder("a", "b").base_url(&server.url).max_attempts(1).build().unwrap();
            let error = saltedge.show_connection(&"1".into()).await.unwrap_err();
            assert_eq!((error.kind(), error.code()), (kind, Some("BankOnTheMoon")));
            assert!(!format!("{error} {error:?}").contains("Anna"));
        }
    });
}

#[test]
fn settings_that_are_wrong_are_refused_when_it_is_built() {
    let key = super::SAMPLES.text("signing/public.pem");
    let builder = || SaltEdge::builder("app", "secret");
    let url = "https://app.example.com/hook";
    for (what, builder) in [
        ("no secret", SaltEdge::builder("app", "")),
        ("a key that is none", builder().signing_key_pem("no key")),
        ("too long", builder().expires_in(Duration::from_secs(4000))),
        ("no address", builder().base_url("somewhere")),
        ("plain http", builder().base_url("http://api.example.com")),
        ("a callback without key", builder().success_callback(url)),
        ("a fingerprint without key", builder().callback_key_sha256(SaltEdge::PUBLISHED_CALLBACK_KEY_SHA256)),
        ("a key without callback", builder().callback_key_pem(&key)),
        ("a callback key that is none", builder().callback_key_pem("no key").success_callback(url)),
        ("an empty address", builder().callback_key_pem(&key).success_callback("")),
        ("two kinds at one address", builder().callback_key_pem(&key).success_callback(url).fail_callback(url)),
        (
            "another key than the published one",
            builder()
                .callback_key_pem(&key)
                .success_callback(url)
                .callback_key_sha256(SaltEdge::PUBLISHED_CALLBACK_KEY_SHA256),
        ),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!((error.kind(), error.actor()), (ErrorKind::Configuration, Actor::Operator), "{what}");
        assert!(error.to_string().len() > 60, "{what}: {error}");
    }
}
