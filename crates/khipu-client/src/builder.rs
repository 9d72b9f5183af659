//! Setting up a client.

use std::fmt;

use bankfeed_runtime as rt;

use crate::auth::Auth;
use crate::generated::Client;
use crate::retry::KhipuRetry;

/// Sets up a [`Client`]; begins with [`Client::builder`].
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder {
    auth: Auth,
    base_url: String,
    transport: rt::TransportHook,
}

impl Client {
    /// Begins a client that authorizes its requests in this way.
    ///
    /// ```
    /// # fn main() -> Result<(), khipu_client::ConfigError> {
    /// use khipu_client::{Auth, Client};
    ///
    /// let client = Client::builder(Auth::api_key("key")).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(auth: Auth) -> ClientBuilder {
        ClientBuilder { auth, base_url: Client::BASE_URL.to_owned(), transport: rt::TransportHook::default() }
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
    /// When the API key or JWT is empty, the JWT holds a blank, or the transport cannot be set up: a base URL that is
    /// none, no TLS.
    pub fn build(self) -> Result<Client, rt::ConfigError> {
        self.auth.check()?;
        let defaults = rt::Transport::builder(&self.base_url).retry_rule(KhipuRetry::default());
        let transport = self.transport.apply(defaults).authorize(self.auth).build()?;
        Ok(Client::from_transport(transport))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("auth", &self.auth).finish_non_exhaustive()
    }
}
