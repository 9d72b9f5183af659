//! Form bodies: what stands in their fields, and lists that go on by one.
#![allow(clippy::unwrap_used)]

mod support;

use bankfeed_runtime as rt;
use rt::ListStyle;
use support::{Problem, Reply, Request, Server, Thing, json, reply, transport};

const READ: rt::Operation = rt::Operation::new("read", rt::Method::POST, "/read");
const LIST: rt::Operation = rt::Operation::new("list_things", rt::Method::POST, "/things")
    .paging_in_form(rt::Paging::Page { param: "page", first: 1 });

#[derive(Default, serde::Serialize)]
struct Fields {
    kinds: Option<Vec<&'static str>>,
    ids: Vec<rt::Id>,
    only_balances: Option<bool>,
    flag: Option<&'static str>,
    schema: Option<serde_json::Value>,
}

async fn sent(fields: &Fields, lists: &[(&str, ListStyle)]) -> Request {
    let server = Server::playing([reply(204, &[], "")]).await;
    let transport = transport(&server.url).0.build().unwrap();
    let mut call = transport.call(&READ);
    call.form_with(fields, lists);
    call.send_empty::<Problem>().await.unwrap();
    server.request()
}

#[tokio::test]
async fn fields_are_text_whatever_they_are_in_types() {
    let fields = Fields {
        only_balances: Some(false),
        flag: Some("1"),
        schema: Some(serde_json::json!({"ACCOUNTS": {"a&b": {"only_balances": true}}})),
        ..Fields::default()
    };
    let request = sent(&fields, &[]).await;
    let expected =
        [("only_balances", "false"), ("flag", "1"), ("schema", r#"{"ACCOUNTS":{"a&b":{"only_balances":true}}}"#)];
    assert_eq!(request.form(), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn lists_are_joined_where_the_provider_wants_them_joined() {
    let fields = || Fields { kinds: Some(vec!["a", "b c"]), ids: vec![1.into(), 2.into()], ..Fields::default() };
    assert_eq!(sent(&fields(), &[]).await.text(), "kinds=a&kinds=b%20c&ids=1&ids=2");
    assert_eq!(sent(&fields(), &[("ids", ListStyle::Comma)]).await.text(), "kinds=a&kinds=b%20c&ids=1%2C2");
    let both = [("ids", ListStyle::Pipe), ("kinds", ListStyle::Comma)];
    assert_eq!(sent(&fields(), &both).await.text(), "kinds=a%2Cb%20c&ids=1%7C2");
    assert_eq!(sent(&fields(), &[("ids", ListStyle::Repeat)]).await.text(), "kinds=a&kinds=b%20c&ids=1&ids=2");
    assert_eq!(sent(&fields(), &[("other", ListStyle::Comma)]).await.form().len(), 4);
}

#[tokio::test]
async fn a_list_without_values_is_no_field() {
    for kinds in [None, Some(vec![])] {
        let fields = Fields { kinds, flag: Some("0"), ..Fields::default() };
        assert_eq!(sent(&fields, &[("kinds", ListStyle::Comma), ("ids", ListStyle::Comma)]).await.text(), "flag=0");
    }
}

#[tokio::test]
async fn a_value_that_would_arrive_as_two_is_refused() {
    let transport = transport("http://127.0.0.1:1").0.build().unwrap();
    let mut call = transport.call(&READ);
    call.form_with(&Fields { kinds: Some(vec!["a,b"]), ..Fields::default() }, &[("kinds", ListStyle::Comma)]);
    let error = call.send_empty::<Problem>().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(error.to_string(), "read: form field `kinds` has a value that contains its separator");
}

#[derive(Debug)]
struct Things(Vec<Thing>);
impl<'de> rt::Lenient<'de> for Things {
    fn lenient<D: rt::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        rt::Lenient::lenient(deserializer).map(Self)
    }
}

impl rt::Page for Things {
    type Item = Thing;
    const ITEMS: &'static str = "";

    fn next(&self) -> Option<String> {
        (!self.0.is_empty()).then(String::new)
    }

    fn into_items(self) -> Vec<Thing> {
        self.0
    }
}

fn page(request: &Request) -> Reply {
    match request.form_value("page").as_deref() {
        None | Some("1") => json(r#"[{"id":1},{"id":2}]"#),
        Some("2") => json(r#"[{"id":3}]"#),
        _ => json("[]"),
    }
}

async fn ids(call: rt::Call) -> Vec<rt::Id> {
    let things = call.stream::<Things, Problem>().collect_all().await.unwrap();
    things.into_iter().map(|thing| thing.id).collect()
}

/// A list as its caller fills it, authorized by a field of the same form.
fn list(server: &Server, fields: Option<&str>) -> rt::Call {
    let authorize = rt::auth::ApiKeyField::new("api_key", "k");
    let transport = transport(&server.url).0.authorize(authorize).build().unwrap();
    let mut call = transport.call(&LIST);
    if let Some(fields) = fields {
        call.form(&serde_json::from_str::<serde_json::Value>(fields).unwrap());
    }
    call
}

#[tokio::test]
async fn pages_are_counted_in_a_field() {
    let server = Server::answering(page).await;
    assert_eq!(ids(list(&server, None)).await, ["1", "2", "3"]);
    assert_eq!(ids(list(&server, Some(r#"{"kind":"x","page":2}"#))).await, ["3"]);
    let bodies: Vec<_> = server.requests().iter().map(|request| request.text().to_owned()).collect();
    let expected =
        ["api_key=k", "page=2&api_key=k", "page=3&api_key=k", "kind=x&page=2&api_key=k", "kind=x&page=3&api_key=k"];
    assert_eq!(bodies, expected);
    assert!(server.requests().iter().all(|request| request.query().is_empty()));
}

#[tokio::test]
async fn a_list_is_resumed_with_the_fields_it_was_left_with_and_no_others() {
    let server = Server::answering(page).await;
    let mut stream = list(&server, Some(r#"{"kind":"x"}"#)).stream::<Things, Problem>();
    for _ in 0..2 {
        stream.next().await.unwrap().unwrap();
    }
    let continuation = stream.continuation();
    let resumed = |fields: Option<&str>| {
        let mut call = list(&server, fields);
        call.resume(&continuation);
        call
    };
    assert_eq!(ids(resumed(Some(r#"{"kind":"x"}"#))).await, ["3"]);
    for other in [None, Some(r#"{"kind":"y"}"#)] {
        let error = resumed(other).stream::<Things, Problem>().next().await.unwrap().unwrap_err();
        assert!(error.is_paging(), "{error}");
    }
}

#[tokio::test]
async fn a_position_has_no_place_in_a_body_that_is_no_form() {
    let server = Server::answering(|_| json(r#"[{"id":1}]"#)).await;
    let mut call = transport(&server.url).0.build().unwrap().call(&LIST);
    call.json(&serde_json::json!({}));
    let error = call.stream::<Things, Problem>().collect_all().await.unwrap_err();
    assert_eq!(error.to_string(), "list_things: `page` belongs into a form, and the body is none");
}
