//! When the bank is asked: once, and not again before somebody wants to.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bankfeed::*;
use bankfeed_runtime::ManualClock;

use crate::support::*;

fn answer() -> bankfeed_testing::Reply {
    json(envelope(&format!(r#"{{"Balance":[{}]}}"#, balance("1", "Credit", r#"{"Amount":"1","Currency":"ARS"}"#))))
}

async fn balances(khipu: &Khipu) -> Result<Vec<Balance>, Error> {
    khipu.list_balances(AccountFilter::of(NUMBER), Paging::default()).collect_all().await
}

#[test]
fn a_refresh_is_one_request_for_everything() {
    run(async {
        let sandbox = sandbox().await;
        let khipu = khipu(&sandbox, NUMBER);
        let snapshot = khipu.refresh(&NUMBER.into(), RefreshOptions::new()).await.unwrap();
        assert_eq!(sandbox.requests().len(), 1);
        assert_eq!(snapshot.details, Some(khipu.show_connection(&NUMBER.into()).await.unwrap()));
        assert!(snapshot.accounts.is_complete() && snapshot.balances.is_complete());
        assert_eq!((snapshot.accounts.records().len(), snapshot.balances.records().len()), (2, 2));
        assert!(matches!(snapshot.transactions, Part::NotOffered) && matches!(snapshot.consents, Part::NotOffered));
        assert_eq!((snapshot.errors().count(), snapshot.losses.records), (0, 2));
        assert!(snapshot.losses.is_clean());
        assert_eq!(balances(&khipu).await.unwrap(), snapshot.balances.records(), "made of the same answer");
        assert_eq!(sandbox.requests().len(), 1);
        khipu.refresh(&NUMBER.into(), RefreshOptions::new()).await.unwrap();
        assert_eq!(sandbox.requests().len(), 2);
        khipu.refresh_connection(&NUMBER.into()).await.unwrap();
        assert_eq!(sandbox.requests().len(), 3);
        assert_eq!(balances(&khipu.clone()).await.unwrap().len(), 2, "clones share what was read");
        assert_eq!(sandbox.requests().len(), 3);
        let error = khipu.refresh(&"another".into(), RefreshOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    });
}

#[test]
fn a_record_that_is_refused_is_an_error_in_its_place_and_counted_once() {
    run(async {
        let good = balance("1", "Credit", r#"{"Amount":"1","Currency":"ARS"}"#);
        let without_amount = balance("2", "Credit", "[]");
        let body = envelope(&format!(r#"{{"Balance":[{good},{without_amount},{{"AccountId":[]}}]}}"#));
        let server = Server::answering(move |_| json(&body)).await;
        let snapshot = behind(&server).refresh(&NUMBER.into(), RefreshOptions::new()).await.unwrap();
        assert_eq!((snapshot.accounts.records().len(), snapshot.accounts.rejected().len()), (2, 1));
        assert_eq!((snapshot.balances.records().len(), snapshot.balances.rejected().len()), (1, 2));
        assert!(!snapshot.balances.is_complete());
        assert_eq!(snapshot.losses.records, 3);
        assert_eq!(snapshot.losses.rejected.values().sum::<u64>(), 2);
        assert_eq!(snapshot.losses.rejected["Balance/Amount"], 1);
    });
}

#[test]
fn nothing_is_complete_in_all_its_forms_and_something_else_is_not_nothing() {
    run(async {
        let sandbox = sandbox().await;
        for number in ["000000000300", "000000000301", "000000000302"] {
            let khipu = khipu(&sandbox, number);
            let snapshot = khipu.refresh(&number.into(), RefreshOptions::new()).await.unwrap();
            assert!(snapshot.accounts.is_complete() && snapshot.accounts.records().is_empty(), "{number}");
            assert!(snapshot.balances.is_complete() && snapshot.balances.records().is_empty(), "{number}");
        }
        for data in ["[1]", r#""none""#, r#"{"Balance":7}"#] {
            let body = envelope(data);
            let server = Server::answering(move |_| json(&body)).await;
            let khipu = behind(&server);
            let snapshot = khipu.refresh(&NUMBER.into(), RefreshOptions::new()).await.unwrap();
            let error = snapshot.balances.error().unwrap_or_else(|| panic!("{data}"));
            assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer, "{data}");
            assert!(error.place().unwrap().starts_with("/Data"), "{data}");
            assert!(snapshot.accounts.error().is_some());
            assert_eq!(balances(&khipu).await.unwrap_err().kind(), ErrorKind::UnexpectedAnswer);
        }
    });
}

#[test]
fn a_receipt_is_not_taken_for_an_account_without_balances() {
    run(async {
        let server = Server::answering(|_| json_status(202, envelope("null"))).await;
        let error = behind(&server).refresh(&NUMBER.into(), RefreshOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
    });
}

#[test]
fn an_answer_is_kept_as_long_as_it_is_told_to() {
    run(async {
        let clock = ManualClock::new("2026-03-02T09:00:00Z".parse().unwrap());
        let server = Server::answering(|_| answer()).await;
        let khipu = Khipu::builder().jwt("a-jwt").base_url(&server.url).account(NUMBER);
        let khipu = khipu.keep_for(Duration::from_secs(60)).clock(clock.clone()).build().unwrap();
        for (passed, requests) in [(0, 1), (60, 1), (1, 2), (30, 2), (31, 3)] {
            clock.advance(Duration::from_secs(passed));
            balances(&khipu).await.unwrap();
            assert_eq!(server.requests().len(), requests);
        }
        let forever = behind(&server);
        balances(&forever).await.unwrap();
        balances(&forever).await.unwrap();
        assert_eq!(server.requests().len(), 4);
    });
}

#[test]
fn those_who_come_meanwhile_share_one_login_and_its_failure() {
    run(async {
        let server = Server::answering(|_| json(failure("E100", "RETRY_IMMEDIATELY"))).await;
        let khipu = behind(&server);
        let connection = NUMBER.into();
        let (one, two, three) = futures(
            balances(&khipu),
            khipu.list_accounts(&connection, Paging::default()).collect_all(),
            khipu.refresh(&connection, RefreshOptions::new()),
        )
        .await;
        let errors = [one.unwrap_err(), two.unwrap_err(), three.unwrap_err()];
        assert!(errors.iter().all(|error| error.kind() == ErrorKind::LoginFailed && error.code() == Some("E100")));
        assert_eq!(server.requests().len(), 1, "a second wrong login could lock the user out");
        balances(&khipu).await.unwrap_err();
        assert_eq!(server.requests().len(), 2, "whoever comes later asks for himself");
    });
}

/// All three at once.
async fn futures<A, B, C>(
    a: impl Future<Output = A>,
    b: impl Future<Output = B>,
    c: impl Future<Output = C>,
) -> (A, B, C) {
    let (mut a, mut b, mut c) = (pin!(a), pin!(b), pin!(c));
    let (mut x, mut y, mut z) = (None, None, None);
    poll_fn(move |cx| {
        fn step<T>(
            future: &mut std::pin::Pin<&mut impl Future<Output = T>>,
            cx: &mut std::task::Context<'_>,
            to: &mut Option<T>,
        ) {
            if to.is_none()
                && let Poll::Ready(value) = future.as_mut().poll(cx)
            {
                *to = Some(value);
            }
        }
        step(&mut a, cx, &mut x);
        step(&mut b, cx, &mut y);
        step(&mut c, cx, &mut z);
        if x.is_some() && y.is_some() && z.is_some() {
            Poll::Ready((x.take().unwrap(), y.take().unwrap(), z.take().unwrap()))
        } else {
            Poll::Pending
        }
    })
    .await
}

/// Begins a read, and goes away once the server has the request.
async fn begin_and_leave(khipu: &Khipu, server: &Server) {
    let mut left = pin!(balances(khipu));
    while server.requests().is_empty() {
        poll_fn(|cx| {
            assert!(left.as_mut().poll(cx).is_pending());
            Poll::Ready(())
        })
        .await;
        tokio::task::yield_now().await;
    }
}

#[test]
fn a_read_that_its_caller_left_is_taken_over() {
    run(async {
        let server = Server::answering(|_| answer()).await;
        let khipu = behind(&server);
        begin_and_leave(&khipu, &server).await;
        assert_eq!(balances(&khipu).await.unwrap().len(), 1);
        assert_eq!(server.requests().len(), 1, "the login that was under way was not repeated");
    });
}

#[test]
fn a_read_that_was_left_for_longer_than_one_may_take_is_over() {
    run(async {
        let clock = ManualClock::new("2026-03-02T09:00:00Z".parse().unwrap());
        let server = Server::answering(|_| answer()).await;
        server.queue(bankfeed_testing::Reply::Silence);
        let khipu = Khipu::builder().jwt("a-jwt").base_url(&server.url).account(NUMBER).clock(clock.clone());
        let khipu = khipu.build().unwrap();
        begin_and_leave(&khipu, &server).await;
        clock.advance(Duration::from_secs(301));
        assert_eq!(balances(&khipu).await.unwrap().len(), 1);
        assert_eq!(server.requests().len(), 2);
    });
}

#[test]
fn what_was_read_stays_when_a_refresh_fails() {
    run(async {
        let server = Server::playing([answer(), json(failure("E299", "WAIT_4_HOURS_BEFORE_RETRY"))]).await;
        let khipu = behind(&server);
        let before = balances(&khipu).await.unwrap();
        khipu.refresh(&NUMBER.into(), RefreshOptions::new()).await.unwrap_err();
        assert_eq!(balances(&khipu).await.unwrap(), before);
    });
}
