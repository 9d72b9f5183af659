//! Setting up a client.

use std::fmt;

use bankfeed_runtime as rt;

use crate::generated::Client;
use crate::retry::WealthReaderRetry;

/// Sets up a [`Client`]; begins with [`Client::builder`].
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder {
    api_key: rt::Secret,
    base_url: String,
    transport: rt::TransportHook,
}

impl Client {
    /// Begins a client with the key that the provider issued.
    ///
    /// ```
    /// # fn main() -> Result<(), wealthreader_client::ConfigError> {
    /// let client = wealthreader_client::Client::builder("a1b2c3d4").build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(api_key: impl Into<rt::Secret>) -> ClientBuilder {
        ClientBuilder {
            api_key: api_key.into(),
            base_url: Client::BASE_URL.to_owned(),
            transport: rt::TransportHook::default(),
        }
    }
}

impl ClientBuilder {
    /// Another address of the API: the dedicated host for batches and details of transactions, which the provider names
    /// on request, or a test server. `https`, or `http` to this machine.
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
    /// When the key is empty, or the transport cannot be set up: a base URL that is none, no TLS.
    pub fn build(self) -> Result<Client, rt::ConfigError> {
        if self.api_key.expose().is_empty() {
            return Err(rt::ConfigError::new("the api_key must not be empty"));
        }
        let defaults = rt::Transport::builder(&self.base_url).retry_rule(WealthReaderRetry::default());
        // A field of what is sent, be it form, JSON or query; the provider documents no header for it.
        let key = rt::auth::ApiKeyField::new("api_key", self.api_key);
        let transport = self.transport.apply(defaults).authorize(key).build()?;
        Ok(Client::from_transport(transport))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("api_key", &self.api_key).finish_non_exhaustive()
    }
}
