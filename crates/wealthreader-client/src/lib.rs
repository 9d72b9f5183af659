//! Client of the Wealth Reader API.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use wealthreader_client::Client;
//! use wealthreader_client::types::{FinancialDataRequest, ProductType};
//!
//! let client = Client::builder(std::env::var("WEALTHREADER_API_KEY")?).build()?;
//! let request = FinancialDataRequest::new("caixabank")
//!     .token(std::env::var("WEALTHREADER_TOKEN")?)
//!     .product_types([ProductType::Accounts])
//!     .date_from("2026-01-01".parse::<wealthreader_client::Date>()?);
//! let answer = client.read_financial_data(request).send().await?;
//! if let Some(financials) = answer.data()?.financials()? {
//!     for account in financials.accounts.iter().flatten() {
//!         for transaction in account.transactions.iter().flatten() {
//!             println!("{:?} {} {:?}", transaction.value_date, transaction.amount, account.currency);
//!         }
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Calls
//! Each operation is a method of [`Client`]: what it must have are arguments, what it can have are setters, and
//! `send()` sends it. Bodies are types with `new(required…)` and setters, see [`types`]. [`Configure`] has what all
//! calls take: timeout, extra headers, no retry.
//!
//! A read logs in at the bank, is billed, and stays open until the bank has answered: up to five minutes, unless
//! [`Configure::timeout`] says otherwise. Answers come in more than one form;
//! [`data`](types::FinancialDataAnswer::data) and [`financials`](types::FinancialData::financials) read each of them,
//! as do `entities()`, `tokens()`, `codes()`, `positions()` and `holders()`.
//!
//! # Authorization
//! The client's key travels as a field of what is sent: of the form, of the JSON object, or of the query, as the
//! operation wants it. Operations that everybody may call get none, nor does `reassign_token`, which names two.
//!
//! # Lists
//! `list_tokens` and `list_card_transactions` have `stream()`. A stream's `continuation()` can be stored and handed to
//! `resume()` of the same call. All other lists come whole.
//!
//! # Errors
//! An answer with `success: false` is an [`Error`], under HTTP 200 as under any other status. [`Error`] has predicates
//! for what happened, and with [`ErrorExt`] the provider's [`ErrorCode`], whether it is fatal, and what may help, as
//! [`Advice`]. A read that waits for the user has a [`Challenge`]. [`WealthReaderRetry`] tells which calls are repeated
//! without asking: no read.
//!
//! # Callbacks
//! [`CardsWebhookVerifier`] checks and reads events about cards. [`UnsignedWidgetCallback`] and
//! [`UnsignedBatchNotification`] are what they are called: they tell nothing until matched with what was handed out.
//!
//! # The redirect flow
//! [`OauthLogin`] makes the address, checks what comes back, and [`OauthClient`] exchanges it for the data.
//!
//! # Limits
//! The provider publishes one request rate: 60 calls a minute about cards. Answers are read up to 32 MiB, which can be
//! changed through [`ClientBuilder::transport`].

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod advice;
mod builder;
mod callback;
mod challenge;
mod envelope;
mod error;
mod error_code;
#[rustfmt::skip]
mod generated;
mod oauth;
mod retry;
mod told;
mod warning;

pub use advice::Advice;
/// What every client of this family stands on.
pub use bankfeed_runtime as runtime;
pub use bankfeed_runtime::{
    Amount, ConfigError, Configure, Continuation, Date, DateTime, DecodeError, Id, ItemStream, Json, Maybe, Response,
    Secret,
};
pub use builder::ClientBuilder;
pub use callback::{
    CallbackError, CardDelivery, CardEvent, CardsWebhookVerifier, UnsignedBatchNotification, UnsignedWidgetCallback,
    WIDGET_RECEIPT, WidgetOutcome,
};
pub use challenge::{Challenge, ChallengeAnswer, ChallengeKind, OtpFields};
pub use error::{ApiFailure, ErrorExt};
pub use error_code::ErrorCode;
pub use generated::{Client, Error, operations, types};
pub use oauth::{ExchangeCode, OauthClient, OauthClientBuilder, OauthCode, OauthLogin, OauthReturn, OauthReturnError};
pub use retry::WealthReaderRetry;
pub use warning::WarningPriority;

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
