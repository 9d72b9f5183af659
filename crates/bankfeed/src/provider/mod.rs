//! Providers: what they can do, and how they are asked.

mod capabilities;
mod filters;
mod id;
mod session;
mod snapshot;
mod traits;

pub use capabilities::{Capabilities, Capability};
pub use filters::{AccountFilter, ConnectionFilter, InstitutionFilter, TransactionFilter};
pub use id::ProviderId;
pub use session::{Session, SessionRequest};
pub use snapshot::{Part, RefreshOptions, Snapshot};
pub(crate) use traits::gives_itself;
pub use traits::{
    Accounts, Balances, Connections, Consents, Holders, Holdings, Institutions, Provider, Reply, Transactions, Webhooks,
};
