//! Setting up Belvo.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bankfeed_runtime as rt;
use belvo_client::{CallbackVerifier, Client, Environment};
use rt::Clock;

use super::Belvo;
use super::widget::Widget;
use crate::error::{Error, ErrorKind};
use crate::provider::ProviderId;
use crate::{Secret, Timestamp};

/// Sets up [`Belvo`]; begins with [`Belvo::builder`].
#[must_use = "a builder does nothing until it builds"]
pub struct BelvoBuilder {
    secret_id: Secret,
    secret_password: Secret,
    environment: Environment,
    base_url: Option<String>,
    timeout: Option<Duration>,
    callbacks: Option<Secret>,
    widget: Option<Widget>,
    investments: bool,
    clock: SharedClock,
}

/// What a provider knows besides its client.
pub(super) struct Settings {
    /// The token of the widget wants the keys in its body as well.
    pub(super) keys: Option<(Secret, Secret)>,
    pub(super) widget: Option<Widget>,
    pub(super) verifier: Option<CallbackVerifier>,
    pub(super) investments: bool,
    pub(super) clock: SharedClock,
}

/// A clock that the client and the adapter share.
#[derive(Clone)]
pub(super) struct SharedClock(Arc<dyn Clock>);

impl Clock for SharedClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

impl Default for SharedClock {
    fn default() -> Self {
        Self(Arc::new(rt::SystemClock))
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { keys: None, widget: None, verifier: None, investments: true, clock: SharedClock::default() }
    }
}

impl BelvoBuilder {
    pub(super) fn new(secret_id: Secret, secret_password: Secret) -> Self {
        Self {
            secret_id,
            secret_password,
            environment: Environment::Production,
            base_url: None,
            timeout: None,
            callbacks: None,
            widget: None,
            investments: true,
            clock: SharedClock::default(),
        }
    }

    /// Talks to Belvo's sandbox, which has made-up data and keys of its own, instead of production.
    pub fn sandbox(mut self) -> Self {
        self.environment = Environment::Sandbox;
        self
    }

    /// Talks to another address, such as that of a test server: `https`, or `http` to this machine.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// How long one attempt of a request may take; 60 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// What the `Authorization` header of callbacks holds, whole and as it was entered in the dashboard: `Basic …` or
    /// `Bearer …`. Without it no callback is taken.
    pub fn webhook_authorization(mut self, header: impl Into<Secret>) -> Self {
        self.callbacks = Some(header.into());
        self
    }

    /// How the widget shows the application: its name, and the addresses of an icon, of a logo and of its terms. Belvo
    /// wants all four, so that sessions cannot be started without.
    pub fn widget(
        mut self,
        name: impl Into<String>,
        icon: impl Into<String>,
        logo: impl Into<String>,
        terms: impl Into<String>,
    ) -> Self {
        let purpose = self.widget.take().and_then(|widget| widget.purpose);
        self.widget = Some(Widget {
            name: name.into(),
            icon: icon.into(),
            logo: logo.into(),
            terms: terms.into(),
            purpose,
            ..Widget::default()
        });
        self
    }

    /// What the data are for, as users read it when they consent at a bank in Brazil. Set it after
    /// [`widget`](Self::widget); without it the widget offers no banks with Open Finance.
    pub fn consent_purpose(mut self, purpose: impl Into<String>) -> Self {
        self.widget.get_or_insert_default().purpose = Some(purpose.into());
        self
    }

    /// For how many days users are proposed to consent at a bank in Brazil: 92, 183, 275 or 366. Any other number stands
    /// for a consent without end.
    pub fn consent_days(mut self, days: u16) -> Self {
        self.widget.get_or_insert_default().days = Some(days);
        self
    }

    /// Leaves out investments and their movements: they are a product of their own, which Belvo refuses to those who
    /// have not ordered it.
    pub fn without_investments(mut self) -> Self {
        self.investments = false;
        self
    }

    /// Another clock, for tests: it says when sessions and second factors run out.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = SharedClock(Arc::new(clock));
        self
    }

    /// The provider.
    ///
    /// # Errors
    /// Kind [`Configuration`](ErrorKind::Configuration) when a half of the key is empty or no key, an address is none,
    /// the header of callbacks is none, or the widget lacks one of its four texts.
    pub fn build(self) -> Result<Belvo, Error> {
        if self.widget.as_ref().is_some_and(|widget| !widget.is_complete()) {
            return Err(misconfigured("the widget wants a name, an icon, a logo and terms, none of them empty"));
        }
        let verifier = self.callbacks.map(CallbackVerifier::new).transpose().map_err(configuration)?;
        let clock = self.clock.clone();
        let timeout = self.timeout;
        let mut client =
            Client::builder(self.environment, &self.secret_id, &self.secret_password).transport(move |transport| {
                let transport = transport.clock(clock);
                match timeout {
                    Some(timeout) => transport.timeout(timeout),
                    None => transport,
                }
            });
        if let Some(url) = &self.base_url {
            client = client.base_url(url);
        }
        let settings = Settings {
            keys: Some((self.secret_id, self.secret_password)),
            widget: self.widget,
            verifier,
            investments: self.investments,
            clock: self.clock,
        };
        Ok(Belvo { client: client.build().map_err(configuration)?, settings: Arc::new(settings), user: Arc::default() })
    }
}

/// The facade's error for settings that the client refuses.
fn configuration(error: rt::ConfigError) -> Error {
    misconfigured(&error.to_string()).caused_by(error)
}

/// The error for settings that lack something.
pub(super) fn misconfigured(why: &str) -> Error {
    Error::of(ErrorKind::Configuration).from_provider(ProviderId::BELVO).message(why)
}

impl fmt::Debug for BelvoBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BelvoBuilder")
            .field("environment", &self.environment)
            .field("base_url", &self.base_url)
            .field("investments", &self.investments)
            .finish_non_exhaustive()
    }
}
