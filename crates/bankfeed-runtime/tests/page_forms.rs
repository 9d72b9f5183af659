//! Counted lists: their number in a form, pages that are the bare list, and pages with a bad record.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use bankfeed_runtime as rt;
use support::{Problem, Request, Server, Thing, json, transport};

const IN_FORM: rt::Operation = rt::Operation::new("list_things", rt::Method::POST, "/things")
    .paging_in_form(rt::Paging::Page { param: "page", first: 1 });

#[derive(Debug)]
struct Around {
    payload: Vec<Thing>,
}
rt::object!(Around { payload: "payload" });

impl rt::de::Serialize for Around {
    fn serialize<S: rt::de::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

/// The list, alone or with something around it.
#[derive(Debug)]
enum Things {
    Around(Around),
    List(Vec<Thing>),
    Unrecognized,
}

impl<'de> rt::de::Lenient<'de> for Things {
    fn lenient<D: rt::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let arms = [
            rt::de::Arm::object::<Around>(|json| json.decode().map(Self::Around)),
            rt::de::Arm::new(rt::de::Kinds::LIST, |json| json.decode().map(Self::List)),
        ];
        rt::de::union(deserializer, &arms, |_| Self::Unrecognized)
    }
}

impl rt::Page for Things {
    type Item = Thing;
    const ITEMS: &'static str = "/payload";

    fn next(&self) -> Option<String> {
        let items = match self {
            Self::Around(page) => &page.payload,
            Self::List(items) => items,
            Self::Unrecognized => return None,
        };
        (!items.is_empty()).then(String::new)
    }

    fn is_list(&self) -> bool {
        !matches!(self, Self::Unrecognized)
    }

    fn into_items(self) -> Vec<Thing> {
        match self {
            Self::Around(page) => page.payload,
            Self::List(items) => items,
            Self::Unrecognized => Vec::new(),
        }
    }
}

fn call(url: &str) -> rt::Call {
    transport(url).0.build().unwrap().call(&IN_FORM)
}

/// Everything a list yields: ids, and where records are bad.
async fn drain(call: rt::Call) -> Vec<String> {
    let mut stream = call.stream::<Things, Problem>();
    let mut all = Vec::new();
    while let Some(item) = stream.next().await {
        all.push(item.map_or_else(
            |error| error.path().filter(|path| !path.is_empty()).map_or_else(|| error.to_string(), str::to_owned),
            |thing| thing.id.to_string(),
        ));
        assert!(all.len() < 100, "the stream does not end");
    }
    all
}

fn bodies(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request: Request| request.text().to_owned()).collect()
}

#[tokio::test]
async fn the_number_travels_in_the_form() {
    let pages = [r#"[{"id":1}]"#, r#"{"payload":[{"id":2}]}"#, "[]"];
    let server = Server::playing(pages.map(json)).await;
    assert_eq!(drain(call(&server.url)).await, ["1", "2"]);
    assert_eq!(bodies(&server), ["", "page=2", "page=3"]);

    let server = Server::playing([json(r#"[{"id":1}]"#), json(r#"{"payload":[]}"#)]).await;
    let mut from = call(&server.url);
    from.form(&std::collections::BTreeMap::from([("kind", "x"), ("page", "7")]));
    assert_eq!(drain(from).await, ["1"]);
    assert_eq!(bodies(&server), ["kind=x&page=7", "kind=x&page=8"]);
}

#[tokio::test]
async fn a_bad_record_does_not_end_a_counted_list() {
    let pages = [r#"[{"id":1},{"id":{}}]"#, r#"{"payload":[{"id":{}}]}"#, r#"[{"id":4}]"#, "[]"];
    let server = Server::playing(pages.map(json)).await;
    assert_eq!(drain(call(&server.url)).await, ["1", "/payload/1/id", "/payload/0/id", "4"]);
}

#[tokio::test]
async fn what_is_no_list_is_an_error_and_not_an_empty_one() {
    for body in [r#""under maintenance""#, "7"] {
        let server = Server::answering(move |_| json(body)).await;
        let items = drain(call(&server.url)).await;
        assert!(items.len() == 1 && items[0].contains("not a list"), "{items:?}");
        let mut pages = call(&server.url).stream::<Things, Problem>().pages();
        assert!(pages.next().await.unwrap().unwrap_err().is_decode());
        assert!(pages.next().await.is_none());
    }
}
