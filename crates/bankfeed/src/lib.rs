//! One model over four aggregators of bank data: Salt Edge, Belvo, Khipu and Wealth Reader.
//!
//! ```no_run
//! # #[cfg(feature = "saltedge")]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use bankfeed::{Paging, Provider, SaltEdge, TransactionFilter, TransactionStatus};
//!
//! let provider = SaltEdge::builder(std::env::var("SALTEDGE_APP_ID")?, std::env::var("SALTEDGE_SECRET")?)
//!     .signing_key_pem(std::fs::read_to_string("private.pem")?)
//!     .build()?;
//!
//! let filter = TransactionFilter::of("1227993060270870171").status(TransactionStatus::Booked);
//! let mut transactions = provider.transactions().ok_or("no transactions")?.list_transactions(filter, Paging::default());
//! while let Some(transaction) = transactions.next().await {
//!     match transaction {
//!         Ok(transaction) => println!("{:?} {:?}", transaction.transaction_date, transaction.signed_money()),
//!         Err(error) if error.is_bad_record() => eprintln!("one record left out: {error}"),
//!         Err(error) => return Err(error.into()),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Providers
//! Each is behind a cargo feature of its name, on by default: `SaltEdge`, `Belvo`, `Khipu`, `WealthReader`. They implement
//! [`Provider`], which gives access to one small trait for each thing that a provider may have: [`Institutions`],
//! [`Connections`], [`Consents`], [`Holders`], [`Accounts`], [`Balances`], [`Transactions`], [`Holdings`], [`Webhooks`].
//! All are object-safe, so `Box<dyn Provider>` and `impl Provider` both work. What each can do is in [`capabilities`],
//! and [`Provider::capabilities`] says it at run time.
//!
//! # Model
//! In terms of ISO 20022 and UK Open Banking. Amounts are exact. What a provider does not say is `None`: no currency, date
//! or zero is made up. A provider's word stands beside what the model makes of it ([`Coded`]). What is owed is negative, so
//! that balances add up to net worth; a transaction has a direction and an amount without sign. Which provider field feeds
//! which field of the model is in [`mapping`], and [`json_schema`] describes the model to other languages.
//!
//! # Lists
//! Every list is [`Records`]: a stream, resumable after any record with a [`ResumeToken`] that can be stored, one page
//! ahead of its reader. A record that cannot be normalized is one `Err` with its place and its JSON.
//!
//! # Nothing is lost
//! Every record carries its provider's record ([`Source`]): as JSON, and as the client's own type ([`native`]). What
//! normalization could not carry over is counted in a [`LossReport`].
//!
//! # Errors
//! [`Error`] says what happened ([`ErrorKind`]), what may help ([`RetryAdvice`]) and who has to act ([`Actor`]). An error is
//! never an empty list.
//!
//! # Identity
//! [`identity`] has keys that say how far they can be trusted, and finds which booked transaction a pending one became.
//!
//! # Privacy
//! `Debug` of every type leaves personal data and secrets out, or shows a fingerprint in place of an id. Serializing a
//! record gives all of it.
//!
//! # Guide
//! From the first credentials to callbacks, resumed imports and net worth: [`guide`].
//!
//! # Tests
//! A fake takes a few lines, since every method of every trait has a default: see [`Records::of`]. The crate
//! `bankfeed-sandbox` plays all four providers.

#![forbid(unsafe_code)]
// What adapters share: with all of them every bit of it is used, with some of them not.
#![cfg_attr(
    not(all(feature = "saltedge", feature = "belvo", feature = "khipu", feature = "wealthreader")),
    allow(dead_code, unused_imports, unused_macros)
)]
#![warn(missing_docs)]

#[cfg(test)]
mod agreement;
#[cfg(feature = "belvo")]
mod belvo;
/// What each provider can do through the facade.
#[doc = include_str!("../docs/capabilities.md")]
pub mod capabilities {}
mod error;
mod fields;
#[rustfmt::skip]
mod generated;
#[cfg(any(doc, doctest))]
pub mod guide;
pub mod identity;
#[cfg(feature = "khipu")]
mod khipu;
mod losses;
mod model;
/// Which provider field feeds which field of the model, made from the curated specifications.
#[doc = include_str!("../docs/mapping.md")]
pub mod mapping {}
pub mod native;
mod normalize;
mod provider;
mod records;
#[cfg(feature = "saltedge")]
mod saltedge;
mod schema;
mod source;
mod unmapped;
mod values;
#[cfg(feature = "wealthreader")]
mod wealthreader;

pub use bankfeed_runtime::jiff::Timestamp;
pub use bankfeed_runtime::{Amount, Date, DateTime, Decimal, DecodeError, Id, Json, Secret};
#[cfg(feature = "belvo")]
pub use belvo::{Belvo, BelvoBuilder};
pub use error::{Actor, Cause, Challenge, Error, ErrorKind, RetryAdvice};
pub use identity::{AccountKey, AccountKeyStrength, TransactionKey, TransactionKeyStrength};
#[cfg(feature = "khipu")]
pub use khipu::{Khipu, KhipuBuilder};
pub use losses::LossReport;
pub use model::*;
pub use provider::*;
pub use records::{Paging, Records, ResumeToken};
#[cfg(feature = "saltedge")]
pub use saltedge::{SaltEdge, SaltEdgeBuilder};
pub use schema::json_schema;
pub use source::{Origin, Presence, Source};
#[cfg(feature = "wealthreader")]
pub use wealthreader::{WealthReader, WealthReaderBuilder};

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
