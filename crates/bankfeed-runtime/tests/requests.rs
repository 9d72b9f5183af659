//! What a call puts on the wire, byte for byte.
#![allow(clippy::unwrap_used)]

mod support;

use bankfeed_runtime as rt;
use rt::Configure;
use support::{Problem, Request, Server, Thing, json, reply, transport};

const SHOW: rt::Operation = rt::Operation::new("show_thing", rt::Method::GET, "/a/{id}/b/{name}");
const LIST: rt::Operation = rt::Operation::new("list_things", rt::Method::GET, "/things");
const CREATE: rt::Operation = rt::Operation::new("create_thing", rt::Method::POST, "/things");

async fn sent_by(
    authorize: impl rt::Authorize + 'static,
    operation: &'static rt::Operation,
    fill: impl FnOnce(&mut rt::Call),
) -> Request {
    let server = Server::playing([reply(204, &[], "")]).await;
    let transport = transport(&format!("{}/v6/", server.url)).0.authorize(authorize).build().unwrap();
    let mut call = transport.call(operation);
    fill(&mut call);
    call.send_empty::<Problem>().await.unwrap();
    server.requests().remove(0)
}

async fn sent(operation: &'static rt::Operation, fill: impl FnOnce(&mut rt::Call)) -> Request {
    sent_by(rt::auth::NoAuth, operation, fill).await
}

async fn refused(fill: impl FnOnce(&mut rt::Call)) -> String {
    let transport = transport("http://127.0.0.1:1").0.build().unwrap();
    let mut call = transport.call(&SHOW);
    fill(&mut call);
    let error = call.send_empty::<Problem>().await.unwrap_err();
    assert!(error.is_invalid_request() && error.attempts() == 0);
    error.to_string()
}

#[derive(serde::Serialize)]
struct Fields {
    amount: rt::Amount,
    note: Option<String>,
    tags: Vec<String>,
    inner: Inner,
}

#[derive(serde::Serialize)]
struct Inner {
    rate: rt::Amount,
}

fn fields() -> Fields {
    Fields {
        amount: "999999999999999.9999".parse().unwrap(),
        note: None,
        tags: vec!["a b".into(), "c&d".into()],
        inner: Inner { rate: "0.10".parse().unwrap() },
    }
}

#[tokio::test]
async fn paths_are_encoded_and_stay_in_place() {
    let request = sent(&SHOW, |call| {
        call.path("id", "../x%2e?#é").path("name", &rt::Id::from(7));
    })
    .await;
    assert_eq!(request.target, "/v6/a/..%2Fx%252e%3F%23%C3%A9/b/7");
    for dots in ["", ".", ".."] {
        let error = refused(|call| {
            call.path("id", dots).path("name", "n");
        })
        .await;
        assert_eq!(error, "show_thing: path parameter `id` is empty or a dot segment");
    }
    let error = refused(|call| {
        call.path("id", "1");
    })
    .await;
    assert_eq!(error, "show_thing: path parameter `name` is not set");
}

#[tokio::test]
async fn queries_have_every_style() {
    use rt::{ListStyle, ObjectStyle};
    let list = ["1", "2"];
    let target = |request: Request| request.target.trim_start_matches("/v6/things").to_owned();
    let one = |style| {
        sent(&LIST, move |call| {
            call.query_list("a", list, style);
        })
    };
    assert_eq!(target(one(ListStyle::Repeat).await), "?a=1&a=2");
    assert_eq!(target(one(ListStyle::Comma).await), "?a=1%2C2");
    assert_eq!(target(one(ListStyle::Space).await), "?a=1%202");
    assert_eq!(target(one(ListStyle::Pipe).await), "?a=1%7C2");
    let rate = Inner { rate: "-0.10".parse().unwrap() };
    let object = |style| {
        sent(&LIST, {
            let rate = &rate;
            move |call: &mut rt::Call| {
                call.query_object("o", rate, style);
            }
        })
    };
    assert_eq!(target(object(ObjectStyle::Flat).await), "?rate=-0.10");
    assert_eq!(target(object(ObjectStyle::DeepObject).await), "?o%5Brate%5D=-0.10");
    assert_eq!(target(object(ObjectStyle::Comma).await), "?o=rate%2C-0.10");
    let mixed = sent(&LIST, |call| {
        call.query("a", "1").query("b", &true).query("a", "é & +").query_list("c", [] as [&str; 0], ListStyle::Comma);
        call.query_json("j", &rate).query("d", &"2022-11-30T01:55:00-0300".parse::<rt::DateTime>().unwrap());
    });
    let expected = "?a=%C3%A9%20%26%20%2B&b=true&j=%7B%22rate%22%3A-0.10%7D&d=2022-11-30T01%3A55%3A00-0300";
    assert_eq!(target(mixed.await), expected);
    let error = refused(|call| {
        call.query_list("a", ["1,2", "3"], ListStyle::Comma);
    })
    .await;
    assert_eq!(error, "show_thing: query parameter `a` has a value that contains its separator");
}

