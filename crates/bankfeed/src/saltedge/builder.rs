//! Setting up Salt Edge.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bankfeed_runtime as rt;
use saltedge_client::{CallbackKind, Client, ClientBuilder};

use super::SaltEdge;
use super::webhooks::Callbacks;
use crate::error::{Error, ErrorKind};
use crate::provider::ProviderId;
use crate::{Secret, Timestamp};

/// Sets up [`SaltEdge`]; begins with [`SaltEdge::builder`].
#[must_use = "a builder does nothing until it builds"]
pub struct SaltEdgeBuilder {
    client: ClientBuilder,
    clock: SharedClock,
    key: Option<String>,
    key_sha256: Option<String>,
    addresses: Vec<(CallbackKind, String)>,
    window: rt::AgeWindow,
}

/// One clock for the client's signatures and for whatever is told to come later.
#[derive(Clone)]
pub(super) struct SharedClock(Arc<dyn rt::Clock>);

impl SharedClock {
    pub(super) fn system() -> Self {
        Self(Arc::new(rt::SystemClock))
    }
}

impl rt::Clock for SharedClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

impl SaltEdge {
    /// Begins with the two halves of a service API key: what the dashboard calls App-id and Secret.
    pub fn builder(app_id: impl Into<Secret>, secret: impl Into<Secret>) -> SaltEdgeBuilder {
        SaltEdgeBuilder {
            client: Client::builder(app_id, secret),
            clock: SharedClock::system(),
            key: None,
            key_sha256: None,
            addresses: Vec::new(),
            window: rt::AgeWindow::default(),
        }
    }
}

macro_rules! addresses {
    ($($(#[$doc:meta])* $name:ident = $kind:ident;)*) => { $(
        $(#[$doc])*
        ///
        /// The address is part of what is signed: give it as it stands in the dashboard, to the letter, also behind a proxy.
        pub fn $name(mut self, registered_url: &str) -> Self {
            self.addresses.push((CallbackKind::$kind, registered_url.to_owned()));
            self
        }
    )* };
}

impl SaltEdgeBuilder {
    /// Signs every request with this RSA private key in PEM. Live clients must; the public half belongs into the dashboard.
    pub fn signing_key_pem(mut self, pem: impl Into<Secret>) -> Self {
        self.client = self.client.signing_key_pem(pem.into().expose());
        self
    }

    /// How long a signed request stays valid, 1 to 3600 s. Default 60 s, so the clock must be right to that degree.
    pub fn expires_in(mut self, expires_in: Duration) -> Self {
        self.client = self.client.expires_in(expires_in);
        self
    }

    /// Another address of the API, such as that of a sandbox: `https`, or `http` to this machine.
    pub fn base_url(mut self, base_url: &str) -> Self {
        self.client = self.client.base_url(base_url);
        self
    }

    /// How long one attempt of a request may take. Default 60 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.client = self.client.transport(move |transport| transport.timeout(timeout));
        self
    }

    /// How often a request that only reads is sent at most, when it fails in passing. Default 4; 1 repeats nothing.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.client = self.client.transport(move |transport| transport.max_attempts(attempts));
        self
    }

    /// The clock, for the validity of signatures and for how long to wait. Default: the system's.
    pub fn clock(mut self, clock: impl rt::Clock + 'static) -> Self {
        self.clock = SharedClock(Arc::new(clock));
        self
    }

    /// The public key in PEM that callbacks are checked with. Salt Edge publishes it in its example repository as `spectre_public.pem`.
    pub fn callback_key_pem(mut self, pem: &str) -> Self {
        self.key = Some(pem.to_owned());
        self
    }

    /// Insists on a certain key for callbacks, by the SHA-256 of its DER form in hex. The one of the published key is
    /// [`SaltEdge::PUBLISHED_CALLBACK_KEY_SHA256`].
    pub fn callback_key_sha256(mut self, sha256: &str) -> Self {
        self.key_sha256 = Some(sha256.to_owned());
        self
    }

    /// How old a callback that says its time may be. Default 5 minutes.
    pub fn callback_max_age(mut self, age: Duration) -> Self {
        self.window.max_age = age;
        self
    }

    addresses! {
        /// Takes callbacks of the kind *success*: data of a connection changed.
        success_callback = Success;
        /// Takes callbacks of the kind *fail*: reading a connection failed.
        fail_callback = Fail;
        /// Takes callbacks of the kind *notify*: reading a connection entered a stage.
        notify_callback = Notify;
        /// Takes callbacks of the kind *destroy*: a connection was removed.
        destroy_callback = Destroy;
        /// Takes callbacks about providers: an institution changed its status.
        provider_changes_callback = ProviderChanges;
        /// Takes callbacks about categorized buckets, which say no time, so that their age is not checked.
        categorization_callback = CategorizationFinished;
        /// Takes callbacks about reports.
        report_callback = Report;
    }

    /// Salt Edge.
    ///
    /// # Errors
    /// Kind [`Configuration`](ErrorKind::Configuration): empty credentials, a key that is none, an address that is none, addresses of
    /// callbacks without a key, two kinds of callbacks at one address.
    pub fn build(self) -> Result<SaltEdge, Error> {
        let clock = self.clock.clone();
        let client = self.client.transport(move |transport| transport.clock(clock)).build().map_err(configuration)?;
        let key = self.key.as_deref();
        let callbacks = Callbacks::new(key, self.key_sha256.as_deref(), &self.addresses, self.window)?;
        Ok(SaltEdge { client, clock: self.clock, callbacks: Arc::new(callbacks) })
    }
}

/// The error for settings that are wrong.
pub(super) fn configuration(error: rt::ConfigError) -> Error {
    // It says what is wrong with which setting, and quotes none.
    Error::of(ErrorKind::Configuration).from_provider(ProviderId::SALTEDGE).message(error.to_string()).caused_by(error)
}

impl fmt::Debug for SaltEdgeBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SaltEdgeBuilder").field("client", &self.client).finish_non_exhaustive()
    }
}
