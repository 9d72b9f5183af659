//! Wealth Reader: one billed read brings everything that a user holds at a bank.
//!
//! ```no_run
//! use bankfeed::{Paging, Provider, RefreshOptions, WealthReader};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let provider = WealthReader::builder(std::env::var("WEALTHREADER_API_KEY")?)
//!     .cards_webhook_secret(std::env::var("WEALTHREADER_CARDS_SECRET")?)
//!     .build()?;
//! let connection = WealthReader::connection_id(&"caixabank".into(), std::env::var("WEALTHREADER_TOKEN")?);
//!
//! let since: bankfeed::Date = "2026-01-01".parse()?;
//! let read = provider.refresh(&connection, RefreshOptions::new().since(since)).await?; // billed
//! for transaction in read.transactions.records() {
//!     println!("{:?} {:?}", transaction.booking_date, transaction.signed_money());
//! }
//! // Made of the answer that came, and not billed.
//! let accounts = provider.accounts().map(|accounts| accounts.list_accounts(&connection, Paging::default()));
//! # let _ = accounts;
//! # Ok(())
//! # }
//! ```
//!
//! # What it offers
//! Institutions, connections, holders, accounts with balances and movements, holdings, and callbacks. Accounts are all
//! that holds value or debt: bank accounts, cards, portfolios, bonds, deposits, loans, leases, policies, real estate,
//! factoring, confirming, guarantees. There are no consents, and nothing is asked anew without a read. Payments by card
//! as they happen are a list of their own, [`list_card_payments`](WealthReader::list_card_payments).
//!
//! # What a call costs
//! A read logs in at the bank, takes up to minutes and is billed; it is never repeated by itself. Lists of holders,
//! accounts, balances, transactions and holdings share the last answer of their connection, so the first of them reads
//! and the others do not. A list reads when
//! - nothing is held of the connection, or it is older than [`hold_for`](WealthReaderBuilder::hold_for), or
//!   [`forget`](WealthReader::forget) dropped it, or other connections took its place;
//! - transactions are wanted from an earlier day than the answer has, or up to a later day to come.
//!
//! [`refresh`](crate::Provider::refresh) always reads, and what it brings is held; so is what comes with
//! [`complete_session`](WealthReader::complete_session), a billed call, too, and with
//! [`match_widget`](WealthReader::match_widget). Whoever asks while a read runs waits for that one. A failure that only
//! the user or the operator can mend is held as long as an answer, so that a wrong password is not tried once per list;
//! `refresh` and `forget` try anew. Lists of institutions, connections and card payments are not billed, nor is
//! revoking a token.
//!
//! # Connections
//! The id of a connection is `BANK:TOKEN`, the entity's code and the custody token, because a read needs both. It gives
//! access, and prints as a fingerprint. A token comes from the widget, or by redirect:
//! [`start_session`](crate::Connections::start_session) gives the address to send the user to, and
//! [`complete_session`](WealthReader::complete_session) of the same provider, or a clone of it in the same process,
//! takes the return. `party` and `locale` of a request have no counterpart. A second factor asked for during a read is an
//! error with a challenge; in which fields its answer travels is not published, so that here the way on is a session
//! that renews the connection.
//!
//! # Signs
//! Documented: movements of accounts and cards are negative when money goes; portfolios, loans, deposits, leases and
//! direct debits have no sign, and their kind tells the direction; what is used or owed has none, and is negative here.
//! Inferred: what is used of a credit card is its debt, and so its booked balance; what is used of a credit line, of
//! factoring, confirming and guarantees is [`CreditUsed`](crate::BalanceKind::CreditUsed), beside any booked balance; a
//! purchase brings to a portfolio, a repayment to a loan. Unknown, so that there is no direction: invoices, movements
//! of factoring, rights and adjustments of shares, and an amount below zero where none has a sign. The word of a balance
//! is the member that it stands in, for an account may have two that are available.
//!
//! # Status
//! Movements of accounts count as booked; those of cards are pending until they are settled; planned installments and
//! interest are future ones. Direct debits that were paid, and invoices that were financed, stand elsewhere as movements
//! as well, so here they are for information and do not count twice.
//!
//! # Ids
//! Accounts and movements have uuids, of accounts not documented to be the same in another read after a new consent: the
//! account's key is its IBAN, else the bank's number for it. Older answers have loans without one; their contract number
//! stands in. Movements without one are known by their content, and by which of equal ones they are. Persons are known
//! by their document.
//!
//! # Missing data
//! A record that cannot be read costs itself, not the product around it nor the records inside of it. Where the
//! provider warns that a product was read in part, lists end with an error of kind
//! [`Incomplete`](crate::ErrorKind::Incomplete), and parts of a snapshot are [`Failed`](crate::Part::Failed). "Not
//! contracted" is complete and empty. Files, contracts and employment have no place in the model; the loss report counts
//! them.
//!
//! # Callbacks
//! Events about cards are signed, and [`verify`](crate::Webhooks::verify) proves them. Those of the widget and of batches
//! are not; [`match_widget`](WealthReader::match_widget) and [`match_batch`](WealthReader::match_batch) take them only
//! with what was handed out.
//!
//! # Limits
//! A first day has to lie before today: a later one is sent as the day before yesterday, and the rest is filtered here. Banks
//! may ask for a second factor before they show more than about 90 days. Without a day, movements are read from
//! [`history_from`](WealthReaderBuilder::history_from) on. Answers are read up to 32 MiB. Institutions do not tell their
//! country.
//!
//! # Unknown
//! Whether answers come as a list of one; what is read when no products are named, which here is the default; how long
//! tokens last; what numbers of categories mean, apart from the provider's own list.

