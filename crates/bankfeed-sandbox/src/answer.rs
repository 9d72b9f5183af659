//! What is answered.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::Value;

/// One answer, before faults and before it goes onto the wire.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Body,
}

/// What it carries.
pub(crate) enum Body {
    Empty,
    Json(Value),
    /// JSON with lists that are too long to be held: see [`Woven`].
    Woven(Woven),
    /// Anything else, with its media type in the headers.
    Bytes(Bytes),
}

/// The elements of a long list, made one by one.
pub(crate) type Elements = Box<dyn Iterator<Item = Value> + Send>;

/// A JSON text with holes; each is filled with the elements of a list while it is sent.
pub(crate) struct Woven {
    /// One more than there are lists.
    texts: Vec<String>,
    lists: Vec<Elements>,
}

/// Collects long lists while a document is built; each leaves a mark that no data has.
#[derive(Default)]
pub(crate) struct Weaver {
    lists: Vec<Elements>,
}

impl Weaver {
    /// Takes a list in; what comes back stands for it in the document.
    pub(crate) fn list(&mut self, elements: impl Iterator<Item = Value> + Send + 'static) -> Value {
        let mark = Self::mark(self.lists.len());
        self.lists.push(Box::new(elements));
        Value::String(mark)
    }

    fn mark(index: usize) -> String {
        format!("\u{1}list {index}\u{1}")
    }

    /// The document with its lists. Lists must stand in it in the order in which they were taken in.
    pub(crate) fn finish(self, document: &Value) -> Body {
        if self.lists.is_empty() {
            return Body::Json(document.clone());
        }
        let whole = document.to_string();
        let mut rest = whole.as_str();
        let mut texts = Vec::new();
        for index in 0..self.lists.len() {
            let mark = Value::String(Self::mark(index)).to_string();
            let (before, after) = rest.split_once(&mark).unwrap_or((rest, ""));
            texts.push(before.to_owned());
            rest = after;
        }
        texts.push(rest.to_owned());
        Body::Woven(Woven { texts, lists: self.lists })
    }
}

/// Bytes of text that are gathered before they are sent on.
const PIECE: usize = 32 * 1024;

impl Woven {
    /// The document with empty lists.
    pub(crate) fn outline(&self) -> Value {
        serde_json::from_str(&self.texts.join("[]")).unwrap_or_default()
    }

    /// The text in pieces, as it goes onto the wire.
    pub(crate) fn pieces(self) -> impl Iterator<Item = Bytes> + Send {
        let mut texts = self.texts.into_iter();
        let mut buffer = texts.next().unwrap_or_default();
        let mut rest = texts;
        let mut lists = self.lists.into_iter();
        let mut current: Option<(Elements, bool)> = None;
        let mut ended = false;
        std::iter::from_fn(move || {
            while !ended && buffer.len() < PIECE {
                if current.is_none() {
                    match lists.next() {
                        Some(list) => {
                            buffer.push('[');
                            current = Some((list, true));
                        }
                        None => {
                            ended = true;
                            break;
                        }
                    }
                }
                if let Some((list, first)) = &mut current {
                    match list.next() {
                        Some(element) => {
                            if !std::mem::take(first) {
                                buffer.push(',');
                            }
                            buffer.push_str(&element.to_string());
                        }
                        None => {
                            buffer.push(']');
                            buffer.push_str(&rest.next().unwrap_or_default());
                            current = None;
                        }
                    }
                }
            }
            (!buffer.is_empty()).then(|| Bytes::from(std::mem::take(&mut buffer)))
        })
    }
}

impl Answer {
    /// JSON with a status.
    pub(crate) fn json(status: u16, value: Value) -> Self {
        Self::of(status, "application/json", Body::Json(value))
    }

    /// JSON whose long lists are sent as they are made.
    pub(crate) fn woven(status: u16, weaver: Weaver, document: &Value) -> Self {
        Self::of(status, "application/json", weaver.finish(document))
    }

    /// A status alone.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::Empty }
    }

    /// Something that is not JSON.
    pub(crate) fn bytes(status: u16, media: &'static str, bytes: impl Into<Bytes>) -> Self {
        Self::of(status, media, Body::Bytes(bytes.into()))
    }

    /// With long lists made whole.
    pub(crate) fn gathered(mut self) -> Self {
        self.body = match self.body {
            Body::Woven(woven) => {
                let text: Vec<u8> = woven.pieces().flatten().collect();
                Body::Json(serde_json::from_slice(&text).unwrap_or_default())
            }
            body => body,
        };
        self
    }

    fn of(status: u16, media: &'static str, body: Body) -> Self {
        Self { status, headers: vec![(CONTENT_TYPE, HeaderValue::from_static(media))], body }
    }

    /// With one more header; a value that cannot stand in one is left out.
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((HeaderName::from_static(name), value));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn long_lists_are_woven_in() {
        let mut weaver = Weaver::default();
        let first = weaver.list((0..20_000).map(|index| json!({ "index": index })));
        let second = weaver.list(std::iter::empty());
        let document = json!({ "a": first, "b": { "c": second }, "d": 1 });
        let Body::Woven(woven) = weaver.finish(&document) else { panic!("it holds lists") };
        assert_eq!(woven.outline(), json!({ "a": [], "b": { "c": [] }, "d": 1 }));
        let pieces: Vec<Bytes> = woven.pieces().collect();
        assert!(pieces.len() > 5 && pieces.iter().all(|piece| piece.len() < 2 * PIECE));
        let value: Value = serde_json::from_slice(&pieces.concat()).unwrap();
        assert_eq!(value["a"].as_array().unwrap().len(), 20_000);
        assert_eq!(
            (&value["a"][19_999]["index"], &value["b"]["c"], &value["d"]),
            (&json!(19_999), &json!([]), &json!(1))
        );
    }
}
