//! The normalized model, in the terms of ISO 20022 and UK Open Banking.

mod account;
mod balance;
mod checks;
mod coded;
mod connection;
mod consent;
mod currency;
mod event;
pub(crate) mod exact;
mod holding;
mod identifier;
pub(crate) mod ids;
mod institution;
mod money;
mod party;
mod personal;
mod transaction;

pub use account::{Account, AccountDetails, AccountKind, AccountStatus, Holder};
pub use balance::{Balance, BalanceKind};
pub use coded::Coded;
pub use connection::{Connection, ConnectionStatus};
pub use consent::{Consent, ConsentScope, ConsentStatus};
pub use currency::{Currency, CurrencyError};
pub use event::{Event, EventKind};
pub use holding::Holding;
pub use identifier::{AccountIdentifier, Bic, Cbu, Clabe, Iban, Isin, MaskedPan};
pub use ids::{AccountId, ConnectionId, ConsentId, InstitutionId, PartyId, TransactionId};
pub use institution::{Institution, InstitutionStatus};
pub use money::Money;
pub use party::{Address, Document, Party};
pub use personal::Personal;
pub use transaction::{
    Category, Counterparty, Direction, Exchange, Merchant, Reference, Transaction, TransactionKind, TransactionStatus,
};
