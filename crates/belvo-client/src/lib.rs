//! Client of the Belvo API: Open Finance data of Brazil, employment and tax data of Brazil, Mexico and Chile, insights
//! computed from them, and payments in Brazil.
//!
//! ```no_run
//! # #[cfg(feature = "banking")]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use belvo_client::{Client, Environment};
//!
//! let (id, password) = (std::env::var("BELVO_SECRET_ID")?, std::env::var("BELVO_SECRET_PASSWORD")?);
//! let client = Client::builder(Environment::Sandbox, id, password).build()?;
//!
//! let mut transactions = client.list_transactions("30cb4806-6e00-48a4-91c9-ca55968576c8").stream();
//! while let Some(transaction) = transactions.next().await {
//!     let transaction = transaction?;
//!     println!("{} {}", transaction.id, transaction.amount);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Calls
//! Each operation is a method of [`Client`]: what it must have are arguments, what it can have are setters, and
//! `send()` sends it. Bodies are types with `new(required…)` and setters, see [`types`]. A `list_` reads what Belvo has
//! stored, a `retrieve_` goes to the institution and may take a minute.
//! [`Configure`] has what all calls take: timeout, extra headers, no retry.
//!
//! # Product families
//! Operations and types are compiled by family: the features `banking` (on by default), `investments`, `employment`,
//! `enrichment`, `fiscal-mexico`, `fiscal-chile` and `payments`. Institutions, links, consents and the widget's tokens
//! are always there.
//!
//! # Authorization
//! Every request carries the pair of a secret key as HTTP Basic. Sandbox and production have keys of their own, and so
//! has the payments product: make a client for each.
//!
//! # Second factors
//! When an institution asks for one, the call fails with an [`Error`] whose
//! [`second_factor`](ErrorExt::second_factor) has session, link and expiry. Its
//! [`answer`](types::SecondFactor::answer) is the body of the `resume_` operation beside the one that failed.
//!
//! # Lists
//! Lists have `stream()`, which follows the provider's `next` address on the same origin only. A stream's
//! `continuation()` can be stored and handed to `resume()` of the same call. A record that cannot be read is one `Err`
//! item, and the records after it still come.
//!
//! # Errors
//! [`Error`] has predicates for what happened, and with [`ErrorExt`] the provider's [`ErrorCode`](types::ErrorCode) and
//! what may help, as [`Advice`]. [`BelvoRetry`] tells which calls are repeated without asking.
//!
//! # Callbacks
//! [`CallbackVerifier`] checks and reads them.
//!
//! # Limits
//! At most 1000 records a page. Removing records is limited to five a minute, after which 429 comes back, for which
//! [`Error::is_rate_limited`](runtime::Error::is_rate_limited) holds; other rates are not published. Answers are read
//! up to 32 MiB, attempts end after 60 s or what the operation needs; both can be changed.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod advice;
mod builder;
mod callback;
mod error;
#[rustfmt::skip]
mod generated;
mod retry;
mod second_factor;

pub use advice::Advice;
/// What every client of this family stands on.
pub use bankfeed_runtime as runtime;
pub use bankfeed_runtime::{
    Amount, ConfigError, Configure, Continuation, Date, DateTime, Id, ItemStream, Json, Maybe, Response, Secret,
};
pub use builder::{ClientBuilder, Environment};
pub use callback::{Callback, CallbackError, CallbackVerifier, same_request};
pub use error::{ApiFailure, ErrorExt};
pub use generated::{Client, Error, operations, types};
pub use retry::BelvoRetry;

/// The examples of the README, compiled.
#[cfg(all(doctest, feature = "banking"))]
#[doc = include_str!("../README.md")]
struct Readme;
