//! Requests with the credentials of the sandbox.

use std::net::SocketAddr;

use bankfeed_sandbox::Sandbox;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::support::{Reply, try_send};

/// Something that every test can ask for.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// A short answer that is no page.
    Countries,
    /// Numbers.
    Rates,
    /// A list with cursors, whose ids are digits.
    Customers,
    /// A list with links, and enumerations.
    Institutions,
}

impl Asked {
    pub fn url(self, sandbox: &Sandbox) -> String {
        match self {
            Self::Countries => format!("{}/countries", sandbox.saltedge().url),
            Self::Rates => format!("{}/rates", sandbox.saltedge().url),
            Self::Customers => format!("{}/customers", sandbox.saltedge().url),
            Self::Institutions => format!("{}/api/institutions/", sandbox.belvo().url),
        }
    }
}

/// Headers that let one in everywhere.
pub fn credentials(sandbox: &Sandbox) -> Vec<(&'static str, String)> {
    let (saltedge, belvo) = (sandbox.saltedge(), sandbox.belvo());
    let basic = STANDARD.encode(format!("{}:{}", belvo.secret_id, belvo.secret_password));
    vec![
        ("app-id", saltedge.app_id.to_owned()),
        ("secret", saltedge.secret.to_owned()),
        ("authorization", format!("Basic {basic}")),
    ]
}

/// `GET` of an address, with a fault; `Err` when the connection broke.
pub async fn try_get(sandbox: &Sandbox, url: &str, fault: &str) -> Result<Reply, hyper::Error> {
    let mut headers = credentials(sandbox);
    if !fault.is_empty() {
        headers.push(("x-sandbox-fault", fault.to_owned()));
    }
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    try_send("GET", url, &headers, b"").await
}

/// `GET` of an address, with a fault.
pub async fn get(sandbox: &Sandbox, url: &str, fault: &str) -> Reply {
    try_get(sandbox, url, fault).await.unwrap()
}

/// One of the things asked for, with a fault.
pub async fn ask(sandbox: &Sandbox, asked: Asked, fault: &str) -> Reply {
    get(sandbox, &asked.url(sandbox), fault).await
}

/// A request as text, for raw sockets.
pub fn raw(sandbox: &Sandbox, asked: Asked, fault: &str) -> String {
    let url = asked.url(sandbox);
    let path = &url[url.find(&sandbox.address().to_string()).unwrap() + sandbox.address().to_string().len()..];
    let mut text = format!("GET {path} HTTP/1.1\r\nhost: {}\r\n", sandbox.address());
    for (name, value) in credentials(sandbox) {
        text += &format!("{name}: {value}\r\n");
    }
    format!("{text}x-sandbox-fault: {fault}\r\nconnection: close\r\n\r\n")
}

/// Every byte that comes back until the connection ends, or so many.
pub async fn bytes(address: SocketAddr, request: &str, most: usize) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let (mut all, mut piece) = (Vec::new(), vec![0; 16 * 1024]);
    while all.len() < most {
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(count) => all.extend_from_slice(&piece[..count]),
        }
    }
    all
}

/// Where two JSON values differ: the pointer, and both sides.
pub fn differing(left: &Value, right: &Value) -> Vec<(String, Value, Value)> {
    let mut found = Vec::new();
    compare(String::new(), left, right, &mut found);
    found
}

fn compare(pointer: String, left: &Value, right: &Value, found: &mut Vec<(String, Value, Value)>) {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            for (name, value) in left {
                compare(format!("{pointer}/{name}"), value, right.get(name).unwrap_or(&Value::Null), found);
            }
            for (name, value) in right.iter().filter(|(name, _)| !left.contains_key(*name)) {
                found.push((format!("{pointer}/{name}"), Value::Null, value.clone()));
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(format!("{pointer}/{index}"), left, right, found);
            }
        }
        (left, right) if left != right => found.push((pointer, left.clone(), right.clone())),
        _ => {}
    }
}
