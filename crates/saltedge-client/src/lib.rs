//! Client of the Salt Edge Account Information API v6.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use saltedge_client::Client;
//!
//! let client = Client::builder(std::env::var("SALTEDGE_APP_ID")?, std::env::var("SALTEDGE_SECRET")?)
//!     .signing_key_pem(&std::fs::read_to_string("private.pem")?)
//!     .build()?;
//!
//! let mut transactions = client.list_transactions("499953130209806766").pending(true).stream();
//! while let Some(transaction) = transactions.next().await {
//!     let transaction = transaction?;
//!     println!("{} {} {}", transaction.made_on, transaction.amount, transaction.currency_code);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Calls
//! Each operation is a method of [`Client`]: what it must have are arguments, what it can have are setters, and
//! `send()` sends it. Bodies are types with `new(required…)` and setters, see [`types`]; the envelope `{"data": …}`
//! around requests is put on by the client, the one around answers is the `data` field of what comes back.
//! [`Configure`] has what all calls take: timeout, extra headers, no retry.
//!
//! # Authorization
//! Every request carries App-id and Secret. With a signing key it also carries `Expires-at` and `Signature`, computed
//! for each attempt over the very bytes sent, whatever the method.
//!
//! # Lists
//! Lists of several pages have `stream()`. A stream's `continuation()` can be stored and handed to `resume()` of the
//! same call. A record that cannot be read is one `Err` item, and the records after it still come.
//!
//! # Errors
//! [`Error`] has predicates for what happened, and with [`ErrorExt`] the provider's [`ErrorClass`](types::ErrorClass)
//! and what may help, as [`Advice`]. [`SaltEdgeRetry`] tells which calls are repeated without asking.
//!
//! # Callbacks
//! [`CallbackVerifier`] checks and reads them.
//!
//! # Limits
//! The provider publishes no request rates. Too many connections in processing at once is `RateLimitExceeded` under
//! status 406, for which [`Error::is_rate_limited`](runtime::Error::is_rate_limited) holds. Answers are read up to
//! 32 MiB, attempts end after 60 s; both can be changed through [`ClientBuilder::transport`].

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod advice;
mod builder;
mod callback;
mod error;
#[rustfmt::skip]
mod generated;
mod retry;
mod signing;

pub use advice::Advice;
/// What every client of this family stands on.
pub use bankfeed_runtime as runtime;
pub use bankfeed_runtime::{
    Amount, ConfigError, Configure, Continuation, Date, DateTime, Id, ItemStream, Json, Maybe, Response, RsaSigner,
    Secret,
};
pub use builder::ClientBuilder;
pub use callback::{Callback, CallbackError, CallbackKind, CallbackVerifier, SALTEDGE_KEY_SHA256};
pub use error::{ApiFailure, ErrorExt};
pub use generated::{Client, Error, operations, types};
pub use retry::SaltEdgeRetry;

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
