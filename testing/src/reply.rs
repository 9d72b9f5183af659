//! What a request is answered with.

/// What a request is answered with.
#[derive(Clone, Debug)]
pub enum Reply {
    /// These bytes, head and all, then the connection ends.
    Bytes(Vec<u8>),
    /// Status 200 and a body that goes on until nobody reads it, or [`FLOOD`] bytes of it came.
    Flood,
    /// Nothing, ever.
    Silence,
}

/// No more than this comes of a flood, so that a client without a limit fails its test instead of hanging it.
pub const FLOOD: usize = 100 << 20;

/// A whole answer.
pub fn reply(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let mut head = format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut bytes = format!("{head}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    Reply::Bytes(bytes)
}

/// JSON under status 200.
pub fn json(body: impl AsRef<[u8]>) -> Reply {
    json_status(200, body)
}

/// JSON under a status.
pub fn json_status(status: u16, body: impl AsRef<[u8]>) -> Reply {
    reply(status, &[("content-type", "application/json")], body)
}
