//! Setting up a client.

use std::fmt;
use std::time::Duration;

use bankfeed_runtime as rt;

use crate::generated::Client;
use crate::retry::SaltEdgeRetry;
use crate::signing::{Credentials, MAX_EXPIRES_IN, Signing};

/// How long a signed request stays valid unless the builder says otherwise; the provider recommends a minute.
const EXPIRES_IN: Duration = Duration::from_secs(60);

/// Sets up a [`Client`]; begins with [`Client::builder`].
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder {
    app_id: rt::Secret,
    secret: rt::Secret,
    signer: Option<Result<rt::RsaSigner, rt::KeyError>>,
    expires_in: Duration,
    base_url: String,
    transport: rt::TransportHook,
}

impl Client {
    /// Begins a client with the two halves of a service API key: what the dashboard calls App-id and Secret.
    ///
    /// ```
    /// # fn main() -> Result<(), saltedge_client::ConfigError> {
    /// let client = saltedge_client::Client::builder("app-id", "secret").build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(app_id: impl Into<rt::Secret>, secret: impl Into<rt::Secret>) -> ClientBuilder {
        ClientBuilder {
            app_id: app_id.into(),
            secret: secret.into(),
            signer: None,
            expires_in: EXPIRES_IN,
            base_url: Client::BASE_URL.to_owned(),
            transport: rt::TransportHook::default(),
        }
    }
}

impl ClientBuilder {
    /// Signs every request with this RSA private key, in PEM: PKCS#8 (`PRIVATE KEY`) or PKCS#1 (`RSA PRIVATE KEY`).
    ///
    /// Its public half belongs into the dashboard. Live clients must sign; a key that does not fit shows in
    /// [`build`](Self::build).
    pub fn signing_key_pem(mut self, pem: &str) -> Self {
        self.signer = Some(rt::RsaSigner::from_pem(pem));
        self
    }

    /// Signs every request with this key.
    pub fn signing_key(mut self, key: rt::RsaSigner) -> Self {
        self.signer = Some(Ok(key));
        self
    }

    /// How long a signed request stays valid, from 1 s to 3600 s; whole seconds count. Default 60 s.
    pub fn expires_in(mut self, expires_in: Duration) -> Self {
        self.expires_in = expires_in;
        self
    }

    /// Another address of the API, such as that of a test server: `https`, or `http` to this machine.
    pub fn base_url(mut self, base_url: &str) -> Self {
        base_url.clone_into(&mut self.base_url);
        self
    }

    /// Adjusts what carries the calls: timeouts, limits, retry rule, clock, sleeper, HTTP client.
    ///
    /// Called more than once, the adjustments add up. Authorization is not theirs to change.
    pub fn transport(
        mut self,
        adjust: impl FnOnce(rt::TransportBuilder) -> rt::TransportBuilder + Send + 'static,
    ) -> Self {
        self.transport = self.transport.then(adjust);
        self
    }

    /// The client.
    ///
    /// # Errors
    /// When App-id or Secret is empty, the signing key is not usable, the time to expiry is out of range, or the
    /// transport cannot be set up: a base URL that is none, no TLS.
    pub fn build(self) -> Result<Client, rt::ConfigError> {
        if self.app_id.expose().is_empty() || self.secret.expose().is_empty() {
            return Err(rt::ConfigError::new(
                "App-id and Secret must not be empty: the dashboard has them as an API key",
            ));
        }
        if !(Duration::from_secs(1)..=MAX_EXPIRES_IN).contains(&self.expires_in) {
            return Err(rt::ConfigError::new("a signed request may stay valid for 1 to 3600 seconds"));
        }
        let expires_in = self.expires_in;
        let signing = self.signer.transpose()?.map(|key| Signing { key, expires_in });
        // The provider's reference sends a content type with every request, GET included.
        let defaults = rt::Transport::builder(&self.base_url)
            .default_header("content-type", "application/json")
            .retry_rule(SaltEdgeRetry::default());
        let credentials = Credentials { app_id: self.app_id, secret: self.secret, signing };
        let transport = self.transport.apply(defaults).authorize(credentials).build()?;
        Ok(Client::from_transport(transport))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("app_id", &self.app_id)
            .field("secret", &self.secret)
            .field("signs", &self.signer.is_some())
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}
