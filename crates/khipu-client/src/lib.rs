//! Client of the Khipu Open Data API.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use khipu_client::types::{DataRequest, RequestData};
//! use khipu_client::{Auth, Client};
//!
//! let client = Client::builder(Auth::jwt(std::env::var("KHIPU_JWT")?)).build()?;
//! let request = DataRequest::new(RequestData::new("000011887755"));
//! let answer = client.retrieve_santander_ar_current_day_balances(request).send().await?;
//! for balance in answer.balances()? {
//!     for amount in balance.amounts()? {
//!         println!("{:?} {:?} {:?}", balance.credit_debit_indicator, amount.amount, amount.currency);
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Calls
//! Each operation, one per bank and product, is a method of [`Client`] that takes a
//! [`DataRequest`](types::DataRequest) and answers with an [`Envelope`](types::Envelope), see [`types`].
//! [`Configure`] has what all calls take: timeout, extra headers, no retry.
//!
//! A call is a login at the bank and stays open until the bank has answered: up to five minutes, unless
//! [`Configure::timeout`] says otherwise. With a `callback_url` it ends at once and the envelope is posted to that address
//! later. Success without data is a success: [`balances`](types::Envelope::balances) is empty then.
//!
//! # Authorization
//! [`Auth`]: an API key or a JWT, never both. With an API key every request must hold an
//! [`AccountCredential`](types::AccountCredential), though the provider calls it deprecated; one without is refused before
//! it is sent.
//!
//! # Lists
//! There are none that continue: an answer holds all there is.
//!
//! # Errors
//! An envelope of status ERROR is an [`Error`], under HTTP 200 as under any other. [`Error`] has predicates for what
//! happened, and with [`ErrorExt`] the provider's [`ErrorType`](types::ErrorType), its [`ErrorGroup`] and what may help, as
//! [`Advice`]. [`KhipuRetry`] tells which calls are repeated without asking: none that timed out.
//!
//! # Callbacks
//! [`CallbackToken`] makes an address that cannot be guessed, [`CallbackReader`] checks and reads what comes to it.
//!
//! # Limits
//! The provider publishes no request rates. Account numbers have at most 20 characters, callback addresses 255. Answers
//! are read up to 32 MiB, which can be changed through [`ClientBuilder::transport`].

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod advice;
mod auth;
mod builder;
mod callback;
mod credential;
mod envelope;
mod error;
mod error_group;
#[rustfmt::skip]
mod generated;
mod retry;

pub use advice::Advice;
pub use auth::Auth;
/// What every client of this family stands on.
pub use bankfeed_runtime as runtime;
pub use bankfeed_runtime::{Amount, AuthError, ConfigError, Configure, DateTime, Id, Json, Maybe, Response, Secret};
pub use builder::ClientBuilder;
pub use callback::{Callback, CallbackError, CallbackReader, CallbackToken, ReceivedCallback};
pub use error::{ApiFailure, ErrorExt};
pub use error_group::ErrorGroup;
pub use generated::{Client, Error, operations, types};
pub use retry::KhipuRetry;

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
