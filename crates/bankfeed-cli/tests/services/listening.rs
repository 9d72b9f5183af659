//! `bankfeed webhook listen`: callbacks come, are verified, and are printed.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStderr};

use super::support::{Home, PLANTED};

#[test]
fn with_the_sandbox_something_comes() {
    let home = Home::new();
    for (provider, count) in [("saltedge", "14"), ("belvo", "6"), ("khipu", "1"), ("wealthreader", "1")] {
        let arguments =
            ["webhook", "listen", "--sandbox", "-p", provider, "--count", count, "--format", "table", "--quiet"];
        let run = home.run(&arguments);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        home.kept(&format!("webhook-listen-{provider}"), &run.transcript(&arguments));
    }
}

#[test]
fn programs_get_a_line_of_json_for_each() {
    let run = Home::new().run(&["webhook", "listen", "--sandbox", "--count", "30"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let events: Vec<serde_json::Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.len(), 30);
    for event in &events {
        let connection = event["connection"].as_str().unwrap();
        assert!(connection.starts_with('#') && connection.len() == 13, "{connection}");
        assert_eq!((&event["repeated"], &event["received_at"]), (&false.into(), &"2026-03-02T09:00:00Z".into()));
    }
    assert!(run.stderr.ends_with("30 events, 0 of them again; 0 refused\n"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_verified_is_not_listened_to() {
    let home = Home::new().with("BANKFEED_BELVO_SECRET_ID", "a").with("BANKFEED_BELVO_SECRET_PASSWORD", PLANTED);
    let arguments = ["webhook", "listen"];
    let run = home.run(&arguments);
    assert_eq!(run.code, Some(3));
    home.kept("webhook-listen-without-key", &run.transcript(&arguments));
}

/// A receiver of Belvo's callbacks.
struct Listening {
    child: Child,
    err: BufReader<ChildStderr>,
    address: String,
}

impl Listening {
    fn start(home: &Home, more: &[&str]) -> Self {
        let mut child = home.command(&[&["webhook", "listen", "--path", "/hooks/"], more].concat()).spawn().unwrap();
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        err.read_line(&mut line).unwrap();
        let address =
            line.trim().strip_prefix("listening on http://").unwrap().strip_suffix("/hooks").unwrap().to_owned();
        err.read_line(&mut line).unwrap();
        Self { child, err, address }
    }

    /// The status of the answer to a request, which says nothing else.
    fn send(&self, head: &str, body: &str) -> u16 {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "{head}\r\nHost: h\r\nConnection: close\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    }

    fn post(&self, path: &str, authorization: &str, body: &str) -> u16 {
        let length = body.len();
        let head = format!("POST {path} HTTP/1.1\r\nContent-Length: {length}\r\nAuthorization: {authorization}");
        self.send(&head, body)
    }

    /// The rest of what it prints, and how it ends.
    fn end(mut self) -> (Option<i32>, String, String) {
        let (mut out, mut err) = (String::new(), String::new());
        self.child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        self.err.read_to_string(&mut err).unwrap();
        (self.child.wait().unwrap().code(), out, err)
    }
}

fn belvo() -> Home {
    Home::new()
        .with("BANKFEED_BELVO_SECRET_ID", "a")
        .with("BANKFEED_BELVO_SECRET_PASSWORD", "b")
        .with("BANKFEED_BELVO_WEBHOOK_AUTHORIZATION", "Bearer agreed")
}

fn told(id: &str) -> String {
    format!(
        r#"{{"webhook_id":"{id}","webhook_type":"ACCOUNTS","webhook_code":"historical_update","link_id":"{PLANTED}"}}"#
    )
}

#[test]
fn only_what_is_proven_is_taken() {
    // Who lacks a key is not listened to.
    let home = belvo().with("BANKFEED_WEALTHREADER_API_KEY", "a");
    let listening = Listening::start(&home, &["--count", "3", "--format", "table"]);
    let path = "/hooks/belvo";
    let statuses = [
        listening.post(path, "Bearer agreed", &told("one")),
        listening.post(path, &format!("Bearer {PLANTED}"), &told("two")),
        listening.send("POST /hooks/belvo HTTP/1.1\r\nContent-Length: 2", "{}"),
        listening.post(path, "Bearer agreed", PLANTED),
        listening.post(&format!("/hooks/{PLANTED}"), "Bearer agreed", &told("three")),
        listening.post("/belvo", "Bearer agreed", &told("three")),
        listening.post("/hooks/saltedge", "Bearer agreed", &told("three")),
        listening.send("GET /hooks/belvo HTTP/1.1\r\nAuthorization: Bearer agreed", ""),
        listening.send("POST /hooks/belvo HTTP/1.1\r\nAuthorization: Bearer agreed\r\nContent-Length: 1048577", ""),
        listening.post(path, "Bearer agreed", &told("one")),
        listening.post("/hooks/belvo/below", "Bearer agreed", &told("four")),
    ];
    assert_eq!(statuses, [200, 401, 401, 400, 404, 404, 404, 405, 413, 200, 200]);
    let (code, out, err) = listening.end();
    assert_eq!(code, Some(0));
    assert!(!out.contains(PLANTED) && !err.contains(PLANTED) && !err.contains("agreed"), "{out}{err}");
    let lines: Vec<&str> = out.lines().map(|line| line.split_once("  belvo").unwrap().1).collect();
    let [first, again, other] = lines.as_slice() else { panic!("{out}") };
    assert_eq!(*again, format!("{first}, again"));
    assert_eq!(first, other, "of one connection and one kind, and yet another event");
    belvo().kept("webhook-listen-refusals", &err);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn what_proves_nothing_is_refused_by_every_provider() {
    let sandbox = bankfeed_sandbox::Sandbox::builder().people(0).start().await.unwrap();
    let configuration = "[profiles.default.saltedge]\napp_id = \"a\"\nsecret = \"b\"\ncallback_key = { file = \"key.pem\" }\n\
         callbacks = { success = \"https://example.com/success\" }\n\
         [profiles.default.khipu]\njwt = \"a\"\ncallback_token = \"0123456789abcdefghijklmn\"\n\
         accounts = [{ number = \"000011887755\" }]\n\
         [profiles.default.wealthreader]\napi_key = \"a\"\ncards_secret = \"b\"\n";
    let home = Home::new().file("key.pem", sandbox.saltedge().callback_key).file("config.toml", configuration);
    let listening = Listening::start(&home, &["--config", "config.toml"]);
    let statuses = ["saltedge/success", "khipu", &format!("khipu/{PLANTED}"), "wealthreader"]
        .map(|path| listening.post(&format!("/hooks/{path}"), "Bearer any", "{}"));
    assert_eq!(statuses, [401; 4]);
    let process = listening.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &process]).status().unwrap().success());
    let (code, out, err) = listening.end();
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert!(!err.contains(PLANTED), "{err}");
    home.kept("webhook-listen-unproven", &err);
}

#[test]
fn a_body_without_a_length_is_cut_off_as_well() {
    let listening = Listening::start(&belvo(), &["--count", "1"]);
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let body = format!("{}0\r\n\r\n", chunk.repeat(17));
    let head = "POST /hooks/belvo HTTP/1.1\r\nAuthorization: Bearer agreed\r\nTransfer-Encoding: chunked";
    assert_eq!(listening.send(head, &body), 413);
    assert_eq!(listening.post("/hooks/belvo", "Bearer agreed", &told("one")), 200);
    let (code, out, _) = listening.end();
    assert_eq!((code, out.lines().count()), (Some(0), 1));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_in_good_order() {
    let listening = Listening::start(&belvo(), &[]);
    assert_eq!(listening.post("/hooks/belvo", "Bearer agreed", &told("one")), 200);
    let process = listening.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &process]).status().unwrap().success());
    let (code, _, err) = listening.end();
    assert_eq!((code, err.as_str()), (Some(0), "1 event, 0 of them again; 0 refused\n"));
}
