//! Planted secrets must not come out of anything that prints.
#![allow(clippy::unwrap_used)]

mod support;

use bankfeed_runtime as rt;
use support::{Log, Problem, Reply, Server, Thing, json, printed, reply, transport};
use tracing_subscriber::fmt::format::FmtSpan;

const SECRET: &str = "s3cret-canary";
const ACT: rt::Operation = rt::Operation::new("act", rt::Method::POST, "/things/{id}").retry(rt::Retry::Safe);
const LIST: rt::Operation = rt::Operation::new("list", rt::Method::GET, "/list").paging(rt::Paging::Link);

#[tokio::test]
async fn no_error_call_transport_or_span_shows_a_secret() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let header = [("set-cookie", SECRET), ("location", "https://example.com/?s3cret-canary")];
    let server = Server::playing([
        reply(500, &header, SECRET),
        reply(400, &header, format!(r#"{{"code":"{SECRET} in a sentence"}}"#)),
        reply(302, &header, SECRET),
        json(&format!(r#"{{"id":["{SECRET}"]}}"#)),
        json(&format!(r#"{{"{SECRET}"#)),
        reply(200, &[], format!(r#"{{"code":"{SECRET} again"}}"#)),
        Reply::Bytes(format!("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{SECRET}").into_bytes()),
        Reply::Bytes(format!("nonsense {SECRET}\r\n\r\n").into_bytes()),
        reply(200, &[], SECRET.repeat(100)),
    ])
    .await;
    let auth = || (rt::auth::Headers::new().with("x-secret", SECRET), rt::auth::ApiKeyQuery::new("key", SECRET));
    let build =
        |url: &str| transport(url).0.authorize(auth()).max_attempts(1).max_response_bytes(1000).build().unwrap();
    let fill = |transport: &rt::Transport| {
        let mut call = transport.call(&ACT);
        call.path("id", SECRET)
            .query("q", SECRET)
            .header("h", SECRET)
            .cookie("c", SECRET)
            .form(&[("f", SECRET)].into_iter().collect::<std::collections::BTreeMap<_, _>>());
        call
    };
    let transport = build(&server.url);
    let mut text = format!("{transport:?} {:?} {:?}", fill(&transport), auth());
    for _ in 0..9 {
        let error = fill(&transport).send::<Thing, Problem>().await.unwrap_err();
        text.push_str(&printed(&error));
    }
    assert_eq!(server.requests().len(), 9);
    assert!(server.requests()[0].target.contains(SECRET));
    // Nobody listens here; and this is not a header's value.
    let error = fill(&build("http://127.0.0.1:1")).send::<Thing, Problem>().await.unwrap_err();
    text.push_str(&printed(&error));
    let mut call = fill(&transport);
    call.header("h", &format!("{SECRET}\n"));
    text.push_str(&printed(&call.send::<Thing, Problem>().await.unwrap_err()));
    let mut listing = transport.call(&LIST);
    listing.query("q", SECRET);
    let stream = listing.stream::<Page, Problem>();
    text.push_str(&format!("{stream:?} {:?}", stream.continuation()));
    text.push_str(&serde_json::to_string(&stream.continuation()).unwrap());

    assert!(!text.contains(SECRET), "{text}");
    let log = log.text();
    for field in [
        "http.client",
        "http.request.method=\"POST\"",
        "url.template=\"/things/{id}\"",
        "http.response.status_code=500",
        "bankfeed.operation=\"act\"",
        "server.address",
        "error.type",
    ] {
        assert!(log.contains(field), "{field} is not in the log:\n{log}");
    }
    assert!(!log.contains(SECRET), "{log}");
}

struct Page(Vec<Thing>);
impl<'de> rt::Lenient<'de> for Page {
    fn lenient<D: rt::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        rt::Lenient::lenient(deserializer).map(Self)
    }
}
impl rt::Page for Page {
    type Item = Thing;
    const ITEMS: &'static str = "";

    fn next(&self) -> Option<String> {
        None
    }

    fn into_items(self) -> Vec<Thing> {
        self.0
    }
}

#[test]
fn values_show_presence_only() {
    let secret = rt::Secret::from(SECRET);
    assert_eq!(format!("{secret} {secret:?} {:?}", Some(&secret)), "[redacted] [redacted] Some([redacted])");
    assert_eq!(serde_json::to_string(&secret).unwrap(), format!("\"{SECRET}\""));
    assert!(secret == rt::Secret::from(SECRET) && secret != rt::Secret::from("other"));

    let text = SECRET.to_owned();
    let show = |value: &dyn std::fmt::Debug| format!("{value:?}");
    assert_eq!(show(&rt::redact(&text)), "[redacted]");
    assert_eq!(show(&rt::redact(&None::<String>)), "None");
    assert_eq!(show(&rt::redact(&Some(text.clone()))), "Some([redacted])");
    assert_eq!(show(&rt::redact(&rt::Maybe::Value(text.clone()))), "Value([redacted])");
    assert_eq!(show(&rt::redact(&rt::Maybe::<String>::Null)), "Null");
    assert_eq!(show(&rt::redact(&vec![text.clone(), text.clone()])), "[[redacted], [redacted]]");
    assert_eq!(show(&rt::redact(&rt::Amount::from(5))), "[redacted]");
    let json: rt::Json = format!("{{\"a\":\"{SECRET}\"}}").parse().unwrap();
    assert_eq!(format!("{json} {json:?}"), "Json(object, 21 bytes) Json(object, 21 bytes)");
}
