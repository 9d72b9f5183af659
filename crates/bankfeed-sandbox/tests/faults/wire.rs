//! Connections and bytes.

use std::time::{Duration, Instant};

use bankfeed_sandbox::Sandbox;

use crate::asking::{Asked, ask, bytes, raw, try_get};

#[tokio::test]
async fn latency_delays_the_answer() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let plain = ask(&sandbox, Asked::Countries, "").await;
    let started = Instant::now();
    let late = ask(&sandbox, Asked::Countries, "latency ms=120; latency ms=80").await;
    assert!(started.elapsed() >= Duration::from_millis(200));
    assert_eq!((late.status, late.body), (200, plain.body));
}

#[tokio::test]
async fn others_are_answered_while_one_waits() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let waiting = ask(&sandbox, Asked::Countries, "latency ms=5000");
    let quick = async { ask(&sandbox, Asked::Countries, "").await.status };
    tokio::select! {
        _ = waiting => panic!("it waits"),
        status = quick => assert_eq!(status, 200),
    }
}

#[tokio::test]
async fn slow_bodies_come_in_drops() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let plain = ask(&sandbox, Asked::Countries, "").await;
    let drops = u32::try_from(plain.body.len().div_ceil(10)).unwrap();
    let started = Instant::now();
    let slow = ask(&sandbox, Asked::Countries, "slow bytes=10 ms=2").await;
    assert!(started.elapsed() >= Duration::from_millis(2) * (drops - 1), "{drops} drops");
    assert_eq!((slow.body, slow.headers.get("content-length")), (plain.body, plain.headers.get("content-length")));
}

#[tokio::test]
async fn a_cut_connection_carries_no_byte() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    assert!(bytes(sandbox.address(), &raw(&sandbox, Asked::Countries, "cut"), usize::MAX).await.is_empty());
    assert_eq!(sandbox.requests().last().unwrap().status, 0);
    assert_eq!(ask(&sandbox, Asked::Countries, "").await.status, 200, "the next one is served");
}

#[tokio::test]
async fn a_truncated_body_is_shorter_than_announced() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let plain = ask(&sandbox, Asked::Countries, "").await;
    let answer = bytes(sandbox.address(), &raw(&sandbox, Asked::Countries, "truncated"), usize::MAX).await;
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    assert!(head.contains(&format!("content-length: {}", plain.body.len())), "{head}");
    assert_eq!(body.as_bytes(), &plain.body[..plain.body.len() / 2]);
    assert!(try_get(&sandbox, &Asked::Countries.url(&sandbox), "truncated").await.is_err());
}

#[tokio::test]
async fn an_oversize_answer_is_the_same_json() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let plain = ask(&sandbox, Asked::Countries, "").await;
    let large = ask(&sandbox, Asked::Countries, "oversize bytes=3000001").await;
    assert_eq!(large.body.len(), plain.body.len() + 3_000_001);
    assert!(large.json().is_object() && large.json() == plain.json());
    assert_eq!(large.header("content-length"), "", "nobody is warned");
}

#[tokio::test]
async fn an_answer_larger_than_memory_is_made_while_it_is_sent() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let request = raw(&sandbox, Asked::Countries, "oversize bytes=1000000000000");
    let read = bytes(sandbox.address(), &request, 4_000_000).await;
    assert!(read.len() >= 4_000_000);
    assert_eq!(ask(&sandbox, Asked::Countries, "").await.status, 200);
}

#[tokio::test]
async fn several_faults_hit_one_request() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let fault = "truncated; oversize bytes=50; html code=502";
    let answer = bytes(sandbox.address(), &raw(&sandbox, Asked::Countries, fault), usize::MAX).await;
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 502 Bad Gateway"), "{answer}");
    assert!(answer.contains("content-type: text/html") && answer.contains(&" ".repeat(50)), "{answer}");
    assert!(answer.contains("<!DOCTYPE html>") && !answer.contains("</html>"), "{answer}");
    let request = sandbox.requests().pop().unwrap();
    assert_eq!((request.status, request.refused), (502, None));
}
