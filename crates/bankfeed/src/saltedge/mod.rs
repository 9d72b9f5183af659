//! Salt Edge, Account Information API version 6.

mod accounts;
mod builder;
mod causes;
mod connections;
mod consents;
mod failure;
mod holders;
mod institutions;
mod later;
mod lists;
pub(crate) mod map;
mod nested;
mod session;
mod snapshot;
mod transactions;
mod webhooks;

use std::fmt;
use std::sync::Arc;

use bankfeed_runtime::Lenient;
use saltedge_client::{Client, Response, SALTEDGE_KEY_SHA256};

pub use builder::SaltEdgeBuilder;

use crate::model::ConnectionId;
use crate::provider::{Capabilities, Capability, Provider, ProviderId, RefreshOptions, Reply, Snapshot};
use crate::source::Source;
use builder::SharedClock;
use webhooks::Callbacks;

/// Salt Edge as a [`Provider`]: accounts, balances, holdings, transactions, holders and consents of connections that users make in Salt
/// Edge's widget.
///
/// ```no_run
/// use bankfeed::{Connections as _, ConnectionFilter, Paging, Provider as _, RefreshOptions, SaltEdge, SessionRequest};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let saltedge = SaltEdge::builder(std::env::var("SALTEDGE_APP_ID")?, std::env::var("SALTEDGE_SECRET")?)
///     .signing_key_pem(std::fs::read_to_string("private.pem")?)
///     .callback_key_pem(&std::fs::read_to_string("spectre_public.pem")?)
///     .success_callback("https://app.example.com/saltedge/success")
///     .build()?;
///
/// // Once: the user consents at an address of Salt Edge.
/// let request = SessionRequest::new()
///     .party("1170415646270294289")
///     .data_from("2026-01-01".parse::<bankfeed::Date>()?)
///     .return_to("https://app.example.com/linked");
/// let session = saltedge.start_session(request).await?;
/// # let _ = session;
///
/// // Then, after each callback: everything there is.
/// let mut connections = saltedge.list_connections(ConnectionFilter::all().party("1170415646270294289"), Paging::default());
/// while let Some(connection) = connections.next().await {
///     let snapshot = saltedge.refresh(&connection?.id, RefreshOptions::new()).await?;
///     println!("{} accounts", snapshot.accounts.records().len());
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Ids
/// A party is a customer of Salt Edge's; customers are made with the client (`create_customer`), since each provider wants something else
/// for it. Ids of connections, accounts and booked transactions last until the connection is removed; a reconnect keeps them. Ids of pending
/// transactions do not last: drop the stored ones and read them anew, which their [`TransactionKey`](crate::TransactionKey) says. The
/// [`AccountKey`](crate::AccountKey) is made from the IBAN, else from institution and account number; for the institution's sake
/// `list_accounts` shows the connection first. Cards go by their id alone: the numbers in their records may be those of the account behind.
///
/// # Signs
/// Amounts of transactions are documented: negative when money leaves. Signs of balances are not. Inferred: a balance that is owed is
/// negative as it was sent. On loans and mortgages, where nothing can be held, one without sign is taken for debt, too. A positive balance
/// of a credit card or credit line is left alone, since it may be overpaid: look there before adding up. `balance_after` comes from
/// `closing_balance` alone; `account_balance_snapshot` is the balance at import.
///
/// # Lists
/// Transactions come booked first, then pending; those marked as duplicates are left out by Salt Edge. `page_size` is sent up to 1000, since
/// no limit is published; a list is resumed with the size that it was left with. Connections of all customers are listed customer by customer,
/// and such a list is resumed by the customer's id. Days are no filter of Salt Edge's, so `since` and `until` spare no request.
///
/// # Refresh
/// [`Provider::refresh`] reads connection and holder, accounts with balances and holdings, consents, booked and pending transactions: five
/// requests for lists of one page, four at once at most. [`refresh_connection`](crate::Connections::refresh_connection) asks the bank in the background for what was
/// fetched last; before its time it is [`TooSoon`](crate::ErrorKind::TooSoon) with the time to wait, as far as Salt Edge tells one. A bank
/// that asks its user for something each time is [`SecondFactor`](crate::ErrorKind::SecondFactor): send the user through a session with
/// [`SessionRequest::connection`](crate::SessionRequest::connection).
///
/// # Sessions
/// Without scopes a session asks for holder, accounts and transactions. Salt Edge calls the first day of data optional, but has been seen
/// to refuse a session without one: set [`data_from`](crate::SessionRequest::data_from). With an address to return to, `connection_id` and
/// `error_class` are added to it.
///
/// # Callbacks
/// Each kind of callback has an address of its own in the dashboard, and nothing in a body names its kind. A signature covers the address
/// and the body, so the address under which it fits tells the kind: all that were given to the builder are tried. A signature covers no
/// time but the body's; who overheard a callback can send it again while it is young enough. Take one as a hint to read the connection.
/// One attempt sends the same news up to three times: a repetition of the same body has the same
/// [`idempotency_key`](crate::Event::idempotency_key).
///
/// # Errors
/// The rate limit comes under status 406, as many refusals do; kinds are told by class. Requests that only read are repeated up to three
/// times with growing pauses; those that change something are sent once.
///
/// # Unknown
/// Default and largest size of a page, request rates, how often callbacks are repeated, and whether the key for callbacks published in 2019
/// still is the one in use.
#[derive(Clone)]
pub struct SaltEdge {
    client: Client,
    clock: SharedClock,
    callbacks: Arc<Callbacks>,
}

impl SaltEdge {
    /// The SHA-256 of the key for callbacks that Salt Edge published in 2019, for
    /// [`callback_key_sha256`](SaltEdgeBuilder::callback_key_sha256).
    pub const PUBLISHED_CALLBACK_KEY_SHA256: &'static str = SALTEDGE_KEY_SHA256;

    /// A provider without callbacks, by the system's clock.
    pub(crate) fn with_client(client: Client) -> Self {
        Self { client, clock: SharedClock::system(), callbacks: Arc::default() }
    }

    pub(crate) fn client_ref(&self) -> &Client {
        &self.client
    }
}

/// The answer of a call as the record that others are part of.
fn of_answer<T: for<'de> Lenient<'de>>(schema: &'static str, answer: &Response<T>) -> Source {
    Source::whole(ProviderId::SALTEDGE, schema, answer.raw().clone())
}

impl Provider for SaltEdge {
    fn id(&self) -> ProviderId {
        ProviderId::SALTEDGE
    }

    fn capabilities(&self) -> Capabilities {
        let all = Capability::ALL.iter().copied();
        all.filter(|capability| *capability != Capability::VerifyWebhooks || self.callbacks.are_set_up()).collect()
    }

    crate::provider::gives_itself!(institutions: Institutions, connections: Connections, consents: Consents, holders: Holders, accounts: Accounts, balances: Balances, transactions: Transactions, holdings: Holdings, webhooks: Webhooks);

    fn refresh<'a>(&'a self, connection: &'a ConnectionId, options: RefreshOptions) -> Reply<'a, Snapshot> {
        Box::pin(snapshot::read(self, connection, options))
    }
}

impl fmt::Debug for SaltEdge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SaltEdge").field("callbacks", &self.callbacks).finish_non_exhaustive()
    }
}
