//! Ready-made ways to authorize requests. A pair of them authorizes with both, one after the other.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::call::Method;
use crate::transport::{AuthError, Authorize, Outgoing, Preparation};
use crate::values::Secret;

/// No credentials.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoAuth;

impl Authorize for NoAuth {
    fn authorize(&self, _: &mut Outgoing<'_>, _: Timestamp) -> Result<(), AuthError> {
        Ok(())
    }
}

/// `Authorization: Bearer …`.
#[derive(Clone, Debug)]
pub struct Bearer(Secret);

impl Bearer {
    /// With this token.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self(token.into())
    }
}

impl Authorize for Bearer {
    fn authorize(&self, request: &mut Outgoing<'_>, _: Timestamp) -> Result<(), AuthError> {
        let value = Zeroizing::new(format!("Bearer {}", self.0.expose()));
        request.set_secret_header("authorization", &value)
    }
}

/// `Authorization: Basic …`.
#[derive(Clone, Debug)]
pub struct Basic {
    user: Secret,
    password: Secret,
}

impl Basic {
    /// With this user and password.
    pub fn new(user: impl Into<Secret>, password: impl Into<Secret>) -> Self {
        Self { user: user.into(), password: password.into() }
    }
}

impl Authorize for Basic {
    fn authorize(&self, request: &mut Outgoing<'_>, _: Timestamp) -> Result<(), AuthError> {
        if self.user.expose().contains(':') {
            return Err(AuthError::new("a user name for basic authorization cannot contain a colon"));
        }
        let pair = Zeroizing::new(format!("{}:{}", self.user.expose(), self.password.expose()));
        let value = Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
        request.set_secret_header("authorization", &value)
    }
}

/// Several secret headers.
#[derive(Clone, Default)]
pub struct Headers(Vec<(String, Secret)>);

impl Headers {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Secret>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(name, value)| (name, value))).finish()
    }
}

impl Authorize for Headers {
    fn authorize(&self, request: &mut Outgoing<'_>, _: Timestamp) -> Result<(), AuthError> {
        self.0.iter().try_for_each(|(name, value)| request.set_secret_header(name, value.expose()))
    }
}

/// A key in the query.
#[derive(Clone, Debug)]
pub struct ApiKeyQuery {
    name: String,
    key: Secret,
}

impl ApiKeyQuery {
    /// This key under this name.
    pub fn new(name: &str, key: impl Into<Secret>) -> Self {
        Self { name: name.to_owned(), key: key.into() }
    }
}

impl Authorize for ApiKeyQuery {
    fn prepare(&self, request: &mut Preparation<'_>) -> Result<(), AuthError> {
        request.set_query(&self.name, &self.key);
        Ok(())
    }

    fn authorize(&self, _: &mut Outgoing<'_>, _: Timestamp) -> Result<(), AuthError> {
        Ok(())
    }
}

/// A key among the fields of the body, be it a form or a JSON object.
#[derive(Clone, Debug)]
pub struct ApiKeyBody {
    name: String,
    key: Secret,
}

impl ApiKeyBody {
    /// This key under this name.
    pub fn new(name: &str, key: impl Into<Secret>) -> Self {
        Self { name: name.to_owned(), key: key.into() }
    }
}

impl Authorize for ApiKeyBody {
    fn prepare(&self, request: &mut Preparation<'_>) -> Result<(), AuthError> {
        request.set_body_field(&self.name, &self.key)
    }

    fn authorize(&self, _: &mut Outgoing<'_>, _: Timestamp) -> Result<(), AuthError> {
        Ok(())
    }
}

/// A key among what a request asks for: in the query of a GET or HEAD, in the body of anything else, be it a form or a
/// JSON object.
#[derive(Clone, Debug)]
pub struct ApiKeyField {
    query: ApiKeyQuery,
    body: ApiKeyBody,
}

impl ApiKeyField {
    /// This key under this name.
    pub fn new(name: &str, key: impl Into<Secret>) -> Self {
        let key = key.into();
        Self { query: ApiKeyQuery::new(name, key.clone()), body: ApiKeyBody::new(name, key) }
    }
}

impl Authorize for ApiKeyField {
    fn prepare(&self, request: &mut Preparation<'_>) -> Result<(), AuthError> {
        match request.operation().method() {
            Method::GET | Method::HEAD => self.query.prepare(request),
            _ => self.body.prepare(request),
        }
    }

    fn authorize(&self, _: &mut Outgoing<'_>, _: Timestamp) -> Result<(), AuthError> {
        Ok(())
    }
}

impl<A: Authorize, B: Authorize> Authorize for (A, B) {
    fn prepare(&self, request: &mut Preparation<'_>) -> Result<(), AuthError> {
        self.0.prepare(request)?;
        self.1.prepare(request)
    }

    fn authorize(&self, request: &mut Outgoing<'_>, now: Timestamp) -> Result<(), AuthError> {
        self.0.authorize(request, now)?;
        self.1.authorize(request, now)
    }
}

impl<A: Authorize + ?Sized> Authorize for std::sync::Arc<A> {
    fn prepare(&self, request: &mut Preparation<'_>) -> Result<(), AuthError> {
        (**self).prepare(request)
    }

    fn authorize(&self, request: &mut Outgoing<'_>, now: Timestamp) -> Result<(), AuthError> {
        (**self).authorize(request, now)
    }
}

impl<A: Authorize + ?Sized> Authorize for Box<A> {
    fn prepare(&self, request: &mut Preparation<'_>) -> Result<(), AuthError> {
        (**self).prepare(request)
    }

    fn authorize(&self, request: &mut Outgoing<'_>, now: Timestamp) -> Result<(), AuthError> {
        (**self).authorize(request, now)
    }
}
