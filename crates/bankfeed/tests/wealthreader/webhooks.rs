//! Callbacks.

use std::collections::BTreeSet;

use bankfeed::native::wealthreader::types::{
    BatchConnection, BatchCreation, CardEnrollmentCreation, CardTransactionEvent, CardsWebhookChange, FinancialData,
};
use bankfeed::*;
use bankfeed_sandbox::Sandbox;
use bankfeed_testing::reply;
use http::{HeaderMap, HeaderValue};

use crate::support::*;

fn headers(request: &bankfeed_testing::Request) -> HeaderMap {
    let named = request.headers.iter();
    named.map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap())).collect()
}

#[test]
fn events_about_cards_are_verified() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let server = Server::answering(|_| reply(200, &[], "")).await;
        let provider = provider(&sandbox);
        let change = CardsWebhookChange::new().webhook_url(format!("{}/cards", server.url));
        provider.client().set_cards_webhook(change).send().await.unwrap();
        let invitation = CardEnrollmentCreation::new("employee@example.com");
        provider.client().create_card_enrollment(invitation).send().await.unwrap();
        sandbox.advance(7 * DAY);
        sandbox.settled().await;
        let received_at = "2026-03-09T09:00:01Z".parse().unwrap();
        let (mut kinds, mut keys) = (BTreeSet::new(), BTreeSet::new());
        for request in server.requests() {
            let event = provider.verify(&headers(&request), &request.body, received_at).unwrap();
            assert!(event.sent_at.is_some() && event.party.is_some());
            keys.insert(event.idempotency_key.clone());
            kinds.insert(event.kind.word.clone().unwrap());
            if event.kind.is(&EventKind::DataReady) {
                let told: CardTransactionEvent = event.source.as_ref().unwrap().decode().unwrap();
                assert!(told.data.amount.decimal().is_sign_negative());
            }
            let again = provider.verify(&headers(&request), &request.body, received_at).unwrap();
            assert_eq!(again, event, "the same callback again is the same event");

            // One byte, no signature, two, another time, another secret, no secret.
            let refused = |headers: &HeaderMap, body: &[u8], at: Timestamp| {
                provider.verify(headers, body, at).unwrap_err().kind()
            };
            let mut tampered = request.body.clone();
            let last = tampered.len() - 2;
            tampered[last] ^= 1;
            assert_eq!(refused(&headers(&request), &tampered, received_at), ErrorKind::NotVerified);
            assert_eq!(refused(&HeaderMap::new(), &request.body, received_at), ErrorKind::NotVerified);
            let mut doubled = headers(&request);
            doubled.append("x-wr-signature", HeaderValue::from_static("sha256=00"));
            assert_eq!(refused(&doubled, &request.body, received_at), ErrorKind::NotVerified);
            let later = "2026-04-09T09:00:01Z".parse().unwrap();
            assert_eq!(refused(&headers(&request), &request.body, later), ErrorKind::NotVerified);
            let other = builder(&sandbox).cards_webhook_secret("other").build().unwrap();
            let error = other.verify(&headers(&request), &request.body, received_at).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NotVerified);
            let bare = WealthReader::builder("key").build().unwrap();
            let error = bare.verify(&headers(&request), &request.body, received_at).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
        }
        assert!(kinds.iter().map(String::as_str).eq(["card_enrollment.confirmed", "card_transaction.created"]));
        assert_eq!(keys.len(), server.requests().len());
    });
}

const WIDGET: &str = r#"{"success": true, "payload": {"accounts": [{"uuid": "a1", "balances": {"current": 7}}]},
    "statistics": {"SESSION": "s1", "operation_id": "op-7kQ0x3Wf7tq2mC5s9dJ8aA", "token": "FRJ0mHlaqZwLzu", "code": "caixabank"}}"#;
const OPERATION: &str = "op-7kQ0x3Wf7tq2mC5s9dJ8aA";

