//! What is repeated without asking: the provider's own rule, and nothing else.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::time::Duration;

use belvo_client::types::{LinkCreation, Resource, WidgetBranding, WidgetSettings, WidgetTokenCreation};
use belvo_client::{Client, Configure, Error, Response};
use support::{ID, Reply, Server, builder, json, json_status, record, reply};

fn of_code(status: u16, code: &str) -> Reply {
    json_status(status, format!(r#"[{{"code":"{code}","message":"x","request_id":"a6e1"}}]"#))
}

/// How often a call was sent, and after which pauses in seconds, when it is refused so `times` times.
fn sent<T>(
    refusal: Reply,
    times: usize,
    fine: Reply,
    call: impl AsyncFnOnce(Client) -> Result<Response<T>, Error>,
) -> (bool, usize, Vec<u64>) {
    support::run(async {
        let server = Server::playing(std::iter::repeat_n(refusal, times).chain([fine])).await;
        let (builder, sleeper) = builder(&server);
        let result = call(builder.build().unwrap()).await;
        let pauses = sleeper.slept().iter().map(Duration::as_secs).collect();
        (result.is_ok(), server.requests().len(), pauses)
    })
}

fn read(refusal: Reply, times: usize) -> (bool, usize, Vec<u64>) {
    sent(refusal, times, json(record("link")), async |client| client.show_link(ID).send().await)
}

fn create(refusal: Reply, times: usize) -> (bool, usize, Vec<u64>) {
    sent(refusal, times, json(record("link")), async |client| {
        client.create_link(LinkCreation::new("imss_mx_employment", "me")).send().await
    })
}

fn repeatable() -> Vec<Reply> {
    let mut replies = vec![of_code(400, "too_many_sessions"), of_code(500, "unexpected_error")];
    replies.extend([500, 502, 503, 504].map(|status| reply(status, &[], "")));
    replies
}

#[test]
fn five_times_at_most_with_the_pauses_that_are_asked_for() {
    for refusal in repeatable() {
        for call in [read, create] {
            assert_eq!(call(refusal.clone(), 1), (true, 2, vec![3]), "{refusal:?}");
            assert_eq!(call(refusal.clone(), 5), (true, 6, vec![3, 6, 12, 24, 48]), "{refusal:?}");
            assert_eq!(call(refusal.clone(), 6), (false, 6, vec![3, 6, 12, 24, 48]), "{refusal:?}");
        }
    }
}

#[test]
fn other_refusals_are_final() {
    for refusal in [
        of_code(400, "login_error"),
        of_code(400, "institution_unavailable"),
        of_code(400, "session_expired"),
        of_code(401, "authentication_failed"),
        of_code(403, "access_to_resource_denied"),
        of_code(404, "not_found"),
        of_code(408, "request_timeout"),
        of_code(409, "link_refreshed"),
        of_code(428, "token_required"),
        reply(405, &[], ""),
        reply(429, &[("retry-after", "1")], ""),
    ] {
        for call in [read, create] {
            assert_eq!(call(refusal.clone(), 1), (false, 1, vec![]), "{refusal:?}");
        }
    }
}

#[test]
fn what_broke_is_not_repeated() {
    let cut = Reply::Bytes(b"HTTP/1.1 503 X\r\ncontent-length: 500\r\n\r\n[".to_vec());
    for broken in [cut, Reply::Bytes(Vec::new())] {
        for call in [read, create] {
            assert_eq!(call(broken.clone(), 1), (false, 1, vec![]), "{broken:?}");
        }
    }
}

#[test]
fn tokens_are_asked_for_once() {
    let branding = WidgetBranding::new("https://x.example/i", "https://x.example/l", "ACME", "https://x.example/t");
    for refusal in repeatable() {
        let settings = WidgetSettings::new(branding.clone());
        let body = WidgetTokenCreation::new("id", "password", "scopes", [Resource::Accounts], "1d", settings);
        let outcome = sent(refusal, 1, json(record("widget-token")), async |client| {
            client.create_widget_token(body).send().await
        });
        assert_eq!(outcome, (false, 1, vec![]));
    }
}

#[test]
fn a_caller_can_forbid_it() {
    let outcome =
        sent(reply(503, &[], ""), 1, json(record("link")), async |client| client.show_link(ID).no_retry().send().await);
    assert_eq!(outcome, (false, 1, vec![]));
}

#[cfg(feature = "payments")]
mod payments {
    use belvo_client::types::{ChargeRetry, CustomerCreation, PaymentIntentCompletion, PaymentsVersion};

    use super::*;

    #[test]
    fn what_moves_money_is_sent_once() {
        for refusal in repeatable() {
            let once = (false, 1, vec![]);
            let fine = || reply(204, &[], "");
            let outcome =
                sent(refusal.clone(), 1, fine(), async |client| client.cancel_payment_intent(ID).send().await);
            assert_eq!(outcome, once);
            let outcome = sent(refusal.clone(), 1, json(record("payment-intent")), async |client| {
                client.complete_payment_intent(ID, PaymentIntentCompletion::new().confirm(true)).send().await
            });
            assert_eq!(outcome, once);
            let outcome = sent(refusal.clone(), 1, json(record("charge-v2")), async |client| {
                client.retry_payment_authorization_charge(PaymentsVersion::V2, ID, ID, ChargeRetry::new()).send().await
            });
            assert_eq!(outcome, once);
            let outcome = sent(refusal, 1, json(record("customer-v1")), async |client| {
                client.create_customer(CustomerCreation::new("76109277673")).send().await
            });
            assert_eq!(outcome, once);
        }
    }
}
