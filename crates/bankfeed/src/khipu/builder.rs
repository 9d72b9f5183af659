//! Setting Khipu up.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bankfeed_runtime as rt;
use khipu_client::{Auth, AuthError, Client};

use super::callbacks::{Callbacks, configuration};
use super::link::{Link, Login};
use super::{Inner, Khipu, TIMEOUT};
use crate::Secret;
use crate::error::{Error, ErrorKind};
use crate::provider::ProviderId;

type JwtSource = Box<dyn Fn() -> Option<Secret> + Send + Sync>;

/// Sets up [`Khipu`]; begins with [`Khipu::builder`].
#[must_use = "a builder does nothing until it builds"]
#[derive(Default)]
pub struct KhipuBuilder {
    api_key: Option<Secret>,
    jwt: Option<JwtSource>,
    client: Option<Client>,
    accounts: Vec<(String, Option<Login>)>,
    base_url: Option<String>,
    timeout: Option<Duration>,
    keep_for: Option<Duration>,
    clock: Option<Arc<dyn rt::Clock>>,
    callback_address: Option<String>,
    callback_token: Option<Secret>,
    callback_signing_secret: Option<Secret>,
}

impl KhipuBuilder {
    /// Authorizes requests by an API key. Every account then needs a login: an [account link](Self::account_with_link) or
    /// [what the bank asks for](Self::account_with_login).
    pub fn api_key(mut self, key: impl Into<Secret>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// Authorizes requests by a JWT, for programs that end before it does.
    pub fn jwt(self, token: impl Into<Secret>) -> Self {
        let token = token.into();
        self.jwt_from(move || Some(token.clone()))
    }

    /// Authorizes requests by the JWT that is current: asked for before every one, so keep it at hand and renew it
    /// elsewhere. Without one the request is not sent, and fails with kind
    /// [`Configuration`](crate::ErrorKind::Configuration).
    pub fn jwt_from(mut self, source: impl Fn() -> Option<Secret> + Send + Sync + 'static) -> Self {
        self.jwt = Some(Box::new(source));
        self
    }

    /// Adds a connection: an account number as the bank writes it, leading zeros included.
    pub fn account(self, number: impl Into<String>) -> Self {
        self.with(number, None)
    }

    /// Adds a connection of an account whose login the provider keeps behind a link.
    pub fn account_with_link(self, number: impl Into<String>, link: impl Into<Secret>) -> Self {
        self.with(number, Some(Login::Link(link.into())))
    }

    /// Adds a connection of an account with what the bank's login asks for, by the provider's names.
    ///
    /// For personal customers these names are not published; for the same bank's business customers they are
    /// `DocumentNumber`, `Username` and `Password`. Values are sent as text, so that leading zeros stay.
    pub fn account_with_login<N: Into<String>, V: Into<Secret>>(
        self,
        number: impl Into<String>,
        members: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let members = members.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        self.with(number, Some(Login::Bank(members)))
    }

    fn with(mut self, number: impl Into<String>, login: Option<Login>) -> Self {
        self.accounts.push((number.into(), login));
        self
    }

    /// Another address of the API, such as that of a sandbox: `https`, or `http` to this machine.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// How long the bank may take to answer. Default: five minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long lists are made of the same answer of the bank, before it is asked again. Default: until somebody
    /// refreshes. Zero asks for every list.
    pub fn keep_for(mut self, time: Duration) -> Self {
        self.keep_for = Some(time);
        self
    }

    /// The clock that tells how old answers are. Default: the system's.
    pub fn clock(mut self, clock: impl rt::Clock + 'static) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Where callbacks come to: `https`, or `http` to this machine. A part that cannot be guessed, another one for each
    /// connection, is added to its path, so hand every address below it to [`Khipu::verify_at`]. Needs a
    /// [token](Self::callback_token).
    pub fn callback_address(mut self, address: impl Into<String>) -> Self {
        self.callback_address = Some(address.into());
        self
    }

    /// The secret that the unguessable parts of callback addresses are made from: 22 letters, digits, `-` and `_` at
    /// least. Make one with [`Khipu::new_callback_token`] and keep it; callbacks to addresses of another one are refused.
    pub fn callback_token(mut self, token: impl Into<Secret>) -> Self {
        self.callback_token = Some(token.into());
        self
    }

    /// Has callbacks checked for the signature as well that the provider documents for its payment notifications, and
    /// for their age. Whether callbacks about bank data carry one is not known: those without are refused then.
    pub fn callback_signing_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.callback_signing_secret = Some(secret.into());
        self
    }

    pub(crate) fn with_client(mut self, client: Client) -> Self {
        self.client = Some(client);
        self
    }

    /// Khipu, set up.
    ///
    /// # Errors
    /// Kind [`Configuration`](crate::ErrorKind::Configuration): neither or both of API key and JWT, an account without the
    /// login that an API key asks for, a number that is empty, too long or there twice, an address or token that is none.
    pub fn build(self) -> Result<Khipu, Error> {
        let clock = self.clock.unwrap_or_else(|| Arc::new(rt::SystemClock));
        let needs_login = self.api_key.is_some();
        let client = match (self.client, self.api_key, self.jwt) {
            (Some(client), None, None) => {
                if self.base_url.is_some() {
                    return Err(wrong("the client that was handed in has an address of its own"));
                }
                client
            }
            (Some(_), ..) => return Err(wrong("the client that was handed in has an authorization of its own")),
            (None, Some(_), Some(_)) => return Err(wrong("it takes an API key or a JWT, never both")),
            (None, None, None) => return Err(wrong("it needs an API key or a JWT")),
            (None, Some(key), None) => client(Auth::api_key(key), self.base_url.as_deref(), &clock)?,
            (None, None, Some(source)) => {
                let token = move || source().ok_or_else(|| AuthError::new("there is no JWT at present"));
                client(Auth::jwt_from(token), self.base_url.as_deref(), &clock)?
            }
        };
        let mut links = BTreeMap::new();
        for (order, (number, login)) in self.accounts.into_iter().enumerate() {
            let link = Link::new(&number, login).map_err(wrong)?;
            if needs_login && !link.has_login() {
                return Err(wrong("with an API key every account needs a login"));
            }
            if links.insert(number, (order, Arc::new(link))).is_some() {
                return Err(wrong("an account number is there twice"));
            }
        }
        let mut links: Vec<_> = links.into_values().collect();
        links.sort_by_key(|(order, _)| *order);
        let links: Vec<_> = links.into_iter().map(|(_, link)| link).collect();
        let callbacks = match self.callback_token {
            Some(token) => {
                let of = links.iter().map(Arc::as_ref);
                let callbacks = Callbacks::new(&token, self.callback_address, self.callback_signing_secret, of);
                Some(callbacks.map_err(configuration)?)
            }
            None if self.callback_address.is_some() || self.callback_signing_secret.is_some() => {
                return Err(wrong("callbacks need a token: an address that can be guessed proves nothing"));
            }
            None => None,
        };
        let timeout = self.timeout.unwrap_or(TIMEOUT);
        Ok(Khipu { inner: Arc::new(Inner { client, links, callbacks, clock, keep_for: self.keep_for, timeout }) })
    }
}

fn client(auth: Auth, base_url: Option<&str>, clock: &Arc<dyn rt::Clock>) -> Result<Client, Error> {
    let clock = Told(clock.clone());
    let builder = Client::builder(auth).transport(|transport| transport.clock(clock));
    match base_url {
        Some(base_url) => builder.base_url(base_url),
        None => builder,
    }
    .build()
    .map_err(configuration)
}

/// The clock that was configured, for the client as well.
struct Told(Arc<dyn rt::Clock>);

impl rt::Clock for Told {
    fn now(&self) -> rt::jiff::Timestamp {
        self.0.now()
    }
}

fn wrong(why: impl Into<String>) -> Error {
    Error::of(ErrorKind::Configuration).from_provider(ProviderId::KHIPU).message(why)
}

impl fmt::Debug for KhipuBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KhipuBuilder")
            .field("accounts", &self.accounts.len())
            .field("base_url", &self.base_url)
            .field("timeout", &self.timeout)
            .field("keep_for", &self.keep_for)
            .finish_non_exhaustive()
    }
}