#[tokio::test]
async fn bodies_keep_their_digits() {
    let request = sent(&CREATE, |call| {
        call.json_in("data", &fields());
    })
    .await;
    assert_eq!(request.header("content-type").unwrap(), "application/json");
    let json = r#"{"data":{"amount":999999999999999.9999,"note":null,"tags":["a b","c&d"],"inner":{"rate":0.10}}}"#;
    assert_eq!(request.text(), json);
    let request = sent(&CREATE, |call| {
        call.form(&fields());
    })
    .await;
    assert_eq!(request.header("content-type").unwrap(), "application/x-www-form-urlencoded");
    let form = "amount=999999999999999.9999&tags=a%20b&tags=c%26d&inner=%7B%22rate%22%3A0.10%7D";
    assert_eq!(request.text(), form);
    let request = sent(&CREATE, |call| {
        call.bytes("text/csv", "a;b");
    })
    .await;
    assert_eq!((request.header("content-type").unwrap(), request.text()), ("text/csv", "a;b"));
    let error = refused(|call| {
        call.path("id", "1").path("name", "n").form(&[1]);
    })
    .await;
    assert_eq!(error, "show_thing: the form is not an object");
}

#[tokio::test]
async fn multipart_forms_carry_texts_and_files() {
    let form = rt::Multipart::new().text("note", "hi").file("file", "a\"b.pdf", "application/pdf", "%PDF");
    let request = sent(&CREATE, |call| {
        call.multipart(&form);
    })
    .await;
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(
        request.text(),
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhi\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.pdf\"\r\n\
             Content-Type: application/pdf\r\n\r\n%PDF\r\n--{boundary}--\r\n"
        )
    );
}

#[tokio::test]
async fn headers_cookies_and_the_escape_hatches() {
    let request = sent(&LIST, |call| {
        call.header("x-one", "1").header_list("x-many", ["a", "b"]).cookie("c", "d e");
        let taken = std::mem::replace(call, call_of_nothing());
        *call = taken.extra_header("x-extra", "y").extra_query("debug", "1");
    })
    .await;
    assert_eq!(request.header("x-one").unwrap(), "1");
    assert_eq!(request.header("x-many").unwrap(), "a,b");
    assert_eq!(request.header("cookie").unwrap(), "c=d%20e");
    assert_eq!(request.header("x-extra").unwrap(), "y");
    assert_eq!(request.header("accept").unwrap(), "application/json");
    assert!(request.header("user-agent").unwrap().starts_with("bankfeed/"));
    assert!(request.header("accept-encoding").is_none());
    assert_eq!(request.query_value("debug").unwrap(), "1");
    let error = refused(|call| {
        call.header("x-one", "line\nbreak");
    })
    .await;
    assert_eq!(error, "show_thing: header `x-one` does not fit into a header");
}

fn call_of_nothing() -> rt::Call {
    transport("http://127.0.0.1:1").0.build().unwrap().call(&LIST)
}

