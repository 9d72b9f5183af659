//! Khipu: balances of bank accounts, read while the caller waits or told by callback.
//!
//! | | |
//! |---|---|
//! | institutions | Banco Santander Argentina, personal online bank: the one operation of the curated specification |
//! | connections | account numbers, each perhaps with a login, which the application holds and configures |
//! | accounts, balances | both of one answer; no transactions, holders or consents |
//! | callbacks | by [`Khipu::verify_at`], since the address is all that proves one |
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use bankfeed::{Khipu, Provider, RefreshOptions};
//!
//! let khipu = Khipu::builder()
//!     .api_key(std::env::var("KHIPU_API_KEY")?)
//!     .account_with_link("000011887755", std::env::var("ACCOUNT_LINK")?)
//!     .build()?;
//! let snapshot = khipu.refresh(&"000011887755".into(), RefreshOptions::new()).await?;
//! for balance in snapshot.balances.records() {
//!     println!("{:?} {:?}", balance.account, balance.money());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Requests
//! Each request is a login at the bank, takes up to five minutes, and may cost. So there is one at a time for each
//! connection, whoever comes meanwhile shares it, and its answer is kept: `list_accounts` and `list_balances` are made of
//! the last one until [`refresh`](crate::Provider::refresh) or `refresh_connection` asks anew, or the time that
//! [`KhipuBuilder::keep_for`] sets is over. After a refresh that failed they are made of the one before it;
//! [`Balance::as_of`](crate::Balance::as_of) tells how old that is. Clones share what is kept. A refresh is one request,
//! and nothing is ever asked for twice at once, so there are no concurrent requests to limit.
//!
//! # Ids
//! A connection's id is its account number. Answers name accounts in another form, and for one number there may be
//! several, in pesos and dollars say: each is an account by the id of the answer. The number is among its identifiers
//! where the answer has no other account, since otherwise nobody says whose it is.
//!
//! # Signs
//! The indicator beside an amount says whether it is owned (`Credit`, documented by a sample) or owed (`Debit`, inferred),
//! and owed ones are negative. An amount without indicator is refused unless it is zero: taking it for owned would be a
//! guess. So is a negative one that is said to be owned.
//!
//! # Unknown
//! What kind of account `ACY` is, so the kind has a word and no value. What members an amount really has: the printed
//! sample shows an empty list, and a balance without amount is an error about that record, not zero. Which kinds of
//! balance there are besides `InterimAvailable`. How many requests are allowed. Whether callbacks are signed or repeated.
//!
//! # Errors
//! The provider's own advice counts, except where it would have a refused or unfinished login repeated at once. "No data"
//! (`E300` to `E399`) is kind [`NotContracted`](crate::ErrorKind::NotContracted) in a list, and complete and empty in a
//! refresh.

mod answer;
mod builder;
mod callbacks;
mod causes;
mod link;
mod lists;
pub(crate) mod map;
mod refresh;
mod slot;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bankfeed_runtime as rt;
use http::HeaderMap;
use khipu_client::{CallbackToken, Client};

pub use self::builder::KhipuBuilder;
use self::callbacks::{Callbacks, configuration};
use self::link::Link;
use self::lists::not_found;
use crate::error::{Error, ErrorKind};
use crate::model::{ConnectionId, Event, Institution};
use crate::provider::{Capabilities, Capability, Provider, ProviderId, RefreshOptions, Reply, Snapshot, Webhooks};
use crate::{Secret, Timestamp};

/// The one bank, by its domain in the address of the operation.
const INSTITUTION: &str = "santander.com.ar";
const INSTITUTION_NAME: &str = "Banco Santander Argentina";
const COUNTRY: &str = "AR";
/// How long the bank may take, unless told otherwise.
const TIMEOUT: Duration = Duration::from_secs(300);

/// Khipu as a [`Provider`].
///
/// Cheap to clone; clones share connections and what was read.
#[derive(Clone)]
pub struct Khipu {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    links: Vec<Arc<Link>>,
    callbacks: Option<Callbacks>,
    clock: Arc<dyn rt::Clock>,
    keep_for: Option<Duration>,
    timeout: Duration,
}

impl Khipu {
    /// Begins to set it up: it needs an API key or a JWT, and the accounts to read.
    pub fn builder() -> KhipuBuilder {
        KhipuBuilder::default()
    }

    /// A new secret for [`KhipuBuilder::callback_token`], of 256 random bits.
    ///
    /// # Errors
    /// When the operating system has no random numbers.
    pub fn new_callback_token() -> Result<Secret, Error> {
        CallbackToken::random().map(|token| Secret::from(token.expose())).map_err(configuration)
    }

