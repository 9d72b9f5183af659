//! The awkward document: what is generated from it is what is checked in, compiles without a warning, and works.

#![deny(warnings)]
// A library would export it all; this test uses a part.
#![allow(dead_code, unused_imports, unreachable_pub, clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use bankfeed_runtime as rt;
use rt::Configure as _;

#[path = "awkward/src/generated/mod.rs"]
#[rustfmt::skip]
mod generated;

/// The document describes several error bodies, so the generated crate takes any.
type ApiFailure = rt::Json;

use generated::{Client, operations, types};

#[test]
fn the_checked_in_code_is_what_is_generated() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments =
        ["codegen", "--spec", "tests/awkward/spec.yaml", "--crate", "awkward", "--out", "tests/awkward", "--check"];
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(folder).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "run it in {} without --check:\n{words}", folder.display());
}

/// Answers every request with the same status and body, and remembers the requests.
#[derive(Clone)]
struct Bank {
    status: u16,
    body: &'static str,
    seen: Arc<Mutex<Vec<http::Request<rt::Bytes>>>>,
}

impl rt::HttpClient for Bank {
    fn execute(
        &self,
        request: http::Request<rt::Bytes>,
    ) -> rt::BoxFuture<Result<http::Response<rt::BodyStream>, rt::HttpError>> {
        self.seen.lock().unwrap().push(request);
        let answer = http::Response::builder().status(self.status).header("content-type", "application/json");
        let answer = answer.body(rt::BodyStream::full(self.body)).unwrap();
        Box::pin(async move { Ok(answer) })
    }
}

