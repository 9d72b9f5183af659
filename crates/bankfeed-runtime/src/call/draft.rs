//! One request while it is being put together.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::encode::{encode, encode_pairs};
use super::operation::Operation;
use crate::paging::Continuation;

/// What will be sent as the body.
#[derive(Clone)]
pub(crate) enum Payload {
    None,
    Json(Bytes),
    Form(Vec<(String, String)>),
    Bytes { content_type: String, bytes: Bytes },
}

impl Payload {
    pub(crate) fn content_type(&self) -> Option<Cow<'_, str>> {
        match self {
            Payload::None => None,
            Payload::Json(_) => Some("application/json".into()),
            Payload::Form(_) => Some("application/x-www-form-urlencoded".into()),
            Payload::Bytes { content_type, .. } => Some(content_type.as_str().into()),
        }
    }

    pub(crate) fn bytes(&self) -> Bytes {
        match self {
            Payload::None => Bytes::new(),
            Payload::Json(bytes) | Payload::Bytes { bytes, .. } => bytes.clone(),
            Payload::Form(pairs) => encode_pairs(pairs).into(),
        }
    }
}

/// Everything about one call, before authorization.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) operation: &'static Operation,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) payload: Payload,
    pub(crate) accept: &'static str,
    pub(crate) timeout: Option<Duration>,
    pub(crate) may_retry: bool,
    pub(crate) resume: Option<Continuation>,
    /// The path and query of a followed link, in place of the operation's own.
    pub(crate) link: Option<String>,
    /// The first thing that was wrong with a parameter.
    pub(crate) problem: Option<String>,
}

impl Draft {
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            payload: Payload::None,
            accept: "application/json",
            timeout: None,
            may_retry: true,
            resume: None,
            link: None,
            problem: None,
        }
    }

    pub(crate) fn complain(&mut self, problem: impl FnOnce() -> String) {
        if self.problem.is_none() {
            self.problem = Some(problem());
        }
    }

    pub(crate) fn set_query(&mut self, name: &str, value: String) {
        set(&mut self.query, name, value);
    }

    /// Where the list goes on, as far as the request says so itself.
    pub(crate) fn position(&self) -> Option<&str> {
        let param = self.operation.paging.param()?;
        let pairs = match &self.payload {
            Payload::Form(pairs) if self.operation.pages_in_form => pairs,
            _ => &self.query,
        };
        pairs.iter().find(|(name, _)| name == param).map(|(_, value)| value.as_str())
    }

    /// Lets the list go on from here: from a position in the operation's parameter, or by a followed link.
    pub(crate) fn set_position(&mut self, position: &str) {
        let Some(param) = self.operation.paging.param() else {
            self.link = Some(position.to_owned());
            return;
        };
        if !self.operation.pages_in_form {
            return self.set_query(param, position.to_owned());
        }
        if matches!(self.payload, Payload::None) {
            self.payload = Payload::Form(Vec::new());
        }
        match &mut self.payload {
            Payload::Form(pairs) => set(pairs, param, position.to_owned()),
            _ => self.complain(|| format!("`{param}` belongs into a form, and the body is none")),
        }
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
            }
            _ => self.complain(|| format!("header `{name}` does not fit into a header")),
        }
    }

    /// The path with its parameters filled in; the error names what is missing.
    pub(crate) fn filled_path(&self) -> Result<String, String> {
        let mut path = String::new();
        let mut rest = self.operation.path;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let value = self.path.iter().find(|(known, _)| known == name);
            let (_, value) = value.ok_or_else(|| format!("path parameter `{name}` is not set"))?;
            path.push_str(before);
            path.push_str(&encode(value));
            rest = after;
        }
        path.push_str(rest);
        Ok(path)
    }
}

/// Sets a name's only value, in its first place.
pub(crate) fn set(pairs: &mut Vec<(String, String)>, name: &str, value: String) {
    match pairs.iter().position(|(known, _)| known == name) {
        Some(first) => {
            pairs[first].1 = value;
            let mut at = 0;
            pairs.retain(|(known, _)| {
                at += 1;
                at - 1 <= first || known != name
            });
        }
        None => pairs.push((name.to_owned(), value)),
    }
}
