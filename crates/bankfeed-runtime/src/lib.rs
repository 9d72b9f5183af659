//! What every bankfeed client stands on.
//!
//! | for | see |
//! |---|---|
//! | values as exact as they were sent | [`Amount`], [`Id`], [`Date`], [`DateTime`], [`Time`], [`Json`], [`BoolText`] |
//! | presence and secrecy | [`Maybe`], [`Secret`], [`redact`] |
//! | enums that may grow | [`OpenEnum`], [`open_enum!`] |
//! | tolerant, exact decoding | [`de`], [`object!`], [`union!`] |
//! | describing and building calls | [`Operation`], [`Call`], [`Configure`], [`ToParam`] |
//! | sending them | [`Transport`], [`Authorize`], [`auth`], [`RetryRule`], [`HttpClient`] |
//! | what comes back | [`Response`], [`Error`], [`ApiError`] |
//! | lists | [`Page`], [`ItemStream`], [`BatchStream`], [`Continuation`] |
//! | signatures and callbacks | [`signing`], [`webhook`] |
//!
//! Generated clients and the little hand-written code beside them are its users; an application meets its types through
//! them.

pub mod auth;
mod call;
pub mod de;
mod error;
mod paging;
mod redact;
pub mod ser;
mod sign;
mod transport;
mod values;
pub mod webhook;

/// Signatures: what requests are signed with and webhooks are checked by.
pub mod signing {
    pub use crate::sign::*;
}

pub use bytes::Bytes;
pub use call::{
    Body, ByStatus, Call, Configure, ListStyle, Method, Multipart, ObjectStyle, Operation, Paging, Response, Retry,
    ToParam,
};
pub use de::{DecodeError, Lenient};
pub use error::{ApiError, Error};
pub use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
pub use jiff;
pub use paging::{Batch, BatchStream, Continuation, ItemStream, Page, PageStream};
pub use redact::{Redact, Redacted, redact};
pub use rust_decimal::Decimal;
pub use sign::{
    KeyError, RsaSigner, RsaVerifier, constant_time_eq, from_hex, hex, hmac_sha256, random_text, sha256,
    verify_hmac_sha256,
};
pub use transport::{
    AuthError, Authorize, Backoff, BodyStream, BoxFuture, Clock, ConfigError, Fixed, HttpClient, HttpError,
    HttpFailure, ManualClock, ManualSleeper, Outcome, Outgoing, Preparation, RetryBudget, RetryRule, Sleeper,
    SystemClock, TokioSleeper, Transport, TransportBuilder, TransportHook,
};
pub use values::amount;
pub use values::{
    Amount, AmountError, BoolText, Date, DateTime, Id, Json, Maybe, OpenEnum, Secret, StampError, Time, UnknownValue,
};
pub use webhook::{AgeWindow, WebhookError};
