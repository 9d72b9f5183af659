//! Setting up the adapter.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bankfeed_runtime as rt;
use wealthreader_client::{Client, OauthClient};

use super::failure::settings;
use super::{Inner, Settings, WealthReader};
use crate::error::{Error, ErrorKind};
use crate::provider::ProviderId;
use crate::{Date, Secret};

/// Sets up a [`WealthReader`]; begins with [`WealthReader::builder`].
#[must_use = "a builder does nothing until it builds"]
pub struct WealthReaderBuilder {
    api_key: Secret,
    base_url: String,
    timeout: Option<Duration>,
    settings: Settings,
}

impl WealthReader {
    /// Begins with the key that the provider issued.
    pub fn builder(api_key: impl Into<Secret>) -> WealthReaderBuilder {
        WealthReaderBuilder {
            api_key: api_key.into(),
            base_url: Client::BASE_URL.to_owned(),
            timeout: None,
            settings: Settings::default(),
        }
    }
}

impl WealthReaderBuilder {
    /// Another address of the API: the dedicated host that the provider names on request, or a test server. `https`, or
    /// `http` to this machine.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Another address for the end of the redirect flow, such as that of a test server.
    pub fn redirect_url(mut self, base_url: impl Into<String>) -> Self {
        self.settings.redirect_url = base_url.into();
        self
    }

    /// The secret with which events about cards are signed. Without it
    /// [`verify`](crate::Webhooks::verify) takes none.
    pub fn cards_webhook_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.settings.cards_secret = Some(secret.into());
        self
    }

    /// The products to read, in the provider's words: `accounts`, `cards`, `portfolios`. Without any, none are named, and
    /// the provider reads what the contract covers.
    pub fn products(mut self, products: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.settings.products = products.into_iter().map(Into::into).collect();
        self
    }

    /// The first day of movements, where no filter names one. 2000-01-01 unless set: all that banks have. Banks may ask
    /// the user for a second factor before they show much more than the last 90 days.
    pub fn history_from(mut self, day: impl Into<Date>) -> Self {
        self.settings.history_from = day.into();
        self
    }

    /// How long an answer serves lists before the next one is read and billed. 15 minutes unless set; zero reads anew
    /// for each list.
    pub fn hold_for(mut self, time: Duration) -> Self {
        self.settings.hold_for = time;
        self
    }

    /// Of how many connections answers are held, 64 unless set. Each takes as much memory as its text.
    pub fn hold_at_most(mut self, connections: usize) -> Self {
        self.settings.hold_at_most = connections;
        self
    }

    /// How long a read may take: 5 minutes unless set. Of other calls it is an attempt's time, a minute unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The clock: for the age of answers, sessions and what "before today" means. The system's unless set.
    pub fn clock(mut self, clock: impl rt::Clock + 'static) -> Self {
        self.settings.clock = Arc::new(clock);
        self
    }

    /// The provider.
    ///
    /// # Errors
    /// Kind [`Configuration`](ErrorKind::Configuration): an empty key or secret, an address that is none, a word that is
    /// no product, no TLS.
    pub fn build(self) -> Result<WealthReader, Error> {
        let wrong =
            |why: String| Error::of(ErrorKind::Configuration).from_provider(ProviderId::WEALTHREADER).message(why);
        let Self { api_key, base_url, timeout, settings: mut set } = self;
        if set.cards_secret.as_ref().is_some_and(|secret| secret.expose().is_empty()) {
            return Err(wrong("the secret of the cards webhook must not be empty".to_owned()));
        }
        for product in &set.products {
            let plain = !product.is_empty() && product.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
            if !plain {
                return Err(wrong("a product is a word of letters, such as `accounts`".to_owned()));
            }
        }
        set.read_timeout = timeout;
        let clock = Shared(set.clock.clone());
        let client = Client::builder(api_key).base_url(&base_url).transport(move |transport| {
            let transport = transport.clock(clock);
            match timeout {
                Some(timeout) => transport.timeout(timeout),
                None => transport,
            }
        });
        // An address that is none is found here, not by the user who comes back.
        OauthClient::builder().base_url(&set.redirect_url).build().map_err(settings)?;
        Ok(WealthReader::of(client.build().map_err(settings)?, set))
    }
}

/// A clock that several share.
pub(super) struct Shared(pub(super) Arc<dyn rt::Clock>);

impl rt::Clock for Shared {
    fn now(&self) -> crate::Timestamp {
        self.0.now()
    }
}

impl WealthReader {
    pub(super) fn of(client: Client, settings: Settings) -> Self {
        Self { inner: Arc::new(Inner::new(client, settings)) }
    }

    pub(crate) fn with_client(client: Client) -> Self {
        Self::of(client, Settings::default())
    }
}

impl fmt::Debug for WealthReaderBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WealthReaderBuilder").field("api_key", &self.api_key).finish_non_exhaustive()
    }
}
