//! Setting up a transport.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};
use url::{Host, Url};

use super::authorize::Authorize;
use super::budget::RetryBudget;
use super::http_client::HttpClient;
use super::retry::{Backoff, RetryRule};
use super::time::{Clock, Sleeper, SystemClock, TokioSleeper};
use super::{Shared, Transport, jitter, reqwest_client};
use crate::auth::NoAuth;

/// Why a transport could not be set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(Cow<'static, str>);

impl ConfigError {
    /// An error with this text, which is printed: no credentials in it.
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

impl From<crate::sign::KeyError> for ConfigError {
    fn from(error: crate::sign::KeyError) -> Self {
        Self::new(error.to_string())
    }
}

/// Sets up a [`Transport`].
#[must_use]
pub struct TransportBuilder {
    base_url: String,
    plain_http: bool,
    http: Option<Arc<dyn HttpClient>>,
    authorize: Box<dyn Authorize>,
    retry_rule: Box<dyn RetryRule>,
    budget: RetryBudget,
    clock: Arc<dyn Clock>,
    sleeper: Arc<dyn Sleeper>,
    jitter: Box<dyn Fn() -> f64 + Send + Sync>,
    headers: Vec<(String, String)>,
    user_agent: String,
    timeout: Duration,
    max_response_bytes: usize,
    max_attempts: u32,
    request_id_headers: Vec<String>,
}

impl TransportBuilder {
    pub(super) fn new(base_url: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            plain_http: false,
            http: None,
            authorize: Box::new(NoAuth),
            retry_rule: Box::new(Backoff::default()),
            budget: RetryBudget::default(),
            clock: Arc::new(SystemClock),
            sleeper: Arc::new(TokioSleeper),
            jitter: Box::new(jitter::random),
            headers: Vec::new(),
            user_agent: concat!("bankfeed/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeout: Duration::from_secs(60),
            max_response_bytes: 32 * 1024 * 1024,
            max_attempts: 8,
            request_id_headers: Vec::new(),
        }
    }

    /// How requests are authorized. Default: not at all.
    pub fn authorize(mut self, authorize: impl Authorize + 'static) -> Self {
        self.authorize = Box::new(authorize);
        self
    }

    /// When failed attempts are repeated. Default: [`Backoff`].
    pub fn retry_rule(mut self, rule: impl RetryRule + 'static) -> Self {
        self.retry_rule = Box::new(rule);
        self
    }

    /// How many retries all calls together may make. Default: ten, and a tenth of one more per call.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = budget;
        self
    }

    /// The most attempts of one call, whatever the rule says. Default 8.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// A header sent with every request.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The user agent. Default: `bankfeed/` and the version.
    pub fn user_agent(mut self, user_agent: &str) -> Self {
        self.user_agent = user_agent.to_owned();
        self
    }

    /// The HTTP client. Default: reqwest over rustls with the system's root certificates, HTTP/2, and the proxies the
    /// environment names (`HTTPS_PROXY`, `NO_PROXY`), except to this machine. A `reqwest::Client` handed in must have redirects turned off.
    pub fn http(mut self, client: impl HttpClient + 'static) -> Self {
        self.http = Some(Arc::new(client));
        self
    }

    /// The clock for signatures and dates. Default: the system's.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// What waits between attempts and for timeouts. Default: tokio's timer.
    pub fn sleeper(mut self, sleeper: impl Sleeper + 'static) -> Self {
        self.sleeper = Arc::new(sleeper);
        self
    }

    /// The source of numbers from 0 up to 1 that spread retries. Default: random.
    pub fn jitter(mut self, jitter: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.jitter = Box::new(jitter);
        self
    }

    /// The timeout of one attempt of operations that have none of their own. Default 60 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The largest response body; reading stops as soon as it is exceeded. Default 32 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// The response header with the provider's id of an exchange; the first of several that is there counts.
    /// Default: `x-request-id`.
    pub fn request_id_header(mut self, name: &str) -> Self {
        self.request_id_headers.push(name.to_owned());
        self
    }

    /// Allows `http://` to hosts other than this machine. Credentials and bank data then travel in the clear.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// The transport.
    ///
    /// # Errors
    /// When the base URL is not one of `https` (or `http` to this machine), carries credentials, a query or a
    /// fragment; when a header is not one; when TLS cannot be set up.
    pub fn build(self) -> Result<Transport, ConfigError> {
        let base = base_url(&self.base_url, self.plain_http)?;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, value("user-agent", &self.user_agent)?);
        for (header, text) in &self.headers {
            headers.insert(name(header)?, value(header, text)?);
        }
        let mut request_id_headers =
            self.request_id_headers.iter().map(|header| name(header)).collect::<Result<Vec<_>, _>>()?;
        if request_id_headers.is_empty() {
            request_id_headers.push(HeaderName::from_static("x-request-id"));
        }
        let http = match self.http {
            Some(http) => http,
            None => Arc::new(reqwest_client::default_client(is_this_machine(&base))?),
        };
        Ok(Transport(Arc::new(Shared {
            base,
            http,
            authorize: self.authorize,
            retry_rule: self.retry_rule,
            budget: self.budget,
            clock: self.clock,
            sleeper: self.sleeper,
            jitter: self.jitter,
            headers,
            timeout: self.timeout,
            max_response_bytes: self.max_response_bytes,
            max_attempts: self.max_attempts,
            request_id_headers,
        })))
    }
}

fn name(text: &str) -> Result<HeaderName, ConfigError> {
    HeaderName::try_from(text).map_err(|_| ConfigError::new(format!("`{text}` is not the name of a header")))
}

fn value(name: &str, text: &str) -> Result<HeaderValue, ConfigError> {
    HeaderValue::try_from(text)
        .map_err(|_| ConfigError::new(format!("the value of header `{name}` does not fit into a header")))
}

/// Checks a base URL; errors do not quote it, since it may carry what it must not.
fn base_url(text: &str, plain_http: bool) -> Result<Url, ConfigError> {
    let mut base = Url::parse(text).map_err(|error| ConfigError::new(format!("the base URL is not one: {error}")))?;
    match base.scheme() {
        "https" => {}
        "http" if plain_http || is_this_machine(&base) => {}
        "http" => {
            return Err(ConfigError::new("the base URL is plain http: use https, or allow plain http explicitly"));
        }
        _ => return Err(ConfigError::new("the base URL is neither https nor http")),
    }
    if !base.username().is_empty() || base.password().is_some() {
        return Err(ConfigError::new("the base URL carries credentials: pass them as authorization"));
    }
    if base.query().is_some() || base.fragment().is_some() {
        return Err(ConfigError::new("the base URL has a query or fragment"));
    }
    let path = base.path().trim_end_matches('/').to_owned();
    base.set_path(&path);
    Ok(base)
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl fmt::Debug for TransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportBuilder").finish_non_exhaustive()
    }
}
