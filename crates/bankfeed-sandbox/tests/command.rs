//! The command as a person runs it.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// The command with its card; ended when dropped.
struct Running {
    child: Child,
    card: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bankfeed-sandbox"));
        let mut child = command
            .args(["--port", "0", "--quiet"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut card = String::new();
        while !card.contains("The sandbox itself:") {
            assert!(out.read_line(&mut card).unwrap() > 0, "ended after: {card}");
        }
        Self { child, card }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn refused(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bankfeed-sandbox"));
    let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut card = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut card).unwrap();
    if !card.is_empty() {
        let _ = child.kill();
        panic!("{arguments:?} were taken: {card}");
    }
    let output = child.wait_with_output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

/// A curl command of the card, sent as curl would.
async fn curl(line: &str) -> support::Reply {
    let words = words(line);
    let mut headers = Vec::new();
    let (mut url, mut data, mut typed, mut method) = (String::new(), Vec::new(), false, None);
    let mut rest = words.into_iter().skip(1);
    while let Some(word) = rest.next() {
        match word.as_str() {
            "-H" => {
                let header = rest.next().unwrap();
                let (name, value) = header.split_once(": ").unwrap();
                typed |= name.eq_ignore_ascii_case("content-type");
                headers.push((name.to_lowercase(), value.to_owned()));
            }
            "-u" => {
                use base64::Engine as _;
                let pair = base64::engine::general_purpose::STANDARD.encode(rest.next().unwrap());
                headers.push(("authorization".to_owned(), format!("Basic {pair}")));
            }
            "-d" => data.push(rest.next().unwrap()),
            "-X" => method = rest.next(),
            _ => url = word,
        }
    }
    if !data.is_empty() && !typed {
        headers.push(("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
    }
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let method = method.unwrap_or_else(|| if data.is_empty() { "GET" } else { "POST" }.to_owned());
    support::send(&method, &url, &headers, data.join("&").as_bytes()).await
}

/// As a shell splits them: by blanks, outside single quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for char in line.trim().chars() {
        match char {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            char => words.last_mut().unwrap().push(char),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[tokio::test]
async fn every_request_of_the_card_is_answered() {
    let running = Running::start(&["--seed", "9", "--check-answers"]);
    let requests: Vec<&str> = running.card.lines().filter(|line| line.trim().starts_with("curl")).collect();
    assert_eq!(requests.len(), 4, "{}", running.card);
    for request in requests {
        let reply = curl(request).await;
        assert_eq!((reply.status, reply.refused()), (200, ""), "{request}: {}", String::from_utf8_lossy(&reply.body));
        assert!(reply.body.len() > 100, "{request}");
    }
}

/// The fenced blocks of the README in a language.
fn blocks(language: &str) -> Vec<String> {
    let readme = include_str!("../README.md");
    let mark = format!("\n```{language}\n");
    readme.split(&mark).skip(1).map(|block| block.split("\n```").next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_command_of_the_readme_works() {
    let lines: Vec<String> =
        blocks("sh").iter().flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    let (start, requests) = lines.split_first().unwrap();
    assert_eq!(start, "cargo run -p bankfeed-sandbox -- --port 4010", "the port of the requests below");
    let running = Running::start(&["--check-answers"]);
    let root = running.card.lines().next().unwrap().rsplit(' ').next().unwrap();
    assert!(requests.len() > 8);
    for request in requests {
        let reply = curl(&request.replace("http://127.0.0.1:4010", root)).await;
        let limited = request.contains("rate-limit");
        assert!(reply.status < 300 || (limited && reply.status == 429), "{request}: {reply:?}");
        assert_eq!(limited, reply.headers.contains_key("retry-after"), "{request}");
    }
}

#[test]
fn the_file_of_faults_in_the_readme_is_taken() {
    let file = std::env::temp_dir().join(format!("bankfeed-sandbox-{}-faults.txt", std::process::id()));
    std::fs::write(&file, &blocks("text")[0]).unwrap();
    let running = Running::start(&["--faults", file.to_str().unwrap()]);
    std::fs::remove_file(&file).unwrap();
    assert!(running.card.contains("/sandbox"));
}

#[test]
fn mistakes_are_told_with_the_way_out() {
    for (arguments, told) in [
        (&["--port", "none"] as &[&str], "invalid value 'none'"),
        (&["--start", "yesterday"], "write it as 2026-03-02T09:00:00Z, or `now`"),
        (&["--callbacks", "plaid=http://127.0.0.1/"], "`plaid` is no provider: saltedge, belvo, khipu"),
        (&["--callbacks", "http://127.0.0.1/"], "write PROVIDER=URL"),
        (&["--host", "192.0.2.1", "--port", "0"], "cannot listen on 192.0.2.1:0"),
        (&["--faults", "/nowhere/faults.txt"], "/nowhere/faults.txt"),
    ] {
        let text = refused(arguments);
        assert!(text.contains(told), "{arguments:?}: {text}");
    }
}
