//! One normalized model over four bank-data aggregators.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(feature = "belvo")]
mod belvo;
mod error;
mod fields;
#[rustfmt::skip]
mod generated;
pub mod identity;
#[cfg(feature = "khipu")]
mod khipu;
mod losses;
mod model;
pub mod native;
mod normalize;
mod provider;
mod records;
#[cfg(feature = "saltedge")]
mod saltedge;
mod source;
mod unmapped;
#[cfg(feature = "wealthreader")]
mod wealthreader;

pub use bankfeed_runtime::jiff::Timestamp;
pub use bankfeed_runtime::{Amount, Date, DateTime, Decimal, DecodeError, Id, Json, Secret};
#[cfg(feature = "belvo")]
pub use belvo::Belvo;
pub use error::{Actor, Cause, Challenge, Error, ErrorKind, RetryAdvice};
pub use identity::{AccountKey, AccountKeyStrength, TransactionKey, TransactionKeyStrength};
#[cfg(feature = "khipu")]
pub use khipu::Khipu;
pub use losses::LossReport;
pub use model::*;
pub use provider::*;
pub use records::{Paging, Records, ResumeToken};
#[cfg(feature = "saltedge")]
pub use saltedge::SaltEdge;
pub use source::{Origin, Presence, Source};
#[cfg(feature = "wealthreader")]
pub use wealthreader::WealthReader;