#[test]
fn a_widgets_end_counts_when_its_operation_was_handed_out() {
    run(async {
        let server = Server::playing([json(WIDGET)]).await;
        let provider = played(&server);
        let event = provider.match_widget(WIDGET.as_bytes(), OPERATION).unwrap();
        assert!(event.kind.is(&EventKind::ConnectionCreated));
        let id = event.connection.clone().unwrap();
        assert_eq!(id.as_str(), "caixabank:FRJ0mHlaqZwLzu");
        assert_eq!(event.institution.as_ref().unwrap().as_str(), "caixabank");
        assert_eq!(provider.match_widget(WIDGET.as_bytes(), OPERATION).unwrap(), event);
        assert!(event.source.as_ref().unwrap().decode::<FinancialData>().unwrap().success);
        let shown = format!("{event:?}");
        assert!(!shown.contains("FRJ0") && !shown.contains("7kQ0"), "{shown}");
        assert_eq!(WealthReader::widget_operation(WIDGET.as_bytes()).unwrap(), OPERATION);

        // The data that came with it is held, but not as all movements there are.
        let accounts = provider.list_accounts(&id, Paging::default()).collect_all().await.unwrap();
        assert_eq!((accounts.len(), server.requests().len()), (1, 0));
        provider.list_transactions(TransactionFilter::of(&id), Paging::default()).collect_all().await.unwrap();
        assert_eq!(server.requests().len(), 1);

        for other in ["", "op", "op-7kQ0x3Wf7tq2mC5s9dJ8aB"] {
            let error = provider.match_widget(WIDGET.as_bytes(), other).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NotVerified);
        }
        let nothing = provider.match_widget(b"{}", OPERATION).unwrap_err();
        assert_eq!(nothing.kind(), ErrorKind::UnexpectedAnswer);
        // The trait proves by signature alone.
        let signed = WealthReader::builder("k").cards_webhook_secret("s").build().unwrap();
        let error = signed.verify(&HeaderMap::new(), WIDGET.as_bytes(), Timestamp::now()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotVerified);
    });
}

#[test]
fn a_widget_that_failed_says_why() {
    let failed = |code: i64| {
        let body = serde_json::json!({
            "success": false, "payload": null, "error": {"code": code, "message": "no"},
            "statistics": {"SESSION": "s2", "operation_id": OPERATION},
        });
        let provider = WealthReader::builder("k").build().unwrap();
        provider.match_widget(body.to_string().as_bytes(), OPERATION).unwrap()
    };
    let event = failed(2000);
    assert!(event.kind.is(&EventKind::UserNeeded) && event.connection.is_none());
    assert_eq!(event.error.map(|cause| (cause.kind, cause.code)), Some((ErrorKind::LoginFailed, Some("2000".into()))));
    let event = failed(3000);
    assert!(event.kind.is(&EventKind::Failed));
    assert_eq!(event.error.unwrap().kind, ErrorKind::InstitutionUnavailable);
    assert_eq!(failed(77).error.map(|cause| (cause.kind, cause.code)), Some((ErrorKind::Other, Some("77".into()))));
    assert_ne!(failed(2000).idempotency_key, "");
}

#[test]
fn a_batch_notification_counts_when_its_batch_was_loaded() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let server = Server::answering(|_| reply(200, &[], "")).await;
        let provider = provider(&sandbox);
        let batch = BatchCreation::new([BatchConnection::new("good", BANK).token("MOCKDATA")]);
        let batch = batch.notification_url(format!("{}/batch", server.url));
        let batch = provider.client().load_batch(batch).send().await.unwrap();
        sandbox.advance(DAY);
        sandbox.settled().await;
        let body = server.request().body;
        let event = provider.match_batch(&body, &batch.batch_id, &"good".into()).unwrap();
        assert!(event.kind.is(&EventKind::DataReady) && event.sent_at.is_some());
        assert_eq!(event.kind.word.as_deref(), Some("completed"));
        assert_eq!(provider.match_batch(&body, &batch.batch_id, &"good".into()).unwrap(), event);
        let error = provider.match_batch(&body, &batch.batch_id, &"bad".into()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotVerified);
        let error = provider.verify(&HeaderMap::new(), &body, Timestamp::now()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotVerified);
    });
}
