//! What providers can do, a trait for each kind of thing.
//!
//! Every method has a default that says it is not supported, so that an adapter, or a fake in a test, writes what it
//! has, and a method added later breaks neither.

use std::pin::Pin;

use http::HeaderMap;

use super::ProviderId;
use super::filters::{AccountFilter, ConnectionFilter, InstitutionFilter, TransactionFilter};
use super::session::{Session, SessionRequest};
use crate::Timestamp;
use crate::error::{Error, ErrorKind};
use crate::model::{
    Account, Balance, Connection, ConnectionId, Consent, ConsentId, Event, Holding, Institution, InstitutionId, Party,
    Transaction,
};
use crate::records::{Paging, Records};

/// What a call gives some time later.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// The error of what a provider does not have.
fn unsupported(what: &str) -> Error {
    Error::of(ErrorKind::Unsupported).message(format!("it cannot {what}: see `Provider::capabilities`"))
}

fn unsupported_reply<'a, T: Send + 'a>(what: &'static str) -> Reply<'a, T> {
    Box::pin(async move { Err(unsupported(what)) })
}

/// Institutions to connect to.
pub trait Institutions: Send + Sync {
    /// Institutions, in the provider's order.
    fn list_institutions(&self, filter: InstitutionFilter, paging: Paging) -> Records<Institution> {
        let _ = (filter, paging);
        Records::failed(unsupported("list institutions"))
    }

    /// One institution.
    fn show_institution<'a>(&'a self, id: &'a InstitutionId) -> Reply<'a, Institution> {
        let _ = id;
        unsupported_reply("show an institution")
    }
}

/// Users' connections to institutions.
pub trait Connections: Send + Sync {
    /// Starts a session in which a user consents to a new connection, or renews one.
    fn start_session(&self, request: SessionRequest) -> Reply<'_, Session> {
        let _ = request;
        unsupported_reply("start a session")
    }

    /// Connections.
    fn list_connections(&self, filter: ConnectionFilter, paging: Paging) -> Records<Connection> {
        let _ = (filter, paging);
        Records::failed(unsupported("list connections"))
    }

    /// One connection.
    fn show_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, Connection> {
        let _ = id;
        unsupported_reply("show a connection")
    }

    /// Has the provider ask the institution anew, without the user. What comes of it is told by callbacks, or shows in the
    /// connection.
    fn refresh_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, Connection> {
        let _ = id;
        unsupported_reply("have the institution asked anew")
    }

    /// Removes a connection with all its data at the provider.
    fn remove_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, ()> {
        let _ = id;
        unsupported_reply("remove a connection")
    }
}

/// Users' consents.
pub trait Consents: Send + Sync {
    /// Consents of a connection.
    fn list_consents(&self, connection: &ConnectionId, paging: Paging) -> Records<Consent> {
        let _ = (connection, paging);
        Records::failed(unsupported("list consents"))
    }

    /// One consent of a connection.
    fn show_consent<'a>(&'a self, connection: &'a ConnectionId, id: &'a ConsentId) -> Reply<'a, Consent> {
        let _ = (connection, id);
        unsupported_reply("show a consent")
    }

    /// Withdraws a consent.
    fn revoke_consent<'a>(&'a self, connection: &'a ConnectionId, id: &'a ConsentId) -> Reply<'a, Consent> {
        let _ = (connection, id);
        unsupported_reply("withdraw a consent")
    }
}

/// Who holds accounts.
pub trait Holders: Send + Sync {
    /// Holders of the accounts of a connection.
    fn list_holders(&self, connection: &ConnectionId, paging: Paging) -> Records<Party> {
        let _ = (connection, paging);
        Records::failed(unsupported("list holders"))
    }
}

/// Accounts.
pub trait Accounts: Send + Sync {
    /// Accounts of a connection.
    fn list_accounts(&self, connection: &ConnectionId, paging: Paging) -> Records<Account> {
        let _ = (connection, paging);
        Records::failed(unsupported("list accounts"))
    }
}

/// Balances.
pub trait Balances: Send + Sync {
    /// Balances, all kinds of each account.
    fn list_balances(&self, filter: AccountFilter, paging: Paging) -> Records<Balance> {
        let _ = (filter, paging);
        Records::failed(unsupported("list balances"))
    }
}

