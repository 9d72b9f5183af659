//! How a request is authorized.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;

use crate::call::draft::{self, Payload};
use crate::call::{Operation, flatten};
use crate::values::Secret;

/// Authorizes requests: adds credentials, or signs.
///
/// Called once for every attempt, so a signature is fresh each time, and not at all for operations that are
/// [public](Operation::public).
pub trait Authorize: Send + Sync {
    /// Adds credentials that are part of the URL or the body, before these are final.
    ///
    /// # Errors
    /// When the request has no place for them.
    fn prepare(&self, request: &mut Preparation<'_>) -> Result<(), AuthError> {
        let _ = request;
        Ok(())
    }

    /// Adds headers, with everything else final: method, URL exactly as sent, body bytes.
    ///
    /// # Errors
    /// When signing fails or a credential does not fit into a header.
    fn authorize(&self, request: &mut Outgoing<'_>, now: Timestamp) -> Result<(), AuthError>;
}

/// Why a request could not be authorized on this side. The text is printed: no credentials in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthError(Cow<'static, str>);

impl AuthError {
    /// An error with this text.
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for AuthError {}

impl From<crate::sign::KeyError> for AuthError {
    fn from(error: crate::sign::KeyError) -> Self {
        Self::new(error.to_string())
    }
}

/// A request whose URL and body can still take credentials.
pub struct Preparation<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) query: &'a mut Vec<(String, String)>,
    pub(crate) payload: &'a mut Payload,
}

impl Preparation<'_> {
    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Sets a query parameter, in place of an earlier value.
    pub fn set_query(&mut self, name: &str, value: &Secret) {
        draft::set(self.query, name, value.expose().to_owned());
    }

    /// Sets a field of the body, in place of an earlier value: of a form, of a JSON object, or of a form that begins with
    /// it.
    ///
    /// # Errors
    /// When the body is something else.
    pub fn set_body_field(&mut self, name: &str, value: &Secret) -> Result<(), AuthError> {
        match self.payload {
            Payload::None => {
                *self.payload = Payload::Form(vec![(name.to_owned(), value.expose().to_owned())]);
            }
            Payload::Form(pairs) => draft::set(pairs, name, value.expose().to_owned()),
            Payload::Json(bytes) => {
                let filled = set_member(bytes, name, value.expose());
                *bytes = filled.ok_or(AuthError::new("the JSON body is not an object"))?;
            }
            Payload::Bytes { .. } => return Err(AuthError::new("the body takes no fields")),
        }
        Ok(())
    }
}

/// Puts a member before all others of a JSON object, in place of one of the same name; `None` when the text is no object.
fn set_member(json: &Bytes, name: &str, value: &str) -> Option<Bytes> {
    let mut text = format!("{{{}:{}", serde_json::to_string(name).ok()?, serde_json::to_string(value).ok()?);
    for (known, member) in flatten::members(json)?.iter().filter(|(known, _)| known != name) {
        text.push_str(&format!(",{}:{member}", serde_json::to_string(known).ok()?));
    }
    text.push('}');
    Some(text.into())
}

/// A request as it will be sent; only its headers can still change.
pub struct Outgoing<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a mut HeaderMap,
    pub(crate) body: &'a Bytes,
}

impl Outgoing<'_> {
    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The method, in upper case.
    pub fn method(&self) -> &str {
        self.operation.method().as_str()
    }

    /// The whole URL, byte for byte as it will be sent.
    pub fn url(&self) -> &str {
        self.url
    }

    /// The body as it will be sent; empty when there is none.
    pub fn body(&self) -> &Bytes {
        self.body
    }

    /// The headers so far.
    pub fn headers(&self) -> &HeaderMap {
        self.headers
    }

    /// The headers, to be changed.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.headers
    }

    /// Sets a header and marks it secret, so that nothing along the way prints it.
    ///
    /// # Errors
    /// When name or value do not fit into a header.
    pub fn set_secret_header(&mut self, name: &str, value: &str) -> Result<(), AuthError> {
        let header =
            HeaderName::try_from(name).map_err(|_| AuthError::new(format!("`{name}` is not the name of a header")))?;
        let mut value = HeaderValue::try_from(value)
            .map_err(|_| AuthError::new(format!("the value of header `{name}` does not fit into a header")))?;
        value.set_sensitive(true);
        self.headers.insert(header, value);
        Ok(())
    }
}