mod answer;
mod builder;
mod callbacks;
mod causes;
mod connection_id;
mod failure;
mod held;
mod lists;
mod login;
pub(crate) mod map;
mod parts;
mod payments;
mod products;
mod provider;
mod read;
mod settings;
mod streams;

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};

use wealthreader_client::Client;

pub use builder::WealthReaderBuilder;
use held::Held;
use login::Pending;
use settings::Settings;

use crate::model::{ConnectionId, InstitutionId};
use crate::{Secret, Timestamp};

/// Wealth Reader as a [`Provider`](crate::Provider).
///
/// Reads are billed: lists of a connection share one answer, which is held for a while. The id of a connection is
/// `BANK:TOKEN`; see [`connection_id`](Self::connection_id). Clones share everything, and cost nothing.
///
/// ```no_run
/// use bankfeed::{Provider, RefreshOptions, WealthReader};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let provider = WealthReader::builder(std::env::var("WEALTHREADER_API_KEY")?).build()?;
/// let connection = WealthReader::connection_id(&"caixabank".into(), std::env::var("WEALTHREADER_TOKEN")?);
/// let read = provider.refresh(&connection, RefreshOptions::new()).await?; // one call, billed
/// println!("{} accounts", read.accounts.records().len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct WealthReader {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    settings: Settings,
    held: Held,
    /// Users who were sent away and are not back yet.
    logins: Mutex<VecDeque<Pending>>,
}

impl Inner {
    fn new(client: Client, settings: Settings) -> Self {
        let held = Held::new(settings.hold_at_most, settings.hold_for, settings.clock.clone());
        Self { client, settings, held, logins: Mutex::default() }
    }
}

impl WealthReader {
    pub(crate) fn client_ref(&self) -> &Client {
        &self.inner.client
    }

    /// The id of a connection: of a token and the bank that it is for, as the widget gives them. It holds the token, so
    /// it is as secret.
    pub fn connection_id(bank: &InstitutionId, token: impl Into<Secret>) -> ConnectionId {
        connection_id::ConnectionRef::new(bank.as_str(), token.into()).id()
    }

    /// Drops what is held of a connection: its last answer, or why its last read failed. The next list reads anew.
    pub fn forget(&self, connection: &ConnectionId) {
        self.inner.held.forget(connection);
    }

    fn now(&self) -> Timestamp {
        self.inner.settings.clock.now()
    }
}

impl fmt::Debug for WealthReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WealthReader").finish_non_exhaustive()
    }
}