/// Transactions.
pub trait Transactions: Send + Sync {
    /// Transactions, booked and others, in the provider's order.
    fn list_transactions(&self, filter: TransactionFilter, paging: Paging) -> Records<Transaction> {
        let _ = (filter, paging);
        Records::failed(unsupported("list transactions"))
    }
}

/// What investment accounts hold.
pub trait Holdings: Send + Sync {
    /// Positions.
    fn list_holdings(&self, filter: AccountFilter, paging: Paging) -> Records<Holding> {
        let _ = (filter, paging);
        Records::failed(unsupported("list holdings"))
    }
}

/// Callbacks.
pub trait Webhooks: Send + Sync {
    /// Checks a callback and reads it. Everything that is not proven fails: no key, no signature, a body changed by one
    /// byte, an age out of the window.
    ///
    /// `body` is the raw body, before anything parsed it.
    ///
    /// # Errors
    /// Kind [`NotVerified`](ErrorKind::NotVerified) when it is not proven to be the provider's: answer with a refusal and
    /// do nothing. Kind [`UnexpectedAnswer`](ErrorKind::UnexpectedAnswer) when it is proven and cannot be read.
    fn verify(&self, headers: &HeaderMap, body: &[u8], received_at: Timestamp) -> Result<Event, Error> {
        let _ = (headers, body, received_at);
        Err(unsupported("verify callbacks"))
    }
}

/// A provider, as it is set up: which traits it has.
///
/// ```
/// use bankfeed::{AccountFilter, Capability, ConnectionFilter, Paging, Provider};
///
/// async fn print_balances(provider: &dyn Provider) -> Result<(), bankfeed::Error> {
///     let (Some(connections), Some(balances)) = (provider.connections(), provider.balances()) else { return Ok(()) };
///     let mut all = connections.list_connections(ConnectionFilter::all(), Paging::default());
///     while let Some(connection) = all.next().await {
///         let mut list = balances.list_balances(AccountFilter::of(&connection?.id), Paging::default());
///         while let Some(balance) = list.next().await {
///             println!("{:?}", balance?.money());
///         }
///     }
///     Ok(())
/// }
/// ```
pub trait Provider: Send + Sync {
    /// Its name.
    fn id(&self) -> ProviderId;

    /// What it can do.
    fn capabilities(&self) -> super::Capabilities;

    /// Its institutions.
    fn institutions(&self) -> Option<&dyn Institutions> {
        None
    }

    /// Its connections.
    fn connections(&self) -> Option<&dyn Connections> {
        None
    }

    /// Its consents.
    fn consents(&self) -> Option<&dyn Consents> {
        None
    }

    /// Who holds its accounts.
    fn holders(&self) -> Option<&dyn Holders> {
        None
    }

    /// Its accounts.
    fn accounts(&self) -> Option<&dyn Accounts> {
        None
    }

    /// Its balances.
    fn balances(&self) -> Option<&dyn Balances> {
        None
    }

    /// Its transactions.
    fn transactions(&self) -> Option<&dyn Transactions> {
        None
    }

    /// Its holdings.
    fn holdings(&self) -> Option<&dyn Holdings> {
        None
    }

    /// Its callbacks.
    fn webhooks(&self) -> Option<&dyn Webhooks> {
        None
    }

    /// Everything there is of a connection, with the fewest requests that the provider allows, some of them at once.
    ///
    /// A part that fails is an error in its place, and the others still come; see [`Part`](super::Part).
    ///
    /// # Errors
    /// When nothing at all could be read, or the provider has no such thing.
    fn refresh<'a>(
        &'a self,
        connection: &'a ConnectionId,
        options: super::RefreshOptions,
    ) -> Reply<'a, super::Snapshot> {
        let _ = (connection, options);
        unsupported_reply("read a connection as a whole")
    }
}

/// The accessors of a provider that has these traits itself.
macro_rules! gives_itself {
    ($($accessor:ident: $capability:ident),+ $(,)?) => {$(
        fn $accessor(&self) -> Option<&dyn $crate::$capability> {
            Some(self)
        }
    )+};
}
pub(crate) use gives_itself;
