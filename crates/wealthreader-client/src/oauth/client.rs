//! Exchanging a code for data, on a host of its own and without a key.

use std::collections::BTreeMap;
use std::fmt;

use bankfeed_runtime as rt;

use super::returned::OauthCode;
use crate::generated::Error;
use crate::generated::types::FinancialDataAnswer;
use crate::retry::WealthReaderRetry;

/// Not in the specification, whose operations share a host. A read like any other: billed, never repeated, minutes
/// long.
static EXCHANGE_CODE: rt::Operation =
    rt::Operation::new("exchange_code", rt::Method::POST, "/token/").timeout_secs(300).public();

/// The way to the host of the redirect flow. Cheap to clone; clones share connections and limits.
#[derive(Clone, Debug)]
pub struct OauthClient {
    transport: rt::Transport,
}

/// Sets up an [`OauthClient`]; begins with [`OauthClient::builder`].
#[must_use = "a builder does nothing until it builds"]
pub struct OauthClientBuilder {
    base_url: String,
    transport: rt::TransportHook,
}

impl OauthClient {
    /// Where the provider serves the redirect flow.
    pub const BASE_URL: &'static str = "https://oauth.wealthreader.com";

    /// A client with the defaults. It needs no key: the code and its verifier prove who asks.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new() -> Result<Self, rt::ConfigError> {
        Self::builder().build()
    }

    /// Begins a client.
    pub fn builder() -> OauthClientBuilder {
        OauthClientBuilder { base_url: Self::BASE_URL.to_owned(), transport: rt::TransportHook::default() }
    }

    /// Exchanges the code for what the user holds. Works once for each code.
    ///
    /// `statistics` then has the token, where one was stored, and the code of the bank: keep both for later reads.
    ///
    /// `POST /token/`
    pub fn exchange(&self, code: &OauthCode) -> ExchangeCode {
        let mut call = self.transport.call(&EXCHANGE_CODE);
        call.form(&BTreeMap::from([
            ("grant_type", "authorization_code"),
            ("redirect_uri", &code.redirect_uri),
            ("code", code.code.expose()),
            ("code_verifier", code.code_verifier.expose()),
        ]));
        ExchangeCode { call }
    }
}

impl OauthClientBuilder {
    /// Another address, such as that of a test server: `https`, or `http` to this machine.
    pub fn base_url(mut self, base_url: &str) -> Self {
        base_url.clone_into(&mut self.base_url);
        self
    }

    /// Adjusts what carries the calls: timeouts, limits, clock, sleeper, HTTP client.
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
    /// When the transport cannot be set up: a base URL that is none, no TLS.
    pub fn build(self) -> Result<OauthClient, rt::ConfigError> {
        let defaults = rt::Transport::builder(&self.base_url).retry_rule(WealthReaderRetry::default());
        let transport = self.transport.apply(defaults).authorize(rt::auth::NoAuth).build()?;
        Ok(OauthClient { transport })
    }
}

impl fmt::Debug for OauthClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OauthClientBuilder").finish_non_exhaustive()
    }
}

/// A request of [`OauthClient::exchange`], not sent yet.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ExchangeCode {
    call: rt::Call,
}

impl ExchangeCode {
    /// Sends the request.
    ///
    /// # Errors
    /// As for any read; see [`Error`].
    pub async fn send(self) -> Result<rt::Response<FinancialDataAnswer>, Error> {
        self.call.send().await
    }
}

impl rt::Configure for ExchangeCode {
    fn call_mut(&mut self) -> &mut rt::Call {
        &mut self.call
    }
}