#[tokio::test]
async fn every_ready_made_authorization_arrives() {
    use rt::auth::{ApiKeyBody, ApiKeyQuery, Basic, Bearer, Headers};
    let nothing = |_: &mut rt::Call| {};
    let request = sent_by(Bearer::new("t"), &LIST, nothing).await;
    assert_eq!(request.header("authorization").unwrap(), "Bearer t");
    let request = sent_by(Basic::new("user", "pass"), &LIST, nothing).await;
    assert_eq!(request.header("authorization").unwrap(), "Basic dXNlcjpwYXNz");
    let both = (Headers::new().with("app-id", "1").with("secret", "2"), ApiKeyQuery::new("key", "a/b"));
    let request = sent_by(both, &LIST, |call| {
        call.query("key", "theirs").query("z", "1");
    })
    .await;
    assert_eq!((request.header("app-id").unwrap(), request.header("secret").unwrap()), ("1", "2"));
    assert_eq!(request.target, "/v6/things?key=a%2Fb&z=1");
    let key = || ApiKeyBody::new("api_key", "k\"1");
    assert_eq!(
        sent_by(key(), &CREATE, |call| {
            call.json(&Inner { rate: 1.into() });
        })
        .await
        .text(),
        r#"{"api_key":"k\"1","rate":1}"#
    );
    assert_eq!(
        sent_by(key(), &CREATE, |call| {
            call.json(&serde_json::json!({}));
        })
        .await
        .text(),
        r#"{"api_key":"k\"1"}"#
    );
    assert_eq!(
        sent_by(key(), &CREATE, |call| {
            call.form(&Inner { rate: 1.into() });
        })
        .await
        .text(),
        "rate=1&api_key=k%221"
    );
    assert_eq!(sent_by(key(), &CREATE, nothing).await.text(), "api_key=k%221");
}

#[tokio::test]
async fn what_is_signed_is_what_is_sent() {
    struct Sign;
    impl rt::Authorize for Sign {
        fn authorize(&self, request: &mut rt::Outgoing<'_>, _: rt::jiff::Timestamp) -> Result<(), rt::AuthError> {
            let text = format!("{}|{}|{}", request.method(), request.url(), String::from_utf8_lossy(request.body()));
            let signed = text.replace('"', "'");
            request.set_secret_header("signature", &signed)
        }
    }
    let request = sent_by((Sign, rt::auth::ApiKeyQuery::new("k", "1")), &CREATE, |call| {
        call.query("a", "x y|'*()!~é").json(&serde_json::json!({"b": "c"}));
    })
    .await;
    let host = request.header("host").unwrap();
    let sent = format!("{}|http://{host}{}|{}", request.method, request.target, request.text().replace('"', "'"));
    assert_eq!(request.header("signature").unwrap(), sent);
}

#[tokio::test]
async fn answers_come_in_every_form() {
    #[derive(Debug, PartialEq)]
    enum Made {
        Old(Thing),
        New(String),
    }
    impl rt::ByStatus for Made {
        fn decode(status: u16, body: &rt::Body) -> Option<Result<Self, rt::DecodeError>> {
            Some(match status {
                200 => body.json().map(Self::Old),
                201 => body.text().map(Self::New),
                _ => return None,
            })
        }
    }
    let server = Server::playing([
        reply(204, &[], ""),
        json("\u{feff}{\"id\":1}"),
        json("%PDF"),
        json("text"),
        json(r#"{"id":1}"#),
        reply(201, &[], "made"),
        reply(202, &[], "later"),
    ])
    .await;
    let transport = transport(&server.url).0.build().unwrap();
    let call = || transport.call(&LIST);
    assert!(call().send_optional::<Thing, Problem>().await.unwrap().into_inner().is_none());
    assert!(call().send_optional::<Thing, Problem>().await.unwrap().is_some());
    assert_eq!(&**call().send_bytes::<Problem>("application/pdf").await.unwrap(), b"%PDF");
    assert_eq!(server.requests()[2].header("accept").unwrap(), "application/pdf");
    assert_eq!(*call().send_text::<Problem>().await.unwrap(), "text");
    assert_eq!(*call().send_by_status::<Made, Problem>().await.unwrap(), Made::Old(Thing { id: 1.into() }));
    assert_eq!(*call().send_by_status::<Made, Problem>().await.unwrap(), Made::New("made".into()));
    let error = call().send_by_status::<Made, Problem>().await.unwrap_err();
    assert!(error.is_decode() && error.status().unwrap() == 202);
}
