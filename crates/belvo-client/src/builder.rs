//! Setting up a client.

use std::fmt;

use bankfeed_runtime as rt;

use crate::generated::Client;
use crate::retry::BelvoRetry;

/// Which of the provider's environments to talk to. Keys of one are refused by the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// Made-up data on `sandbox.belvo.com`. Has no payments.
    Sandbox,
    /// Real data on `api.belvo.com`.
    Production,
}

impl Environment {
    /// The address of the API.
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Sandbox => "https://sandbox.belvo.com",
            Self::Production => "https://api.belvo.com",
        }
    }
}

/// Sets up a [`Client`]; begins with [`Client::builder`].
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder {
    secret_id: rt::Secret,
    secret_password: rt::Secret,
    base_url: String,
    transport: rt::TransportHook,
}

impl Client {
    /// Begins a client with the two halves of a secret key: what the dashboard calls Secret ID and Secret Password.
    ///
    /// ```
    /// # fn main() -> Result<(), belvo_client::ConfigError> {
    /// use belvo_client::{Client, Environment};
    ///
    /// let client = Client::builder(Environment::Sandbox, "secret-id", "secret-password").build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(
        environment: Environment,
        secret_id: impl Into<rt::Secret>,
        secret_password: impl Into<rt::Secret>,
    ) -> ClientBuilder {
        ClientBuilder {
            secret_id: secret_id.into(),
            secret_password: secret_password.into(),
            base_url: environment.base_url().to_owned(),
            transport: rt::TransportHook::default(),
        }
    }
}

impl ClientBuilder {
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
    /// When one half of the key is empty, its id contains a colon, or the transport cannot be set up: a base URL that
    /// is none, no TLS.
    pub fn build(self) -> Result<Client, rt::ConfigError> {
        if self.secret_id.expose().is_empty() || self.secret_password.expose().is_empty() {
            return Err(rt::ConfigError::new(
                "Secret ID and Secret Password must not be empty: the dashboard has them as a secret key",
            ));
        }
        if self.secret_id.expose().contains(':') {
            return Err(rt::ConfigError::new("the Secret ID contains a colon: are id and password in one text?"));
        }
        let defaults = rt::Transport::builder(&self.base_url).retry_rule(BelvoRetry);
        let keys = rt::auth::Basic::new(self.secret_id, self.secret_password);
        let transport = self.transport.apply(defaults).authorize(keys).build()?;
        Ok(Client::from_transport(transport))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url)
            .field("secret_id", &self.secret_id)
            .field("secret_password", &self.secret_password)
            .finish_non_exhaustive()
    }
}
