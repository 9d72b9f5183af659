//! Sessions of users, by redirect.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use bankfeed::native::wealthreader::types::{AccessType, DomainCreation, DomainMethod, Tokenize};
use bankfeed::*;
use bankfeed_sandbox::Sandbox;

use crate::support::*;

const BACK: &str = "https://app.example.com/back";

async fn domain(provider: &WealthReader) {
    let domain = DomainCreation::new(DomainMethod::Add, "app.example.com", "https://app.example.com/x", Tokenize::Yes);
    provider.client().add_domain(domain.access_type(AccessType::Oauth)).send().await.unwrap();
}

/// The user signs in at the page of the session, and comes back with this query.
fn sign_in(sandbox: &Sandbox, session: &Session, user: &str) -> String {
    let url = sandbox.wealthreader().url;
    let (_, query) = session.address.as_ref().unwrap().expose().split_once('?').unwrap();
    let form = format!("{query}&code={BANK}&user={user}&password=sandbox");
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!(
        "POST /{path}/oauth2/ HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{form}",
        form.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let location =
        answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_else(|| panic!("{answer}"));
    location.trim().split_once('?').unwrap().1.to_owned()
}

#[test]
fn a_user_goes_and_comes_back_with_a_connection_and_its_data() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let provider = provider(&sandbox);
        domain(&provider).await;
        let day: Date = "2026-01-01".parse().unwrap();
        let request = SessionRequest::new().institution(BANK).return_to(BACK).data_from(day);
        let session = provider.start_session(request).await.unwrap();
        let query = sign_in(&sandbox, &session, "MOCKDATA");
        let before = sandbox.requests().len();
        // Any clone can take it.
        let connection = provider.clone().complete_session(&query).await.unwrap();
        assert_eq!(connection.institution.as_ref().unwrap().as_str(), BANK);
        assert!(connection.id.as_str().starts_with(&format!("{BANK}:")));

        // The data came along.
        let accounts = provider.list_accounts(&connection.id, Paging::default()).collect_all().await.unwrap();
        assert!(!accounts.is_empty());
        let filter = TransactionFilter::of(&connection.id).since(day);
        provider.list_transactions(filter, Paging::default()).collect_all().await.unwrap();
        assert_eq!(reads(&sandbox), 0);
        assert!(sandbox.requests().len() <= before + 1);

        let twice = provider.complete_session(&query).await.unwrap_err();
        assert_eq!(twice.kind(), ErrorKind::NotVerified);
        let renewed = SessionRequest::new().connection(&connection.id).return_to(BACK);
        let session = provider.start_session(renewed).await.unwrap();
        assert!(!format!("{session:?}").contains("oauth2"));
    });
}

#[test]
fn a_return_of_nobodys_session_is_refused() {
    run(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let clock = clock_of(&sandbox);
        let provider = builder(&sandbox).clock(clock.clone()).build().unwrap();
        domain(&provider).await;
        let refused = |query: String| {
            let provider = provider.clone();
            async move { provider.complete_session(&query).await.unwrap_err().kind() }
        };
        assert_eq!(refused("nonce=aa&code=bb".to_owned()).await, ErrorKind::NotVerified);
        assert_eq!(refused("error=denied".to_owned()).await, ErrorKind::NotVerified);
        let session = provider.start_session(SessionRequest::new().return_to(BACK)).await.unwrap();
        let query = sign_in(&sandbox, &session, "MOCKDATA");
        let stranger = builder(&sandbox).build().unwrap();
        assert_eq!(stranger.complete_session(&query).await.unwrap_err().kind(), ErrorKind::NotVerified);
        clock.advance(Duration::from_secs(3601));
        assert_eq!(refused(query).await, ErrorKind::NotVerified, "an hour is over");

        for wrong in [SessionRequest::new(), SessionRequest::new().return_to("http://app.example.com")] {
            assert_eq!(provider.start_session(wrong).await.unwrap_err().kind(), ErrorKind::InvalidRequest);
        }
    });
}