    /// Where the callbacks of a connection go; `None` when no address is configured. Whoever knows it can send callbacks
    /// that pass for the provider's.
    ///
    /// # Errors
    /// When there is no such connection.
    pub fn callback_address(&self, connection: &ConnectionId) -> Result<Option<Secret>, Error> {
        self.link(connection)?;
        let address = self.inner.callbacks.as_ref().and_then(|callbacks| callbacks.address(connection));
        address.transpose().map_err(configuration)
    }

    /// Checks a callback and reads it: in place of [`Webhooks::verify`], which does not get the address that it came to.
    ///
    /// `target` is path and query of the request, as it came; `body` the raw body. Callbacks carry no time unless they are
    /// signed, so one that was overheard could be sent again: remember the events' idempotency keys.
    ///
    /// # Errors
    /// Kind [`Configuration`](ErrorKind::Configuration) without a [token](KhipuBuilder::callback_token),
    /// [`NotVerified`](ErrorKind::NotVerified) when the address is none of ours, or a signature is asked for and missing,
    /// wrong or too old, [`UnexpectedAnswer`](ErrorKind::UnexpectedAnswer) when the body cannot be read.
    pub fn verify_at(
        &self,
        target: &str,
        headers: &HeaderMap,
        body: &[u8],
        received_at: Timestamp,
    ) -> Result<Event, Error> {
        let Some(callbacks) = &self.inner.callbacks else {
            let error = Error::of(ErrorKind::Configuration).from_provider(ProviderId::KHIPU);
            return Err(error.message("it has no callback token, so that no callback can be checked"));
        };
        callbacks.read(target, headers, body, received_at)
    }

    /// The data that a callback brought, as a refresh gives them.
    ///
    /// # Errors
    /// What the callback failed with; kind [`NotFound`](ErrorKind::NotFound) when its connection is not configured here;
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) for an event that is none of Khipu's, or came without its source.
    pub fn data_of(&self, event: &Event, options: RefreshOptions) -> Result<Snapshot, Error> {
        refresh::data_of(self, event, &options)
    }

    pub(crate) fn with_client(client: Client) -> Self {
        let (clock, links) = (Arc::new(rt::SystemClock), Vec::new());
        let inner = Inner { client, links, callbacks: None, clock, keep_for: None, timeout: TIMEOUT };
        Self { inner: Arc::new(inner) }
    }

    pub(crate) fn client_ref(&self) -> &Client {
        &self.inner.client
    }

    fn link(&self, id: &ConnectionId) -> Result<Arc<Link>, Error> {
        let found = self.inner.links.iter().find(|link| link.id == *id);
        found.cloned().ok_or_else(|| not_found("no such account is configured"))
    }
}

fn institution() -> Institution {
    let mut institution = Institution::new(INSTITUTION);
    institution.name = Some(INSTITUTION_NAME.to_owned());
    institution.countries = vec![COUNTRY.to_owned()];
    institution
}

impl Webhooks for Khipu {
    /// Always fails: what proves a callback is the address it came to, which this method does not get. Use
    /// [`Khipu::verify_at`].
    fn verify(&self, _: &HeaderMap, _: &[u8], _: Timestamp) -> Result<Event, Error> {
        let error = Error::of(ErrorKind::Configuration).from_provider(ProviderId::KHIPU);
        Err(error.message("its callbacks are proven by the address they come to: use `Khipu::verify_at`"))
    }
}

impl Provider for Khipu {
    fn id(&self) -> ProviderId {
        ProviderId::KHIPU
    }

    fn capabilities(&self) -> Capabilities {
        use Capability as Can;
        // Not `VerifyWebhooks`: the trait's own method cannot do it.
        let all = [
            Can::ListInstitutions,
            Can::ShowInstitution,
            Can::ListConnections,
            Can::ShowConnection,
            Can::RefreshConnection,
            Can::ListAccounts,
            Can::ListBalances,
        ];
        all.into_iter().collect()
    }

    crate::provider::gives_itself!(institutions: Institutions, connections: Connections, accounts: Accounts, balances: Balances, webhooks: Webhooks);

    /// One request: accounts and balances are of one answer.
    fn refresh<'a>(&'a self, connection: &'a ConnectionId, options: RefreshOptions) -> Reply<'a, Snapshot> {
        Box::pin(refresh::refresh(self, connection, options))
    }
}

impl fmt::Debug for Khipu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Khipu")
            .field("links", &self.inner.links)
            .field("callbacks", &self.inner.callbacks)
            .field("keep_for", &self.inner.keep_for)
            .field("timeout", &self.inner.timeout)
            .finish_non_exhaustive()
    }
}
