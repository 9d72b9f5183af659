//! Signatures of requests, against OpenSSL's (`tests/data/signing/README.md`).
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use saltedge_client::runtime as rt;
use saltedge_client::{Client, ClientBuilder, RsaSigner};
use support::{Request, Server, bodies, json, reply, sample};

fn vector(name: &str) -> String {
    sample(&format!("signing/{name}"))
}

/// An HTTP client that keeps what it is given.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<http::Request<rt::Bytes>>>>);

impl rt::HttpClient for Kept {
    fn execute(
        &self,
        request: http::Request<rt::Bytes>,
    ) -> rt::BoxFuture<Result<http::Response<rt::BodyStream>, rt::HttpError>> {
        self.0.lock().unwrap().push(request);
        Box::pin(std::future::ready(Ok(http::Response::new(rt::BodyStream::full("{}")))))
    }
}

/// The header that a client with this key puts on a request to the real address at a fixed time.
fn signature_of<F: Future>(key: &str, call: impl FnOnce(Client) -> F) -> String {
    let kept = Kept::default();
    let http = kept.clone();
    let client = Client::builder("app", "secret")
        .signing_key_pem(key)
        .transport(|transport| transport.clock(rt::ManualClock::new(support::noon())).http(http))
        .build()
        .unwrap();
    support::run(call(client));
    let requests = kept.0.lock().unwrap();
    assert_eq!(requests[0].headers()["expires-at"], "1767268860");
    requests[0].headers()["signature"].to_str().unwrap().to_owned()
}

#[test]
fn a_post_is_signed_as_openssl_signs_it_with_either_form_of_key() {
    for key in ["key-pkcs1.pem", "key-pkcs8.pem"] {
        let signature = signature_of(&vector(key), async |client| {
            let _ = client.create_customer(bodies::customer()).send().await;
        });
        assert_eq!(signature, vector("signature.b64"), "{key}");
    }
}

#[test]
fn a_get_is_signed_with_its_query_and_an_empty_body() {
    let signature = signature_of(&vector("key-pkcs8.pem"), async |client| {
        let _ = client.list_transactions("111").pending(true).send().await;
    });
    assert_eq!(signature, vector("signature-get.b64"));
}

fn signing(server: &Server) -> ClientBuilder {
    support::builder(server).0.signing_key_pem(&vector("key-pkcs8.pem"))
}

/// Whether what came over the wire carries the signature of exactly that.
fn is_signed(server: &Server, request: &Request) -> bool {
    let verifier = rt::RsaVerifier::from_pem(&vector("public.pem")).unwrap();
    let expires_at = request.header("expires-at").unwrap();
    let mut message = format!("{expires_at}|{}|{}{}|", request.method, server.url, request.target).into_bytes();
    message.extend_from_slice(&request.body);
    verifier.verify(&message, request.header("signature").unwrap())
}

#[test]
fn every_method_is_signed_over_what_is_sent() {
    support::run(async {
        let server = Server::answering(|_| json("{}")).await;
        let client = signing(&server).build().unwrap();
        let _ = client.list_accounts().connection_id("a b&c=d/ü").per_page(2).send().await;
        let _ = client.create_bucket(saltedge_client::types::BucketCreation::new("1", "Käse & Brot")).send().await;
        let _ = client.update_connection("1", bodies::connection_change()).send().await;
        let _ = client.revoke_consent("1").connection_id("2").send().await;
        let _ = client.remove_customer("1").send().await;
        let requests = server.requests();
        assert_eq!(requests.len(), 5);
        for request in &requests {
            assert!(is_signed(&server, request), "{} {}", request.method, request.target);
            let mut forged = request.clone();
            forged.target.push('x');
            assert!(!is_signed(&server, &forged), "the check must be able to fail");
        }
    });
}

#[test]
fn without_a_key_nothing_is_signed() {
    support::run(async {
        let server = Server::answering(|_| json("{}")).await;
        let _ = support::client(&server).list_customers().send().await;
        assert_eq!(server.request().header("signature"), None);
        assert_eq!(server.request().header("expires-at"), None);
    });
}

#[test]
fn each_attempt_is_signed_anew() {
    support::run(async {
        let busy = || reply(503, &[("retry-after", "20")], "");
        let server = Server::playing([busy(), json(sample("customers-list.response.json"))]).await;
        signing(&server).build().unwrap().list_customers().send().await.unwrap();
        let requests = server.requests();
        assert_eq!(requests[0].header("expires-at"), Some("1767268860"));
        assert_eq!(requests[1].header("expires-at"), Some("1767268880"));
        assert_ne!(requests[0].header("signature"), requests[1].header("signature"));
        assert!(requests.iter().all(|request| is_signed(&server, request)));
    });
}

#[test]
fn a_request_that_expired_is_signed_anew_once() {
    support::run(async {
        for class in ["RequestExpired", "ExpiresAtInvalid"] {
            let refusal = move || reply(400, &[], format!(r#"{{"error":{{"class":"{class}","message":"late"}}}}"#));
            let server = Server::playing([refusal(), json(sample("customers-list.response.json"))]).await;
            signing(&server).build().unwrap().list_customers().send().await.unwrap();
            assert_eq!(server.requests().len(), 2, "{class}");

            let server = Server::answering(move |_| refusal()).await;
            let error = signing(&server).build().unwrap().list_customers().send().await.unwrap_err();
            assert_eq!(error.attempts(), 2, "{class}");
            // Nothing was done, so that holds for what changes something too.
            let error = signing(&server).build().unwrap().remove_customer("1").send().await.unwrap_err();
            assert_eq!(error.attempts(), 2, "{class}");
        }
    });
}

#[test]
fn time_to_expiry_can_be_chosen_up_to_an_hour() {
    support::run(async {
        let server = Server::answering(|_| json("{}")).await;
        let hour = Duration::from_secs(3600);
        let _ = signing(&server).expires_in(hour).build().unwrap().list_customers().send().await;
        assert_eq!(server.request().header("expires-at"), Some("1767272400"));
        for wrong in [Duration::ZERO, Duration::from_millis(999), hour + Duration::from_millis(1)] {
            let error = signing(&server).expires_in(wrong).build().unwrap_err();
            assert_eq!(error.to_string(), "a signed request may stay valid for 1 to 3600 seconds");
        }
    });
}

#[test]
fn a_key_can_be_handed_over_ready_made() {
    support::run(async {
        let server = Server::answering(|_| json("{}")).await;
        let key = RsaSigner::from_pem(&vector("key-pkcs1.pem")).unwrap();
        let _ = support::builder(&server).0.signing_key(key).build().unwrap().list_customers().send().await;
        assert!(is_signed(&server, &server.request()));
    });
}

#[test]
fn what_cannot_sign_or_identify_is_refused_when_building() {
    let problem = |builder: ClientBuilder| builder.build().unwrap_err().to_string();
    let builder = || Client::builder("app", "secret");
    assert!(problem(builder().signing_key_pem("no key")).contains("not a PEM text"));
    assert!(problem(builder().signing_key_pem(&vector("public.pem"))).contains("public key"));
    assert!(problem(Client::builder("", "secret")).contains("must not be empty"));
    assert!(problem(Client::builder("app", "")).contains("must not be empty"));
    assert!(problem(builder().base_url("http://example.com")).contains("plain http"));
    assert!(builder().signing_key_pem("no key").signing_key_pem(&vector("key-pkcs1.pem")).build().is_ok());
}
