//! Sending users to consent, having banks asked anew, removing connections.

use std::io::{Read as _, Write as _};
use std::time::Duration;

use bankfeed::{
    Actor, ConnectionStatus, Connections as _, ConsentScope, Consents as _, ErrorKind, Institutions as _, Paging,
    RetryAdvice, SessionRequest, Timestamp,
};
use bankfeed_runtime::ManualClock;
use bankfeed_sandbox::Sandbox;
use bankfeed_testing::{Server, json};

use super::{connection_to, connections, operations, run, setup, start};

/// What the user's browser does with the form of the widget: where it is sent.
pub(crate) fn decide(url: &str, decision: &str) -> String {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    let fields = format!("decision={decision}");
    let length = fields.len();
    let request = format!(
        "POST /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\n{fields}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default().to_owned()
}

fn day(text: &str) -> bankfeed::Date {
    text.parse().unwrap()
}

#[test]
fn a_user_connects_reconnects_and_leaves() {
    run(async {
        let (_sandbox, saltedge) = start(Sandbox::builder()).await;
        let party = connections(&saltedge).await.remove(0).party.unwrap();
        let request = SessionRequest::new()
            .party(&party)
            .institution("fakebank_simple_xf")
            .data_from(day("2025-06-01"))
            .return_to("https://shop.example.com/linked")
            .locale("de");
        let session = saltedge.start_session(request).await.unwrap();
        assert!(session.expires_at.is_some() && session.widget_token.is_none());
        let location = decide(session.address.unwrap().expose(), "consent");
        let id = location.strip_prefix("https://shop.example.com/linked?connection_id=").unwrap();
        let connection = saltedge.show_connection(&id.into()).await.unwrap();
        assert!(connection.status.as_ref().unwrap().is(&ConnectionStatus::Active));
        assert_eq!(connection.party.as_ref(), Some(&party));
        let consents = saltedge.list_consents(&connection.id, Paging::default()).collect_all().await.unwrap();
        let given = consents.last().unwrap();
        let scopes: Vec<_> = given.scopes.iter().filter_map(|scope| scope.value).collect();
        assert_eq!(scopes, [ConsentScope::Holders, ConsentScope::Accounts, ConsentScope::Transactions]);
        assert_eq!(given.data_from, Some(day("2025-06-01")));

        let request =
            SessionRequest::new().connection(&connection.id).scope(ConsentScope::Cards).data_from(day("2025-07-01"));
        let session = saltedge.start_session(request).await.unwrap();
        decide(session.address.unwrap().expose(), "consent");
        let consents = saltedge.list_consents(&connection.id, Paging::default()).collect_all().await.unwrap();
        let renewed = consents.last().unwrap();
        assert_eq!(renewed.scopes.iter().filter_map(|scope| scope.value).collect::<Vec<_>>(), [ConsentScope::Accounts]);

        saltedge.remove_connection(&connection.id).await.unwrap();
        assert_eq!(saltedge.show_connection(&connection.id).await.unwrap_err().kind(), ErrorKind::NotFound);
    });
}

#[test]
fn a_session_needs_a_party_and_scopes_of_salt_edges() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder()).await;
        let requests = [SessionRequest::new(), SessionRequest::new().party("1").scope(ConsentScope::Other)];
        for request in requests {
            assert_eq!(saltedge.start_session(request).await.unwrap_err().kind(), ErrorKind::InvalidRequest);
        }
        assert!(operations(&sandbox).is_empty(), "nothing is sent");
    });
}

#[test]
fn a_refresh_that_comes_too_soon_says_when() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let now = Timestamp::try_from(sandbox.now()).unwrap();
        let clock = ManualClock::new(now);
        let saltedge = setup(&sandbox).clock(clock.clone()).build().unwrap();
        let connection = connection_to(&saltedge, "fakebank_simple_xf").await;
        sandbox.advance(Duration::from_secs(3600));
        clock.advance(Duration::from_secs(3600));
        operations(&sandbox);
        let refreshed = saltedge.refresh_connection(&connection.id).await.unwrap();
        assert_eq!(operations(&sandbox), ["show_connection", "refresh_connection_in_background"]);
        assert!(refreshed.updated_at > connection.updated_at);

        clock.advance(Duration::from_secs(60));
        let error = saltedge.refresh_connection(&connection.id).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::TooSoon, Some("ConnectionCannotBeRefreshed")));
        assert_eq!(error.advice(), RetryAdvice::After(Duration::from_secs(14 * 60)));
        clock.advance(Duration::from_secs(3600));
        let error = saltedge.refresh_connection(&connection.id).await.unwrap_err();
        assert_eq!(error.advice(), RetryAdvice::Later, "the clocks do not agree, so nothing is told");
    });
}

#[test]
fn what_a_refresh_needs_is_told_apart() {
    run(async {
        let (sandbox, saltedge) = start(Sandbox::builder()).await;
        let connection = connection_to(&saltedge, "fakebank_simple_xf").await.id;
        sandbox.advance(Duration::from_secs(3600));
        sandbox.fault("saltedge refresh_connection_in_background second-factor times=1".parse().unwrap());
        let error = saltedge.refresh_connection(&connection).await.unwrap_err();
        assert_eq!((error.kind(), error.advice()), (ErrorKind::SecondFactor, RetryAdvice::AfterUser));
        assert!(error.challenge().unwrap().session.is_none());

        let change = bankfeed::native::saltedge::types::ConnectionChange::new().status("inactive");
        saltedge.client().update_connection(connection.as_str(), change).send().await.unwrap();
        let error = saltedge.refresh_connection(&connection).await.unwrap_err();
        assert_eq!((error.kind(), error.actor()), (ErrorKind::ConnectionInactive, Actor::EndUser));

        let error = saltedge.show_institution(&"bank_on_the_moon".into()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    });
}

#[test]
fn a_connection_that_stays_is_not_taken_for_removed() {
    run(async {
        let server = Server::answering(|_| json(r#"{"data":{"id":"1","removed":false}}"#)).await;
        let saltedge = bankfeed::SaltEdge::builder("a", "b").base_url(&server.url).build().unwrap();
        let error = saltedge.remove_connection(&"1".into()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ProviderFailed);
    });
}
