//! What a call's span says. Alone in its program: elsewhere calls without a subscriber would switch the span off.
#![allow(clippy::unwrap_used)]

mod support;

use bankfeed_runtime as rt;
use support::{Log, Problem, Server, Thing, json, reply, transport};

const SHOW: rt::Operation = rt::Operation::new("show_thing", rt::Method::GET, "/things/{id}").retry(rt::Retry::Safe);

#[test]
fn each_ending_has_its_type() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    support::run(async {
        let server = Server::playing([
            json(r#"{"id":7}"#),
            reply(503, &[], ""),
            json(r#"{"id":7}"#),
            reply(404, &[], ""),
            json(r#"{"code":"Refused"}"#),
            json(r#"{"code":"Busy"}"#),
            json(r#"{"code":"Refused"}"#),
        ])
        .await;
        let transport = transport(&server.url).0.build().unwrap();
        for _ in 0..5 {
            let mut call = transport.call(&SHOW);
            call.path("id", "7");
            let _ = call.send::<Thing, Problem>().await;
        }
    });
    let text = log.text();
    let endings: Vec<String> = text
        .lines()
        .map(|line| {
            let field = |name: &str| line.split_once(name).map(|(_, rest)| rest.split([' ', '}']).next().unwrap());
            ["http.response.status_code=", "http.request.resend_count=", "error.type="]
                .map(|name| field(name).unwrap_or("-"))
                .join(" ")
        })
        .collect();
    assert_eq!(endings, ["200 - -", "200 1 -", "404 - 404", "200 - InSuccess", "200 1 InSuccess"], "{text}");
    assert!(text.lines().all(|line| line.contains(r#"url.template="/things/{id}""#)), "{text}");
}