fn bank(status: u16, body: &'static str) -> (Client, Bank) {
    let bank = Bank { status, body, seen: Arc::default() };
    let transport = rt::Transport::builder(Client::BASE_URL).http(bank.clone()).build().unwrap();
    (Client::from_transport(transport), bank)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn every_parameter_travels_as_the_document_says() {
    let (client, bank) = bank(202, "");
    let body = types::LinkCreation::new("erebor")
        .limit("12.30".parse::<rt::Amount>().unwrap())
        .fetch(["accounts", "owners"])
        .note("x");
    let request = client
        .links_create("a/b", body)
        .link_query("other")
        .type_("single")
        .send_query(true)
        .body_query("text")
        .x_trace("t-1")
        .session("s 1")
        .ids(["1", "2"])
        .tags(["a", "b"])
        .filter(&types::Filter::new().status("open").min("0.10".parse::<rt::Amount>().unwrap()))
        .query(&types::Filter::new().status("open"))
        .amount_gte("5.00".parse::<rt::Amount>().unwrap())
        .extra_query("added", "1");
    let answer = run(request.send()).unwrap();
    assert_eq!(answer.into_inner(), operations::LinksCreateAnswer::Accepted);

    let seen = bank.seen.lock().unwrap();
    let [request] = seen.as_slice() else { panic!("{} requests", seen.len()) };
    assert_eq!((request.method().as_str(), request.uri().path()), ("POST", "/api/links/a%2Fb"));
    let mut query: Vec<&str> = request.uri().query().unwrap().split('&').collect();
    query.sort_unstable();
    let expected = [
        "added=1",
        "amount__gte=5.00",
        "body=text",
        "filter%5Bmin%5D=0.10",
        "filter%5Bstatus%5D=open",
        "ids=1%2C2",
        "link=other",
        "query=%7B%22status%22%3A%22open%22%7D",
        "send=true",
        "tags=a%7Cb",
        "type=single",
    ];
    assert_eq!(query, expected);
    assert_eq!(
        (request.headers()["x-trace"].to_str().unwrap(), request.headers()["cookie"].to_str().unwrap()),
        ("t-1", "session=s%201")
    );
    assert_eq!(request.body(), r#"{"institution":"erebor","limit":"12.30","fetch":["accounts","owners"],"note":"x"}"#);
}

#[test]
fn several_success_types_are_told_apart_by_status() {
    let create = |status, body| {
        let (client, _) = bank(status, body);
        run(client.links_create("1", types::LinkCreation::new("x")).send()).unwrap().into_inner()
    };
    let operations::LinksCreateAnswer::Ok(link) =
        create(200, r#"{"id": 12345678901234567890123, "status": "unknown"}"#)
    else {
        panic!()
    };
    assert_eq!((link.id.as_ref(), link.status), ("12345678901234567890123", Some(types::LinkStatus::Unknown)));
    let operations::LinksCreateAnswer::Created(created) = create(201, r#"{"session": "s3cret"}"#) else { panic!() };
    assert_eq!(format!("{created:?}"), "LinkCreated { session: [redacted] }");
}

#[test]
fn objects_are_exact_tolerant_and_discreet() {
    let text = r#"{"id":"1","status":null,"institution":{"name":{"a":"b"}},"parent":{"id":"2","status":"brand new"},"children":null,"owner":null,
        "password":"s3cret","iban":"DE89","balance":999999999999999.9999,"limit":"-0.10","created_at":"2022-11-30T01:55:00-0300","self":"true","+1":"3",
        "unlisted":{"n":0.1000000000000000000000001}}"#;
    let (client, _) = bank(200, text);
    let answer = run(client.links_create("1", types::LinkCreation::new("x")).send()).unwrap();
    let operations::LinksCreateAnswer::Ok(link) = answer.into_inner() else { panic!() };
    let shown = format!("{link:?}");
    assert!(!shown.contains("s3cret") && !shown.contains("DE89"), "{shown}");
    assert_eq!(
        (link.children.is_null(), link.owner.is_null(), link.self_, link.plus_1),
        (true, true, Some(true), Some(3))
    );
    assert_eq!(link.parent.as_ref().unwrap().status.as_ref().unwrap().to_string(), "brand new");
    let again = serde_json::to_string(&link).unwrap();
    let expected = text
        .replace(['\n', ' '], "")
        .replace("brandnew", "brand new")
        .replace(r#""self":"true","+1":"3""#, r#""self":true,"+1":3"#);
    assert_eq!(again, expected);
}

#[test]
fn unions_keep_what_they_do_not_know() {
    let value = |text: &str| {
        serde_json::from_str::<types::Statement>(&format!(r#"{{"value":{text}}}"#)).unwrap().value.unwrap()
    };
    assert_eq!(value(r#""x""#), types::StatementValue::Text("x".into()));
    assert!(matches!(value("1.10"), types::StatementValue::Number(number) if number.to_string() == "1.10"));
    assert!(matches!(value("[1,2.50]"), types::StatementValue::List(list) if list.len() == 2));
    assert!(matches!(value(r#"{"amount":1.5}"#), types::StatementValue::Payment(_)));
    assert!(matches!(value("true"), types::StatementValue::Unrecognized(_)));
    let event = |text: &str| serde_json::from_str::<types::Event>(text).unwrap();
    assert!(matches!(event(r#"{"kind":"paid","amount":1.5}"#), types::Event::Paid(_)));
    assert!(matches!(event(r#"{"kind":"opened","at":"2024-01-31"}"#), types::Event::Opened(_)));
}

#[test]
fn a_member_that_names_the_alternative_decides() {
    let shape = |form: &str| serde_json::from_str::<types::Shape>(&format!(r#"{{"size":1,"form":"{form}"}}"#)).unwrap();
    assert!(matches!(shape("square"), types::Shape::Square(_)));
    assert!(matches!((shape("circle"), shape("ball")), (types::Shape::Round(_), types::Shape::Round(_))));
    assert!(matches!(shape("cube"), types::Shape::Round(_)), "the first that fits");
}

#[test]
fn names_that_are_taken_travel_unchanged() {
    let text = r#"{"self":{"href":"/"},"odd  name: ( \"x\" )":"y","card":"z"}"#;
    let known = serde_json::from_str::<types::Types>(text).unwrap();
    assert!(matches!(&known, types::Types::TypesVariant1(_)), "{known:?}");
    assert_eq!(serde_json::to_string(&known).unwrap(), text);
    let pages =
        types::Pages::new().default(true).kind(types::PagesKind::SelfValue).next(types::PagesNext::new().more("x"));
    assert_eq!(serde_json::to_string(&pages).unwrap(), r#"{"default":true,"kind":"Self","next":{"more":"x"}}"#);
    let (client, bank) = bank(200, text);
    let answer = run(client.call2("1", "a", "b", "c", "d", "e", "f").send()).unwrap();
    assert_eq!(answer.into_inner(), operations::Call2Answer2::Ok(known));
    assert_eq!(bank.seen.lock().unwrap()[0].uri().query(), Some("call=1"));
}

#[test]
fn nothing_is_an_answer_too() {
    let (client, _) = bank(204, "");
    #[allow(deprecated)]
    let answer = run(client.show_statement().send()).unwrap();
    assert_eq!(answer.into_inner(), None);
}

#[test]
fn other_media_types_are_methods_of_their_own() {
    let (client, bank) = bank(200, "%PDF-1.7");
    #[allow(deprecated)]
    let answer = run(client.show_statement().send_pdf()).unwrap();
    assert_eq!(answer.into_inner(), "%PDF-1.7");
    assert_eq!(bank.seen.lock().unwrap()[0].headers()["accept"], "application/pdf");
}

#[test]
fn bodies_of_every_kind() {
    let (client, bank) = bank(204, "");
    run(client.upload().body(rt::Multipart::new().file("file", "a.csv", "text/csv", "a,b")).send()).unwrap();
    run(client.replace("%PDF").send()).unwrap();
    let seen = bank.seen.lock().unwrap();
    assert!(seen[0].headers()["content-type"].to_str().unwrap().starts_with("multipart/form-data; boundary="));
    assert_eq!(
        (seen[1].method().as_str(), seen[1].headers()["content-type"].to_str().unwrap()),
        ("PUT", "application/pdf")
    );
}
