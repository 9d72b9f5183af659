//! Every operation, sent over HTTP: method, path, query, headers and body are those of the provider's description, and
//! its records are understood in answers.
//!
//! The expectations are written from that description, not from the specification in this repository.
#![cfg(all(
    feature = "banking",
    feature = "investments",
    feature = "employment",
    feature = "enrichment",
    feature = "fiscal-mexico",
    feature = "fiscal-chile",
    feature = "payments"
))]
#![allow(clippy::unwrap_used, clippy::panic)]

mod accounts;
mod chile;
mod employment;
mod enrichment;
mod investments;
mod links;
mod mexico;
mod payment_intents;
mod payments;
#[path = "../support/mod.rs"]
mod support;
mod transactions;

use std::collections::{BTreeMap, BTreeSet};

use belvo_client::runtime::RetryBudget;
use belvo_client::{Client, Environment, Error, Response};
use support::{AUTHORIZATION, ID, Server, data, json, json_status, record, reply};

/// What a record belongs to, and one of several that belong to it.
const PARENT: &str = "50c04229-7b1d-4a53-951c-8ad53e10c6ca";
const CHARGE: &str = "0c1f7ba2-bd3a-4a1c-8a8a-d6d3b5a5a4c1";

/// What stands for the parameters of a path.
const PARAMS: [(&str, &str); 5] = [
    ("{id}", ID),
    ("{enrollment_id}", ID),
    ("{payment_intent_id}", PARENT),
    ("{payment_authorization_id}", PARENT),
    ("{charge_id}", CHARGE),
];

/// Headers that some operations have and the others must not have.
const OWN_HEADERS: [&str; 3] = ["x-belvo-request-mode", "x-belvo-api-resource-version", "belvo-idempotency-key"];

/// What an operation is answered with.
enum Answer {
    /// The only page of a list, with this record.
    Page(&'static str),
    /// A list without pages, with this record.
    List(&'static str),
    /// This record.
    One(&'static str),
    /// 202: the request was taken up.
    Accepted,
    /// 204.
    Nothing,
}

/// What a request must be like, besides method and path.
#[derive(Clone, Copy, Default)]
struct Sent {
    query: &'static str,
    body: &'static str,
    header: Option<(&'static str, &'static str)>,
}

/// Neither query nor body.
const BARE: Sent = Sent { query: "", body: "", header: None };

/// A query, decoded.
fn query(query: &'static str) -> Sent {
    Sent { query, ..BARE }
}

/// A JSON body.
fn body(body: &'static str) -> Sent {
    Sent { body, ..BARE }
}

impl Sent {
    fn header(self, name: &'static str, value: &'static str) -> Self {
        Self { header: Some((name, value)), ..self }
    }

    fn asynchronous(self) -> Self {
        self.header("x-belvo-request-mode", "async")
    }

    fn version_2(self) -> Self {
        self.header("x-belvo-api-resource-version", "Payments-BR.V2")
    }
}

/// The provider, a client of it, and what was asked so far.
struct Provider {
    /// What answers and is asked whether the requests were right; `None` when something else answers.
    server: Option<Server>,
    client: Client,
    seen: BTreeSet<String>,
    /// What failed where something else answers.
    failed: BTreeMap<String, Error>,
}

impl Provider {
    /// Answers a call, and expects it to understand the answer and to have asked for this.
    async fn call<T>(
        &mut self,
        operation: &str,
        sent: Sent,
        answer: Answer,
        call: impl Future<Output = Result<Response<T>, Error>>,
    ) {
        assert!(self.seen.insert(operation.to_owned()), "{operation} is there twice");
        let Some(server) = &self.server else {
            self.failed.extend(call.await.err().map(|error| (operation.to_owned(), error)));
            return;
        };
        let (method, path) = operation.split_once(' ').unwrap();
        let made = if method == "POST" { 201 } else { 200 };
        server.queue(match answer {
            Answer::Page(name) => json(support::page(&record(name))),
            Answer::List(name) => json_status(made, format!("[{}]", record(name))),
            Answer::One(name) => json_status(made, record(name)),
            Answer::Accepted => json_status(202, r#"{"request_id":"4363b08b51eb43509c745df5ac92a7f6"}"#),
            Answer::Nothing => reply(204, &[], ""),
        });
        let before = server.requests().len();
        if let Err(error) = call.await {
            panic!("{operation}: {error} {}", error.path().unwrap_or_default());
        }
        let requests = server.requests();
        assert_eq!(requests.len(), before + 1, "{operation}");
        let request = &requests[before];
        assert_eq!(request.method, method, "{operation}");
        let path = PARAMS.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value));
        assert_eq!(request.path(), path, "{operation}");
        let query: Vec<_> = request.query().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(query.join("&"), sent.query, "{operation}");
        assert_eq!(request.header("authorization"), Some(AUTHORIZATION), "{operation}");
        assert_eq!(request.header("accept"), Some("application/json"), "{operation}");
        for name in OWN_HEADERS {
            let value = sent.header.filter(|(known, _)| *known == name).map(|(_, value)| value);
            assert_eq!(request.header(name), value, "{operation}: {name}");
        }
        if sent.body.is_empty() {
            assert_eq!(request.text(), "", "{operation}");
            assert_eq!(request.header("content-type"), None, "{operation}");
        } else {
            assert_eq!(request.header("content-type"), Some("application/json"), "{operation}");
            let found = support::differences(sent.body, request.text());
            assert!(found.is_empty(), "{operation}: {found:#?}");
        }
    }

    /// Every operation, once.
    async fn all(server: Option<Server>, client: Client) -> Self {
        let mut it = Self { server, client, seen: BTreeSet::new(), failed: BTreeMap::new() };
        links::all(&mut it).await;
        accounts::all(&mut it).await;
        transactions::all(&mut it).await;
        investments::all(&mut it).await;
        employment::all(&mut it).await;
        enrichment::all(&mut it).await;
        mexico::all(&mut it).await;
        chile::all(&mut it).await;
        payment_intents::all(&mut it).await;
        payments::all(&mut it).await;
        let listed: BTreeSet<String> = data("belvo.ops").lines().map(str::to_owned).collect();
        assert_eq!(listed.len(), 148);
        assert_eq!(it.seen, listed);
        it
    }
}

#[test]
fn each_operation_sends_what_the_description_shows() {
    support::run(async {
        let server = Server::playing([]).await;
        let client = support::client(&server);
        Provider::all(Some(server), client).await;
    });
}

/// Reads and retrievals are repeated by the provider's rule; what moves money or makes tokens never is.
#[test]
fn each_operation_is_repeated_as_its_kind_allows() {
    support::run(async {
        let server = Server::answering(|_| reply(503, &[], "")).await;
        let (builder, _) = support::builder(&server);
        let builder = builder.transport(|transport| transport.retry_budget(RetryBudget::unlimited()));
        let failed = Provider::all(None, builder.build().unwrap()).await.failed;
        assert_eq!(failed.len(), 148);
        for (operation, error) in failed {
            let once =
                operation.contains("/token/") || operation.contains(" /payments/") && !operation.starts_with("GET");
            assert_eq!(error.attempts(), if once { 1 } else { 6 }, "{operation}");
        }
    });
}

/// Against a mock server that was started from `specs/belvo.yaml` and refuses what the specification does not allow.
#[test]
#[ignore = "needs BELVO_BASE_URL, the address of a mock server"]
fn a_mock_server_takes_each_operation() {
    support::run(async {
        let url = std::env::var("BELVO_BASE_URL").unwrap();
        let keys = Client::builder(Environment::Sandbox, "the-id", "the-password");
        let client = keys.base_url(&url).transport(|transport| transport.max_attempts(1)).build().unwrap();
        let failed = Provider::all(None, client).await.failed;
        let lines = failed.iter().map(|(operation, error)| format!("{operation}: {error} {:?}", error.raw()));
        assert_eq!(lines.collect::<Vec<_>>(), [""; 0]);
    });
}
